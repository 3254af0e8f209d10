//! Web sites to crawl: pages that link to each other, with a `robots.txt` and a `sitemap.xml` each.
//!
//! | site | pages |
//! |---|---|
//! | `small` | 25, in a tree three links deep |
//! | `wide` | 201: the root links to all others |
//! | `deep` | 37: a root, and twelve levels of three |
//! | `tree-{n}` | `n`, 1 to 100 000, with ten children each |
//! | `mixed`, `mixed-{n}` | all that goes wrong: errors, redirects, slow and big pages, bad HTML, odd content; see [`outline()`] |
//! | `polite` | 16, of which `robots.txt` keeps a crawler from 6; a second between two requests |
//! | `trap` | no end of them: a calendar, session ids, a directory in itself |
//!
//! All of a page follows from its address: its title, its links, and after how long it comes (40 to 240 ms). Only the
//! one page of `mixed` that fails at first depends on what was before; `mixed-{n}`, `n` up to 99 999 999, is a copy in
//! which it fails anew.
//!
//! **A site's root is `site/{name}/`**, and not its origin's: all sites are on one origin, and that is the page's own, where
//! this network has no say. So a site's rules are at `site/{name}/robots.txt`, which [`robots_address`] names, with whole
//! paths in them, as they are matched: `Disallow: /lab/site/polite/private/`, or whatever stands before `/lab/`.

mod files;
mod mixed;
mod outline;
mod page;
mod polite;
mod regular;
mod trap;
mod writer;

use std::borrow::Cow;
use std::time::Duration;

use url::Url;

pub(super) use outline::page_at;
pub use outline::{Kind, Link, Outline, Pages, outline, pages};
pub use regular::{DEEP_PAGES, MAX_TREE_PAGES, SMALL_PAGES, WIDE_PAGES};

use super::plan::{Answer, Plan};
use super::query::{hex, integer};
use super::refusal::{Refusal, quoted};
use super::request::{Request, split};
use super::state::State;
use crate::engine::moment::Moment;
use page::Page;
use writer::Markup;

/// Highest number of a copy of `mixed`.
const MAX_COPY: u32 = 99_999_999;
const FILE_AFTER: Duration = Duration::from_millis(40);

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Site {
    Small,
    Wide,
    Deep,
    Tree(u32),
    /// Which copy of it; the one without a number is number 0.
    Mixed(u32),
    Polite,
    Trap,
}

impl Site {
    /// The site of this name, if there is one.
    ///
    /// # Errors
    /// When its number is not what is allowed.
    fn named(name: &str) -> Result<Option<Self>, Refusal> {
        Ok(Some(match name {
            "small" => Self::Small,
            "wide" => Self::Wide,
            "deep" => Self::Deep,
            "mixed" => Self::Mixed(0),
            "polite" => Self::Polite,
            "trap" => Self::Trap,
            _ => match name.split_once('-') {
                Some(("tree", count)) => Self::Tree(integer("n", count, 1..=MAX_TREE_PAGES)?),
                Some(("mixed", copy)) => Self::Mixed(integer("n", copy, 0..=MAX_COPY)?),
                _ => return Ok(None),
            },
        }))
    }
}

/// An address within a site, taken apart.
struct Asked<'a> {
    /// The Lab's, without a slash at its end.
    root: &'a str,
    name: &'a str,
    site: Site,
    /// Below the site, in its plain form.
    path: Cow<'a, str>,
    query: &'a str,
}

impl<'a> Asked<'a> {
    /// What `below` asks for, which is a path below the Lab's `site/`. `None` if there is no such site.
    fn of(root: &'a str, below: &'a str, query: &'a str) -> Option<Self> {
        let slash = below.bytes().position(|byte| byte == b'/')?;
        let (name, path) = (&below[..slash], &below[slash + 1..]);
        Some(Self {
            root,
            name,
            site: Site::named(name).ok()??,
            path: plain(path),
            query,
        })
    }

    /// The site's address: `https://example.org/lab/site/small/`.
    fn home(&self) -> String {
        [self.root, "/site/", self.name, "/"].concat()
    }

    /// The path of that: `/lab/site/small/`.
    fn home_path(&self) -> String {
        let home = self.home();
        let host = home.find("://").map_or(0, |at| at + 3);
        let path = home[host..].find('/').map_or(0, |at| at + host);
        home[path..].to_owned()
    }

    /// The page, if there is one, and of its HTML what is wanted.
    fn page(&self, html: Markup) -> Option<Page> {
        let mut page = Page::new(self, html);
        let links = match (self.site, self.site.numbered()) {
            (_, Some(count)) => {
                let numbers = regular::links(self, count)?;
                page.body.reserve(numbers.len() + 1);
                page.body.head("en", "utf-8", &page.title, &self.path);
                page.numbered_list(self.site, &numbers);
                return Some(page);
            }
            (Site::Polite, _) => polite::links(self)?,
            (Site::Trap, _) => trap::links(self)?,
            _ => {
                mixed::write(self, &mut page)?;
                return Some(page);
            }
        };
        page.body.head("en", "utf-8", &page.title, &self.path);
        page.list(links.iter().map(String::as_str));
        Some(page)
    }
}

/// The address of the Lab's site that `url` is in: what a crawl of it is confined to, and where [`robots_address`] is.
///
/// `None` if it is in none. That it is the Lab which answers `url` is for the one who asks to know.
#[must_use]
pub fn root(url: &Url) -> Option<Url> {
    let (root, path) = split(url)?;
    let asked = Asked::of(root, path.strip_prefix("site/")?, "")?;
    Url::parse(&asked.home()).ok()
}

/// Where the rules for `url` are, if it is an address in one of the Lab's sites: not at its origin's `/robots.txt`, but at
/// its site's. A crawler of the Lab asks there.
///
/// ```
/// use crawl_playground::lab::site::robots_address;
/// use url::Url;
///
/// let robots = |url| robots_address(&Url::parse(url).unwrap()).map(String::from);
/// assert_eq!(
///     robots("https://example.org/my/page/lab/site/polite/private/?a=b").unwrap(),
///     "https://example.org/my/page/lab/site/polite/robots.txt",
/// );
/// assert_eq!(robots("https://example.org/lab/news/top.json"), None);
/// ```
#[must_use]
pub fn robots_address(url: &Url) -> Option<Url> {
    root(url)?.join("robots.txt").ok()
}

/// `site/{name}/…`
pub(super) fn respond(request: &Request, state: &mut State, now: Moment) -> Result<Plan, Refusal> {
    let below = request.path.strip_prefix("site/").unwrap_or_default();
    let Some(asked) = Asked::of(&request.root, below, &request.query) else {
        let name = below.split('/').next().unwrap_or_default();
        if Site::named(name)?.is_none() {
            return Err(Refusal::missing(format!(
                "The Lab has no site {}. It has: small, wide, deep, tree-{{n}}, mixed, mixed-{{n}}, polite, trap.",
                quoted(name)
            )));
        }
        return Ok(Plan::Answer(Answer::redirect(format!("{name}/"))));
    };
    if let Some(file) = files::file(&asked) {
        return Ok(Plan::Answer(file.after(FILE_AFTER)));
    }
    let html = match request.is_unread {
        true => Markup::Length(0),
        false => Markup::Written(String::new()),
    };
    let Some(page) = asked.page(html) else {
        return Err(Refusal::missing(format!(
            "The site {} has no page {}.",
            asked.name,
            quoted(&asked.path)
        )));
    };
    let after = Duration::from_millis(page.after_ms.into());
    let fails = match asked.site {
        // A slash is in no key of another route's.
        Site::Mixed(copy) if asked.path == mixed::FAILS_FIRST => {
            state.attempt(&format!("mixed/{copy}"), now) == 0
        }
        _ => false,
    };
    let answer = if fails {
        Answer::page(503, "Try again").retry_after(1)
    } else {
        page.answer()
    };
    Ok(Plan::Answer(answer.after(after)))
}

/// The one form of all the paths that are the same: letters and digits are not escaped, and escapes are in capitals.
fn plain(path: &str) -> Cow<'_, str> {
    if !path.contains('%') {
        return Cow::Borrowed(path);
    }
    let mut plain = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        rest = after;
        let escape = match (first, after) {
            (b'%', [high, low, ..]) => hex(*high).zip(hex(*low)),
            _ => None,
        };
        let Some((high, low)) = escape else {
            plain.push(first);
            continue;
        };
        let byte = high * 16 + low;
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            plain.push(byte);
        } else {
            plain.push(b'%');
            plain.extend(after[..2].iter().map(u8::to_ascii_uppercase));
        }
        rest = &after[2..];
    }
    Cow::Owned(String::from_utf8_lossy(&plain).into_owned())
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn paths_have_one_form() {
        let table = [
            ("ok.html", "ok.html"),
            ("%6fk.htm%6C", "ok.html"),
            ("a%2fb%C3%a9", "a%2Fb%C3%A9"),
            ("%", "%"),
            ("%4", "%4"),
            ("%+f%zz%\u{e9}", "%+f%zz%\u{e9}"),
            ("%25%36f", "%256f"),
        ];
        for (path, expected) in table {
            assert_eq!(plain(path), expected, "{path}");
        }
    }
}
