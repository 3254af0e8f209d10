//! The strip that shows the whole of the runs, and the window on it. It is seen while only a part is in view.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlCanvasElement, PointerEvent};

use super::frame::{Sheet, context};
use super::keys;
use super::navigator::Navigator;
use super::palette::Palette;
use crate::timeline::layout::View;
use crate::timeline::window::Window;
use crate::ui::dynamic::text;
use crate::ui::stage::Stage;
use crate::ui::state::Derived;

/// Height of the strip.
const HEIGHT_PX: f64 = 28.0;
/// The window's frame is never narrower.
const LEAST_PX: f64 = 4.0;

/// A slider whose thumb is the window. It takes the keys of the picture.
#[component]
pub(super) fn Minimap(navigator: Navigator, map: NodeRef<html::Canvas>) -> impl IntoView {
    let playground = navigator.playground;
    // In ms: when the window begins, and when there is no more.
    let place = Derived::new(move || {
        playground.tick.track();
        let shown = playground.window.get();
        // Nobody sees it then.
        let extent = playground.read(Stage::extent).filter(|_| !shown.is_whole());
        extent.map_or((0, 0), |extent| {
            let (start, _) = shown.range(extent);
            (start.as_us() / 1_000, extent.end.as_us() / 1_000)
        })
    });
    // How far the pointer is from the window's middle while it drags that.
    let grabbed = StoredValue::new(0.0);
    let share = move |event: &PointerEvent| {
        let width_px = map
            .get_untracked()
            .map_or(0, |canvas| canvas.client_width());
        f64::from(event.offset_x()) / f64::from(width_px.max(1))
    };
    let drag = move |event: &PointerEvent| {
        let at = share(event) - grabbed.get_value();
        navigator.look(|window, extent| window.centred(at, extent));
    };
    let grab = move |event: PointerEvent| {
        if let Some(strip) = event.target().and_then(|it| it.dyn_into::<Element>().ok()) {
            let _ = strip.set_pointer_capture(event.pointer_id());
        }
        let shown = playground.window.get_untracked();
        let extent = playground.read(Stage::extent);
        let (before, width) = extent.map_or((0.0, 1.0), |extent| shown.place(extent));
        let off = share(&event) - (before + width / 2.0);
        // What is pressed outside the window brings its middle there.
        grabbed.set_value(if off.abs() <= width / 2.0 { off } else { 0.0 });
        drag(&event);
    };
    view! {
        <div
            class="minimap"
            role="slider"
            tabindex="0"
            aria-label="Window of time"
            aria-valuemin="0"
            aria-valuemax=text(move || place.get().1.to_string())
            aria-valuenow=text(move || place.get().0.to_string())
            aria-valuetext=text(move || navigator.told.get())
            on:keydown=move |event| keys::press(&event, navigator)
            on:pointerdown=grab
            on:pointermove=move |event| if event.buttons() & 1 == 1 { drag(&event) }
        >
            <canvas node_ref=map aria-hidden="true"></canvas>
        </div>
    }
}

/// Where the strip is drawn, and what of.
pub(super) struct Map<'a> {
    pub(super) canvas: &'a HtmlCanvasElement,
    pub(super) shown: Window,
    /// While these are the same, so are the curves: the picture's frame, the page's look, and how wide the picture is.
    pub(super) of: (u32, u32, f64),
}

/// The strip as it was drawn: its curves apart from the window on them, which alone moves in a pan.
pub(super) struct Strip {
    of: (u32, u32, f64),
    sheet: Sheet,
    curves: HtmlCanvasElement,
}

/// Draws requests in flight over the whole time, a lane under the other, and the window on it. Nobody sees it while that is all.
pub(super) fn draw(
    stage: &Stage,
    before: Option<Strip>,
    map: &Map<'_>,
    palette: &Palette,
) -> Option<Strip> {
    if map.shown.is_whole() {
        return before;
    }
    let strip = match before {
        Some(before) if before.of == map.of => before,
        before => Strip::new(stage, before, map, palette)?,
    };
    strip.draw(map.shown.place(stage.extent()), palette);
    Some(strip)
}

impl Strip {
    /// Draws the curves.
    fn new(stage: &Stage, before: Option<Self>, map: &Map<'_>, palette: &Palette) -> Option<Self> {
        let view = View {
            width_px: f64::from(map.canvas.parent_element()?.client_width()),
            height_px: HEIGHT_PX,
            scroll_px: 0.0,
        };
        let (sheet, curves) = match before {
            Some(before) => (Some(before.sheet), before.curves),
            None => {
                let apart = document().create_element("canvas").ok()?;
                (None, apart.dyn_into().ok()?)
            }
        };
        let sheet = Sheet::of(map.canvas, view, sheet)?;
        let context = context(&curves, view)?;
        let (width, height) = (f64::from(curves.width()), f64::from(curves.height()));
        context.clear_rect(0.0, 0.0, width, height);
        palette.request.fill(&context);
        let whole = Window::WHOLE.scale(stage.extent(), 0.0, width);
        let lane_height = height / stage.lanes.len().max(1) as f64;
        for (index, lane) in stage.lanes.iter().enumerate() {
            let steps = lane.rows.in_flight();
            let highest = f64::from(steps.peak().max(1));
            let bottom = ((index + 1) as f64 * lane_height).round();
            let end = whole.px_from_moment(lane.now()).max(0.0).min(width) as u32;
            let (mut place, mut begun, mut tall) = (0, 0, 0.0);
            for column in 0..=end {
                let (from, to) = (f64::from(column), f64::from(column + 1));
                let (start, behind) = (whole.moment_from_px(from), whole.moment_from_px(to));
                let value = steps.highest_from(&mut place, start, behind);
                let next = (f64::from(value) / highest * (lane_height - sheet.ratio)).round();
                // One rectangle for as many columns as are equally high.
                if next != tall || column == end {
                    let begun_px = f64::from(begun);
                    context.fill_rect(begun_px, bottom - tall, from - begun_px, tall);
                    (begun, tall) = (column, next);
                }
            }
        }
        let of = map.of;
        Some(Self { of, sheet, curves })
    }

    /// Draws the curves and the window, of which it is given where it begins, and how much of the whole it is.
    fn draw(&self, (before, share): (f64, f64), palette: &Palette) {
        let Sheet { context, ratio, .. } = &self.sheet;
        let (width, height) = (
            f64::from(self.curves.width()),
            f64::from(self.curves.height()),
        );
        context.clear_rect(0.0, 0.0, width, height);
        let _ = context.draw_image_with_html_canvas_element(&self.curves, 0.0, 0.0);
        let across = (share * width).round().max(LEAST_PX * ratio);
        let left = (before * width).round().min(width - across).max(0.0);
        // What is out of view is paler.
        context.set_global_alpha(0.72);
        palette.panel.fill(context);
        context.fill_rect(0.0, 0.0, left, height);
        context.fill_rect(left + across, 0.0, width - left - across, height);
        context.set_global_alpha(1.0);
        palette.accent.stroke(context);
        let line = (2.0 * ratio).round();
        context.set_line_width(line);
        context.stroke_rect(
            left + line / 2.0,
            line / 2.0,
            (across - line).max(1.0),
            height - line,
        );
    }
}
