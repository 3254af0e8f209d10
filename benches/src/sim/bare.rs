//! The least that such a simulation can be: a loop over a binary heap, without tasks.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::work::{LIMIT, Work};

pub(crate) fn end_ms(work: Work, spans_ms: &[u32]) -> u64 {
    let at_once = match work {
        Work::Sleeps => spans_ms.len(),
        Work::Semaphore => LIMIT,
    };
    let mut spans = spans_ms.iter().map(|ms| u64::from(*ms));
    // (due, order of setting): as every fair simulation has it.
    let mut heap: BinaryHeap<Reverse<(u64, u64)>> = BinaryHeap::new();
    let mut order = 0;
    let mut now_ms = 0;
    for span_ms in spans.by_ref().take(at_once) {
        heap.push(Reverse((span_ms, order)));
        order += 1;
    }
    while let Some(Reverse((due_ms, _))) = heap.pop() {
        now_ms = due_ms;
        if let Some(span_ms) = spans.next() {
            heap.push(Reverse((now_ms + span_ms, order)));
            order += 1;
        }
    }
    now_ms
}
