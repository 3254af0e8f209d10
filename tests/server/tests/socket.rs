//! The Lab over a real socket, byte by byte, and the ledger's account of it.
#![allow(clippy::unwrap_used, reason = "a test may")]

mod socket {
    mod client;
    mod connections;
    mod ledger;
    mod methods;
    mod pages;
    mod program;
    mod routes;
}
