//! Tokio's runtime for one thread with its clock paused, which jumps from timer to timer as ours does.

use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Builder;
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep};

use super::work::{LIMIT, Work};

pub(crate) fn end_ms(work: Work, spans_ms: &[u32]) -> u64 {
    let runtime = Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime without input and output asks the system for nothing");
    let permits = Arc::new(Semaphore::new(LIMIT));
    let task = |ms: &u32| {
        let span = Duration::from_millis(u64::from(*ms));
        match work {
            Work::Sleeps => tokio::spawn(sleep(span)),
            Work::Semaphore => {
                let permits = Arc::clone(&permits);
                tokio::spawn(async move {
                    let _permit = permits.acquire().await;
                    sleep(span).await;
                })
            }
        }
    };
    runtime.block_on(async {
        let start = Instant::now();
        let tasks: Vec<JoinHandle<()>> = spans_ms.iter().map(task).collect();
        for task in tasks {
            let _ = task.await;
        }
        u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX)
    })
}
