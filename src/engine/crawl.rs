//! What a crawl decides: which addresses there are, which of them are one page, and which may be asked for.
//!
//! Pure functions and plain data; nothing here waits or sends. [`super::run`] does that, and asks here.

pub mod address;
pub mod charset;
pub mod credentials;
pub mod extension;
pub mod facts;
pub mod frontier;
pub mod links;
pub mod normalise;
pub mod pattern;
mod percent;
pub mod robots;
pub mod rules;
pub mod scope;
pub mod skip;
pub mod trap;
