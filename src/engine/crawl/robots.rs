//! What a host asks crawlers for: its robots.txt, read and asked as RFC 9309 says.
//!
//! The bytes are read as they are, for a file of any kind may stand there. A few mistakes are forgiven because many files
//! have them, and all known crawlers forgive them: a byte order mark or a part of one, a blank instead of the colon, and
//! some misspellings. Reading is linear in the file; asking is linear in the rules that concern the crawler, times the
//! length of the address.

mod line;
mod rule;

use std::time::Duration;

use url::Url;

use line::{Line, lines};
use rule::{Asked, Rule};

/// How much of a file is read, in bytes; the RFC asks for at least 500 KiB. A line that is cut there counts as if it was
/// not there, since half a rule would be another one.
pub const MAX_BYTES: usize = 512 * 1024;

/// A robots.txt.
///
/// ```
/// use std::time::Duration;
/// use crawl_playground::engine::crawl::robots::Robots;
/// use url::Url;
///
/// let robots = Robots::parse(b"User-agent: *\nDisallow: /private\nAllow: /private/help$\nCrawl-delay: 1.5");
/// let page = |path: &str| Url::parse("https://example.org").unwrap().join(path).unwrap();
/// assert!(robots.is_allowed("crawl-playground", &page("/")));
/// assert!(!robots.is_allowed("crawl-playground", &page("/private/diary")));
/// assert!(robots.is_allowed("crawl-playground", &page("/private/help")));
/// assert_eq!(robots.crawl_delay("crawl-playground"), Some(Duration::from_millis(1_500)));
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Robots {
    agents: Vec<Agent>,
    groups: Vec<Vec<Rule>>,
    sitemaps: Vec<String>,
}

/// A crawler that a group is for.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Agent {
    name: Name,
    group: usize,
    delay: Option<Duration>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Name {
    /// `*`: whoever is not named.
    Any,
    Token(Box<str>),
}

impl Robots {
    /// Reads a file. There are no errors: what is not understood is passed over, and without rules all is allowed.
    ///
    /// Whether there is a file at all is not known here. A host that answers 400 to 499 has none, so that all is allowed,
    /// as [`Robots::default`] has it; one that answers 500 and above or not at all is to be left alone (section 2.3.1).
    #[must_use]
    pub fn parse(file: &[u8]) -> Self {
        let mut robots = Self::default();
        // Where the agents of the group that is being read begin, and whether more of them may follow.
        let mut first = 0;
        let mut is_open = false;
        for line in lines(file) {
            match line {
                Line::Agent(value) => {
                    if !is_open {
                        first = robots.agents.len();
                        robots.groups.push(Vec::new());
                        is_open = true;
                    }
                    robots.agents.push(Agent {
                        name: Name::read(value),
                        group: robots.groups.len() - 1,
                        delay: None,
                    });
                }
                Line::Rule { is_allow, path } => {
                    is_open = false;
                    if let Some(group) = robots.groups.last_mut() {
                        group.extend(Rule::new(is_allow, path));
                    }
                }
                // Neither of them ends a list of agents: section 2.2.4.
                Line::Delay(delay) => {
                    for agent in robots.agents.iter_mut().skip(first) {
                        agent.delay = agent.delay.max(Some(delay));
                    }
                }
                Line::Sitemap(address) => robots.sitemaps.push(address),
            }
        }
        robots
    }

    /// Whether a crawler may fetch an address. `agent` is its product token; case is nothing to it, nor is a version that
    /// follows after a slash.
    ///
    /// The groups of all lines that name the crawler count as one; if none does, those for `*`. Of the rules that match
    /// the longest decides, and between equals the one that allows. Where nothing matches, all is allowed, and
    /// `/robots.txt` always is.
    #[must_use]
    pub fn is_allowed(&self, agent: &str, url: &Url) -> bool {
        if url.path() == "/robots.txt" {
            return true;
        }
        // Mostly no rule is looked at.
        let mut asked = None;
        let mut longest = 0;
        let mut is_allowed = true;
        for agent in self.concerning(agent) {
            for rule in self.groups.get(agent.group).into_iter().flatten() {
                let decides = rule.len() > longest || rule.len() == longest && rule.is_allow();
                if decides && rule.matches(asked.get_or_insert_with(|| Asked::new(url))) {
                    longest = rule.len();
                    is_allowed = rule.is_allow();
                }
            }
        }
        is_allowed
    }

    /// The time that the host asks for between two requests, as it is written: it may be absurdly long. Of several the
    /// longest. Not in the RFC, but in many files.
    #[must_use]
    pub fn crawl_delay(&self, agent: &str) -> Option<Duration> {
        self.concerning(agent).filter_map(|agent| agent.delay).max()
    }

    /// The addresses of sitemaps, as they are written, in the order of the file. They are for all crawlers.
    pub fn sitemaps(&self) -> impl Iterator<Item = &str> {
        self.sitemaps.iter().map(String::as_str)
    }

    /// The lines that are about a crawler.
    fn concerning(&self, agent: &str) -> impl Iterator<Item = &Agent> {
        let token = agent.split_once('/').map_or(agent, |(token, _)| token);
        let is_named = |agent: &Agent| match &agent.name {
            Name::Any => false,
            Name::Token(name) => !name.is_empty() && name.eq_ignore_ascii_case(token),
        };
        let has_its_own = self.agents.iter().any(is_named);
        self.agents.iter().filter(move |agent| {
            if has_its_own {
                is_named(agent)
            } else {
                agent.name == Name::Any
            }
        })
    }
}

impl Name {
    fn read(value: &[u8]) -> Self {
        match value {
            [b'*'] | [b'*', b' ' | b'\t', ..] => Self::Any,
            _ => Self::Token(product_token(value).into()),
        }
    }
}

/// The product token at the beginning: letters, `-` and `_` (section 2.2.1).
fn product_token(value: &[u8]) -> &str {
    let is_of_token = |byte: &u8| byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'_');
    let end = value.iter().position(|byte| !is_of_token(byte));
    let token = value.get(..end.unwrap_or(value.len()));
    token
        .and_then(|token| std::str::from_utf8(token).ok())
        .unwrap_or_default()
}
