//! A hundred thousand tasks that sleep once each, in virtual time, and the same as a bare loop.
//!
//! `limit` is of the semaphore that they sleep under; 0 stands for none. Each function returns the virtual time at the
//! end, in ms.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::time::Duration;

use crawl_playground::engine::semaphore::Semaphore;
use crawl_playground::sim::{Sim, Spawned};
use wasm_bindgen::prelude::wasm_bindgen;

const LONGEST_MS: u32 = 10_000;

/// Marsaglia's xorshift, as in the native benchmark and in peers.mjs.
fn spans_ms(count: u32) -> impl Iterator<Item = u64> {
    let mut state = 2_463_534_242_u32;
    (0..count).map(move |_| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        u64::from(1 + state % LONGEST_MS)
    })
}

/// Ours.
#[expect(
    unreachable_pub,
    reason = "JavaScript reaches it, and wasm-bindgen wants it public"
)]
#[wasm_bindgen]
pub fn simulate(count: u32, limit: usize) -> f64 {
    let sim = Sim::new();
    let permits = Semaphore::new(limit);
    let task = |ms| {
        let (task, span) = (sim.clone(), Duration::from_millis(ms));
        if limit == 0 {
            return sim.spawn(async move { task.sleep(span).await });
        }
        let permits = permits.clone();
        sim.spawn(async move {
            let _permit = permits.acquire().await;
            task.sleep(span).await;
        })
    };
    let tasks: Vec<Spawned<()>> = spans_ms(count).map(task).collect();
    let all = async {
        for task in tasks {
            task.await;
        }
    };
    if sim.block_on(all).is_ok() {
        sim.now().as_ms()
    } else {
        f64::NAN
    }
}

/// The least that it can be: a loop over a binary heap, without tasks.
#[expect(
    unreachable_pub,
    reason = "JavaScript reaches it, and wasm-bindgen wants it public"
)]
#[wasm_bindgen]
pub fn bare(count: u32, limit: usize) -> f64 {
    let at_once = if limit == 0 { usize::MAX } else { limit };
    let mut spans = spans_ms(count);
    let mut heap = BinaryHeap::new();
    let (mut order, mut now_ms) = (0_u64, 0);
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
    now_ms as f64
}
