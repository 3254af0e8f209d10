//! Stages that run side by side: n fetch, one parses, one stores, with bounded queues between them. When the store is
//! slow its queue fills, then the parser's, then the fetchers wait: back-pressure. But all the while every request in
//! flight is polled, so a slow consumer holds up no answer that is on its way.

use std::cell::RefCell;

use futures::future::try_join3;

use crate::engine::crew::Crew;
use crate::engine::queue::Queue;
use crate::engine::run::Run;
use crate::engine::task::{Failed, Task};

/// Room in each queue.
const ROOM: usize = 4;

pub(super) async fn pipeline(run: &Run, tasks: Vec<Task>) -> Result<(), Failed> {
    let tasks = RefCell::new(tasks.into_iter());
    let next = || tasks.borrow_mut().next();
    let crew = Crew::of(run);
    let (pages, records) = (Queue::new(run, ROOM), Queue::new(run, ROOM));

    let fetch = async {
        let all = crew.work(|| async {
            while crew.has_place()
                && let Some(mut task) = next()
            {
                task.download().await?;
                task.pause().await;
                task.hand_over();
                pages.push(task).await; // waits while the queue is full
            }
            Ok(())
        });
        let all = all.await;
        pages.close();
        all
    };
    let parse = async {
        while let Some(mut task) = pages.pop().await {
            task.parse().await;
            task.hand_over();
            records.push(task).await;
        }
        records.close();
        Ok(())
    };
    let store = async {
        while let Some(mut task) = records.pop().await {
            task.store().await;
        }
        Ok(())
    };
    try_join3(fetch, parse, store).await.map(drop)
}
