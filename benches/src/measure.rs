//! Repetitions in turns, and their medians: what disturbs the machine for a while disturbs all alike.

const REPETITIONS: usize = 15;

/// Measures one repetition, in the figure's unit.
pub(crate) type Contender = fn() -> f64;

/// The median of each contender. The first turn only warms up.
pub(crate) fn medians(contenders: &[Contender]) -> Vec<f64> {
    let mut values = vec![Vec::with_capacity(REPETITIONS); contenders.len()];
    for turn in 0..=REPETITIONS {
        for (place, contender) in contenders.iter().enumerate() {
            let value = contender();
            if turn > 0 {
                values[place].push(value);
            }
        }
    }
    values.iter_mut().map(|values| median(values)).collect()
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values[values.len() / 2]
}
