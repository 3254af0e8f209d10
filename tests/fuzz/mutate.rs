//! One input made of others.

use std::sync::LazyLock;

use crawl_playground::engine::random::Random;

/// What parsers look for. `make fuzz` gives libFuzzer the same file.
static WORDS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let lines = include_str!("words.dict").lines();
    let words = lines.filter_map(|line| line.strip_prefix('"')?.strip_suffix('"'));
    words.map(unescaped).collect()
});
const MAX_BYTES: usize = 4_096;

/// The bytes of a dictionary's word, in which `\\`, `\"` and `\x0a` each stand for one.
fn unescaped(word: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = word;
    while let Some((plain, escaped)) = rest.split_once('\\') {
        bytes.extend_from_slice(plain.as_bytes());
        let length = if escaped.starts_with('x') { 3 } else { 1 };
        let (escape, after) = escaped.split_at(length);
        bytes.push(match escape.strip_prefix('x') {
            Some(digits) => u8::from_str_radix(digits, 16).unwrap(),
            None => escape.as_bytes()[0],
        });
        rest = after;
    }
    bytes.extend_from_slice(rest.as_bytes());
    bytes
}

/// Some pieces of the inputs, with some of it changed.
pub(crate) fn mutate(inputs: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut below = |bound: usize| random.below(bound.max(1) as u32) as usize;
    let mut input = inputs[below(inputs.len())].clone();
    for _ in 0..=below(6) {
        let at = below(input.len() + 1);
        match below(6) {
            0 => {
                let word = &WORDS[below(WORDS.len())];
                input.splice(at..at, word.iter().copied());
            }
            1 => {
                let end = input.len().min(at + below(16));
                input.drain(at..end);
            }
            2 if at < input.len() => input[at] = below(256) as u8,
            3 => {
                let other = &inputs[below(inputs.len())];
                let start = below(other.len() + 1);
                let end = other.len().min(start + below(64));
                input.splice(at..at, other[start..end].iter().copied());
            }
            4 => {
                // The same once more, many times: what takes the square of the time shows itself.
                let end = input.len().min(at + below(12));
                let piece = input[at..end].repeat(1 + below(40));
                input.splice(at..at, piece);
            }
            _ => input.truncate(at),
        }
        input.truncate(MAX_BYTES);
    }
    input
}

#[test]
fn words_of_the_dictionary_are_bytes() {
    assert_eq!(unescaped(r#"a\"\\u\x0a\xffz"#), b"a\"\\u\n\xffz");
    assert!(WORDS.contains(&b"\xef\xbb\xbf".to_vec()) && WORDS.contains(&b"<a href=".to_vec()));
}
