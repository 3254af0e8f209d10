//! Native benchmarks against named peers, measured in the same process.
//!
//! `cargo run --profile native --package native_bench -- [PREFIX] [--json PATH]` prints a table of the figures whose
//! names begin with PREFIX, and writes them to PATH for `make bench` to collect. `-- --names` prints what there is to measure:
//! each belongs into a process of its own, since what one has freed would be room for the next. `-- --segments TASKS PATH` writes the
//! segments of a run of so many tasks, for those that draw them.

use std::process::ExitCode;

use figure::Figure;

mod crawl;
mod figure;
mod handoff;
mod links;
mod measure;
mod memory;
mod peers;
mod replay;
mod segments;
mod sim;
mod simulation;
mod sweep;
mod uncontended;
mod url_bytes;

/// A benchmark: its name, and what measures it.
type Bench = (&'static str, fn() -> Vec<Figure>);

const BENCHES: [Bench; 12] = [
    (handoff::NAME, handoff::figures),
    (uncontended::NAME, uncontended::figures),
    (sim::SLEEPS, sim::sleeps),
    (sim::SEMAPHORE, sim::semaphore),
    (sim::VS_SIMPY, sim::vs_simpy),
    (sweep::NAME, sweep::figures),
    (memory::NAME, memory::figures),
    (url_bytes::NAME, url_bytes::figures),
    (crawl::NAME, crawl::figures),
    (links::NAME, links::figures),
    (replay::NAME, replay::figures),
    (segments::NAME, segments::figures),
];

fn main() -> ExitCode {
    let mut json = None;
    let mut prefix = String::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        if argument == "--json" {
            json = arguments.next();
        } else if argument == "--names" {
            for (name, _) in BENCHES {
                println!("{name}");
            }
            return ExitCode::SUCCESS;
        } else if argument == "--segments" {
            return write_segments(arguments.next(), arguments.next());
        } else {
            prefix = argument;
        }
    }
    let chosen = BENCHES
        .into_iter()
        .filter(|(name, _)| name.starts_with(&prefix));
    let figures: Vec<Figure> = chosen.flat_map(|(_, measure)| measure()).collect();
    print!("{}", figure::table(&figures));
    let Some(path) = json else {
        return ExitCode::SUCCESS;
    };
    match std::fs::write(&path, figure::json(&figures)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("native_bench: could not write {path}: {reason}");
            ExitCode::FAILURE
        }
    }
}

fn write_segments(tasks: Option<String>, path: Option<String>) -> ExitCode {
    let tasks = tasks.and_then(|tasks| tasks.parse().ok());
    let Some((tasks, path)) = tasks.zip(path) else {
        eprintln!(
            "native_bench: --segments wants a number of tasks and a path, as in --segments 532 1k.bin"
        );
        return ExitCode::FAILURE;
    };
    match segments::write(tasks, &path) {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("native_bench: could not write {path}: {reason}");
            ExitCode::FAILURE
        }
    }
}
