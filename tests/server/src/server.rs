//! Listens, and sends each request where it belongs.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use hyper::body::Incoming;
use hyper::header::{ALLOW, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::exchange::{Exchange, Reply, reply, sentence};
use crate::lab::{DropConnection, Lab};
use crate::ledger::Ledger;
use crate::pages::Pages;

/// A server that has its port and does not answer yet.
pub struct Server {
    listener: TcpListener,
    site: Arc<Site>,
}

struct Site {
    lab: Lab,
    ledger: Ledger,
    pages: Option<Pages>,
}

impl Server {
    /// Takes `port` of 127.0.0.1, or any that is free if it is 0.
    ///
    /// # Errors
    /// What the system says when it does not give the port, above all that it is taken.
    pub async fn bind(port: u16, pages: Option<Pages>) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let ledger = Ledger::new();
        let lab = Lab::new(ledger.clone());
        Ok(Self {
            listener,
            site: Arc::new(Site { lab, ledger, pages }),
        })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// When the system does not say.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// The ledger, for a test in the same process.
    #[must_use]
    pub fn ledger(&self) -> Ledger {
        self.site.ledger.clone()
    }

    /// Answers until it is dropped, which closes all connections.
    ///
    /// # Errors
    /// When the system takes no more connections.
    pub async fn run(self) -> io::Result<()> {
        let mut connections = JoinSet::new();
        for connection in 0.. {
            let (stream, _) = self.listener.accept().await?;
            connections.spawn(serve(stream, connection, Arc::clone(&self.site)));
            // Those that have ended are forgotten, so that a long run does not collect them.
            while connections.try_join_next().is_some() {}
        }
        Ok(())
    }
}

async fn serve(stream: TcpStream, connection: usize, site: Arc<Site>) {
    // Small pieces are sent at once: the Lab's times are to be true to the millisecond.
    if stream.set_nodelay(true).is_err() {
        return; // The client has left already.
    }
    let service = service_fn(move |request: Request<Incoming>| {
        let site = Arc::clone(&site);
        let asked = Exchange::new(connection, request);
        async move { site.answer(asked).await }
    });
    // Without a timer hyper closes no idle connection. An error is a client that left or a connection that was to be
    // dropped: the ledger knows.
    let _ = http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

impl Site {
    async fn answer(&self, asked: Exchange) -> Result<Reply, DropConnection> {
        let path = asked.uri.path();
        let below = |root: &str| {
            path.strip_prefix(root)
                .filter(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if path == "/truth" || path == "/truth/reset" {
            return Ok(self.truth(&asked));
        }
        if !matches!(asked.method, Method::GET | Method::HEAD) {
            return Ok(not_allowed("GET, HEAD"));
        }
        for (root, cors) in [("/lab", true), ("/nocors/lab", false)] {
            if let Some(path) = below(root) {
                return self.lab.answer(&asked, root, path, cors).await;
            }
        }
        Ok(match &self.pages {
            Some(pages) => pages.answer(&asked).await,
            None => sentence(
                StatusCode::NOT_FOUND,
                "Here are /lab/, /nocors/lab/ and /truth.",
            ),
        })
    }

    fn truth(&self, asked: &Exchange) -> Reply {
        match (asked.uri.path(), &asked.method) {
            ("/truth", &Method::GET) => match serde_json::to_string(&self.ledger.truth()) {
                Ok(json) => reply(StatusCode::OK, "application/json", json),
                Err(reason) => sentence(StatusCode::INTERNAL_SERVER_ERROR, &reason.to_string()),
            },
            ("/truth/reset", &Method::POST) => {
                self.ledger.reset();
                sentence(StatusCode::OK, "The ledger starts anew.")
            }
            ("/truth", _) => not_allowed("GET"),
            _ => not_allowed("POST"),
        }
    }
}

fn not_allowed(methods: &'static str) -> Reply {
    let mut reply = sentence(
        StatusCode::METHOD_NOT_ALLOWED,
        &format!("Here goes {methods} only."),
    );
    reply
        .headers_mut()
        .insert(ALLOW, HeaderValue::from_static(methods));
    reply
}
