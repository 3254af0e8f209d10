//! The scene of any run, whole or up to a cursor: every number is a number, and nothing lies outside the drawing.

use crawl_playground::engine::moment::Moment;
use crawl_playground::engine::outcome::Outcome;
use crawl_playground::engine::trace::{Ending, OriginId, TaskId, Trace, What};
use crawl_playground::engine::wait::Wait;
use crawl_playground::scenario::preset::Preset;
use crawl_playground::timeline::layout::{AXIS_PX, Layout, View};
use crawl_playground::timeline::rows::Rows;
use crawl_playground::timeline::scale::TimeScale;
use crawl_playground::timeline::scene::{Lane, Rect, Role, Scene, Upright};
use crawl_playground::timeline::window::{Extent, Window};
use proptest::prelude::*;

use super::lab::rows;
use super::preset::{lab_presets, run_of_preset};

/// Draws one lane as the page does, with the time axis up to `now`.
fn draw(rows: &Rows, now: Moment, width_px: f64, height_px: f64) -> Scene {
    draw_zoomed(rows, now, (width_px, height_px), Window::WHOLE, now)
}

/// The same in a window of an axis that ends at `end`.
fn draw_zoomed(
    rows: &Rows,
    now: Moment,
    (width_px, height_px): (f64, f64),
    window: Window,
    end: Moment,
) -> Scene {
    let layout = Layout::new(width_px, &[rows.rows().len()]);
    let view = View {
        width_px,
        height_px,
        scroll_px: 0.0,
    };
    let extent = Extent { end, now };
    let scale = window.scale(extent, layout.left_px, layout.plot_width_px);
    let lane = Lane {
        name: "One at a time",
        rows,
        can_cancel: false,
        is_foreseen: false,
        now,
        ideal: Some(now),
    };
    let mut scene = Scene::default();
    scene.draw(&[lane], &layout, view, &scale);
    check(&scene, &layout, &scale, width_px);
    scene
}

/// Marks stand behind the ends of their bars, so a few pixels beyond the last moment are theirs.
const MARK_PX: f64 = 3.0;

fn check(scene: &Scene, layout: &Layout, scale: &TimeScale, width_px: f64) {
    let bottom_px = AXIS_PX + layout.content_px;
    let is_inside = |rect: &Rect| {
        [rect.x, rect.y, rect.w, rect.h]
            .iter()
            .all(|px| px.is_finite())
            && rect.w >= 0.0
            && rect.h >= 0.0
            && rect.x >= scale.left_px() - 1e-6
            && rect.x + rect.w <= scale.right_px() + MARK_PX + 1e-6
            && rect.y >= AXIS_PX
            && rect.y + rect.h <= bottom_px
    };
    let rects = scene
        .bars
        .iter()
        .flatten()
        .chain(&scene.permits)
        .chain(&scene.shades);
    for rect in rects.chain(scene.marks.iter().map(|(rect, _)| rect)) {
        assert!(is_inside(rect), "{rect:?} in {layout:?}");
    }
    for (x, top, bottom, meaning) in &scene.uprights {
        assert!(
            *x >= scale.left_px() - 1e-6 && *x <= scale.right_px() + 1e-6,
            "{meaning:?} at {x}"
        );
        assert!(top.is_finite() && bottom.is_finite());
    }
    for (x, y) in scene.in_flight.iter().flatten() {
        assert!(
            *x >= scale.left_px() && *x <= scale.right_px() && *y >= AXIS_PX && *y <= bottom_px
        );
    }
    for label in &scene.labels {
        assert!(
            label.x >= 0.0 && label.x <= width_px && label.y.is_finite(),
            "{label:?}"
        );
    }
}

/// A trace of `count` tasks that each send a request for `us` microseconds, one after another.
fn one_by_one(count: u32, us: u64) -> Trace {
    let mut trace = Trace::default();
    for id in 0..count {
        let name = trace.text("x");
        trace.push(Moment::ZERO, What::Joined(TaskId(id), name, OriginId(0)));
    }
    for id in 0..count {
        let at = u64::from(id) * us;
        trace.push(
            Moment::from_us(at),
            What::Entered(TaskId(id), Wait::Request),
        );
        trace.push(
            Moment::from_us(at + us),
            What::Ended(
                TaskId(id),
                Outcome::of_status(if id % 7 == 0 { 500 } else { 200 }),
            ),
        );
    }
    trace.push(Moment::ZERO, What::Finished(Ending::Done));
    trace
}

fn folded(trace: &Trace) -> Rows {
    let mut rows = Rows::default();
    rows.advance(trace);
    rows
}

#[test]
fn an_empty_run_has_an_axis_and_a_name() {
    let scene = draw(&Rows::default(), Moment::ZERO, 900.0, 400.0);
    assert!(scene.bars.iter().all(Vec::is_empty) && scene.marks.is_empty());
    assert!(
        scene
            .labels
            .iter()
            .any(|label| label.text == "One at a time")
    );
}

#[test]
fn one_task_fills_the_axis() {
    let rows = folded(&one_by_one(1, 1_000_000));
    let scene = draw(&rows, rows.last_end(), 900.0, 400.0);
    let [bar] = scene.bars[Wait::Request.index()][..] else {
        panic!("one bar")
    };
    let layout = Layout::new(900.0, &[1]);
    assert_eq!((bar.x, bar.w), (layout.left_px, layout.plot_width_px));
    assert_eq!(scene.marks.len(), 1);
}

#[test]
fn a_run_without_length_is_drawn() {
    let rows = folded(&one_by_one(5, 0));
    let scene = draw(&rows, rows.last_end(), 900.0, 400.0);
    assert!(
        scene.bars.iter().all(Vec::is_empty),
        "stretches of no length are left out"
    );
    assert_eq!(scene.marks.len(), 1);
}

#[test]
fn of_ten_thousand_rows_only_the_visible_ones_are_drawn() {
    let rows = folded(&one_by_one(10_000, 700));
    let scene = draw(&rows, rows.last_end(), 900.0, 500.0);
    let bars: usize = scene.bars.iter().map(Vec::len).sum();
    assert!(bars <= 2 * 160, "{bars} bars");
    assert_eq!(
        scene.in_flight[0].len() as f64,
        Layout::new(900.0, &[1]).plot_width_px.ceil()
    );
}

#[test]
fn what_is_foreseen_stands_on_a_shade_under_a_name_of_two_lines() {
    let rows = folded(&one_by_one(3, 700));
    let layout = Layout::new(900.0, &[3, 3]);
    let view = View {
        width_px: 900.0,
        height_px: 500.0,
        scroll_px: 0.0,
    };
    let end = rows.last_end();
    let scale = TimeScale::new(Moment::ZERO, end, layout.left_px, layout.plot_width_px);
    let lane = |name, is_foreseen| Lane {
        name,
        rows: &rows,
        now: end,
        can_cancel: false,
        is_foreseen,
        ideal: None,
    };
    let mut scene = Scene::default();
    let lanes = [lane("At most 3", false), lane("Predicted: At most 5", true)];
    scene.draw(&lanes, &layout, view, &scale);
    let place = layout.lanes[1];
    let shade = Rect {
        x: layout.left_px,
        y: AXIS_PX + place.rows_top_px,
        w: layout.plot_width_px,
        h: place.bottom_px - place.rows_top_px,
    };
    assert_eq!(scene.shades, [shade]);
    let names = scene.labels.iter();
    let names = names.filter(|label| label.role == Role::Name);
    let names: Vec<&str> = names.map(|label| label.text.as_str()).collect();
    assert_eq!(names, ["At most 3", "Predicted", "At most 5"]);
}

#[test]
fn a_scene_is_drawn_anew_into_what_was_there() {
    let rows = rows(&run_of_preset(Preset::Failures));
    let layout = Layout::new(900.0, &[rows.rows().len()]);
    let view = View {
        width_px: 900.0,
        height_px: 500.0,
        scroll_px: 0.0,
    };
    let scale = TimeScale::new(
        Moment::ZERO,
        rows.last_end(),
        layout.left_px,
        layout.plot_width_px,
    );
    let lane = Lane {
        name: "x",
        rows: &rows,
        now: rows.last_end(),
        can_cancel: false,
        is_foreseen: false,
        ideal: None,
    };
    let mut scene = Scene::default();
    scene.draw(&[lane], &layout, view, &scale);
    let once = scene.clone();
    scene.draw(&[lane], &layout, view, &scale);
    assert_eq!(scene, once);
    assert_eq!(
        scene
            .marks
            .iter()
            .filter(|(_, is_failure)| *is_failure)
            .count(),
        4
    );
    assert!(
        scene
            .uprights
            .iter()
            .any(|(.., meaning)| *meaning == Upright::End)
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_preset_in_any_window(
        preset in prop::sample::select(lab_presets().collect::<Vec<_>>()),
        factor in prop_oneof![1e-6..1e-2_f64, 1e-2..1.0_f64],
        at in 0.0..1.0_f64,
        share in 0.2..=1.0_f64,
        width_px in 320.0..2_500.0_f64,
    ) {
        let run = run_of_preset(preset);
        let rows = rows(&run);
        let now = Moment::from_ms(rows.last_end().as_ms() * share);
        let extent = Extent { end: Moment::from_ms(rows.last_end().as_ms() * 1.02), now };
        let window = Window::WHOLE.zoomed(factor, at, extent);
        draw_zoomed(&rows, rows.last_end(), (width_px, 600.0), window, extent.end);
    }

    #[test]
    fn any_preset_up_to_any_cursor_in_any_view(
        preset in prop::sample::select(lab_presets().collect::<Vec<_>>()),
        share in 0.0..=1.0_f64,
        width_px in 320.0..2_500.0_f64,
        height_px in 60.0..1_500.0_f64,
    ) {
        let run = run_of_preset(preset);
        let trace = run.trace();
        let mut part = Trace::default();
        let count = (share * trace.events().len() as f64) as usize;
        trace.events().iter().take(count).for_each(|event| part.push(event.at, event.what));
        let now = part.events().last().map_or(Moment::ZERO, |event| event.at);
        draw(&folded(&part), now, width_px, height_px);
    }
}
