//! What the Lab is asked for.

use url::Url;

use super::routes::FAMILIES;

/// A request to the Lab: a path below its root, and a query.
///
/// The Lab's root is a path segment `lab`, wherever the page itself is served from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Request {
    pub(super) path: String,
    pub(super) query: String,
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
        }
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
    /// let expected = Some(Request::new("delay/200", "page=1"));
    /// assert_eq!(request("https://example.org/lab/delay/200?page=1"), expected);
    /// assert_eq!(request("https://example.org/my/lab/lab/delay/200?page=1"), expected);
    /// assert_eq!(request("https://example.org/labs/delay/200"), None);
    /// ```
    #[must_use]
    pub fn of(url: &Url) -> Option<Self> {
        let segments: Vec<&str> = url.path_segments()?.collect();
        let is_root = |at: &usize| segments[*at] == "lab";
        let is_followed = |at: &usize| {
            segments
                .get(at + 1)
                .is_some_and(|next| FAMILIES.contains(next))
        };
        let roots = || (0..segments.len()).filter(is_root);
        let root = roots().find(is_followed).or_else(|| roots().next())?;
        let path = segments[root + 1..].join("/");
        Some(Self::new(&path, url.query().unwrap_or_default()))
    }
}
