//! The results as files.

use leptos::prelude::*;

use super::Crawl;
use crate::engine::trace::Trace;
use crate::results::Results;
use crate::results::export::{Format, Table, file_name};
use crate::ui::download::{blob, download};
use crate::ui::dynamic::each;
use crate::ui::stage::Lane;

/// What of a crawl can be saved: its name in those of the files and of its buttons, and where it is.
#[derive(Clone, Copy)]
struct Saved {
    what: &'static str,
    group: &'static str,
    /// Stands before a format in the name of its button, which for the eye stands beside what it is of.
    before: &'static str,
    table: for<'a> fn(&'a Results, &'a Lane, &'a Trace) -> Table<'a>,
}

/// Buttons for all pages, in the order of fetching.
#[component]
pub(super) fn PageExports() -> impl IntoView {
    exports(Saved {
        what: "pages",
        group: "Download all pages",
        before: "",
        table: |results, lane, trace| results.page_table(&lane.rows, trace, lane.now()),
    })
}

/// Buttons for all that was left out, whatever is listed.
#[component]
pub(super) fn SkippedExports() -> impl IntoView {
    exports(Saved {
        what: "skipped",
        group: "Download all skipped",
        before: "Skipped as ",
        table: |results, _, trace| results.skipped_table(trace),
    })
}

/// A button for each format.
fn exports(saved: Saved) -> AnyView {
    let crawl = expect_context::<Crawl>();
    view! {
        <div class="exports" role="group" aria-label=saved.group>
            {each(Format::ALL, |format| view! {
                <button
                    type="button"
                    class="plain"
                    aria-label=[saved.before, format.name()].concat()
                    on:click=move |_| save(crawl, saved, format)
                >
                    {format.name()}
                </button>
            })}
        </div>
    }
    .into_any()
}

fn save(crawl: Crawl, Saved { what, table, .. }: Saved, format: Format) {
    let lane = crawl.lane.get_untracked();
    let file = super::read(crawl.playground, lane, |results, lane, trace| {
        let seed = results.page(0, &lane.rows, trace);
        let name = file_name(seed.map_or("", |seed| seed.address), what, format);
        (name, format.write(table(results, lane, trace)))
    });
    if let Some((name, text)) = file {
        // A browser that refuses says so itself.
        let _ = blob(&text, format.media_type()).and_then(|content| download(&name, &content));
    }
}
