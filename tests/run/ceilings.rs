//! What no run exceeds, whatever its settings: requests in flight, and bytes read of a body.

use std::rc::Rc;

use crawl_playground::engine::outcome::Outcome;
use crawl_playground::engine::run::{MAX_BODY_BYTES, MAX_IN_FLIGHT, Run};
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::engine::trace::Note;
use crawl_playground::engine::wait::Wait::{Permit, Request};
use crawl_playground::sim::Sim;

use super::fake::{Fake, targets};
use super::lab::{self, at_ms, bars, check, limits, list, notes, outcomes, rows};

#[test]
fn three_hundred_at_once_never_exceed_the_ceiling() {
    let run = lab::run(Strategy::AllAtOnce, limits(1), list(vec!["delay/100"; 300]));
    check(&run);
    let rows = rows(&run);
    assert_eq!(rows.in_flight().peak() as usize, MAX_IN_FLIGHT);
    assert_eq!(rows.last_end(), at_ms(200));
    assert_eq!(
        bars(&run)[299],
        [(Permit, 0.0, 100.0), (Request, 100.0, 200.0)]
    );
    assert_eq!(
        rows.permits().peak(),
        0,
        "the ceiling's are no permits of the run's semaphore"
    );
}

#[test]
fn a_limit_above_the_ceiling_meets_the_ceiling() {
    let run = lab::run(
        Strategy::Semaphore,
        limits(1_000),
        list(vec!["delay/100"; 300]),
    );
    check(&run);
    assert_eq!(rows(&run).in_flight().peak() as usize, MAX_IN_FLIGHT);
    assert_eq!(rows(&run).last_end(), at_ms(200));
    assert_eq!(
        bars(&run)[299],
        [(Permit, 0.0, 100.0), (Request, 100.0, 200.0)]
    );
}

#[test]
fn the_rest_of_twelve_megabytes_is_not_read() {
    let run = lab::run(Strategy::Sequential, limits(1), list(["bytes/12000000"]));
    check(&run);
    assert_eq!(outcomes(&run), [Outcome::Ok(200)]);
    let rows = rows(&run);
    let row = &rows.rows()[0];
    assert_eq!(
        (row.bytes(), row.cut_bytes()),
        (MAX_BODY_BYTES as u64, Some(10_000_000))
    );
    assert_eq!(notes(&run, 0), [Note::Cut(10_000_000)]);
}

#[test]
fn a_body_of_just_ten_megabytes_is_not_cut() {
    let run = lab::run(
        Strategy::Sequential,
        limits(1),
        list(["bytes/10000000", "bytes/10000001"]),
    );
    let cuts: Vec<_> = rows(&run)
        .rows()
        .iter()
        .map(|row| (row.bytes(), row.cut_bytes()))
        .collect();
    assert_eq!(cuts, [(10_000_000, None), (10_000_000, Some(10_000_000))]);
}

#[test]
fn a_paced_body_is_dropped_in_the_moment_of_the_cut() {
    // 10 MB at 2 MB a second; the rest would take another 2 s.
    let run = lab::run(
        Strategy::Sequential,
        limits(1),
        list(["bytes/14000000?rate=2000000", "delay/5"]),
    );
    check(&run);
    let end = lab::ends(&run)[0];
    assert!(end >= at_ms(5_000) && end < at_ms(5_200), "{end:?}");
}

#[test]
fn a_body_that_was_cut_or_broke_is_dropped_before_the_next_request() {
    let sim = Sim::new();
    let fake = Fake::default();
    *fake.page.borrow_mut() = ("text/html".into(), vec![vec![b'x'; 6_000_000]; 4]);
    let run = Run::new(sim.ports(Rc::new(fake.clone())), limits(1));
    sim.block_on(run.go(
        Strategy::Sequential,
        targets(&["http://up.test/", "http://breaks.test/"]),
    ))
    .unwrap();
    check(&run);
    assert_eq!(outcomes(&run), [Outcome::Ok(200), Outcome::Network]);
    assert_eq!(fake.open.get(), 0);
}
