//! A short trace as a few hundred bytes: what the page ships of runs that were made before it was built.
//!
//! Numbers are LEB128: seven bits a byte, the low ones first, the highest bit set where more follow. An event is its kind,
//! the microseconds since the event before, and what its kind needs. Only what happens in a plain run can be packed; the
//! rest of the trace's words would be code that nobody needs there.

use std::num::NonZeroU32;

use super::{Ending, Micros, OriginId, TaskId, TextId, Trace, What};
use crate::engine::moment::Moment;
use crate::engine::outcome::Outcome;
use crate::engine::wait::Wait;

/// Packs a trace. `None` if something happened in it for which there is no code.
///
/// ```
/// use crawl_playground::engine::{moment::Moment, trace::{OriginId, TaskId, Trace, What, packed::{pack, Packed}}, wait::Wait};
///
/// let mut trace = Trace::default();
/// let name = trace.text("lab/delay/100");
/// trace.push(Moment::ZERO, What::Joined(TaskId(0), name, OriginId(0)));
/// trace.push(Moment::from_us(20), What::Entered(TaskId(0), Wait::Request));
/// let bytes = pack(&trace).unwrap();
/// assert_eq!(Packed::new(&bytes).trace().unwrap().events(), trace.events());
/// ```
#[must_use]
pub fn pack(trace: &Trace) -> Option<Vec<u8>> {
    let mut packed = Vec::new();
    put(&mut packed, trace.text_ends.len() as u64);
    for place in 0..trace.text_ends.len() {
        put_text(&mut packed, trace.text_at(place));
    }
    put(&mut packed, trace.events.len() as u64);
    let mut last_us = 0;
    for event in &trace.events {
        let (kind, numbers) = numbers(event.what)?;
        put(&mut packed, kind);
        put(&mut packed, event.at.as_us() - last_us);
        last_us = event.at.as_us();
        numbers.iter().for_each(|number| put(&mut packed, *number));
    }
    Some(packed)
}

/// Appends a number.
pub fn put(packed: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        packed.push(number as u8 | 0x80);
        number >>= 7;
    }
    packed.push(number as u8);
}

/// Appends a text, after its length in bytes.
pub fn put_text(packed: &mut Vec<u8>, text: &str) {
    put(packed, text.len() as u64);
    packed.extend_from_slice(text.as_bytes());
}

/// The code of an event, and its numbers.
fn numbers(what: What) -> Option<(u64, Vec<u64>)> {
    Some(match what {
        What::Joined(task, text, origin) => {
            let numbers = [task.0, text.0.get(), origin.0];
            (0, numbers.map(u64::from).to_vec())
        }
        What::Entered(task, wait) => (1, vec![task.0.into(), wait.index() as u64]),
        What::Status(task, status) => (2, vec![task.0.into(), status.into()]),
        What::Bytes(task, bytes) => (3, vec![task.0.into(), bytes.into()]),
        What::Ended(task, Outcome::Ok(status)) => (4, vec![task.0.into(), status.into()]),
        What::Lent(task) => (5, vec![task.0.into()]),
        What::Returned(task) => (6, vec![task.0.into()]),
        What::Limit(limit) => (7, vec![limit.into()]),
        What::Delay(Micros(us)) => (8, vec![us]),
        What::KeepPermit(is_kept) => (9, vec![is_kept.into()]),
        What::Finished(Ending::Done) => (10, Vec::new()),
        _ => return None,
    })
}

/// Packed bytes, read from their beginning. What is no such thing gives `None`.
#[derive(Clone, Copy, Debug)]
pub struct Packed<'a>(&'a [u8]);

impl<'a> Packed<'a> {
    /// To be read from the first byte.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// The next number.
    pub fn number(&mut self) -> Option<u64> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u64::from(byte & 0x7f).checked_shl(shift)?;
            shift += 7;
            if *byte < 0x80 {
                return Some(number);
            }
        }
    }

    /// The next number, if it is one of 32 bits.
    pub fn small(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok()
    }

    /// The next text.
    pub fn text(&mut self) -> Option<&'a str> {
        let length = self.small()? as usize;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        std::str::from_utf8(text).ok()
    }

    /// The next trace.
    pub fn trace(&mut self) -> Option<Trace> {
        let mut trace = Trace::default();
        for _ in 0..self.small()? {
            trace.text(self.text()?);
        }
        let mut at_us = 0_u64;
        for _ in 0..self.small()? {
            let kind = self.small()?;
            at_us = at_us.checked_add(self.number()?)?;
            let what = self.what(kind)?;
            trace.push(Moment::from_us(at_us), what);
        }
        Some(trace)
    }

    fn what(&mut self, kind: u32) -> Option<What> {
        let status = |packed: &mut Self| u16::try_from(packed.small()?).ok();
        Some(match kind {
            0 => {
                let (task, text) = (self.task()?, NonZeroU32::new(self.small()?)?);
                What::Joined(task, TextId(text), OriginId(self.small()?))
            }
            1 => What::Entered(self.task()?, *Wait::ALL.get(self.small()? as usize)?),
            2 => What::Status(self.task()?, status(self)?),
            3 => What::Bytes(self.task()?, self.small()?),
            4 => What::Ended(self.task()?, Outcome::Ok(status(self)?)),
            5 => What::Lent(self.task()?),
            6 => What::Returned(self.task()?),
            7 => What::Limit(self.small()?),
            8 => What::Delay(Micros(self.number()?)),
            9 => What::KeepPermit(self.small()? > 0),
            10 => What::Finished(Ending::Done),
            _ => return None,
        })
    }

    fn task(&mut self) -> Option<TaskId> {
        self.small().map(TaskId)
    }
}
