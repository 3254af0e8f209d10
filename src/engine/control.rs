//! Limits that set themselves from what comes back. Pure state: the ends of requests go in, a limit or a delay comes out.
//!
//! [`Aimd`] moves a concurrency limit, [`AutoThrottle`] a delay. Neither knows a clock: the caller says when things were.

mod aimd;
mod autothrottle;
mod latency;

pub use aimd::{Aimd, Change, Reason};
pub use autothrottle::AutoThrottle;
