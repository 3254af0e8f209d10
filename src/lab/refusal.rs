//! Why a request gets no answer of its route: a status and a sentence for the one who asked.

use super::plan::{Answer, Plan};
use super::routes;

/// Longest quotation of what was asked for.
const QUOTED_CHARS: usize = 60;

/// A refusal. Routes return it as their error, so that each of them reads as what it does when all is well.
pub(super) struct Refusal {
    status: u16,
    sentence: String,
}

impl Refusal {
    /// 400: an argument is not what is allowed. The sentence says both.
    pub(super) fn bad(sentence: String) -> Self {
        Self {
            status: 400,
            sentence,
        }
    }

    /// 404: no such route. The sentence lists those that there are.
    pub(super) fn unknown(path: &str) -> Self {
        let sentence = format!(
            "The Lab has no route {}. It has: {}.",
            quoted(path),
            routes::ROUTES
        );
        Self {
            status: 404,
            sentence,
        }
    }

    /// 404: a route has nothing of this name.
    pub(super) fn missing(sentence: String) -> Self {
        Self {
            status: 404,
            sentence,
        }
    }

    pub(super) fn plan(self) -> Plan {
        Plan::Answer(Answer::text(self.status, self.sentence + "\n"))
    }
}

/// What was asked for, in quotation marks and at no great length. It is sent as plain text, so nothing in it matters.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    quoted.extend(text.chars().take(QUOTED_CHARS));
    quoted.push('"');
    quoted
}
