//! The bar below the picture that plays a run again.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::dress::dress;
use super::player::event_told;
use crate::engine::moment::Moment;
use crate::replay::pace::Speed;
use crate::report::units::span;
use crate::ui::dynamic::{Text, aria, each, effect, flag, text};
use crate::ui::playground::Playground;
use crate::ui::room::free_room;
use crate::ui::stage::Stage;
use crate::ui::state::Derived;

/// So many places has the slider.
const PLACES: f64 = 1_000.0;

/// Said where nothing is replayed.
const HINT: &str =
    "Play the run again, at any speed and event by event: every view shows the moment.";
const RUNNING: &str = "A run can be played again once it is over.";

/// The signs of the buttons, as paths in a square of 16.
const START: &str = "M3 3h2v10H3zM13 3v10L6 8z";
const BACK: &str = "M11 3v10L4 8z";
const PLAY: &str = "M4 2.5v11L13 8z";
const PAUSE: &str = "M4 3h3v10H4zM9 3h3v10H9z";
const FORWARD: &str = "M5 3v10l7-5z";
const END: &str = "M11 3h2v10h-2zM3 3v10l7-5z";

/// What a moment's part of the bar shows.
#[derive(Clone, Default, PartialEq)]
struct Shown {
    is_replaying: bool,
    place: u32,
    clock: String,
    /// The last event that happened.
    event: String,
}

/// The bar.
#[component]
pub(in crate::ui) fn ReplayControls() -> impl IntoView {
    let playground = expect_context::<Playground>();
    dress();
    let player = playground.player;
    let can_play = Derived::new(move || {
        playground.tick.track();
        !playground.is_running.get() && playground.can_replay()
    });
    let shown = Derived::new(move || {
        playground.frame.track();
        playground.tick.track();
        if playground.is_running.get() {
            return Shown::default();
        }
        playground.read(read).unwrap_or_default()
    });
    let is_replaying = Derived::new(move || shown.with(|shown| shown.is_replaying));
    // Other runs have come on show meanwhile, maybe; and a run keeps its room until it ends.
    effect(move || {
        if !is_replaying.get() && !playground.is_running.get() {
            free_room()
        }
    });
    let place = move || shown.with(|shown| shown.place.to_string());
    let button = move |name: &'static str, sign: &'static str, act: fn(Playground)| {
        view! {
            <button class="plain" type="button" aria-label=name title=name
                aria-disabled=aria(move || !can_play.get())
                on:click=move |_| if can_play.get_untracked() { act(playground) }
            >
                {icon(text(move || sign))}
            </button>
        }
        .into_any()
    };
    let play_sign = move || if player.is_playing.get() { PAUSE } else { PLAY };
    view! {
        <div class="replay" role="group" aria-label="Replay" on:keydown=move |event| keys(playground, &event)>
            {button("To the start", START, Playground::show_start)}
            {button("Event before", BACK, |playground| playground.step_replay(false))}
            <button class="plain play" type="button"
                aria-disabled=aria(move || !can_play.get())
                on:click=move |_| if can_play.get_untracked() { playground.play_or_pause() }
            >
                {icon(text(play_sign))}
                {text(move || if player.is_playing.get() { "Pause replay" } else { "Replay" })}
            </button>
            {button("Next event", FORWARD, |playground| playground.step_replay(true))}
            {button("Whole run", END, Playground::leave_replay)}
            <input
                type="range"
                aria-label="Moment of the run"
                min="0"
                max=PLACES.to_string()
                step="1"
                prop:value=text(place)
                aria-valuetext=text(move || shown.with(|shown| shown.clock.clone()))
                disabled=flag(move || !can_play.get())
                on:input=move |event| {
                    let place: f64 = event_target_value(&event).parse().unwrap_or(PLACES);
                    playground.show_share(place / PLACES);
                }
            />
            <span class="clock num" aria-hidden="true">{text(move || shown.with(|shown| shown.clock.clone()))}</span>
            <select aria-label="Replay speed" on:change=move |event| {
                if let Ok(chosen) = event_target_value(&event).parse() {
                    player.speed.set(chosen);
                }
            }>
                {each(Speed::ALL.into_iter().zip(0_u32..), |(speed, index)| view! {
                    <option value=index.to_string() selected=index == player.speed.get_untracked()>{speed.name()}</option>
                })}
            </select>
            <p class="event muted num">{text(move || text_of(&shown.get(), playground.is_running.get()))}</p>
        </div>
    }
}

fn text_of(shown: &Shown, is_running: bool) -> String {
    match (is_running, shown.is_replaying) {
        (true, _) => RUNNING.into(),
        (_, false) => HINT.into(),
        (_, true) => shown.event.clone(),
    }
}

fn icon(path: Text) -> AnyView {
    view! { <svg width="16" height="16" viewBox="0 0 16 16" fill="currentColor" aria-hidden="true"><path d=path /></svg> }.into_any()
}

fn read(stage: &Stage) -> Shown {
    let end = stage.whole_end();
    let words = |at: Moment| span(at - Moment::ZERO);
    let Some(replay) = stage.replay.as_ref() else {
        return Shown {
            place: PLACES as u32,
            clock: words(end),
            ..Shown::default()
        };
    };
    let at = replay.cursor.at();
    let share = at.as_ms() / end.as_ms().max(1e-3);
    Shown {
        is_replaying: true,
        // The end is the whole, which this is not.
        place: (share * PLACES).round().clamp(0.0, PLACES - 1.0) as u32,
        clock: format!("{} of {}", words(at), words(end)),
        event: latest(stage)
            .and_then(|(lane, place)| event_told(stage, lane, place))
            .unwrap_or_default(),
    }
}

/// The last event that has happened: its lane and its place there.
fn latest(stage: &Stage) -> Option<(usize, usize)> {
    let mut last: Option<(Moment, usize, usize)> = None;
    for (index, lane) in stage.lanes.iter().enumerate() {
        let Some(place) = lane.rows.cursor().checked_sub(1) else {
            continue;
        };
        let at = lane.run.as_ref()?.trace().events().get(place)?.at;
        if last.is_none_or(|(latest, ..)| at >= latest) {
            last = Some((at, index, place));
        }
    }
    last.map(|(_, lane, place)| (lane, place))
}

/// The keys of a replay, which are those of the picture too. Returns whether it was one.
pub(in crate::ui) fn act(playground: Playground, key: &str) -> bool {
    match key {
        " " => playground.play_or_pause(),
        "<" => playground.show_start(),
        ">" => playground.leave_replay(),
        "," if playground.is_replaying() => playground.step_replay(false),
        "." if playground.is_replaying() => playground.step_replay(true),
        _ => return false,
    }
    true
}

/// In the bar itself a comma steps back from the end, too; and what a button or a list does with a key stays its own.
fn keys(playground: Playground, event: &KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() || !playground.can_replay() {
        return;
    }
    let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
    let is_slider = target.is_some_and(|target| target.tag_name() == "INPUT");
    let key = event.key();
    let is_done = match key.as_str() {
        " " if !is_slider => false,
        "," => {
            playground.step_replay(false);
            true
        }
        "." => {
            playground.step_replay(true);
            true
        }
        key => act(playground, key),
    };
    if is_done {
        event.prevent_default();
    }
}
