//! Probes: one question without CORS to an origin that failed without a word.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::time::Duration;

use futures::future::{Either, select};
use url::{Origin, Url};

use super::ports::Ports;

/// How long a probe may take to find out whether anything answers.
const PATIENCE: Duration = Duration::from_secs(5);

/// What the probes of several runs have found out. Cloning gives another handle to the same.
#[derive(Clone, Default)]
pub struct Probes(Rc<RefCell<HashMap<Origin, bool>>>);

impl Probes {
    /// Whether anything answers at the origin of `url`. Only the first question about an origin is sent.
    pub(super) async fn ask(&self, ports: &Ports, url: &Url) -> bool {
        let known = self.0.borrow().get(&url.origin()).copied();
        if let Some(answered) = known {
            return answered;
        }
        let probe = ports.fetch.probe(url);
        let answered = match select(probe, ports.sleep.sleep(PATIENCE)).await {
            Either::Left((answered, _)) => answered,
            Either::Right(_) => false,
        };
        self.0.borrow_mut().insert(url.origin(), answered);
        answered
    }
}
