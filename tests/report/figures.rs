//! Figures and headline.

use std::time::Duration;

use crawl_playground::engine::moment::Moment;
use crawl_playground::engine::outcome::Outcome;
use crawl_playground::engine::strategy::Strategy as Combine;
use crawl_playground::engine::trace::{OriginId, TaskId, Trace, What};
use crawl_playground::engine::wait::Wait;
use crawl_playground::report::figures::Figures;
use crawl_playground::report::headline::{Compared, Subject, bound_sentence, headline, lane_name};
use crawl_playground::report::units::span;
use crawl_playground::report::why::Bound;
use crawl_playground::scenario::preset::Preset;
use crawl_playground::scenario::{Network, Scenario};
use crawl_playground::timeline::rows::Rows;
use proptest::prelude::*;

use super::figures_of;
use super::lab::{self, limits, list, ms};
use super::preset::{plain_presets, run_of, run_of_preset};

/// A run of tasks that each send a request for so long, all from the start.
fn with_latencies(us: &[u64]) -> Rows {
    let mut trace = Trace::default();
    for id in 0..us.len() as u32 {
        let name = trace.text("x");
        trace.push(Moment::ZERO, What::Joined(TaskId(id), name, OriginId(0)));
        trace.push(Moment::ZERO, What::Entered(TaskId(id), Wait::Request));
    }
    let mut ends: Vec<_> = us.iter().enumerate().collect();
    ends.sort_by_key(|(_, us)| **us);
    for (id, us) in ends {
        trace.push(
            Moment::from_us(*us),
            What::Ended(TaskId(id as u32), Outcome::Ok(200)),
        );
    }
    let mut rows = Rows::default();
    rows.advance(&trace);
    rows
}

/// The nearest rank: the smallest value that so many of a hundred do not exceed.
fn percentile(us: &[u64], percent: usize) -> Duration {
    let enough =
        |value: &&u64| us.iter().filter(|other| other <= value).count() * 100 >= percent * us.len();
    Duration::from_micros(*us.iter().filter(enough).min().unwrap())
}

proptest! {
    #[test]
    fn percentiles_are_the_nearest_ranks(us in prop::collection::vec(1..500_u64, 1..120)) {
        let rows = with_latencies(&us);
        let latency = Figures::of(&rows, rows.last_end()).latency.unwrap();
        prop_assert_eq!([latency.p50, latency.p95, latency.max], [50, 95, 100].map(|percent| percentile(&us, percent)));
    }
}

#[test]
fn percentiles_are_exact_for_any_number_of_tasks() {
    for count in (1..400).chain([1_000, 1_020, 2_000, 10_000]) {
        let us: Vec<u64> = (1..=count).collect();
        let rows = with_latencies(&us);
        let latency = Figures::of(&rows, rows.last_end()).latency.unwrap();
        let ranks = [latency.p50, latency.p95].map(|rank| rank.as_micros() as u64);
        assert_eq!(
            ranks,
            [count.div_ceil(2), (19 * count).div_ceil(20)],
            "of {count}"
        );
    }
}

#[test]
fn the_ideal_is_what_the_run_takes_all_at_once() {
    for preset in plain_presets() {
        let scenario = Scenario::of(preset, Network::Lab);
        let at_once = figures_of(&run_of(&scenario, Combine::AllAtOnce));
        for strategy in Combine::ALL
            .into_iter()
            .filter(|strategy| *strategy != Combine::Race)
        {
            let figures = figures_of(&run_of(&scenario, strategy));
            if strategy == Combine::Race && figures.ok > 0 {
                // It is over when one has won, so of the others it can only know what they took until then.
                let lists = usize::from(preset.listing(Network::Lab).is_some());
                assert_eq!((figures.ok - lists, figures.ideal), (1, figures.total));
                continue;
            }
            assert_eq!(
                figures.ideal,
                at_once.total,
                "{} {}",
                preset.name(),
                strategy.name()
            );
        }
        assert_eq!(at_once.efficiency(), 1.0);
    }
}

#[test]
fn the_figures_of_the_default_are_these() {
    let figures = figures_of(&run_of_preset(Preset::Ten));
    assert_eq!(
        (figures.tasks, figures.ok, figures.failed, figures.cancelled),
        (10, 10, 0, 0)
    );
    assert_eq!((figures.total, figures.ideal), (ms(2_670), ms(1_190)));
    assert_eq!((figures.peak_in_flight, figures.bytes), (3, 156_000));
    let latency = figures.latency.unwrap();
    assert_eq!(
        (latency.p50, latency.p95, latency.max),
        (ms(670), ms(1_190), ms(1_190))
    );
    assert_eq!(figures.by_wait[Wait::Request.index()], ms(5_910));
    assert_eq!(figures.by_wait[Wait::Download.index()], ms(1_560));
    let waited = 570 + 610 + 920 + 1_230 + 1_450 + 1_800 + 1_900;
    assert_eq!(figures.by_wait[Wait::Permit.index()], ms(waited));
}

#[test]
fn failures_and_cancelled_tasks_are_counted_apart() {
    let figures = figures_of(&run_of_preset(Preset::Failures));
    assert_eq!((figures.ok, figures.failed, figures.cancelled), (4, 4, 0));
    let sim = crawl_playground::sim::Sim::new();
    let run = crawl_playground::engine::run::Run::new(sim.lab(), limits(2));
    let go = run.go(
        Combine::Semaphore,
        list(["delay/10", "status/500", "hang", "hang"]),
    );
    assert!(sim.run_until(lab::at_ms(50), go).is_none());
    let figures = figures_of(&run);
    assert_eq!(
        (figures.ok, figures.failed, figures.cancelled, figures.total),
        (1, 1, 2, ms(50))
    );
    let subject = Subject {
        strategy: Combine::Semaphore,
        limits: &[2],
        figures: &figures,
        was_stopped: true,
    };
    let sentence = headline(subject, None);
    assert!(
        sentence.starts_with("Stopped after 50\u{a0}ms") && sentence.contains("2 of 4"),
        "{sentence}"
    );
}

#[test]
fn nothing_has_no_latency_and_is_as_good_as_can_be() {
    let figures = Figures::of(&Rows::default(), Moment::ZERO);
    assert_eq!((figures.latency, figures.efficiency()), (None, 1.0));
}

#[test]
fn the_headline_has_the_numbers_of_both_runs() {
    for preset in plain_presets() {
        let scenario = Scenario::of(preset, Network::Lab);
        let slow = figures_of(&run_of(&scenario, Combine::Sequential));
        let fast = figures_of(&run_of(&scenario, scenario.strategy));
        let subject = Subject {
            strategy: scenario.strategy,
            limits: &[scenario.concurrency],
            figures: &fast,
            was_stopped: false,
        };
        let sentence = headline(subject, Some(Compared::with(Combine::Sequential, &slow)));
        let times = slow.total.as_secs_f64() / fast.total.as_secs_f64();
        for number in [
            span(fast.total),
            span(slow.total),
            format!("{times:.1}\u{a0}times faster"),
        ] {
            assert!(sentence.contains(&number), "{number} in {sentence}");
        }
        let alone = headline(subject, None);
        assert!(
            alone.contains(&span(fast.total)) && !alone.contains("faster"),
            "{alone}"
        );
    }
}

#[test]
fn a_headline_does_not_boast() {
    let run = lab::run(Combine::Sequential, limits(1), list(["delay/100"; 4]));
    let same = figures_of(&run);
    let subject = Subject {
        strategy: Combine::Semaphore,
        limits: &[1],
        figures: &same,
        was_stopped: false,
    };
    // Nor does it call both runs the same.
    assert_eq!(
        headline(subject, Some(Compared::with(Combine::Sequential, &same))),
        "A semaphore of one took 400\u{a0}ms, and one at a time 400\u{a0}ms: no difference."
    );
    let faster = Figures {
        total: ms(300),
        ..same.clone()
    };
    assert!(
        headline(subject, Some(Compared::with(Combine::Sequential, &faster))).contains("longer")
    );
    assert_eq!(lane_name(Combine::Semaphore, &[3]), "At most 3");
}

#[test]
fn nothing_that_came_is_no_finding() {
    let run = lab::run(Combine::Semaphore, limits(2), list(["status/500"; 4]));
    let failed = figures_of(&run);
    let slow = Figures {
        total: ms(999),
        ..failed.clone()
    };
    let subject = Subject {
        strategy: Combine::Semaphore,
        limits: &[2],
        figures: &failed,
        was_stopped: false,
    };
    assert_eq!(
        headline(subject, Some(Compared::with(Combine::Sequential, &slow))),
        "No page came: all four tasks failed."
    );
    // Which is not said twice; and a run that was stopped before anything came has no reason in its table.
    assert_eq!(
        bound_sentence(&failed, Bound::Permits),
        "The tasks table says why."
    );
    let stopped = Figures {
        failed: 0,
        cancelled: 4,
        ..failed.clone()
    };
    assert_eq!(
        bound_sentence(&stopped, Bound::Stopped),
        "What was measured until then is kept."
    );
}

#[test]
fn runs_that_brought_different_pages_are_not_compared_by_their_time() {
    let fast = figures_of(&lab::run(
        Combine::Semaphore,
        limits(2),
        list(["delay/100"; 4]),
    ));
    let slow = Figures {
        ok: 3,
        failed: 1,
        total: ms(400),
        ..fast.clone()
    };
    let subject = Subject {
        strategy: Combine::Semaphore,
        limits: &[2],
        figures: &fast,
        was_stopped: false,
    };
    let sentence = headline(subject, Some(Compared::with(Combine::Sequential, &slow)));
    assert!(
        sentence.contains("brought 4 pages") && !sentence.contains("faster"),
        "{sentence}"
    );
}

#[test]
fn limits_that_were_changed_are_all_named() {
    let figures = figures_of(&lab::run(
        Combine::Semaphore,
        limits(2),
        list(["delay/100"; 4]),
    ));
    let named = |limits: &[usize]| {
        let subject = Subject {
            strategy: Combine::Semaphore,
            limits,
            figures: &figures,
            was_stopped: false,
        };
        (
            lane_name(Combine::Semaphore, limits),
            headline(subject, None),
        )
    };
    let (lane, sentence) = named(&[3, 8, 1]);
    assert_eq!(lane, "At most 3 → 8 → 1");
    assert!(
        sentence.starts_with("Three, then eight, then one at a time took"),
        "{sentence}"
    );
    let (lane, sentence) = named(&[2, 5, 6, 7, 1]);
    assert_eq!(lane, "At most 2 … 1");
    assert!(
        sentence.starts_with("From two to one at a time took"),
        "{sentence}"
    );
}
