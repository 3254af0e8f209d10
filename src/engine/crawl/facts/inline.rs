//! Reading pages at once, on the spot: natively and in virtual time.

use futures::FutureExt;
use futures::future::LocalBoxFuture;

use super::{PageFacts, Received, read};
use crate::engine::ports::Read;

/// A reader that reads at once, on the spot.
#[derive(Debug, Clone, Copy, Default)]
pub struct Inline;

impl Read for Inline {
    fn read(&self, received: Received) -> LocalBoxFuture<'static, PageFacts> {
        std::future::ready(read(&received)).boxed_local()
    }
}
