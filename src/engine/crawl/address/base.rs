//! What addresses are written against: a page's own address, or the `<base>` that it names.

use url::Url;

use super::{Address, Parts};

/// What addresses are written against.
///
/// Most links of a page are written with plain letters and stay on its origin. What those mean can be put together from the
/// base's text and theirs; all others are read by [`Url::join`], and both say the same wherever the first says anything
/// (`tests/crawl/address.rs`).
///
/// ```
/// use crawl_playground::engine::crawl::address::Base;
/// use url::Url;
///
/// let url = Url::parse("https://example.org/docs/guide/intro?a=b").unwrap();
/// let base = Base::new(&url);
/// let address = |written| base.resolve(written).unwrap().to_string();
/// assert_eq!(address("../faq.html#top"), "https://example.org/docs/faq.html");
/// assert_eq!(address("?page=2"), "https://example.org/docs/guide/intro?page=2");
/// assert_eq!(address("//example.com/%7e"), "https://example.com/%7e");
/// assert_eq!(base.resolve("mailto:a@b.example"), None);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Base<'a> {
    url: &'a Url,
    parts: Parts<'a>,
    /// Where the query begins, or the text ends.
    path_end: usize,
    /// Behind the path's last slash.
    directory_end: usize,
    /// Whether anything can be put together from it.
    is_plain: bool,
}

impl<'a> Base<'a> {
    /// Addresses are written against `url`.
    #[must_use]
    pub fn new(url: &'a Url) -> Self {
        let parts = Parts::from(url);
        let path_end = parts.path_at + url.path().len();
        let slash = url.path().bytes().rposition(|byte| byte == b'/');
        Self {
            url,
            parts,
            path_end,
            directory_end: slash.map_or(path_end, |at| parts.path_at + at + 1),
            is_plain: parts.is_http() && !parts.has_user(),
        }
    }

    /// The address that `written` means, if it is one of http or https. Linear in both.
    #[must_use]
    pub fn resolve(&self, written: &str) -> Option<Address> {
        self.put_together(written)
            .or_else(|| Address::of(&self.url.join(written).ok()?))
    }

    /// The same for what has nothing in it to be escaped, decoded or looked at more closely, and stays on the origin; of
    /// others it says nothing.
    #[must_use]
    pub fn put_together(&self, written: &str) -> Option<Address> {
        let plain = Plain::read(written).filter(|_| self.is_plain)?;
        let text = self.parts.text;
        let origin = text.get(..self.parts.path_at)?;
        let mut path = written.get(..plain.path_end)?;
        let query = written.get(plain.path_end..plain.end)?;
        let before = if plain.has_colon {
            // Only with the origin before it is it known not to be a scheme's.
            path = path.strip_prefix(origin)?;
            path.starts_with('/').then_some(self.parts.path_at)?
        } else if path.is_empty() && query.is_empty() {
            text.len()
        } else if path.is_empty() {
            self.path_end
        } else if path.starts_with("//") {
            return None; // another host
        } else if path.starts_with('/') {
            self.parts.path_at
        } else {
            self.climb(&mut path)?
        };
        // A step that leads nowhere, or up.
        if path.starts_with('.') || plain.has_points && path.contains("/.") {
            return None;
        }
        let before = text.get(..before)?;
        let mut text = String::with_capacity(before.len() + path.len() + query.len());
        for part in [before, path, query] {
            text.push_str(part);
        }
        Some(Address {
            text: text.into(),
            path_at: self.parts.path_at as u32,
            has_escapes: self.parts.has_escapes,
        })
    }

    /// How much of the base `path` stands behind, without the steps at its beginning; nothing if one leads out of a drive.
    fn climb(&self, path: &mut &str) -> Option<usize> {
        let mut end = self.directory_end;
        loop {
            if let Some(rest) = path.strip_prefix("./") {
                *path = rest;
            } else if let Some(rest) = path.strip_prefix("../") {
                *path = rest;
                let above = self.parts.text.get(self.parts.path_at..end - 1)?;
                if let Some(slash) = above.rfind('/') {
                    if is_drive(above.get(slash + 1..)?) {
                        return None;
                    }
                    end = self.parts.path_at + slash + 1;
                }
            } else {
                return Some(end);
            }
        }
    }
}

/// Whether `segment` looks like a drive of Windows (`c:`), out of which [`Url::join`] doesn't climb, whatever the scheme.
fn is_drive(segment: &str) -> bool {
    matches!(segment.as_bytes(), [letter, b':' | b'|'] if letter.is_ascii_alphabetic())
}

/// What is written with letters that mean nothing but themselves, in a path and in a query.
struct Plain {
    path_end: usize,
    /// Where the fragment begins, if there is one.
    end: usize,
    /// Whether there is a colon before the first slash.
    has_colon: bool,
    /// Whether there is a point behind a slash.
    has_points: bool,
}

impl Plain {
    fn read(written: &str) -> Option<Self> {
        let (mut path_end, mut end) = (None, written.len());
        let (mut has_colon, mut has_points) = (false, false);
        let (mut has_slash, mut before) = (false, 0);
        for (at, byte) in written.bytes().enumerate() {
            match LETTERS[usize::from(byte)] {
                Letter::Plain => {}
                Letter::Point => has_points |= before == b'/',
                Letter::Slash => has_slash = true,
                Letter::Colon => has_colon |= !has_slash && path_end.is_none(),
                Letter::Query => path_end = path_end.or(Some(at)),
                // What follows is a fragment, whatever it is made of.
                Letter::Fragment => {
                    end = at;
                    break;
                }
                Letter::Other => return None,
            }
            before = byte;
        }
        Some(Self {
            path_end: path_end.unwrap_or(end),
            end,
            has_colon,
            has_points,
        })
    }
}

#[derive(Clone, Copy)]
enum Letter {
    Plain,
    Point,
    Slash,
    Colon,
    Query,
    Fragment,
    /// It is escaped, or means something, somewhere in an address.
    Other,
}

const LETTERS: [Letter; 256] = {
    let mut letters = [Letter::Other; 256];
    let mut byte = 0;
    while byte < 128 {
        letters[byte as usize] = match byte {
            b'.' => Letter::Point,
            b'/' => Letter::Slash,
            b':' => Letter::Colon,
            b'?' => Letter::Query,
            b'#' => Letter::Fragment,
            b'-' | b'_' | b'~' | b'!' | b'$' | b'&' | b'(' | b')' | b'*' | b'+' | b',' | b';'
            | b'=' | b'@' => Letter::Plain,
            _ if byte.is_ascii_alphanumeric() => Letter::Plain,
            _ => Letter::Other,
        };
        byte += 1;
    }
    letters
};
