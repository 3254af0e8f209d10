//! Has a port, and answers on it.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use tokio::net::TcpListener;

use crate::connection::Connection;
use crate::ledger::Ledger;
use crate::listener::Listener;
use crate::pages::Pages;
use crate::routes::routes;

/// A server that has its port and does not answer yet.
pub struct Server {
    tcp: TcpListener,
    ledger: Ledger,
    pages: Option<Pages>,
}

impl Server {
    /// Takes `port` of 127.0.0.1, or any that is free if it is 0.
    ///
    /// # Errors
    /// What the system says when it does not give the port, above all that it is taken.
    pub async fn bind(port: u16, pages: Option<Pages>) -> io::Result<Self> {
        Ok(Self {
            tcp: TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?,
            ledger: Ledger::new(),
            pages,
        })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// When the system does not say.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.tcp.local_addr()
    }

    /// The ledger, for a test in the same process.
    #[must_use]
    pub fn ledger(&self) -> Ledger {
        self.ledger.clone()
    }

    /// Answers until it is dropped, which closes all connections. None is closed for being idle.
    ///
    /// # Errors
    /// When the system takes no more connections.
    pub async fn run(self) -> io::Result<()> {
        let (listener, failed) = Listener::new(self.tcp);
        let routes = routes(self.ledger, self.pages);
        let service = routes.into_make_service_with_connect_info::<Connection>();
        tokio::select! {
            served = axum::serve(listener, service) => served,
            Ok(reason) = failed => Err(reason),
        }
    }
}
