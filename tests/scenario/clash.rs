//! Limits of which one leaves no room for another: what is told of them, and what is refused.

use crawl_playground::engine::strategy::Strategy;
use crawl_playground::scenario::dial::{Dial, Dials};
use crawl_playground::scenario::preset::Preset;
use crawl_playground::scenario::{Network, Scenario};

#[test]
fn what_works_against_itself_is_said_and_nothing_else_is() {
    let said = |strategy, dials: Dials| {
        let scenario = Scenario {
            strategy,
            dials,
            concurrency: 3,
            timeout_ms: 10_000,
            ..Scenario::default()
        };
        scenario.contradictions()
    };
    let with = |dial, number| Dials::default().with(dial, number);
    let (few, all) = (Strategy::Semaphore, Strategy::AllAtOnce);
    for (strategy, dials, expected) in [
        (
            few,
            with(Dial::PerHost, 4),
            "The per-host limit of 4 never binds: only 3 run at once.",
        ),
        (
            few,
            with(Dial::RunTimeout, 9),
            "The run ends after 9\u{a0}s, before any request’s timeout of 10000\u{a0}ms.",
        ),
        (
            few,
            with(Dial::Jitter, 10),
            "The jitter has no host delay to vary.",
        ),
        (
            few,
            with(Dial::Burst, 7),
            "The burst has no rate to begin with.",
        ),
        (
            few,
            with(Dial::RunTimeout, 10)
                .with(Dial::Retries, 2)
                .with(Dial::Backoff, 10_000),
            "The run ends after 10\u{a0}s, and the back-off alone may take 10000\u{a0}ms: there may be no retry.",
        ),
        (
            all,
            with(Dial::Store, 10),
            "“all at once” has no consumer, so its time means nothing.",
        ),
    ] {
        assert_eq!(said(strategy, dials), [expected]);
    }
    for (strategy, dials) in [
        (few, Dials::default()),
        (few, with(Dial::PerHost, 3)),
        (all, with(Dial::PerHost, 4)), // its concurrency is nobody's
        (few, with(Dial::RunTimeout, 10)),
        (few, with(Dial::RunTimeout, 10).with(Dial::Backoff, 10_000)), // nothing is tried again
        (
            few,
            with(Dial::RunTimeout, 11)
                .with(Dial::Retries, 2)
                .with(Dial::Backoff, 10_000),
        ),
        // It is never longer than 30 s.
        (
            few,
            with(Dial::RunTimeout, 45)
                .with(Dial::Retries, 2)
                .with(Dial::Backoff, 60_000),
        ),
        (few, with(Dial::Burst, 7).with(Dial::Rate, 3)),
        (few, with(Dial::Pages, 5).with(Dial::HostPages, 9)), // no crawl
        (few, with(Dial::Jitter, 10).with(Dial::HostDelay, 100)),
        (Strategy::Pipeline, with(Dial::Store, 10)),
    ] {
        assert!(said(strategy, dials).is_empty(), "{dials:?}");
    }
    let crawl = |of_host| {
        let mut scenario = Scenario::of(Preset::CrawlSmall, Network::Lab);
        scenario.dials = with(Dial::Pages, 20).with(Dial::HostPages, of_host);
        scenario.contradictions()
    };
    assert_eq!(
        crawl(21),
        ["The limit of 21 pages per host never binds: the crawl ends at 20."]
    );
    assert!(crawl(20).is_empty());
    let all_four = with(Dial::PerHost, 4)
        .with(Dial::RunTimeout, 1)
        .with(Dial::Jitter, 1)
        .with(Dial::Store, 1);
    assert_eq!(said(few, all_four).len(), 4);
}

/// Who types a number that leaves another limit no room is answered, wherever of the two it is typed.
#[test]
fn a_limit_of_each_host_contradicts_the_concurrency_only_where_that_binds_all_runs() {
    let refused = |strategy, against: Option<Strategy>, preset| {
        let mut now = Scenario::of(preset, Network::Lab);
        now.concurrency = 3;
        now.strategy = strategy;
        now.compare = against.is_some();
        now.against = against.unwrap_or(now.against);
        now.dials.set(Dial::PerHost, Some(2));
        let mut then = now.clone();
        then.dials.set(Dial::PerHost, Some(5));
        now.refusal_of(&then, Dial::PerHost.name()).is_some()
    };
    for strategy in Strategy::ALL {
        let alone = refused(strategy, None, Preset::Own);
        let unbound = [
            Strategy::AllAtOnce,
            Strategy::RateLimited,
            Strategy::Race,
            // Its concurrency is what it aims at.
            Strategy::AutoThrottle,
            // It has none.
            Strategy::Sequential,
        ];
        assert_eq!(alone, !unbound.contains(&strategy), "{}", strategy.name());
        let beside_one = refused(Strategy::Semaphore, Some(strategy), Preset::Own);
        let is_bound = alone || strategy == Strategy::Sequential;
        assert_eq!(beside_one, is_bound, "beside {}", strategy.name());
        // A crawl is bound by it whatever it is called.
        let crawls = refused(strategy, None, Preset::CrawlSmall);
        assert_eq!(
            crawls,
            strategy != Strategy::Sequential,
            "{}",
            strategy.name()
        );
    }
}

#[test]
fn a_number_that_contradicts_another_limit_is_refused_and_what_is_no_worse_is_not() {
    let with = |dial, number| Dials::default().with(dial, number);
    let scenario = |dials| Scenario {
        dials,
        concurrency: 3,
        timeout_ms: 5_000,
        ..Scenario::default()
    };
    let refusal = |before: Dials, dial: Dial, number| {
        let now = scenario(before);
        let then = scenario(before.with(dial, number));
        now.refusal_of(&then, dial.name())
    };
    let tries = with(Dial::RunTimeout, 10).with(Dial::Retries, 2);
    for (before, dial, number, expected) in [
        (
            with(Dial::PerHost, 2),
            Dial::PerHost,
            4,
            "A per-host limit of 4 would never bind, since only 3 run at once. Change “Concurrency” first.",
        ),
        (
            with(Dial::RunTimeout, 30),
            Dial::RunTimeout,
            4,
            "A run of 4\u{a0}s would end before any request’s timeout of 5000\u{a0}ms. Change “Timeout” first.",
        ),
        (
            tries,
            Dial::Backoff,
            10_000,
            "A run of 10\u{a0}s would leave no room for a back-off of up to 10000\u{a0}ms. Change “Run timeout, s” first.",
        ),
        (
            tries.with(Dial::Retries, 0).with(Dial::Backoff, 10_000),
            Dial::Retries,
            1,
            "A run of 10\u{a0}s would leave no room for a back-off of up to 10000\u{a0}ms. Change “Run timeout, s” first.",
        ),
        (
            tries.with(Dial::Backoff, 6_000),
            Dial::RunTimeout,
            6,
            "A run of 6\u{a0}s would leave no room for a back-off of up to 6000\u{a0}ms. Change “Back-off, ms” first.",
        ),
    ] {
        assert_eq!(refusal(before, dial, number).as_deref(), Some(expected));
    }
    for (before, dial, number) in [
        (with(Dial::PerHost, 2), Dial::PerHost, 3),
        (with(Dial::PerHost, 5), Dial::PerHost, 4), // no worse than it was
        (with(Dial::RunTimeout, 30), Dial::RunTimeout, 5),
        (with(Dial::RunTimeout, 1), Dial::PerHost, 2), // another pair's
        (tries, Dial::Backoff, 9_999),
        (with(Dial::Rate, 5), Dial::Burst, 9),
    ] {
        assert_eq!(refusal(before, dial, number), None, "{dial:?} {number}");
    }
    let (now, mut then) = (
        scenario(with(Dial::PerHost, 3)),
        scenario(with(Dial::PerHost, 3)),
    );
    then.concurrency = 2;
    assert_eq!(now.refusal_of(&then, "Concurrency"), None); // its slider follows the hand
    let now = scenario(with(Dial::RunTimeout, 5));
    let mut then = now.clone();
    then.timeout_ms = 6_000;
    assert_eq!(
        now.refusal_of(&then, "Timeout").unwrap(),
        "A run of 5\u{a0}s would end before any request’s timeout of 6000\u{a0}ms. Change “Run timeout, s” first."
    );
    let crawl = |pages, of_host| {
        let mut scenario = Scenario::of(Preset::CrawlSmall, Network::Lab);
        scenario.dials = with(Dial::Pages, pages).with(Dial::HostPages, of_host);
        scenario
    };
    assert_eq!(
        crawl(20, 20)
            .refusal_of(&crawl(20, 21), "Pages per host")
            .unwrap(),
        "A limit of 21 pages per host would never bind, since the crawl ends at 20. Change “Pages” first."
    );
    assert_eq!(
        crawl(20, 20).refusal_of(&crawl(19, 20), "Pages").unwrap(),
        "A limit of 20 pages per host would never bind, since the crawl ends at 19. Change “Pages per host” first."
    );
}
