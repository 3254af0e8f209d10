//! Work in the page's worker: whoever gives it up, and whatever breaks, the others get their answers.

use std::time::Duration;

use crawl_playground::browser::clock::BrowserClock;
use crawl_playground::browser::compute::BrowserProcessor;
use crawl_playground::engine::compute::{Place, Work};
use crawl_playground::engine::ports::{Compute, Sleep};
use futures::future::{Either, join3, select};
use wasm_bindgen_test::wasm_bindgen_test;

const PATIENCE: Duration = Duration::from_secs(10);

fn work(primes_below: u32) -> Work {
    Work {
        primes_below,
        place: Place::Worker,
    }
}

/// What `processor` makes of a number, in good time.
async fn counted(processor: &BrowserProcessor, number: u32) -> u32 {
    let count = processor.primes(work(number));
    match select(count, BrowserClock.sleep(PATIENCE)).await {
        Either::Left((found, _)) => found,
        Either::Right(_) => panic!("nobody answers"),
    }
}

/// Asks for a number, and gives that up after `span`.
async fn given_up(processor: &BrowserProcessor, number: u32, span: Duration) {
    select(processor.primes(work(number)), BrowserClock.sleep(span)).await;
}

#[wasm_bindgen_test]
async fn without_a_worker_the_page_counts_by_itself_each_time() {
    let processor = BrowserProcessor::by("there-is-no-such-script.js");
    for _ in 0..3 {
        assert_eq!(counted(&processor, 100).await, 25);
    }
    let together = join3(
        counted(&processor, 10),
        counted(&processor, 100),
        counted(&processor, 1_000),
    );
    assert_eq!(together.await, (4, 25, 168));
}

#[wasm_bindgen_test]
async fn a_worker_that_breaks_down_at_its_work_leaves_nobody_waiting() {
    let processor = BrowserProcessor::by("data:text/javascript,onmessage=()=>{throw 1}");
    let together = join3(
        counted(&processor, 10),
        counted(&processor, 100),
        counted(&processor, 1_000),
    );
    assert_eq!(together.await, (4, 25, 168));
}

#[wasm_bindgen_test]
async fn each_gets_its_own_answer_by_one_worker() {
    // It answers with how many it has been asked.
    let processor =
        BrowserProcessor::by("data:text/javascript,let n=0;onmessage=()=>postMessage(++n)");
    let together = join3(
        counted(&processor, 10),
        counted(&processor, 10),
        counted(&processor, 10),
    );
    assert_eq!(together.await, (1, 2, 3));
    assert_eq!(counted(&processor, 10).await, 4);
}

#[wasm_bindgen_test]
async fn what_is_given_up_before_its_turn_is_never_asked_for() {
    let processor = BrowserProcessor::by(
        "data:text/javascript,let n=0;onmessage=()=>setTimeout(()=>postMessage(++n),200)",
    );
    let second = given_up(&processor, 10, Duration::from_millis(50));
    let (first, (), third) = join3(counted(&processor, 10), second, counted(&processor, 10)).await;
    assert_eq!((first, third), (1, 2));
}

#[wasm_bindgen_test]
async fn what_is_given_up_at_its_work_ends_and_the_next_does_not_wait_for_it() {
    let processor = BrowserProcessor::by(
        "data:text/javascript,onmessage=({data})=>{if(data===7)for(;;);postMessage(data)}",
    );
    given_up(&processor, 7, Duration::from_millis(300)).await;
    assert_eq!(counted(&processor, 8).await, 8);
}
