//! A run whose targets come from a list that is fetched first.

use std::rc::Rc;

use crawl_playground::engine::outcome::Outcome;
use crawl_playground::engine::run::Run;
use crawl_playground::engine::source::{ItemAddress, Source};
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::engine::trace::Note;
use crawl_playground::sim::Sim;
use url::Url;

use super::fake::Fake;
use super::lab::{self, at_ms, check, ends, limits, notes, outcomes, rows, target};

fn listing(path: &str, take: usize) -> Source {
    let item = ItemAddress {
        base: Url::parse("http://lab.test/").unwrap(),
        written: "lab/news/item/{id}.json".into(),
    };
    Source::Listing {
        list: target(path),
        item,
        take,
    }
}

#[test]
fn the_list_comes_first_then_its_first_thirty_items_with_their_titles() {
    let run = lab::run(Strategy::Semaphore, limits(5), listing("news/top.json", 30));
    check(&run);
    let rows = rows(&run);
    assert_eq!(rows.rows().len(), 31);
    assert_eq!(outcomes(&run), [Outcome::Ok(200); 31]);
    let list_end = ends(&run)[0];
    assert_eq!(list_end, at_ms(150));
    assert_eq!(
        rows.rows()[0].permit(),
        None,
        "nobody stands in line for the list"
    );
    assert!(
        rows.rows()[1..]
            .iter()
            .all(|row| row.joined == list_end && row.title.is_some())
    );
    let trace = run.trace();
    let first = &rows.rows()[1];
    assert_eq!(trace.read(first.target), "lab/news/item/48210947.json");
    assert!(!trace.read(first.title.unwrap()).is_empty());
}

#[test]
fn a_list_that_is_no_list_names_nothing_and_says_so() {
    for (path, says_so) in [
        ("news/item/5.json", true),
        ("delay/20", true),
        ("bytes/20", true),
        ("drop", true),        // in the network's words
        ("status/500", false), // the outcome says it
        ("hang", false),
    ] {
        let limits = crawl_playground::engine::limits::Limits {
            timeout: lab::ms(500),
            ..limits(2)
        };
        let run = lab::run(Strategy::Semaphore, limits, listing(path, 30));
        check(&run);
        assert_eq!(rows(&run).rows().len(), 1, "{path}");
        let has_words = notes(&run, 0)
            .iter()
            .any(|note| matches!(note, Note::Error(_)));
        assert_eq!(has_words, says_so, "{path}");
        assert_eq!(
            rows(&run).finished(),
            Some(crawl_playground::engine::trace::Ending::Done)
        );
    }
}

#[test]
fn a_list_may_be_shorter_than_what_is_taken_or_empty() {
    for (body, tasks) in [
        ("[]", 1),
        ("[7]", 2),
        ("[7, 8, 9, 10]", 4),
        ("[1.5]", 1),
        ("[-1]", 1),
        ("[[[[", 1),
    ] {
        let sim = Sim::new();
        let fake = Fake::default();
        *fake.page.borrow_mut() = ("application/json".into(), vec![body.into()]);
        let run = Run::new(sim.ports(Rc::new(fake.clone())), limits(2));
        let Source::Listing {
            mut list, mut item, ..
        } = listing("x", 0)
        else {
            unreachable!()
        };
        list.url = Url::parse("http://up.test/list").unwrap();
        item.base = Url::parse("http://up.test/").unwrap();
        sim.block_on(run.go(
            Strategy::AllAtOnce,
            Source::Listing {
                list,
                item,
                take: 3,
            },
        ))
        .unwrap();
        check(&run);
        assert_eq!(fake.fetched.borrow().len(), tasks, "{body}");
    }
}

#[test]
fn stopped_while_the_list_is_fetched_only_the_list_is_cancelled() {
    let sim = Sim::new();
    let run = Run::new(sim.lab(), limits(2));
    assert!(
        sim.run_until(
            at_ms(40),
            run.go(Strategy::Semaphore, listing("news/top.json", 30))
        )
        .is_none()
    );
    check(&run);
    assert_eq!(outcomes(&run), [Outcome::Cancelled]);
}
