//! The curves of a sweep: times on one axis, and below it the peak, with the setting as it is and the knee marked.

use std::fmt::Write;

use leptos::prelude::*;

use crate::report::units::span;
use crate::report::what_if::what_if_in_full;
use crate::sim::prediction::Prediction;
use crate::sim::sweep::{Axis, Curve};
use crate::ui::dynamic::each;

/// Size of the drawing, in its own units.
const WIDTH: i32 = 288;
const HEIGHT: i32 = 172;
/// Room for the marks at its edges.
const MARGIN: i32 = 6;
/// Top and bottom of the times' part, and of the peak's.
const TIMES: (i32, i32) = (32, 106);
const PEAK: (i32, i32) = (128, 156);

/// A figure that is drawn: its style, and what it is of a prediction.
type Figure = (&'static str, fn(&Prediction) -> Option<f64>);

/// All times are in seconds.
const FIGURES: [Figure; 3] = [
    ("curve", |prediction| Some(prediction.total.as_secs_f64())),
    ("curve done", |prediction| {
        Some(prediction.done_p95?.as_secs_f64())
    }),
    ("curve p95", |prediction| {
        Some(prediction.latency_p95?.as_secs_f64())
    }),
];
/// What their lines mean, and where that is said.
const KEYS: [(i32, &str, &str); 3] = [
    (MARGIN, "curve", "total"),
    (60, "curve done", "95\u{a0}% of tasks done"),
    (200, "curve p95", "latency p95"),
];

/// The drawing, whose name says the same in words.
pub(super) fn drawing(curve: &Curve) -> AnyView {
    let known = || curve.points.iter().filter_map(|point| point.prediction);
    let longest = known().map(|prediction| prediction.total).max();
    let longest = longest.unwrap_or_default();
    let highest = known().map(|prediction| prediction.peak).max();
    let highest = highest.unwrap_or_default().max(1);
    let last = curve.points.last().map_or(1, |point| point.setting).max(1);
    let x = |setting: u32| {
        // Twice as many is as far, wherever one stands; delays begin with none, so they are even.
        let share = match curve.axis {
            Axis::Concurrency => f64::from(setting.max(1)).ln() / f64::from(last).ln().max(1e-9),
            Axis::DelayMs => f64::from(setting) / f64::from(last),
        };
        MARGIN + (share * f64::from(WIDTH - 2 * MARGIN)) as i32
    };
    let time_y = |seconds: f64| within(TIMES, seconds / longest.as_secs_f64().max(1e-3));
    let peak_y = |peak: u32| within(PEAK, f64::from(peak) / f64::from(highest));

    let mut paths = vec![
        ("base", format!("M{MARGIN} {}H{}", TIMES.1, WIDTH - MARGIN)),
        ("base", format!("M{MARGIN} {}H{}", PEAK.1, WIDTH - MARGIN)),
    ];
    let at = |place: Option<usize>| {
        let point = place.and_then(|place| curve.points.get(place))?;
        Some((x(point.setting), point.prediction?))
    };
    if let Some((x, _)) = at(curve.knee) {
        paths.push(("knee", format!("M{x} {}V{}", TIMES.0 - MARGIN, PEAK.1)));
    }
    for (style, figure) in FIGURES {
        let mut line = String::new();
        for point in &curve.points {
            if let Some(value) = point.prediction.as_ref().and_then(figure) {
                let letter = if line.is_empty() { 'M' } else { 'L' };
                let _ = write!(line, "{letter}{} {}", x(point.setting), time_y(value));
            }
        }
        paths.push((style, line));
    }
    // A peak is a whole number, so it goes in steps.
    let mut steps = String::new();
    for point in &curve.points {
        if let Some(prediction) = point.prediction {
            let (x, y) = (x(point.setting), peak_y(prediction.peak));
            let _ = match steps.is_empty() {
                true => write!(steps, "M{x} {y}"),
                false => write!(steps, "H{x}V{y}"),
            };
        }
    }
    paths.push(("curve", steps));
    let mut texts = vec![
        (MARGIN, TIMES.0 - 8, span(longest)),
        (
            MARGIN,
            PEAK.0 - 6,
            format!("peak in flight, up to {highest}"),
        ),
        (MARGIN, HEIGHT - 4, first_name(curve)),
    ];
    for (x, style, name) in KEYS {
        paths.push((style, format!("M{x} 6h12")));
        texts.push((x + 16, 10, name.to_owned()));
    }
    let end = last_name(curve.axis, last);
    let now = at(curve.current);
    let dots = now.map(|(x, now)| [(x, time_y(now.total.as_secs_f64())), (x, peak_y(now.peak))]);
    view! {
        <svg viewBox=format!("0 0 {WIDTH} {HEIGHT}") role="img" aria-label=what_if_in_full(curve)>
            {each(paths, |(style, d)| view! { <path class=style d=d /> })}
            {each(texts, |(x, y, text)| view! { <text x=x y=y>{text}</text> })}
            <text class="end" x=WIDTH - MARGIN y=HEIGHT - 4>{end}</text>
            {each(dots.into_iter().flatten(), |(x, y)| view! { <circle cx=x cy=y r="4" /> })}
        </svg>
    }
    .into_any()
}

fn within((top, bottom): (i32, i32), share: f64) -> i32 {
    bottom - (share * f64::from(bottom - top)) as i32
}

fn first_name(curve: &Curve) -> String {
    curve
        .points
        .first()
        .map_or(0, |point| point.setting)
        .to_string()
}

fn last_name(axis: Axis, last: u32) -> String {
    match axis {
        Axis::Concurrency => format!("{last} at once"),
        Axis::DelayMs => format!("{last}\u{a0}ms of delay"),
    }
}
