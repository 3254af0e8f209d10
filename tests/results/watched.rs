//! A crawl that is looked at while it goes on.

use std::rc::Rc;

use crawl_playground::engine::crawler::Crawl;
use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::run::Run;
use crawl_playground::engine::source::Source;
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::engine::trace::What;
use crawl_playground::sim::Sim;
use futures::future::join;

use crate::lab::ms;

/// Crawls in virtual time, and looks at the run every so many milliseconds of it, and after its end.
pub(super) fn watched(
    plan: Crawl,
    limits: Limits,
    every_ms: u64,
    mut look: impl FnMut(&Run),
) -> Run {
    let sim = Sim::new();
    let run = Run::new(sim.outlined_lab(), limits);
    let is_over = || {
        let last = run.trace().events().last().map(|event| event.what);
        matches!(last, Some(What::Finished(_)))
    };
    let watch = async {
        while !is_over() {
            sim.sleep(ms(every_ms)).await;
            look(&run);
        }
    };
    let source = Source::Course(Rc::new(plan));
    sim.block_on(join(run.go(Strategy::Semaphore, source), watch))
        .unwrap();
    look(&run);
    run
}
