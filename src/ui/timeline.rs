//! The figure `Timeline`: a canvas that draws the scene, its legend, and what the pointer is over.
//!
//! The canvas is as large as the view and stays in place; what scrolls is an empty box of the content's height, so
//! thousands of rows cost no more than those in view.

use std::cell::RefCell;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::ResizeObserver;

use super::dynamic::{each, effect, part, text};
use super::playground::Playground;
use super::px;
use super::state::{Derived, State};
use crate::timeline::layout::{AXIS_PX, View};
use frame::{Sheet, Studio, draw};
use hands::Hands;
use legend::Legend;
use marked::Marks;
use minimap::Map;
use navigator::Navigator;
use palette::Palette;
use tip::Tip;

pub(super) use frame::context;
pub(super) use handling::{HANDLING, Handling};

mod bars;
mod controls;
mod critical;
mod cross;
mod cursor;
mod folding;
mod frame;
mod handling;
mod hands;
mod keys;
mod legend;
mod marked;
mod minimap;
mod navigator;
mod paint;
pub(super) mod palette;
mod pictures;
mod print;
mod tip;

/// Least and most height of the view.
const VIEW_PX: (f64, f64) = (240.0, 620.0);
/// The view takes this share of the window's height, if the content is as high.
const VIEW_SHARE: f64 = 0.62;

/// The runs on one time axis.
#[component]
pub(super) fn Timeline() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let canvas = NodeRef::<html::Canvas>::new();
    let viewport = NodeRef::<html::Div>::new();
    let width_px = State::new(0.0);
    let scroll_px = State::new(0.0);
    let content_px = State::new(0.0);
    let pointer = State::new(None::<(f64, f64)>);
    let tip = State::new(None::<Tip>);
    let studio = StoredValue::new_local(RefCell::new(Studio::default()));
    let view_px = Derived::new(move || {
        width_px.track();
        playground.look.track();
        let window_px = window()
            .inner_height()
            .ok()
            .and_then(|height| height.as_f64())
            .unwrap_or(800.0);
        let most_px = (window_px * VIEW_SHARE).clamp(VIEW_PX.0, VIEW_PX.1);
        (content_px.get() + AXIS_PX).min(most_px)
    });

    let navigator = Navigator {
        playground,
        viewport,
        width_px,
        height_px: view_px,
        scroll_px,
        folds: State::new(None),
        measured: State::new(None),
        event: State::new(None),
        told: Derived::new(move || {
            playground.tick.track();
            playground.window.track();
            navigator::in_view(playground)
        }),
        studio,
    };
    let hands = Hands {
        navigator,
        pointer,
        gesture: StoredValue::new_local(RefCell::default()),
    };
    let map = NodeRef::<html::Canvas>::new();
    let handling = move || Some(&playground.running.get().table()?.handling);
    let act = move |act: &dyn Fn(&Handling)| {
        if let Some(running) = playground.running.get_untracked().table() {
            act(&running.handling);
        }
    };
    effect(move || {
        let frame = playground.frame.get();
        let view = View {
            width_px: width_px.get(),
            height_px: view_px.get(),
            scroll_px: scroll_px.get(),
        };
        let Some(canvas) = canvas.get().filter(|_| view.width_px > 0.0) else {
            return;
        };
        studio.with_value(|studio| {
            let studio = &mut *studio.borrow_mut();
            let look = playground.look.get();
            let kept = studio
                .palette
                .take()
                .filter(|(read_at, _)| *read_at == look);
            let palette = kept.map_or_else(|| Palette::read(&canvas), |(_, palette)| palette);
            let Some(sheet) = Sheet::of(&canvas, view, studio.sheet.take()) else {
                return;
            };
            let (shown, folds) = (playground.window.get(), navigator.folds.get());
            let marks = Marks {
                selected: playground.selected.get(),
                measured: navigator.measured.get(),
                event: navigator.event.get().map(|(_, _, at)| at),
            };
            let (map, at, handling) = (map.get(), pointer.get(), handling());
            let new_tip = playground.read(|stage| {
                studio.layout = frame::layout(stage, view.width_px, folds);
                let scale = draw(stage, studio, &sheet, shown, &palette);
                playground
                    .path
                    .with(|paths| critical::draw(paths, &studio.layout, &scale, &sheet, &palette));
                marks.draw(&studio.layout, &scale, &sheet, &palette);
                if let Some(handling) = handling {
                    (handling.draw_cursor)(stage, &studio.layout, &scale, &sheet, &palette);
                }
                if let Some((canvas, handling)) = map.zip(handling) {
                    let map = Map {
                        canvas: &canvas,
                        shown,
                        of: (frame, look, view.width_px),
                    };
                    studio.strip = (handling.draw_map)(stage, studio.strip.take(), &map, &palette);
                }
                content_px.renew(studio.layout.content_px);
                let (handling, at) = handling.zip(at)?;
                (handling.tip)(stage, &studio.layout, view, shown, at)
            });
            studio.palette = Some((look, palette));
            studio.sheet = Some(sheet);
            tip.renew(new_tip.flatten());
        });
    });
    // What is selected elsewhere is seen here too.
    effect(move || {
        if let Some((lane, task)) = playground.selected.get() {
            navigator.reveal(lane, task);
        }
    });
    // Rows were folded, or not, for another picture.
    effect(move || {
        playground.choice.with(|_| ());
        navigator.folds.set(None);
    });
    // What was measured, and stepped to, was so in another picture.
    effect(move || {
        playground.ended.track();
        playground.is_running.track();
        navigator.measured.set(None);
        navigator.event.set(None);
    });

    observe_width(viewport, width_px);
    view! {
        <figure class="chart" aria-label="Timeline">
            <div
                class="viewport"
                tabindex="-1"
                role="group"
                aria-label="Timeline, scrollable"
                style:height=text(move || px(view_px.get()))
                node_ref=viewport
                on:scroll=move |_| if let Some(viewport) = viewport.get() { scroll_px.set(f64::from(viewport.scroll_top())) }
                on:focus=move |_| act(&|handling| (handling.focus)())
                on:keydown=move |event| act(&|handling| (handling.key)(hands, &event))
            >
                <div class="content" style:height=text(move || px(content_px.get() + AXIS_PX))>
                    <canvas
                        node_ref=canvas
                        role="img"
                        aria-label=text(move || description(navigator))
                        on:pointermove=move |event| act(&|handling| (handling.go)(hands, &event))
                        on:pointerdown=move |event| act(&|handling| (handling.press)(hands, &event))
                        on:pointerup=move |event| act(&|handling| (handling.lift)(hands, &event))
                        on:pointercancel=move |event| act(&|handling| (handling.lift)(hands, &event))
                        on:pointerleave=move |_| pointer.set(None)
                        on:wheel=move |event| act(&|handling| (handling.wheel)(hands, &event))
                        on:click=move |event| act(&|handling| (handling.click)(hands, &event))
                        on:dblclick=move |_| act(&|handling| (handling.fit)(hands))
                    ></canvas>
                    {part(move || each(handling(), |handling| (handling.bars)(navigator)))}
                </div>
            </div>
            {part(move || each(handling(), |handling| (handling.tip_view)(tip, width_px)))}
            <div class="handles">
                {part(move || each(handling(), |handling| (handling.controls)(navigator, map)))}
            </div>
            <Legend beside=part(move || each(handling(), |handling| (handling.pictures)(navigator))).into_any() />
        </figure>
    }
}

fn description(navigator: Navigator) -> String {
    let playground = navigator.playground;
    playground.tick.track();
    let names = playground.read(|stage| stage.pictured_names().join(", "));
    let names = names
        .filter(|names| !names.is_empty())
        .unwrap_or_else(|| "no run yet".into());
    let in_view = navigator.told.get();
    let steps: usize = playground
        .path
        .with(|paths| paths.iter().map(Vec::len).sum());
    let path = match steps {
        0 => String::new(),
        _ => format!(" The critical paths are underlined: {steps} stretches."),
    };
    let foreseen = match playground.read(|stage| stage.foreseen().is_some()) {
        Some(true) => " What is predicted is told in the headline.",
        _ => "",
    };
    format!(
        "Bars on one time axis: {names}. In view: {in_view}.{path} The tasks table holds the same in numbers.{foreseen}"
    )
}

pub(super) fn observe_width(viewport: NodeRef<html::Div>, width_px: State<f64>) {
    effect(move || {
        let Some(viewport) = viewport.get() else {
            return;
        };
        let watched = viewport.clone();
        let on_resize = Closure::<dyn FnMut()>::new(move || {
            width_px.set(f64::from(watched.client_width()));
        });
        if let Ok(observer) = ResizeObserver::new(on_resize.as_ref().unchecked_ref()) {
            observer.observe(&viewport);
        }
        // The figure lives as long as the page.
        on_resize.forget();
    });
}
