//! Runs that are pinned: they stay on the stage, before the others, when the next ones come.

use super::{Lane, Stage};
use crate::engine::moment::Moment;
use crate::scenario::Network;

/// So many runs may be pinned, so that with the next one there are four on the axis.
pub(in crate::ui) const MOST_PINS: usize = 3;

/// A pinned run: the letter that it goes by, and what it was.
#[derive(Clone, PartialEq, Eq)]
pub(in crate::ui) struct Pin {
    letter: char,
    is_simulated: bool,
}

impl Pin {
    /// The letter that the run goes by.
    pub(in crate::ui) const fn letter(&self) -> char {
        self.letter
    }

    /// The name of a pinned run that would be `name` otherwise.
    pub(super) fn name(&self, name: &str) -> String {
        let simulated = if self.is_simulated { ", simulated" } else { "" };
        format!("{} · {name}{simulated}", self.letter)
    }
}

impl Stage {
    /// Pins a run that is over, unless there are [`MOST_PINS`]; or takes its pin away. What came from an earlier stage goes
    /// with its pin.
    pub(in crate::ui) fn toggle_pin(&mut self, index: usize) {
        let used = |letter: &char| {
            let pins = self.lanes.iter().filter_map(|lane| lane.pin.as_ref());
            pins.map(|pin| pin.letter).any(|used| used == *letter)
        };
        let letter = ('A'..).take(MOST_PINS).find(|letter| !used(letter));
        // In virtual time by choice is no stand-in for what was to be measured.
        let is_simulated = self.is_simulated && self.scenario.network != Network::Simulation;
        let Some(lane) = self.lanes.get_mut(index) else {
            return;
        };
        if lane.pin.take().is_none() {
            let pin = letter.filter(|_| lane.verdict.is_some());
            lane.pin = pin.map(|letter| Pin {
                letter,
                is_simulated,
            });
        } else if index < self.carried {
            self.lanes.remove(index);
            self.carried -= 1;
        }
    }

    /// Whether another run can be pinned.
    pub(in crate::ui) fn has_pin_left(&self) -> bool {
        self.lanes.iter().filter(|lane| lane.pin.is_some()).count() < MOST_PINS
    }

    /// The same stage below the runs that are pinned on `old`.
    pub(in crate::ui) fn with_pins_of(mut self, old: Option<Self>) -> Self {
        let Some(mut old) = old else { return self };
        let mut lanes: Vec<Lane> = old.take_pinned();
        self.carried = lanes.len();
        let ends = lanes.iter().map(Lane::now);
        let end = ends.max().unwrap_or_default().as_ms() * 1.02;
        self.axis_end = self.axis_end.max(Moment::from_ms(end));
        lanes.append(&mut self.lanes);
        self.lanes = lanes;
        self
    }

    fn take_pinned(&mut self) -> Vec<Lane> {
        self.leave_replay();
        let lanes = std::mem::take(&mut self.lanes);
        lanes
            .into_iter()
            .filter(|lane| lane.pin.is_some())
            .collect()
    }
}
