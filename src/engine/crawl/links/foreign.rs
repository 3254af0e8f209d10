//! SVG and MathML inside HTML: there `<title>` is no page's title, `<style>` and `<script>` hold markup, and CDATA is text.
//!
//! A tokenizer has no tree, so this keeps the few tags that matter: where foreign content was entered, and where it was
//! left for HTML again (HTML, "tree construction dispatcher" and "parsing rules for tokens in foreign content").

/// Deepest nesting that is kept count of; what is deeper belongs to where it stands.
const MAX_DEPTH: usize = 64;

/// The tags of foreign content and of HTML in it that are open.
#[derive(Debug, Default)]
pub(super) struct Foreign {
    open: Vec<Open>,
}

#[derive(Debug)]
struct Open {
    name: Name,
    is_html: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Name {
    Svg,
    Math,
    ForeignObject,
    Desc,
    Title,
    /// Of MathML: `mi`, `mo`, `mn`, `ms`, `mtext`.
    Token,
}

impl Name {
    fn of(tag: &[u8]) -> Option<Self> {
        Some(match tag {
            b"svg" => Self::Svg,
            b"math" => Self::Math,
            b"foreignobject" => Self::ForeignObject,
            b"desc" => Self::Desc,
            b"title" => Self::Title,
            b"mi" | b"mo" | b"mn" | b"ms" | b"mtext" => Self::Token,
            _ => return None,
        })
    }
}

impl Foreign {
    /// Whether what comes next is foreign.
    pub(super) fn is_inside(&self) -> bool {
        self.open.last().is_some_and(|open| !open.is_html)
    }

    /// Takes note of a start tag. Returns whether it is one of HTML.
    pub(super) fn start(&mut self, tag: &[u8], is_self_closing: bool) -> bool {
        // For nearly every tag of nearly every page.
        if self.open.is_empty() && !matches!(tag, b"svg" | b"math") {
            return true;
        }
        let was_inside = self.is_inside();
        if was_inside && breaks_out(tag) {
            self.break_out();
            return true;
        }
        let name = Name::of(tag);
        let is_html = match name {
            Some(Name::Svg | Name::Math) => false,
            Some(_) if was_inside => true,
            _ => return !was_inside,
        };
        if let Some(name) = name
            && !is_self_closing
            && self.open.len() < MAX_DEPTH
        {
            self.open.push(Open { name, is_html });
        }
        false
    }

    fn break_out(&mut self) {
        while self.is_inside() {
            self.open.pop();
        }
    }

    /// Takes note of an end tag.
    pub(super) fn end(&mut self, tag: &[u8]) {
        // Where it closes an element outside, it ends what is inside; and where else would it come from?
        if self.is_inside() && breaks_out(tag) {
            self.break_out();
        }
        if let Some(name) = Name::of(tag)
            && let Some(at) = self.open.iter().rposition(|open| open.name == name)
        {
            self.open.truncate(at);
        }
    }
}

/// Whether the tag ends all foreign content: HTML that was written where it does not belong.
fn breaks_out(tag: &[u8]) -> bool {
    const TAGS: [&[u8]; 43] = [
        b"b",
        b"big",
        b"blockquote",
        b"body",
        b"br",
        b"center",
        b"code",
        b"dd",
        b"div",
        b"dl",
        b"dt",
        b"em",
        b"embed",
        b"h1",
        b"h2",
        b"h3",
        b"h4",
        b"h5",
        b"h6",
        b"head",
        b"hr",
        b"i",
        b"img",
        b"li",
        b"listing",
        b"menu",
        b"meta",
        b"nobr",
        b"ol",
        b"p",
        b"pre",
        b"ruby",
        b"s",
        b"small",
        b"span",
        b"strong",
        b"strike",
        b"sub",
        b"sup",
        b"table",
        b"tt",
        b"u",
        b"ul",
    ];
    tag == b"var" || TAGS.contains(&tag)
}
