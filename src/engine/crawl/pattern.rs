//! Patterns of addresses, to take or to leave out.

use std::fmt;

use url::Url;

use super::normalise::{identity, path};
use super::percent;

/// Longest pattern, in bytes.
pub const MAX_PATTERN_BYTES: usize = 500;

/// A pattern of addresses: `*` stands for any characters or none, `/` among them (`**` is the same), and `?` for one
/// character. All else stands for itself, in this case. A pattern matches as a whole, not a part.
///
/// One that begins with `/` is compared with the path, without the query. Any other is compared with the whole address.
/// What is compared is an address's identity ([`super::normalise`]), in which an escape is three characters.
/// Characters of a pattern that no address holds, such as `ä` or a blank, are escaped likewise.
///
/// ```
/// use crawl_playground::engine::crawl::pattern::Pattern;
/// use url::Url;
///
/// let url = Url::parse("https://example.org/blog/2024/hello?print=1").unwrap();
/// for (pattern, matches) in [
///     ("/blog/*", true),
///     ("/blog", false),
///     ("/blog/????/hello", true),
///     ("*print=*", true),
///     ("https://*.org/*/hello", false),
/// ] {
///     assert_eq!(Pattern::new(pattern).unwrap().matches(&url), matches, "{pattern}");
/// }
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Pattern {
    /// As it was written.
    written: Box<str>,
    /// As it is compared.
    bytes: Box<[u8]>,
}

impl Pattern {
    /// Reads one.
    ///
    /// # Errors
    /// A sentence, if it is empty, too long, in another language of patterns, or such that it matches no address at all.
    pub fn new(written: &str) -> Result<Self, String> {
        let written = written.trim();
        if written.is_empty() {
            return Err("An empty pattern matches nothing: write one such as /blog/*.".to_owned());
        }
        if written.len() > MAX_PATTERN_BYTES {
            return Err(format!(
                "A pattern of {} bytes is too long: at most {MAX_PATTERN_BYTES} are compared with each address.",
                written.len()
            ));
        }
        if let Some(bracket) = written.chars().find(|char| "[]{}".contains(*char)) {
            return Err(format!(
                "\u{201c}{written}\u{201d} holds {bracket}, which means nothing here: * stands for any characters and ? for one; write one pattern for each choice."
            ));
        }
        if !written.starts_with(['/', '*', '?']) && !begins_as_address(written) {
            return Err(format!(
                "\u{201c}{written}\u{201d} matches no address, for they begin with http: or https:; begin it with one of these, with / for the path, or with *."
            ));
        }
        let mut normal = String::with_capacity(written.len());
        percent::write_normal(written.as_bytes(), is_never_sent, &mut normal);
        let mut bytes = lower_host(normal).into_bytes();
        bytes.dedup_by(|a, b| (*a, *b) == (b'*', b'*'));
        Ok(Self {
            written: written.into(),
            bytes: bytes.into(),
        })
    }

    /// Whether it matches. Never more steps than the product of both lengths, and for most patterns their sum.
    #[must_use]
    pub fn matches(&self, url: &Url) -> bool {
        self.fits(&identity(url.into()))
    }

    /// The same for an identity.
    pub(super) fn fits(&self, address: &str) -> bool {
        let is_of_path = self.bytes.first() == Some(&b'/');
        let text = if is_of_path { path(address) } else { address };
        matches(&self.bytes, text.as_bytes())
    }
}

/// As it was written.
impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

fn begins_as_address(pattern: &str) -> bool {
    pattern
        .get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case("http"))
}

/// What stands in addresses as an escape only.
fn is_never_sent(byte: u8) -> bool {
    !byte.is_ascii_graphic() || matches!(byte, b'"' | b'<' | b'>' | b'`')
}

/// Scheme and host of an address have no case.
fn lower_host(mut pattern: String) -> String {
    if !pattern.starts_with(['/', '*', '?']) {
        let host = pattern.find("://").map_or(0, |at| at + 3);
        let end = pattern[host..]
            .find('/')
            .map_or(pattern.len(), |at| host + at);
        pattern[..end].make_ascii_lowercase();
    }
    pattern
}

/// Follows the text with the pattern; at a difference the last star takes one character more. Stars before it need no
/// second thought: what they left over, the last one could take as well.
fn matches(pattern: &[u8], text: &[u8]) -> bool {
    let (mut at, mut reached) = (0, 0);
    // Where the pattern goes on after its last star, and up to where that star has taken the text.
    let mut star: Option<(usize, usize)> = None;
    while let Some(&byte) = text.get(reached) {
        match pattern.get(at) {
            Some(b'*') => {
                star = Some((at + 1, reached));
                at += 1;
            }
            Some(&wanted) if wanted == b'?' || wanted == byte => {
                at += 1;
                reached += 1;
            }
            _ => {
                let Some((after, taken)) = star.as_mut() else {
                    return false;
                };
                *taken += 1;
                (at, reached) = (*after, *taken);
            }
        }
    }
    pattern.iter().skip(at).all(|&byte| byte == b'*')
}
