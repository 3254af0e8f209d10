//! Who moves the cursor: frame by frame, by one event, or to where a hand puts it.

use std::time::Duration;

use leptos::prelude::*;

use super::stage::Move;
use crate::browser::clock::now_ms;
use crate::engine::moment::Moment;
use crate::replay::cursor::Cursor;
use crate::replay::pace::{Pace, Speed};
use crate::report::step::told;
use crate::report::units::span;
use crate::ui::playground::{Playground, TICK_MS};
use crate::ui::room::{free_room, keep_room};
use crate::ui::stage::Stage;
use crate::ui::state::State;

/// The place of [`Speed::REAL`].
const REAL: u32 = 3;
const _: () = assert!(Speed::ALL[REAL as usize].is(Speed::REAL));

/// How a run is played again. Copies are handles to the same.
#[derive(Clone, Copy)]
pub(in crate::ui) struct Player {
    pub(in crate::ui) is_playing: State<bool>,
    /// The place of the speed in [`Speed::ALL`].
    pub(in crate::ui) speed: State<u32>,
    /// The cursor in the picture is in somebody's hand.
    pub(in crate::ui) is_dragged: State<bool>,
    /// Counts the times that it was started.
    times: StoredValue<u32>,
}

impl Player {
    pub(in crate::ui) fn new() -> Self {
        Self {
            is_playing: State::new(false),
            speed: State::new(REAL),
            is_dragged: State::new(false),
            times: StoredValue::new(0),
        }
    }

    fn speed(self) -> Speed {
        let place = self.speed.get_untracked() as usize;
        Speed::ALL.get(place).copied().unwrap_or(Speed::REAL)
    }
}

impl Playground {
    /// Whether there is a run to play: nothing goes on, and something has.
    pub(in crate::ui) fn can_replay(self) -> bool {
        !self.is_running.get_untracked() && self.read(Stage::has_run).unwrap_or(false)
    }

    /// Whether a moment is shown that is past.
    pub(in crate::ui) fn is_replaying(self) -> bool {
        self.read(|stage| stage.replay.is_some()).unwrap_or(false)
    }

    /// What begins a paragraph that does not follow the cursor, in a replay.
    pub(in crate::ui) fn of_the_whole(self) -> &'static str {
        self.tick.track();
        match self.is_replaying() {
            true => "Of the whole run, not of the moment shown. ",
            false => "",
        }
    }

    /// Moves the cursor. What is read follows at once if `is_whole`, else with the next tick.
    fn move_cursor(self, is_whole: bool, go: Move<'_>) -> Option<(usize, usize)> {
        if !self.can_replay() {
            return None;
        }
        if !self.is_replaying() {
            keep_room();
        }
        let came = self.stage.try_update_value(|stage| {
            let stage = stage.as_mut()?;
            let came = stage.move_cursor(go);
            if is_whole {
                stage.take_figures();
            }
            came
        });
        if !self.is_replaying() {
            free_room();
        }
        if is_whole {
            self.changed();
        } else {
            self.frame.update(|frame| *frame = frame.wrapping_add(1));
        }
        came.flatten()
    }

    /// Shows a moment: all that had happened until then.
    pub(in crate::ui) fn show_moment(self, at: Moment) {
        self.pause();
        self.move_cursor(true, &|cursor, events| {
            cursor.go_to(at, events);
            None
        });
    }

    /// Shows this share of the whole.
    pub(in crate::ui) fn show_share(self, share: f64) {
        let end = self.read(Stage::whole_end).unwrap_or_default();
        if share >= 1.0 {
            return self.leave_replay();
        }
        self.show_moment(Moment::from_ms(end.as_ms() * share.max(0.0)));
    }

    /// Shows the beginning.
    pub(in crate::ui) fn show_start(self) {
        self.show_moment(Moment::ZERO);
        self.tell_moment("");
    }

    /// Shows the whole again.
    pub(in crate::ui) fn leave_replay(self) {
        self.pause();
        if self.is_replaying() {
            self.stage
                .update_value(|stage| stage.iter_mut().for_each(Stage::leave_replay));
            free_room();
            self.changed();
            self.status.set("The whole run is shown.".into());
        }
    }

    /// Goes on by one event, or takes the last one back; and says what that was.
    pub(in crate::ui) fn step_replay(self, is_forward: bool) {
        self.pause();
        let was_whole = !self.is_replaying();
        if is_forward && was_whole {
            return self.status.set("No more events.".into());
        }
        let came = self.move_cursor(true, &|cursor, events| {
            if is_forward {
                cursor.forward(events)
            } else {
                // What shows the whole shows its end, behind which nothing is.
                cursor.back(events)
            }
        });
        let Some((lane, place)) = came else {
            return self.status.set("No more events.".into());
        };
        let event = self.read(|stage| event_told(stage, lane, place));
        let event = event.flatten().unwrap_or_default();
        self.status.set(match (is_forward, self.is_replaying()) {
            (true, true) => event,
            (true, false) => format!("{event} The whole run is shown."),
            (false, _) => format!("Taken back: {event}"),
        });
    }

    /// Plays on, from the start if the whole is shown; or pauses.
    pub(in crate::ui) fn play_or_pause(self) {
        if self.player.is_playing.get_untracked() {
            self.pause();
            return self.tell_moment("Paused. ");
        }
        if !self.can_replay() {
            return;
        }
        if !self.is_replaying() {
            self.show_moment(Moment::ZERO);
        }
        self.player.is_playing.set(true);
        self.player
            .times
            .update_value(|times| *times = times.wrapping_add(1));
        let speed = self.player.speed().name();
        self.status.set(format!("Playing at {speed}."));
        let now = now_ms();
        play(
            self,
            self.player.times.get_value(),
            Pace::default(),
            now,
            now,
        );
    }

    /// Stays where it is. What is read is then as new as what is seen.
    fn pause(self) {
        if self.player.is_playing.get_untracked() {
            self.player.is_playing.set(false);
            self.stage
                .update_value(|stage| stage.iter_mut().for_each(Stage::take_figures));
            self.changed();
        }
    }

    /// Says which moment is shown.
    fn tell_moment(self, before: &str) {
        let told = self.read(super::told).flatten();
        if let Some((title, detail)) = told {
            self.status.set(format!("{before}{title}. {detail}"));
        }
    }
}

/// What an event of a run says, with the run's name where there are several.
pub(super) fn event_told(stage: &Stage, lane: usize, place: usize) -> Option<String> {
    let shown = stage.lanes.get(lane)?;
    let told = told(&shown.run.as_ref()?.trace(), place)?;
    Some(match stage.lanes.len() {
        1 => told,
        _ => format!("{}: {told}", shown.name()),
    })
}

/// Plays on with the next frame.
fn play(playground: Playground, time: u32, mut pace: Pace, drawn_ms: f64, ticked_ms: f64) {
    request_animation_frame(move || {
        let player = playground.player;
        if !player.is_playing.get_untracked() || player.times.get_value() != time {
            return;
        }
        // Other runs may be on show meanwhile, or one may go on.
        if !playground.is_replaying() {
            return player.is_playing.set(false);
        }
        let now = now_ms();
        let frame = Duration::from_micros(((now - drawn_ms).max(0.0) * 1e3) as u64);
        let by = pace.advance(frame, player.speed());
        let is_due = now - ticked_ms >= TICK_MS;
        playground.move_cursor(is_due, &|cursor: &mut Cursor, events| {
            let at_us = cursor.at().as_us();
            let by_us = u64::try_from(by.as_micros()).unwrap_or(u64::MAX);
            cursor.go_to(Moment::from_us(at_us.saturating_add(by_us)), events);
            None
        });
        if playground.is_replaying() {
            let ticked_ms = if is_due { now } else { ticked_ms };
            return play(playground, time, pace, now, ticked_ms);
        }
        player.is_playing.set(false);
        playground.changed();
        let whole = playground.read(Stage::whole_end).unwrap_or_default();
        let told = span(whole - Moment::ZERO);
        playground.status.set(format!(
            "Played to the end, {told}. The whole run is shown."
        ));
    });
}
