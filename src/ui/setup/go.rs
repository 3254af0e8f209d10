//! Run, Stop and Pause, and why Run is out of reach when it is.

use leptos::prelude::*;

use crate::ui::dynamic::{aria, each, flag, part, text};
use crate::ui::pausing::PauseButton;
use crate::ui::playground::Playground;
use crate::ui::playground::question::{CANCEL, RUN};

/// The buttons. They keep the focus when a run starts or ends, so they say that they are out of use and stay.
#[component]
pub(super) fn Go() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let is_running = playground.is_running;
    let refusal = move || playground.refusal.get();
    view! {
        <div class="go">
            <p class="refusal" id="refusal" aria-live="polite">{text(move || refusal().unwrap_or_default())}</p>
            {part(move || each(playground.question.get(), question))}
            <button
                class="primary"
                id=RUN
                type="button"
                aria-describedby="refusal"
                aria-keyshortcuts="Control+Enter"
                disabled=flag(move || refusal().is_some())
                aria-disabled=aria(move || is_running.get())
                on:click=move |_| playground.start()
            >
                "Run"
            </button>
            <button
                class="plain"
                type="button"
                aria-keyshortcuts="Escape"
                aria-disabled=aria(move || !is_running.get())
                on:click=move |_| playground.stop()
            >
                "Stop"
            </button>
            <PauseButton />
        </div>
    }
}

/// Asked once before a run that others would have to bear, or while it goes on if that is made harder on them. Escape is
/// Cancel.
fn question(sentence: String) -> AnyView {
    let playground = expect_context::<Playground>();
    let (meanwhile, agree) = if playground.is_running.get_untracked() {
        (
            " The run goes on as it was until you answer.",
            "Change it anyway",
        )
    } else {
        ("", "Run anyway")
    };
    view! {
        <div class="question" role="alert">
            <p id="question">{sentence}{meanwhile}</p>
            <button class="plain" type="button" aria-describedby="question" on:click=move |_| playground.agree()>
                {agree}
            </button>
            <button class="plain" type="button" id=CANCEL aria-describedby="question" on:click=move |_| playground.decline()>
                "Cancel"
            </button>
        </div>
    }
    .into_any()
}
