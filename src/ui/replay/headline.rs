//! What the page's headline says in a replay: the moment, and how far each run had come.

use crate::engine::moment::Moment;
use crate::report::units::{grouped, span};
use crate::ui::stage::Stage;

/// The headline and the line below it; `None` where the whole is shown.
pub(in crate::ui) fn told(stage: &Stage) -> Option<(String, String)> {
    let replay = stage.replay.as_ref()?;
    let at = span(replay.cursor.at() - Moment::ZERO);
    let end = span(replay.end - Moment::ZERO);
    let lanes = stage.lanes.iter().map(|lane| {
        let (ended, all) = (grouped(lane.rows.ended()), grouped(lane.task_count()));
        // How many pages a crawl has nobody knew then.
        match lane.findings {
            Some(_) => format!("{}: {ended} ended, {all} known.", lane.name()),
            None => format!("{}: {ended} of {all} ended.", lane.name()),
        }
    });
    let lanes: Vec<String> = lanes.collect();
    Some((format!("Replay: {at} of {end}"), lanes.join(" ")))
}
