//! When each piece of a body is sent.

use std::time::Duration;

use super::plan::Body;

/// Most bytes of one piece.
pub const CHUNK_BYTES: usize = 64 * 1024;
/// Pieces of a paced body a second, where its rate allows that many.
const CHUNKS_PER_SECOND: usize = 20;
const NS_PER_SECOND: u64 = 1_000_000_000;

/// What filler repeats. It is text, so that one who opens such a response sees why it is there.
const FILLER: &[u8] = b"\
    These bytes are here for their number. Whoever reads them knows that a body came, and in how many pieces it\n\
    came, and when; there is nothing else to know. The first of them left with the headers close before it, and\n\
    the last will be along presently. A slow line makes a long wait of a short page, and a fast one lets a great\n\
    deal of it go by unread, which is what most of the bytes of this world are for.\n\n";

/// The pieces of a body in order, each with the time from the headers to the moment at which it is there.
///
/// Without a rate they are all there at once, 64 KiB at a time. With one, about twenty come a second, and byte `k` is
/// there at `k / rate` seconds and no sooner: the last at exactly `length / rate`. No piece is empty.
///
/// ```
/// use crawl_playground::lab::{Body, Content};
///
/// let body = Body { content: Content::Filler(250), rate: Some(2_000) };
/// let pieces: Vec<_> = body.pace().map(|(at, bytes)| (at.as_millis(), bytes.len())).collect();
/// assert_eq!(pieces, [(50, 100), (100, 100), (125, 50)]);
/// ```
pub struct Pace {
    body: Body,
    sent_bytes: usize,
    chunk_bytes: usize,
}

impl Pace {
    pub(super) fn new(body: Body) -> Self {
        let chunk_bytes = match body.rate {
            None => CHUNK_BYTES,
            Some(rate) => (rate as usize / CHUNKS_PER_SECOND).clamp(1, CHUNK_BYTES),
        };
        Self {
            body,
            sent_bytes: 0,
            chunk_bytes,
        }
    }
}

impl Iterator for Pace {
    type Item = (Duration, Vec<u8>);

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.sent_bytes;
        let end = self.body.len().min(start + self.chunk_bytes);
        if start == end {
            return None;
        }
        self.sent_bytes = end;
        let offset = match self.body.rate {
            None => Duration::ZERO,
            Some(rate) => time_of_bytes(end, rate),
        };
        Some((offset, self.body.content.slice(start, end)))
    }
}

fn time_of_bytes(bytes: usize, rate: u32) -> Duration {
    let (bytes, rate) = (bytes as u64, u64::from(rate).max(1));
    let rest_ns = bytes % rate * NS_PER_SECOND / rate;
    Duration::from_secs(bytes / rate) + Duration::from_nanos(rest_ns)
}

/// The bytes of an endless filler from `start` up to `end`.
pub(super) fn filler(start: usize, end: usize) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(end - start);
    while start + bytes.len() < end {
        let from = (start + bytes.len()) % FILLER.len();
        let count = (FILLER.len() - from).min(end - start - bytes.len());
        bytes.extend_from_slice(&FILLER[from..from + count]);
    }
    bytes
}
