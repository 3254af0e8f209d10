//! The region `Permits`: the semaphore as slots with the tasks that hold them, and the line of those that wait. It follows
//! the run that the table shows, live and in a replay.

use leptos::prelude::*;

use super::dynamic::{each, part, text};
use super::playground::Playground;
use super::stage::Lane;
use super::state::Derived;
use crate::engine::wait::Wait;
use crate::replay::checkpoints::Checkpoints;
use crate::report::lending::{Holding, Lending, Slot, lends, task_name};
use crate::report::units::grouped;

/// So many slots are shown, and so many of those that wait; the others are summed up.
const SLOTS: usize = 64;
const WAITING: usize = 8;
/// More slots than this are drawn small.
const LARGE_SLOTS: usize = 12;

/// A slot as it is shown.
#[derive(Clone, Default, PartialEq)]
struct Place {
    class: &'static str,
    holder: String,
    does: &'static str,
    /// What the holder spends its time on.
    wait: Option<Wait>,
}

#[derive(Clone, Default, PartialEq)]
struct Shown {
    name: String,
    sentence: String,
    lends: bool,
    places: Vec<Place>,
    more_places: String,
    line: Vec<String>,
    more_in_line: String,
}

/// The permits of the run that is shown.
#[component]
pub(super) fn LendingView() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let shown = Derived::new(move || {
        playground.late_tick.track();
        if playground.player.is_playing.get() {
            playground.frame.track();
        }
        let lane = playground.shown_lane();
        let shown = playground.read(|stage| Some(read(stage.lanes.get(lane)?)));
        shown.flatten().unwrap_or_default()
    });
    let lends = Derived::new(move || shown.with(|shown| shown.lends));
    let count = Derived::new(move || shown.with(|shown| shown.places.len()));
    let is_many = move || count.get() > LARGE_SLOTS;
    let line =
        Derived::new(move || shown.with(|shown| (shown.line.clone(), shown.more_in_line.clone())));
    view! {
        <section class="lending" aria-labelledby="lending-name">
            <div class="heading">
                <h2 id="lending-name">"Permits"</h2>
                <span class="muted">{text(move || shown.with(|shown| shown.name.clone()))}</span>
            </div>
            <p class="rule">{text(move || shown.with(|shown| shown.sentence.clone()))}</p>
            <div class="scroller" tabindex="0" role="group" aria-label="Permits, scrollable">
                <div>
                    <h3>{text(move || if lends.get() { "Slots: who holds a permit" } else { "Requests that are out" })}</h3>
                    <ol class=text(move || if is_many() { "slots many" } else { "slots" }) aria-label=text(move || if lends.get() { "Slots" } else { "In flight" })>
                        {part(move || each(0..count.get(), |index| slot(index, shown)))}
                        {part(move || each(Some(shown.with(|shown| shown.more_places.clone())).filter(|more| !more.is_empty()), |more| view! { <li class="more muted">{more}</li> }))}
                    </ol>
                </div>
                {part(move || each(lends.get().then_some(()), |()| view! {
                    <div>
                        <h3>"In line, first come, first served"</h3>
                        <ol class="line" aria-label="In line">
                            {part(move || {
                                let (tasks, more) = line.get();
                                let more = Some(more).filter(|more| !more.is_empty());
                                let mut items = each(tasks, |task| view! { <li>{task}</li> });
                                items.extend(each(more, |more| view! { <li class="more muted">{more}</li> }));
                                items
                            })}
                        </ol>
                    </div>
                }))}
            </div>
        </section>
    }
}

/// A slot. It stays while what is in it changes.
fn slot(index: usize, shown: Derived<Shown>) -> AnyView {
    let place = Derived::new(move || {
        shown.with(|shown| shown.places.get(index).cloned().unwrap_or_default())
    });
    let swatch = move || {
        place.with(|place| match place.wait {
            Some(wait) => format!("swatch wait-{}", wait.key()),
            None => "none".into(),
        })
    };
    view! {
        <li class=text(move || place.with(|place| place.class))>
            <span class="holder">{text(move || place.with(|place| place.holder.clone()))}</span>
            <span class="does"><i class=text(swatch) aria-hidden="true"></i>{text(move || place.with(|place| place.does))}</span>
        </li>
    }
    .into_any()
}

/// What is kept with a run, so that a frame costs what is new.
#[derive(Default)]
struct Kept {
    lending: Lending,
    /// At moments of a replay that were passed.
    checkpoints: Option<Checkpoints<Lending>>,
}

/// The permits of a run as far as it is shown.
fn read(lane: &Lane) -> Shown {
    let mut shown = Shown {
        name: lane.name(),
        ..Shown::default()
    };
    let Some(run) = &lane.run else {
        shown.sentence = "The run has not begun.".into();
        return shown;
    };
    let trace = run.trace();
    let place = lane.rows.cursor();
    let mut kept = lane.kept.borrow_mut();
    let known = kept.take().and_then(|kept| kept.downcast::<Kept>().ok());
    let mut known = known.unwrap_or_default();
    let Kept {
        lending,
        checkpoints,
    } = &mut *known;
    if let Some(replayed) = &lane.replayed {
        let (events, rows) = (trace.events().len(), replayed.rows_in_all());
        let checkpoints = checkpoints.get_or_insert_with(|| Checkpoints::new(events, rows));
        let advance = &mut |lending: &mut Lending, place| lending.advance_to(&trace, place);
        checkpoints.seek(lending, lending.cursor(), place, advance);
    } else {
        lending.advance_to(&trace, place);
    }
    describe(lending, lane, &mut shown);
    *kept = Some(known);
    shown
}

fn describe(lending: &Lending, lane: &Lane, shown: &mut Shown) {
    shown.sentence = lending.sentence(lane.strategy);
    shown.lends = lends(lane.strategy);
    if !shown.lends {
        let out = lending.in_flight();
        let tasks = out.iter().take(SLOTS);
        shown.places = tasks
            .map(|task| Place {
                class: "held",
                holder: task_name(*task),
                does: Wait::Request.name(),
                wait: Some(Wait::Request),
            })
            .collect();
        let more = out.len().saturating_sub(SLOTS);
        if more > 0 {
            shown.more_places = format!("and {more} more");
        }
        return;
    }
    let all = lending.slots();
    let slots = (0..all.min(SLOTS)).filter_map(|place| lending.slot(place));
    shown.places = slots.map(place).collect();
    if all > SLOTS {
        let hidden = (SLOTS..all).filter_map(|place| lending.slot(place));
        let lent = hidden
            .filter(|slot| matches!(slot.holding, Holding::Handed(_) | Holding::Held(..)))
            .count();
        shown.more_places = format!("and {} more slots, {lent} of them lent", all - SLOTS);
    }
    shown.line = lending.line().take(WAITING).map(task_name).collect();
    let more = lending.waiting().saturating_sub(WAITING);
    if more > 0 {
        shown.more_in_line = format!("and {} more", grouped(more));
    } else if shown.line.is_empty() {
        shown.more_in_line = "nobody".into();
    }
}

fn place(slot: Slot) -> Place {
    let (holder, does) = slot.words();
    let wait = match slot.holding {
        Holding::Held(_, wait) if wait != Wait::Permit => Some(wait),
        _ => None,
    };
    let class = match slot.holding {
        Holding::Free => "free",
        Holding::KeptBack => "kept",
        _ if slot.is_over => "held over",
        _ => "held",
    };
    let does = if slot.is_over { "over the limit" } else { does };
    Place {
        class,
        holder,
        does,
        wait,
    }
}
