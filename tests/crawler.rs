//! Whole crawls of the Lab's sites in virtual time: which pages, in which order, when, and why not the others.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test may")]

#[path = "crawler/again.rs"]
mod again;
#[path = "crawler/assets.rs"]
mod assets;
#[path = "crawler/chain.rs"]
mod chain;
#[path = "crawler/course.rs"]
mod course;
#[path = "crawler/credentials.rs"]
mod credentials;
#[allow(dead_code, reason = "each test crate uses its part")]
#[path = "support/lab.rs"]
mod lab;
#[path = "crawler/many_hosts.rs"]
mod many_hosts;
#[path = "crawler/net.rs"]
mod net;
#[path = "crawler/politeness.rs"]
mod politeness;
#[path = "crawler/sites.rs"]
mod sites;
#[path = "crawler/world.rs"]
mod world;
