//! The figure `Timeline`: a canvas that draws the scene, its legend, and what the pointer is over.
//!
//! The canvas is as large as the view and stays in place; what scrolls is an empty box of the content's height, so
//! thousands of rows cost no more than those in view.

use std::cell::RefCell;

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{
    CanvasRenderingContext2d, HtmlCanvasElement, MouseEvent, PointerEvent, ResizeObserver,
};

use super::dynamic::text;
use super::playground::Playground;
use super::px;
use super::stage::Stage;
use super::state::{Derived, State};
use crate::engine::moment::Moment;
use crate::report::why::Bound;
use crate::timeline::layout::{AXIS_PX, Layout, View};
use crate::timeline::scene::{Lane, Scene};
use legend::Legend;
use paint::paint;
use palette::Palette;
use tip::{Tip, TipView};

mod cross;
mod legend;
mod marked;
mod paint;
pub(super) mod palette;
mod tip;

/// Least and most height of the view.
const VIEW_PX: (f64, f64) = (240.0, 620.0);
/// The view takes this share of the window's height, if the content is as high.
const VIEW_SHARE: f64 = 0.62;

/// What a frame draws with, kept from frame to frame.
#[derive(Default)]
struct Studio {
    scene: Scene,
    layout: Layout,
    /// And at which look of the page it was read.
    palette: Option<(u32, Palette)>,
}

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

    Effect::new(move |_| {
        playground.frame.track();
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
            let selected = playground.selected.get();
            let new_tip = playground.read(|stage| {
                draw(stage, studio, &canvas, view, &palette);
                marked::mark(selected, &studio.layout, &canvas, view, &palette.accent);
                content_px.set(studio.layout.content_px);
                pointer
                    .get()
                    .and_then(|at| tip::at(stage, &studio.layout, view, at))
            });
            studio.palette = Some((look, palette));
            tip.set(new_tip.flatten());
        });
    });

    observe_width(viewport, width_px);
    let point = move |event: PointerEvent| {
        pointer.set(Some((
            f64::from(event.offset_x()),
            f64::from(event.offset_y()),
        )));
    };
    // The cross behind the bar of a task that goes on. Its twin in the tasks table is a button.
    let cancel = move |event: MouseEvent| {
        let at = (f64::from(event.offset_x()), f64::from(event.offset_y()));
        let view = View {
            width_px: width_px.get_untracked(),
            height_px: view_px.get_untracked(),
            scroll_px: scroll_px.get_untracked(),
        };
        let task = studio.with_value(|studio| {
            let layout = &studio.borrow().layout;
            playground.read(|stage| cross::at(stage, layout, view, at))
        });
        if let Some((lane, task)) = task.flatten() {
            playground.cancel(lane, task);
        }
    };
    view! {
        <figure class="chart" aria-label="Timeline">
            <div
                class="viewport"
                tabindex="0"
                role="group"
                aria-label="Timeline, scrollable"
                style:height=text(move || px(view_px.get()))
                node_ref=viewport
                on:scroll=move |_| if let Some(viewport) = viewport.get() { scroll_px.set(f64::from(viewport.scroll_top())) }
            >
                <div class="content" style:height=text(move || px(content_px.get() + AXIS_PX))>
                    <canvas
                        node_ref=canvas
                        role="img"
                        aria-label=text(move || description(playground))
                        on:pointermove=point
                        on:pointerdown=point
                        on:pointerleave=move |_| pointer.set(None)
                        on:click=cancel
                    ></canvas>
                </div>
            </div>
            <TipView tip=tip width_px=width_px />
            <Legend />
        </figure>
    }
}

fn description(playground: Playground) -> String {
    playground.tick.track();
    let names = playground.read(|stage| {
        stage
            .lanes
            .iter()
            .map(|lane| lane.name())
            .collect::<Vec<_>>()
            .join(", ")
    });
    let names = names
        .filter(|names| !names.is_empty())
        .unwrap_or_else(|| "no run yet".into());
    format!("Bars on one time axis: {names}. The tasks table holds the same in numbers.")
}

/// Trace → rows → scene → paint, for what the view shows.
fn draw(
    stage: &Stage,
    studio: &mut Studio,
    canvas: &HtmlCanvasElement,
    view: View,
    palette: &Palette,
) {
    studio.layout = Layout::new(view.width_px, &stage.row_counts());
    let layout = &studio.layout;
    let scale = stage.scale(layout);
    let names: Vec<String> = stage.lanes.iter().map(|lane| lane.name()).collect();
    let lanes: Vec<Lane<'_>> = stage
        .lanes
        .iter()
        .zip(&names)
        .map(|(lane, name)| Lane {
            name,
            rows: &lane.rows,
            now: lane.now(),
            can_cancel: !stage.is_simulated && lane.rows.finished().is_none(),
            ideal: lane
                .verdict
                .as_ref()
                .filter(|verdict| !matches!(verdict.why.bound, Bound::Stopped | Bound::Connections))
                .map(|verdict| Moment::ZERO + verdict.figures.ideal),
        })
        .collect();
    studio.scene.draw(&lanes, layout, view, &scale);
    let Some(context) = context(canvas, view) else {
        return;
    };
    paint(&studio.scene, &context, view, palette);
}

/// The canvas's context, its size fitted to the view and the screen.
pub(super) fn context(canvas: &HtmlCanvasElement, view: View) -> Option<CanvasRenderingContext2d> {
    let ratio = window().device_pixel_ratio();
    let (width, height) = (
        (view.width_px * ratio).round() as u32,
        (view.height_px * ratio).round() as u32,
    );
    if canvas.width() != width || canvas.height() != height {
        canvas.set_width(width);
        canvas.set_height(height);
        let _ = canvas.set_attribute(
            "style",
            &format!("width:{};height:{}", px(view.width_px), px(view.height_px)),
        );
    }
    canvas.get_context("2d").ok().flatten()?.dyn_into().ok()
}

pub(super) fn observe_width(viewport: NodeRef<html::Div>, width_px: State<f64>) {
    Effect::new(move |_| {
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
