//! Settings that are changed while runs go on. These follow at once, unless a crawl of other people's hosts would become
//! harder on them than it is, and not as was agreed to: that is asked first, and until it is answered the runs keep to the load
//! that they had.

use leptos::prelude::*;

use super::playground::Playground;
use crate::scenario::Scenario;

/// Has the runs that go on, which keep to `in_force`, follow the settings, or asks whether they are to.
pub(super) fn adjust(playground: Playground, in_force: &Scenario) {
    let now = playground.scenario.get_untracked();
    let is_harder = now.is_harder_than(in_force);
    let question = is_harder.then(|| playground.unanswered()).flatten();
    // Nothing else waits for the answer.
    let held = question.is_some().then(|| now.as_hard_as(in_force));
    playground.read(|stage| stage.adjust(held.as_ref().unwrap_or(&now)));
    playground.held.set_value(held);
    // The same question is not told again, and the focus stays at the control that is moved.
    if playground
        .question
        .with_untracked(|asked| *asked != question)
    {
        playground.question.set(question);
    }
}
