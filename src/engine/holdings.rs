//! What a task has in hand while its request is in the air: its permit, its places, and the request itself.
//!
//! A future is dropped by who owns it, and only when that one is polled: while the consumer of a buffered stream is busy,
//! nobody polls the requests behind it. So what a cancelled task has to let go at once lies here, in the reach of
//! [`Cancels`](super::cancel::Cancels), and not inside the future that uses it.

use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use futures::future::LocalBoxFuture;
use futures::stream::{LocalBoxStream, StreamExt};

use super::gate::Places;
use super::held_permit::LentPermit;
use super::ports::{NetworkError, Response};

type Answer = Result<Response, NetworkError>;
type Chunk = Result<Vec<u8>, NetworkError>;

/// What a task has in hand. Letting go is for good.
#[derive(Default)]
pub(super) struct Holdings {
    is_let_go: Cell<bool>,
    permit: RefCell<Option<LentPermit>>,
    places: RefCell<Option<Places>>,
    request: RefCell<Option<LocalBoxFuture<'static, Answer>>>,
    body: RefCell<Option<LocalBoxStream<'static, Chunk>>>,
}

impl Holdings {
    /// Gives everything up: the request is aborted first, so that no other goes out in its place before.
    pub(super) fn let_go(&self) {
        self.is_let_go.set(true);
        // Each is dropped with no borrow held: what it wakes may look here.
        drop((self.request.take(), self.body.take()));
        self.give_back_permit();
        self.leave_places();
    }

    pub(super) fn hold_permit(&self, permit: LentPermit) {
        self.keep(&self.permit, permit);
    }

    pub(super) fn give_back_permit(&self) {
        drop(self.permit.take());
    }

    pub(super) fn hold_places(&self, places: Places) {
        self.keep(&self.places, places);
    }

    pub(super) fn leave_places(&self) {
        drop(self.places.take());
    }

    /// The response to `request`. Pending for ever once it was let go: its task hears that from who cancelled it.
    pub(super) fn response(
        self: &Rc<Self>,
        request: LocalBoxFuture<'static, Answer>,
    ) -> AwaitedResponse {
        self.keep(&self.request, request);
        AwaitedResponse(Rc::clone(self))
    }

    /// The pieces of `body`, as they come.
    pub(super) fn chunks(self: &Rc<Self>, body: LocalBoxStream<'static, Chunk>) -> AwaitedBody {
        self.keep(&self.body, body);
        AwaitedBody(Rc::clone(self))
    }

    fn keep<T>(&self, place: &RefCell<Option<T>>, held: T) {
        // What is let go is dropped here and now.
        let held = (!self.is_let_go.get()).then_some(held);
        drop(place.replace(held));
    }

    /// Polls what lies in `place`. It is taken out meanwhile: what is polled may let go of everything.
    fn poll<T, R>(
        &self,
        place: &RefCell<Option<T>>,
        poll: impl FnOnce(&mut T) -> Poll<R>,
    ) -> Poll<R> {
        let Some(mut held) = place.take() else {
            return Poll::Pending;
        };
        let polled = poll(&mut held);
        self.keep(place, held);
        // What was polled may have cancelled its own task, which then has no answer any more.
        if self.is_let_go.get() {
            return Poll::Pending;
        }
        polled
    }
}

/// A response that is waited for. Dropping it aborts the request.
pub(super) struct AwaitedResponse(Rc<Holdings>);

impl Future for AwaitedResponse {
    type Output = Answer;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Answer> {
        let holdings = &self.0;
        holdings.poll(&holdings.request, |request| request.as_mut().poll(cx))
    }
}

impl Drop for AwaitedResponse {
    fn drop(&mut self) {
        drop(self.0.request.take());
    }
}

/// A body that is waited for. Dropping it aborts the download.
pub(super) struct AwaitedBody(Rc<Holdings>);

impl futures::Stream for AwaitedBody {
    type Item = Chunk;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Chunk>> {
        let holdings = &self.0;
        holdings.poll(&holdings.body, |body| body.poll_next_unpin(cx))
    }
}

impl Drop for AwaitedBody {
    fn drop(&mut self) {
        drop(self.0.body.take());
    }
}
