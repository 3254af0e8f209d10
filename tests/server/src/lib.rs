//! The Lab on a real socket: HTTP/1.1 on 127.0.0.1, and a ledger of what truly happened.
//!
//! | path | |
//! |---|---|
//! | `/lab/…` | the Lab, see [`crawl_playground::lab`] |
//! | `/nocors/lab/…` | the same, but without the headers that let other pages read it |
//! | `GET /truth` | the [`ledger`] as JSON |
//! | `POST /truth/reset` | starts the ledger anew |
//!
//! and on request a directory of files, so that a built page can be tried from a sub-path.
//!
//! The ledger is what tests hold the page against: the page's own numbers come from the page's own clock, these
//! from the other end of the connection. So what ends a request here is `Drop`: whether a client leaves during a
//! delay, in the midst of a body or while nothing ever comes, the server drops what waits, and that is written down.

pub mod ledger;

mod asked;
mod connection;
mod lab;
mod listener;
mod pages;
mod routes;
mod sentence;
mod server;

pub use pages::Pages;
pub use server::Server;
