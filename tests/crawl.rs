//! What a crawl decides: robots.txt, a page's identity, scope, patterns, traps, and the frontier.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may")]

#[path = "crawl/address.rs"]
mod address;
#[path = "crawl/frontier.rs"]
mod frontier;
#[path = "crawl/frontier_limits.rs"]
mod frontier_limits;
#[path = "crawl/frontier_model.rs"]
mod frontier_model;
#[path = "crawl/frontier_order.rs"]
mod frontier_order;
#[path = "crawl/frontier_redirects.rs"]
mod frontier_redirects;
#[path = "crawl/guards.rs"]
mod guards;
#[path = "crawl/normalise.rs"]
mod normalise;
#[path = "crawl/pattern.rs"]
mod pattern;
#[path = "crawl/robots_bytes.rs"]
mod robots_bytes;
#[path = "crawl/robots_groups.rs"]
mod robots_groups;
#[path = "crawl/robots_model.rs"]
mod robots_model;
#[path = "crawl/robots_paths.rs"]
mod robots_paths;
#[path = "crawl/rules.rs"]
mod rules;
#[path = "crawl/scope.rs"]
mod scope;

use url::Url;

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}
