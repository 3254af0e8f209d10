//! A page's identity: two addresses that mean the same by the rules of the web are one page.
//!
//! [`Url`] itself does most of it as it reads an address: scheme and host in lower case, no default port, no dot segments.
//! What is left are fragments and escapes (RFC 3986, section 6.2.2). Nothing is guessed: the order of a query, an empty
//! query, a slash at the end and a leading `www.` make two pages, since to a server they may.

use std::borrow::Cow;

use url::Url;

use super::address::{Parts, before_query};
use super::percent;

/// The identity of the page that `url` addresses: without a fragment, without a default port, unreserved escapes decoded,
/// the others in upper case; order and emptiness of the query are kept.
///
/// Idempotent: `normalise(&normalise(url)) == normalise(url)`. Linear in the address.
///
/// ```
/// use crawl_playground::engine::crawl::normalise::normalise;
/// use url::Url;
///
/// let url = Url::parse("HTTP://Example.org:80/%7Euser/%e4?b=%41&a=#top").unwrap();
/// assert_eq!(normalise(&url).as_str(), "http://example.org/~user/%E4?b=A&a=");
/// ```
#[must_use]
pub fn normalise(url: &Url) -> Url {
    let text = identity(url.into());
    let parsed = match text {
        Cow::Owned(text) => Url::parse(&text).ok(),
        Cow::Borrowed(_) => None,
    };
    parsed.unwrap_or_else(|| {
        let mut url = url.clone();
        url.set_fragment(None);
        url
    })
}

/// What stands before the first `://`, and what after it. Of what is looked for in each address that is found, to look for a
/// letter takes a fraction of the time.
pub(super) fn split_scheme(address: &str) -> Option<(&str, &str)> {
    let ends = address.match_indices(':');
    let is_end = |(at, _): (usize, &str)| {
        Some((address.get(..at)?, address.get(at..)?.strip_prefix("://")?))
    };
    ends.into_iter().find_map(is_end)
}

/// The path of an address of http, without the query.
pub(super) fn path(address: &str) -> &str {
    let after_scheme = split_scheme(address).map_or(address, |(_, rest)| rest);
    let path = after_scheme.find('/').and_then(|at| after_scheme.get(at..));
    let path = path.unwrap_or_default();
    before_query(path)
}

/// The same as text. It is only written anew where there are escapes.
pub(super) fn identity(address: Parts<'_>) -> Cow<'_, str> {
    let Parts {
        text,
        path_at,
        has_escapes,
    } = address;
    if !has_escapes {
        return Cow::Borrowed(text);
    }
    let (before, path) = text.split_at(path_at);
    let mut normal = String::with_capacity(text.len());
    normal.push_str(before);
    percent::write_normal(path.as_bytes(), |_| false, &mut normal);
    Cow::Owned(normal)
}
