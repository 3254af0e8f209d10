//! Limits changed while a run goes on, in every strategy that follows.

use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::rate::Rate;
use crawl_playground::engine::run::Run;
use crawl_playground::engine::strategy::{Setting, Strategy, Use};
use crawl_playground::timeline::rows::Change;

use super::lab::{limits, list, ms, rows};
use super::world::{Timed, World, assert_drawn};

/// The strategies whose tasks all come to their ends, and whose limits nobody else changes.
fn plain() -> impl Iterator<Item = Strategy> {
    let special = [Strategy::Race, Strategy::Adaptive, Strategy::AutoThrottle];
    let all = Strategy::ALL.into_iter();
    all.filter(move |strategy| !special.contains(strategy))
}

/// These, and adaptive, whose limit is its own, but whose other limits are not.
fn with_adaptive() -> impl Iterator<Item = Strategy> {
    plain().chain([Strategy::Adaptive])
}

/// When the requests of four tasks of 10 ms go out, in milliseconds.
fn starts(strategy: Strategy, limits: Limits, script: &[Timed<'_>]) -> Vec<f64> {
    let world = World::new(limits);
    world.go(strategy, list(["delay/10"; 4]), script);
    let starts = world.net.arrivals_us();
    starts.iter().map(|us| *us as f64 / 1e3).collect()
}

pub(crate) fn set(change: impl Fn(&mut Limits)) -> impl Fn(&Run) {
    move |run| {
        let mut limits = run.limits();
        change(&mut limits);
        run.set_limits(limits);
    }
}

#[test]
fn the_rate_is_followed_by_every_strategy() {
    let rate = |per_second| Rate::new(per_second, 1).ok();
    let faster = set(|limits| limits.rate = rate(100.0));
    let none = set(|limits| limits.rate = None);
    let slower = set(|limits| limits.rate = rate(2.0));
    for strategy in with_adaptive() {
        assert_eq!(strategy.uses(Setting::Rate), Use::Live);
        let limits = Limits {
            rate: rate(10.0),
            ..limits(4)
        };
        let name = strategy.name();
        let faster = starts(strategy, limits, &[(150, &faster)]);
        assert_eq!(faster, [0.0, 100.0, 155.0, 165.0], "{name}");
        let slower = starts(strategy, limits, &[(150, &slower)]);
        assert_eq!(slower, [0.0, 100.0, 400.0, 900.0], "{name}");
        let none = starts(strategy, limits, &[(150, &none)]);
        let last = match strategy {
            Strategy::Sequential => 160.0,
            _ => 150.0,
        };
        assert_eq!(none, [0.0, 100.0, 150.0, last], "{name}");
    }
}

#[test]
fn a_host_s_delay_is_measured_anew_from_the_last_request() {
    let delay = |span_ms| set(move |limits| limits.host_delay = ms(span_ms));
    let (shorter, longer, none) = (delay(100), delay(1_000), delay(0));
    for strategy in with_adaptive() {
        let name = strategy.name();
        let limits = |span_ms| Limits {
            host_delay: ms(span_ms),
            ..limits(4)
        };
        let starts = |from, script: &[Timed<'_>]| starts(strategy, limits(from), script);
        assert_eq!(
            starts(1_000, &[(250, &shorter)]),
            [0.0, 250.0, 350.0, 450.0],
            "{name}"
        );
        assert_eq!(
            starts(100, &[(50, &longer)]),
            [0.0, 1_000.0, 2_000.0, 3_000.0],
            "{name}"
        );
        assert_eq!(
            starts(1_000, &[(1_020, &longer), (1_200, &shorter)]),
            [0.0, 1_000.0, 1_200.0, 1_300.0],
            "{name}"
        );
        let last = match strategy {
            Strategy::Sequential => [0.0, 250.0, 260.0, 270.0],
            // Its limit is two by then.
            Strategy::Adaptive => [0.0, 250.0, 250.0, 260.0],
            _ => [0.0, 250.0, 250.0, 250.0],
        };
        assert_eq!(starts(1_000, &[(250, &none)]), last, "{name}");
    }
}

#[test]
fn jitter_that_changes_does_not_draw_again() {
    // Each wait has one draw from -1 to 1, and the delay stretches it.
    let half = set(|limits| limits.host_delay = ms(500));
    let limits = Limits {
        host_delay: ms(1_000),
        jitter_percent: 50,
        seed: 5,
        ..limits(4)
    };
    let whole = starts(Strategy::AllAtOnce, limits, &[]);
    let halved = starts(Strategy::AllAtOnce, limits, &[(10, &half)]);
    for (whole, halved) in whole.iter().zip(&halved) {
        assert!((whole / 2.0 - halved).abs() < 0.01, "{whole} {halved}");
    }
}

#[test]
fn the_delay_is_followed_by_every_strategy_that_pauses() {
    let shorter = set(|limits| limits.delay = ms(200));
    for strategy in plain() {
        let world = World::new(Limits {
            delay: ms(1_000),
            ..limits(2)
        });
        world.go(strategy, list(["delay/10"; 2]), &[(150, &shorter)]);
        let second = match strategy {
            Strategy::Sequential => "queue 210 request 220 pause 420 = 200",
            _ => "request 10 pause 210 = 200",
        };
        let expected = format!("request 10 pause 210 = 200\n{second}");
        assert_drawn(&world.run, &expected);
    }
}

#[test]
fn the_limit_of_each_host_is_followed() {
    let three = set(|limits| limits.per_host = Some(3));
    let one = set(|limits| limits.per_host = Some(1));
    let none = set(|limits| limits.per_host = None);
    for strategy in [
        Strategy::AllAtOnce,
        Strategy::Semaphore,
        Strategy::RateLimited,
        Strategy::WorkerPool,
        Strategy::BufferUnordered,
        Strategy::Pipeline,
    ] {
        let starts = |from, script: &[Timed<'_>]| {
            let limits = Limits {
                per_host: from,
                ..limits(4)
            };
            starts(strategy, limits, script)
        };
        let name = strategy.name();
        assert_eq!(
            starts(Some(1), &[(4, &three)]),
            [0.0, 4.0, 4.0, 10.0],
            "{name}"
        );
        assert_eq!(
            starts(Some(3), &[(4, &one)]),
            [0.0, 0.0, 0.0, 10.0],
            "{name}"
        );
        assert_eq!(
            starts(Some(1), &[(4, &none)]),
            [0.0, 4.0, 4.0, 4.0],
            "{name}"
        );
        assert_eq!(starts(None, &[(4, &one)]), [0.0; 4], "{name}");
    }
}

#[test]
fn the_concurrency_is_followed_where_it_says_so() {
    let four = set(|limits| limits.concurrency = 4);
    for strategy in plain() {
        let starts = starts(strategy, limits(1), &[(4, &four)]);
        let expected = match strategy.uses(Setting::Concurrency) {
            Use::Live => [0.0, 4.0, 4.0, 4.0],
            Use::AtStart => [0.0, 10.0, 20.0, 30.0],
            Use::No if strategy == Strategy::Sequential => [0.0, 10.0, 20.0, 30.0],
            Use::No => [0.0; 4],
        };
        assert_eq!(starts, expected, "{}", strategy.name());
    }
}

#[test]
fn what_a_strategy_does_not_follow_changes_nothing_and_is_not_told_as_a_change() {
    let all = set(|limits| {
        limits.concurrency = 3;
        limits.keep_permit = true;
        limits.store = ms(70);
    });
    for strategy in with_adaptive() {
        let world = World::new(limits(2));
        world.go(strategy, list(["delay/100"; 6]), &[(50, &all)]);
        let told: Vec<_> = rows(&world.run).changes().to_vec();
        let follows = |setting| strategy.uses(setting) == Use::Live;
        let is_told = |wanted: Change| told.iter().any(|(_, change)| *change == wanted);
        let name = strategy.name();
        assert_eq!(
            is_told(Change::Limit(3)),
            follows(Setting::Concurrency) && strategy != Strategy::Adaptive, // whose limit is its own
            "{name}: {told:?}"
        );
        assert_eq!(
            is_told(Change::KeepPermit(true)),
            follows(Setting::KeepPermit),
            "{name}: {told:?}"
        );
        assert_eq!(
            is_told(Change::StoreMs(70.0)),
            follows(Setting::Store),
            "{name}: {told:?}"
        );
    }
}
