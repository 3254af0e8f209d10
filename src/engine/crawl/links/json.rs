//! JSON (RFC 8259), read once from front to back, without recursion. What stands before an error counts.
//!
//! Several values behind one another are read too, as in JSON Lines; title and keys are those of the first.

use super::draft::Draft;
use super::{LinkKind, cut_short, text};
use crate::engine::crawl::facts::{MAX_KEYS, ReadOptions};
use scan::{Broken, Scan};

mod scan;

/// Deepest nesting that is read.
const MAX_DEPTH: usize = 1_000;

/// Keys whose texts are addresses even when they are relative ones.
const ADDRESS_KEYS: [&str; 11] = [
    "url", "href", "next", "previous", "prev", "first", "last", "self", "link", "links", "related",
];

/// An object or a list that is open.
struct Level {
    is_object: bool,
    /// Whether a text here is an address, relative or not: by its key, or the key of the list that it stands in.
    is_address: bool,
    /// Whether what stands here is an item that stands for an address, by the same.
    is_item: bool,
    /// Whether the key is one whose text is a title, and which.
    names: Option<Naming>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Naming {
    Title,
    Name,
}

/// Reads a body into `draft`.
pub(super) fn read(body: &str, options: &ReadOptions, draft: &mut Draft) {
    let mut reader = Reader {
        scan: Scan::new(body),
        levels: Vec::new(),
        options,
        draft,
        name: None,
        is_first: true,
    };
    let end = reader.run();
    let (name, at) = (reader.name.take(), reader.scan.at());
    let facts = &mut draft.facts;
    facts.title = facts.title.take().or(name);
    match end {
        Ok(()) => {}
        Err(Broken::Syntax) => cut_short(
            facts,
            format!("The JSON is broken at byte {at}; what stands before it was read."),
        ),
        Err(Broken::End) => cut_short(
            facts,
            "The JSON ends in the middle; what stands before it was read.",
        ),
        Err(Broken::Depth) => cut_short(
            facts,
            format!(
                "The JSON is nested more than {MAX_DEPTH} deep; what stands before that was read."
            ),
        ),
    }
}

struct Reader<'a> {
    scan: Scan<'a>,
    levels: Vec<Level>,
    options: &'a ReadOptions,
    draft: &'a mut Draft,
    /// The first object's `name`, for want of a `title`.
    name: Option<String>,
    /// Whether this is the first of the values.
    is_first: bool,
}

impl Reader<'_> {
    fn run(&mut self) -> Result<(), Broken> {
        while self.scan.peek().is_some() {
            self.value()?;
            // What closes, and what comes next where it was.
            while let Some(level) = self.levels.last() {
                let close = if level.is_object { b'}' } else { b']' };
                if self.scan.eat(b',') {
                    if close == b'}' {
                        self.key()?;
                    }
                    break;
                }
                self.scan.expect(close)?;
                self.levels.pop();
            }
            self.is_first &= !self.levels.is_empty();
        }
        if self.levels.is_empty() {
            Ok(())
        } else {
            Err(Broken::End)
        }
    }

    /// A value as far as to its first text, number or word; or an empty object or list.
    fn value(&mut self) -> Result<(), Broken> {
        loop {
            match self.scan.peek().ok_or(Broken::End)? {
                b'{' => {
                    self.scan.expect(b'{')?;
                    if self.scan.eat(b'}') {
                        return Ok(());
                    }
                    self.open(true)?;
                    self.key()?;
                }
                b'[' => {
                    self.scan.expect(b'[')?;
                    if self.scan.eat(b']') {
                        return Ok(());
                    }
                    self.open(false)?;
                }
                b'"' => {
                    let said = self.scan.text()?;
                    self.text(&said);
                    return Ok(());
                }
                _ => {
                    let word = self.scan.word()?;
                    if word.starts_with(|first: char| first.is_ascii_digit()) {
                        self.item(word);
                    }
                    return Ok(());
                }
            }
        }
    }

    fn open(&mut self, is_object: bool) -> Result<(), Broken> {
        if self.levels.len() >= MAX_DEPTH {
            return Err(Broken::Depth);
        }
        let level = self.levels.last();
        let is_in_address = level.is_some_and(|level| level.is_address);
        let is_in_items = level.is_some_and(|level| level.is_item);
        self.levels.push(Level {
            is_object,
            is_address: !is_object && is_in_address,
            is_item: !is_object && is_in_items,
            names: None,
        });
        Ok(())
    }

    /// An object's key, and the colon behind it.
    fn key(&mut self) -> Result<(), Broken> {
        let key = self.scan.text()?;
        self.scan.expect(b':')?;
        let is_top = self.is_first && self.levels.len() == 1;
        if let Some(level) = self.levels.last_mut() {
            level.is_address = self.options.relative_json
                && ADDRESS_KEYS
                    .iter()
                    .any(|known| known.eq_ignore_ascii_case(&key));
            let items = self.options.items.as_ref();
            level.is_item = items.is_some_and(|items| items.stand_under(&key));
            level.names = match &*key {
                "title" if is_top => Some(Naming::Title),
                "name" if is_top => Some(Naming::Name),
                _ => None,
            };
        }
        let keys = &mut self.draft.facts.keys;
        if is_top
            && keys.len() < MAX_KEYS
            && let Some(key) = text::folded(&key)
            && !keys.contains(&key)
        {
            keys.push(key);
        }
        Ok(())
    }

    fn text(&mut self, said: &str) {
        let level = self.levels.last();
        match level.and_then(|level| level.names) {
            Some(Naming::Title) => self.draft.facts.title = text::folded(said),
            Some(Naming::Name) => self.name = text::folded(said),
            None => {}
        }
        let is_address = level.is_some_and(|level| level.is_address);
        if !said.is_empty() && self.item(said) {
            return;
        }
        if is_address_shaped(said) && (is_address || is_absolute(said)) {
            self.draft.link(said, LinkKind::Json, false);
        }
    }
}

impl Reader<'_> {
    /// What is found where items stand is a link to its address. Returns whether it was.
    fn item(&mut self, item: &str) -> bool {
        let is_item = self.levels.last().is_some_and(|level| level.is_item);
        let Some(items) = self.options.items.as_ref().filter(|_| is_item) else {
            return false;
        };
        let address = items.address(item);
        self.draft.link(&address, LinkKind::Json, false);
        true
    }
}

/// Whether it could be an address as a whole: no sentence that holds one, and no template (RFC 6570).
fn is_address_shaped(said: &str) -> bool {
    let is_foreign = |byte: u8| byte <= b' ' || matches!(byte, b'{' | b'}' | b'<' | b'>' | b'"');
    !said.is_empty() && !said.bytes().any(is_foreign)
}

fn is_absolute(said: &str) -> bool {
    ["http://", "https://"].into_iter().any(|scheme| {
        said.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })
}
