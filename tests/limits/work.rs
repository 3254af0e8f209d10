//! Work for the processor: what it does to the event loop, and to everyone on it.

use std::time::Duration;

use crawl_playground::engine::compute::{Job, Kind, Place, Work};
use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::run::Run;
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::engine::trace::What;
use crawl_playground::sim::compute::work_span;

use super::lab::{limits, list, ms};
use super::world::{assert_drawn, drawn, world};

const PRIMES_BELOW: u32 = 2_000_000;

fn span_us() -> u64 {
    let span = work_span(Job::PrimesBelow(PRIMES_BELOW));
    assert!(span > ms(250) && span < ms(450), "{span:?}");
    span.as_micros() as u64
}

fn working(place: Place, tasks: &[&str]) -> Run {
    working_at(Job::PrimesBelow(PRIMES_BELOW), place, tasks)
}

fn working_at(job: Job, place: Place, tasks: &[&str]) -> Run {
    let limits = Limits {
        work: Some(Work { job, place }),
        watch_lag: true,
        ..limits(1)
    };
    world(Strategy::AllAtOnce, limits, list(tasks)).run
}

fn lags(run: &Run) -> Vec<Duration> {
    let trace = run.trace();
    let lag = |what| match what {
        What::Lag(lag) => Some(Duration::from(lag)),
        _ => None,
    };
    let lags = trace.events().iter();
    lags.filter_map(|event| lag(event.what)).collect()
}

fn in_ms(us: u64) -> f64 {
    us as f64 / 1e3
}

#[test]
fn on_the_loop_it_freezes_everyone() {
    // The second one's answer is there at 50 ms, and fails, so that it has no work of its own.
    let run = working(Place::OnLoop, &["delay/15", "status/404?ms=50"]);
    let end = in_ms(15_000 + span_us());
    assert_drawn(
        &run,
        &format!("request 15 parse {end} = 200\nrequest {end} = 404"),
    );
    // The beat that is due at 20 ms comes when it is over.
    assert_eq!(lags(&run), [Duration::from_micros(span_us() - 5_000)]);
    assert!(lags(&run)[0] > ms(200));
}

#[test]
fn in_slices_the_others_go_on_and_the_loop_is_late_by_a_slice_at_most() {
    // A slice begins at 17 ms, and a beat is due at 20.
    let run = working(Place::Sliced, &["delay/17", "status/404?ms=50"]);
    let slices = span_us().div_ceil(5_000);
    let bars = drawn(&run);
    assert_eq!(
        bars[0],
        format!(
            "request 17 parse {} = 200",
            in_ms(17_000 + span_us() + slices)
        )
    );
    // The slice that goes on when the second one's answer comes ends with it.
    let second: f64 = bars[1].split(' ').nth(1).unwrap().parse().unwrap();
    assert!((50.0..=55.1).contains(&second), "{bars:?}");
    let lags = lags(&run);
    assert_eq!(lags, [ms(2)]);
}

#[test]
fn several_in_slices_take_turns_and_the_loop_is_late_by_one_slice_at_most() {
    let tasks = 8;
    let run = working(Place::Sliced, &["delay/15"; 8]);
    let slices = span_us().div_ceil(5_000);
    let end_us = 15_000 + tasks * (span_us() + slices);
    let bars = drawn(&run);
    let ends = bars.iter().map(|bar| bar.split(' ').nth(3).unwrap());
    let ends: Vec<f64> = ends.map(|end| end.parse().unwrap()).collect();
    // Since each has its slice in turn, all of them end in the last round.
    assert_eq!(ends[7], in_ms(end_us), "{bars:?}");
    assert!(ends[0] >= in_ms(end_us - 8 * 5_001), "{bars:?}");
    let longest = lags(&run).into_iter().max().unwrap();
    assert!(longest <= ms(5), "{longest:?}");
}

#[test]
fn in_a_worker_the_loop_is_never_late() {
    let run = working(Place::Worker, &["delay/15", "status/404?ms=50", "delay/15"]);
    let (one, both) = (in_ms(15_000 + span_us()), in_ms(15_000 + 2 * span_us()));
    assert_drawn(
        &run,
        &format!("request 15 parse {one} = 200\nrequest 50 = 404\nrequest 15 parse {both} = 200"),
    );
    // The first beat says that somebody watches; the others are on time.
    assert_eq!(lags(&run), [Duration::ZERO]);
}

#[test]
fn beats_on_time_fill_no_trace() {
    let limits = Limits {
        watch_lag: true,
        ..limits(1)
    };
    let run = world(Strategy::Sequential, limits, list(["delay/50000"; 20])).run;
    assert_eq!(lags(&run), [Duration::ZERO]);
}

#[test]
fn several_in_one_moment_hold_the_loop_for_all_of_their_time() {
    let run = working(Place::OnLoop, &["delay/15"; 3]);
    let ends = [1, 2, 3].map(|k| in_ms(15_000 + k * span_us()));
    let bars = drawn(&run);
    assert!(bars[2].contains(&format!("parse {} ", ends[2])), "{bars:?}");
    let longest = lags(&run).into_iter().max().unwrap();
    assert!(longest >= Duration::from_micros(span_us() - 5_000));
}

#[test]
fn without_the_watch_nobody_counts() {
    let limits = Limits {
        work: Some(Work {
            job: Job::PrimesBelow(1_000),
            place: Place::Sliced,
        }),
        ..limits(1)
    };
    let run = world(Strategy::Sequential, limits, list(["delay/100"; 3])).run;
    assert!(lags(&run).is_empty());
}

#[test]
fn who_fails_has_nothing_to_work_on() {
    let run = working(Place::Worker, &["status/500?ms=10", "drop?ms=20"]);
    assert_drawn(&run, "request 10 = 500\nrequest 20 = network error");
}

#[test]
fn a_page_that_is_parsed_takes_its_time_as_primes_do() {
    let job = Kind::Page.job(2_000);
    let span = work_span(job);
    assert_eq!(span, ms(280));
    let tasks = ["delay/15", "status/404?ms=50"];
    let run = working_at(job, Place::OnLoop, &tasks);
    assert_drawn(&run, "request 15 parse 295 = 200\nrequest 295 = 404");
    assert_eq!(lags(&run), [ms(275)]);
    let run = working_at(job, Place::Worker, &tasks);
    assert_drawn(&run, "request 15 parse 295 = 200\nrequest 50 = 404");
    assert_eq!(lags(&run), [Duration::ZERO]);
    // 56 slices of 5 ms, and a turn of the loop after each.
    let run = working_at(job, Place::Sliced, &["delay/17", "status/404?ms=50"]);
    assert!(drawn(&run)[0].starts_with("request 17 parse 297.056 "));
    assert_eq!(lags(&run), [ms(2)]);
}

#[test]
fn work_of_both_kinds_takes_about_as_long_by_the_same_number() {
    for number in [700, 1_000, 2_000, 3_000] {
        let [primes, page] = Kind::ALL.map(|kind| work_span(kind.job(number)));
        assert!(
            primes < 2 * page && page < 2 * primes,
            "{number}: {primes:?}, {page:?}"
        );
    }
}
