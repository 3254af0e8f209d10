//! What hands and keys do to the picture, and what answers them: part of the chunk that comes after the first paint
//! ([`crate::ui::running`]), since nobody's hand is faster. Until it is there, the picture can be looked at.

use leptos::html;
use leptos::prelude::*;
use web_sys::{KeyboardEvent, MouseEvent, PointerEvent, WheelEvent};

use super::bars::{self, Bars};
use super::controls::Controls;
use super::cursor;
use super::frame::Sheet;
use super::hands::Hands;
use super::keys;
use super::minimap::{self, Map, Strip};
use super::navigator::Navigator;
use super::palette::Palette;
use super::pictures::Pictures;
use super::tip::{self, Tip, TipView};
use crate::timeline::layout::{Layout, View};
use crate::timeline::scale::TimeScale;
use crate::timeline::window::Window;
use crate::ui::stage::Stage;
use crate::ui::state::State;

/// Reads what is at a place of the canvas.
type TipAt = fn(&Stage, &Layout, View, Window, (f64, f64)) -> Option<Tip>;

/// Draws over the picture.
type DrawCursor = fn(&Stage, &Layout, &TimeScale, &Sheet, &Palette) -> Option<()>;

/// The table of all that.
pub(in crate::ui) struct Handling {
    pub(super) wheel: fn(Hands, &WheelEvent),
    pub(super) press: fn(Hands, &PointerEvent),
    pub(super) go: fn(Hands, &PointerEvent),
    pub(super) lift: fn(Hands, &PointerEvent),
    pub(super) click: fn(Hands, &MouseEvent),
    pub(super) fit: fn(Hands),
    pub(super) key: fn(Hands, &KeyboardEvent),
    /// The bars as a list, over the picture.
    pub(super) bars: fn(Navigator) -> AnyView,
    /// Gives that list the focus that the picture's frame got.
    pub(super) focus: fn(),
    /// The buttons that save the picture.
    pub(super) pictures: fn(Navigator) -> AnyView,
    /// The buttons below the picture, and the strip that shows where the window lies, whose canvas is `NodeRef`.
    pub(super) controls: fn(Navigator, NodeRef<html::Canvas>) -> AnyView,
    /// Draws that strip, on what it was drawn on before.
    pub(super) draw_map: fn(&Stage, Option<Strip>, &Map<'_>, &Palette) -> Option<Strip>,
    /// The line and the handle of a replay's cursor.
    pub(super) draw_cursor: DrawCursor,
    /// What a pointer at this place of the canvas is over.
    pub(super) tip: TipAt,
    pub(super) tip_view: fn(State<Option<Tip>>, State<f64>) -> AnyView,
}

pub(in crate::ui) const HANDLING: Handling = Handling {
    wheel: Hands::wheel,
    press: Hands::press,
    go: Hands::go,
    lift: Hands::lift,
    click: Hands::click,
    fit: |hands| hands.navigator.fit(),
    key: |hands, event| keys::press(event, hands.navigator),
    bars: |navigator| view! { <Bars navigator=navigator /> }.into_any(),
    focus: bars::focus,
    pictures: |navigator| view! { <Pictures navigator=navigator /> }.into_any(),
    controls: |navigator, map| view! { <Controls navigator=navigator map=map /> }.into_any(),
    draw_map: minimap::draw,
    draw_cursor: cursor::draw,
    tip: tip::at,
    tip_view: |tip, width_px| view! { <TipView tip=tip width_px=width_px /> }.into_any(),
};
