//! The presets: scenarios that each show one thing. Adding one means a variant, its name, its targets, its settings.

use super::{Network, Scenario};
use crate::engine::strategy::Strategy;

/// A scenario to start from.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Preset {
    /// Ten pages, three at a time: the default.
    Ten,
    /// The classic: five requests of a second each.
    Five,
    /// The classic mistake: the pause inside the semaphore.
    KeptPause,
    /// One of five takes twice as long.
    OneSlow,
    /// Everything that can go wrong.
    Failures,
    /// Thirty stories of a news site, whose list is fetched first.
    News,
    /// A public server that waits on request.
    Httpbin,
    /// A public server with sample data.
    JsonPlaceholder,
    /// The visitor's own list.
    Own,
}

impl Preset {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 9] = [
        Self::Ten,
        Self::Five,
        Self::KeptPause,
        Self::OneSlow,
        Self::Failures,
        Self::News,
        Self::Httpbin,
        Self::JsonPlaceholder,
        Self::Own,
    ];

    /// The presets for a network.
    pub fn offered(network: Network) -> impl Iterator<Item = Self> {
        Self::ALL
            .into_iter()
            .filter(move |preset| preset.is_offered(network))
    }

    /// Whether this one makes sense on `network`.
    #[must_use]
    pub const fn is_offered(self, network: Network) -> bool {
        match self {
            Self::News | Self::Own => true,
            Self::Httpbin | Self::JsonPlaceholder => matches!(network, Network::Live),
            _ => matches!(network, Network::Lab),
        }
    }

    /// The name in links.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ten => "ten",
            Self::Five => "five",
            Self::KeptPause => "kept-pause",
            Self::OneSlow => "one-slow",
            Self::Failures => "failures",
            Self::News => "news",
            Self::Httpbin => "httpbin",
            Self::JsonPlaceholder => "jsonplaceholder",
            Self::Own => "own",
        }
    }

    /// The name on the page.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Ten => "Ten pages, three at a time",
            Self::Five => "Five requests of 1 s",
            Self::KeptPause => "Ten, with a pause that keeps the permit",
            Self::OneSlow => "Five, one of them slow",
            Self::Failures => "Mixed failures",
            Self::News => "Hacker News: thirty stories",
            Self::Httpbin => "httpbin: delays of 1 s",
            Self::JsonPlaceholder => "JSONPlaceholder: ten posts",
            Self::Own => "My own list",
        }
    }

    /// What to look for in it.
    #[must_use]
    pub const fn hint(self, network: Network) -> &'static str {
        match self {
            Self::Ten => "Three permits for ten tasks: see who waits for whom.",
            Self::Five => "The classic: five awaits in a row take 5 s, together 1 s.",
            Self::KeptPause => {
                "Each task sleeps for 1 s with its permit in hand, as tutorials do. Switch that off and see what it cost."
            }
            Self::OneSlow => "Together they take as long as the slowest alone.",
            Self::Failures => {
                "A 404, a 500, a hang that runs into the timeout, a dropped connection."
            }
            Self::News => match network {
                Network::Lab => {
                    "The list first, then its first thirty items. A news site of the Lab’s own making."
                }
                Network::Live => {
                    "The list first, then its first thirty stories, from the public Firebase API."
                }
            },
            Self::Httpbin => "A public server that answers after a second.",
            Self::JsonPlaceholder => "A public server with sample data, quick to answer.",
            Self::Own => "One address a line.",
        }
    }

    /// The targets, one a line.
    #[must_use]
    pub fn urls(self, network: Network) -> String {
        let lines: Vec<String> = match self {
            // Waits before the headers and paced bodies, so that request and download both show.
            Self::Ten => [
                (520, 9),
                (700, 22),
                (430, 14),
                (610, 5),
                (880, 31),
                (350, 18),
                (560, 11),
                (740, 7),
                (480, 26),
                (640, 13),
            ]
            .iter()
            .map(|(ms, kilobytes)| format!("lab/bytes/{kilobytes}000?ms={ms}&rate=100000"))
            .collect(),
            Self::Five => vec!["lab/delay/1000".into(); 5],
            Self::KeptPause => vec!["lab/delay/1000".into(); 10],
            Self::OneSlow => [1000, 1000, 2000, 1000, 1000]
                .iter()
                .map(|ms| format!("lab/delay/{ms}"))
                .collect(),
            Self::Failures => [
                "lab/delay/600",
                "lab/status/404?ms=300",
                "lab/delay/900",
                "lab/status/500?ms=500",
                "lab/hang",
                "lab/drop?ms=700",
                "lab/redirect/2?to=../delay/400",
                "lab/delay/800",
            ]
            .map(String::from)
            .into(),
            Self::News => vec![match network {
                Network::Lab => "lab/news/top.json".into(),
                Network::Live => "https://hacker-news.firebaseio.com/v0/topstories.json".into(),
            }],
            Self::Httpbin => vec!["https://httpbin.org/delay/1".into(); 5],
            Self::JsonPlaceholder => (1..=10)
                .map(|id| format!("https://jsonplaceholder.typicode.com/posts/{id}"))
                .collect(),
            Self::Own => Vec::new(),
        };
        lines.join("\n")
    }

    /// For a preset that fetches a list first: the address of its items, and how many are taken.
    #[must_use]
    pub const fn listing(self, network: Network) -> Option<(&'static str, usize)> {
        match (self, network) {
            (Self::News, Network::Lab) => Some(("lab/news/item/{id}.json", 30)),
            (Self::News, Network::Live) => {
                Some(("https://hacker-news.firebaseio.com/v0/item/{id}.json", 30))
            }
            _ => None,
        }
    }

    /// Its settings, where they differ from the plain ones.
    #[must_use]
    pub fn adjust(self, plain: Scenario) -> Scenario {
        match self {
            Self::Ten | Self::Own => plain,
            Self::Five | Self::OneSlow => Scenario {
                strategy: Strategy::AllAtOnce,
                concurrency: 5,
                ..plain
            },
            Self::KeptPause => Scenario {
                delay_ms: 1_000,
                keep_permit: true,
                ..plain
            },
            Self::Failures => Scenario {
                timeout_ms: 2_000,
                ..plain
            },
            Self::News | Self::JsonPlaceholder => Scenario {
                concurrency: 5,
                ..plain
            },
            Self::Httpbin => Scenario {
                concurrency: 3,
                timeout_ms: 20_000,
                ..plain
            },
        }
    }
}
