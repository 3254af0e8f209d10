//! Reads a list of addresses, one a line. A line that can't be used is told with its number and the reason; the others
//! still run.

use std::fmt;

use url::{Host, Url};

use super::Network;
use crate::engine::run::MAX_TASKS;
use crate::engine::source::Target;
use crate::report::units::grouped;

/// Longest address, in characters.
pub const MAX_URL_CHARS: usize = 2_083;

/// By which rules a list is read.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'a> {
    /// Which network is to answer.
    pub network: Network,
    /// What relative addresses are resolved against; they are the Lab's only.
    pub base: &'a Url,
    /// A page on https may not fetch from http.
    pub page_is_https: bool,
}

/// A list that was read.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct UrlList {
    /// What can be fetched, in the order of the lines.
    pub targets: Vec<Target>,
    /// What can't, in the order of the lines.
    pub faults: Vec<Fault>,
    /// How many lines say something.
    pub lines: usize,
    /// Whether they were read, and not only counted.
    pub is_read: bool,
}

impl UrlList {
    /// The list of a simulated network: one target that stands for all.
    #[must_use]
    pub fn simulated() -> Self {
        #[expect(clippy::unwrap_used, reason = "a constant that a URL parser takes")]
        let url = Url::parse("http://simulated.test/").unwrap();
        let written = "simulated".to_owned();
        Self {
            targets: vec![Target { url, written }],
            faults: Vec::new(),
            lines: 1,
            is_read: true,
        }
    }

    /// The list in `text` as far as it is known before its lines are read: how many there are.
    #[must_use]
    pub fn counted(text: &str) -> Self {
        Self {
            lines: text.lines().filter(|line| !line.trim().is_empty()).count(),
            ..Self::default()
        }
    }

    /// How many lines can be fetched, as far as is known.
    #[must_use]
    pub fn fetchable(&self) -> usize {
        if self.is_read {
            self.targets.len()
        } else {
            self.lines
        }
    }

    /// Why nothing can be run, if so.
    #[must_use]
    pub fn refusal(&self) -> Option<String> {
        if self.lines > MAX_TASKS {
            return Some(format!(
                "{} addresses are too many: a run takes at most {}. Shorten the list; nothing of it was lost.",
                grouped(self.lines),
                grouped(MAX_TASKS)
            ));
        }
        if self.lines == 0 {
            return Some(
                "The list is empty: write an address, one a line, or choose a preset.".into(),
            );
        }
        self.targets
            .is_empty()
            .then(|| "No line of the list can be fetched; the reasons stand under the list.".into())
    }
}

/// A line that can't be used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// The line's number, from 1, blank lines counted.
    pub line: usize,
    /// Why.
    pub reason: Reason,
}

/// Why a line can't be used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reason {
    /// It is no address at all.
    NotAnAddress,
    /// It is relative, and the network is not the Lab.
    Relative,
    /// Its scheme is not fetched.
    Scheme(String),
    /// It carries a user name or a password.
    Credentials,
    /// It is longer than servers take.
    TooLong,
    /// An http address on an https page.
    MixedContent,
    /// It is not one of the Lab's.
    NotInLab,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAnAddress => {
                f.write_str("not an address: write it whole, such as https://example.org/page")
            }
            Self::Relative => f.write_str("not a whole address: write https:// before it"),
            Self::Scheme(scheme) => {
                write!(f, "{scheme}: is not fetched, only http: and https: are")
            }
            Self::Credentials => f.write_str(
                "it holds a user name or password, and none are ever sent: take them out",
            ),
            Self::TooLong => write!(
                f,
                "longer than {MAX_URL_CHARS} characters, which servers refuse"
            ),
            Self::MixedContent => {
                f.write_str("browsers forbid http: addresses on an https: page: use https:")
            }
            Self::NotInLab => f.write_str(
                "not in the Lab: its addresses begin with lab/; choose the network Live for others",
            ),
        }
    }
}

/// Reads `text`. Blank lines are passed over. Linear in the text; past the limit of a run lines are only counted.
///
/// ```
/// use crawl_playground::scenario::{Network, urls::{read, Reason, Rules}};
/// use url::Url;
///
/// let page = Url::parse("https://example.org/play/").unwrap();
/// let rules = Rules { network: Network::Live, base: &page, page_is_https: true };
/// let list = read("https://example.com/a\n\njavascript:alert(1)", &rules);
/// assert_eq!(list.targets.len(), 1);
/// assert_eq!((list.faults[0].line, &list.faults[0].reason), (3, &Reason::Scheme("javascript".into())));
/// ```
#[must_use]
pub fn read(text: &str, rules: &Rules<'_>) -> UrlList {
    read_with(text, rules, |_| None)
}

/// The same, with `in_ascii` to write an address in ASCII where its host is not: in the page that is the browser's own
/// knowledge, whose tables need not be shipped.
#[must_use]
pub fn read_with(
    text: &str,
    rules: &Rules<'_>,
    in_ascii: impl Fn(&str) -> Option<String>,
) -> UrlList {
    let mut list = UrlList {
        is_read: true,
        ..UrlList::default()
    };
    for (index, line) in text.lines().enumerate() {
        let written = line.trim();
        if written.is_empty() {
            continue;
        }
        list.lines += 1;
        if list.lines > MAX_TASKS {
            continue;
        }
        let ascii = if written.is_ascii() {
            None
        } else {
            in_ascii(written)
        };
        match read_line(ascii.as_deref().unwrap_or(written), rules) {
            Ok(url) => list.targets.push(Target {
                url,
                written: written.into(),
            }),
            Err(reason) => list.faults.push(Fault {
                line: index + 1,
                reason,
            }),
        }
    }
    if list.lines > MAX_TASKS {
        list.targets.clear();
        list.faults.clear();
    }
    list
}

fn read_line(written: &str, rules: &Rules<'_>) -> Result<Url, Reason> {
    if written.chars().count() > MAX_URL_CHARS {
        return Err(Reason::TooLong);
    }
    let url = match Url::parse(written) {
        Ok(url) => url,
        Err(url::ParseError::RelativeUrlWithoutBase) if rules.network == Network::Lab => {
            rules.base.join(written).map_err(|_| Reason::NotAnAddress)?
        }
        Err(url::ParseError::RelativeUrlWithoutBase) => return Err(Reason::Relative),
        Err(_) => return Err(Reason::NotAnAddress),
    };
    if is_host_and_port(&url) {
        return Err(Reason::NotAnAddress);
    }
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Reason::Scheme(url.scheme().into()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Reason::Credentials);
    }
    if rules.network == Network::Lab && !is_in_lab(&url, rules.base) {
        return Err(Reason::NotInLab);
    }
    if rules.page_is_https && url.scheme() == "http" && !is_loopback(&url) {
        return Err(Reason::MixedContent);
    }
    Ok(url)
}

/// Whether this is `localhost:8080/page`: a parser takes the host for a scheme, and people do not.
fn is_host_and_port(url: &Url) -> bool {
    let port = url.path().split('/').next().unwrap_or_default();
    url.cannot_be_a_base() && !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_in_lab(url: &Url, base: &Url) -> bool {
    base.join("lab/")
        .is_ok_and(|lab| url.origin() == lab.origin() && url.path().starts_with(lab.path()))
}

/// Browsers trust this machine itself even without https.
pub(super) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
