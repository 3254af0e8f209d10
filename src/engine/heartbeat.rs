//! The heartbeat: a task in the background that does nothing but wake up, and notes how late it was. What holds up the
//! event loop holds it up too.

use std::time::Duration;

use super::run::Run;
use super::trace::What;

/// The time between two beats.
pub const BEAT: Duration = Duration::from_millis(20);

/// Beats for ever, each time noting the lag: how much later than asked for the loop got round to it.
pub(super) async fn heartbeat(run: &Run) {
    loop {
        let due = run.elapsed() + BEAT;
        run.expect_beat(due);
        run.ports().sleep.sleep(BEAT).await;
        let lag = run.elapsed() - due;
        run.record(What::Lag(lag.into()));
    }
}
