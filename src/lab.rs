//! The Lab: a network that ships with the page, as one pure function.
//!
//! [`respond`] says what is answered to a [`Request`] and when, and does nothing itself. Its hosts keep to that
//! [`Plan`]: a service worker (`crates/worker`), a real socket (`tests/server`), and [`network::LabNetwork`]
//! in virtual time or within the page. So a route is written once, and is the same wherever it is asked for.
//!
//! | route | answers |
//! |---|---|
//! | `delay/{ms}` | 200 after `ms` |
//! | `status/{code}?ms=&retry_after=` | that status, 200 to 599; 429 and 503 take `retry_after` in seconds |
//! | `bytes/{n}?ms=&rate=` | `n` bytes, at once or at `rate` bytes a second |
//! | `flaky/{key}?fails=&ms=` | 503 for the first `fails` attempts of `key`, then 200 |
//! | `limited/{key}?rps=&burst=&ms=` | 200 while `key` has a token, else 429 with the seconds until the next |
//! | `hang` | headers never come |
//! | `drop?ms=` | the connection fails |
//! | `redirect/{k}?to=` | `k` redirects, then `to`, which is resolved against the redirect's own address |
//! | `news/top.json` | the ids of 60 stories, after 150 ms |
//! | `news/item/{id}.json` | one story, after 80 to 400 ms, always the same for the same id |
//! | `site/{name}/…` | a web site to crawl, with its `robots.txt` and `sitemap.xml`; which there are is said in [`site`] |
//!
//! Ceilings: `ms` 60 000, `n` 64 MiB, `rate` 1 to 1 000 000 000, `retry_after` 3 600, `fails` 100 (1 unless given), `rps` and `burst` 1 000,
//! `k` 1 to 20, `id` 1 to 99 999 999, `to` 2 083 bytes, `key` 64 letters, digits, `-`, `_`, `.` or `~`. What does not
//! keep to them gets a 400 with a sentence, and an unknown path a 404 that lists the routes. Parameters that a route
//! does not know are ignored, so that `delay/100?page=1` and `delay/100?page=2` can be two targets.

pub mod network;
pub mod reader;
pub mod site;

mod answer;
mod news;
mod pace;
mod plan;
mod query;
mod refusal;
mod request;
mod routes;
mod state;

pub use pace::{CHUNK_BYTES, Pace};
pub use plan::{Answer, Body, Content, Plan};
pub use request::{Request, root};
pub use routes::respond;
pub use state::State;
