//! What permits held a run back, and what other numbers of them would have made of it.

use std::time::Duration;

use crate::engine::moment::Moment;
use crate::engine::run::MAX_IN_FLIGHT;
use crate::engine::wait::Wait;
use crate::report::figures::Figures;
use crate::report::schedule::{Makespans, Need, knee};
use crate::report::units::{span, word};
use crate::timeline::rows::{Row, Rows};

/// What to say of a run that its permits bound, with its numbers.
pub(super) fn sentence(rows: &Rows, figures: &Figures) -> String {
    let needs: Vec<Need> = rows.rows().iter().filter_map(need).collect();
    let waited = span(figures.by_wait[Wait::Permit.index()]);
    if needs.is_empty() {
        // Nobody was lent a permit of the semaphore, so it was not what they waited for.
        return format!(
            "The ceiling binds: no run has more than {MAX_IN_FLIGHT} requests in flight, and the others stood in line, \
             {waited} in all."
        );
    }
    if !rows.reasons().is_empty() {
        let (least, most) = (rows.limits().min(), rows.limits().max());
        return format!(
            "The controller binds: it let between {} and {} go at a time, by what the server bore, and the others stood in \
             line, {waited} in all. The log has its reasons.",
            word(least.unwrap_or_default()),
            word(most.unwrap_or_default())
        );
    }
    if rows.limits().count() > 1 {
        let limits: Vec<String> = rows.limits().map(word).collect();
        return format!(
            "Permits bind: first {} at a time could hold one, and the others stood in line, {waited} in all. What \
             other limits would have made of it is not known, since it changed on the way.",
            limits.join(", then ")
        );
    }
    let limit = rows.limit() as usize;
    let most = needs.len().clamp(1, MAX_IN_FLIGHT);
    let more = limit.saturating_mul(2).clamp(1, most);
    let held_in_pause: Duration = rows.rows().iter().map(pause_with_permit).sum();
    let mut sentence = format!(
        "Permits bind: {} at a time could hold one, and the others stood in line, {waited} in all.",
        word(limit)
    );
    // What other limits make of more permits is not in the schedule.
    let others = [Wait::Host, Wait::HostPermit, Wait::Token, Wait::Backoff];
    let is_alone = others
        .iter()
        .all(|wait| figures.by_wait[wait.index()].is_zero());
    if more > limit && is_alone {
        let plural = if more == 1 { "permit" } else { "permits" };
        sentence += &format!(
            " With {more} {plural} it would take about {}",
            span(Makespans::of(&needs).with(more))
        );
        let enough = knee(&needs);
        // No run has more than the ceiling.
        sentence += &if enough > more && enough < MAX_IN_FLIGHT {
            format!("; beyond {enough} nothing changes.")
        } else {
            ".".into()
        };
    }
    if !held_in_pause.is_zero() && is_alone {
        let freed: Vec<Need> = rows.rows().iter().filter_map(need_without_pause).collect();
        sentence += &format!(
            " The permits were held during the pauses too: given back before, it would take about {}.",
            span(Makespans::of(&freed).with(limit))
        );
    }
    sentence
}

/// What a task needed, as measured.
fn need(row: &Row) -> Option<Need> {
    let (lent, returned) = row.permit()?;
    let end = row.end_at(Moment::ZERO);
    let returned = returned.unwrap_or(end);
    Some(Need {
        ready: row.joined - Moment::ZERO,
        hold: returned - lent,
        tail: end - returned,
    })
}

/// What it would have needed without its permit in the pause.
fn need_without_pause(row: &Row) -> Option<Need> {
    let need = need(row)?;
    let pause = pause_with_permit(row);
    Some(Need {
        hold: need.hold.saturating_sub(pause),
        tail: need.tail + pause,
        ..need
    })
}

fn pause_with_permit(row: &Row) -> Duration {
    let Some((_, Some(returned))) = row.permit() else {
        return Duration::ZERO;
    };
    let pauses = row.segments().filter(|segment| segment.wait == Wait::Pause);
    pauses
        .map(|pause| returned.min(pause.end) - pause.start)
        .sum()
}
