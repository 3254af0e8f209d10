//! The presets: scenarios that each show one thing. Adding one means a variant, its name, its targets, its settings.

use super::Network;

mod settings;
mod targets;

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
    /// Results in order against results as they are completed.
    InOrder,
    /// Requests that nobody polls while the consumer awaits, and the cure.
    Trap,
    /// A server with a rate limit, and a client that keeps to it.
    RateLimit,
    /// A server with a rate limit, and a client that finds it out.
    Adaptive,
    /// A server that grows slow, and a client that follows it by the time between its requests.
    AutoThrottle,
    /// Servers that fail at first, and are tried again.
    Retries,
    /// One host, asked politely.
    Polite,
    /// Three mirrors, and the first to answer wins.
    Mirrors,
    /// Work for the processor, on the event loop.
    Blocking,
    /// Thirty stories of a news site, whose list is fetched first.
    News,
    /// A public server that waits on request.
    Httpbin,
    /// A public server with sample data.
    JsonPlaceholder,
    /// A crawl of a small site.
    CrawlSmall,
    /// A crawl of one page that links to two hundred.
    CrawlWide,
    /// A crawl of a site that goes deep.
    CrawlDeep,
    /// A crawl of a site in which everything goes wrong that can.
    CrawlMixed,
    /// A crawl of a site that asks for manners.
    CrawlPolite,
    /// A crawl of a site without an end.
    CrawlTrap,
    /// A crawl of a public JSON API that links to itself.
    PokeApi,
    /// A crawl of pages and what they lead to, by a public API.
    Wikipedia,
    /// A crawl of a story and its comments, by a public API.
    NewsTree,
    /// Latencies by a law, in virtual time.
    Simulated,
    /// The visitor's own list.
    Own,
}

impl Preset {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 28] = [
        Self::Ten,
        Self::Five,
        Self::KeptPause,
        Self::OneSlow,
        Self::Failures,
        Self::InOrder,
        Self::Trap,
        Self::RateLimit,
        Self::Adaptive,
        Self::AutoThrottle,
        Self::Retries,
        Self::Polite,
        Self::Mirrors,
        Self::Blocking,
        Self::News,
        Self::Httpbin,
        Self::JsonPlaceholder,
        Self::CrawlSmall,
        Self::CrawlWide,
        Self::CrawlDeep,
        Self::CrawlMixed,
        Self::CrawlPolite,
        Self::CrawlTrap,
        Self::PokeApi,
        Self::Wikipedia,
        Self::NewsTree,
        Self::Simulated,
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
            Self::News | Self::Own => !matches!(network, Network::Simulation),
            Self::Simulated => matches!(network, Network::Simulation),
            Self::Httpbin
            | Self::JsonPlaceholder
            | Self::PokeApi
            | Self::Wikipedia
            | Self::NewsTree => {
                matches!(network, Network::Live)
            }
            _ => matches!(network, Network::Lab),
        }
    }

    /// The one that is shown on `network`: a simulation has no list, so the visitor's own is kept for the other networks.
    #[must_use]
    pub const fn shown_on(self, network: Network) -> Self {
        match (self, network) {
            (Self::Own, Network::Simulation) => Self::Simulated,
            _ => self,
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
            Self::InOrder => "in-order",
            Self::Trap => "trap",
            Self::RateLimit => "rate-limit",
            Self::Adaptive => "adaptive",
            Self::AutoThrottle => "auto-throttle",
            Self::Retries => "retries",
            Self::Polite => "polite",
            Self::Mirrors => "mirrors",
            Self::Blocking => "blocking",
            Self::CrawlSmall => "crawl-small",
            Self::CrawlWide => "crawl-wide",
            Self::CrawlDeep => "crawl-deep",
            Self::CrawlMixed => "crawl-mixed",
            Self::CrawlPolite => "crawl-polite",
            Self::CrawlTrap => "crawl-trap",
            Self::PokeApi => "pokeapi",
            Self::Wikipedia => "wikipedia",
            Self::NewsTree => "news-tree",
            Self::Simulated => "simulated",
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
            Self::InOrder => "Results in order, or as completed",
            Self::Trap => "The buffered-stream trap, and its cure",
            Self::RateLimit => "A rate limit, kept to",
            Self::Adaptive => "A rate limit, found out",
            Self::AutoThrottle => "A delay that follows the server",
            Self::Retries => "Failures that pass: retries",
            Self::Polite => "One host, asked politely",
            Self::Mirrors => "Three mirrors: first answer wins",
            Self::Blocking => "Work that blocks the loop",
            Self::CrawlSmall => "Crawl: a small site",
            Self::CrawlWide => "Crawl: one page, two hundred links",
            Self::CrawlDeep => "Crawl: twelve links deep",
            Self::CrawlMixed => "Crawl: everything that goes wrong",
            Self::CrawlPolite => "Crawl: a site that asks for manners",
            Self::CrawlTrap => "Crawl: a trap without end",
            Self::PokeApi => "Crawl: PokéAPI, JSON that links",
            Self::Wikipedia => "Crawl: Wikipedia, page by page",
            Self::NewsTree => "Crawl: Hacker News, story and comments",
            Self::Simulated => "Latencies by a law",
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
            Self::InOrder => {
                "The first answer is slow. In order, all others wait for it in the buffer; as completed, nobody does."
            }
            Self::Trap => {
                "The consumer takes 300 ms for each result. A buffered stream polls nothing meanwhile, so answers that are there look late. A pipeline polls on."
            }
            Self::RateLimit => {
                "The server takes ten a second, four at once; the bucket lends three, since requests don’t arrive as evenly as they go out. A semaphore runs into 429s; a token bucket does not."
            }
            Self::Adaptive => {
                "The server takes ten a second and says so by 429 only. The limit grows by one a round, and halves at each refusal."
            }
            Self::AutoThrottle => {
                "Halfway through the server grows slow. The time between requests falls by halves to latency / n, and rises at once."
            }
            Self::Retries => {
                "Each answers 503 once or twice. Back-off is waited out without a permit."
            }
            Self::Polite => {
                "Two at a time, 250 ms apart, give or take half: what a host would ask of a crawler."
            }
            Self::Mirrors => "The losers are cancelled the moment one has answered.",
            Self::Blocking => {
                "Each page is parsed on the event loop for a while: see the lag, and what the others do meanwhile. Then have it done in slices, or in a worker."
            }
            Self::CrawlSmall => {
                "From one page to all 25: robots.txt first, then page by page, each looked at for links."
            }
            Self::CrawlWide => {
                "All links are known after the first page, so the permits are what holds it back."
            }
            Self::CrawlDeep => {
                "Few links a page: however many may go at once, each level waits for the one above."
            }
            Self::CrawlMixed => {
                "Errors, redirects, loops, broken HTML, odd characters: each has an outcome, and the crawl goes on."
            }
            Self::CrawlPolite => {
                "Its robots.txt forbids parts of the site, and asks for a second between two requests. Both are kept to."
            }
            Self::CrawlTrap => {
                "A calendar without end, session ids, links that grow. The guards stop some, the limit the rest."
            }
            Self::PokeApi => {
                "Absolute addresses in JSON are links too. Two at a time, half a second apart."
            }
            Self::Wikipedia => {
                "Its pages may not be read across origins, its API may: the titles that a page leads to become the next requests."
            }
            Self::NewsTree => {
                "A story names its comments by id, and each comment its answers: a tree, found as it is fetched."
            }
            Self::Simulated => "How long would it take? Known before anything is sent.",
            Self::News => match network {
                Network::Lab | Network::Simulation => {
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
}
