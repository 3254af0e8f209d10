//! The log: what happened, in words.

use leptos::html;
use leptos::prelude::*;

use super::dynamic::{effect, text};
use super::playground::Playground;
use super::state::Derived;
use crate::report::log::Line;

/// So many of the newest lines are shown while a run goes on: more than fit into the view.
const LINES_SEEN: usize = 40;

/// The log of the run that is shown.
#[component]
pub(super) fn LogView() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let scroller = NodeRef::<html::Div>::new();
    let lines = Derived::new(move || {
        playground.tick.track();
        let is_running = playground.is_running.get() || playground.is_replaying();
        let shown = playground.shown_lane();
        let lines = playground.read(|stage| {
            let lane = stage.lanes.get(shown)?;
            // While a run goes on only its newest lines are seen, and those are others a moment later.
            let trace = lane.run.as_ref()?.trace();
            let passed = match is_running && !lane.is_paused() {
                true => lane.log.kept().saturating_sub(LINES_SEEN),
                false => 0,
            };
            Some((
                lane.log.left_out() + passed,
                lane.log.lines_from(&trace, passed).collect::<Vec<Line>>(),
            ))
        });
        lines.flatten().unwrap_or_default()
    });
    effect(move || {
        lines.with(|_| ());
        // The newest line stays in view while the run goes on; afterwards the place is the reader's.
        if (playground.is_running.get_untracked() || playground.is_replaying())
            && let Some(scroller) = scroller.get()
        {
            request_animation_frame(move || scroller.set_scroll_top(scroller.scroll_height()));
        }
    });
    let left_out = move || match lines.with(|(left_out, _)| *left_out) {
        0 => String::new(),
        count => format!("{count} earlier lines are left out."),
    };
    view! {
        <section class="log" aria-labelledby="log-name">
            <h2 id="log-name">"Log"</h2>
            // Every event of every task would be too much to listen to: the page's status line says what matters.
            <div class="lines num" role="log" aria-label="Log" aria-live="off" tabindex="0" node_ref=scroller>
                <p class="muted">{text(left_out)}</p>
                // Two runs have lines of the same number, so a line is known by what it says, too.
                <For each=move || lines.get().1 key=|line| (line.number, line.at_ms.clone(), line.text.clone()) let:line>
                    <p><span class="at">{line.at_ms}</span>{line.text}</p>
                </For>
            </div>
        </section>
    }
}
