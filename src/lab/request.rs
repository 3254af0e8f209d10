//! What the Lab is asked for.

use url::{Position, Url};

use super::routes::FAMILIES;

/// What stands for the Lab's root where nobody has said which it is.
const SOME_ROOT: &str = "/lab";

/// A request to the Lab: a path below its root, a query, and where that root is.
///
/// The Lab's root is a path segment `lab`, wherever the page itself is served from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Request {
    pub(super) path: String,
    pub(super) query: String,
    pub(super) root: String,
    pub(super) is_unread: bool,
}

impl Request {
    /// A request for `path` below the Lab's root (`delay/200`), with `query` as it was sent, without its `?`.
    ///
    /// This needs no URL, for the service worker, which is smaller without a parser for them.
    #[must_use]
    pub fn new(path: &str, query: &str) -> Self {
        Self {
            path: path.strip_prefix('/').unwrap_or(path).to_owned(),
            query: query.to_owned(),
            root: SOME_ROOT.to_owned(),
            is_unread: false,
        }
    }

    /// The same below this root, `https://example.org/some/page/lab`, with or without a slash at its end.
    ///
    /// It is needed by answers that name whole addresses, such as a sitemap. Who does not say it gets them as paths
    /// below `/lab`. The host has to see to it that it is an address, for it is sent as it is.
    #[must_use]
    pub fn below(mut self, root: &str) -> Self {
        root.trim_end_matches('/').clone_into(&mut self.root);
        self
    }

    /// The same from one who knows what the pages of sites say ([`super::site::outline()`]), and reads none: their bodies
    /// are as long, and filler. Nothing else is another.
    #[must_use]
    pub const fn unread(mut self) -> Self {
        self.is_unread = true;
        self
    }

    /// The request that `url` makes, or `None` if it has no path segment `lab`.
    ///
    /// The root is the first `lab` which one of the Lab's routes follows, so that both the page and a route's own
    /// arguments may contain the word; without such a route it is the first `lab` at all.
    ///
    /// ```
    /// use crawl_playground::lab::Request;
    /// use url::Url;
    ///
    /// let request = |url| Request::of(&Url::parse(url).unwrap());
    /// let expected = Request::new("delay/200", "page=1");
    /// assert_eq!(
    ///     request("https://example.org/lab/delay/200?page=1"),
    ///     Some(expected.clone().below("https://example.org/lab")),
    /// );
    /// assert_eq!(
    ///     request("https://example.org/my/lab/lab/delay/200?page=1"),
    ///     Some(expected.below("https://example.org/my/lab/lab")),
    /// );
    /// assert_eq!(request("https://example.org/labs/delay/200"), None);
    /// ```
    #[must_use]
    pub fn of(url: &Url) -> Option<Self> {
        let (root, path) = split(url)?;
        Some(Self {
            path: path.to_owned(),
            query: url.query().unwrap_or_default().to_owned(),
            root: root.to_owned(),
            is_unread: false,
        })
    }
}

/// Where the Lab begins that `url` is an address of, with a slash at the end; `None` if it is of none.
///
/// ```
/// use crawl_playground::lab::root;
/// use url::Url;
///
/// let url = Url::parse("https://example.org/page/lab/site/small/?a=b").unwrap();
/// assert_eq!(root(&url).unwrap().as_str(), "https://example.org/page/lab/");
/// ```
#[must_use]
pub fn root(url: &Url) -> Option<Url> {
    let (root, _) = split(url)?;
    Url::parse(&format!("{root}/")).ok()
}

/// The Lab's root in `url`, without a slash at its end, and the path below it, without one at its start.
pub(super) fn split(url: &Url) -> Option<(&str, &str)> {
    if url.cannot_be_a_base() {
        return None;
    }
    let before_path = url[..Position::BeforePath].len();
    let up_to_query = &url[..Position::AfterPath];
    let bytes = up_to_query.as_bytes();
    let mut first = None;
    // Where the segment begins that is looked at: behind a slash.
    let mut start = before_path + 1;
    while let Some(segment) = bytes.get(start..) {
        let end = segment.iter().position(|&byte| byte == b'/');
        let end = start + end.unwrap_or(segment.len());
        if bytes.get(start..end) == Some(b"lab") {
            let path = up_to_query.get(end + 1..).unwrap_or_default();
            let found = (&up_to_query[..end], path);
            let family = path.bytes().position(|byte| byte == b'/');
            let family = &path[..family.unwrap_or(path.len())];
            if FAMILIES.contains(&family) {
                return Some(found);
            }
            first = first.or(Some(found));
        }
        start = end + 1;
    }
    first
}
