//! Work in the page's worker: whoever gives it up, and whatever breaks, the others get their answers.

use std::time::Duration;

use crawl_playground::browser::clock::BrowserClock;
use crawl_playground::browser::compute::{BrowserProcessor, NO_PARSER};
use crawl_playground::engine::compute::{Job, Place, Work};
use crawl_playground::engine::ports::{Compute, Sleep};
use futures::future::{Either, join3, select};
use wasm_bindgen_test::wasm_bindgen_test;

const PATIENCE: Duration = Duration::from_secs(10);

fn work(primes_below: u32) -> Work {
    Work {
        job: Job::PrimesBelow(primes_below),
        place: Place::Worker,
    }
}

/// What `processor` makes of a number, in good time.
async fn counted(processor: &BrowserProcessor, number: u32) -> u32 {
    let count = processor.work(work(number));
    match select(count, BrowserClock.sleep(PATIENCE)).await {
        Either::Left((found, _)) => found,
        Either::Right(_) => panic!("nobody answers"),
    }
}

/// Asks for a number, and gives that up after `span`.
async fn given_up(processor: &BrowserProcessor, number: u32, span: Duration) {
    select(processor.work(work(number)), BrowserClock.sleep(span)).await;
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

#[wasm_bindgen_test]
async fn where_what_parses_can_t_be_loaded_it_says_so_each_time_and_nobody_waits() {
    // The runner serves no script that parses.
    let processor = BrowserProcessor::by("there-is-no-such-script.js");
    for place in Place::ALL {
        let job = Job::LinksIn(1_000);
        let prepared = processor.prepare(Work { job, place });
        match select(prepared, BrowserClock.sleep(PATIENCE)).await {
            Either::Left((prepared, _)) => assert_eq!(prepared, Err(NO_PARSER)),
            Either::Right(_) => panic!("nobody answers"),
        }
        let job = Job::PrimesBelow(1_000);
        assert_eq!(processor.prepare(Work { job, place }).await, Ok(()));
    }
}

#[wasm_bindgen_test]
async fn a_worker_that_parses_is_asked_with_the_number_of_bytes() {
    let processor =
        BrowserProcessor::by("data:text/javascript,onmessage=({data})=>postMessage(data / 100)");
    let work = Work {
        job: Job::LinksIn(25_000),
        place: Place::Worker,
    };
    assert_eq!(processor.prepare(work).await, Ok(()));
    assert_eq!(processor.work(work).await, 250);
}
