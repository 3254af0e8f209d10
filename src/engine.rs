//! What a crawl is: the semaphore, the strategies, the life of a task, and the trace that all pictures are drawn from.
//!
//! Nothing here knows a browser or a screen. The engine is single-threaded by design (`Rc` and `Cell`, no locks): it
//! runs on a browser's event loop, and natively on the virtual clock of [`crate::sim`].

mod attempt;
pub mod cancel;
pub mod compute;
pub mod control;
pub mod crawl;
pub mod crawler;
mod crew;
pub mod exchange;
mod gate;
pub mod heartbeat;
mod held_permit;
mod holdings;
mod host;
pub(crate) mod join;
mod json;
pub mod limits;
pub mod live;
pub mod moment;
pub mod order;
mod origins;
pub mod outcome;
pub mod page;
pub mod ports;
pub mod probes;
pub mod proxy;
pub mod queue;
pub mod random;
pub mod rate;
mod references;
pub mod retry;
pub mod run;
pub mod semaphore;
pub mod source;
pub mod strategy;
pub mod task;
pub mod timers;
pub mod trace;
pub mod wait;
