//! A run that is paused and goes on: it sends nothing meanwhile, loses nothing and repeats nothing.

use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::run::Run;
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::report::verdict::Verdict;
use crawl_playground::report::why::Bound;

use super::lab::{check, limits, list, ms, outcomes, rows};
use super::world::{Timed, World};

fn pause(run: &Run) {
    run.set_paused(true);
}

fn resume(run: &Run) {
    run.set_paused(false);
}

#[test]
fn every_strategy_goes_on_where_it_stood() {
    let all = Strategy::ALL.into_iter();
    for strategy in all.filter(|strategy| *strategy != Strategy::Race) {
        let world = World::new(limits(2));
        let targets = list((0..6).map(|page| format!("delay/100?page={page}")));
        world.go(strategy, targets, &[(50, &pause), (950, &resume)]);
        let starts = world.net.arrivals_us();
        let name = strategy.name();
        assert_eq!(starts.len(), 6, "{name}: each once");
        let is_within = |us: &&u64| (50_001..950_000).contains(*us);
        assert_eq!(starts.iter().filter(is_within).count(), 0, "{name}");
        assert!(outcomes(&world.run).iter().all(|end| end.is_ok()), "{name}");
        check(&world.run);
    }
}

#[test]
fn how_long_it_was_paused_is_told_where_the_total_is_explained() {
    let told = |script: &[Timed<'_>]| {
        let world = World::new(limits(1));
        world.go(Strategy::Semaphore, list(["delay/100"; 3]), script);
        let rows = rows(&world.run);
        let (now, trace) = (rows.last_end(), world.run.trace());
        Verdict::of(&trace, &rows, now, Strategy::Semaphore, false, None)
    };
    let both: [Timed<'_>; 4] = [
        (50, &pause),
        (950, &resume),
        (1_000, &pause),
        (1_500, &resume),
    ];
    // Most of the time that it took longer than at best: then nothing else is to blame for that.
    let verdict = told(&both);
    assert_eq!(verdict.why.bound, Bound::Paused);
    // What was in flight went on meanwhile: from 100 to 950 ms and from 1050 to 1500 the next one waited.
    let start = "The pause binds: for 1.30\u{a0}s of the 1.60\u{a0}s that it took";
    let sentence = verdict.why.sentence;
    assert!(sentence.starts_with(start), "{sentence}");
    assert!(!sentence.contains("paused"), "{sentence}");
    // Else it is told besides.
    let verdict = told(&[(110, &pause), (210, &resume)]);
    assert_eq!(verdict.why.bound, Bound::Permits);
    let sentence = verdict.why.sentence;
    assert!(
        sentence.ends_with(" It was paused for 100\u{a0}ms of its time."),
        "{sentence}"
    );
    // Nor is one to blame that held nobody up: the first request was out all the time.
    let verdict = told(&[(10, &pause), (90, &resume)]);
    assert_eq!(verdict.why.bound, Bound::Permits);
    let verdict = told(&[]);
    assert!(!verdict.why.sentence.contains("paused"));
    assert!(verdict.figures.paused.is_zero());
}

#[test]
fn who_waits_for_its_host_meanwhile_is_measured_from_the_last_request() {
    let limits = Limits {
        host_delay: ms(300),
        ..limits(2)
    };
    let starts = |resume_after_ms: u64| -> Vec<u64> {
        let world = World::new(limits);
        let script: [Timed<'_>; 2] = [(50, &pause), (resume_after_ms, &resume)];
        world.go(Strategy::Semaphore, list(["delay/10"; 3]), &script);
        let us = world.net.arrivals_us();
        us.iter().map(|us| us / 1_000).collect()
    };
    assert_eq!(starts(100), [0, 300, 600]);
    assert_eq!(starts(450), [0, 450, 750]);
}

#[test]
fn a_paused_run_lends_no_permit_and_can_be_stopped() {
    let world = World::new(limits(1));
    let go = world.run.go(Strategy::Semaphore, list(["delay/100"; 3]));
    let script = async {
        world.sim.sleep(ms(50)).await;
        pause(&world.run);
        world.sim.sleep(ms(500)).await;
        assert_eq!(world.run.permits().in_use(), 0);
    };
    let whole = futures::future::select(Box::pin(go), Box::pin(script));
    world.sim.block_on(whole).unwrap();
    check(&world.run);
    assert_eq!(world.net.arrivals_us().len(), 1);
}
