//! Paints the link graph: a mark a page, whose form tells how it ended as its colour does.

use leptos::prelude::window;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::engine::outcome::Outcome;
use crate::results::tree::{Grid, More, Node, Tree};
use crate::timeline::layout::View;
use crate::ui::timeline::palette::{font, resolve};

/// Half the width of a mark.
const RADIUS_PX: f64 = 4.5;

/// How a page is marked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// A disc.
    Came,
    /// A cross.
    Failed,
    /// A ring.
    Going,
    /// An empty square.
    Cancelled,
}

impl Mark {
    pub(super) const ALL: [Self; 4] = [Self::Came, Self::Failed, Self::Going, Self::Cancelled];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Came => "came",
            Self::Failed => "failed",
            Self::Going => "going",
            Self::Cancelled => "cancelled",
        }
    }

    pub(super) const fn of(outcome: Option<Outcome>) -> Self {
        match outcome {
            None => Self::Going,
            Some(Outcome::Ok(_)) => Self::Came,
            Some(Outcome::Cancelled | Outcome::Refused(_)) => Self::Cancelled,
            Some(_) => Self::Failed,
        }
    }
}

/// What it is painted with.
pub(super) struct Colours {
    text: String,
    muted: String,
    line: String,
    accent: String,
    /// By [`Mark::ALL`].
    marks: [String; 4],
    font: String,
}

impl Colours {
    /// Reads the style that holds at `canvas`.
    pub(super) fn read(canvas: &HtmlCanvasElement) -> Self {
        let colour = |name: &str| resolve(canvas, name);
        Self {
            text: colour("text"),
            muted: colour("muted"),
            line: colour("edge"),
            accent: colour("accent"),
            marks: ["download", "bad", "request", "muted"].map(colour),
            font: font(canvas),
        }
    }
}

/// What there is to paint.
pub(super) struct Picture<'a> {
    pub(super) tree: &'a Tree,
    pub(super) grid: Grid,
    /// By node.
    pub(super) marks: &'a [Mark],
    pub(super) more: &'a [More],
    pub(super) selected: Option<usize>,
    pub(super) scroll_px: (f64, f64),
    pub(super) view: View,
}

/// Paints it over everything.
pub(super) fn paint(picture: &Picture<'_>, context: &CanvasRenderingContext2d, colours: &Colours) {
    let ratio = window().device_pixel_ratio();
    let Picture { grid, view, .. } = *picture;
    let nodes = picture.tree.nodes();
    context.save();
    let _ = context.scale(ratio, ratio);
    context.clear_rect(0.0, 0.0, view.width_px, view.height_px);
    let _ = context.translate(-picture.scroll_px.0, -picture.scroll_px.1);

    context.set_line_width(1.0);
    context.set_stroke_style_str(&colours.line);
    context.set_global_alpha(0.5);
    let all = nodes
        .iter()
        .filter_map(|node| Some((parent(nodes, node)?, *node)));
    lines(context, grid, all);
    context.set_global_alpha(1.0);
    if let Some(selected) = picture.selected {
        // The way from the seed, and where the page leads.
        let mut way = Vec::new();
        let mut at = nodes.get(selected).copied();
        while let Some(node) = at {
            at = parent(nodes, &node);
            way.extend(at.map(|from| (from, node)));
        }
        let is_child = |node: &&Node| node.parent == Some(selected as u32);
        let children = nodes.iter().filter(is_child);
        way.extend(children.filter_map(|node| Some((*nodes.get(selected)?, *node))));
        context.set_stroke_style_str(&colours.accent);
        context.set_line_width(1.5);
        lines(context, grid, way);
    }
    for (place, (node, mark)) in nodes.iter().zip(picture.marks).enumerate() {
        let is_selected = picture.selected == Some(place);
        dot(context, grid.place_px(*node), *mark, colours, is_selected);
    }
    headings(picture, context, colours);
    context.restore();
}

fn parent(nodes: &[Node], node: &Node) -> Option<Node> {
    nodes.get(node.parent? as usize).copied()
}

fn lines(
    context: &CanvasRenderingContext2d,
    grid: Grid,
    pairs: impl IntoIterator<Item = (Node, Node)>,
) {
    context.begin_path();
    for (from, to) in pairs {
        let ((x, y), (to_x, to_y)) = (grid.place_px(from), grid.place_px(to));
        context.move_to(x, y);
        context.line_to(to_x, to_y);
    }
    context.stroke();
}

fn dot(
    context: &CanvasRenderingContext2d,
    (x, y): (f64, f64),
    mark: Mark,
    colours: &Colours,
    is_selected: bool,
) {
    let colour = &colours.marks[mark as usize];
    let circle = |radius: f64| {
        context.begin_path();
        let _ = context.arc(x, y, radius, 0.0, std::f64::consts::TAU);
    };
    context.set_fill_style_str(colour);
    context.set_stroke_style_str(colour);
    context.set_line_width(2.0);
    let r = RADIUS_PX - 1.0;
    match mark {
        Mark::Came => {
            circle(RADIUS_PX);
            context.fill();
        }
        Mark::Going => {
            circle(r);
            context.stroke();
        }
        Mark::Failed => {
            context.begin_path();
            for side in [r, -r] {
                context.move_to(x - side, y - r);
                context.line_to(x + side, y + r);
            }
            context.stroke();
        }
        Mark::Cancelled => context.stroke_rect(x - r, y - r, 2.0 * r, 2.0 * r),
    }
    if is_selected {
        context.set_stroke_style_str(&colours.accent);
        circle(RADIUS_PX + 2.5);
        context.stroke();
    }
}

/// What each column is, and how many pages it has that are not drawn.
fn headings(picture: &Picture<'_>, context: &CanvasRenderingContext2d, colours: &Colours) {
    context.set_font(&format!("11px {}", colours.font));
    for (depth, drawn) in picture.tree.columns().iter().enumerate() {
        let left_px = picture.grid.left_px(depth as u32);
        let more = picture.more.get(depth).map_or(0, More::count);
        let count = if more > 0 {
            format!("{drawn} +{more}")
        } else {
            drawn.to_string()
        };
        context.set_fill_style_str(&colours.text);
        let _ = context.fill_text(&format!("depth {depth}"), left_px, 16.0);
        context.set_fill_style_str(&colours.muted);
        let _ = context.fill_text(&count, left_px, 30.0);
    }
}
