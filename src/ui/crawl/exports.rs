//! The results as files: made when they are asked for, and kept by nobody.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use super::Crawl;
use crate::engine::trace::Trace;
use crate::results::Results;
use crate::results::export::{Format, Table, file_name};
use crate::ui::dynamic::each;
use crate::ui::stage::Lane;

/// How long an object URL is kept: by then the browser has begun to write the file.
const KEPT: Duration = Duration::from_secs(10);

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
        let _ = download(&name, &text, format.media_type());
    }
}

fn download(name: &str, text: &str, media_type: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let anchor: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.click();
    set_timeout(
        move || {
            let _ = Url::revoke_object_url(&url);
        },
        KEPT,
    );
    Ok(())
}
