//! The picture on paper: as SVG, which is crisp at any size, in light colours whatever the theme. It is there while the page
//! is printed; the style shows it in place of the canvas.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomParser, Element, SupportedType};

use super::navigator::Navigator;
use super::pictures::{Look, picture};

/// Puts the picture there whenever the page is about to be printed, and takes it away after.
pub(super) fn follow_printer(navigator: Navigator) {
    let before = window_event_listener(ev::beforeprint, move |_| show(navigator));
    let after = window_event_listener(ev::afterprint, move |_| hide());
    on_cleanup(move || {
        before.remove();
        after.remove();
    });
    // Who only looks at how it would print sends no event.
    let Ok(Some(query)) = window().match_media("print") else {
        return;
    };
    let asked = query.clone();
    let on_change = Closure::<dyn FnMut()>::new(move || match asked.matches() {
        true => show(navigator),
        false => hide(),
    });
    query.set_onchange(Some(on_change.as_ref().unchecked_ref()));
    // Both live as long as the page: without the query nobody would tell.
    on_change.forget();
    std::mem::forget(query);
}

fn show(navigator: Navigator) {
    hide();
    // Without it the canvas is printed.
    let _ = put(navigator);
}

fn put(navigator: Navigator) -> Result<(), JsValue> {
    let viewport = find(".chart .viewport").ok_or(JsValue::NULL)?;
    let picture = picture(navigator, Look::Paper).ok_or(JsValue::NULL)?;
    let parsed = DomParser::new()?.parse_from_string(&picture.text, SupportedType::ImageSvgXml)?;
    let drawing = parsed.document_element().ok_or(JsValue::NULL)?;
    drawing.set_attribute("class", "on-paper")?;
    viewport.before_with_node_1(&drawing)
}

fn hide() {
    if let Some(drawing) = find(".chart > .on-paper") {
        drawing.remove();
    }
}

fn find(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}
