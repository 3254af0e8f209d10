//! One rule of a robots.txt, and how it is compared with an address (RFC 9309, sections 2.2.2 and 2.2.3).
//!
//! Both are brought into one form first: what is not ASCII or not to stand in an address is escaped, what needs no escape
//! has none. In an address `*` and `$` are escaped as well, so that they meet a rule's `%2A` and `%24`.

use url::{Position, Url};

use super::super::percent;

/// A rule with a path.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Rule {
    is_allow: bool,
    /// Whether it ends with `$`: then it matches whole paths only.
    is_anchored: bool,
    /// What parts it at `*`, in ASCII. Without the `$` at the end.
    path: Box<str>,
    /// How much of it stands before the first `*`.
    literal_bytes: usize,
    /// The same as a query may have it, if that is something else.
    loose: Option<Box<str>>,
}

/// An address that is asked for.
pub(super) struct Asked {
    path: String,
    /// The same with `/` and `:` of the query unescaped, if that is something else.
    loose: Option<String>,
}

impl Asked {
    pub(super) fn new(url: &Url) -> Self {
        let path = normal(
            url[Position::BeforePath..Position::AfterQuery].as_bytes(),
            true,
        );
        Self {
            loose: loose(&path),
            path,
        }
    }
}

impl Rule {
    /// A rule without a path says nothing.
    pub(super) fn new(is_allow: bool, path: &[u8]) -> Option<Self> {
        let (is_anchored, path) = match path.split_last()? {
            (b'$', rest) => (true, rest),
            _ => (false, path),
        };
        let path = normal(path, false);
        Some(Self {
            is_allow,
            is_anchored,
            literal_bytes: path.find('*').unwrap_or(path.len()),
            loose: loose(&path).map(Into::into),
            path: path.into(),
        })
    }

    pub(super) const fn is_allow(&self) -> bool {
        self.is_allow
    }

    /// How specific it is: its octets.
    pub(super) fn len(&self) -> usize {
        self.path.len() + usize::from(self.is_anchored)
    }

    /// Linear in both, whatever they are.
    pub(super) fn matches(&self, asked: &Asked) -> bool {
        // Most rules differ before their first star, and that is quick to see.
        let begins = self.path.as_bytes().get(..self.literal_bytes);
        if begins.is_some_and(|begins| asked.path.as_bytes().starts_with(begins))
            && fits(&self.path, self.is_anchored, &asked.path)
        {
            return true;
        }
        if self.loose.is_none() && asked.loose.is_none() {
            return false;
        }
        let path = self.loose.as_ref().unwrap_or(&self.path);
        fits(
            path,
            self.is_anchored,
            asked.loose.as_ref().unwrap_or(&asked.path),
        )
    }
}

/// Each piece between stars is looked for where it comes first after the one before: that leaves most to the others.
fn fits(path: &str, is_anchored: bool, asked: &str) -> bool {
    let (first, pieces) = match path.split_once('*') {
        None if is_anchored => return asked == path,
        None => return asked.starts_with(path),
        Some(parted) => parted,
    };
    let Some(mut rest) = asked.strip_prefix(first) else {
        return false;
    };
    // The last piece stands at the end if the rule is anchored.
    let (pieces, last) = match pieces.rsplit_once('*') {
        Some((pieces, last)) if is_anchored => (Some(pieces), last),
        None if is_anchored => (None, pieces),
        _ => (Some(pieces), ""),
    };
    for piece in pieces.into_iter().flat_map(|pieces| pieces.split('*')) {
        let Some((_, after)) = rest.split_once(piece) else {
            return false;
        };
        rest = after;
    }
    rest.ends_with(last)
}

/// The form in which paths are compared.
fn normal(path: &[u8], are_wildcards_escaped: bool) -> String {
    let mut normal = String::with_capacity(path.len());
    let must_escape = |byte| match byte {
        b'*' => are_wildcards_escaped,
        b'$' => true,
        // Addresses are read such that some of these are escaped and others not, and that in the query only.
        b'"' | b'\'' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' => true,
        _ => !byte.is_ascii_graphic(),
    };
    percent::write_normal(path, must_escape, &mut normal);
    normal
}

/// In a query `/` and `:` mean the same escaped or not, and the RFC's own example has them escaped in the one and not in
/// the other. `None` if there is nothing to unescape.
fn loose(path: &str) -> Option<String> {
    let (before, query) = path.split_once('?')?;
    let loose = query.replace("%2F", "/").replace("%3A", ":");
    (loose.len() < query.len()).then(|| format!("{before}?{loose}"))
}
