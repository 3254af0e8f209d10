//! n workers and a bounded queue. The producer waits when the queue is full, a worker when it is empty; each takes the
//! next task when it has done with its last. Closing the queue is the clean shutdown: the workers empty it, and go home.
//! When n is raised more are hired; when it is lowered, those who have done with their task first go.

use futures::future::try_join;

use crate::engine::crew::Crew;
use crate::engine::queue::Queue;
use crate::engine::run::Run;
use crate::engine::task::{Failed, Task};

pub(super) async fn worker_pool(run: &Run, tasks: Vec<Task>) -> Result<(), Failed> {
    let queue = Queue::new(run, run.concurrency());
    let crew = Crew::of(run);

    let producer = async {
        for task in tasks {
            queue.push(task).await;
        }
        queue.close();
        Ok(())
    };
    let workers = crew.work(|| async {
        while crew.has_place()
            && let Some(mut task) = queue.pop().await
        {
            task.fetch().await?;
            task.pause().await;
        }
        Ok(())
    });
    try_join(producer, workers).await.map(drop)
}
