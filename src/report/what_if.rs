//! A sweep in words: what the setting is worth as it is, and where more of it stops paying.

use super::units::span;
use crate::engine::strategy::{Setting, Strategy, Use};
use crate::sim::sweep::{Axis, Curve, Point, TOLERANCE};

/// The finding of a sweep of a run by `strategy`. Where that takes no notice of the setting, it is that which is said: it is no
/// finding that nothing changes then.
#[must_use]
pub fn what_if_by(curve: &Curve, strategy: Strategy) -> String {
    let setting = match curve.axis {
        Axis::Concurrency => Setting::Concurrency,
        Axis::DelayMs => Setting::Delay,
    };
    let ends = flat_between(curve).filter(|_| strategy.uses(setting) == Use::No);
    match ends {
        Some(ends) => format!(
            "“{}” takes no notice of it: {ends}. Choose “{}” to see what it makes of a run.",
            strategy.name(),
            Strategy::Semaphore.name()
        ),
        None => what_if(curve),
    }
}

/// The finding of a sweep; empty if it found nothing.
#[must_use]
pub fn what_if(curve: &Curve) -> String {
    if let Some(ends) = flat_between(curve) {
        return format!("It makes no difference: {ends}.");
    }
    let at = |place: Option<usize>| place.and_then(|place| curve.points.get(place));
    let mut sentences = Vec::new();
    if let Some(current) = at(curve.current) {
        sentences.push(format!(
            "As it is, {}: {}.",
            name(curve.axis, current),
            said(current, curve.most)
        ));
    }
    if let Some(knee) = at(curve.knee) {
        let beyond = match curve.axis {
            Axis::Concurrency => "more brings less than 1\u{a0}%",
            Axis::DelayMs => "a shorter one brings less than 1\u{a0}%",
        };
        sentences.push(format!(
            "The knee is {}: {}; {beyond}.",
            name(curve.axis, knee),
            said(knee, curve.most)
        ));
    }
    sentences.join(" ")
}

/// Between which settings it is worth nothing, whatever it is, and how long it takes with any.
fn flat_between(curve: &Curve) -> Option<String> {
    let (first, last) = (curve.points.first()?, curve.points.last()?);
    let runs = || curve.points.iter().map(|point| point.prediction);
    let totals = || runs().flatten().map(|run| run.total);
    let (least, most) = (totals().min()?, totals().max()?);
    let is_flat = most <= least.mul_f64(1.0 + TOLERANCE)
        && runs().all(|run| run.is_some_and(|run| run.brought == curve.most));
    is_flat.then(|| {
        format!(
            "{} or {}, it takes {}",
            name(curve.axis, first),
            name(curve.axis, last),
            span(least)
        )
    })
}

/// The same and where the curve begins and ends: for who does not see it.
#[must_use]
pub fn what_if_in_full(curve: &Curve) -> String {
    let (Some(first), Some(last)) = (curve.points.first(), curve.points.last()) else {
        return String::new();
    };
    let end = |point: &Point| {
        let done = point.prediction.and_then(|prediction| prediction.done_p95);
        let done = done.map(|done| format!(", 95\u{a0}% of tasks done after {}", span(done)));
        format!(
            "{}: {}{}",
            name(curve.axis, point),
            said(point, curve.most),
            done.unwrap_or_default()
        )
    };
    format!("{} From {} to {}.", what_if(curve), end(first), end(last))
}

/// A setting by its name and number.
fn name(axis: Axis, point: &Point) -> String {
    match axis {
        Axis::Concurrency => format!("{} at once", point.setting),
        Axis::DelayMs => format!("a delay of {}\u{a0}ms", point.setting),
    }
}

fn said(point: &Point, most: usize) -> String {
    let Some(prediction) = point.prediction else {
        return "it would never end".into();
    };
    let p95 = prediction
        .latency_p95
        .map(|p95| format!(", p95 {}", span(p95)))
        .unwrap_or_default();
    let cut = if prediction.brought < most {
        format!(", and only {} of {most} pages come", prediction.brought)
    } else {
        String::new()
    };
    format!(
        "{}, peak {}{p95}{cut}",
        span(prediction.total),
        prediction.peak
    )
}
