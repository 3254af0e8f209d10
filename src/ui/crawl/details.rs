//! All that is known of the page that is selected. What the network sent is text here as everywhere.

use leptos::prelude::*;

use super::Crawl;
use crate::report::reason::reason;
use crate::ui::dynamic::{each, part};
use crate::ui::state::Derived;

/// The name of a fact, and what it is.
type Fact = (&'static str, String);

/// A list of facts, read out when another page is selected.
#[component]
pub(super) fn Details() -> impl IntoView {
    let crawl = expect_context::<Crawl>();
    let facts = Derived::new(move || {
        let place = crawl.selected.get()?;
        let lane = crawl.lane.get();
        crawl.playground.tick.track();
        crawl.playground.read(|stage| {
            let lane = stage.lanes.get(lane)?;
            let run = lane.run.as_ref()?;
            let trace = run.trace();
            let page = lane.results()?.page(place, &lane.rows, &trace)?;
            let host = stage.host(lane, page.row);
            let reason = reason(page.row, &trace, run.limits().timeout, host);
            let record = page.record;
            let said = |text: Option<&str>| text.map(str::to_owned);
            let facts = [
                ("Address", Some(page.address.to_owned())),
                ("Outcome", Some(page.status())),
                ("Why", reason),
                ("Final URL", said(page.final_url)),
                ("Referrer", said(page.referrer)),
                ("Title", said(page.title())),
                (
                    "Heading",
                    said(record.and_then(|record| record.h1.as_deref())),
                ),
                (
                    "Description",
                    said(record.and_then(|record| record.description.as_deref())),
                ),
                (
                    "Canonical",
                    said(record.and_then(|record| record.canonical.as_deref())),
                ),
                (
                    "Language",
                    said(record.and_then(|record| record.language.as_deref())),
                ),
                ("Keys", record.map(|record| record.keys.join(", "))),
                ("Problem", said(page.problem())),
            ];
            let known = facts
                .into_iter()
                .filter_map(|(name, fact)| Some((name, fact?)));
            let known: Vec<Fact> = known.filter(|(_, fact)| !fact.is_empty()).collect();
            Some((place + 1, known))
        })?
    });
    view! {
        <div id="page-details" class="details" role="group" aria-label="Page details" aria-live="polite">
            {part(move || each(facts.get(), |(number, facts)| view! {
                <h4>{format!("Page {number}")}</h4>
                <dl>{each(facts, |(name, fact)| view! { <div><dt>{name}</dt><dd>{fact}</dd></div> })}</dl>
            }))}
        </div>
    }
}
