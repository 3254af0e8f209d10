//! Repetitions in turns, and their medians: what disturbs the machine for a while disturbs all alike.

const REPETITIONS: usize = 15;

/// Measures one repetition, in the figure's unit.
pub(crate) type Contender = fn() -> f64;

/// The median of each contender. The first turn only warms up.
pub(crate) fn medians(contenders: &[Contender]) -> Vec<f64> {
    let contender = |place: usize| contenders[place]();
    medians_of(contenders.len(), REPETITIONS, contender)
}

/// The same for contenders that keep something between turns: `measure(place)` measures one repetition of one of them.
pub(crate) fn medians_of(
    contenders: usize,
    repetitions: usize,
    mut measure: impl FnMut(usize) -> f64,
) -> Vec<f64> {
    let mut values = vec![Vec::with_capacity(repetitions); contenders];
    for turn in 0..=repetitions {
        for (place, values) in values.iter_mut().enumerate() {
            let value = measure(place);
            if turn > 0 {
                values.push(value);
            }
        }
    }
    values.iter_mut().map(|values| median(values)).collect()
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values[values.len() / 2]
}
