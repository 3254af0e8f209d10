//! The picture in words and figures: each number agrees with a run that was really made, in virtual time.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may")]

#[allow(dead_code, reason = "each test crate uses its part")]
#[path = "support/lab.rs"]
mod lab;
#[allow(dead_code, reason = "each test crate uses its part")]
#[path = "support/preset.rs"]
mod preset;

#[path = "report/blame.rs"]
mod blame;
#[path = "report/choice.rs"]
mod choice;
#[path = "report/compared.rs"]
mod compared;
#[path = "report/critical_path.rs"]
mod critical_path;
#[path = "report/detail.rs"]
mod detail;
#[path = "report/figures.rs"]
mod figures;
#[path = "report/log.rs"]
mod log;
#[path = "report/measured.rs"]
mod measured;
#[path = "report/prediction.rs"]
mod prediction;
#[path = "report/reason.rs"]
mod reason;
#[path = "report/table.rs"]
mod table;
#[path = "report/why.rs"]
mod why;

use crawl_playground::engine::run::Run;
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::report;
use crawl_playground::report::figures::Figures;
use crawl_playground::report::why::Why;

/// The figures of a run that is over.
fn figures_of(run: &Run) -> Figures {
    let rows = lab::rows(run);
    Figures::of(&rows, rows.last_end())
}

/// Why a run that is over was not faster.
fn explained(run: &Run, strategy: Strategy) -> Why {
    let rows = lab::rows(run);
    report::why::why(&run.trace(), &rows, &figures_of(run), strategy, false)
}
