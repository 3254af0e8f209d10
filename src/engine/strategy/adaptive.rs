//! As many as the server bears. The limit begins at one and grows by one for each round of good answers; a failure, a
//! 429 or answers that grow slow halve it. Additive increase, multiplicative decrease, as TCP does it.

use std::cell::RefCell;

use crate::engine::control::Aimd;
use crate::engine::join::try_join_all;
use crate::engine::run::Run;
use crate::engine::task::{Failed, Task};

pub(super) async fn adaptive(run: &Run, tasks: Vec<Task>) -> Result<(), Failed> {
    let control = RefCell::new(Aimd::up_to(run.concurrency()));
    run.adapt_to(control.borrow().limit());

    try_join_all(tasks.into_iter().map(async |mut task| {
        while let Some(permit) = task.permit(run.permits()).await {
            let ended = task.attempt().await;
            if let Some(attempt) = task.last_attempt() {
                let mut control = control.borrow_mut();
                run.adapt_to(control.set_max(run.concurrency())); // the slider is the most it may have
                let change = control.on_end(&attempt);
                change.into_iter().for_each(|change| run.adapt(change));
            }
            drop(permit);
            ended?;
        }
        task.pause().await;
        Ok(())
    }))
    .await
}
