//! The region `Permits`: the semaphore as slots with the tasks that hold them, and the line of those that wait. It follows
//! the run that the table shows, live and in a replay.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::dynamic::{each, effect, part, text};
use super::playground::Playground;
use super::state::{Derived, State};
use crate::browser::clock::now_ms;
use crate::report::lending::moves::Unrest;
use crate::report::lending::task_name;
use motion::Motion;
use shown::{Shown, read};

mod motion;
mod shown;

/// More slots than this are drawn small.
const LARGE_SLOTS: usize = 12;

/// The permits of the run that is shown.
#[component]
pub(super) fn LendingView() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let shown = State::new(Shown::default());
    // Which run is shown, and how many of its events had happened.
    let (mut lane, mut cursor) = (0, 0);
    let mut unrest = Unrest::default();
    let frame = NodeRef::<html::Div>::new();
    let is_seen = State::new(false);
    motion::watch(frame, is_seen);
    effect(move || {
        playground.late_tick.track();
        if playground.player.is_playing.get() {
            playground.frame.track();
        }
        let is_same = std::mem::replace(&mut lane, playground.shown_lane()) == lane;
        let next = playground.read(|stage| stage.lanes.get(lane).map(read));
        let (next, place) = next.flatten().unwrap_or_default();
        let before = std::mem::replace(&mut cursor, place);
        let Some((moves, slots)) = shown.with_untracked(|shown| {
            let moves = shown.picture().moves_to(&next.picture());
            (*shown != next).then_some((moves, shown.places.len()))
        }) else {
            return;
        };
        let can_follow = unrest.can_follow(&moves, cursor.abs_diff(before), now_ms());
        // To look at another run is no motion, and what is out of view needs none.
        let moves = (can_follow && is_same && is_seen.get_untracked()).then_some(moves);
        let motion = Motion::begin(moves, slots, cursor < before);
        let slots = next.lends.then_some(next.places.len());
        shown.set(next);
        if let Some(motion) = motion {
            // Behind what renews the page, and before that is painted.
            spawn_local(async move { motion.play(slots) });
        }
    });
    let lends = Derived::new(move || shown.with(|shown| shown.lends));
    let count = Derived::new(move || shown.with(|shown| shown.places.len()));
    // What is styled has a class: a rule for an `aria-label` would have the browser look at its styles anew whenever that of
    // anything else changes, as the picture's does with each frame.
    let slots_class = move || {
        let many = if count.get() > LARGE_SLOTS {
            " many"
        } else {
            ""
        };
        let lent = if lends.get() { " lent" } else { "" };
        ["slots", many, lent].concat()
    };
    // By what may be lent and not by what is, so that nothing below moves while a run goes on.
    let tall = move || {
        let most = playground.scenario.with(|scenario| scenario.concurrency);
        let most = if lends.get() {
            most.max(count.get())
        } else {
            0
        };
        let slots_px = match most > LARGE_SLOTS {
            true => most.div_ceil(6) * 32,
            false => most.div_ceil(4) * 52,
        };
        format!("{}px", (34 + slots_px).clamp(134, 238))
    };
    let line =
        Derived::new(move || shown.with(|shown| (shown.line.clone(), shown.more_in_line.clone())));
    view! {
        <section class="lending" aria-labelledby="lending-name">
            <div class="heading">
                <h2 id="lending-name">"Permits"</h2>
                <span class="muted">{text(move || shown.with(|shown| shown.name.clone()))}</span>
            </div>
            <p class="rule">{text(move || shown.with(|shown| shown.sentence.clone()))}</p>
            <div class="scroller" tabindex="0" role="group" aria-label="Permits, scrollable" style=("--tall", text(tall)) node_ref=frame>
                <div>
                    <h3>{text(move || if lends.get() { "Slots: who holds a permit" } else { "Requests that are out" })}</h3>
                    <ol class=text(slots_class) aria-label=text(move || if lends.get() { "Slots" } else { "In flight" })>
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
                                let mut items = each(tasks, |task| view! { <li>{task_name(task)}</li> });
                                items.extend(each(more, |more| view! { <li class="more muted">{more}</li> }));
                                items
                            })}
                        </ol>
                    </div>
                }))}
                <div class="above" aria-hidden="true"></div>
            </div>
        </section>
    }
}

/// A slot. It stays while what is in it changes.
fn slot(index: usize, shown: State<Shown>) -> AnyView {
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
