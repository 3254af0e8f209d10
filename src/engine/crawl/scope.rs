//! Which hosts a crawl is about.

use std::fmt;

use url::Host;

/// Which hosts a crawl is about. Scheme and port are nothing to it. The hosts of the seeds always belong to it.
///
/// ```
/// use crawl_playground::engine::crawl::scope::Scope;
///
/// let seeds = ["www.example.org".into()];
/// assert!(!Scope::SameHost.holds("blog.example.org", &seeds));
/// assert!(Scope::SameSite.holds("blog.example.org", &seeds));
/// assert!(!Scope::SameSite.holds("example.com", &seeds));
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Scope {
    /// The hosts of the seeds.
    #[default]
    SameHost,
    /// The hosts of the seeds without a leading `www.`, and all of their subdomains.
    ///
    /// This knows no list of public suffixes: for a seed on `example.co.uk` it is right, for one on `co.uk` it is all of
    /// `co.uk`, and from a seed on `blog.example.org` it does not reach up to `example.org`.
    SameSite,
    /// The hosts of the seeds and the listed ones.
    Hosts(Vec<ListedHost>),
    /// All hosts.
    Any,
}

impl Scope {
    /// Whether a host belongs to it, given the hosts of the seeds; each as [`url::Url::host_str`] writes it. Linear in
    /// the number of seeds and listed hosts.
    #[must_use]
    pub fn holds(&self, host: &str, seeds: &[Box<str>]) -> bool {
        match self {
            Self::Any => true,
            _ if seeds.iter().any(|seed| **seed == *host) => true,
            Self::SameHost => false,
            Self::SameSite => seeds.iter().any(|seed| is_same_site(host, seed)),
            Self::Hosts(listed) => listed.iter().any(|listed| listed.is(host)),
        }
    }
}

/// Whether `host` is the site of `seed`, or a subdomain of it.
pub(super) fn is_same_site(host: &str, seed: &str) -> bool {
    is_or_is_under(host, site(seed))
}

/// A host without a leading `www.`, if what is left is more than a top-level domain.
fn site(host: &str) -> &str {
    match host.strip_prefix("www.") {
        Some(rest) if rest.trim_end_matches('.').contains('.') => rest,
        _ => host,
    }
}

/// An address of the Internet Protocol has nothing under it: no host can be written so.
fn is_or_is_under(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// A host as it is listed: `example.org`, or `*.example.org` for it and all of its subdomains.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct ListedHost {
    name: Box<str>,
    has_subdomains: bool,
}

impl ListedHost {
    /// Reads one.
    ///
    /// # Errors
    /// A sentence, if it is not a host.
    pub fn new(written: &str) -> Result<Self, String> {
        let written = written.trim();
        let (has_subdomains, name) = match written.strip_prefix("*.") {
            Some(rest) => (true, rest),
            None => (false, written),
        };
        let host = Host::parse(name).ok().filter(|_| !name.contains('*'));
        let host = host.ok_or_else(|| {
            format!(
                "\u{201c}{written}\u{201d} is not a host: write a name such as example.org, without https:// and without a port, or *.example.org for its subdomains too."
            )
        })?;
        Ok(Self {
            name: host.to_string().into(),
            has_subdomains,
        })
    }

    fn is(&self, host: &str) -> bool {
        if self.has_subdomains {
            is_or_is_under(host, &self.name)
        } else {
            *self.name == *host
        }
    }
}

/// As it can be read again.
impl fmt::Display for ListedHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let star = if self.has_subdomains { "*." } else { "" };
        write!(f, "{star}{}", self.name)
    }
}
