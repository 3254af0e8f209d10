//! A simulator that is obviously right: a list of timers that is searched each time, and tasks that are never removed.

use std::collections::VecDeque;
use std::rc::Rc;

use super::program::{Log, Step};

#[derive(Default)]
pub(crate) struct Model {
    tasks: Vec<Task>,
    ready: VecDeque<usize>,
    /// (due, order of setting, task).
    timers: Vec<(u64, u64, usize)>,
    order: u64,
    now: u64,
    log: Log,
}

struct Task {
    steps: Rc<[Step]>,
    at: usize,
    /// Whether the step at which it stands has begun.
    has_begun: bool,
    children: Vec<Option<usize>>,
    waited_for_by: Option<usize>,
    is_alive: bool,
}

impl Model {
    /// What the program logs, and when it ends.
    pub(crate) fn simulate(program: &Rc<[Step]>) -> (Log, u64) {
        let mut model = Self::default();
        model.spawn(program);
        while model.tasks[0].is_alive {
            if let Some(task) = model.ready.pop_front() {
                model.poll(task);
                continue;
            }
            let next = *model.timers.iter().min().unwrap();
            model.timers.retain(|timer| *timer != next);
            let (due, _, task) = next;
            model.now = due;
            model.fire(task);
        }
        (model.log, model.now)
    }

    fn spawn(&mut self, steps: &Rc<[Step]>) -> usize {
        self.tasks.push(Task {
            steps: Rc::clone(steps),
            at: 0,
            has_begun: false,
            children: Vec::new(),
            waited_for_by: None,
            is_alive: true,
        });
        self.ready.push_back(self.tasks.len() - 1);
        self.tasks.len() - 1
    }

    fn fire(&mut self, task: usize) {
        let Task { steps, at, .. } = &self.tasks[task];
        if matches!(steps[*at], Step::Race(..)) {
            self.clear_timers(task);
        }
        if !self.timers.iter().any(|(_, _, whose)| *whose == task) {
            self.ready.push_back(task);
        }
    }

    fn clear_timers(&mut self, task: usize) {
        self.timers.retain(|(_, _, whose)| *whose != task);
    }

    /// Sets timers for spans that are not over at once. Whether there is any.
    fn sleep(&mut self, task: usize, spans: &[u64]) -> bool {
        for us in spans.iter().filter(|us| **us > 0) {
            self.timers.push((self.now + us, self.order, task));
            self.order += 1;
        }
        spans.iter().any(|us| *us > 0)
    }

    fn poll(&mut self, number: usize) {
        while self.tasks[number].is_alive {
            let task = &mut self.tasks[number];
            let Some(step) = task.steps.get(task.at).cloned() else {
                return self.end(number);
            };
            if !std::mem::replace(&mut task.has_begun, true) && self.begin(number, &step) {
                return;
            }
            let task = &mut self.tasks[number];
            self.log.push((self.now, number, task.at));
            task.at += 1;
            task.has_begun = false;
        }
    }

    /// Begins a step. Whether the task has to wait then.
    fn begin(&mut self, number: usize, step: &Step) -> bool {
        let count = self.tasks[number].children.len();
        match step {
            Step::Sleep(us) => self.sleep(number, &[*us]),
            Step::Race(a, b) => *a > 0 && *b > 0 && self.sleep(number, &[*a, *b]),
            Step::All(spans) => self.sleep(number, spans),
            Step::Spawn(steps) => {
                let child = self.spawn(steps);
                self.tasks[number].children.push(Some(child));
                false
            }
            Step::Join(_) | Step::Cancel(_) if count == 0 => false,
            Step::Join(index) => {
                let child = self.tasks[number].children[index.index(count)];
                let waits = child.filter(|child| self.tasks[*child].is_alive);
                waits
                    .map(|child| self.tasks[child].waited_for_by = Some(number))
                    .is_some()
            }
            Step::Cancel(index) => {
                if let Some(child) = self.tasks[number].children[index.index(count)].take() {
                    self.cancel(child);
                }
                false
            }
        }
    }

    /// A task ends, and takes those along that it has spawned and not awaited.
    fn end(&mut self, number: usize) {
        let waiter = self.tasks[number].waited_for_by;
        self.cancel(number);
        self.ready.extend(waiter);
    }

    fn cancel(&mut self, number: usize) {
        let task = &mut self.tasks[number];
        task.is_alive = false;
        let children = std::mem::take(&mut task.children);
        self.clear_timers(number);
        let own = children.into_iter().flatten();
        own.for_each(|child| self.cancel(child));
    }
}
