//! Text of bounded length with its white space folded, taken in piece by piece.

use crate::engine::crawl::facts::TEXT_CHARS;

/// No more bytes than these are kept until the end: as many as so many characters may take.
const MAX_BYTES: usize = TEXT_CHARS * 4;

/// A text in the making.
#[derive(Debug, Default)]
pub(super) struct Text(Vec<u8>);

impl Text {
    pub(super) fn push(&mut self, piece: &[u8]) {
        for &byte in piece {
            if self.0.len() >= MAX_BYTES {
                return;
            }
            if !byte.is_ascii_whitespace() {
                self.0.push(byte);
            } else if self.0.last().is_some_and(|last| *last != b' ') {
                self.0.push(b' ');
            }
        }
    }

    /// Its first characters, or `None` if there is nothing but white space.
    pub(super) fn finish(self) -> Option<String> {
        folded(&String::from_utf8_lossy(&self.0))
    }
}

/// The first [`TEXT_CHARS`] characters, white space folded; `None` if there is nothing else.
pub(super) fn folded(text: &str) -> Option<String> {
    let mut folded = String::new();
    let mut room = TEXT_CHARS;
    for word in text.split_whitespace() {
        if !folded.is_empty() && room > 0 {
            folded.push(' ');
            room -= 1;
        }
        if room == 0 {
            break;
        }
        for letter in word.chars().take(room) {
            folded.push(letter);
            room -= 1;
        }
    }
    folded.truncate(folded.trim_end().len());
    (!folded.is_empty()).then_some(folded)
}
