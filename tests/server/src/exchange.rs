//! One request, and what is said to it.

use std::io;

use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::header::HOST;
use hyper::{Method, Request, Response, StatusCode, Uri};

/// A request as far as this server cares: bodies are never read.
pub(crate) struct Exchange {
    pub(crate) connection: usize,
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    /// What the client calls this server, if that is a host's name and port and nothing else.
    pub(crate) host: Option<String>,
}

impl Exchange {
    pub(crate) fn new<B>(connection: usize, request: Request<B>) -> Self {
        let (parts, _) = request.into_parts();
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte);
        let host = parts.headers.get(HOST).and_then(|host| host.to_str().ok());
        let host = host.filter(|host| !host.is_empty() && host.bytes().all(is_plain));
        Self {
            connection,
            method: parts.method,
            uri: parts.uri,
            host: host.map(str::to_owned),
        }
    }

    /// The whole address of `path` on this server; the path alone for a client that does not say what that is.
    pub(crate) fn address(&self, path: &str) -> String {
        match &self.host {
            Some(host) => format!("http://{host}{path}"),
            None => path.to_owned(),
        }
    }

    pub(crate) fn path_and_query(&self) -> String {
        self.uri
            .path_and_query()
            .map_or_else(String::new, |both| both.as_str().to_owned())
    }
}

/// Only a file's body can fail: when it can't be read to its end.
pub(crate) type ReplyBody = UnsyncBoxBody<Bytes, io::Error>;
pub(crate) type Reply = Response<ReplyBody>;

/// A whole answer, which any page may read.
pub(crate) fn reply(status: StatusCode, content_type: &'static str, body: String) -> Reply {
    let body = Full::new(Bytes::from(body))
        .map_err(|never| match never {})
        .boxed_unsync();
    let response = Response::builder()
        .status(status)
        .header("Content-Type", content_type)
        .header("Cache-Control", "no-store")
        .header("Access-Control-Allow-Origin", "*");
    // These headers are constants, and valid; an empty answer is better than a panic all the same.
    response.body(body).unwrap_or_default()
}

/// A sentence.
pub(crate) fn sentence(status: StatusCode, text: &str) -> Reply {
    reply(status, "text/plain; charset=utf-8", format!("{text}\n"))
}
