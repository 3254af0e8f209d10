//! Fuzzing on stable Rust: inputs of a corpus, mutated at random for a while, must keep what every reader promises.
//!
//! `make fuzz` gives each reader `FUZZ_SECONDS` seconds (30 unless it is told otherwise) and a seed of its own, `FUZZ_SEED`,
//! which it prints; within `make test` each gets half a second and always the same seed. What breaks a promise is left in
//! `target/fuzz-found/`, and belongs into `tests/fuzz/corpus/` once it is mended. Mutation is blind: no coverage leads it, as
//! libFuzzer's would; the dictionary and the splicing of inputs make up for some of that.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may")]
#![expect(
    clippy::disallowed_methods,
    reason = "it runs natively, and by the clock"
)]

#[path = "fuzz/mutate.rs"]
mod mutate;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crawl_playground::engine::crawl::facts::{
    MAX_KEYS, MAX_LINKS, PageFacts, ReadOptions, Received, TEXT_CHARS, read, wire,
};
use crawl_playground::engine::crawl::links::{header, links, refresh, srcset};
use crawl_playground::engine::random::Random;
use mutate::mutate;
use url::Url;

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

/// What every page's facts keep to.
fn check_facts(content_type: &str, body: &[u8], relative_json: bool) -> PageFacts {
    let url = Url::parse("https://example.org/dir/page").unwrap();
    let received = Received {
        url,
        content_type: content_type.to_owned(),
        link_header: None,
        body: body.to_vec(),
        options: ReadOptions {
            relative_json,
            ..ReadOptions::default()
        },
    };
    let facts = read(&received);
    assert!(facts.links.len() <= MAX_LINKS && facts.keys.len() <= MAX_KEYS);
    for link in &facts.links {
        assert!(matches!(link.url.scheme(), "http" | "https"));
        assert_eq!(link.url.fragment(), None);
        assert_eq!(Url::parse(link.url.as_str()).as_ref(), Ok(&link.url));
    }
    let texts = [&facts.title, &facts.h1, &facts.description, &facts.language];
    for text in texts.into_iter().flatten().chain(&facts.keys) {
        assert!(!text.is_empty() && text.chars().count() <= TEXT_CHARS);
    }
    assert_eq!(wire::decode(&wire::encode(&facts)).as_ref(), Some(&facts));
    facts
}

#[test]
fn html() {
    fuzz("html", |body| {
        let facts = check_facts("text/html", body, false);
        if let Ok(text) = std::str::from_utf8(body)
            && !body.starts_with("\u{feff}".as_bytes())
            && facts.problem.is_none()
            && !text.contains("charset")
            && !text.contains("<?xml")
        {
            let base = Url::parse("https://example.org/dir/page").unwrap();
            assert_eq!(links(text, "text/html", &base), facts.links);
        }
    });
}

#[test]
fn json() {
    fuzz("json", |body| {
        let absolute = check_facts("application/json", body, false);
        let relative = check_facts("application/json", body, true);
        // By choice there are more, and the others among them.
        assert!(relative.links.len() >= absolute.links.len());
        // What is JSON by another reader's word is read to its end.
        let is_json = serde_json::from_slice::<serde_json::Value>(body).is_ok();
        assert!(
            !is_json || absolute.problem.is_none(),
            "{:?}",
            absolute.problem
        );
    });
}

#[test]
fn sitemap() {
    fuzz("xml", |body| {
        check_facts("text/xml", body, false);
    });
}

#[test]
fn header() {
    fuzz("link", |body| {
        let value = String::from_utf8_lossy(body);
        let base = Url::parse("https://example.org/dir/page").unwrap();
        for found in header::parse(&value, &base) {
            assert!(matches!(found.link.url.scheme(), "http" | "https"));
        }
        assert!(srcset::candidates(&value).count() <= value.len());
        let _ = refresh::target(&value);
    });
}

#[test]
fn wire_format() {
    fuzz("wire", |bytes| {
        if let Some(facts) = wire::decode(bytes) {
            assert_eq!(wire::decode(&wire::encode(&facts)), Some(facts));
        }
    });
}

/// Writes the corpus of the wire format anew, after it has changed: `cargo test --test fuzz -- --ignored`.
#[test]
#[ignore = "it writes into the source"]
fn write_wire_corpus() {
    let body = corpus("html").concat();
    let facts = check_facts("text/html", &body, false);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus/facts.wire");
    std::fs::write(path, wire::encode(&facts)).unwrap();
}
