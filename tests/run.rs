//! What becomes of a run's tasks: outcomes, time-outs, stops, changes on the way, lists, probes and ceilings.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may")]

#[path = "run/ceilings.rs"]
mod ceilings;
#[path = "run/fake.rs"]
mod fake;
#[allow(dead_code, reason = "each test crate uses its part")]
#[path = "support/lab.rs"]
mod lab;
#[path = "run/listing.rs"]
mod listing;
#[path = "run/live.rs"]
mod live;
#[path = "run/page.rs"]
mod page;
#[path = "run/probe.rs"]
mod probe;
#[path = "run/stop.rs"]
mod stop;

use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::outcome::{Outcome, Refusal};
use crawl_playground::engine::run::Run;
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::engine::trace::Note;
use crawl_playground::engine::wait::Wait::{Download, Permit, Request};
use crawl_playground::sim::Sim;
use lab::{at_ms, bars, check, ends, limits, list, ms, notes, outcomes, rows, run};

#[test]
fn each_way_to_end_is_its_own_outcome() {
    let paths = [
        "delay/600",
        "status/404?ms=300",
        "status/500?ms=500",
        "hang",
        "drop?ms=700",
        "redirect/2?to=../delay/400",
        "status/204",
        "status/304",
    ];
    let limits = Limits {
        timeout: ms(2_000),
        ..limits(1)
    };
    let run = run(Strategy::AllAtOnce, limits, list(paths));
    check(&run);
    let expected = [
        (Outcome::Ok(200), at_ms(600)),
        (Outcome::HttpError(404), at_ms(300)),
        (Outcome::HttpError(500), at_ms(500)),
        (Outcome::Timeout, at_ms(2_000)),
        (Outcome::Network, at_ms(700)),
        (Outcome::Ok(200), at_ms(400)),
        (Outcome::Ok(204), at_ms(0)),
        (Outcome::Ok(304), at_ms(0)),
    ];
    let ended: Vec<_> = outcomes(&run).into_iter().zip(ends(&run)).collect();
    assert_eq!(ended, expected);
}

#[test]
fn a_redirect_says_where_it_led_and_the_others_do_not() {
    let run = run(
        Strategy::AllAtOnce,
        limits(1),
        list(["redirect/2?to=../delay/40", "delay/40"]),
    );
    let rows = rows(&run);
    let led = |row: usize| {
        rows.rows()[row]
            .final_url()
            .map(|text| run.trace().read(text).to_owned())
    };
    assert_eq!(led(0).as_deref(), Some("http://lab.test/lab/delay/40"));
    assert_eq!(led(1), None);
}

#[test]
fn a_dropped_connection_keeps_the_network_s_own_words() {
    let run = run(Strategy::Sequential, limits(1), list(["drop?ms=5"]));
    let Note::Error(words) = notes(&run, 0)[0] else {
        panic!("the first note tells the error")
    };
    assert_eq!(run.trace().read(words), "The Lab dropped the connection.");
}

#[test]
fn a_time_out_ends_the_attempt_to_the_microsecond_and_frees_its_permit() {
    let limits = Limits {
        timeout: ms(2_000),
        ..limits(1)
    };
    let run = run(Strategy::Semaphore, limits, list(["hang", "delay/100"]));
    check(&run);
    assert_eq!(outcomes(&run), [Outcome::Timeout, Outcome::Ok(200)]);
    assert_eq!(
        bars(&run),
        [
            vec![(Request, 0.0, 2_000.0)],
            vec![(Permit, 0.0, 2_000.0), (Request, 2_000.0, 2_100.0)]
        ]
    );
}

#[test]
fn headers_and_body_share_one_time_out() {
    // 50 bytes come by then; each attempt has the whole time again.
    let limits = Limits {
        timeout: ms(1_000),
        ..limits(1)
    };
    let run = run(
        Strategy::Sequential,
        limits,
        list(["bytes/1000?ms=500&rate=100", "bytes/10?ms=500&rate=100"]),
    );
    check(&run);
    assert_eq!(outcomes(&run), [Outcome::Timeout, Outcome::Ok(200)]);
    assert_eq!(
        bars(&run)[0],
        [(Request, 0.0, 500.0), (Download, 500.0, 1_000.0)]
    );
    let rows = rows(&run);
    let row = &rows.rows()[0];
    assert_eq!((row.status(), row.bytes()), (Some(200), 50));
}

#[test]
fn an_answer_in_the_very_moment_of_the_time_out_counts() {
    let limits = Limits {
        timeout: ms(300),
        ..limits(1)
    };
    let run = run(
        Strategy::Sequential,
        limits,
        list(["delay/300", "delay/301"]),
    );
    assert_eq!(outcomes(&run), [Outcome::Ok(200), Outcome::Timeout]);
}

#[test]
fn a_run_whose_semaphore_is_closed_refuses_the_rest() {
    let sim = Sim::new();
    let run = Run::new(sim.lab(), limits(1));
    let close = async {
        sim.sleep(ms(50)).await;
        run.permits().close();
    };
    let go = run.go(
        Strategy::Semaphore,
        list(["delay/100", "delay/100", "delay/100"]),
    );
    sim.block_on(futures::future::join(go, close)).unwrap();
    check(&run);
    let refused = Outcome::Refused(Refusal::Limit);
    assert_eq!(outcomes(&run), [Outcome::Ok(200), refused, refused]);
    assert_eq!(ends(&run), [at_ms(100), at_ms(50), at_ms(50)]);
}

#[test]
fn a_run_may_start_when_its_clock_has_been_going_for_long() {
    let sim = Sim::new();
    sim.block_on(sim.sleep(ms(86_400_000))).unwrap();
    let run = Run::new(sim.lab(), limits(2));
    sim.block_on(run.go(Strategy::Semaphore, list(["delay/10"; 3])))
        .unwrap();
    assert_eq!(ends(&run), [at_ms(10), at_ms(10), at_ms(20)]);
}
