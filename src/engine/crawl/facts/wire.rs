//! Facts as bytes: how a worker that reads pages answers the page.
//!
//! Numbers are in groups of seven bits, the lowest first; texts are their length and then UTF-8. An address begins with
//! how many bytes it has in common with the one before: those of one page are much alike.

use url::Url;

use super::{MAX_KEYS, MAX_LINKS, PageFacts, PageKind};
use crate::engine::crawl::address::Address;
use crate::engine::crawl::links::{Link, LinkKind};

/// By its number on the wire.
const PAGE_KINDS: [PageKind; 5] = [
    PageKind::Html,
    PageKind::Json,
    PageKind::Sitemap,
    PageKind::Text,
    PageKind::Other,
];
/// By its number on the wire.
const LINK_KINDS: [LinkKind; 12] = [
    LinkKind::Anchor,
    LinkKind::Area,
    LinkKind::Link,
    LinkKind::Asset,
    LinkKind::Frame,
    LinkKind::Form,
    LinkKind::Refresh,
    LinkKind::Image,
    LinkKind::Json,
    LinkKind::Location,
    LinkKind::Sitemap,
    LinkKind::Header,
];

/// The facts as bytes.
#[must_use]
pub fn encode(facts: &PageFacts) -> Vec<u8> {
    let mut bytes = Vec::new();
    number(&mut bytes, place(&PAGE_KINDS, facts.kind));
    number(&mut bytes, usize::from(facts.is_nofollow));
    number(&mut bytes, facts.links_left_out as usize);
    let texts = [
        facts.title.as_deref(),
        facts.h1.as_deref(),
        facts.description.as_deref(),
        facts.canonical.as_ref().map(Url::as_str),
        facts.language.as_deref(),
        facts.problem.as_deref(),
    ];
    for text in texts {
        number(&mut bytes, usize::from(text.is_some()));
        if let Some(text) = text {
            write(&mut bytes, text);
        }
    }
    number(&mut bytes, facts.keys.len());
    for key in &facts.keys {
        write(&mut bytes, key);
    }
    number(&mut bytes, facts.links.len());
    let mut before = "";
    for link in &facts.links {
        let kind = place(&LINK_KINDS, link.kind);
        number(&mut bytes, kind * 2 + usize::from(link.is_nofollow));
        let url = link.url.as_str();
        let common = common(before, url);
        number(&mut bytes, common);
        write(&mut bytes, &url[common..]);
        before = url;
    }
    bytes
}

/// The facts that the bytes stand for; `None` if they are none that [`encode`] has written.
#[must_use]
pub fn decode(bytes: &[u8]) -> Option<PageFacts> {
    let mut reader = Reader { rest: bytes };
    let kind = *PAGE_KINDS.get(reader.number()?)?;
    let is_nofollow = reader.flag()?;
    let links_left_out = u32::try_from(reader.number()?).ok()?;
    let title = reader.optional()?;
    let h1 = reader.optional()?;
    let description = reader.optional()?;
    let canonical = match reader.optional()? {
        Some(url) => Some(Url::parse(&url).ok()?),
        None => None,
    };
    let language = reader.optional()?;
    let problem = reader.optional()?;
    let mut keys = Vec::new();
    for _ in 0..reader.count(MAX_KEYS)? {
        keys.push(reader.text()?.to_owned());
    }
    let count = reader.count(MAX_LINKS)?;
    let mut links = Vec::with_capacity(count);
    let mut url = String::new();
    for _ in 0..count {
        let kind = reader.number()?;
        let common = reader.number()?;
        if !url.is_char_boundary(common) {
            return None;
        }
        url.truncate(common);
        url.push_str(reader.text()?);
        links.push(Link {
            url: Address::of(&Url::parse(&url).ok()?)?,
            kind: *LINK_KINDS.get(kind / 2)?,
            is_nofollow: kind % 2 == 1,
        });
    }
    reader.rest.is_empty().then_some(PageFacts {
        kind,
        title,
        h1,
        description,
        canonical,
        language,
        keys,
        links,
        links_left_out,
        is_nofollow,
        problem,
    })
}

fn place<T: PartialEq>(all: &[T], one: T) -> usize {
    all.iter().position(|other| *other == one).unwrap_or(0)
}

/// How many bytes two texts begin with alike, without parting a character.
fn common(one: &str, other: &str) -> usize {
    let alike = one.bytes().zip(other.bytes());
    let mut length = alike.take_while(|(a, b)| a == b).count();
    while !other.is_char_boundary(length) {
        length -= 1;
    }
    length
}

fn number(bytes: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        bytes.push(0x80 | (number & 0x7F) as u8);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn write(bytes: &mut Vec<u8>, text: &str) {
    number(bytes, text.len());
    bytes.extend_from_slice(text.as_bytes());
}

/// The bytes that are yet to be read.
struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn number(&mut self) -> Option<usize> {
        let mut number = 0;
        for shift in [0, 7, 14, 21, 28] {
            let (byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            let bits = usize::from(byte & 0x7F);
            // Of 32 bits, four remain for the last group.
            if shift == 28 && bits > 0x0F {
                return None;
            }
            number |= bits << shift;
            if *byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn count(&mut self, most: usize) -> Option<usize> {
        self.number().filter(|count| *count <= most)
    }

    fn flag(&mut self) -> Option<bool> {
        Some(self.count(1)? == 1)
    }

    fn text(&mut self) -> Option<&'a str> {
        let length = self.number()?;
        let (text, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        std::str::from_utf8(text).ok()
    }

    /// A text that may be missing.
    fn optional(&mut self) -> Option<Option<String>> {
        Some(if self.flag()? {
            Some(self.text()?.to_owned())
        } else {
            None
        })
    }
}
