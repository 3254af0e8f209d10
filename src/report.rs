//! The picture in words and figures: summary, tasks table and log. Like the picture they are folds over the trace.

pub mod compared;
pub mod critical_path;
pub mod detail;
pub mod difference;
pub mod exchange;
pub mod figures;
pub mod first_picture;
pub mod headline;
pub mod lending;
pub mod lifted;
pub mod log;
pub mod measured;
pub mod prediction;
pub mod progress;
pub mod reason;
pub mod record;
pub mod schedule;
pub mod sentence;
pub mod settings;
pub mod step;
pub mod table;
pub mod turns;
pub mod units;
pub mod verdict;
pub mod what_if;
pub mod why;
