//! What has been found of a page so far. Addresses are resolved at the end: a `<base>` holds for what stands before it too.

use url::Url;

use super::{Link, LinkKind};
use crate::engine::crawl::address::{Address, Base};
use crate::engine::crawl::facts::{MAX_LINKS, PageFacts};

/// Longest address that is kept, in bytes as it is written. A crawl asks for none of over 2 083 characters.
pub(in crate::engine::crawl) const MAX_ADDRESS_BYTES: usize = 8 * 1024;
/// Most bytes of addresses that are kept of one page, resolved.
const MAX_ADDRESSES_BYTES: usize = 4 * 1024 * 1024;

/// Who writes addresses in ASCII: [`Decode::ascii`](crate::engine::crawl::charset::Decode::ascii).
type Ascii<'a> = dyn Fn(&str, &Url) -> Option<String> + 'a;

/// A page's facts in the making.
#[derive(Debug, Default)]
pub(in crate::engine::crawl) struct Draft {
    /// All but links and what is resolved.
    pub(in crate::engine::crawl) facts: PageFacts,
    /// The first `<base href>`.
    pub(super) base: Option<String>,
    /// The first `<link rel=canonical>`.
    pub(super) canonical: Option<String>,
    /// Addresses as they are written, one behind another.
    written: String,
    found: Vec<Found>,
}

/// A link whose address ends at `end` of what is written, and begins where the last one ended.
#[derive(Debug)]
struct Found {
    end: usize,
    kind: LinkKind,
    is_nofollow: bool,
}

impl Draft {
    /// Takes an address down as it is written, unless it is plainly of another scheme.
    pub(super) fn link(&mut self, address: &str, kind: LinkKind, is_nofollow: bool) {
        let address = trimmed(address);
        if leads_elsewhere(address) {
            return;
        }
        let is_too_much = address.len() > MAX_ADDRESS_BYTES
            || self.found.len() >= MAX_LINKS
            || self.written.len() + address.len() > MAX_ADDRESSES_BYTES;
        if is_too_much {
            self.leave_out();
            return;
        }
        self.written.push_str(address);
        self.found.push(Found {
            end: self.written.len(),
            kind,
            is_nofollow,
        });
    }

    /// Counts a link that is not kept.
    pub(super) fn leave_out(&mut self) {
        self.facts.links_left_out = self.facts.links_left_out.saturating_add(1);
    }

    /// How many links were found, those that are not kept among them.
    pub(super) fn count(&self) -> u32 {
        let kept = u32::try_from(self.found.len()).unwrap_or(u32::MAX);
        kept.saturating_add(self.facts.links_left_out)
    }

    /// Resolves what was found against the page's base, or else `url`, behind what the facts hold already.
    pub(in crate::engine::crawl) fn finish(self, url: &Url) -> PageFacts {
        self.finish_with(url, &|_, _| None)
    }

    /// The same, with someone who is asked for what can't be read otherwise.
    pub(in crate::engine::crawl) fn finish_with(self, url: &Url, ascii: &Ascii<'_>) -> PageFacts {
        let mut facts = self.facts;
        let base = base(self.base.as_deref(), url, ascii);
        if facts.canonical.is_none() {
            let canonical = self.canonical.as_deref();
            facts.canonical = canonical.and_then(|written| http(join(written, &base, ascii)?));
        }
        let beside = Base::new(&base);
        facts
            .links
            .reserve_exact(self.found.len().min(MAX_LINKS - facts.links.len()));
        let (mut start, mut bytes) = (0, 0);
        for found in self.found {
            let address = &self.written[start..found.end];
            start = found.end;
            if facts.links.len() >= MAX_LINKS || bytes > MAX_ADDRESSES_BYTES {
                facts.links_left_out = facts.links_left_out.saturating_add(1);
                continue;
            }
            let url = beside.put_together(address);
            let url = url.or_else(|| Address::of(&join(address, &base, ascii)?));
            let Some(url) = url else {
                continue;
            };
            bytes += url.as_str().len();
            facts.links.push(Link {
                url,
                kind: found.kind,
                is_nofollow: found.is_nofollow || facts.is_nofollow,
            });
        }
        facts
    }
}

/// The document's base: HTML's `<base href>`, unless that is no address, or one of a scheme that has no base to give.
fn base(written: Option<&str>, url: &Url, ascii: &Ascii<'_>) -> Url {
    written
        .filter(|written| written.len() <= MAX_ADDRESS_BYTES)
        .and_then(|written| join(written, url, ascii))
        .filter(|base| !matches!(base.scheme(), "data" | "javascript"))
        .unwrap_or_else(|| url.clone())
}

/// What `written` means on a page at `base`.
fn join(written: &str, base: &Url, ascii: &Ascii<'_>) -> Option<Url> {
    match base.join(written) {
        Ok(url) => Some(url),
        // A host's name in another script.
        Err(_) if !written.is_ascii() => Url::parse(&ascii(written, base)?).ok(),
        Err(_) => None,
    }
}

fn http(mut url: Url) -> Option<Url> {
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    url.set_fragment(None);
    Some(url)
}

/// Without the white space and control characters around it, which are no part of an address (WHATWG URL, 4.4).
fn trimmed(address: &str) -> &str {
    address.trim_matches(|letter| letter <= ' ')
}

/// Whether it has a scheme that is neither http nor https. Parsing finds the rest; this saves the time for most.
fn leads_elsewhere(address: &str) -> bool {
    let is_of_scheme =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    let bytes = address.as_bytes();
    let length = bytes.iter().take_while(|byte| is_of_scheme(byte)).count();
    let scheme = &bytes[..length];
    bytes.get(length) == Some(&b':')
        && scheme.first().is_some_and(u8::is_ascii_alphabetic)
        && !scheme.eq_ignore_ascii_case(b"http")
        && !scheme.eq_ignore_ascii_case(b"https")
}
