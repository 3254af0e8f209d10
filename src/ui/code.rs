//! The strategy's own source file: what is read here is what ran.

use leptos::prelude::*;

use super::dynamic::text;
use super::playground::Playground;

/// The source of the chosen strategy.
#[component]
pub(super) fn Code() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let strategy = move || {
        playground.tick.track();
        let chosen = playground.choice.get().strategy;
        // Beside a picture stands the code that drew it.
        let shown = playground.read(|stage| stage.lanes.last().map(|lane| lane.strategy));
        shown.flatten().unwrap_or(chosen)
    };
    view! {
        <section class="code" aria-label="Code">
            <h2>"The code that runs"</h2>
            <p class="hint">{text(move || lesson(strategy().source()))}</p>
            <pre tabindex="0" aria-label="Rust source of the strategy">
                <code>{text(move || code(strategy().source()))}</code>
            </pre>
        </section>
    }
}

/// The file's own introduction, as running text.
fn lesson(source: &str) -> String {
    let lines = source.lines().filter_map(|line| line.strip_prefix("//!"));
    lines
        .map(str::trim)
        .collect::<Vec<_>>()
        .join(" ")
        .replace('`', "")
}

/// What follows it, without the imports.
fn code(source: &str) -> String {
    let lines = source
        .lines()
        .skip_while(|line| line.starts_with("//!") || line.starts_with("use ") || line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}
