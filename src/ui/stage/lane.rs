//! A lane: one run, and everything that is folded from its trace.

use std::any::Any;
use std::cell::RefCell;

use super::pins::Pin;
use crate::engine::exchange::Stalled;
use crate::engine::moment::Moment;
use crate::engine::run::Run;
use crate::engine::strategy::Strategy;
use crate::replay::checkpoints::Checkpoints;
use crate::report::figures::Figures;
use crate::report::headline::lane_name;
use crate::report::log::Log;
use crate::report::prediction::Expected;
use crate::report::verdict::Verdict;
use crate::results::Results;
use crate::timeline::rows::Rows;
use crate::ui::crawling::{Crawling, Findings};

/// One run, and everything that is folded from its trace.
pub(in crate::ui) struct Lane {
    pub(in crate::ui) strategy: Strategy,
    /// Missing until the run before it is over.
    pub(in crate::ui) run: Option<Run>,
    pub(in crate::ui) rows: Rows,
    pub(in crate::ui) log: Log,
    /// What a crawl found; of other runs nothing.
    pub(in crate::ui) findings: Option<Box<dyn Findings>>,
    /// What virtual time said that it would take.
    pub(in crate::ui) predicted: Option<Expected>,
    /// How long the browser had its requests wait before it sent them: asked when the run is over.
    pub(in crate::ui) stalled: Option<Stalled>,
    /// Known once the run is over, and looked at as a whole.
    pub(in crate::ui) verdict: Option<Verdict>,
    /// Whether it stays when other runs come.
    pub(in crate::ui) pin: Option<Pin>,
    /// In a replay: which moment is shown, and what is known of the whole.
    pub(in crate::ui) replayed: Option<Box<Replayed>>,
    /// What a view that comes with a chunk folds from the trace by itself, kept with the run.
    pub(in crate::ui) kept: RefCell<Option<Box<dyn Any>>>,
    limit: usize,
}

/// What a lane has aside while it shows a moment that is past.
pub(in crate::ui) struct Replayed {
    /// The moment that it shows.
    pub(in crate::ui) at: Moment,
    /// The figures up to then, as often as they are taken.
    pub(in crate::ui) figures: Option<Figures>,
    /// The rows at moments that were passed.
    pub(in crate::ui) checkpoints: Checkpoints<Rows>,
    pub(in crate::ui) rows: Rows,
    pub(in crate::ui) findings: Option<Box<dyn Findings>>,
    pub(in crate::ui) verdict: Option<Verdict>,
}

impl Replayed {
    /// How many rows the whole run has.
    pub(in crate::ui) fn rows_in_all(&self) -> usize {
        self.rows.rows().len()
    }
}

impl Lane {
    pub(super) fn new(strategy: Strategy, limit: usize, crawling: Option<&Crawling>) -> Self {
        Self {
            strategy,
            run: None,
            rows: Rows::default(),
            log: Log::default(),
            findings: crawling.map(|crawling| (crawling.findings)()),
            predicted: None,
            stalled: None,
            verdict: None,
            pin: None,
            replayed: None,
            kept: RefCell::default(),
            limit,
        }
    }

    /// The cursor: the present while the run goes on, then its end; or the moment that is replayed.
    pub(in crate::ui) fn now(&self) -> Moment {
        match (self.rows.finished(), &self.replayed, &self.run) {
            (None, Some(replayed), _) => replayed.at,
            (None, None, Some(run)) => run.elapsed(),
            _ => self.rows.last_end(),
        }
    }

    /// Whether its run goes on.
    pub(in crate::ui) fn goes_on(&self) -> bool {
        self.run.is_some() && self.replayed.is_none() && self.rows.finished().is_none()
    }

    /// How many tasks it has: in a replay all of its list, and of a crawl those that were found until then.
    pub(in crate::ui) fn task_count(&self) -> usize {
        let rows = match self.findings {
            None => self.whole_rows(),
            Some(_) => &self.rows,
        };
        rows.rows().len()
    }

    /// The rows of the whole run, whichever moment is shown.
    pub(in crate::ui) fn whole_rows(&self) -> &Rows {
        let replayed = self.replayed.as_ref();
        replayed.map_or(&self.rows, |replayed| &replayed.rows)
    }

    /// Its figures, once it is over; in a replay those up to the cursor.
    pub(in crate::ui) fn figures(&self) -> Option<&Figures> {
        match &self.replayed {
            Some(replayed) => replayed.figures.as_ref(),
            None => self.verdict.as_ref().map(|verdict| &verdict.figures),
        }
    }

    pub(in crate::ui) fn name(&self) -> String {
        let name = lane_name(self.strategy, &self.limits());
        match &self.pin {
            Some(pin) => pin.name(&name),
            None => name,
        }
    }

    /// What is said of the whole run, once it is over, whichever moment is shown.
    pub(in crate::ui) fn whole_verdict(&self) -> Option<&Verdict> {
        match &self.replayed {
            Some(replayed) => replayed.verdict.as_ref(),
            None => self.verdict.as_ref(),
        }
    }

    /// Shows the whole run again, after a replay.
    pub(in crate::ui) fn show_whole(&mut self) {
        if let Some(whole) = self.replayed.take() {
            let whole = *whole;
            self.rows = whole.rows;
            self.findings = whole.findings;
            self.verdict = whole.verdict;
            // The log goes back and forth by itself.
            if let Some(run) = &self.run {
                self.log.advance(&run.trace());
            }
        }
    }

    /// The limits that the semaphore had, or is going to have.
    pub(in crate::ui) fn limits(&self) -> Vec<usize> {
        // A controller's are as many as answers, and its name says none of them.
        let limits: Vec<usize> = match self.strategy {
            Strategy::Adaptive => Vec::new(),
            _ => self.rows.limits().collect(),
        };
        if limits.is_empty() {
            vec![self.limit]
        } else {
            limits
        }
    }

    /// What a crawl found; of other runs nothing.
    pub(in crate::ui) fn results(&self) -> Option<&Results> {
        self.findings.as_ref().map(|findings| findings.results())
    }

    /// Folds what is new.
    pub(super) fn advance(&mut self) {
        if self.replayed.is_none() {
            self.advance_to(usize::MAX);
        }
    }

    /// Folds what is new up to the event at `place`.
    fn advance_to(&mut self, place: usize) {
        if let Some(run) = &self.run {
            let trace = run.trace();
            self.rows.advance_to(&trace, place);
            self.log.move_to(&trace, place);
            if let Some(findings) = &mut self.findings {
                findings.advance_to(&trace, place);
            }
        }
    }
}
