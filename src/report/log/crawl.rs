//! What a crawl does, as lines of the log.

use crate::engine::crawl::skip::Reason;
use crate::engine::crawler::MAX_CRAWL_DELAY;
use crate::engine::trace::crawl::{RobotsFound, RobotsRecord};
use crate::engine::trace::{Trace, What};

/// Whether a crawl's event is put into words. What it finds and leaves is told by its results: that can be thousands.
pub(super) const fn is_told(what: What) -> bool {
    match what {
        What::Skipped(_, reason) => matches!(reason, Reason::Robots | Reason::RobotsUnreadable),
        What::Robots(_) | What::Read(..) => true,
        _ => false,
    }
}

/// What a crawl's event says.
pub(super) fn words(what: What, trace: &Trace) -> Option<String> {
    let crawl = trace.crawl();
    Some(match what {
        What::Skipped(url, reason) => {
            let address = trace.read(crawl.found(url)?.address);
            format!("{address} is not fetched: {reason}")
        }
        What::Read(task, page) => {
            let links = crawl.page(page)?.out_links;
            format!("task {} has {links} links", task.0 + 1)
        }
        What::Robots(place) => {
            let robots = crawl.robots(place)?;
            format!("robots.txt (task {}) {}", robots.task.0 + 1, found(robots))
        }
        _ => return None,
    })
}

/// What became of a robots.txt, as the rest of a sentence about it.
pub(crate) fn found(robots: &RobotsRecord) -> String {
    let found = match robots.found {
        RobotsFound::Read => "was read, and holds",
        RobotsFound::None => "does not exist, so all is allowed",
        RobotsFound::UnreadableAllowed => {
            "could not be read; all is taken for allowed, as it is set"
        }
        RobotsFound::UnreadableSkipped => "could not be read; its host is left alone, as it is set",
    };
    let most_ms = MAX_CRAWL_DELAY.as_millis();
    let delay = match robots.crawl_delay_ms {
        None => String::new(),
        Some(ms) if u128::from(ms) > most_ms => format!(
            "; it asks for {ms}\u{a0}ms between requests, of which {most_ms}\u{a0}ms are kept to"
        ),
        Some(ms) => format!("; it asks for {ms}\u{a0}ms between requests"),
    };
    format!("{found}{delay}")
}
