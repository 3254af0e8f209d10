//! What each preset fetches.

use super::Preset;
use crate::scenario::Network;

/// What a page of Wikipedia leads to, ten titles of it. The page's own title follows.
const WIKIPEDIA_PAGE: &str = "https://en.wikipedia.org/w/api.php?action=query&format=json&formatversion=2&origin=*&prop=links&plnamespace=0&pllimit=10&titles=";

impl Preset {
    /// For a preset whose JSON names what it leads to: under which key, and what address that makes.
    pub(super) fn items(self) -> String {
        match self {
            Self::Wikipedia => format!("title {WIKIPEDIA_PAGE}{{}}"),
            Self::NewsTree => "kids https://hacker-news.firebaseio.com/v0/item/{}.json".into(),
            _ => String::new(),
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
                Network::Lab | Network::Simulation => "lab/news/top.json".into(),
                Network::Live => "https://hacker-news.firebaseio.com/v0/topstories.json".into(),
            }],
            Self::Httpbin => vec!["https://httpbin.org/delay/1".into(); 5],
            Self::JsonPlaceholder => (1..=10)
                .map(|id| format!("https://jsonplaceholder.typicode.com/posts/{id}"))
                .collect(),
            Self::InOrder => std::iter::once(1_600)
                .chain([300, 500, 400, 300, 600, 300, 400, 500, 300])
                .map(|ms| format!("lab/delay/{ms}"))
                .collect(),
            Self::Trap => [
                (700, 8),
                (900, 8),
                (800, 8),
                (750, 8),
                (950, 8),
                (700, 8),
                (850, 8),
                (900, 8),
                (800, 8),
            ]
            .iter()
            .map(|(ms, kilobytes)| format!("lab/bytes/{kilobytes}000?ms={ms}&rate=100000"))
            .collect(),
            // One more at once than the client lets out: on their way some requests catch up with those before them.
            Self::RateLimit => vec!["lab/limited/ten-{run}?rps=10&burst=4&ms=250".into(); 15],
            Self::Adaptive => vec!["lab/limited/ten-{run}?rps=10&burst=4&ms=300".into(); 40],
            Self::AutoThrottle => (0..18)
                .map(|task| format!("lab/delay/{}", if task < 6 { 200 } else { 600 }))
                .collect(),
            Self::Retries => (1..=6)
                .map(|key| format!("lab/flaky/page-{key}-{{run}}?fails={}&ms=250", 2 - key % 2))
                .collect(),
            Self::Polite => (1..=8)
                .map(|step| format!("lab/delay/{}", 200 + step * 40))
                .collect(),
            Self::Mirrors => [900, 400, 700]
                .iter()
                .map(|ms| format!("lab/delay/{ms}"))
                .collect(),
            Self::Blocking => vec!["lab/delay/300".into(); 8],
            Self::CrawlSmall => vec!["lab/site/small/".into()],
            Self::CrawlWide => vec!["lab/site/wide/".into()],
            Self::CrawlDeep => vec!["lab/site/deep/".into()],
            Self::CrawlMixed => vec!["lab/site/mixed/".into()],
            Self::CrawlPolite => vec!["lab/site/polite/".into()],
            Self::CrawlTrap => vec!["lab/site/trap/".into()],
            Self::PokeApi => vec!["https://pokeapi.co/api/v2/pokemon?limit=20".into()],
            Self::Wikipedia => vec![[WIKIPEDIA_PAGE, "Web%20crawler"].concat()],
            Self::NewsTree => vec!["https://hacker-news.firebaseio.com/v0/item/8863.json".into()],
            Self::Simulated | Self::Own => Vec::new(),
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
}
