//! The region `Summary`: why it was not faster, where the time went, and the figures.

use leptos::prelude::*;

use super::dynamic::{each, part, text};
use super::playground::Playground;
use super::stage::{Lane, Stage};
use super::state::Derived;
use crate::engine::wait::Wait;
use crate::report::prediction;
use crate::report::units::{bytes, fixed, span};
use crate::report::why::{Bound, explanation};
use crate::timeline::rows::Rows;

/// Said of what a run that goes on can't tell yet.
pub(super) const KNOWN_LATER: &str = "Known when the run is over.";

/// The summary of the runs on show.
#[component]
pub(super) fn Summary() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let why = move || {
        playground.tick.track();
        let sentences = playground.read(|stage| {
            let runs = stage.lanes.iter();
            let known = runs.filter_map(|lane| Some((lane.name(), &lane.verdict.as_ref()?.why)));
            explanation(&known.collect::<Vec<_>>())
        });
        sentences.flatten().unwrap_or_else(|| KNOWN_LATER.into())
    };
    let shares = Derived::new(move || {
        playground.tick.track();
        playground.read(shares).unwrap_or_default()
    });
    let table = Derived::new(move || {
        playground.tick.track();
        playground.read(figures).unwrap_or_default()
    });
    view! {
        <section class="summary" aria-label="Summary">
            <h2>"Why not faster?"</h2>
            <p class="why">{text(why)}</p>
            <div class="critical">
                {part(move || each(playground.running.get().table(), |running| (running.critical)()))}
            </div>
            <h3>{text(move || format!("Where the tasks’ time went: {}", table.get().names.last().cloned().unwrap_or_default()))}</h3>
            <ul class="meters">
                {part(move || {
                    each(shares.get(), |(wait, percent)| view! {
                        <li class="meter">
                            <span>{wait.name()}</span>
                            <span class="trough" aria-hidden="true">
                                <i class=format!("fill wait-{}", wait.key()) style:width=format!("{}%", fixed(percent, 1))></i>
                            </span>
                            <span class="num">{format!("{}\u{a0}%", fixed(percent, 0))}</span>
                        </li>
                    })
                })}
            </ul>
            <h3>"Figures"</h3>
            <table class="figures num">
                <thead>
                    <tr>
                        <td></td>
                        {part(move || each(table.get().names, |name| view! { <th scope="col">{name}</th> }))}
                    </tr>
                </thead>
                <tbody>
                    {part(move || each(table.get().lines, |(name, values)| view! {
                        <tr>
                            <th scope="row">{name}</th>
                            {each(values, |value| view! { <td>{value}</td> })}
                        </tr>
                    }))}
                </tbody>
            </table>
        </section>
    }
}

/// Each wait's share of the last run's time, in per cent; the work first, whether there is any or not.
fn shares(stage: &Stage) -> Vec<(Wait, f64)> {
    let figures = stage.lanes.last().and_then(Lane::figures);
    let by_wait = figures.map(|figures| figures.by_wait);
    let by_wait = by_wait.unwrap_or_default();
    let all: f64 = by_wait.iter().map(std::time::Duration::as_secs_f64).sum();
    let always = [
        Wait::Queue,
        Wait::Permit,
        Wait::Request,
        Wait::Download,
        Wait::Pause,
    ];
    Wait::ALL
        .into_iter()
        .map(|wait| {
            (
                wait,
                by_wait[wait.index()].as_secs_f64() / all.max(1e-9) * 100.0,
            )
        })
        .filter(|(wait, percent)| always.contains(wait) || *percent >= 0.5)
        .collect()
}

/// The figures' table: a column a run.
#[derive(Clone, Default, PartialEq)]
struct Figures {
    names: Vec<String>,
    lines: Vec<(&'static str, Vec<String>)>,
}

fn figures(stage: &Stage) -> Figures {
    let line =
        |name, value: &dyn Fn(&Lane) -> String| (name, stage.lanes.iter().map(value).collect());
    let known = |lane: &Lane, value: &dyn Fn(&crate::report::figures::Figures) -> String| {
        lane.figures().map_or_else(|| "–".into(), value)
    };
    let latency =
        |lane: &Lane, value: &dyn Fn(&crate::report::figures::Latency) -> std::time::Duration| {
            known(lane, &|figures| {
                figures
                    .latency
                    .as_ref()
                    .map_or_else(|| "–".into(), |latency| span(value(latency)))
            })
        };
    // What the browser's connections hold up counts as the request's own time, and a stopped run says nothing of its end.
    let at_best =
        |lane: &Lane, value: &dyn Fn(&crate::report::figures::Figures) -> String| match &lane
            .verdict
        {
            Some(verdict) if !matches!(verdict.why.bound, Bound::Stopped | Bound::Connections) => {
                value(&verdict.figures)
            }
            _ => "–".into(),
        };
    let ended = |lane: &Lane| {
        let rows: &Rows = &lane.rows;
        format!("{} of {}", rows.ended(), rows.rows().len())
    };
    Figures {
        names: stage.lanes.iter().map(Lane::name).collect(),
        lines: vec![
            line("Total", &|lane| known(lane, &|figures| span(figures.total))),
            line("Predicted", &|lane| {
                lane.predicted.map_or_else(|| "–".into(), span)
            }),
            line("Off by", &|lane| off_by(lane)),
            line("At best", &|lane| match &lane.verdict {
                Some(verdict) => span(verdict.figures.ideal),
                // That can't be told of a part.
                None => "–".into(),
            }),
            line("Efficiency", &|lane| {
                at_best(lane, &|figures| {
                    format!("{}\u{a0}%", fixed(figures.efficiency() * 100.0, 0))
                })
            }),
            line("Peak in flight", &|lane| {
                lane.rows.in_flight().peak().to_string()
            }),
            line("Loop lag, max", &|lane| match lane.rows.lag_ms() {
                Some(lag) => format!("{}\u{a0}ms", lag.peak()),
                None => "–".into(),
            }),
            line("Latency, p50", &|lane| {
                latency(lane, &|latency| latency.p50)
            }),
            line("Latency, p95", &|lane| {
                latency(lane, &|latency| latency.p95)
            }),
            line("Latency, max", &|lane| {
                latency(lane, &|latency| latency.max)
            }),
            line("Ended", &|lane| ended(lane)),
            line("Failed", &|lane| {
                known(lane, &|figures| figures.failed.to_string())
            }),
            line("Cancelled", &|lane| {
                known(lane, &|figures| figures.cancelled.to_string())
            }),
            line("Bytes", &|lane| {
                known(lane, &|figures| bytes(figures.bytes))
            }),
        ],
    }
}

/// How far the prediction was from what was measured, unless that was another run than was predicted: one that was stopped,
/// or whose settings were changed on the way.
fn off_by(lane: &Lane) -> String {
    let verdict = lane
        .verdict
        .as_ref()
        .filter(|verdict| verdict.why.bound != Bound::Stopped && lane.rows.changes().is_empty());
    let measured = verdict.map(|verdict| verdict.figures.total);
    let off = lane.predicted.zip(measured);
    off.and_then(|(predicted, measured)| prediction::off_by(predicted, measured))
        .unwrap_or_else(|| "–".into())
}
