//! The settings of a crawl that are written: what each is for, and whether it makes sense.

use url::Url;

use super::{CrawlSettings, ScopeKind};
use crate::engine::crawl::facts::Items;
use crate::engine::crawl::pattern::Pattern;
use crate::engine::crawl::rules::Rules;
use crate::engine::crawl::scope::{ListedHost, Scope};

/// A setting of a crawl that is written, not chosen.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Written {
    /// The hosts that belong to it with [`super::ScopeKind::Hosts`], one a line.
    Hosts,
    /// Patterns of addresses to take, one a line.
    Include,
    /// Patterns of addresses to leave out, one a line.
    Exclude,
    /// What in JSON stands for an address.
    Items,
    /// What stands before each address that is fetched.
    Proxy,
}

impl Written {
    /// All of them, in their order on the page.
    pub const ALL: [Self; 5] = [
        Self::Hosts,
        Self::Include,
        Self::Exclude,
        Self::Items,
        Self::Proxy,
    ];

    /// The name in links.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Hosts => "hosts",
            Self::Include => "include",
            Self::Exclude => "exclude",
            Self::Items => "items",
            Self::Proxy => "proxy",
        }
    }

    /// The name on the page.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hosts => "Hosts",
            Self::Include => "Include",
            Self::Exclude => "Exclude",
            Self::Items => "JSON items",
            Self::Proxy => "Proxy prefix",
        }
    }

    /// What it is, for someone new.
    #[must_use]
    pub const fn hint(self) -> &'static str {
        match self {
            Self::Hosts => {
                "One a line, besides the seeds’ own: example.org, or *.example.org for its subdomains too."
            }
            Self::Include => {
                "Only addresses that match one of these, one a line; empty: all. * stands for anything, ? for one character. /blog/* is compared with the path, *print=* with the whole address."
            }
            Self::Exclude => {
                "Addresses that match one of these are left out, also if they are included."
            }
            Self::Items => {
                "For APIs that name what they lead to by ids or titles: a key of the JSON, a blank, and an address with {} where the item goes, such as kids https://api.example/item/{}.json."
            }
            Self::Proxy => {
                "Stands before each address that is fetched from the network, for a CORS proxy of your own: https://proxy.example/?url=. If it ends with =, the address behind it is escaped. A proxy sees every address and every page of the crawl; nothing is sent to one unless it is written here. Politeness and scope go by the page’s own host. The Lab inside this page is asked directly."
            }
        }
    }

    /// What is written.
    #[must_use]
    pub fn of(self, settings: &CrawlSettings) -> &str {
        match self {
            Self::Hosts => &settings.hosts,
            Self::Include => &settings.include,
            Self::Exclude => &settings.exclude,
            Self::Items => &settings.items,
            Self::Proxy => &settings.proxy,
        }
    }

    /// Writes it, whether it makes sense or not.
    pub fn set(self, settings: &mut CrawlSettings, written: String) {
        *match self {
            Self::Hosts => &mut settings.hosts,
            Self::Include => &mut settings.include,
            Self::Exclude => &mut settings.exclude,
            Self::Items => &mut settings.items,
            Self::Proxy => &mut settings.proxy,
        } = written;
    }

    /// Why what is written makes no sense, in a sentence, if so.
    ///
    /// ```
    /// use crawl_playground::scenario::crawl::{CrawlSettings, written::Written};
    ///
    /// let settings = CrawlSettings { include: "/blog/*\nnews".into(), ..CrawlSettings::default() };
    /// assert!(Written::Include.refusal(&settings).unwrap().contains("“news”"));
    /// assert_eq!(Written::Exclude.refusal(&settings), None);
    /// ```
    #[must_use]
    pub fn refusal(self, settings: &CrawlSettings) -> Option<String> {
        let rules = Rules::default();
        let checked = match self {
            Self::Hosts => settings.scope().map(|scope| Rules { scope, ..rules }),
            Self::Include => patterns(&settings.include).map(|include| Rules { include, ..rules }),
            Self::Exclude => patterns(&settings.exclude).map(|exclude| Rules { exclude, ..rules }),
            Self::Items => settings.items().map(|_| rules),
            Self::Proxy => settings.prefix().map(|_| rules),
        };
        checked.and_then(|rules| rules.check()).err()
    }
}

impl CrawlSettings {
    /// The prefix of somebody's own proxy, if there is one.
    ///
    /// # Errors
    /// A sentence, if it is not the beginning of an address that can be fetched: one with a user name can't, and what
    /// stands behind a `#` is not sent.
    pub fn prefix(&self) -> Result<Option<Url>, String> {
        let written = self.proxy.trim();
        if written.is_empty() {
            return Ok(None);
        }
        Url::parse(written)
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https"))
            .filter(|url| url.username().is_empty() && url.password().is_none())
            .filter(|url| url.fragment().is_none())
            .map(Some)
            .ok_or_else(|| {
                format!(
                    "“{written}” is no address that others could follow: write your proxy’s whole address, such as https://proxy.example/?url=, or leave it empty."
                )
            })
    }

    /// What in JSON stands for an address, if something does.
    ///
    /// # Errors
    /// A sentence, if it is not written as [`Items::new`] reads it.
    pub fn items(&self) -> Result<Option<Items>, String> {
        let written = self.items.trim();
        (!written.is_empty())
            .then(|| Items::new(written))
            .transpose()
    }

    /// Which hosts belong to it.
    ///
    /// # Errors
    /// A sentence about the first listed host that is none, or about a list without any.
    pub(super) fn scope(&self) -> Result<Scope, String> {
        Ok(match self.scope {
            ScopeKind::SameHost => Scope::SameHost,
            ScopeKind::SameSite => Scope::SameSite,
            ScopeKind::Any => Scope::Any,
            ScopeKind::Hosts => {
                let hosts: Vec<_> = lines(&self.hosts)
                    .map(ListedHost::new)
                    .collect::<Result<_, _>>()?;
                if hosts.is_empty() {
                    return Err("No host is listed: write those that belong to the crawl, one a line, or choose another scope.".into());
                }
                Scope::Hosts(hosts)
            }
        })
    }
}

/// The patterns in a list, one a line.
///
/// # Errors
/// A sentence about the first line that is none.
pub(super) fn patterns(text: &str) -> Result<Vec<Pattern>, String> {
    lines(text).map(Pattern::new).collect()
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}
