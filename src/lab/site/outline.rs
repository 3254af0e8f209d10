//! What a page says without its HTML.

use std::collections::BTreeSet;

use url::Url;

use super::page::Page;
use super::writer::Markup;
use super::{Asked, Site, plain, polite};
use crate::lab::request::split;

/// What a link is, by what it is found in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// `<a href>`.
    Anchor,
    /// `<area href>`.
    Area,
    /// `<link href>`, such as a page's own address (`canonical`).
    Link,
    /// `<iframe src>` or `<frame src>`.
    Frame,
    /// The action of a form that is sent by GET.
    Form,
    /// `<meta http-equiv="refresh">`.
    Refresh,
    /// One address of an image's `srcset`.
    Image,
    /// An address in JSON.
    Json,
    /// A `Link` header.
    Header,
}

/// A link as its page has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// What is written, once character references are decoded: `../ok.html`, and also `javascript:void 0`.
    pub href: String,
    /// What it is.
    pub kind: Kind,
    /// Whether it has `rel="nofollow"`.
    pub is_nofollow: bool,
}

/// What a page says: enough to crawl a site without reading HTML. See [`outline`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outline {
    /// The HTTP status. A page that fails at first has the one with which it recovers.
    pub status: u16,
    /// The title, of a page that can be read.
    pub title: Option<String>,
    /// Where a redirect leads to, relative to its own address.
    pub location: Option<String>,
    /// The `href` of its `<base>`.
    pub base: Option<String>,
    /// All links, those of the header first, and else in document order; also those that lead nowhere, such as
    /// `javascript:` ones. None where the content type is of no page.
    pub links: Vec<Link>,
}

impl Outline {
    /// The addresses of the links, in document order, of a page at `url`: those of the web, without what is none.
    pub fn addresses(&self, url: &Url) -> impl Iterator<Item = (Url, &Link)> {
        let base = self.base.as_ref().and_then(|base| url.join(base).ok());
        let base = base.unwrap_or_else(|| url.clone());
        self.links.iter().filter_map(move |link| {
            let address = base.join(&link.href).ok()?;
            matches!(address.scheme(), "http" | "https").then_some((address, link))
        })
    }
}

/// What the page at `url` says, or `None` if that is no page of one of the Lab's sites.
///
/// It is written by the code that writes the page's HTML, and costs a fraction of it.
///
/// ```
/// use crawl_playground::lab::site::outline;
/// use url::Url;
///
/// let url = Url::parse("https://example.org/lab/site/deep/36.html").unwrap();
/// let page = outline(&url).unwrap();
/// let links: Vec<&str> = page.links.iter().map(|link| &*link.href).collect();
/// assert_eq!(links, ["https://example.org/lab/site/deep/36.html", "./"]);
/// assert_eq!(outline(&Url::parse("https://example.org/lab/site/deep/37.html").unwrap()), None);
/// ```
#[must_use]
pub fn outline(url: &Url) -> Option<Outline> {
    let page = page_at(url)?;
    let is_read = page.is_read();
    let link = |(href, kind, is_nofollow): (&str, Kind, bool)| Link {
        href: href.to_owned(),
        kind,
        is_nofollow,
    };
    let links = page.body.links().filter(|_| is_read).map(link).collect();
    Some(Outline {
        status: page.status,
        title: (is_read && !page.title.is_empty()).then_some(page.title),
        location: page.location.map(str::to_owned),
        base: page.body.base,
        links,
    })
}

/// The same as it is written.
pub(in crate::lab) fn page_at(url: &Url) -> Option<Page> {
    let (root, path) = split(url)?;
    let asked = Asked::of(
        root,
        path.strip_prefix("site/")?,
        url.query().unwrap_or_default(),
    )?;
    asked.page(Markup::Unwanted)
}

/// The addresses of a site, as paths below it with their queries: the root is the empty path.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pages {
    /// Those that a crawl from the root asks for if it obeys the site's robots.txt.
    pub allowed: BTreeSet<String>,
    /// Those that a crawl asks for which does not.
    pub all: BTreeSet<String>,
}

/// The addresses that a crawl of the site asks for if it follows the links that `follows` says, and nothing
/// that leads out of the site. `None` if there is no such site, or no end of it.
///
/// Pages that fail are among them, and those that redirect; addresses of one page are there once, in their plain form.
///
/// ```
/// use crawl_playground::lab::site::pages;
///
/// assert_eq!(pages("small", |_| true).unwrap().allowed.len(), 25);
/// assert_eq!(pages("polite", |_| true).unwrap().allowed.len(), 10);
/// assert_eq!(pages("trap", |_| true), None);
/// ```
#[must_use]
pub fn pages(name: &str, follows: impl Fn(&Link) -> bool) -> Option<Pages> {
    let site = Site::named(name).ok()??;
    if site == Site::Trap {
        return None;
    }
    let root = Url::parse(&format!("http://lab.test/lab/site/{name}/")).ok()?;
    let all = reached(&root, |link, _| follows(link));
    let allowed = match site {
        Site::Polite => reached(&root, |link, path| {
            follows(link) && !polite::is_forbidden(path)
        }),
        _ => all.clone(),
    };
    Some(Pages { allowed, all })
}

fn reached(root: &Url, follows: impl Fn(&Link, &str) -> bool) -> BTreeSet<String> {
    let mut known = BTreeSet::from([String::new()]);
    let mut to_visit = vec![root.clone()];
    while let Some(url) = to_visit.pop() {
        let Some(page) = outline(&url) else { continue };
        for (address, link) in page.addresses(&url) {
            let Some(path) = address.as_str().strip_prefix(root.as_str()) else {
                continue;
            };
            let path = path.split('#').next().unwrap_or_default();
            let path = plain(path).into_owned();
            if follows(link, &path) && known.insert(path) {
                to_visit.push(address);
            }
        }
    }
    known
}
