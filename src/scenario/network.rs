//! The networks that a crawl can run on.

/// Which network answers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Network {
    /// The one that comes with the page.
    Lab,
    /// The internet.
    Live,
    /// None: answers are drawn from a law of latencies, in virtual time.
    Simulation,
}

impl Network {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Lab, Self::Live, Self::Simulation];

    /// The name on the page and in links.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lab => "Lab",
            Self::Live => "Live",
            Self::Simulation => "Simulation",
        }
    }

    /// What it is, for someone new.
    #[must_use]
    pub const fn hint(self) -> &'static str {
        match self {
            Self::Lab => {
                "A network that comes with this page: real requests, nobody else’s server."
            }
            Self::Live => {
                "Real servers of other people, from your browser. Nothing is sent before you press Run."
            }
            Self::Simulation => {
                "No network at all: latencies drawn from a law, in virtual time. Instant, and the same each time."
            }
        }
    }
}
