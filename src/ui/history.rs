//! The region `History`: the runs that were made in this browser, to be named, compared and made again.

use std::rc::Rc;

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::dynamic::{each, flag, part, text};
use super::playground::Playground;
use super::stage::Stage;
use super::state::{Derived, State};
use crate::browser::history::{History, MOST, Refused};
use crate::report::record::{MAX_NAME_CHARS, Record};
use crate::scenario::fragment;

const EMPTY: &str = "Each run that you make is kept here: in this browser, and nowhere else.";
const NO_STORAGE: &str = "This browser gives the page no storage, as some do in private windows: what is listed here is \
                          gone when you leave.";
const FULL: &str = "The browser’s storage for this page is full, so the last change is gone when you leave: delete \
                    some runs to make room.";

/// The records on show, and where they are kept.
#[derive(Clone, Copy)]
struct Kept {
    /// The newest first.
    records: State<Vec<Record>>,
    refused: State<Option<Refused>>,
    /// The one that the others are held against, by its number.
    baseline: State<Option<f64>>,
    store: StoredValue<Option<Rc<History>>, LocalStorage>,
    /// What the table scrolls in.
    frame: NodeRef<html::Div>,
}

impl Kept {
    /// Those that are kept, once they are read. What was run meanwhile stays above them.
    async fn open(self) {
        let read = async {
            let store = History::open().await?;
            let records = store.all().await?;
            Ok::<_, Refused>((store, records))
        };
        match read.await {
            Ok((store, old)) => {
                let store = Rc::new(store);
                self.store.set_value(Some(Rc::clone(&store)));
                let new = self.records.get_untracked();
                self.records.update(|records| records.extend(old));
                for record in new {
                    self.heed(store.put(&record).await);
                }
            }
            Err(refused) => self.refused.set(Some(refused)),
        }
    }

    fn add(self, record: Record) {
        self.records
            .update(|records| records.insert(0, record.clone()));
        self.keep(record);
        while self.records.with_untracked(|records| records.len() > MOST) {
            let oldest = self
                .records
                .with_untracked(|records| records.last().map(|old| old.at_ms));
            self.forget(oldest.unwrap_or_default());
        }
    }

    fn rename(self, at_ms: f64, name: &str) {
        let renamed = untrack(|| self.find(at_ms)?.renamed(name));
        let Some(renamed) = renamed else { return };
        self.records.update(|records| {
            for record in records.iter_mut().filter(|record| record.at_ms == at_ms) {
                *record = renamed.clone();
            }
        });
        self.keep(renamed);
    }

    fn find(self, at_ms: f64) -> Option<Record> {
        self.records
            .with(|records| records.iter().find(|record| record.at_ms == at_ms).cloned())
    }

    fn keep(self, record: Record) {
        if let Some(store) = self.store.get_value() {
            spawn_local(async move { self.heed(store.put(&record).await) });
        }
    }

    fn forget(self, at_ms: f64) {
        self.records
            .update(|records| records.retain(|record| record.at_ms != at_ms));
        if self.baseline.get_untracked() == Some(at_ms) {
            self.baseline.set(None);
        }
        if let Some(store) = self.store.get_value() {
            spawn_local(async move { self.heed(store.forget(at_ms).await) });
        }
    }

    /// The same by hand: the button that was pressed goes with its row, so the table takes the focus.
    fn delete(self, at_ms: f64) {
        self.forget(at_ms);
        if let Some(frame) = self.frame.get_untracked() {
            let _ = frame.focus();
        }
    }

    /// Says why something was not kept, or takes that back.
    fn heed(self, done: Result<(), Refused>) {
        let refused = done.err();
        if self.refused.get_untracked() != refused {
            self.refused.set(refused);
        }
    }
}

/// The runs of this browser.
#[component]
pub(super) fn RunHistory() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let kept = Kept {
        records: State::new(Vec::new()),
        refused: State::new(None),
        baseline: State::new(None),
        store: StoredValue::new_local(None),
        frame: NodeRef::new(),
    };
    spawn_local(kept.open());
    Effect::new(move |before: Option<u32>| {
        let finished = playground.finished.get();
        // Those that had ended before this was there are not known any more.
        if before.is_some_and(|before| before != finished) {
            let records = playground.read(records).unwrap_or_default();
            records.into_iter().for_each(|record| kept.add(record));
        }
        finished
    });
    let numbers = Derived::new(move || {
        kept.records.with(|records| {
            records
                .iter()
                .map(|record| record.at_ms)
                .collect::<Vec<f64>>()
        })
    });
    let is_empty = move || numbers.with(Vec::is_empty);
    let said = move || match kept.refused.get() {
        Some(Refused::NoStorage) => NO_STORAGE,
        Some(Refused::Full) => FULL,
        None if is_empty() => EMPTY,
        None => "",
    };
    view! {
        <section class="history" aria-labelledby="history-name">
            <div class="heading"><h2 id="history-name">"History"</h2></div>
            <p class="hint">{text(said)}</p>
            <div
                class="scroller"
                class:none=flag(is_empty)
                tabindex="0"
                role="group"
                aria-label="History, scrollable"
                node_ref=kept.frame
            >
                <table class="num" aria-labelledby="history-name">
                    <thead>
                        <tr>
                            <th scope="col" class="text">"Name"</th>
                            <th scope="col" class="text">"When"</th>
                            <th scope="col" class="text">"Tasks"</th>
                            <th scope="col">"Peak"</th>
                            <th scope="col">"Total"</th>
                            <th scope="col" class="text">"Compared with"</th>
                            <th scope="col"><span class="visually-hidden">"Again, or away"</span></th>
                        </tr>
                    </thead>
                    <tbody>{part(move || each(numbers.get(), |at_ms| row(kept, at_ms)))}</tbody>
                </table>
            </div>
        </section>
    }
}

fn row(kept: Kept, at_ms: f64) -> Option<AnyView> {
    let record = untrack(|| kept.find(at_ms))?;
    let when = when(at_ms);
    let against = move || {
        let baseline = kept.baseline.get().filter(|baseline| *baseline != at_ms)?;
        Some(kept.find(at_ms)?.against(&kept.find(baseline)?))
    };
    // What a control does, to which run by its name of now.
    let told = {
        let when = when.clone();
        move |does: &'static str| {
            let when = when.clone();
            text(move || {
                let name = kept.find(at_ms).map(|record| record.name);
                format!("{does} {}, {when}", name.unwrap_or_default())
            })
        }
    };
    let rename = move |event| {
        let field: web_sys::HtmlInputElement = event_target(&event);
        kept.rename(at_ms, &field.value());
        // A name of nothing leaves the old one, and a long one is cut.
        if let Some(record) = untrack(|| kept.find(at_ms)) {
            field.set_value(&record.name);
        }
    };
    let view = view! {
        <tr>
            <td class="text">
                <input
                    type="text"
                    class="name"
                    aria-label=format!("Name of the run of {when}")
                    maxlength=MAX_NAME_CHARS.to_string()
                    value=record.name.clone()
                    on:change=rename
                />
            </td>
            <td class="text">{when}<span class="muted">{format!(" · {}", record.network)}</span></td>
            <td class="text">{record.tasks()}</td>
            <td>{record.peak.to_string()}</td>
            <td>{record.total()}</td>
            <td class="text">
                <label>
                    <input
                        type="radio"
                        name="baseline"
                        aria-label=told("Compare the others with")
                        prop:checked=flag(move || kept.baseline.get() == Some(at_ms))
                        on:change=move |_| kept.baseline.set(Some(at_ms))
                    />
                    <span>{text(move || against().unwrap_or_default())}</span>
                </label>
            </td>
            <td>
                <a class="again" href=format!("#{}", record.settings) aria-label=told("Settings of")>"Settings"</a>
                <button type="button" class="plain" aria-label=told("Delete") on:click=move |_| kept.delete(at_ms)>
                    "×"
                </button>
            </td>
        </tr>
    };
    Some(view.into_any())
}

/// A moment as the visitor's own clock has it.
fn when(at_ms: f64) -> String {
    let date = js_sys::Date::new(&at_ms.into());
    let options = js_sys::Object::new();
    for (key, length) in [("dateStyle", "short"), ("timeStyle", "short")] {
        // A plain object takes any key.
        let _ = js_sys::Reflect::set(&options, &key.into(), &length.into());
    }
    date.to_locale_string("default", &options).into()
}

/// The records of the runs on show.
fn records(stage: &Stage) -> Vec<Record> {
    let now_ms = js_sys::Date::now();
    let settings = fragment::write(&stage.scenario);
    let network = stage.scenario.network.name();
    let known = stage
        .lanes
        .iter()
        // What is pinned was kept when it was run.
        .skip(stage.carried)
        .filter_map(|lane| Some((lane.name(), lane.verdict.as_ref()?)));
    // Those of one session end together, and are numbered apart.
    let records = known.zip(0_u32..).map(|((name, verdict), place)| {
        let at_ms = now_ms + f64::from(place);
        Record::of(at_ms, name, network, settings.clone(), &verdict.figures)
    });
    records.collect()
}
