//! Fuzzing on stable Rust: inputs of a corpus, mutated at random for a while, must keep what every reader promises.
//!
//! `make fuzz` gives each reader `FUZZ_SECONDS` seconds (30 unless it is told otherwise) and a seed of its own, `FUZZ_SEED`,
//! which it prints; within `make test` each gets half a second and always the same seed. What breaks a promise is left in
//! `target/fuzz-found/`, and belongs into `tests/fuzz/corpus/` once it is mended. Mutation is blind: no coverage leads it, as
//! libFuzzer's would; the dictionary and the splicing of inputs make up for some of that. Who has a nightly compiler and
//! cargo-fuzz runs the same checks with coverage: see `fuzz/Cargo.toml`.
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

fn from_environment(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Feeds `check` with inputs until its time is up.
fn fuzz(kind: &str, check: fn(&[u8])) {
    let seconds = from_environment("FUZZ_SECONDS");
    let span = seconds.map_or(Duration::from_millis(500), Duration::from_secs);
    let seed = from_environment("FUZZ_SEED").unwrap_or(7);
    let mut random = Random::seeded(seed);
    let mut inputs = corpus(kind);
    let start = Instant::now();
    let mut count = 0_u64;
    // All of the corpus as it is, and then what can be made of it.
    let originals = inputs.clone();
    let mut originals = originals.into_iter();
    loop {
        let input = match originals.next() {
            Some(input) => input,
            None if start.elapsed() < span => mutate(&inputs, &mut random),
            None => break,
        };
        let began = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| check(&input)));
        if outcome.is_err() || began.elapsed() > PATIENCE {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/fuzz-found");
            std::fs::create_dir_all(&folder).unwrap();
            let path = folder.join(format!("{seed}-{count}.{kind}"));
            std::fs::write(&path, &input).unwrap();
            panic!(
                "input {count} of seed {seed} broke {kind}: see {}",
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
    println!(
        "{kind}: {count} inputs in {:?}, seed {seed}",
        start.elapsed()
    );
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
