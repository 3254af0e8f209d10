//! How a crawl is set: how far it goes, what it follows, and how it treats the hosts.

use std::rc::Rc;

use leptos::prelude::*;

use super::dials::DialField;
use super::select::{Choosable, Select};
use super::switch::Switch;
use crate::engine::crawler::Unreadable;
use crate::scenario::Scenario;
use crate::scenario::crawl::written::Written;
use crate::scenario::crawl::{CrawlSettings, ORDERS, ScopeKind, order_name};
use crate::scenario::dial::Dial;
use crate::ui::dynamic::{aria, each, flag, part, text};
use crate::ui::playground::{Choice, Playground};
use crate::ui::state::Derived;

/// Those that everybody needs.
const DIALS: [Dial; 3] = [Dial::Depth, Dial::Pages, Dial::HostPages];

/// What is on or off: its words, and where it is.
type Switched = (
    &'static str,
    fn(&Scenario) -> bool,
    fn(&mut CrawlSettings) -> &mut bool,
);

const SWITCHES: [Switched; 4] = [
    (
        "Fetch files too",
        |scenario| scenario.crawl.takes_files,
        |crawl| &mut crawl.takes_files,
    ),
    (
        "Leave nofollow links",
        |scenario| scenario.crawl.respects_nofollow,
        |crawl| &mut crawl.respects_nofollow,
    ),
    (
        "Look into sitemaps",
        |scenario| scenario.crawl.uses_sitemaps,
        |crawl| &mut crawl.uses_sitemaps,
    ),
    (
        "Relative addresses in JSON",
        |scenario| scenario.crawl.relative_json,
        |crawl| &mut crawl.relative_json,
    ),
];

/// All settings of a crawl; those that few need are folded away.
#[component]
pub(in crate::ui) fn CrawlFields() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let is_refused = playground.refusal.with_untracked(Option::is_some);
    let has_hosts = Derived::new(move || playground.choice.get().scope == ScopeKind::Hosts);
    view! {
        <fieldset class="dials">
            <legend>"The crawl"</legend>
            {each(DIALS, |dial| view! { <DialField dial=dial name=dial.name() /> })}
            {select_field(
                "order",
                "Order",
                |chosen| ORDERS.map(|order| (order_name(order), order_name(order), order == chosen.order)).to_vec(),
                |playground, place| playground.set(|scenario| scenario.crawl.order = ORDERS[place]),
            )}
            {select_field(
                "scope",
                "Scope",
                |chosen| ScopeKind::ALL.map(|scope| (scope.name(), scope.name(), scope == chosen.scope)).to_vec(),
                |playground, place| playground.set(|scenario| scenario.crawl.scope = ScopeKind::ALL[place]),
            )}
            {part(move || each(has_hosts.get().then_some(Written::Hosts), written_field))}
        </fieldset>
        // What can't be run as it is should not be looked for.
        <details class="more" open=is_refused>
            <summary>"More crawl rules"</summary>
            <fieldset class="dials">
                <legend>"What is followed"</legend>
                {each([Written::Include, Written::Exclude, Written::Items], written_field)}
                {each(SWITCHES, |(words, is_on, setting)| view! {
                    <Switch
                        shown=words
                        name=text(move || words)
                        is_on=is_on
                        disabled=flag(move || playground.is_running.get())
                        set=Rc::new(move |on| playground.set(|scenario| *setting(&mut scenario.crawl) = on))
                    />
                })}
            </fieldset>
            <fieldset class="dials">
                <legend>"Manners, and the way there"</legend>
                {select_field(
                    "robots",
                    "robots.txt unreadable",
                    |chosen| Unreadable::ALL.map(|policy| (policy.name(), policy.name(), policy == chosen.unreadable)).to_vec(),
                    |playground, place| playground.set(|scenario| scenario.crawl.unreadable = Unreadable::ALL[place]),
                )}
                <p class="hint">
                    "A browser may read a robots.txt only if its server allows that by CORS, and few do, which says nothing about what the file allows. So “assume allowed” crawls on; “skip host” keeps away, as RFC 9309 asks for where a file can’t be reached."
                </p>
                {written_field(Written::Proxy)}
            </fieldset>
        </details>
    }
}

fn select_field(
    id: &'static str,
    name: &'static str,
    options: fn(Choice) -> Vec<Choosable>,
    choose: fn(Playground, usize),
) -> AnyView {
    let playground = expect_context::<Playground>();
    view! {
        <div class="dial">
            <label for=id>{name}</label>
            <Select id=id name=name options=options choose=choose disabled=flag(move || playground.is_running.get()) />
        </div>
    }
    .into_any()
}

/// A text with what it is for, and why it is refused if it is.
fn written_field(written: Written) -> AnyView {
    let playground = expect_context::<Playground>();
    let scenario = playground.scenario;
    let id = written.key();
    let refusal = Derived::new(move || {
        let refusal = scenario.with(|scenario| written.refusal(&scenario.crawl));
        refusal.unwrap_or_default()
    });
    view! {
        <div class="field">
            <label for=id>{written.name()}</label>
            <textarea
                class="short"
                id=id
                rows=if matches!(written, Written::Proxy | Written::Items) { "1" } else { "2" }
                wrap="off"
                spellcheck="false"
                autocapitalize="off"
                autocomplete="off"
                aria-describedby=format!("{id}-hint {id}-wrong")
                aria-errormessage=format!("{id}-wrong")
                aria-invalid=aria(move || !refusal.with(String::is_empty))
                prop:readOnly=flag(move || playground.is_running.get())
                prop:value=text(move || scenario.with(|scenario| written.of(&scenario.crawl).to_owned()))
                on:input:target=move |event| {
                    let typed = event.target().value();
                    playground.edit(|scenario| written.set(&mut scenario.crawl, typed));
                }
            ></textarea>
            <div>
                // Read out with the field, and not announced: that is done beside Run, in the same words.
                <span class="wrong" id=format!("{id}-wrong")>{text(move || refusal.get())}</span>
                <p class="hint" id=format!("{id}-hint")>{written.hint()}</p>
            </div>
        </div>
    }
    .into_any()
}
