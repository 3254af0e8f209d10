//! What the picture of the permits shows of a run, in words and in numbers that are bounded.

use crate::engine::trace::TaskId;
use crate::engine::wait::Wait;
use crate::replay::checkpoints::Checkpoints;
use crate::report::lending::moves::Picture;
use crate::report::lending::{Holding, Lending, Slot, lends, task_name};
use crate::report::units::grouped;
use crate::ui::stage::Lane;

/// So many slots are shown, and so many of those that wait; the others are summed up.
const SLOTS: usize = 64;
const WAITING: usize = 8;

/// A slot as it is shown.
#[derive(Clone, Default, PartialEq)]
pub(super) struct Place {
    pub(super) class: &'static str,
    pub(super) task: Option<TaskId>,
    pub(super) holder: String,
    pub(super) does: &'static str,
    /// What the holder spends its time on.
    pub(super) wait: Option<Wait>,
}

/// The whole picture.
#[derive(Clone, Default, PartialEq)]
pub(super) struct Shown {
    pub(super) name: String,
    pub(super) sentence: String,
    pub(super) lends: bool,
    pub(super) places: Vec<Place>,
    pub(super) more_places: String,
    pub(super) line: Vec<TaskId>,
    pub(super) more_in_line: String,
}

impl Shown {
    /// Who is where.
    pub(super) fn picture(&self) -> Picture {
        Picture {
            slots: self.places.iter().map(|place| place.task).collect(),
            line: self.line.clone(),
        }
    }
}

/// What is kept with a run, so that a frame costs what is new.
#[derive(Default)]
struct Kept {
    lending: Lending,
    /// At moments of a replay that were passed.
    checkpoints: Option<Checkpoints<Lending>>,
}

/// The permits of a run as far as it is shown, and how many of its events had happened.
pub(super) fn read(lane: &Lane) -> (Shown, usize) {
    let mut shown = Shown {
        name: lane.name(),
        ..Shown::default()
    };
    let Some(run) = &lane.run else {
        shown.sentence = "The run has not begun.".into();
        return (shown, 0);
    };
    let trace = run.trace();
    let place = lane.rows.cursor();
    let mut kept = lane.kept.borrow_mut();
    let known = kept.take().and_then(|kept| kept.downcast::<Kept>().ok());
    let mut known = known.unwrap_or_default();
    let Kept {
        lending,
        checkpoints,
    } = &mut *known;
    if let Some(replayed) = &lane.replayed {
        let (events, rows) = (trace.events().len(), replayed.rows_in_all());
        let checkpoints = checkpoints.get_or_insert_with(|| Checkpoints::new(events, rows));
        let advance = &mut |lending: &mut Lending, place| lending.advance_to(&trace, place);
        checkpoints.seek(lending, lending.cursor(), place, advance);
    } else {
        lending.advance_to(&trace, place);
    }
    describe(lending, lane, &mut shown);
    *kept = Some(known);
    (shown, place)
}

fn describe(lending: &Lending, lane: &Lane, shown: &mut Shown) {
    shown.sentence = lending.sentence(lane.strategy);
    shown.lends = lends(lane.strategy);
    if !shown.lends {
        let out = lending.in_flight();
        let tasks = out.iter().take(SLOTS);
        shown.places = tasks
            .map(|task| Place {
                class: "held",
                task: Some(*task),
                holder: task_name(*task),
                does: Wait::Request.name(),
                wait: Some(Wait::Request),
            })
            .collect();
        let more = out.len().saturating_sub(SLOTS);
        if more > 0 {
            shown.more_places = format!("and {more} more");
        }
        return;
    }
    let all = lending.slots();
    let slots = (0..all.min(SLOTS)).filter_map(|place| lending.slot(place));
    shown.places = slots.map(place).collect();
    if all > SLOTS {
        let hidden = (SLOTS..all).filter_map(|place| lending.slot(place));
        let lent = hidden
            .filter(|slot| matches!(slot.holding, Holding::Handed(_) | Holding::Held(..)))
            .count();
        shown.more_places = format!("and {} more slots, {lent} of them lent", all - SLOTS);
    }
    shown.line = lending.line().take(WAITING).collect();
    let more = lending.waiting().saturating_sub(WAITING);
    if more > 0 {
        shown.more_in_line = format!("and {} more", grouped(more));
    } else if shown.line.is_empty() {
        shown.more_in_line = "nobody".into();
    }
}

fn place(slot: Slot) -> Place {
    let (holder, does) = slot.words();
    let task = match slot.holding {
        Holding::Handed(task) | Holding::Held(task, _) => Some(task),
        Holding::Free | Holding::KeptBack => None,
    };
    let wait = match slot.holding {
        Holding::Held(_, wait) if wait != Wait::Permit => Some(wait),
        _ => None,
    };
    let class = match slot.holding {
        Holding::Free => "free",
        Holding::KeptBack => "kept",
        _ if slot.is_over => "held over",
        _ => "held",
    };
    let does = if slot.is_over { "over the limit" } else { does };
    Place {
        class,
        task,
        holder,
        does,
        wait,
    }
}
