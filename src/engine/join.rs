//! Waiting for many at once.

use futures::future::FutureExt;
use futures::stream::{FuturesUnordered, TryStreamExt};

use super::task::Failed;

/// Polls all of `futures` side by side until all have ended, or until one has failed: then the others are dropped, at
/// that very moment.
///
/// The same as `futures::future::try_join_all`, but for one thing: of more than thirty futures that one looks at the
/// results in their order, so it learns of a failure only when all before it have ended.
pub(super) async fn try_join_all(
    futures: impl IntoIterator<Item = impl Future<Output = Result<(), Failed>>>,
) -> Result<(), Failed> {
    // Boxed, so that what drives them is compiled once and not for each strategy.
    let boxed = futures.into_iter().map(FutureExt::boxed_local);
    let all: FuturesUnordered<_> = boxed.collect();
    all.try_collect().await
}
