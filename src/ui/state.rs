//! Values that views follow: those that are set, and those that are derived from others.
//!
//! Leptos compiles its signals and memos anew for each type that they hold, some kilobytes every time. Here all hold the
//! same, a value of any type behind a pointer, so that the page ships that code once.

use std::any::Any;
use std::marker::PhantomData;
use std::sync::Arc;

use leptos::prelude::*;

use super::dynamic::effect;

/// A value that can be set; who has looked at it hears of that. Copies are handles to the same.
pub(super) struct State<T> {
    signal: RwSignal<Held>,
    holds: PhantomData<fn() -> T>,
}

impl<T> Clone for State<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for State<T> {}

impl<T: PartialEq + Send + Sync + 'static> State<T> {
    pub(super) fn new(value: T) -> Self {
        Self {
            signal: RwSignal::new(Held::new(value)),
            holds: PhantomData,
        }
    }

    /// Looks at the value, and follows it.
    pub(super) fn with<U>(self, look: impl FnOnce(&T) -> U) -> U {
        look(self.signal.get().value())
    }

    /// Looks at the value as it is now.
    pub(super) fn with_untracked<U>(self, look: impl FnOnce(&T) -> U) -> U {
        look(self.signal.get_untracked().value())
    }

    /// Follows the value without a look at it.
    pub(super) fn track(self) {
        self.signal.track();
    }

    pub(super) fn set(self, value: T) {
        self.signal.set(Held::new(value));
    }

    /// Sets the value if it is another one: of what is not new nobody hears.
    pub(super) fn renew(self, value: T) {
        if self.with_untracked(|before| *before != value) {
            self.set(value);
        }
    }
}

impl<T: Clone + PartialEq + Send + Sync + 'static> State<T> {
    /// The value, followed.
    pub(super) fn get(self) -> T {
        self.with(T::clone)
    }

    /// The value as it is now.
    pub(super) fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }

    /// Changes a copy of the value, and sets that.
    pub(super) fn update(self, change: impl FnOnce(&mut T)) {
        let mut value = self.get_untracked();
        change(&mut value);
        self.set(value);
    }
}

/// A value derived from signals: those who read it hear of it when it is another one, and not before.
pub(super) struct Derived<T> {
    memo: Memo<Held>,
    holds: PhantomData<fn() -> T>,
}

impl<T> Clone for Derived<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Derived<T> {}

impl<T: PartialEq + Send + Sync + 'static> Derived<T> {
    /// The value that `read` gives, kept until the signals change which it reads.
    pub(super) fn new(read: impl Fn() -> T + Send + Sync + 'static) -> Self {
        Self {
            memo: derive(Box::new(move || Held::new(read()))),
            holds: PhantomData,
        }
    }

    /// Looks at the value, and follows it.
    pub(super) fn with<U>(self, look: impl FnOnce(&T) -> U) -> U {
        look(self.memo.get().value())
    }

    /// Looks at the value as it is now.
    pub(super) fn with_untracked<U>(self, look: impl FnOnce(&T) -> U) -> U {
        look(self.memo.get_untracked().value())
    }

    /// The value, followed.
    pub(super) fn get(self) -> T
    where
        T: Clone,
    {
        self.with(T::clone)
    }

    /// The value as it is now.
    pub(super) fn get_untracked(self) -> T
    where
        T: Clone,
    {
        self.with_untracked(T::clone)
    }
}

impl<T: PartialEq + Send + Sync + 'static> Derived<T> {
    /// The same as a state. Who follows what is derived is woken whenever the sources change, to ask whether it is another
    /// value now; who follows this is not, unless it is. That counts where many follow it and it seldom changes, and costs a
    /// turn: it is right once all effects have had theirs, which is before the page is painted.
    pub(super) fn settled(self) -> State<T> {
        State {
            signal: settle(self.memo),
            holds: PhantomData,
        }
    }
}

fn settle(memo: Memo<Held>) -> RwSignal<Held> {
    let signal = RwSignal::new(memo.get_untracked());
    effect(move || {
        let next = memo.get();
        if signal.get_untracked() != next {
            signal.set(next);
        }
    });
    signal
}

fn derive(read: Box<dyn Fn() -> Held + Send + Sync>) -> Memo<Held> {
    Memo::new(move |_| read())
}

/// A value of any type that can be told from another.
#[derive(Clone)]
struct Held(Arc<dyn Value>);

impl Held {
    fn new<T: PartialEq + Send + Sync + 'static>(value: T) -> Self {
        Self(Arc::new(value))
    }

    fn value<T: 'static>(&self) -> &T {
        let value = self.0.as_any().downcast_ref();
        value.expect("a `State<T>` or `Derived<T>` holds nothing but a `T`")
    }
}

impl PartialEq for Held {
    fn eq(&self, other: &Self) -> bool {
        self.0.is_same(&*other.0)
    }
}

trait Value: Send + Sync {
    fn as_any(&self) -> &dyn Any;
    fn is_same(&self, other: &dyn Value) -> bool;
}

impl<T: PartialEq + Send + Sync + 'static> Value for T {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn is_same(&self, other: &dyn Value) -> bool {
        other.as_any().downcast_ref() == Some(self)
    }
}
