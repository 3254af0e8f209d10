//! The page's frame: header, setup, picture, evidence; keys and events of the whole window.

use leptos::prelude::*;
use leptos::{ev, html};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::HtmlElement;

use super::crawl::CrawlView;
use super::dynamic::{each, effect, part, text};
use super::headline::Headline;
use super::keys::{Keys, empties_search, is_typing};
use super::playground::Playground;
use super::setup::{SETUP, Setup};
use super::summary::Summary;
use super::theme::ThemeButton;
use super::timeline::Timeline;
use crate::browser;

/// The whole page.
#[component]
pub(super) fn App() -> impl IntoView {
    let playground = Playground::new();
    provide_context(playground);
    let keys = NodeRef::<html::Dialog>::new();
    let show_keys = move || {
        if let Some(dialog) = keys.get_untracked() {
            let _ = dialog.show_modal();
        }
    };

    // What the first picture does not need comes once it is painted.
    request_animation_frame(move || playground.load_running());
    effect(move || {
        if playground.choice.with(|choice| choice.is_crawl) {
            playground.load_crawling();
        }
    });
    let on_link = window_event_listener(ev::hashchange, move |_| {
        playground.follow_link();
    });
    let on_back = window_event_listener(ev::popstate, move |_| {
        playground.follow_link();
    });
    let on_hidden = window_event_listener(ev::visibilitychange, move |_| {
        playground.mark_hidden(browser::is_hidden())
    });
    let on_online = window_event_listener(ev::online, move |_| {
        playground.load_running();
        playground.load_crawling();
    });
    let on_resize = window_event_listener(ev::resize, move |_| playground.looks_different());
    follow_system_theme(playground);
    let on_key = window_event_listener(ev::keydown, move |event| match event.key().as_str() {
        "Enter" if event.ctrl_key() || event.meta_key() => {
            event.prevent_default();
            playground.start();
        }
        // The first Escape closes a dialog or empties a search, as everywhere.
        "Escape"
            if !empties_search(&event)
                && !keys.get_untracked().is_some_and(|dialog| dialog.open()) =>
        {
            if playground.is_idle() {
                playground.clear_selection();
            }
            // A question comes first, and what it is about goes on.
            if playground.is_running.get_untracked()
                && playground.question.get_untracked().is_some()
            {
                playground.decline();
            } else {
                playground.stop();
            }
        }
        "?" if !is_typing(&event) => show_keys(),
        _ => {}
    });
    on_cleanup(move || {
        on_link.remove();
        on_back.remove();
        on_hidden.remove();
        on_online.remove();
        on_resize.remove();
        on_key.remove();
    });

    view! {
        <div class="app">
            <header class="bar">
                // A link to a place in the page would overwrite the settings, which are in its address.
                <button class="skip" type="button" on:click=move |_| focus_setup()>"Go to the settings"</button>
                <span class="mark">
                    <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
                        <rect x="1" y="3" width="9" height="4" rx="1.5" fill="var(--request)" />
                        <rect x="6" y="9" width="11" height="4" rx="1.5" fill="var(--download)" />
                        <rect x="3" y="15" width="18" height="4" rx="1.5" fill="var(--parse)" />
                    </svg>
                    "Crawl Playground"
                </span>
                <span class="muted subtitle">"See where a crawl’s time goes"</span>
                <span class="grow"></span>
                <ThemeButton />
                <button class="ghost" type="button" aria-haspopup="dialog" on:click=move |_| show_keys()>
                    "Keys"
                </button>
            </header>
            <main class="main">
                <Headline />
                <Timeline />
                {part(move || each(playground.running.get().table(), |running| (running.detail)()))}
                <div class="lending-room">
                    {part(move || each(playground.running.get().table(), |running| (running.lending)()))}
                </div>
                <CrawlView />
                <div class="tasks-room" style=("--rows", text(move || task_rows(playground)))>
                    {part(move || each(playground.running.get().table(), |running| (running.tasks)()))}
                </div>
            </main>
            <Setup />
            <aside class="side" aria-label="Evidence">
                <Summary />
                {part(move || each(playground.running.get().table(), |running| (running.evidence)()))}
            </aside>
            <Keys dialog=keys />
            <div class="visually-hidden" role="status">
                {text(move || playground.status.get())}
            </div>
        </div>
    }
}

/// Takes who goes by keyboard past the picture and its tables.
fn focus_setup() {
    let setup = document().get_element_by_id(SETUP);
    if let Some(setup) = setup.and_then(|setup| setup.dyn_into::<HtmlElement>().ok()) {
        let _ = setup.focus();
    }
}

/// How many rows the table of tasks is going to have, which comes a moment after the picture: the style keeps its room.
fn task_rows(playground: Playground) -> String {
    playground.ended.track();
    let is_ahead = playground.running.get_untracked().table().is_none();
    let rows = playground.read(|stage| match is_ahead {
        true => stage.row_counts().last().copied(),
        false => stage.lanes.last().map(|lane| lane.rows.rows().len()),
    });
    rows.flatten().unwrap_or(0).to_string()
}

/// Redraws when the system turns light or dark.
fn follow_system_theme(playground: Playground) {
    let Ok(Some(query)) = window().match_media("(prefers-color-scheme: dark)") else {
        return;
    };
    let on_change = Closure::<dyn FnMut()>::new(move || playground.looks_different());
    query.set_onchange(Some(on_change.as_ref().unchecked_ref()));
    // Both live as long as the page: without the query nobody would tell.
    on_change.forget();
    std::mem::forget(query);
}
