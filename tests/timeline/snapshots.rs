//! The scene of each preset, as it is painted: every bar, mark, line, strip and label with its place.

use std::fmt::Write as _;

use crawl_playground::engine::wait::Wait;
use crawl_playground::report::figures::Figures;
use crawl_playground::report::headline::lane_name;
use crawl_playground::scenario::preset::Preset;
use crawl_playground::scenario::{Network, Scenario};
use crawl_playground::timeline::layout::{Layout, View};
use crawl_playground::timeline::rows::Rows;
use crawl_playground::timeline::scene::{Lane, Rect, Scene, Upright};
use crawl_playground::timeline::window::{Extent, Window};

use super::{lab, preset};

const WIDTH_PX: f64 = 900.0;
const HEIGHT_PX: f64 = 560.0;

fn painted(scenario: &Scenario) -> Scene {
    let runs: Vec<(String, Rows)> = scenario
        .strategies()
        .map(|strategy| {
            let rows = lab::rows(&preset::run_of(scenario, strategy));
            let limits: Vec<usize> = rows.limits().collect();
            (lane_name(strategy, &limits), rows)
        })
        .collect();
    let counts: Vec<usize> = runs.iter().map(|(_, rows)| rows.rows().len()).collect();
    let layout = Layout::new(WIDTH_PX, &counts);
    let view = View {
        width_px: WIDTH_PX,
        height_px: HEIGHT_PX,
        scroll_px: 0.0,
    };
    let ends = runs.iter().map(|(_, rows)| rows.last_end());
    let end = ends.max().unwrap();
    let extent = Extent { end, now: end };
    let scale = Window::WHOLE.scale(extent, layout.left_px, layout.plot_width_px);
    let lanes: Vec<Lane<'_>> = runs
        .iter()
        .map(|(name, rows)| Lane {
            name,
            rows,
            now: rows.last_end(),
            can_cancel: false,
            is_foreseen: false,
            ideal: Some(lab::at_ms(0) + Figures::of(rows, rows.last_end()).ideal),
        })
        .collect();
    let mut scene = Scene::default();
    scene.draw(&lanes, &layout, view, &scale);
    scene
}

/// A line for each thing that is painted, its places in pixels. A wait's bars stand in one line, from the top.
fn in_words(scene: &Scene) -> String {
    let mut words = String::new();
    let rects = |rects: &[Rect]| {
        let one = |rect: &Rect| format!(" {:.1},{:.1} {:.1}×{:.1}", rect.x, rect.y, rect.w, rect.h);
        rects.iter().map(one).collect::<String>()
    };
    let points = |points: &[(f64, f64)]| {
        // Where the curve goes up or down; along it nothing is said.
        let turns = points
            .iter()
            .enumerate()
            .filter(|(place, (_, y))| *place == 0 || points[place - 1].1.to_bits() != y.to_bits());
        turns
            .map(|(_, (x, y))| format!(" {x:.1},{y:.1}"))
            .collect::<String>()
    };
    for (wait, bars) in Wait::ALL.iter().zip(&scene.bars) {
        if !bars.is_empty() {
            writeln!(words, "{}:{}", wait.name(), rects(bars)).unwrap();
        }
    }
    for (rect, has_failed) in &scene.marks {
        let kind = if *has_failed { "failed" } else { "cancelled" };
        writeln!(words, "{kind}:{}", rects(&[*rect])).unwrap();
    }
    for (x, top, bottom, meaning) in &scene.uprights {
        if !matches!(meaning, Upright::Tick) {
            writeln!(words, "{meaning:?}: {x:.1} from {top:.1} to {bottom:.1}").unwrap();
        }
    }
    writeln!(words, "permits:{}", rects(&scene.permits)).unwrap();
    for curve in &scene.in_flight {
        writeln!(words, "in flight:{}", points(curve)).unwrap();
    }
    for curve in &scene.queued {
        writeln!(words, "queue:{}", points(curve)).unwrap();
    }
    if !scene.lag.is_empty() {
        writeln!(words, "lag:{}", rects(&scene.lag)).unwrap();
    }
    for label in &scene.labels {
        let text = label.text.replace('\u{a0}', " ");
        writeln!(
            words,
            "{:?} “{text}” at {:.1},{:.1}",
            label.role, label.x, label.y
        )
        .unwrap();
    }
    words
}

#[test]
fn each_preset_is_painted_so() {
    for preset in preset::lab_presets() {
        let scene = painted(&Scenario::of(preset, Network::Lab));
        insta::assert_snapshot!(format!("scene-{}", preset.name()), in_words(&scene));
    }
}

#[test]
fn the_strip_has_the_lag_of_a_blocked_loop_the_queues_of_a_pipeline_and_the_line_of_the_ideal() {
    let scene = painted(&Scenario::of(Preset::Blocking, Network::Lab));
    let highest = scene.lag.iter().map(|column| column.h).fold(0.0, f64::max);
    // The longest lag fills the strip from its top; 26 pixels, as the layout has it.
    assert!((highest - 26.0).abs() < 1e-9, "{highest}");
    let scene = painted(&Scenario::of(Preset::Trap, Network::Lab));
    let highest = |curve: &Vec<(f64, f64)>| curve.iter().map(|(_, y)| *y).fold(f64::MAX, f64::min);
    let lowest = |curve: &Vec<(f64, f64)>| curve.iter().map(|(_, y)| *y).fold(0.0, f64::max);
    let moves = scene
        .queued
        .iter()
        .filter(|curve| lowest(curve) - highest(curve) > 10.0);
    assert!(moves.count() > 0, "{:?}", scene.queued.len());
    let is_ideal = |upright: &&(f64, f64, f64, Upright)| matches!(upright.3, Upright::Ideal);
    assert!(scene.uprights.iter().find(is_ideal).is_some());
}
