//! The question before a crawl that is hard on other people's hosts.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::Playground;
use crate::scenario::Scenario;

/// The button that has the focus once the question is asked: what does no harm.
pub(in crate::ui) const CANCEL: &str = "question-cancel";
/// The button that has it afterwards.
pub(in crate::ui) const RUN: &str = "run";

impl Playground {
    /// Asks first, if there is something to ask that was not agreed to. Returns whether an answer is waited for.
    pub(in crate::ui) fn asks_first(self) -> bool {
        let question = self.scenario.with_untracked(Scenario::crawl_question);
        if question.is_none() || self.agreed.get_value() == self.about() {
            return false;
        }
        self.question.set(question);
        request_animation_frame(|| focus(CANCEL));
        true
    }

    /// Takes the answer to it.
    pub(in crate::ui) fn agree(self) {
        self.agreed.set_value(self.about());
        self.take_question_back();
        self.start();
    }

    /// Leaves it without an answer. Does nothing if there is no question.
    pub(in crate::ui) fn take_question_back(self) {
        if self.question.with_untracked(Option::is_some) {
            self.question.set(None);
            focus(RUN);
        }
    }

    /// What an answer is about: how hard it is, and on whom.
    fn about(self) -> String {
        self.scenario.with_untracked(|scenario| {
            let question = scenario.crawl_question().unwrap_or_default();
            let crawl = &scenario.crawl;
            [&question, &*scenario.urls, crawl.scope.name(), &crawl.hosts].concat()
        })
    }
}

fn focus(id: &str) {
    let element = document().get_element_by_id(id);
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}
