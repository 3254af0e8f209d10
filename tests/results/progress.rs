//! How far a crawl is, in numbers and in words.

use std::time::Duration;

use crawl_playground::engine::trace::Ending;
use crawl_playground::report::progress::{State, sentence};
use crawl_playground::results::Results;
use crawl_playground::results::progress::Progress;

use super::watched::watched;
use crate::lab::limits;
use crate::world::{outlined, whole};

fn said(progress: Progress, state: State) -> String {
    sentence(&progress, progress.going, state).replace('\u{a0}', " ")
}

const MIDDLE: Progress = Progress {
    done: 31,
    going: 2,
    known: 44,
    limit: 50,
    left: Some(Duration::from_millis(8_120)),
};

#[test]
fn an_estimate_says_what_it_does_not_know() {
    assert_eq!(
        said(MIDDLE, State::Going),
        "31 of at most 50 pages, 2 in flight, 44 known; at least 9 s to go: what is still to be found is not known."
    );
    let bound = Progress {
        known: 1_070,
        left: Some(Duration::from_secs(75)),
        ..MIDDLE
    };
    assert_eq!(
        said(bound, State::Going),
        "31 of at most 50 pages, 2 in flight, 1 070 known; about 1 min 15 s to go: the limit ends it."
    );
    let early = Progress {
        done: 1,
        left: None,
        ..MIDDLE
    };
    assert_eq!(
        said(early, State::Going),
        "1 of at most 50 pages, 2 in flight, 44 known; too early to say how long it takes."
    );
}

#[test]
fn a_pause_and_an_end_have_no_estimate() {
    assert_eq!(
        said(MIDDLE, State::Paused),
        "31 of at most 50 pages, 2 in flight, 44 known; paused: what is in flight ends, and nothing new is sent."
    );
    assert_eq!(
        said(Progress { going: 0, ..MIDDLE }, State::Paused),
        "31 of at most 50 pages, 0 in flight, 44 known; paused."
    );
    let ended = |progress, ending| said(progress, State::Ended(ending));
    assert_eq!(
        ended(MIDDLE, Ending::Done),
        "31 pages: all that it found and may fetch."
    );
    assert_eq!(
        ended(Progress { done: 1, ..MIDDLE }, Ending::Done),
        "1 page: all that it found and may fetch."
    );
    assert_eq!(
        ended(Progress { done: 50, ..MIDDLE }, Ending::Done),
        "50 pages: as many as it may have."
    );
    assert_eq!(
        ended(MIDDLE, Ending::Stopped),
        "31 of at most 50 pages, 44 known, when it was stopped."
    );
    assert_eq!(
        ended(MIDDLE, Ending::OutOfTime),
        "31 of at most 50 pages, 44 known, when its time was up."
    );
    assert_eq!(
        ended(MIDDLE, Ending::FirstFailure),
        "31 of at most 50 pages, 44 known, when the first failure ended it."
    );
}

#[test]
fn what_was_begun_and_is_not_sent_is_not_in_flight() {
    let progress = Progress { going: 6, ..MIDDLE };
    let said = sentence(&progress, 1, State::Going).replace('\u{a0}', " ");
    let start = "31 of at most 50 pages, 6 begun, 1 request in flight, 44 known; ";
    assert!(said.starts_with(start), "{said}");
    // The robots.txt that comes first is in flight, and no page.
    let first = Progress {
        done: 0,
        going: 0,
        ..MIDDLE
    };
    let said = sentence(&first, 1, State::Going);
    assert!(
        said.contains("pages, 0 begun, 1 request in flight, 44"),
        "{said}"
    );
}

#[test]
fn what_is_done_goes_on_or_waits_is_known_all_the_way() {
    for site in ["small", "wide", "deep", "polite", "mixed"] {
        let mut results = Results::default();
        let mut before = 0;
        let run = watched(whole(site), limits(4), 37, |run| {
            results.advance(&run.trace());
            let progress = results.progress(run.elapsed(), 10_000);
            assert_eq!(
                (progress.done + progress.going) as usize,
                results.pages().len()
            );
            assert!(
                progress.known >= progress.done + progress.going,
                "{site}: {progress:?}"
            );
            assert!(progress.done >= before);
            before = progress.done;
        });
        let end = results.progress(run.elapsed(), 10_000);
        // Also where redirects led to pages that were known.
        assert_eq!((end.going, end.known), (0, end.done), "{site}");
        let mut at_once = Results::default();
        at_once.advance(&run.trace());
        assert_eq!(format!("{results:?}"), format!("{at_once:?}"), "{site}");
    }
}

#[test]
fn a_limit_that_binds_ends_the_crawl_there() {
    let mut plan = whole("wide");
    plan.rules.max_pages = 20;
    let crawled = outlined(plan, limits(4));
    let progress = crawled.results.progress(crawled.run.elapsed(), 20);
    assert_eq!((progress.done, progress.going, progress.known), (20, 0, 20));
    assert!(progress.is_bound());
}
