//! By which rules a crawl decides what it follows.

use url::Url;

use super::extension::Extensions;
use super::pattern::Pattern;
use super::scope::Scope;
use super::trap::Guards;

/// Longest address, in bytes: what browsers and servers have long agreed on.
pub const MAX_URL_BYTES: u16 = 2_083;
/// Most pages of one crawl.
pub const MAX_PAGES: u32 = 1_000_000;
/// Most patterns of a kind: each is tried on each address.
pub const MAX_PATTERNS: usize = 100;

/// In which order pages are started.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Order {
    /// The fewest links away from the seed first; among those in the order in which they were found.
    #[default]
    BreadthFirst,
    /// The links of the page that was read last first, in the order in which they stand on it.
    DepthFirst,
}

/// By which rules a crawl decides what it follows. The plain ones are polite: one host, two links deep, 50 pages.
///
/// ```
/// use crawl_playground::engine::crawl::rules::Rules;
///
/// let rules = Rules { max_depth: 5, ..Rules::default() };
/// assert_eq!((rules.max_depth, rules.max_pages), (5, 50));
/// assert!(rules.check().is_ok());
/// let none = Rules { max_pages: 0, ..rules };
/// assert_eq!(none.check().unwrap_err(), "A crawl of 0 pages fetches nothing: set the page limit from 1 to 1000000.");
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rules {
    /// In which order pages are started.
    pub order: Order,
    /// How many links away from a seed a page may be; a seed is at 0.
    pub max_depth: u16,
    /// How many pages are started in all.
    pub max_pages: u32,
    /// How long an address may be, in bytes.
    pub max_url_bytes: u16,
    /// How many pages of one host are started; a host is an origin here, as it is for politeness.
    pub per_host_pages: Option<u32>,
    /// Which hosts the crawl is about.
    pub scope: Scope,
    /// Only what lies below this address is followed: for a site that does not begin at its host's root, or a network
    /// that has no other addresses.
    pub root: Option<Url>,
    /// If there are any, an address is followed only if one of them matches it.
    pub include: Vec<Pattern>,
    /// An address that one of them matches is not followed.
    pub exclude: Vec<Pattern>,
    /// What ends so is not followed.
    pub skip_extensions: Extensions,
    /// Whether what a page is made of is followed, too, however it ends: style sheets, icons, images.
    pub takes_assets: bool,
    /// Whether links marked `nofollow` are left alone. The mark speaks to search engines, about their ranking.
    pub is_nofollow_respected: bool,
    /// From where on an address looks like a trap's.
    pub traps: Guards,
}

impl Rules {
    /// Whether an address lies below the root, if there is one.
    pub(super) fn is_below_root(&self, address: &str) -> bool {
        let is_below = |root: &Url| address.starts_with(root.as_str());
        self.root.as_ref().is_none_or(is_below)
    }

    /// Whether a crawl can be done by them.
    ///
    /// # Errors
    /// A sentence about the first rule that makes no sense.
    pub fn check(&self) -> Result<(), String> {
        if !(1..=MAX_PAGES).contains(&self.max_pages) {
            return Err(match self.max_pages {
                0 => format!(
                    "A crawl of 0 pages fetches nothing: set the page limit from 1 to {MAX_PAGES}."
                ),
                pages => format!(
                    "{pages} pages are too many for one crawl: set the page limit from 1 to {MAX_PAGES}."
                ),
            });
        }
        if self.per_host_pages == Some(0) {
            return Err(
                "A crawl of 0 pages a host fetches nothing: set that limit to 1 or more, or to none.".to_owned(),
            );
        }
        if !(10..=MAX_URL_BYTES).contains(&self.max_url_bytes) {
            return Err(format!(
                "Addresses of up to {} bytes cannot be the limit: set it from 10 to {MAX_URL_BYTES}.",
                self.max_url_bytes
            ));
        }
        for (patterns, what) in [(&self.include, "include"), (&self.exclude, "exclude")] {
            if patterns.len() > MAX_PATTERNS {
                return Err(format!(
                    "{} patterns of what to {what} are too many: at most {MAX_PATTERNS} are tried on each address.",
                    patterns.len()
                ));
            }
        }
        Ok(())
    }
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            order: Order::BreadthFirst,
            max_depth: 2,
            max_pages: 50,
            max_url_bytes: MAX_URL_BYTES,
            per_host_pages: None,
            scope: Scope::SameHost,
            root: None,
            include: Vec::new(),
            exclude: Vec::new(),
            skip_extensions: Extensions::default(),
            takes_assets: false,
            is_nofollow_respected: false,
            traps: Guards::default(),
        }
    }
}
