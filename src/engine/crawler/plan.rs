//! What a crawl is told: where to begin, what to follow, and how polite to be.

use url::{Position, Url};

use crate::engine::crawl::facts::ReadOptions;
use crate::engine::crawl::rules::Rules;
use crate::engine::source::Target;

/// The name by which a crawl looks for itself in a robots.txt (RFC 9309, 2.2.1: the product token).
pub const AGENT: &str = "crawl-playground";

/// What to think of a host whose robots.txt can't be read: in a browser mostly because it sends no CORS headers, which
/// says nothing about what the file allows. RFC 9309, 2.3.1.4, would have a crawler keep away.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Unreadable {
    /// All is allowed there.
    #[default]
    AssumeAllowed,
    /// It is left alone.
    SkipHost,
}

impl Unreadable {
    /// Both.
    pub const ALL: [Self; 2] = [Self::AssumeAllowed, Self::SkipHost];

    /// The name on the page and in links.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AssumeAllowed => "assume allowed",
            Self::SkipHost => "skip host",
        }
    }
}

/// Where sites begin.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SiteRoots {
    /// Each origin is a site (RFC 9309, 2.3).
    Origins,
    /// Each directory right below this address is a site of its own, and all else belongs to its origin.
    Below(Url),
}

impl SiteRoots {
    /// Where the robots.txt lies that `url` is subject to.
    ///
    /// ```
    /// use crawl_playground::engine::crawler::SiteRoots;
    /// use url::Url;
    ///
    /// let url = Url::parse("https://a.test/sites/b/c?d").unwrap();
    /// assert_eq!(SiteRoots::Origins.robots_of(&url).as_str(), "https://a.test/robots.txt");
    /// let sites = SiteRoots::Below(Url::parse("https://a.test/sites/").unwrap());
    /// assert_eq!(sites.robots_of(&url).as_str(), "https://a.test/sites/b/robots.txt");
    /// ```
    #[must_use]
    pub fn robots_of(&self, url: &Url) -> Url {
        let robots = Url::parse(&format!("{}/robots.txt", self.site_of(url)));
        robots.unwrap_or_else(|_| url.clone()) // what a URL begins with is a URL
    }

    /// The beginning of `url` that it has in common with all of its site, without a slash at the end.
    pub(super) fn site_of<'a>(&self, url: &'a Url) -> &'a str {
        let origin = &url[..Position::BeforePath];
        let Self::Below(root) = self else {
            return origin;
        };
        let below = url[..Position::AfterPath].strip_prefix(root.as_str());
        let name = below.and_then(|below| Some(below.split_once('/')?.0));
        name.map_or(origin, |name| {
            &url.as_str()[..root.as_str().len() + name.len()]
        })
    }
}

/// The plan of a crawl.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Crawl {
    /// Where it begins, at depth 0.
    pub seeds: Vec<Target>,
    /// What is fetched of all that is found.
    pub rules: Rules,
    /// Where sites begin, which is where their robots.txt lie.
    pub sites: SiteRoots,
    /// What to think of a host whose robots.txt can't be read.
    pub unreadable: Unreadable,
    /// Whether the sitemaps that a robots.txt names are looked into.
    pub uses_sitemaps: bool,
    /// What is taken for a link.
    pub read: ReadOptions,
}

impl Crawl {
    /// A polite crawl from one seed, as [`Rules::default`] has it.
    #[must_use]
    pub fn from_seed(seed: Target) -> Self {
        Self {
            seeds: vec![seed],
            rules: Rules::default(),
            sites: SiteRoots::Origins,
            unreadable: Unreadable::default(),
            uses_sitemaps: false,
            read: ReadOptions::default(),
        }
    }

    /// An address as it is shown: relative if the seed was written so, and the address lies below the same base.
    #[must_use]
    pub fn written<'a>(&self, address: &'a str) -> &'a str {
        let Some(seed) = self.seeds.first() else {
            return address;
        };
        seed.url
            .as_str()
            .strip_suffix(seed.written.as_str())
            .filter(|base| base.len() < seed.url.as_str().len() && !base.is_empty())
            .and_then(|base| address.strip_prefix(base))
            .filter(|rest| !rest.is_empty())
            .unwrap_or(address)
    }
}
