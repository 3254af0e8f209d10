//! The results as files.

use leptos::prelude::*;

use super::Crawl;
use crate::engine::trace::Trace;
use crate::results::Results;
use crate::results::export::{Format, Table, file_name};
use crate::ui::download::{blob, download};
use crate::ui::dynamic::each;
use crate::ui::stage::Lane;

/// Buttons for all pages, in the order of fetching.
#[component]
pub(super) fn PageExports() -> impl IntoView {
    let crawl = expect_context::<Crawl>();
    let save = move |format: Format| {
        save(crawl, "pages", format, |results, lane, trace| {
            format.write(results.page_table(&lane.rows, trace, lane.now()))
        });
    };
    view! {
        <div class="exports" role="group" aria-label="Download all pages">
            {each(Format::ALL, |format| view! {
                <button type="button" class="plain" on:click=move |_| save(format)>{format.name()}</button>
            })}
        </div>
    }
}

/// A button for what was left out.
#[component]
pub(super) fn SkippedExport() -> impl IntoView {
    let crawl = expect_context::<Crawl>();
    let save = move |_| {
        save(crawl, "skipped", Format::Csv, |results, _, trace| {
            let table: Table<'_> = results.skipped_table(trace);
            Format::Csv.write(table)
        });
    };
    view! {
        <div class="exports">
            <button type="button" class="plain" on:click=save>"Skipped as CSV"</button>
        </div>
    }
}

fn save(
    crawl: Crawl,
    what: &str,
    format: Format,
    write: impl FnOnce(&Results, &Lane, &Trace) -> String,
) {
    let lane = crawl.lane.get_untracked();
    let file = super::read(crawl.playground, lane, |results, lane, trace| {
        let seed = results.page(0, &lane.rows, trace);
        let name = file_name(seed.map_or("", |seed| seed.address), what, format);
        (name, write(results, lane, trace))
    });
    if let Some((name, text)) = file {
        // A browser that refuses says so itself.
        let _ = blob(&text, format.media_type()).and_then(|content| download(&name, &content));
    }
}
