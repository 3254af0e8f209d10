//! A picture that leaves the page: well-formed, with the scene's shapes and no more, and with nothing in it that is not text.

use std::time::Duration;

use crawl_playground::engine::moment::Moment;
use crawl_playground::engine::outcome::Outcome;
use crawl_playground::engine::trace::{Ending, OriginId, TaskId, Trace, What};
use crawl_playground::engine::wait::Wait;
use crawl_playground::timeline::layout::{Layout, View};
use crawl_playground::timeline::rows::Rows;
use crawl_playground::timeline::scene::{Lane, Rect, Role, Scene};
use crawl_playground::timeline::svg::{Colours, Sheet, svg};
use crawl_playground::timeline::window::{Extent, Window};
use proptest::prelude::*;
use roxmltree::{Document, Node};

use super::lab;
use super::preset::{lab_presets, run_of_preset};

fn colours() -> Colours {
    Colours {
        text: "rgb(28, 30, 33)".into(),
        panel: "#fff".into(),
        waits: Wait::ALL.map(|wait| format!("#{:06x}", 0x10_10_10 * (wait.index() + 1))),
        font: "system-ui, \"Segoe UI\", sans-serif".into(),
        ..Colours::default()
    }
}

/// A lane of `rows` as the page draws it, in a view of this size.
fn drawn(name: &str, rows: &Rows, window: Window, view: View) -> Scene {
    let layout = Layout::new(view.width_px, &[rows.rows().len()]);
    let now = rows.last_end();
    let extent = Extent { end: now, now };
    let scale = window.scale(extent, layout.left_px, layout.plot_width_px);
    let lane = Lane {
        name,
        rows,
        now,
        ideal: Some(now),
        can_cancel: rows.finished().is_none(),
        is_foreseen: false,
    };
    let mut scene = Scene::default();
    scene.draw(&[lane], &layout, view, &scale);
    scene
}

fn written(scene: &Scene, view: View, title: &str, settings: &[String], path: &[Rect]) -> String {
    of_sheet(scene, view, title, settings, path, false)
}

fn of_sheet(
    scene: &Scene,
    view: View,
    title: &str,
    settings: &[String],
    path: &[Rect],
    is_printed: bool,
) -> String {
    let colours = colours();
    let (text, width_px, height_px) = svg(&Sheet {
        title,
        settings,
        scene,
        path,
        view,
        colours: &colours,
        is_printed,
    });
    assert!(width_px >= view.width_px && height_px > view.height_px);
    text
}

fn view(width_px: f64) -> View {
    View {
        width_px,
        height_px: 500.0,
        scroll_px: 0.0,
    }
}

/// The rectangles of a wait, with where their row was moved.
fn bars(document: &Document<'_>, wait: Wait) -> Vec<Rect> {
    let group = document
        .descendants()
        .find(|node| node.attribute("data-wait") == Some(wait.name()));
    let rects = group
        .into_iter()
        .flat_map(|group| group.descendants().filter(|node| node.has_tag_name("rect")));
    rects.map(|rect| placed(&rect)).collect()
}

fn placed(rect: &Node<'_, '_>) -> Rect {
    let [x, y, w, h] = ["x", "y", "width", "height"]
        .map(|name| rect.attribute(name).unwrap().parse::<f64>().unwrap());
    let moved = rect.parent().and_then(|group| group.attribute("transform"));
    let down = moved.map_or(0.0, |moved| {
        let numbers = moved.trim_start_matches("translate(").trim_end_matches(')');
        numbers.split(' ').nth(1).unwrap().parse().unwrap()
    });
    Rect {
        x,
        y: y + down,
        w,
        h,
    }
}

fn expect_shapes(text: &str, scene: &Scene) {
    let document = Document::parse(text).unwrap();
    for wait in Wait::ALL {
        let (told, drawn) = (bars(&document, wait), &scene.bars[wait.index()]);
        assert_eq!(told.len(), drawn.len(), "bars of {}", wait.name());
        for (told, drawn) in told.iter().zip(drawn) {
            let off = [
                told.x - drawn.x,
                told.y - drawn.y,
                told.w - drawn.w,
                told.h - drawn.h,
            ];
            assert!(
                off.iter().all(|off| off.abs() <= 0.0051),
                "{told:?} for {drawn:?}"
            );
        }
    }
    let texts: Vec<&str> = document
        .descendants()
        .filter(|node| node.has_tag_name("text"))
        .filter_map(|node| node.text())
        .collect();
    for label in scene
        .labels
        .iter()
        .filter(|label| label.role != Role::Cancel)
    {
        assert!(texts.contains(&label.text.as_str()), "{label:?}");
    }
    assert!(!text.contains("NaN") && !text.contains("inf"));
    // All that is named is there.
    for node in document.descendants() {
        for attribute in node.attributes() {
            if let Some(id) = attribute.value().strip_prefix("url(#") {
                let id = id.trim_end_matches(')');
                let is_there = document
                    .descendants()
                    .any(|node| node.attribute("id") == Some(id));
                assert!(is_there, "no {id}");
            }
        }
    }
}

#[test]
fn it_has_a_title_a_legend_and_the_settings() {
    let run = run_of_preset(lab_presets().next().unwrap());
    let rows = lab::rows(&run);
    let scene = drawn("At most 3", &rows, Window::WHOLE, view(900.0));
    let settings = ["Lab: Ten pages; semaphore, concurrency 3.".to_owned()];
    let line = Rect {
        x: 200.0,
        y: 100.0,
        w: 50.0,
        h: 2.0,
    };
    let text = written(
        &scene,
        view(900.0),
        "Three at a time: 2.57 times faster.",
        &settings,
        &[line],
    );
    expect_shapes(&text, &scene);
    let document = Document::parse(&text).unwrap();
    let root = document.root_element();
    assert_eq!(root.attribute("role"), Some("img"));
    let title = root
        .children()
        .find(|node| node.has_tag_name("title"))
        .unwrap();
    assert_eq!(title.text(), Some("Three at a time: 2.57 times faster."));
    let words: String = document
        .descendants()
        .filter(|node| node.has_tag_name("text"))
        .filter_map(|node| node.text())
        .collect();
    for told in [
        "Three at a time",
        "permit: waits in line",
        "requests in flight",
        "semaphore, concurrency 3.",
    ] {
        assert!(words.contains(told), "{told} in {words}");
    }
    assert!(
        !words.contains("download: "),
        "the legend names what is in the picture"
    );
    let path = document
        .descendants()
        .find(|node| node.attribute("data-kind") == Some("critical-path"));
    assert_eq!(path.unwrap().children().filter(Node::is_element).count(), 1);
}

#[test]
fn what_came_from_outside_is_text() {
    let evil = "</text><script>alert(1)</script>&\"'\u{0}\u{8}\u{ffff}";
    let scene = drawn(evil, &Rows::default(), Window::WHOLE, view(300.0));
    let text = written(&scene, view(300.0), evil, &[evil.to_owned()], &[]);
    let document = Document::parse(&text).unwrap();
    assert!(
        !document
            .descendants()
            .any(|node| node.has_tag_name("script"))
    );
    let title = document
        .descendants()
        .find(|node| node.has_tag_name("title"))
        .unwrap();
    assert_eq!(title.text(), Some("</text><script>alert(1)</script>&\"'"));
}

#[test]
fn long_words_stay_on_the_sheet() {
    let scene = Scene::default();
    let long = "x".repeat(400) + " and a few words that have no room on one line either";
    let text = written(&scene, view(360.0), &long, &[], &[]);
    let document = Document::parse(&text).unwrap();
    let lines: Vec<usize> = document
        .descendants()
        .filter(|node| node.has_tag_name("text"))
        .filter_map(|node| node.text())
        .map(str::len)
        .collect();
    assert!(
        lines.len() > 10 && lines.iter().all(|letters| *letters <= 60),
        "{lines:?}"
    );
}

#[test]
fn of_ten_thousand_rows_the_file_holds_what_is_in_view() {
    let mut trace = Trace::default();
    let name = trace.text("x");
    for id in 0..10_000 {
        trace.push(Moment::ZERO, What::Joined(TaskId(id), name, OriginId(0)));
        trace.push(Moment::ZERO, What::Entered(TaskId(id), Wait::Request));
    }
    for id in 0..10_000 {
        let end = Moment::ZERO + Duration::from_millis(u64::from(id));
        trace.push(end, What::Ended(TaskId(id), Outcome::of_status(200)));
    }
    trace.push(Moment::from_us(10_000_000), What::Finished(Ending::Done));
    let mut rows = Rows::default();
    rows.advance(&trace);
    let scene = drawn("All at once", &rows, Window::WHOLE, view(1_200.0));
    let text = written(&scene, view(1_200.0), "All at once", &[], &[]);
    expect_shapes(&text, &scene);
    assert!(text.len() < 100_000, "{} bytes", text.len());
}

#[test]
fn on_paper_each_hatched_bar_is_a_piece_of_a_strip_and_no_pattern() {
    let run = run_of_preset(lab_presets().next().unwrap());
    let rows = lab::rows(&run);
    let scene = drawn("At most 3", &rows, Window::WHOLE, view(900.0));
    let text = of_sheet(&scene, view(900.0), "", &[], &[], true);
    let document = Document::parse(&text).unwrap();
    let is = |name: &'static str| move |node: &Node<'_, '_>| node.has_tag_name(name);
    assert!(!document.descendants().any(|node| is("pattern")(&node)));
    assert!(!text.contains("url(#timeline-permit)"));
    let number =
        |node: &Node<'_, '_>, name: &str| -> f64 { node.attribute(name).unwrap().parse().unwrap() };
    let group = document
        .descendants()
        .find(|node| node.attribute("data-wait") == Some("permit"))
        .unwrap();
    let pieces: Vec<_> = group.descendants().filter(is("svg")).collect();
    let bars = &scene.bars[Wait::Permit.index()];
    assert!(bars.len() > 3);
    assert_eq!(pieces.len(), bars.len());
    let strip = document
        .descendants()
        .find(|node| node.attribute("id") == Some("timeline-permit"))
        .unwrap();
    let strip = strip.children().find(is("rect")).unwrap();
    for (piece, bar) in pieces.iter().zip(bars) {
        let told = ["x", "y", "width", "height"].map(|name| number(piece, name));
        let off = [
            told[0] - bar.x,
            told[1] - bar.y,
            told[2] - bar.w,
            told[3] - bar.h,
        ];
        assert!(
            off.iter().all(|off| off.abs() <= 0.0051),
            "{told:?} for {bar:?}"
        );
        // It looks at its own place of the strip, as wide and as high, and the strip goes on to its end.
        let [x, _, w, h] = ["x", "y", "width", "height"].map(|name| piece.attribute(name).unwrap());
        assert_eq!(piece.attribute("viewBox"), Some(&*format!("{x} 0 {w} {h}")));
        assert!(told[0] + told[2] <= number(&strip, "width"));
        assert!(told[3] <= number(&strip, "height"));
        let shown = piece.children().find(is("use")).unwrap();
        assert_eq!(shown.attribute("href"), Some("#timeline-permit"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn any_preset_in_any_window_gives_the_scene(
        preset in prop::sample::select(lab_presets().collect::<Vec<_>>()),
        factor in prop_oneof![Just(1.0), 1e-4..1.0_f64],
        at in 0.0..1.0_f64,
        width_px in 320.0..2_000.0_f64,
        title in ".{0,80}",
    ) {
        let run = run_of_preset(preset);
        let rows = lab::rows(&run);
        let end = rows.last_end();
        let window = Window::WHOLE.zoomed(factor, at, Extent { end, now: end });
        let scene = drawn("At most 3", &rows, window, view(width_px));
        expect_shapes(&written(&scene, view(width_px), &title, std::slice::from_ref(&title), &[]), &scene);
    }
}
