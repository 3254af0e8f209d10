//! The log: what happened, in order, and no more lines than are kept.

use crawl_playground::engine::strategy::Strategy;
use crawl_playground::engine::trace::Trace;
use crawl_playground::report::log::{Log, MAX_LINES};
use crawl_playground::scenario::preset::Preset;

use super::lab::{self, limits, list};
use super::preset::run_of_preset;

#[test]
fn it_keeps_the_last_lines_and_says_how_many_it_left_out() {
    let run = lab::run(Strategy::Semaphore, limits(5), list(vec!["delay/10"; 500]));
    let mut log = Log::default();
    log.advance(&run.trace());
    let lines: Vec<_> = log.lines(&run.trace()).collect();
    assert_eq!(lines.len(), MAX_LINES);
    assert_eq!(lines[0].number, log.left_out());
    assert!(
        lines
            .windows(2)
            .all(|pair| pair[0].number + 1 == pair[1].number)
    );
    assert!(log.left_out() > 1_000);
    assert_eq!(lines.last().unwrap().text, "run finished");
}

#[test]
fn back_where_it_was_it_has_the_lines_again_that_were_left_out() {
    let run = lab::run(Strategy::Semaphore, limits(5), list(vec!["delay/10"; 500]));
    let trace = run.trace();
    let (mut log, mut before) = (Log::default(), Log::default());
    for place in [0, 3, 700, 1_500, trace.events().len() - 1] {
        before.move_to(&trace, place);
        log.advance(&trace);
        log.move_to(&trace, place);
        assert!(log.lines(&trace).eq(before.lines(&trace)), "{place}");
        assert_eq!(log.left_out(), before.left_out());
        for passed in [0, 1, log.kept() / 2, log.kept(), log.kept() + 1] {
            let rest = log.lines_from(&trace, passed);
            assert!(rest.eq(log.lines(&trace).skip(passed)), "{place}, {passed}");
        }
    }
}

#[test]
fn bit_by_bit_or_in_one_go_it_says_the_same() {
    let run = run_of_preset(Preset::Failures);
    let whole = run.trace();
    let mut at_once = Log::default();
    at_once.advance(&whole);
    let mut bit_by_bit = Log::default();
    for count in 0..=whole.events().len() {
        bit_by_bit.advance(&cut(&whole, count));
    }
    assert!(bit_by_bit.lines(&whole).eq(at_once.lines(&whole)));
    assert_eq!(at_once.left_out(), 0);
}

/// The trace as it was after `count` events, with all its texts.
fn cut(whole: &Trace, count: usize) -> Trace {
    let mut part = Trace::default();
    for _ in 0..whole.events().len() {
        // Texts are numbered in order: the next one's number tells which to copy.
        let next = part.clone().text("");
        part.text(whole.read(next));
    }
    whole
        .events()
        .iter()
        .take(count)
        .for_each(|event| part.push(event.at, event.what));
    part
}

#[test]
fn each_failure_is_told_in_words() {
    let run = run_of_preset(Preset::Failures);
    let mut log = Log::default();
    log.advance(&run.trace());
    let trace = run.trace();
    let text: Vec<_> = log.lines(&trace).map(|line| line.text).collect();
    for words in [
        "404",
        "500",
        "timeout",
        "network error",
        "dropped the connection",
        "redirected to",
        "“Status 404”",
    ] {
        assert!(text.iter().any(|line| line.contains(words)), "{words}");
    }
    assert!(
        log.lines(&trace)
            .map(|line| line.at_ms.parse::<f64>().unwrap())
            .is_sorted()
    );
}
