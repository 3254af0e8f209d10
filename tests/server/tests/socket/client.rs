//! A client that shows what really goes over the connection.

use std::time::{Duration, Instant};

use lab_server::ledger::{Entry, Ledger};
use lab_server::{Pages, Server};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::AbortHandle;
use tokio::time::{sleep, timeout};

/// What no server lets a client wait for, unless it was asked to.
const PATIENCE: Duration = Duration::from_secs(10);

pub(crate) struct World {
    pub(crate) ledger: Ledger,
    port: u16,
    serving: AbortHandle,
}

/// A server of its own for each test; it ends with the test's runtime.
pub(crate) async fn world(pages: Option<Pages>) -> World {
    let server = Server::bind(0, pages).await.unwrap();
    World {
        ledger: server.ledger(),
        port: server.address().unwrap().port(),
        serving: tokio::spawn(server.run()).abort_handle(),
    }
}

impl World {
    pub(crate) async fn connect(&self) -> Connection {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).await.unwrap();
        Connection {
            stream,
            received: Vec::new(),
        }
    }

    /// One request on a connection of its own.
    pub(crate) async fn get(&self, path: &str) -> Reply {
        self.ask("GET", path).await
    }

    /// The same with any method but HEAD.
    pub(crate) async fn ask(&self, method: &str, path: &str) -> Reply {
        let mut connection = self.connect().await;
        connection.send(method, path).await;
        connection
            .reply()
            .await
            .expect("the server closed the connection")
    }

    /// Drops the server.
    pub(crate) fn stop(&self) {
        self.serving.abort();
    }

    /// The ledger's entry for request `id` once `is_so`, or as it is after a second.
    pub(crate) async fn entry(&self, id: usize, is_so: impl Fn(&Entry) -> bool) -> Entry {
        for _ in 0..500 {
            let found = self.ledger.truth().requests.get(id).cloned();
            if let Some(entry) = found.filter(&is_so) {
                return entry;
            }
            sleep(Duration::from_millis(2)).await;
        }
        panic!("it never came to that: {:?}", self.ledger.truth());
    }
}

pub(crate) struct Connection {
    pub(crate) stream: TcpStream,
    received: Vec<u8>,
}

#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
    pub(crate) headers_at: Instant,
    pub(crate) end_at: Instant,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }
}

impl Connection {
    pub(crate) async fn send(&mut self, method: &str, path: &str) {
        let request = format!("{method} {path} HTTP/1.1\r\nHost: lab\r\n\r\n");
        self.stream.write_all(request.as_bytes()).await.unwrap();
    }

    /// The next reply to anything but HEAD, or `None` if the connection closes before its first byte.
    pub(crate) async fn reply(&mut self) -> Option<Reply> {
        let mut reply = self.head().await?;
        let length = reply
            .header("content-length")
            .map_or(0, |length| length.parse().unwrap());
        while self.received.len() < length {
            assert!(self.read_on().await, "half a body");
        }
        reply.end_at = Instant::now();
        reply.body = self.received.drain(..length).collect();
        Some(reply)
    }

    /// The same without a body, which stays to be read.
    pub(crate) async fn head(&mut self) -> Option<Reply> {
        let head_end = loop {
            if let Some(at) = self
                .received
                .windows(4)
                .position(|four| four == b"\r\n\r\n")
            {
                break at + 4;
            }
            if !self.read_on().await {
                assert!(self.received.is_empty(), "half a head: {:?}", self.received);
                return None;
            }
        };
        let headers_at = Instant::now();
        let head = String::from_utf8(self.received.drain(..head_end).collect()).unwrap();
        let status = head[9..12].parse().unwrap();
        Some(Reply {
            status,
            head,
            body: Vec::new(),
            headers_at,
            end_at: headers_at,
        })
    }

    /// Reads until the server closes the connection.
    pub(crate) async fn closed(&mut self) {
        while self.read_on().await {}
    }

    async fn read_on(&mut self) -> bool {
        let reading = self.stream.read_buf(&mut self.received);
        timeout(PATIENCE, reading)
            .await
            .expect("nothing comes, and the connection stays open")
            .is_ok_and(|count| count > 0)
    }
}
