//! Ours: spawned tasks on the virtual clock.

use std::time::Duration;

use crawl_playground::engine::semaphore::Semaphore;
use crawl_playground::sim::{Sim, Spawned};

use super::work::{LIMIT, Work};

pub(crate) fn end_ms(work: Work, spans_ms: &[u32]) -> u64 {
    let sim = Sim::new();
    let permits = Semaphore::new(LIMIT);
    let task = |ms: &u32| {
        let span = Duration::from_millis(u64::from(*ms));
        let sim = sim.clone();
        match work {
            Work::Sleeps => {
                let task = sim.clone();
                sim.spawn(async move { task.sleep(span).await })
            }
            Work::Semaphore => {
                let (task, permits) = (sim.clone(), permits.clone());
                sim.spawn(async move {
                    let _permit = permits.acquire().await;
                    task.sleep(span).await;
                })
            }
        }
    };
    let tasks: Vec<Spawned<()>> = spans_ms.iter().map(task).collect();
    let all = async {
        for task in tasks {
            task.await;
        }
    };
    assert_eq!(sim.block_on(all), Ok(()));
    sim.now().as_us() / 1_000
}
