//! The stage at a cursor: what all views are drawn from, folded up to there.

use crate::engine::moment::Moment;
use crate::engine::run::Run;
use crate::engine::trace::Event;
use crate::replay::checkpoints::Checkpoints;
use crate::replay::cursor::Cursor;
use crate::report::figures::Figures;
use crate::timeline::rows::Rows;
use crate::ui::crawling::Findings;
use crate::ui::stage::{Lane, Replay, Replayed, Stage};

/// What is done to a cursor, and the event that it came to or took back: its lane and its place there.
pub(super) type Move<'a> = &'a dyn Fn(&mut Cursor, &[&[Event]]) -> Option<(usize, usize)>;

impl Stage {
    /// When all of it is over.
    pub(super) fn whole_end(&self) -> Moment {
        match &self.replay {
            Some(replay) => replay.end,
            None => {
                let ends = self.lanes.iter().map(|lane| {
                    let run = lane.run.as_ref();
                    let last = run.and_then(|run| run.trace().events().last().copied());
                    lane.now().max(last.map_or(Moment::ZERO, |event| event.at))
                });
                ends.max().unwrap_or_default()
            }
        }
    }

    /// Moves the cursor, and shows the moment that it came to. At the end the replay is over.
    pub(super) fn move_cursor(&mut self, go: Move<'_>) -> Option<(usize, usize)> {
        let runs: Vec<Option<Run>> = self.lanes.iter().map(|lane| lane.run.clone()).collect();
        let traces: Vec<_> = runs.iter().flatten().map(Run::trace).collect();
        let mut traces = traces.iter();
        let events = runs.iter().map(|run| match run {
            Some(_) => traces.next().map_or(&[][..], |trace| trace.events()),
            None => &[],
        });
        let events: Vec<&[Event]> = events.collect();
        let end = self.whole_end();
        let replay = self.replay.take();
        let mut cursor = replay.map_or_else(|| Cursor::end(&events), |replay| replay.cursor);
        let came = go(&mut cursor, &events);
        if cursor.is_at_end(&events) && cursor.at() >= end {
            self.leave_replay();
            return came;
        }
        for (index, lane) in self.lanes.iter_mut().enumerate() {
            lane.show_at(cursor.place(index), cursor.at());
        }
        self.replay = Some(Replay { cursor, end });
        came
    }

    /// Takes the figures at the cursor. O(n) in the tasks.
    pub(super) fn take_figures(&mut self) {
        for lane in &mut self.lanes {
            let now = lane.now();
            if let Some(replayed) = &mut lane.replayed {
                replayed.figures = Some(Figures::of(&lane.rows, now));
            }
        }
    }
}

impl Lane {
    /// Shows what had happened before the event at `place`, at the moment `at`. Goes on from what is shown where that is
    /// earlier; else the rows do so from a moment that was passed, and what is folded faster than it is copied begins anew.
    fn show_at(&mut self, place: usize, at: Moment) {
        let Some(run) = &self.run else { return };
        let trace = run.trace();
        let anew = |findings: &Option<Box<dyn Findings>>| findings.as_ref().map(|kept| kept.anew());
        let replayed = self.replayed.get_or_insert_with(|| {
            let findings = anew(&self.findings);
            let rows = std::mem::take(&mut self.rows);
            Box::new(Replayed {
                at,
                figures: None,
                checkpoints: Checkpoints::new(trace.events().len(), rows.rows().len()),
                rows,
                findings: std::mem::replace(&mut self.findings, findings),
                verdict: self.verdict.take(),
            })
        });
        replayed.at = at;
        let cursor = self.rows.cursor();
        if place < cursor {
            self.findings = anew(&self.findings);
        }
        let advance = &mut |rows: &mut Rows, place| {
            rows.advance_to(&trace, place);
        };
        replayed
            .checkpoints
            .seek(&mut self.rows, cursor, place, advance);
        self.log.move_to(&trace, place);
        if let Some(findings) = &mut self.findings {
            findings.advance_to(&trace, place);
        }
    }
}
