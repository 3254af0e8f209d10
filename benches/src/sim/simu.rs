//! simu-des: a simulator after SimPy's pattern, for one thread.

use simu::{Resource, SimEnv};

use super::work::{LIMIT, Work};

pub(crate) fn end_ms(work: Work, spans_ms: &[u32]) -> u64 {
    let mut env = SimEnv::with_seed(0);
    let permits = Resource::new(LIMIT);
    for ms in spans_ms {
        let (handle, span) = (env.handle(), f64::from(*ms));
        match work {
            Work::Sleeps => drop(env.spawn(async move { handle.timeout(span).await })),
            Work::Semaphore => {
                let permits = permits.clone();
                drop(env.spawn(async move {
                    let _permit = permits.request().await;
                    handle.timeout(span).await;
                }));
            }
        }
    }
    env.run();
    env.now() as u64
}
