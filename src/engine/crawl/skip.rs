//! Why an address is not fetched: each one that is known and not fetched has a reason.

use std::fmt;

use super::trap::Trap;

/// Why an address is not fetched. One byte.
///
/// ```
/// use crawl_playground::engine::crawl::{skip::Reason, trap::Trap};
///
/// assert_eq!(Reason::TooDeep.to_string(), "too deep");
/// assert_eq!(Reason::Trap(Trap::TooManyQueries).word(), "trap?");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Reason {
    /// It is the address of a page that is known already.
    Duplicate,
    /// Its host is none of those that the crawl is about.
    OutOfScope,
    /// It is more links away from the seed than the crawl goes.
    TooDeep,
    /// The host's robots.txt forbids it.
    Robots,
    /// The host's robots.txt could not be read, and such hosts are left alone.
    RobotsUnreadable,
    /// The crawl had as many pages as it may, or asked twice as many sites for their robots.txt.
    Limit,
    /// Its host had as many pages as one host may.
    HostLimit,
    /// The crawl was stopped before its turn came.
    Stopped,
    /// It ends as the address of a picture, an archive or another file without links does.
    Extension,
    /// Pages name it as something that they are made of, such as a style sheet, an icon or an image.
    Asset,
    /// It looks like one of the addresses that a site makes without end.
    Trap(Trap),
    /// A pattern of what to leave out matches it.
    Excluded,
    /// There are patterns of what to take, and none matches it.
    NotIncluded,
    /// It is longer than servers take.
    TooLong,
    /// The page asks that this link is not followed, and the crawl does as it is asked.
    NoFollow,
    /// Neither `http:` nor `https:`.
    NotHttp,
    /// It carries a user name or a password, and none are ever sent.
    Credentials,
    /// An `http:` address, which a browser does not fetch for a page on `https:`.
    MixedContent,
    /// It is not on the network that the crawl runs on: the Lab answers for itself only.
    OffNetwork,
}

const _: () = assert!(
    size_of::<Reason>() == 1,
    "a reason is kept for each address"
);

impl Reason {
    /// All of them, in the order in which they are counted and listed.
    pub const ALL: [Self; 21] = [
        Self::Duplicate,
        Self::OutOfScope,
        Self::TooDeep,
        Self::Robots,
        Self::RobotsUnreadable,
        Self::Limit,
        Self::HostLimit,
        Self::Stopped,
        Self::Extension,
        Self::Asset,
        Self::Trap(Trap::RepeatedSegment),
        Self::Trap(Trap::TooManyQueries),
        Self::Trap(Trap::TooManySegments),
        Self::Excluded,
        Self::NotIncluded,
        Self::TooLong,
        Self::NoFollow,
        Self::NotHttp,
        Self::Credentials,
        Self::MixedContent,
        Self::OffNetwork,
    ];

    /// Its place in [`Reason::ALL`].
    #[must_use]
    pub fn index(self) -> usize {
        match self {
            Self::Duplicate => 0,
            Self::OutOfScope => 1,
            Self::TooDeep => 2,
            Self::Robots => 3,
            Self::RobotsUnreadable => 4,
            Self::Limit => 5,
            Self::HostLimit => 6,
            Self::Stopped => 7,
            Self::Extension => 8,
            Self::Asset => 9,
            Self::Trap(Trap::RepeatedSegment) => 10,
            Self::Trap(Trap::TooManyQueries) => 11,
            Self::Trap(Trap::TooManySegments) => 12,
            Self::Excluded => 13,
            Self::NotIncluded => 14,
            Self::TooLong => 15,
            Self::NoFollow => 16,
            Self::NotHttp => 17,
            Self::Credentials => 18,
            Self::MixedContent => 19,
            Self::OffNetwork => 20,
        }
    }

    /// It in a word or two, for tables and filters. All traps share one.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Duplicate => "duplicate",
            Self::OutOfScope => "out of scope",
            Self::TooDeep => "too deep",
            Self::Robots => "robots",
            Self::RobotsUnreadable => "robots unreadable",
            Self::Limit => "limit",
            Self::HostLimit => "host limit",
            Self::Stopped => "stopped",
            Self::Extension => "extension",
            Self::Asset => "asset",
            Self::Trap(_) => "trap?",
            Self::Excluded => "excluded",
            Self::NotIncluded => "not included",
            Self::TooLong => "too long",
            Self::NoFollow => "nofollow",
            Self::NotHttp => "not http",
            Self::Credentials => "credentials",
            Self::MixedContent => "mixed content",
            Self::OffNetwork => "off network",
        }
    }

    /// What it means and what would change it, in a sentence.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Duplicate => "This page is known already, by this address or another.",
            Self::OutOfScope => "Its host is outside the crawl: widen the scope to follow it.",
            Self::TooDeep => "It is farther from the seed than the crawl goes: raise the depth.",
            Self::Robots => "The host's robots.txt asks crawlers not to fetch it.",
            Self::RobotsUnreadable => {
                "The host's robots.txt could not be read, and such hosts are left alone, as is set."
            }
            Self::Limit => {
                "The crawl had as many pages as it may, or asked twice as many sites for their robots.txt: raise the limit."
            }
            Self::HostLimit => "Its host had as many pages as one host may: raise that limit.",
            Self::Stopped => "The crawl was stopped before its turn came.",
            Self::Extension => "It ends as files without links do, such as pictures and archives.",
            Self::Asset => {
                "A page names it as a part of itself, such as a style sheet, an icon or an image, and no link that may be followed leads there."
            }
            Self::Trap(trap) => trap.sentence(),
            Self::Excluded => "A pattern of what to leave out matches it.",
            Self::NotIncluded => "No pattern of what to take matches it.",
            Self::TooLong => "It is longer than the crawl's limit; many servers refuse such.",
            Self::NoFollow => "The page asks that this link is not followed.",
            Self::NotHttp => "Only http: and https: are fetched.",
            Self::Credentials => "It carries a user name or password, and none are ever sent.",
            Self::MixedContent => "Browsers forbid http: addresses on an https: page.",
            Self::OffNetwork => "The network that the crawl runs on does not answer for it.",
        }
    }
}

/// Its word.
impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
