//! What held a run's tasks back, other than permits: clocks, rates, retries, the consumer, and too few hands.

use std::time::Duration;

use super::Bound;
use super::blame::{BLAMED, Blame};
use crate::engine::moment::Moment;
use crate::engine::order::sorted;
use crate::engine::strategy::Strategy;
use crate::engine::wait::Wait;
use crate::report::figures::Figures;
use crate::report::units::{span, word};
use crate::timeline::rows::{Row, Rows};

/// The limit that tasks waited for longest, if they waited for any: named where the way to the end is too long to be gone back.
pub(super) fn longest(figures: &Figures, strategy: Strategy) -> Option<Bound> {
    let has_hands = strategy.has_hands();
    let waited =
        |wait: Option<Wait>| wait.map_or(Duration::ZERO, |wait| figures.by_wait[wait.index()]);
    BLAMED
        .into_iter()
        // Everybody's queue is waited in, but only where n go side by side is it for want of hands.
        .filter(|(bound, wait)| (*bound != Bound::Hands || has_hands) && !waited(*wait).is_zero())
        .max_by_key(|(_, wait)| waited(*wait))
        .map(|(bound, _)| bound)
}

/// What to say of it, with its numbers.
pub(super) fn sentence(
    bound: Bound,
    blame: Option<&Blame>,
    rows: &Rows,
    figures: &Figures,
) -> String {
    let waited = |wait: Wait| span(figures.by_wait[wait.index()]);
    let permits = match are_permits_no_help(blame, rows, figures) {
        true => "; more permits would change nothing",
        false => "",
    };
    // How much of the way to its end, or else of all tasks' time.
    let share = |wait: Wait| match blame {
        Some(blame) => format!(
            "set {} of the {} that it took",
            span(blame.on(bound)),
            span(figures.total)
        ),
        None => format!("held tasks for {} in all", waited(wait)),
    };
    match bound {
        Bound::Host => format!(
            "The hosts bind: their clocks {}. That is politeness, and what it costs{permits}.",
            share(Wait::Host)
        ),
        Bound::HostPermits => format!(
            "The limit per host binds: tasks stood in line for a place at their host, {} in all. More hosts would help, or \
             a higher limit, if the host’s owner has nothing against it{permits}.",
            waited(Wait::HostPermit)
        ),
        Bound::Rate => format!(
            "The rate binds: tokens, one after another, {}. However many were let in flight, no more would start in a second.",
            share(Wait::Token)
        ),
        Bound::Retries => {
            let again: u32 = rows.rows().iter().map(|row| row.attempts() - 1).sum();
            let times = if again == 1 { "time" } else { "times" };
            format!(
                "Retries bind: {} {times} a request was made again, and the back-off before took {} in all. A server that \
                 does not fail would need none of it.",
                word(again as usize),
                waited(Wait::Backoff)
            )
        }
        Bound::Consumer => consumer(figures),
        Bound::Hands => format!(
            "Too few go side by side: {} at most were in flight, and the others waited in the queue, {} in all.",
            word(figures.peak_in_flight as usize),
            waited(Wait::Queue)
        ),
        _ => String::new(),
    }
}

/// Whether the semaphore had permits to spare all the way, and nobody on the way to the end waited for one.
fn are_permits_no_help(blame: Option<&Blame>, rows: &Rows, figures: &Figures) -> bool {
    let has_spare = figures.peak_in_flight < rows.limit();
    has_spare && blame.is_some_and(|blame| blame.on(Bound::Permits).is_zero())
}

fn consumer(figures: &Figures) -> String {
    let store = figures.by_wait[Wait::Store.index()];
    let waited = span(figures.by_wait[Wait::Handover.index()]);
    if store.is_zero() {
        format!(
            "The order binds: results that were there waited {waited} in all for those before them."
        )
    } else if figures.by_wait[Wait::Handover.index()].is_zero() {
        format!(
            "The consumer binds: it takes one result at a time, {} for all of them.",
            span(store)
        )
    } else {
        format!(
            "The consumer binds: it takes one result at a time, {} for all of them, and finished ones waited {waited} for it.",
            span(store)
        )
    }
}

/// What is to be said of a run whose consumer polled the requests in flight itself, and did not while it worked.
pub(super) fn trap(rows: &Rows, figures: &Figures) -> Option<String> {
    if figures.by_wait[Wait::Store.index()].is_zero() || !rows.depths().is_empty() {
        return None;
    }
    let unpolled = unpolled(rows);
    (!unpolled.is_zero()).then(|| {
        format!(
            "while its consumer worked, nobody polled the requests in flight. {} of “request” and “download” fall into that \
             time, so answers that were there look late, and a timeout could not have fired.",
            span(unpolled)
        )
    })
}

/// How much of the requests' time fell into the consumer's.
fn unpolled(rows: &Rows) -> Duration {
    let segments = |is_wanted: fn(Wait) -> bool| {
        rows.rows()
            .iter()
            .flat_map(Row::segments)
            .filter(move |segment| is_wanted(segment.wait))
    };
    // The consumer's spans do not overlap, since it takes one result at a time; so their starts and their ends are in one order.
    let (starts, ends) = segments(|wait| wait == Wait::Store)
        .map(|segment| (segment.start.as_us(), segment.end.as_us()))
        .unzip();
    let in_order = sorted(starts).into_iter().zip(sorted(ends));
    let spans: Vec<_> = in_order
        .map(|(start, end)| (Moment::from_us(start), Moment::from_us(end)))
        .collect();
    let mut sum = Duration::ZERO;
    for request in segments(Wait::is_in_flight) {
        let first = spans.partition_point(|(_, end)| *end <= request.start);
        for (start, end) in spans[first..]
            .iter()
            .take_while(|(start, _)| *start < request.end)
        {
            sum += request.end.min(*end) - request.start.max(*start);
        }
    }
    sum
}
