//! The settings of a crawl that are written: what each is for, and whether it makes sense.

use super::{CrawlSettings, patterns};
use crate::engine::crawl::rules::Rules;

/// A setting of a crawl that is written, not chosen.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Written {
    /// The hosts that belong to it with [`super::ScopeKind::Hosts`], one a line.
    Hosts,
    /// Patterns of addresses to take, one a line.
    Include,
    /// Patterns of addresses to leave out, one a line.
    Exclude,
    /// What stands before each address that is fetched.
    Proxy,
}

impl Written {
    /// All of them, in their order on the page.
    pub const ALL: [Self; 4] = [Self::Hosts, Self::Include, Self::Exclude, Self::Proxy];

    /// The name in links.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Hosts => "hosts",
            Self::Include => "include",
            Self::Exclude => "exclude",
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
            Self::Proxy => &settings.proxy,
        }
    }

    /// Writes it, whether it makes sense or not.
    pub fn set(self, settings: &mut CrawlSettings, written: String) {
        *match self {
            Self::Hosts => &mut settings.hosts,
            Self::Include => &mut settings.include,
            Self::Exclude => &mut settings.exclude,
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
            Self::Proxy => settings.prefix().map(|_| rules),
        };
        checked.and_then(|rules| rules.check()).err()
    }
}
