//! What a crawl is: the semaphore, the strategies, the life of a task, and the trace that all pictures are drawn from.
//!
//! Nothing here knows a browser or a screen. The engine is single-threaded by design (`Rc` and `Cell`, no locks): it
//! runs on a browser's event loop, and natively on the virtual clock of [`crate::sim`].

pub mod live;
pub mod moment;
mod origins;
pub mod outcome;
pub mod page;
pub mod ports;
pub mod probes;
pub mod run;
pub mod semaphore;
pub mod source;
pub mod strategy;
pub mod task;
pub mod trace;
pub mod wait;
