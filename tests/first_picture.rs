//! The picture that the page ships is the one that it would simulate.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may")]

use crawl_playground::engine::run::Run;
use crawl_playground::engine::trace::packed::{Packed, pack};
use crawl_playground::report::first_picture::{FIRST_PICTURE, Known, read, write};
use crawl_playground::report::verdict::Verdict;
use crawl_playground::scenario::Scenario;
use crawl_playground::sim::Sim;
use crawl_playground::timeline::rows::Rows;
use url::Url;

/// The runs of the default scenario in virtual time, on a page at this address.
fn simulated(page: &str) -> Vec<Known> {
    let page = Url::parse(page).unwrap();
    let scenario = Scenario::default();
    let targets = scenario.list(&page, |_| None).targets;
    let run = |strategy| {
        let sim = Sim::new();
        let run = Run::new(sim.lab(), scenario.limits_for(strategy));
        let source = scenario.source(targets.clone(), &page, 1);
        sim.block_on(run.go(strategy, source)).unwrap();
        let mut rows = Rows::default();
        rows.advance(&run.trace());
        let verdict = Verdict::of(&run.trace(), &rows, rows.last_end(), strategy, false, None);
        let trace = run.trace().clone();
        Known { trace, verdict }
    };
    scenario.strategies().map(run).collect()
}

#[test]
fn it_is_what_the_engine_makes_of_the_default_scenario_to_the_byte() {
    let made = write(&simulated("https://example.org/play/")).unwrap();
    if std::env::var_os("RENEW").is_some() {
        std::fs::write("src/report/first_picture.bin", &made).unwrap();
        return;
    }
    assert!(
        made == FIRST_PICTURE,
        "The default scenario runs otherwise than the page's first picture shows: look at what changed, then run \
         `RENEW=1 cargo test --test first_picture`."
    );
}

#[test]
fn it_is_the_same_wherever_the_page_is() {
    let here = simulated("http://127.0.0.1:8080/?a=b");
    let there = simulated("https://example.org/a/b/c/");
    assert_eq!(write(&here), write(&there));
}

#[test]
fn what_is_read_is_what_was_written() {
    let made = simulated("https://example.org/");
    let known = read(&write(&made).unwrap()).unwrap();
    assert_eq!(known.len(), 2);
    for (known, made) in known.iter().zip(&made) {
        assert_eq!(known.trace.events(), made.trace.events());
        assert_eq!(known.verdict.figures, made.verdict.figures);
        assert_eq!(known.verdict.why, made.verdict.why);
        let (mut rows, mut rows_made) = (Rows::default(), Rows::default());
        rows.advance(&known.trace);
        rows_made.advance(&made.trace);
        for (row, row_made) in rows.rows().iter().zip(rows_made.rows()) {
            let name = known.trace.read(row.target);
            assert_eq!(name, made.trace.read(row_made.target));
            assert!(name.starts_with("lab/"), "{name}");
        }
    }
}

#[test]
fn bytes_that_are_no_picture_are_refused() {
    for end in 0..FIRST_PICTURE.len() {
        assert!(
            read(&FIRST_PICTURE[..end]).is_none(),
            "the first {end} bytes"
        );
    }
    assert!(Packed::new(&[0xff; 40]).number().is_none());
    assert!(Packed::new(&[4, 0xff, 0xff, 0xff, 0xff]).text().is_none());
    assert!(
        Packed::new(&[0, 1, 99, 0]).trace().is_none(),
        "a kind that there is not"
    );
}

#[test]
fn what_has_no_word_is_not_packed() {
    let mut made = simulated("https://example.org/");
    made[0].verdict.why.trap = Some("nobody polled.".into());
    assert!(write(&made).is_none());
    let sim = Sim::new();
    let run = Run::new(sim.lab(), Scenario::default().limits());
    run.set_hidden(true);
    assert!(pack(&run.trace()).is_none());
}
