//! The table `Skipped`: what the crawl knows and does not fetch, and why.

use std::sync::Arc;

use leptos::prelude::*;

use super::Crawl;
use super::exports::SkippedExports;
use crate::engine::crawl::skip::Reason;
use crate::engine::crawl::trap::Guards;
use crate::report::units::grouped;
use crate::results::Results;
use crate::ui::dynamic::{aria, each, part, text};
use crate::ui::scrolled::{Scrolled, scrolled};
use crate::ui::state::Derived;

/// The addresses that are not fetched, and how many there are for each reason.
#[component]
pub(super) fn Skipped() -> impl IntoView {
    let crawl = expect_context::<Crawl>();
    // By word, since all traps share one; with the sentences that belong to it.
    let counts = Derived::new(move || {
        let counts = crawl.read(|results, _, _| {
            let mut counts: Vec<(&'static str, String, u32)> = Vec::new();
            for reason in Reason::ALL {
                let count = results.count(reason);
                match counts.last_mut() {
                    _ if count == 0 => {}
                    Some((word, sentences, sum)) if *word == reason.word() => {
                        *sentences = [sentences, " ", reason.sentence()].concat();
                        *sum += count;
                    }
                    _ => counts.push((reason.word(), reason.sentence().to_owned(), count)),
                }
            }
            counts
        });
        counts.unwrap_or_default()
    });
    // Of a reason for which nothing was skipped, or nothing yet, there is no button that would show it as chosen.
    let chosen = Derived::new(move || {
        let is_there =
            |chosen: &&str| counts.with(|all| all.iter().any(|(word, ..)| word == chosen));
        crawl.reason.get().filter(is_there)
    });
    let listed = Derived::new(move || {
        let chosen = chosen.get();
        let listed = crawl.read(|results, _, _| Listed::of(results, chosen));
        listed.unwrap_or_default()
    });
    let count = Derived::new(move || listed.with(Listed::count));
    let explained = move || {
        let chosen = chosen.get();
        counts.with(|counts| {
            let of = counts.iter().find(|(word, ..)| Some(*word) == chosen);
            match (of, counts.is_empty()) {
                (Some((_, sentence, all)), _) if *all as usize > count.get() => format!(
                    "{sentence} There are more than can be listed: the rest is only counted."
                ),
                (Some((_, sentences, _)), _) => sentences.clone(),
                (None, true) => "Nothing was left out.".to_owned(),
                (None, false) => "Choose a reason to see only what was left out for it.".to_owned(),
            }
        })
    };
    let head = view! {
        <th scope="col" class="text">"Address"</th>
        <th scope="col" class="text of-reason">"Reason"</th>
        <th scope="col" class="text">"Found on"</th>
    };
    let table = scrolled(Scrolled {
        name: "Skipped",
        frame: NodeRef::new(),
        count,
        is_dense: true,
        least_width: text(|| "560px"),
        head: head.into_any(),
        row: Arc::new(move |index| row(crawl, listed, index)),
    });
    view! {
        <div class="heading">
            <h3>"Skipped"</h3>
            <span class="muted num grow">{text(move || format!("{} listed", grouped(count.get())))}</span>
            <SkippedExports />
        </div>
        <div class="reasons" role="group" aria-label="Reasons">
            {part(move || each(counts.get(), |(word, sentences, count)| filter(crawl, chosen, word, sentences, count)))}
        </div>
        <p class="hint">{text(explained)}</p>
        {table}
    }
}

fn filter(
    crawl: Crawl,
    chosen: Derived<Option<&'static str>>,
    word: &'static str,
    sentences: String,
    count: u32,
) -> AnyView {
    let toggle = move |_| {
        let is_new = chosen.get_untracked() != Some(word);
        crawl.reason.set(is_new.then_some(word));
    };
    view! {
        <button
            type="button"
            class="reason-count"
            title=sentences
            aria-pressed=aria(move || chosen.get() == Some(word))
            on:click=toggle
        >
            {word}" "<b class="num">{grouped(count as usize)}</b>
        </button>
    }
    .into_any()
}

/// What is listed, as places in [`Results::left_out`].
#[derive(Clone, PartialEq, Default)]
struct Listed {
    skipped: Vec<u32>,
    /// Where the links to what was known begin, and how many there are.
    again: (usize, usize),
}

impl Listed {
    /// All, or what was left out for this reason.
    fn of(results: &Results, chosen: Option<&str>) -> Self {
        let is_listed = |reason: Reason| chosen.is_none_or(|word| reason.word() == word);
        let rows = results.skipped().iter().enumerate();
        let skipped = rows
            .filter(|(_, row)| is_listed(row.reason))
            .map(|(place, _)| place as u32)
            .collect();
        let are_listed = is_listed(Reason::Duplicate);
        let count = if are_listed { results.again_count() } else { 0 };
        Self {
            skipped,
            again: (results.skipped().len(), count),
        }
    }

    fn count(&self) -> usize {
        self.skipped.len() + self.again.1
    }

    fn place(&self, index: usize) -> Option<usize> {
        let (first, count) = self.again;
        match index.checked_sub(self.skipped.len()) {
            None => self.skipped.get(index).map(|place| *place as usize),
            Some(index) => (index < count).then_some(first + index),
        }
    }
}

/// What a row shows.
#[derive(Clone, PartialEq)]
struct Shown {
    address: String,
    reason: Reason,
    referrer: String,
    /// What the addresses of the crawl begin with that are shown relative.
    base: String,
}

impl Shown {
    /// An address as it stands in the table of pages, else without the scheme: what is the same everywhere takes the room
    /// of what differs.
    fn short<'a>(&self, address: &'a str) -> &'a str {
        let relative = address.strip_prefix(&self.base);
        let relative = relative.filter(|rest| !self.base.is_empty() && !rest.is_empty());
        let whole = || address.split_once("://").map_or(address, |(_, rest)| rest);
        relative.unwrap_or_else(whole)
    }
}

fn row(crawl: Crawl, listed: Derived<Listed>, index: usize) -> AnyView {
    let shown = Derived::new(move || {
        let place = listed.with(|listed| listed.place(index))?;
        let shown = crawl.read(|results, lane, trace| {
            let row = results.left_out(place, trace)?;
            let first = results.page(0, &lane.rows, trace);
            Some(Shown {
                address: row.address(trace).to_owned(),
                reason: row.reason,
                referrer: row.referrer(trace).unwrap_or_default().to_owned(),
                base: first.map_or("", |page| page.base(trace)).to_owned(),
            })
        });
        shown.flatten()
    });
    let with = move |read: fn(&Shown) -> String| {
        text(move || shown.with(|shown| shown.as_ref().map(read).unwrap_or_default()))
    };
    view! {
        <tr aria-rowindex=(index + 2).to_string()>
            <th scope="row" class="text" title=with(|shown| shown.address.clone())>
                {with(|shown| shown.short(&shown.address).to_owned())}
            </th>
            <td class="text" title=with(|shown| why(shown.reason, &shown.address))>
                {with(|shown| shown.reason.word().to_owned())}
            </td>
            <td class="text" title=with(|shown| shown.referrer.clone())>
                {with(|shown| shown.short(&shown.referrer).to_owned())}
            </td>
        </tr>
    }
    .into_any()
}

/// Why this address was left out: of a trap with the numbers that gave it away.
fn why(reason: Reason, address: &str) -> String {
    match reason {
        Reason::Trap(trap) => Guards::default().describe(trap, address) + ".",
        _ => reason.sentence().to_owned(),
    }
}
