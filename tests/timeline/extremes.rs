//! What bad input gets: runs of no tasks, of no time, of hours, of ten thousand bars that are all the same. Whatever it is,
//! every number is a number, no label lies on another, and there are never more of them than there is room for.

use crawl_playground::engine::moment::Moment;
use crawl_playground::engine::outcome::Outcome;
use crawl_playground::engine::trace::{Ending, OriginId, TaskId, Trace, What};
use crawl_playground::engine::wait::Wait;
use crawl_playground::report::sentence::bar;
use crawl_playground::report::{critical_path::critical_path, detail::detail, figures::Figures};
use crawl_playground::timeline::axis::width_px;
use crawl_playground::timeline::layout::{Layout, View};
use crawl_playground::timeline::rows::Rows;
use crawl_playground::timeline::scene::{Label, Lane, Role, Scene};
use crawl_playground::timeline::window::{Extent, Window};
use proptest::prelude::*;

use super::lab;
use super::preset::{lab_presets, run_of_preset};

const HOUR_US: u64 = 3_600_000_000;

/// A run of `tasks` that wait for a permit and then ask, `us` microseconds each, on a clock that ticks each `tick_us`.
fn run_of(tasks: u32, us: u64, tick_us: u64, ending: Option<Ending>) -> Trace {
    let mut trace = Trace::default();
    let tick = |at: u64| Moment::from_us(at / tick_us * tick_us);
    for id in 0..tasks {
        let name = trace.text("lab/delay/1");
        trace.push(Moment::ZERO, What::Joined(TaskId(id), name, OriginId(0)));
        trace.push(Moment::ZERO, What::Entered(TaskId(id), Wait::Permit));
        trace.push(tick(us), What::Entered(TaskId(id), Wait::Request));
        trace.push(tick(us), What::Status(TaskId(id), 200));
    }
    for id in 0..tasks {
        trace.push(
            tick(2 * us),
            What::Ended(TaskId(id), Outcome::of_status(200)),
        );
    }
    if let Some(ending) = ending {
        trace.push(tick(2 * us), What::Finished(ending));
    }
    trace
}

fn folded(trace: &Trace) -> Rows {
    let mut rows = Rows::default();
    rows.advance(trace);
    rows
}

/// The lanes as the page would draw them.
fn scene_of(lanes: &[(&str, &Rows, Moment)], width_px: f64, window: Window) -> Scene {
    let counts: Vec<usize> = lanes.iter().map(|(_, rows, _)| rows.rows().len()).collect();
    let layout = Layout::new(width_px, &counts);
    let view = View {
        width_px,
        height_px: 600.0,
        scroll_px: 0.0,
    };
    let end = lanes.iter().map(|(.., now)| *now).max().unwrap_or_default();
    let extent = Extent { end, now: end };
    let scale = window.scale(extent, layout.left_px, layout.plot_width_px);
    let lanes: Vec<Lane<'_>> = lanes
        .iter()
        .map(|&(name, rows, now)| Lane {
            name,
            rows,
            now,
            ideal: Some(now),
            can_cancel: rows.finished().is_none(),
            is_foreseen: false,
        })
        .collect();
    let mut scene = Scene::default();
    scene.draw(&lanes, &layout, view, &scale);
    expect_numbers(&scene);
    expect_room(&scene, width_px);
    scene
}

fn expect_numbers(scene: &Scene) {
    let rects = scene.bars.iter().flatten().chain(&scene.permits);
    let rects = rects.chain(&scene.shades).chain(&scene.lag);
    for rect in rects.chain(scene.marks.iter().map(|(rect, _)| rect)) {
        let is_sound = [rect.x, rect.y, rect.w, rect.h]
            .iter()
            .all(|px| px.is_finite());
        assert!(is_sound && rect.w >= 0.0 && rect.h >= 0.0, "{rect:?}");
    }
    for (x, top, bottom, _) in &scene.uprights {
        assert!(x.is_finite() && top.is_finite() && bottom.is_finite());
    }
    for (x, y) in scene.in_flight.iter().chain(&scene.queued).flatten() {
        assert!(x.is_finite() && y.is_finite());
    }
}

/// The box of a label: left, right, top, bottom. Letters are as wide as in the widest of the page's fonts.
fn room(label: &Label) -> [f64; 4] {
    let (per_letter, height) = match label.role {
        Role::Name => (7.6 / 7.0, 9.0),
        Role::Number => (6.2 / 7.0, 7.5),
        Role::Detail | Role::Tick | Role::Failure | Role::Cancel => (1.0, 8.0),
    };
    let width = width_px(&label.text) * per_letter;
    let left = if label.role == Role::Number {
        label.x - width
    } else {
        label.x
    };
    [left, left + width, label.y - height, label.y]
}

fn expect_room(scene: &Scene, width_px: f64) {
    for (index, label) in scene.labels.iter().enumerate() {
        assert!(
            !label.text.contains("NaN") && !label.text.contains("inf"),
            "{label:?}"
        );
        let [left, right, top, bottom] = room(label);
        assert!(left >= 0.0 && left <= width_px, "{label:?}");
        for other in &scene.labels[index + 1..] {
            let [from, to, above, below] = room(other);
            let is_apart = right <= from || to <= left || bottom <= above || below <= top;
            assert!(is_apart, "{label:?} lies on {other:?}");
        }
    }
}

#[test]
fn names_of_any_length_stay_in_their_place() {
    let rows = folded(&run_of(40, 1_000, 1, Some(Ending::Done)));
    let names = [
        "A · 3, as completed, simulated",
        "C · The first to answer, simulated",
        "Predicted: 12, as completed",
        "Predicted: The first to answer",
        "At most 1000 → 1000 → 1000",
        "Donaudampfschifffahrtsgesellschaft",
        "Predicted: Donaudampfschifffahrtsgesellschaft",
    ];
    for name in names {
        let lanes = [(name, &rows, rows.last_end())];
        let scene = scene_of(&lanes, 900.0, Window::WHOLE);
        let layout = Layout::new(900.0, &[40]);
        let of_name = scene.labels.iter().filter(|label| label.role == Role::Name);
        for label in of_name {
            let [_, right, ..] = room(label);
            assert!(right < layout.left_px - 12.0, "{label:?}");
        }
    }
}

/// All that is said of a run.
fn expect_words(trace: &Trace) {
    let rows = folded(trace);
    let now = rows.last_end();
    let figures = Figures::of(&rows, now);
    let mut words = format!("{figures:?}{:?}", critical_path(trace));
    for index in [0, rows.rows().len() / 2] {
        words += &bar("At most 3", index, &rows, trace, now).unwrap_or_default();
        words += &format!("{:?}", detail(trace.events(), TaskId(index as u32), now));
    }
    assert!(!words.contains("NaN") && !words.contains("inf"), "{words}");
}

#[test]
fn any_run_at_any_width() {
    let runs = [
        ("empty", run_of(0, 0, 1, Some(Ending::Done))),
        ("of one task", run_of(1, 250_000, 1, Some(Ending::Done))),
        ("of no length", run_of(12, 0, 1, Some(Ending::Done))),
        (
            "stopped in its first millisecond",
            run_of(12, 300, 100, Some(Ending::Stopped)),
        ),
        (
            "on a clock that stands still",
            run_of(12, 40, 100, Some(Ending::Done)),
        ),
        ("of hours", run_of(12, 2 * HOUR_US, 1, Some(Ending::Done))),
        ("of microseconds", run_of(12, 7, 1, Some(Ending::Done))),
        ("that goes on", run_of(12, 250_000, 1, None)),
    ];
    for (name, trace) in &runs {
        let rows = folded(trace);
        expect_words(trace);
        for width_px in [200.0, 344.0, 619.0, 620.0, 1_440.0, 3_000.0] {
            let lanes = [
                ("One at a time", &rows, rows.last_end()),
                ("256, as completed", &rows, rows.last_end()),
            ];
            let scene = scene_of(&lanes, width_px, Window::WHOLE);
            let ticks = scene
                .labels
                .iter()
                .filter(|label| label.role == Role::Tick)
                .count();
            assert!(
                ticks as f64 <= width_px / 40.0,
                "{name}: {ticks} ticks in {width_px} px"
            );
        }
    }
}

#[test]
fn ten_thousand_identical_bars_are_as_many_as_there_is_room_for() {
    let trace = run_of(10_000, 250_000, 1, Some(Ending::Done));
    expect_words(&trace);
    let rows = folded(&trace);
    let scene = scene_of(
        &[("At most 3", &rows, rows.last_end())],
        1_200.0,
        Window::WHOLE,
    );
    let bars: usize = scene.bars.iter().map(Vec::len).sum();
    assert!(bars <= 2 * 200, "{bars} bars");
    assert!(scene.labels.len() < 30, "{} labels", scene.labels.len());
    assert!(
        scene.labels.iter().all(|label| label.role != Role::Number),
        "rows of three pixels have no numbers"
    );
}

#[test]
fn hours_and_microseconds_have_units_of_their_own() {
    let units_of: [(u64, &[&str]); 5] = [
        (2 * HOUR_US, &["min", "h"]),
        (30 * HOUR_US, &["h"]),
        (40_000_000, &["s"]),
        (40_000, &["ms"]),
        (40, &["µs"]),
    ];
    for (us, expected) in units_of {
        let rows = folded(&run_of(3, us / 2, 1, Some(Ending::Done)));
        let scene = scene_of(
            &[("At most 3", &rows, rows.last_end())],
            1_200.0,
            Window::WHOLE,
        );
        let ticks = scene
            .labels
            .iter()
            .filter(|label| label.role == Role::Tick && label.text.len() > 1);
        let mut units: Vec<&str> = Vec::new();
        for label in ticks {
            let parts = label.text.split([' ', '\u{a0}']).skip(1).step_by(2);
            let new: Vec<&str> = parts.filter(|unit| !units.contains(unit)).collect();
            units.extend(new);
        }
        assert_eq!(units, expected, "an axis of {us} µs");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn labels_of_any_preset_lie_apart(
        preset in prop::sample::select(lab_presets().collect::<Vec<_>>()),
        factor in prop_oneof![Just(1.0), 1e-3..1.0_f64],
        at in 0.0..1.0_f64,
        width_px in 320.0..2_500.0_f64,
    ) {
        let run = run_of_preset(preset);
        let rows = lab::rows(&run);
        let end = rows.last_end();
        let window = Window::WHOLE.zoomed(factor, at, Extent { end, now: end });
        scene_of(&[("The first to answer", &rows, end), ("At most 3", &rows, end)], width_px, window);
    }

    #[test]
    fn words_on_changes_and_spans_lie_apart(
        changes in prop::collection::vec((0..1_000_000_u64, 0..6_u8), 0..40),
        factor in prop_oneof![Just(1.0), 1e-3..1.0_f64],
        width_px in 320.0..2_500.0_f64,
    ) {
        let mut trace = Trace::default();
        let name = trace.text("x");
        trace.push(Moment::ZERO, What::Joined(TaskId(0), name, OriginId(0)));
        trace.push(Moment::ZERO, What::Entered(TaskId(0), Wait::Request));
        let mut changes = changes;
        changes.sort_unstable();
        for (at, what) in changes {
            trace.push(Moment::from_us(at), change(what, at));
        }
        trace.push(Moment::from_us(1_000_000), What::Ended(TaskId(0), Outcome::Network));
        let rows = folded(&trace);
        let end = Moment::from_us(1_000_000);
        let window = Window::WHOLE.zoomed(factor, 0.5, Extent { end, now: end });
        scene_of(&[("At most 3", &rows, end)], width_px, window);
    }
}

/// One of the things that are told on the strip.
fn change(what: u8, at: u64) -> What {
    match what {
        0 => What::Limit((at % 256) as u32),
        1 => What::Hidden(true),
        2 => What::Hidden(false),
        3 => What::Paused(true),
        4 => What::Paused(false),
        _ => What::HostDelay(std::time::Duration::from_micros(at * 5).into()),
    }
}
