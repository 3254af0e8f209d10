//! The Lab over a real socket, byte by byte, and the ledger's account of it.
#![allow(clippy::unwrap_used, reason = "a test may")]

mod socket {
    mod client;
    mod ledger;
    mod pages;
    mod program;
    mod routes;
}
