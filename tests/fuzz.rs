//! What every reader promises holds for a corpus of inputs, and for what half a second makes of them by chance.
//!
//! This is the part of fuzzing that every `make test` can afford: blind, with a dictionary and always the same seed.
//! `make fuzz` checks the same promises for longer, led by coverage (see `scripts/fuzz.sh`). What breaks one of them, here
//! or there, is left in `target/fuzz-found/`, and belongs into `tests/fuzz/corpus/` once it is mended.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may")]
#![expect(
    clippy::disallowed_methods,
    reason = "it runs natively, and by the clock"
)]

#[path = "fuzz/mutate.rs"]
mod mutate;
#[path = "fuzz/targets.rs"]
mod targets;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crawl_playground::engine::crawl::facts::wire;
use crawl_playground::engine::random::Random;
use mutate::mutate;

/// Any would do. One that stays makes a failure appear again.
const SEED: u64 = 7;
/// How long each reader is given.
const SPAN: Duration = Duration::from_millis(500);
/// No input of these sizes takes longer, by far, on any machine.
const PATIENCE: Duration = Duration::from_secs(5);

/// The corpus: small files, named by what they are.
fn corpus(kind: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == kind))
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "no corpus for {kind}");
    paths
        .iter()
        .map(|path| std::fs::read(path).unwrap())
        .collect()
}

/// Feeds `check` with inputs until its time is up.
fn fuzz(kind: &str, check: fn(&[u8])) {
    let mut random = Random::seeded(SEED);
    let mut inputs = corpus(kind);
    let start = Instant::now();
    let mut count = 0_u64;
    // All of the corpus as it is, and then what can be made of it.
    let originals = inputs.clone();
    let mut originals = originals.into_iter();
    loop {
        let input = match originals.next() {
            Some(input) => input,
            None if start.elapsed() < SPAN => mutate(&inputs, &mut random),
            None => break,
        };
        let began = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| check(&input)));
        if outcome.is_err() || began.elapsed() > PATIENCE {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/fuzz-found");
            std::fs::create_dir_all(&folder).unwrap();
            let path = folder.join(format!("{kind}-{count}"));
            std::fs::write(&path, &input).unwrap();
            panic!(
                "an input broke {kind}: see {}, and keep it in tests/fuzz/corpus/",
                path.display()
            );
        }
        count += 1;
        // Mutants of mutants go further than those of the corpus.
        if count.is_multiple_of(64) {
            if inputs.len() > 256 {
                let place = random.below(inputs.len() as u32) as usize;
                inputs.swap_remove(place);
            }
            inputs.push(input);
        }
    }
}

#[test]
fn html() {
    fuzz("html", targets::html);
}

#[test]
fn json() {
    fuzz("json", targets::json);
}

#[test]
fn sitemap() {
    fuzz("xml", targets::sitemap);
}

#[test]
fn robots() {
    fuzz("robots", targets::robots);
}

#[test]
fn header() {
    fuzz("link", targets::header);
}

#[test]
fn address() {
    fuzz("url", targets::address);
}

#[test]
fn wire_format() {
    fuzz("wire", targets::wire_format);
}

/// Writes the corpus of the wire format anew, after it has changed: `cargo test --test fuzz -- --ignored`.
#[test]
#[ignore = "it writes into the source"]
fn write_wire_corpus() {
    let body = corpus("html").concat();
    let facts = targets::check_facts("text/html", &body, false);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus/facts.wire");
    std::fs::write(path, wire::encode(&facts)).unwrap();
}
