//! A connection: its number, and a way to hang it up.

use std::convert::Infallible;
use std::future::pending;
use std::io::{self, ErrorKind, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_util::sync::{CancellationToken, WaitForCancellationFutureOwned};

/// What a request knows of the connection that it came on.
#[derive(Clone)]
pub(crate) struct Connection {
    /// Counts the server's connections from 0.
    pub(crate) number: usize,
    hung_up: CancellationToken,
}

impl Connection {
    pub(crate) fn new(number: usize, hung_up: CancellationToken) -> Self {
        Self { number, hung_up }
    }

    /// Ends the connection, on which not one more byte is sent.
    ///
    /// Whoever awaits this is dropped with it, so all that is to be done before the client notices is done before.
    pub(crate) async fn hang_up(&self) -> Infallible {
        self.hung_up.cancel();
        pending().await
    }
}

/// A connection's stream. Once that is hung up, each use of it fails, which makes HTTP give it up and close it.
pub(crate) struct Socket {
    stream: TcpStream,
    connection: Connection,
    hanging_up: Pin<Box<WaitForCancellationFutureOwned>>,
}

impl Socket {
    pub(crate) fn new(stream: TcpStream, connection: Connection) -> Self {
        let hanging_up = Box::pin(connection.hung_up.clone().cancelled_owned());
        Self {
            stream,
            connection,
            hanging_up,
        }
    }

    pub(crate) fn connection(&self) -> &Connection {
        &self.connection
    }

    /// The stream, unless it is hung up; and who asked is woken when that comes to pass.
    fn line(&mut self, context: &mut Context<'_>) -> io::Result<Pin<&mut TcpStream>> {
        match self.hanging_up.as_mut().poll(context) {
            Poll::Ready(()) => Err(ErrorKind::ConnectionAborted.into()),
            Poll::Pending => Ok(Pin::new(&mut self.stream)),
        }
    }
}

impl AsyncRead for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.line(context)?.poll_read(context, buffer)
    }
}

impl AsyncWrite for Socket {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.line(context)?.poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        pieces: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.line(context)?.poll_write_vectored(context, pieces)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.line(context)?.poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
