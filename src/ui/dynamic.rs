//! What follows the state of the page: texts, flags and parts of a view, and what is done when it changes.
//!
//! Leptos compiles all that it does to such a thing anew for each closure and each type that it is given, some kilobytes
//! every time. Here they are boxed, so that the page ships that code once for each kind and not for each use.

use leptos::prelude::*;

/// A text that follows the signals it reads: for children, attributes, properties and styles.
pub(super) type Text = Box<dyn FnMut() -> String + Send>;
/// A yes or no that follows the signals it reads: for attributes, properties and classes.
pub(super) type Flag = Box<dyn FnMut() -> bool + Send>;
/// A part of a view that follows the signals it reads.
pub(super) type Part = Box<dyn FnMut() -> AnyView + Send>;
/// Several views of any kind, one after another.
pub(super) type Views = Vec<AnyView>;

/// A text that follows the signals which `read` reads.
pub(super) fn text<T: Into<String>>(read: impl Fn() -> T + Send + 'static) -> Text {
    Box::new(move || read().into())
}

/// A yes or no that follows the signals which `read` reads.
pub(super) fn flag(read: impl Fn() -> bool + Send + 'static) -> Flag {
    Box::new(read)
}

/// An attribute that says `true` or `false`, as those of ARIA do.
pub(super) fn aria(read: impl Fn() -> bool + Send + 'static) -> Text {
    text(move || if read() { "true" } else { "false" })
}

/// A part of a view that is made anew when the signals change which `make` reads.
pub(super) fn part<V: IntoView + 'static>(make: impl Fn() -> V + Send + 'static) -> Part {
    Box::new(move || make().into_any())
}

/// Does `act` a moment later, and again whenever the signals change which it reads.
pub(super) fn effect(act: impl FnMut() + 'static) {
    boxed_effect(Box::new(act));
}

fn boxed_effect(mut act: Box<dyn FnMut()>) {
    Effect::new(move |_: Option<()>| act());
}

/// A view for each item.
pub(super) fn each<T, V: IntoView + 'static>(
    items: impl IntoIterator<Item = T>,
    view: impl Fn(T) -> V,
) -> Views {
    items
        .into_iter()
        .map(|item| view(item).into_any())
        .collect()
}
