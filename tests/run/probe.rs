//! After network errors: each origin that nothing readable came from is asked once whether it is there.

use std::rc::Rc;

use crawl_playground::engine::probes::Probes;
use crawl_playground::engine::run::Run;
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::engine::trace::Note;
use crawl_playground::sim::Sim;

use super::fake::{Fake, targets};
use super::lab::{at_ms, check, limits, notes, rows};

fn go(fake: &Fake, urls: &[&str]) -> (Sim, Run) {
    let sim = Sim::new();
    let run = Run::new(sim.ports(Rc::new(fake.clone())), limits(2));
    sim.block_on(run.go(Strategy::Semaphore, targets(urls)))
        .unwrap();
    assert!(
        fake.probed.borrow().is_empty(),
        "not while anything is measured"
    );
    sim.block_on(run.probe_failed(&Probes::default())).unwrap();
    check(&run);
    (sim, run)
}

fn probes(run: &Run, task: u32) -> Vec<bool> {
    let probed = |note: &Note| match note {
        Note::Probed(answered) => Some(*answered),
        _ => None,
    };
    notes(run, task).iter().filter_map(probed).collect()
}

#[test]
fn an_origin_that_failed_is_asked_once_and_its_answer_recorded() {
    let fake = Fake::default();
    let urls = [
        "http://cors.test/a",
        "http://cors.test/b",
        "http://dead.test/",
        "http://cors.test:81/",
    ];
    let (_, run) = go(&fake, &urls);
    assert_eq!(
        *fake.probed.borrow(),
        [
            "http://cors.test/a",
            "http://dead.test/",
            "http://cors.test:81/"
        ]
    );
    assert_eq!(
        [0, 1, 2, 3].map(|task| probes(&run, task)),
        [vec![true], vec![], vec![false], vec![true]]
    );
}

#[test]
fn runs_that_share_their_probes_ask_an_origin_once() {
    let fake = Fake::default();
    let probes_of_both = Probes::default();
    for _ in 0..2 {
        let sim = Sim::new();
        let run = Run::new(sim.ports(Rc::new(fake.clone())), limits(2));
        sim.block_on(run.go(Strategy::Sequential, targets(&["http://cors.test/a"])))
            .unwrap();
        sim.block_on(run.probe_failed(&probes_of_both)).unwrap();
        assert_eq!(probes(&run, 0), [true], "each run knows the answer");
    }
    assert_eq!(fake.probed.borrow().len(), 1);
}

#[test]
fn an_origin_that_was_readable_is_not_asked() {
    let fake = Fake::default();
    let (_, run) = go(&fake, &["http://breaks.test/", "http://up.test/"]);
    assert_eq!(rows(&run).rows()[0].bytes(), 10);
    assert!(fake.probed.borrow().is_empty());
}

#[test]
fn a_probe_that_never_comes_back_counts_as_unanswered_after_five_seconds() {
    let fake = Fake::default();
    let (sim, run) = go(&fake, &["http://silent.test/"]);
    assert_eq!(probes(&run, 0), [false]);
    assert_eq!(sim.now(), at_ms(5_000));
    assert_eq!(
        rows(&run).last_end(),
        at_ms(0),
        "the probe is no part of the run's time"
    );
}

#[test]
fn a_run_that_is_stopped_asks_nobody() {
    let fake = Fake::default();
    let sim = Sim::new();
    let run = Run::new(sim.ports(Rc::new(fake.clone())), limits(1));
    let go = run.go(
        Strategy::Semaphore,
        targets(&["http://dead.test/", "http://stays.test/"]),
    );
    assert!(sim.run_until(at_ms(9), go).is_none());
    assert_eq!(
        (fake.fetched.borrow().len(), fake.probed.borrow().len()),
        (2, 0)
    );
    check(&run);
}
