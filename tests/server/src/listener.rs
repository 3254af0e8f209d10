//! Takes connections and numbers them.

use std::future::pending;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;

use axum::extract::connect_info::Connected;
use axum::serve::IncomingStream;
use futures::channel::oneshot;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::connection::{Connection, Socket};

/// Listens. Dropping it hangs up all connections that it took, for they go on in tasks of their own.
pub(crate) struct Listener {
    tcp: TcpListener,
    next_number: usize,
    all_hung_up: CancellationToken,
    failure: Option<oneshot::Sender<io::Error>>,
}

impl Listener {
    /// The listener, and what says why it takes no more connections, should it come to that: axum has no way to.
    pub(crate) fn new(tcp: TcpListener) -> (Self, oneshot::Receiver<io::Error>) {
        let (failure, failed) = oneshot::channel();
        let listener = Self {
            tcp,
            next_number: 0,
            all_hung_up: CancellationToken::new(),
            failure: Some(failure),
        };
        (listener, failed)
    }

    fn next_connection(&mut self) -> Connection {
        let number = self.next_number;
        self.next_number += 1;
        Connection::new(number, self.all_hung_up.child_token())
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.all_hung_up.cancel();
    }
}

impl axum::serve::Listener for Listener {
    type Io = Socket;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Socket, SocketAddr) {
        loop {
            match self.tcp.accept().await {
                Ok((stream, client)) => {
                    let connection = self.next_connection();
                    // Small pieces are sent at once: the Lab's times are to be true to the millisecond.
                    // Where that fails the client has left already.
                    if stream.set_nodelay(true).is_ok() {
                        return (Socket::new(stream, connection), client);
                    }
                }
                // Who has left before it was taken is no reason to stop.
                Err(reason)
                    if matches!(
                        reason.kind(),
                        ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset
                    ) => {}
                Err(reason) => {
                    if let Some(failure) = self.failure.take() {
                        // It comes back only when nobody runs this server any more.
                        let _ = failure.send(reason);
                    }
                    pending().await
                }
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.tcp.local_addr()
    }
}

impl Connected<IncomingStream<'_, Listener>> for Connection {
    fn connect_info(stream: IncomingStream<'_, Listener>) -> Self {
        stream.io().connection().clone()
    }
}
