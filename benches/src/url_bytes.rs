//! `crawl/url-bytes`: what a crawl keeps of each address that it knows, beyond the address's text.
//!
//! Frontiers are made one after another and kept, and the process's resident memory is looked at after each. The first does
//! not count: what it needed on the way is free for the next. One link in eight leads out of scope, one in sixteen is a
//! query of a path, and half of the pages were fetched when it is looked at.

use crawl_playground::engine::crawl::frontier::{Found, Frontier};
use crawl_playground::engine::crawl::rules::Rules;
use url::Url;

use crate::figure::{Better, Figure, Goal};
use crate::memory::resident_bytes;

pub(crate) const NAME: &str = "crawl/url-bytes";
const ADDRESSES: usize = 100_000;
const LINKS_A_PAGE: usize = 20;
const KEPT: usize = 6;
const GOAL_BYTES: f64 = 300.0;

pub(crate) fn figures() -> Vec<Figure> {
    let mut kept = vec![frontier()];
    let Some(before) = resident_bytes() else {
        // Only Linux tells.
        return Vec::new();
    };
    kept.extend((0..KEPT).map(|_| frontier()));
    let grown = resident_bytes().unwrap_or(before) - before;
    assert!(
        kept.iter()
            .all(|frontier| frontier.counts().known >= ADDRESSES)
    );
    let counted = kept.iter().skip(1);
    let known: usize = counted
        .clone()
        .map(|frontier| frontier.counts().known)
        .sum();
    let text: usize = counted.map(text_bytes).sum();
    vec![Figure {
        name: NAME,
        unit: "B",
        better: Better::Lower,
        value: (grown - text as f64) / known as f64,
        peer: "the goal",
        peer_value: GOAL_BYTES,
        goal: Some(Goal {
            bound: 1.0,
            words: "at most 300 bytes",
        }),
    }]
}

fn text_bytes(frontier: &Frontier) -> usize {
    let texts = frontier.ids().map(|id| frontier.address(id).len());
    texts.sum()
}

fn frontier() -> Frontier {
    let url = |text: &str| Url::parse(text).expect("an address");
    let mut frontier = Frontier::new(Rules {
        max_depth: u16::MAX,
        max_pages: (ADDRESSES / 2) as u32,
        ..Rules::default()
    });
    frontier.offer(Found::seed(&url("https://example.org/")));
    let mut found = 0;
    while let Some(page) = frontier.next(|_| true) {
        for _ in 0..LINKS_A_PAGE {
            if frontier.counts().known >= ADDRESSES {
                break;
            }
            found += 1;
            let link = match found % 16 {
                0 | 8 => format!("https://{}.example.com/about/{found}", found % 97),
                1 => format!("https://example.org/list/{}?page={found}", found / 640),
                _ => format!(
                    "https://example.org/section-{}/page-{found}.html",
                    found % 31
                ),
            };
            frontier.offer(Found::link(&url(&link), page));
        }
        frontier.done(page);
    }
    frontier
}
