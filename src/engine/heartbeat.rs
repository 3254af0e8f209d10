//! The heartbeat: a task in the background that does nothing but wake up, and notes how late it was. What holds up the
//! event loop holds it up too.

use std::time::Duration;

use super::run::Run;
use super::trace::What;

/// The time between two beats.
pub const BEAT: Duration = Duration::from_millis(20);

/// A beat that is less late than this is on time.
pub const LATE: Duration = Duration::from_millis(1);

/// Beats for ever, and notes the lag of each beat that is late: how much later than asked for the loop got round to it.
/// The first is noted in any case, and says that somebody watches; all of them would be millions in a long run.
pub(super) async fn heartbeat(run: &Run) {
    for beat in 0_u64.. {
        let due = run.elapsed() + BEAT;
        run.expect_beat(due);
        run.ports().sleep.sleep(BEAT).await;
        let lag = run.elapsed() - due;
        if lag >= LATE || beat == 0 {
            run.record(What::Lag(lag.into()));
        }
    }
}
