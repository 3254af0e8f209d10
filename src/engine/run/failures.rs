//! Requests that got no answer, and the one question that is asked about each such origin.

use url::Url;

use super::Run;
use crate::engine::join::try_join_all;
use crate::engine::probes::Probes;
use crate::engine::trace::{Note, OriginId, TaskId, What};

/// The first failure of an origin.
pub(super) struct Failure {
    task: TaskId,
    url: Url,
    origin: OriginId,
}

impl Run {
    /// Tells "nobody answers" from "CORS forbids it": asks once, without being allowed to read the answer, each origin
    /// that failed and of which nothing was readable. `probes` are the answers that are known already; runs that share
    /// them ask no origin twice.
    pub async fn probe_failed(&self, probes: &Probes) {
        let failures = self.0.failed.take().into_iter();
        let silent =
            failures.filter(|failure| !self.0.origins.borrow().has_answered(failure.origin));
        let asked = silent.map(async |Failure { task, url, .. }| {
            let answered = probes.ask(&self.0.ports, &url).await;
            self.record(What::Noted(task, Note::Probed(answered)));
            Ok(())
        });
        // None of them fails.
        let _ = try_join_all(asked).await;
    }

    pub(in crate::engine) fn saw_answer(&self, origin: OriginId) {
        self.0.origins.borrow_mut().saw_answer(origin);
    }

    pub(in crate::engine) fn saw_failure(&self, task: TaskId, url: &Url, origin: OriginId) {
        // One failure is enough to probe its origin with.
        if self.0.origins.borrow_mut().saw_failure(origin) {
            self.0.failed.borrow_mut().push(Failure {
                task,
                url: url.clone(),
                origin,
            });
        }
    }
}
