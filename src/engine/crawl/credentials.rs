//! Addresses as they may be kept and shown: without what a user is called there, and the password.

use std::borrow::Cow;

use super::frontier::CUT;
use super::normalise::split_scheme;

/// What stands for a user's name and password.
const MASK: &str = "***@";

/// An address with `***` in place of a user's name and password, if it has them; as [`url::Url`] writes it, or its
/// beginning as a frontier keeps it. Linear, and done again it changes nothing.
///
/// ```
/// use crawl_playground::engine::crawl::credentials::masked;
///
/// assert_eq!(masked("https://me:secret@example.org/a@b"), "https://***@example.org/a@b");
/// assert_eq!(masked("https://example.org/?to=a@b"), "https://example.org/?to=a@b");
/// ```
#[must_use]
pub fn masked(address: &str) -> Cow<'_, str> {
    if !address.as_bytes().contains(&b'@') && !address.ends_with(CUT) {
        return address.into();
    }
    let Some((scheme, rest)) = split_scheme(address) else {
        return address.into();
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    match authority.rsplit_once('@') {
        Some((_, host)) => [scheme, "://", MASK, host, path].concat().into(),
        // Of what was cut so early nobody knows what it is.
        None if authority.ends_with(CUT) => format!("{scheme}://{MASK}{CUT}").into(),
        None => address.into(),
    }
}
