//! Addresses as links have them: of http or https, without a fragment, and written as [`Url`] writes them.
//!
//! Most links of a page lead to what is known already, and all that is asked of those is their text. So a link's address is
//! that text and where its path begins; a [`Url`] is made of it when it is fetched. Most are found without one too
//! ([`Base`]).

use std::borrow::Cow;
use std::fmt;

use url::{Position, Url};

pub use base::Base;

mod base;

/// The address of a link: of http or https, without a fragment, as [`Url`] writes it.
///
/// ```
/// use crawl_playground::engine::crawl::address::Address;
/// use url::Url;
///
/// let url = Url::parse("https://example.org:443/a/../b?c#d").unwrap();
/// let address = Address::of(&url).unwrap();
/// assert_eq!(address.as_str(), "https://example.org/b?c");
/// assert_eq!((address.scheme(), address.path()), ("https", "/b"));
/// assert_eq!(Address::of(&Url::parse("mailto:a@b.example").unwrap()), None);
/// ```
#[derive(Clone, Debug)]
pub struct Address {
    text: Box<str>,
    path_at: u32,
    has_escapes: bool,
}

/// All else follows from the text.
impl PartialEq for Address {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Address {}

impl Address {
    /// Where `url` leads, if it is of http or https. Linear in it.
    #[must_use]
    pub fn of(url: &Url) -> Option<Self> {
        let parts = Parts::from(url);
        parts.is_http().then(|| Self {
            text: parts.text.into(),
            path_at: parts.path_at as u32,
            has_escapes: parts.has_escapes,
        })
    }

    /// The whole address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// `http` or `https`.
    #[must_use]
    pub fn scheme(&self) -> &str {
        if self.text.starts_with("https:") {
            "https"
        } else {
            "http"
        }
    }

    /// The path, without the query.
    #[must_use]
    pub fn path(&self) -> &str {
        let path = self.text.get(self.path_at as usize..).unwrap_or_default();
        before_query(path)
    }
}

/// The whole address.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The whole address.
impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.text.into()
    }
}

/// What is looked at of an address to tell which page it is of, and whether it may be fetched.
#[derive(Clone, Copy, Debug)]
pub struct Parts<'a> {
    /// Without the fragment.
    pub(super) text: &'a str,
    /// Where the path begins in it.
    pub(super) path_at: usize,
    /// Whether there may be a `%` in it.
    pub(super) has_escapes: bool,
}

impl<'a> From<&'a Url> for Parts<'a> {
    fn from(url: &'a Url) -> Self {
        let text = &url[..Position::AfterQuery];
        Self {
            text,
            path_at: url[..Position::BeforePath].len(),
            has_escapes: text.as_bytes().contains(&b'%'),
        }
    }
}

impl<'a> From<&'a Address> for Parts<'a> {
    fn from(address: &'a Address) -> Self {
        Self {
            text: &address.text,
            path_at: address.path_at as usize,
            has_escapes: address.has_escapes,
        }
    }
}

impl<'a> Parts<'a> {
    /// Whether it is of http or https.
    pub(super) fn is_http(&self) -> bool {
        self.text.starts_with("http:") || self.text.starts_with("https:")
    }

    /// Whether it says who asks, by name or password.
    pub(super) fn has_user(&self) -> bool {
        self.before_path().as_bytes().contains(&b'@')
    }

    /// Scheme, name and port, without what a user is called.
    pub(super) fn origin(&self) -> Cow<'a, str> {
        let whole = self.before_path();
        if !self.has_user() {
            return whole.into();
        }
        let user = whole.split_once("://").zip(whole.rsplit_once('@'));
        match user {
            Some(((scheme, _), (_, host))) => [scheme, "://", host].concat().into(),
            None => whole.into(),
        }
    }

    /// The host as [`Url::host_str`] writes it; nothing if it has none.
    pub(super) fn host(&self) -> Box<str> {
        let url = Url::parse(self.text).ok();
        let host = url.as_ref().and_then(Url::host_str);
        host.unwrap_or_default().into()
    }

    fn before_path(&self) -> &'a str {
        self.text.get(..self.path_at).unwrap_or_default()
    }
}

/// A path, or an address, up to its query.
pub(super) fn before_query(text: &str) -> &str {
    match text.as_bytes().contains(&b'?') {
        true => text.split_once('?').map_or(text, |(before, _)| before),
        false => text,
    }
}
