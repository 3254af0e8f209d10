//! Pictures of what is in view, to keep: as SVG, and as PNG that is drawn from that.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlElement, HtmlImageElement, Url,
};

use super::folding;
use super::frame;
use super::navigator::Navigator;
use super::palette::{font, resolve};
use super::print::follow_printer;
use crate::browser::link;
use crate::engine::wait::Wait;
use crate::report::measured::range;
use crate::report::settings::{file_name, settings};
use crate::scenario::fragment;
use crate::timeline::svg::{Colours, Sheet, svg};
use crate::timeline::underline::underline;
use crate::ui::download::{blob, download};
use crate::ui::headline::{progress, verdict};
use crate::ui::replay;

/// Pixels of a PNG for each of the drawing.
const PNG_RATIO: f64 = 2.0;
/// Links that are longer are of no use on a picture.
const MAX_LINK_CHARS: usize = 300;
const NOT_DRAWN: &str = "The browser could not draw that picture. Save it as SVG instead.";

/// What a picture is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// To keep: in the colours that are looked at, and with its own title.
    File,
    /// To print: in light colours, below the page's title.
    Paper,
}

/// A picture as a file: its name without an ending, its text, its width and height.
pub(super) struct Picture {
    name: String,
    pub(super) text: String,
    width_px: f64,
    height_px: f64,
}

/// The buttons.
#[component]
pub(super) fn Pictures(navigator: Navigator) -> impl IntoView {
    follow_printer(navigator);
    view! {
        <div class="exports" role="group" aria-label="Save the picture">
            <button type="button" class="plain" on:click=move |_| save_svg(navigator)>"Save as SVG"</button>
            <button type="button" class="plain" on:click=move |_| save_png(navigator)>"Save as PNG"</button>
        </div>
    }
}

fn save_svg(navigator: Navigator) {
    if let Some(picture) = picture(navigator, Look::File) {
        let name = format!("{}.svg", picture.name);
        let content = blob(&picture.text, "image/svg+xml");
        tell(
            navigator,
            &name,
            content.and_then(|content| download(&name, &content)),
        );
    }
}

fn save_png(navigator: Navigator) {
    if let Some(picture) = picture(navigator, Look::File) {
        let name = format!("{}.png", picture.name);
        spawn_local(async move {
            let content = png(&picture).await;
            tell(
                navigator,
                &name,
                content.and_then(|content| download(&name, &content)),
            );
        });
    }
}

fn tell(navigator: Navigator, name: &str, done: Result<(), JsValue>) {
    let playground = navigator.playground;
    match done {
        Ok(()) => playground.status.set(format!("Saved as {name}.")),
        Err(_) => playground.notice.set(Some(NOT_DRAWN.into())),
    }
}

/// What is in view, as it was drawn last.
pub(super) fn picture(navigator: Navigator, look: Look) -> Option<Picture> {
    let playground = navigator.playground;
    let canvas = document().query_selector(".chart canvas").ok().flatten()?;
    let canvas: HtmlCanvasElement = canvas.dyn_into().ok()?;
    let colours = colours(&canvas, look);
    let is_running = playground.is_running.get_untracked();
    let title = verdict(playground).filter(|_| !is_running);
    let shown = playground.window.get_untracked();
    navigator.studio.with_value(|studio| {
        let studio = studio.borrow();
        playground.read(|stage| {
            let names = stage.pictured_names();
            let scale = frame::scale(stage, &studio.layout, shown);
            let view = navigator.view();
            let mut path = Vec::new();
            playground.path.with_untracked(|paths| {
                underline(paths, &studio.layout, &scale, view, &mut |line| {
                    path.push(line)
                });
            });
            let (start, end) = shown.range(stage.extent());
            let in_view = range(start, end);
            let whole = if shown.is_whole() { "" } else { &in_view };
            let mut told = vec![settings(&stage.scenario)];
            if !whole.is_empty() {
                told.push(format!("In view: {in_view}."));
            }
            told.extend(folding::told(&studio.layout, view));
            let kind = if stage.is_simulated {
                "Simulated"
            } else {
                "Measured"
            };
            told.push(format!(
                "{kind} with Crawl Playground. {}",
                link_to(&stage.scenario)
            ));
            if stage.foreseen().is_some() {
                let now = playground.scenario.with_untracked(settings);
                told.push(format!("What is predicted is of other settings: {now}"));
            }
            let replayed = replay::told(stage).map(|(moment, _)| moment);
            let title = replayed.or(title).unwrap_or_else(|| match is_running {
                true => progress(playground),
                false => names.join(", "),
            });
            let (text, width_px, height_px) = svg(&Sheet {
                title: if look == Look::File { &title } else { "" },
                settings: &told,
                scene: &studio.scene,
                path: &path,
                view,
                colours: &colours,
                is_printed: look == Look::Paper,
            });
            let names = names.join(" against ");
            let parts = [
                "crawl timeline",
                stage.scenario.preset.name(),
                &names,
                whole,
            ];
            let name = file_name(&parts, "");
            Picture {
                name: name.trim_end_matches('.').to_owned(),
                text,
                width_px,
                height_px,
            }
        })
    })
}

/// A link that brings these settings again, if it is short enough to be copied.
fn link_to(scenario: &crate::scenario::Scenario) -> String {
    let mut page = link::page();
    page.set_fragment(
        Some(&fragment::write(scenario))
            .filter(|written| !written.is_empty())
            .map(String::as_str),
    );
    let link = page.to_string();
    if link.len() <= MAX_LINK_CHARS {
        link
    } else {
        String::new()
    }
}

/// The colours of the theme that is looked at, or the light ones.
fn colours(canvas: &HtmlCanvasElement, look: Look) -> Colours {
    let element: &HtmlElement = canvas.unchecked_ref();
    let own = element.style();
    if look == Look::Paper {
        let _ = own.set_property("color-scheme", "light");
    }
    let colours = read(canvas);
    let _ = own.remove_property("color-scheme");
    colours
}

fn read(canvas: &HtmlCanvasElement) -> Colours {
    let colour = |name: &str| resolve(canvas, name);
    Colours {
        text: colour("text"),
        muted: colour("muted"),
        line: colour("line"),
        accent: colour("accent"),
        bad: colour("bad"),
        panel: colour("panel"),
        waits: Wait::ALL.map(|wait| colour(wait.key())),
        font: font(canvas),
    }
}

/// The picture as pixels: the browser draws the SVG.
async fn png(picture: &Picture) -> Result<Blob, JsValue> {
    let url = Url::create_object_url_with_blob(&blob(&picture.text, "image/svg+xml")?)?;
    let image = HtmlImageElement::new()?;
    image.set_src(&url);
    let decoded = JsFuture::from(image.decode()).await;
    let _ = Url::revoke_object_url(&url);
    decoded?;
    let canvas: HtmlCanvasElement = document().create_element("canvas")?.unchecked_into();
    let (width, height) = (picture.width_px * PNG_RATIO, picture.height_px * PNG_RATIO);
    canvas.set_width(width.ceil() as u32);
    canvas.set_height(height.ceil() as u32);
    let context = canvas.get_context("2d")?.ok_or(JsValue::NULL)?;
    let context: CanvasRenderingContext2d = context.unchecked_into();
    context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width, height)?;
    let mut begin = |done: js_sys::Function, failed: js_sys::Function| {
        let then = Closure::once_into_js(move |content: JsValue| {
            let _ = match content.is_null() {
                true => failed.call0(&JsValue::NULL),
                false => done.call1(&JsValue::NULL, &content),
            };
        });
        let _ = canvas.to_blob(then.unchecked_ref());
    };
    let content = JsFuture::from(js_sys::Promise::new(&mut begin)).await?;
    Ok(content.unchecked_into())
}
