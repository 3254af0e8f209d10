//! Waiting for many at once.

use std::future::poll_fn;
use std::task::Poll;

use futures::future::{FutureExt, LocalBoxFuture};
use futures::stream::{FuturesUnordered, StreamExt};

use super::task::Failed;

/// So many begin in one go, and then others get their say: a million that began together would hold up a page for seconds.
const TOGETHER: usize = 512;

/// Polls all of `futures` side by side until all have ended, or until one has failed: then the others are dropped, at
/// that very moment.
///
/// The same as `futures::future::try_join_all`, but for one thing: of more than thirty futures that one looks at the
/// results in their order, so it learns of a failure only when all before it have ended.
pub(super) fn try_join_all<'a, F: Future<Output = Result<(), Failed>> + 'a>(
    futures: impl IntoIterator<Item = F, IntoIter: 'a>,
) -> impl Future<Output = Result<(), Failed>> + 'a {
    // Boxed, so that what drives them is compiled once and not for each strategy.
    drive(Box::new(futures.into_iter().map(FutureExt::boxed_local)))
}

type Boxed<'a> = LocalBoxFuture<'a, Result<(), Failed>>;

async fn drive<'a>(mut futures: Box<dyn Iterator<Item = Boxed<'a>> + 'a>) -> Result<(), Failed> {
    let mut all = FuturesUnordered::new();
    loop {
        let before = all.len();
        all.extend(futures.by_ref().take(TOGETHER));
        let is_all = all.len() < before + TOGETHER;
        let polled = poll_fn(|cx| {
            loop {
                match all.poll_next_unpin(cx) {
                    Poll::Ready(Some(Ok(()))) => {}
                    Poll::Ready(Some(failed)) => return Poll::Ready(failed),
                    Poll::Pending if is_all => return Poll::Pending,
                    Poll::Ready(None) | Poll::Pending => return Poll::Ready(Ok(())),
                }
            }
        });
        polled.await?;
        if is_all {
            return Ok(());
        }
        turn().await;
    }
}

/// Lets everyone else who wants to be polled be polled first.
pub(crate) async fn turn() {
    let mut has_passed = false;
    poll_fn(|cx| {
        if has_passed {
            return Poll::Ready(());
        }
        has_passed = true;
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// Makes a thing of each of `items`, and lets others get their say after every few hundred.
pub(super) async fn collect<T>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut made = Vec::with_capacity(items.size_hint().0);
    for item in items {
        made.push(item);
        if made.len() % TOGETHER == 0 {
            turn().await;
        }
    }
    made
}
