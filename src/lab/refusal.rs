//! Why a request gets no answer of its route: a status and a sentence for the one who asked.

use super::plan::{Answer, Plan};
use super::routes;

/// A refusal. Routes return it as their error, so that each of them reads as what it does when all is well.
pub(super) struct Refusal {
    status: u16,
    sentence: String,
}

impl Refusal {
    /// 400: an argument is not what is allowed. The sentence says both.
    pub(super) fn bad(sentence: String) -> Self {
        Self { status: 400, sentence }
    }

    /// 404: no such route. The sentence lists those that there are.
    pub(super) fn unknown(path: &str) -> Self {
        // What was asked for is quoted, but not at any length.
        let path: String = path.chars().take(100).collect();
        let sentence = format!("The Lab has no route {path:?}. It has: {}.", routes::ROUTES);
        Self { status: 404, sentence }
    }

    pub(super) fn plan(self) -> Plan {
        Plan::Answer(Answer::text(self.status, self.sentence + "\n"))
    }
}
