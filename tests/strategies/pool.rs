//! Workers and their queue.

use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::moment::Moment;
use crawl_playground::engine::strategy::Strategy as Combine;
use crawl_playground::engine::trace::{Ending, What};
use crawl_playground::engine::wait::Wait;
use proptest::prelude::*;

use super::lab::{limits, list, ms, rows};
use super::world::{ending, world};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_pool_is_list_scheduling_and_its_queue_is_never_too_full(
        spans_ms in prop::collection::vec(prop_oneof![0..300_u64, Just(100)], 0..40),
        workers in 1..8_usize,
        pause_ms in prop_oneof![Just(0), 0..100_u64],
    ) {
        let limits = Limits { delay: ms(pause_ms), ..limits(workers) };
        let tasks = spans_ms.iter().map(|span| format!("delay/{span}"));
        let run = world(Combine::WorkerPool, limits, list(tasks)).run;
        prop_assert_eq!(ending(&run), Ending::Done);

        // Each task in turn goes to the worker that is free first, and holds it through its pause.
        let mut free_at = vec![0; workers];
        for (row, span) in rows(&run).rows().iter().zip(&spans_ms) {
            let worker = free_at.iter_mut().min().unwrap();
            prop_assert_eq!(row.spent_us(Moment::ZERO)[Wait::Queue.index()], *worker * 1_000);
            *worker += span + pause_ms;
            prop_assert_eq!(row.end_at(Moment::ZERO), Moment::from_us(*worker * 1_000));
        }

        let mut last = 0;
        for event in run.trace().events() {
            if let What::Depth(_, depth) = event.what {
                prop_assert!(depth as usize <= workers, "{} in a queue for {}", depth, workers);
                prop_assert_eq!(depth.abs_diff(last), 1);
                last = depth;
            }
        }
        prop_assert_eq!(last, 0, "the workers empty the queue before they go home");
    }
}

#[test]
fn a_full_queue_holds_the_producer() {
    let run = world(Combine::WorkerPool, limits(2), list(["delay/100"; 9])).run;
    let trace = run.trace();
    let depths: Vec<_> = trace
        .events()
        .iter()
        .filter_map(|event| match event.what {
            What::Depth(_, depth) => Some((event.at.as_ms(), depth)),
            _ => None,
        })
        .collect();
    // Two lie in the queue and two are taken by the workers, who leave room for two more: until there is nothing to push.
    let full_at = |ms: f64| depths.iter().rfind(|(at, _)| *at == ms).unwrap().1;
    assert_eq!(
        [0.0, 100.0, 200.0, 300.0, 400.0].map(full_at),
        [2, 2, 2, 1, 0]
    );
}
