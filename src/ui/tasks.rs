//! The table `Tasks`: the picture's exact twin for those who cannot see it, and for those who want the numbers.

use std::sync::Arc;

use leptos::prelude::*;

use super::dynamic::{aria, each, flag, part, text};
use super::playground::Playground;
use super::px;
use super::scrolled::{Scrolled, scrolled};
use super::stage::Stage;
use super::state::{Derived, State};
use crate::engine::outcome::Outcome;
use crate::engine::trace::TaskId;
use crate::engine::wait::Wait;
use crate::report::reason::reason;
use crate::report::table::{Cells, cells, columns};

/// The tasks of one run.
#[component]
pub(super) fn Tasks() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let lane = Derived::new(move || {
        playground.tick.track();
        playground.shown_lane()
    })
    .settled();
    let waits = Derived::new(move || {
        playground.tick.track();
        playground
            .read(|stage| Some(columns(&stage.lanes.get(lane.get())?.rows)))
            .flatten()
            .unwrap_or_default()
    })
    .settled();
    let count = Derived::new(move || {
        playground.tick.track();
        playground
            .read(|stage| Some(stage.lanes.get(lane.get())?.rows.rows().len()))
            .flatten()
            .unwrap_or(0)
    });
    // Each wait has a column of its own, and the target keeps its room; where all of it fits on no screen, and is scrolled
    // in any case, as much as most addresses take.
    let least_width = move || {
        let columns = waits.with(|waits| waits.iter().copied().map(column_px).sum::<f64>());
        px(columns + if columns > FITTING_PX { 480.0 } else { 400.0 })
    };
    let head = view! {
        <th scope="col">"#"</th>
        <th scope="col" class="text">"Target"</th>
        <th scope="col">"Outcome"</th>
        <th scope="col">"Start"</th>
        {part(move || each(waits.get(), |wait| view! { <th scope="col" style:width=px(column_px(wait))>{capital(wait)}</th> }))}
        <th scope="col">"Total"</th>
    };
    let table = scrolled(Scrolled {
        name: "Tasks",
        frame: NodeRef::new(),
        count,
        is_dense: false,
        least_width: text(least_width),
        head: head.into_any(),
        row: Arc::new(move |index| {
            view! { <TaskRow index=index lane=lane waits=waits /> }.into_any()
        }),
    });
    view! {
        <section class="tasks" aria-labelledby="tasks-name">
            <div class="heading">
                <h2 id="tasks-name">"Tasks"</h2>
                <LaneChoice lane=lane />
                <PinButton lane=lane />
                <span class="muted grow">"all times in ms"</span>
            </div>
            {table}
        </section>
    }
}

/// Which run the table and the log show.
#[component]
fn LaneChoice(lane: State<usize>) -> impl IntoView {
    let playground = expect_context::<Playground>();
    let names = Derived::new(move || {
        playground.tick.track();
        playground
            .read(|stage| {
                stage
                    .lanes
                    .iter()
                    .map(|lane| lane.name())
                    .collect::<Vec<_>>()
            })
            .unwrap_or_default()
    });
    view! {
        <fieldset class="seg lanes" class:alone=flag(move || names.with(|names| names.len() < 2))>
            <legend class="visually-hidden">"Run shown"</legend>
            {part(move || each(names.get().into_iter().enumerate(), |(index, name)| view! {
                <label>
                    <input
                        type="radio"
                        name="lane"
                        prop:checked=flag(move || lane.get() == index)
                        on:change=move |_| { playground.lane.set(Some(index)); playground.changed(); }
                    />
                    <span>{name}</span>
                </label>
            }))}
        </fieldset>
    }
}

/// Pins the run that is shown, so that it stays when the next ones come.
#[component]
fn PinButton(lane: State<usize>) -> impl IntoView {
    let playground = expect_context::<Playground>();
    // Whether it is pinned, and whether it can be.
    let state = Derived::new(move || {
        playground.tick.track();
        let is_running = playground.is_running.get();
        playground
            .read(|stage| {
                let lane = stage.lanes.get(lane.get())?;
                let is_over = (lane.verdict.is_some() || lane.replayed.is_some()) && !is_running;
                let is_pinned = lane.pin.is_some();
                Some((is_pinned, is_over && (is_pinned || stage.has_pin_left())))
            })
            .flatten()
            .unwrap_or_default()
    });
    let title = move || match state.get() {
        (true, _) => "Take its pin away",
        (false, true) => "Keep this run, and draw the next ones below it",
        (false, false) => "A run that is over can be pinned, up to three of them",
    };
    view! {
        <button class="plain pin" type="button"
            title=text(title)
            aria-pressed=aria(move || state.get().0)
            aria-disabled=aria(move || !state.get().1)
            on:click=move |_| if state.get_untracked().1 { playground.toggle_pin(lane.get_untracked()) }
        >
            "Pin"
        </button>
    }
}

#[derive(Clone, PartialEq)]
struct Shown {
    cells: Cells,
    reason: Option<String>,
    is_failure: bool,
    is_open: bool,
}

#[component]
fn TaskRow(index: usize, lane: State<usize>, waits: State<Vec<Wait>>) -> impl IntoView {
    let playground = expect_context::<Playground>();
    let shown = Derived::new(move || {
        playground.tick.track();
        let lane = lane.get();
        playground.read(|stage| read(stage, lane, index)).flatten()
    })
    .settled(); // a dozen cells follow it, and most rows are over
    let cell = move |read: fn(&Cells) -> &str| {
        text(move || {
            shown.with(|shown| {
                shown
                    .as_ref()
                    .map(|shown| read(&shown.cells).to_owned())
                    .unwrap_or_default()
            })
        })
    };
    let wait_ms = move |wait: Wait| {
        text(move || {
            shown.with(|shown| {
                shown
                    .as_ref()
                    .map(|shown| shown.cells.wait_ms(wait))
                    .unwrap_or_default()
            })
        })
    };
    let is_selected =
        Derived::new(move || playground.selected.get() == Some((lane.get(), TaskId(index as u32))));
    let can_cancel = Derived::new(move || {
        playground.is_running.get()
            && shown.with(|shown| shown.as_ref().is_some_and(|shown| shown.is_open))
    });
    view! {
        <tr
            aria-rowindex=(index + 2).to_string()
            aria-current=aria(move || is_selected.get())
            on:click=move |_| playground.toggle(lane.get_untracked(), TaskId(index as u32))
            class:failed=flag(move || shown.with(|shown| shown.as_ref().is_some_and(|shown| shown.is_failure)))
        >
            <td>
                // What happens is the row's to do: a click on the button is one on its row.
                <button
                    type="button"
                    class="pick"
                    aria-expanded=aria(move || is_selected.get())
                    aria-label=format!("Task {}", index + 1)
                >
                    {cell(|cells| &cells.number)}
                </button>
            </td>
            <th scope="row" class="text">
                <span class="target">{cell(|cells| &cells.target)}</span>
                <span class="title">{cell(|cells| &cells.title)}</span>
                <span class="reason">{text(move || shown.with(|shown| shown.as_ref().and_then(|shown| shown.reason.clone()).unwrap_or_default()))}</span>
            </th>
            <td class="outcome">
                {cell(|cells| &cells.outcome)}
                {part(move || each(can_cancel.get().then_some(index), |index| view! {
                    <button
                        class="cancel"
                        type="button"
                        aria-label=format!("Cancel task {}", index + 1)
                        on:click=move |event| {
                            event.stop_propagation();
                            playground.cancel(lane.get_untracked(), TaskId(index as u32));
                        }
                    >
                        "×"
                    </button>
                }))}
            </td>
            <td>{cell(|cells| &cells.start_ms)}</td>
            {part(move || each(waits.get(), |wait| view! { <td>{wait_ms(wait)}</td> }))}
            <td>{cell(|cells| &cells.total_ms)}</td>
        </tr>
    }
}

fn read(stage: &Stage, lane: usize, index: usize) -> Option<Shown> {
    let lane = stage.lanes.get(lane)?;
    let row = lane.rows.rows().get(index)?;
    let run = lane.run.as_ref()?;
    let cells = cells(index, row, &run.trace(), lane.now());
    let is_failure = row
        .outcome
        .is_some_and(|outcome| !outcome.is_ok() && outcome != Outcome::Cancelled);
    let host = stage.host(lane, row);
    // Its own: what is pinned may have had another than the stage.
    let timeout = run.limits().timeout;
    let reason = reason(row, &run.trace(), timeout, host);
    Some(Shown {
        cells,
        reason,
        is_failure,
        is_open: !stage.is_simulated && row.outcome.is_none(),
    })
}

/// So much of waits' columns fits beside the others on a wide screen.
const FITTING_PX: f64 = 400.0;

/// Width of a wait's column: room for most times, and for all letters of its name in the widest of the page's fonts.
fn column_px(wait: Wait) -> f64 {
    (wait.name().len() as f64 * 8.4 + 10.0).max(73.0)
}

fn capital(wait: Wait) -> String {
    let name = wait.name();
    name[..1].to_uppercase() + &name[1..]
}
