//! HTML, by a tokenizer that follows the standard; no tree is built.
//!
//! So that nothing is kept that is not read, the tokenizer speaks to an emitter of ours: text goes nowhere unless it is
//! a title or a heading, and so do attributes unless a crawl reads them. As in a browser without scripts, `<noscript>`
//! is read, and what is inside `<script>`, `<style>`, `<textarea>` and the like is no markup.

use html5gum::{Emitter, Error, State, Tokenizer};

use super::draft::Draft;
use super::element::{Element, Name, Values};
use super::foreign::Foreign;
use super::tag;
use super::text::Text;

/// So many tags are read between two rests, which is a matter of microseconds.
const TAGS_OF_A_PIECE: u32 = 64;

/// Reads a page into `draft`.
pub(super) fn read(body: &str, draft: &mut Draft) {
    pieces(body, draft).for_each(drop);
}

/// The same piece by piece: each step reads some tags more, and the tokenizer rests where it is until the next. At the end
/// all is read.
pub(super) fn pieces(body: &str, draft: &mut Draft) -> impl Iterator<Item = ()> {
    // A text can't fail to be read, so what comes out are rests.
    Tokenizer::new_with_emitter(body, Reader::new(draft)).map(drop)
}

/// What text is kept for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kept {
    Title,
    Heading,
}

/// What the tokenizer speaks to.
struct Reader<'a> {
    draft: &'a mut Draft,
    /// The tag that is being read.
    tag: Name,
    is_end_tag: bool,
    is_self_closing: bool,
    /// What that tag is, once its name is whole, if its attributes are read.
    element: Option<Element>,
    attribute: Name,
    /// Whether the attribute's value has begun, so that its name is known.
    is_in_value: bool,
    values: Values,
    /// The start tag read last, which alone can be closed where markup is text.
    last_start_tag: Name,
    foreign: Foreign,
    kept: Option<(Kept, Text)>,
    has_title: bool,
    /// Whether text belongs to a script, a style or another element whose content is not shown as text.
    is_raw: bool,
    /// How many tags may come until the next rest.
    tags_to_rest: u32,
}

impl<'a> Reader<'a> {
    fn new(draft: &'a mut Draft) -> Self {
        Self {
            draft,
            tag: Name::default(),
            is_end_tag: false,
            is_self_closing: false,
            element: None,
            attribute: Name::default(),
            is_in_value: false,
            values: Values::default(),
            last_start_tag: Name::default(),
            foreign: Foreign::default(),
            kept: None,
            has_title: false,
            is_raw: false,
            tags_to_rest: TAGS_OF_A_PIECE,
        }
    }

    fn init_tag(&mut self, is_end_tag: bool) {
        self.tag.clear();
        self.is_end_tag = is_end_tag;
        self.is_self_closing = false;
        self.element = None;
        self.attribute.clear();
    }

    /// The attribute that was being read is whole, or the tag is without one.
    fn close_attribute(&mut self) {
        if !self.is_in_value && !self.attribute.as_bytes().is_empty() {
            self.begin_value();
        }
        self.attribute.clear();
        self.is_in_value = false;
    }

    fn begin_value(&mut self) {
        let attribute = self
            .element
            .and_then(|element| element.attribute(self.attribute.as_bytes()));
        self.values.begin(attribute);
        self.is_in_value = true;
    }

    fn start_tag(&mut self) -> Option<State> {
        let name = self.tag;
        let name = name.as_bytes();
        self.last_start_tag = self.tag;
        let is_html = self.foreign.start(name, self.is_self_closing);
        if matches!(name, [b'h', b'1'..=b'6']) {
            self.keep_no_more(Kept::Heading);
        }
        if let Some(element) = self.element.or_else(|| Element::of(name)) {
            tag::read(element, &self.values, self.draft);
        }
        if !is_html {
            return None;
        }
        let state = match name {
            b"title" => {
                self.begin_title();
                return Some(State::RcData);
            }
            b"h1" => {
                self.begin_heading();
                return None;
            }
            b"br" => {
                self.emit_string(b" ");
                return None;
            }
            b"textarea" => State::RcData,
            b"script" => State::ScriptData,
            b"style" | b"iframe" | b"xmp" | b"noembed" | b"noframes" => State::RawText,
            b"plaintext" => State::PlainText,
            _ => return None,
        };
        self.is_raw = true;
        Some(state)
    }

    fn end_tag(&mut self) {
        let name = self.tag;
        let name = name.as_bytes();
        self.is_raw = false;
        self.foreign.end(name);
        match name {
            b"title" => self.keep_no_more(Kept::Title),
            [b'h', b'1'..=b'6'] => self.keep_no_more(Kept::Heading),
            _ => {}
        }
    }

    fn begin_title(&mut self) {
        if !self.has_title {
            self.has_title = true;
            self.kept = Some((Kept::Title, Text::default()));
        }
    }

    fn begin_heading(&mut self) {
        if self.draft.facts.h1.is_none() {
            self.kept = Some((Kept::Heading, Text::default()));
        }
    }

    /// The text that is kept for `what` ends here, if any is.
    fn keep_no_more(&mut self, what: Kept) {
        if let Some((_, text)) = self.kept.take_if(|(kept, _)| *kept == what) {
            let facts = &mut self.draft.facts;
            match what {
                Kept::Title => facts.title = text.finish(),
                Kept::Heading => facts.h1 = text.finish(),
            }
        }
    }
}

impl Emitter for Reader<'_> {
    /// A rest.
    type Token = ();

    fn set_last_start_tag(&mut self, last_start_tag: Option<&[u8]>) {
        self.last_start_tag.clear();
        self.last_start_tag.push(last_start_tag.unwrap_or_default());
    }

    fn emit_eof(&mut self) {
        self.keep_no_more(Kept::Title);
        self.keep_no_more(Kept::Heading);
    }

    fn emit_error(&mut self, _: Error) {}

    #[inline]
    fn should_emit_errors(&mut self) -> bool {
        false
    }

    #[inline]
    fn pop_token(&mut self) -> Option<()> {
        if self.tags_to_rest > 0 {
            return None;
        }
        self.tags_to_rest = TAGS_OF_A_PIECE;
        Some(())
    }

    #[inline]
    fn emit_string(&mut self, text: &[u8]) {
        if let Some((_, kept)) = &mut self.kept
            && !self.is_raw
        {
            kept.push(text);
        }
    }

    fn init_start_tag(&mut self) {
        self.init_tag(false);
    }

    fn init_end_tag(&mut self) {
        self.init_tag(true);
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        self.tags_to_rest = self.tags_to_rest.saturating_sub(1);
        self.close_attribute();
        let state = if self.is_end_tag {
            self.end_tag();
            None
        } else {
            self.start_tag()
        };
        self.values.clear();
        state
    }

    fn set_self_closing(&mut self) {
        self.is_self_closing = true;
    }

    #[inline]
    fn push_tag_name(&mut self, piece: &[u8]) {
        self.tag.push(piece);
    }

    fn init_attribute(&mut self) {
        if self.is_end_tag {
            return;
        }
        if self.element.is_none() {
            self.element = Element::of(self.tag.as_bytes());
        }
        self.close_attribute();
    }

    #[inline]
    fn push_attribute_name(&mut self, piece: &[u8]) {
        if self.element.is_some() {
            self.attribute.push(piece);
        }
    }

    fn init_attribute_value(&mut self) {
        if self.element.is_some() && !self.is_in_value {
            self.begin_value();
        }
    }

    #[inline]
    fn push_attribute_value(&mut self, piece: &[u8]) {
        if self.element.is_some() {
            self.values.push(piece);
        }
    }

    #[inline]
    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.is_end_tag
            && !self.last_start_tag.as_bytes().is_empty()
            && self.last_start_tag.as_bytes() == self.tag.as_bytes()
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&mut self) -> bool {
        self.foreign.is_inside()
    }

    // Nothing of these is read.
    fn init_comment(&mut self) {}
    fn emit_current_comment(&mut self) {}
    fn push_comment(&mut self, _: &[u8]) {}
    fn emit_current_doctype(&mut self) {}
    fn set_force_quirks(&mut self) {}
    fn push_doctype_name(&mut self, _: &[u8]) {}
    fn init_doctype(&mut self) {}
    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}
}
