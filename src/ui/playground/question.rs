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
        let question = self.unanswered();
        let asks = question.is_some();
        if asks {
            self.question.set(question);
            request_animation_frame(|| focus(CANCEL));
        }
        asks
    }

    /// The settings that runs are to keep to: those of the controls, unless they wait for an answer.
    pub(in crate::ui) fn in_force(self) -> Scenario {
        (self.held.get_value()).unwrap_or_else(|| self.scenario.get_untracked())
    }

    /// Takes the answer to it.
    pub(in crate::ui) fn agree(self) {
        self.agreed.set_value(self.about());
        self.take_question_back();
        if self.is_running.get_untracked() {
            self.adjust_runs(&self.in_force());
        } else {
            self.start();
        }
    }

    /// Answers that it is not meant: what a run keeps to is what the controls say again.
    pub(in crate::ui) fn decline(self) {
        let held = self.held.get_value();
        // While there still is a question, whose button has the focus.
        self.take_question_back();
        if let Some(held) = held {
            self.set(|scenario| *scenario = held);
        }
    }

    /// Leaves it without an answer. Does nothing if there is no question. The focus goes to Run if it was at the question.
    pub(in crate::ui) fn take_question_back(self) {
        self.held.set_value(None);
        if self.question.with_untracked(Option::is_some) {
            let has_focus = document().query_selector(".question :focus");
            self.question.set(None);
            if has_focus.is_ok_and(|found| found.is_some()) {
                focus(RUN);
            }
        }
    }

    /// What is to be asked of the settings as they are, if that was not agreed to.
    pub(in crate::ui) fn unanswered(self) -> Option<String> {
        let question = self.scenario.with_untracked(Scenario::crawl_question)?;
        (self.agreed.get_value() != self.about()).then_some(question)
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
