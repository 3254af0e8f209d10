//! How the picture of the permits moves: tasks are seen to come, to take a slot, to move up and to leave.
//!
//! The page says at once how it is; only what is seen gets there in a moment. Each task stands at its new place and is drawn at
//! first where it stood before, by a transform that the style takes away (`style/replay.css`). Nothing is laid out for that but
//! what has changed, once; and who has left is drawn once more, without a word, by an `i` that lies above.

use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{DomRect, Element, IntersectionObserver};

use crate::report::lending::moves::{Move, Spot};
use crate::report::lending::task_name;
use crate::ui::dynamic::effect;
use crate::ui::is_in_window;
use crate::ui::state::State;

/// Where those come back from who had left, as the style has them leave. What can be read is never faded on its way.
const LEFT_BY: (f64, f64) = (0.0, -26.0);

/// The tasks and slots that the picture has now.
struct Pieces {
    slots: Vec<Element>,
    line: Vec<Element>,
}

impl Pieces {
    fn of(frame: &Element) -> Self {
        Self {
            slots: items(frame, ".slots"),
            line: items(frame, ".line"),
        }
    }

    fn at(&self, spot: Spot) -> Option<Element> {
        match spot {
            // What says who holds it.
            Spot::Slot(place) => self.slots.get(place)?.first_element_child(),
            Spot::Line(place) => self.line.get(place).cloned(),
        }
    }

    /// Puts all to rest where they are.
    fn rest(&self) {
        for piece in self.slots.iter().chain(&self.line) {
            let _ = piece.remove_attribute("style");
            if let Some(holder) = piece.first_element_child() {
                let _ = holder.remove_attribute("style");
            }
        }
    }
}

fn items(frame: &Element, list: &str) -> Vec<Element> {
    let list = frame.query_selector(list).ok().flatten();
    let mut next = list.and_then(|list| list.first_element_child());
    let mut items = Vec::new();
    while let Some(item) = next {
        next = item.next_element_sibling();
        items.push(item);
    }
    items
}

/// What is about to move: where all of it is, before the page is changed.
pub(super) struct Motion {
    frame: Element,
    /// What lies above all and draws who has left.
    above: Element,
    moves: Vec<Move>,
    /// For each move, where the task is seen now.
    from: Vec<Option<DomRect>>,
    /// The slots that there are now.
    slots: Vec<DomRect>,
    is_back: bool,
}

impl Motion {
    /// Takes down where everybody is who moves, which may be on the way still, and so many slots; then all is at rest. `None`
    /// where nothing is to move, or nobody wants to see it.
    pub(super) fn begin(moves: Option<Vec<Move>>, slots: usize, is_back: bool) -> Option<Self> {
        let find = |selector| document().query_selector(selector).ok().flatten();
        let (frame, above) = (find(".lending .scroller")?, find(".lending .above")?);
        let pieces = Pieces::of(&frame);
        let moves = moves.filter(|_| is_wanted());
        let motion = moves.map(|moves| Self {
            from: moves.iter().map(|it| place(&pieces, it.from)).collect(),
            slots: pieces.slots.iter().take(slots).map(rect).collect(),
            frame,
            above: above.clone(),
            moves,
            is_back,
        });
        pieces.rest();
        above.set_text_content(None);
        motion
    }

    /// Has all that is elsewhere now come from where it was. Where slots are lent, they too come and go, and `slots` says how
    /// many there are.
    pub(super) fn play(self, slots: Option<usize>) {
        let pieces = Pieces::of(&self.frame);
        // All is measured before anything is set, so that the page is laid out once.
        let zero = rect(&self.above);
        let to: Vec<_> = self.moves.iter().map(|it| place(&pieces, it.to)).collect();
        for ((it, from), to) in self.moves.iter().zip(&self.from).zip(&to) {
            let is_slot = |spot| matches!(spot, Some(Spot::Slot(_)));
            let piece = it.to.and_then(|to| pieces.at(to));
            if let Some((piece, to)) = piece.zip(to.as_ref()) {
                let (name, way) = match from {
                    Some(from) if is_slot(it.from) == is_slot(it.to) => {
                        ("moves-up", apart(from, to))
                    }
                    Some(from) => ("takes", apart(from, to)),
                    None if self.is_back && is_slot(it.to) => ("moves-up", LEFT_BY),
                    None => ("comes", (0.0, 0.0)),
                };
                animate(&piece, name, way);
            } else if let Some(from) = from {
                let leaves = !self.is_back && is_slot(it.from);
                let name = if leaves { "leaves" } else { "goes" };
                self.shade(from, &zero, name, &task_name(it.task));
            }
        }
        let Some(slots) = slots else { return };
        let before = self.slots.len();
        for slot in pieces.slots.iter().take(slots).skip(before) {
            animate(slot, "comes", (0.0, 0.0));
        }
        for gone in self.slots.iter().skip(slots) {
            self.shade(gone, &zero, "goes", "");
        }
    }

    /// What is seen still of somebody who is gone from `place`, or of a slot. It has no text, for nothing is there any more, and
    /// is faded when it has moved; what moves next takes it away.
    fn shade(&self, place: &DomRect, zero: &DomRect, name: &str, task: &str) {
        if let Ok(shade) = document().create_element("i") {
            let _ = shade.set_attribute("data-name", task);
            animate(&shade, name, apart(place, zero));
            let _ = self.above.append_child(&shade);
        }
    }
}

fn rect(piece: &Element) -> DomRect {
    piece.get_bounding_client_rect()
}

/// How far one is from the other.
fn apart(one: &DomRect, other: &DomRect) -> (f64, f64) {
    (one.left() - other.left(), one.top() - other.top())
}

fn place(pieces: &Pieces, spot: Option<Spot>) -> Option<DomRect> {
    Some(rect(&pieces.at(spot?)?))
}

/// Whether somebody is there who wants motion.
fn is_wanted() -> bool {
    let query = window().match_media("(prefers-reduced-motion: reduce)");
    !query.is_ok_and(|query| query.is_some_and(|query| query.matches()))
}

/// Keeps in `is_seen` whether `frame` is in the window. The browser calls when that changes, with a page that is laid out: to
/// ask where the frame is in the midst of all that a step changes would have it lay out the page for that.
pub(super) fn watch(frame: NodeRef<html::Div>, is_seen: State<bool>) {
    effect(move || {
        let Some(frame) = frame.get() else { return };
        let watched = frame.clone();
        let on_change = Closure::<dyn FnMut()>::new(move || is_seen.set(is_in_window(&watched)));
        if let Ok(observer) = IntersectionObserver::new(on_change.as_ref().unchecked_ref()) {
            observer.observe(&frame);
        }
        // The region lives as long as the page.
        on_change.forget();
    });
}

/// Has `piece` move by the style's rule of that name, which is told so many pixels.
fn animate(piece: &Element, name: &str, (x_px, y_px): (f64, f64)) {
    let (x_px, y_px) = (x_px.round() as i32, y_px.round() as i32);
    let style = format!("--x:{x_px}px;--y:{y_px}px;animation:var(--{name})");
    let _ = piece.set_attribute("style", &style);
}
