//! The region `Summary`: why it was not faster, where the time went, and the figures.

use leptos::prelude::*;

use super::dynamic::{each, part, text};
use super::playground::Playground;
use super::stage::{Lane, Stage};
use super::state::Derived;
use crate::engine::wait::Wait;
use crate::report::prediction;
use crate::report::units::{bytes, fixed, grouped, span};
use crate::report::why::{Bound, explanation};

/// Said of what a run that goes on can't tell yet.
pub(super) const KNOWN_LATER: &str = "Known when the run is over.";

/// The summary of the runs on show.
#[component]
pub(super) fn Summary() -> impl IntoView {
    let playground = expect_context::<Playground>();
    let why = move || {
        playground.tick.track();
        let sentences = playground.read(|stage| {
            // It is the last run that is explained.
            stage.lanes.last()?.whole_verdict()?;
            let runs = stage.lanes.iter();
            let known = runs.filter_map(|lane| Some((lane.name(), &lane.whole_verdict()?.why)));
            explanation(&known.collect::<Vec<_>>())
        });
        match sentences.flatten() {
            Some(sentences) => playground.of_the_whole().to_owned() + &sentences,
            None => KNOWN_LATER.into(),
        }
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
            <div class="causes">
                <p class="why">{text(why)}</p>
                <div class="critical">
                    {part(move || each(playground.running.get().table(), |running| (running.critical)()))}
                </div>
            </div>
            // Its name has a line to itself: a longer one moves nothing.
            <h3>
                "Where the tasks’ time went: "
                <span class="whose">{text(move || table.get().names.last().cloned().unwrap_or_default())}</span>
            </h3>
            <ul class="meters">
                {part(move || {
                    each(shares.get(), |(wait, percent)| {
                        let width = fixed(percent.unwrap_or_default(), 1) + "%";
                        let told = percent.map_or_else(|| "–".into(), |percent| fixed(percent, 0) + "\u{a0}%");
                        view! {
                            <li class="meter">
                                <span>{wait.name()}</span>
                                <span class="trough" aria-hidden="true">
                                    <i class=format!("fill wait-{}", wait.key()) style:width=width></i>
                                </span>
                                <span class="num">{told}</span>
                            </li>
                        }
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
            <p class="hint basis">{text(move || table.get().rests_on.join(" "))}</p>
        </section>
    }
}

/// Each wait's share of the last run's time, in per cent, once it is known.
fn shares(stage: &Stage) -> Vec<(Wait, Option<f64>)> {
    let figures = stage.lanes.last().and_then(Lane::figures);
    let by_wait = figures.map(|figures| figures.by_wait);
    let share = |wait: Wait| {
        let spans = by_wait.as_ref()?;
        let all: f64 = spans.iter().map(std::time::Duration::as_secs_f64).sum();
        Some(spans[wait.index()].as_secs_f64() / all.max(1e-9) * 100.0)
    };
    // What a run by these settings can wait for has its line before there is any of it, so that none moves when there is.
    let is_listed = |wait| match wait {
        Wait::Parse => false,
        wait => stage.scenario.meets(wait),
    };
    Wait::ALL
        .into_iter()
        .map(|wait| (wait, share(wait)))
        .filter(|&(wait, percent)| is_listed(wait) || percent.is_some_and(|share| share >= 0.5))
        .collect()
}

/// The figures' table: a column a run.
#[derive(Clone, Default, PartialEq)]
struct Figures {
    names: Vec<String>,
    lines: Vec<(&'static str, Vec<String>)>,
    /// What the predictions among them rest on.
    rests_on: Vec<&'static str>,
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
    let at_best =
        |lane: &Lane, value: &dyn Fn(&crate::report::figures::Figures) -> String| match &lane
            .verdict
        {
            Some(verdict) if !verdict.why.bound.hides_ideal() => value(&verdict.figures),
            _ => "–".into(),
        };
    // Those that were cancelled have a line of their own, and the headline does not count them either.
    let ended = |lane: &Lane| {
        let cancelled = lane.figures().map_or(0, |figures| figures.cancelled);
        match lane.task_count() {
            0 => "0".into(),
            all => {
                let ended = lane.rows.ended().saturating_sub(cancelled);
                [&*grouped(ended), " of ", &grouped(all)].concat()
            }
        }
    };
    let predicted = stage.lanes.iter().filter_map(|lane| lane.predicted);
    let mut rests_on = Vec::new();
    for sentence in predicted.map(|expected| expected.basis.sentence()) {
        if !rests_on.contains(&sentence) {
            rests_on.push(sentence);
        }
    }
    Figures {
        rests_on,
        names: stage.lanes.iter().map(Lane::name).collect(),
        lines: vec![
            line("Total", &|lane| known(lane, &|figures| span(figures.total))),
            line("Predicted", &|lane| {
                let predicted = lane.predicted.map(|expected| expected.total);
                predicted.map_or_else(|| "–".into(), span)
            }),
            line("Off by", &|lane| off_by(lane)),
            line("At best", &|lane| {
                at_best(lane, &|figures| span(figures.ideal))
            }),
            line("Efficiency", &|lane| {
                at_best(lane, &|figures| {
                    format!("{}\u{a0}%", fixed(figures.efficiency() * 100.0, 0))
                })
            }),
            line("Peak in flight", &|lane| {
                lane.rows.in_flight().peak().to_string()
            }),
            line("Browser stalls", &stalled),
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
                known(lane, &|figures| grouped(figures.failed))
            }),
            line("Cancelled", &|lane| {
                known(lane, &|figures| grouped(figures.cancelled))
            }),
            line("Bytes", &|lane| {
                known(lane, &|figures| bytes(figures.bytes))
            }),
        ],
    }
}

/// How long the browser had the requests wait, as far as it tells; of a whole run.
fn stalled(lane: &Lane) -> String {
    let told = lane.stalled.filter(|stalled| stalled.told > 0);
    match told.filter(|_| lane.verdict.is_some()) {
        Some(all) if all.told < all.sent => ["≥\u{a0}", &span(all.total)].concat(),
        Some(all) => span(all.total),
        None => "–".into(),
    }
}

/// How far the prediction was from what was measured, unless that was another run than was predicted: one that was stopped
/// or paused, or whose settings were changed on the way.
fn off_by(lane: &Lane) -> String {
    let is_as_set = lane.rows.changes().is_empty() && lane.rows.paused().is_empty();
    let verdict = lane
        .verdict
        .as_ref()
        .filter(|verdict| verdict.why.bound != Bound::Stopped && is_as_set);
    let measured = verdict.map(|verdict| verdict.figures.total);
    let off = lane.predicted.zip(measured);
    off.and_then(|(predicted, measured)| prediction::off_by(predicted.total, measured))
        .unwrap_or_else(|| "–".into())
}
