//! So many a second.

use std::cell::Cell;
use std::rc::Rc;

use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::outcome::Outcome;
use crawl_playground::engine::ports::{Fetch, NetworkError, Response};
use crawl_playground::engine::rate::Rate;
use crawl_playground::engine::retry::{Backoff, Retry};
use crawl_playground::engine::run::Run;
use crawl_playground::engine::strategy::Strategy as Combine;
use crawl_playground::scenario::preset::Preset;
use crawl_playground::scenario::{Network, Scenario};
use crawl_playground::sim::Sim;
use futures::FutureExt;
use futures::future::LocalBoxFuture;
use proptest::prelude::*;
use url::Url;

use super::lab::{limits, list, ms, outcomes};
use super::world::{World, assert_drawn, world};

fn rated(per_second: f64, burst: u32) -> Limits {
    Limits {
        rate: Some(Rate::new(per_second, burst).unwrap()),
        ..limits(1)
    }
}

#[test]
fn request_k_starts_when_its_token_has_come() {
    for per_second in [1.0, 2.0, 5.0, 8.0, 10.0, 25.0, 100.0, 1_000.0] {
        for burst in [1, 2, 5, 30] {
            let limits = rated(per_second, burst);
            let world = world(Combine::RateLimited, limits, list(["delay/3000"; 40]));
            // max(0, (k − burst + 1) / rate)
            let start = |k: u32| f64::from((k + 1).saturating_sub(burst)) / per_second * 1e6;
            let starts: Vec<_> = (0..40).map(|k| start(k).round() as u64).collect();
            assert_eq!(world.net.arrivals_us(), starts, "{per_second}, {burst}");
        }
    }
}

proptest! {
    #[test]
    fn with_a_burst_to_save_fractions_in_no_rate_is_off_by_a_microsecond(
        milli in 100..2_000_000_u64,
        burst in 2..20_u32,
    ) {
        let limits = rated(milli as f64 / 1e3, burst);
        let world = world(Combine::RateLimited, limits, list(["delay/100"; 45]));
        let start = |k: u64| ((k + 1).saturating_sub(burst.into()) * 1_000_000_000).div_ceil(milli);
        let starts: Vec<_> = (0..45).map(start).collect();
        prop_assert_eq!(world.net.arrivals_us(), starts);
    }
}

#[test]
fn slow_answers_pile_up_in_flight() {
    let world = world(
        Combine::RateLimited,
        rated(10.0, 1),
        list(["delay/1000"; 25]),
    );
    // Ten come a second and each stays for one.
    assert_eq!(world.net.peak(), 10);
}

/// When ten requests go out whose rate is changed on the way, in milliseconds.
fn starts_with(from: Option<(f64, u32)>, changes: &[(u64, Option<(f64, u32)>)]) -> Vec<f64> {
    let rate = |rate: Option<(f64, u32)>| rate.map(|(rate, burst)| Rate::new(rate, burst).unwrap());
    let world = World::new(Limits {
        rate: rate(from),
        ..limits(1)
    });
    let set: Vec<_> = changes
        .iter()
        .map(|(at, to)| {
            let to = rate(*to);
            let set = move |run: &Run| {
                run.set_limits(Limits {
                    rate: to,
                    ..run.limits()
                })
            };
            (*at, set)
        })
        .collect();
    let script: Vec<_> = set
        .iter()
        .map(|(at, set)| (*at, set as &dyn Fn(&Run)))
        .collect();
    world.go(Combine::RateLimited, list(["delay/50"; 6]), &script);
    let starts = world.net.arrivals_us();
    starts.iter().map(|us| *us as f64 / 1e3).collect()
}

#[test]
fn a_rate_that_changes_counts_from_that_moment_and_what_had_come_stays() {
    // At 250 ms half a token is there. The other half comes at the new rate.
    assert_eq!(
        starts_with(Some((10.0, 1)), &[(250, Some((100.0, 1)))]),
        [0.0, 100.0, 200.0, 255.0, 265.0, 275.0]
    );
    assert_eq!(
        starts_with(Some((10.0, 1)), &[(250, Some((2.0, 1)))]),
        [0.0, 100.0, 200.0, 500.0, 1_000.0, 1_500.0]
    );
    // To and fro: from 505 to 512 ms seven tenths of a token come, and the rest takes 300 ms.
    assert_eq!(
        starts_with(
            Some((1.0, 1)),
            &[(500, Some((100.0, 1))), (512, Some((1.0, 1)))]
        ),
        [0.0, 505.0, 812.0, 1_812.0, 2_812.0, 3_812.0]
    );
}

#[test]
fn without_a_rate_the_rest_goes_at_once_and_with_a_new_one_its_burst() {
    assert_eq!(
        starts_with(Some((10.0, 1)), &[(150, None)]),
        [0.0, 100.0, 150.0, 150.0, 150.0, 150.0]
    );
    assert_eq!(starts_with(None, &[]), [0.0; 6]);
}

#[test]
fn each_retry_takes_a_token_too() {
    let limits = Limits {
        retry: Retry {
            retries: 1,
            backoff: Backoff {
                base: ms(0),
                cap: ms(0),
            },
            ..Retry::default()
        },
        ..rated(10.0, 1)
    };
    let run = world(
        Combine::RateLimited,
        limits,
        list(["status/500?ms=30", "delay/20"]),
    )
    .run;
    // Who comes back stands in line again.
    assert_drawn(
        &run,
        "request 30 token 200 request 230 = 500
        token 100 request 120 = 200",
    );
}

/// A line to the Lab on which every other request takes some milliseconds more.
struct Uneven(Rc<dyn Fetch>, Sim, u64, Cell<bool>);

impl Fetch for Uneven {
    fn fetch(&self, url: &Url) -> LocalBoxFuture<'static, Result<Response, NetworkError>> {
        let is_late = self.3.replace(!self.3.get());
        let (lab, sim, url) = (Rc::clone(&self.0), self.1.clone(), url.clone());
        let way = ms(if is_late { self.2 } else { 0 });
        async move {
            sim.sleep(way).await;
            lab.fetch(&url).await
        }
        .boxed_local()
    }

    fn probe(&self, url: &Url) -> LocalBoxFuture<'static, bool> {
        self.0.probe(url)
    }
}

#[test]
fn the_preset_of_a_rate_that_is_kept_to_is_refused_nothing_on_an_uneven_line() {
    let scenario = Scenario::of(Preset::RateLimit, Network::Lab);
    let page = Url::parse("http://lab.test/").unwrap();
    for way_ms in [0, 5, 20, 50, 95] {
        let sim = Sim::new();
        let line = Uneven(sim.lab().fetch, sim.clone(), way_ms, Cell::default());
        let run = Run::new(sim.ports(Rc::new(line)), scenario.limits());
        let targets = scenario.list(&page, |_| None).targets;
        let source = scenario.source(targets, &page, 1);
        sim.block_on(run.go(scenario.strategy, source)).unwrap();
        assert_eq!(outcomes(&run), [Outcome::Ok(200); 15], "{way_ms}");
    }
}
