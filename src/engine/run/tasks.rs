//! The tasks of a run: how they join it, where each stands, and how one is cancelled.

use super::Run;
use crate::engine::outcome::Outcome;
use crate::engine::source::Target;
use crate::engine::task::Task;
use crate::engine::trace::{TaskId, What};
use crate::engine::wait::{State, Wait};

impl Run {
    pub(in crate::engine) fn join(&self, target: Target) -> Task {
        let id = TaskId(self.0.joined.get());
        self.0.joined.set(id.0 + 1);
        let written = self.0.trace.borrow_mut().text(&target.written);
        let origin = self.0.origins.borrow_mut().number(&target.url);
        self.record(What::Joined(id, written, origin));
        self.0.states.borrow_mut().push(State::In(Wait::Queue));
        Task::new(self.clone(), id, target.url, origin)
    }

    /// Cancels one task, wherever it is: its request is aborted, its permit comes back, and it ends as cancelled. For one
    /// that has ended, or that has not joined, nothing happens.
    ///
    /// All of that happens here and now, also to a request that nobody polls, because the consumer of a buffered stream is
    /// busy: what its task holds is in reach (see `engine/holdings.rs`). What a task has on its way to the gate, a turn or a
    /// place, goes when it is polled.
    ///
    /// ```
    /// use crawl_playground::engine::{limits::Limits, run::Run, source::{Source, Target}, strategy::Strategy};
    /// use crawl_playground::engine::{outcome::Outcome, trace::{TaskId, What}};
    /// use crawl_playground::sim::Sim;
    /// use futures::future::join;
    /// use std::time::Duration;
    /// use url::Url;
    ///
    /// let sim = Sim::new();
    /// let run = Run::new(sim.lab(), Limits::default());
    /// let url = Url::parse("http://lab.test/lab/hang").unwrap();
    /// let target = Target { url, written: "lab/hang".into() };
    /// let go = run.go(Strategy::Sequential, Source::List(vec![target]));
    /// let cancel = async {
    ///     sim.sleep(Duration::from_millis(70)).await;
    ///     run.cancel(TaskId(0));
    /// };
    /// sim.block_on(join(go, cancel));
    /// assert_eq!(sim.now().as_ms(), 70.0);
    /// let is_cancelled = What::Ended(TaskId(0), Outcome::Cancelled);
    /// assert!(run.trace().events().iter().any(|event| event.what == is_cancelled));
    /// ```
    pub fn cancel(&self, task: TaskId) {
        let goes_on = || matches!(self.state(task), Some(State::In(_)));
        if !goes_on() {
            return;
        }
        self.0.cancels.let_go(task);
        // Who was woken by what it let go of may have ended it, if wakers are such that they poll at once.
        if goes_on() {
            self.end(task, Outcome::Cancelled);
        }
        self.0.cancels.wake(task);
    }

    /// Where a task stands; `None` if it has not joined.
    pub(in crate::engine) fn state(&self, task: TaskId) -> Option<State> {
        self.0.states.borrow().get(task.index()).copied()
    }

    pub(in crate::engine) fn enter(&self, task: TaskId, wait: Wait) {
        self.become_state(task, State::In(wait));
        self.record(What::Entered(task, wait));
    }

    pub(in crate::engine) fn end(&self, task: TaskId, outcome: Outcome) {
        self.become_state(task, State::Done(outcome));
        self.record(What::Ended(task, outcome));
    }

    fn become_state(&self, task: TaskId, next: State) {
        if let Some(state) = self.0.states.borrow_mut().get_mut(task.index()) {
            debug_assert!(
                state.may_become(next),
                "a task can't go from {state:?} to {next:?}"
            );
            *state = next;
        }
    }
}
