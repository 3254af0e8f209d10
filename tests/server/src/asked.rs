//! What the Lab is asked for, and by whom.

use axum::RequestPartsExt;
use axum::extract::{ConnectInfo, FromRequestParts, NestedPath, OriginalUri};
use axum::http::header::HOST;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, Uri};
use axum::response::{IntoResponse, Response};
use crawl_playground::lab::Request;

use crate::connection::Connection;

/// A request to the Lab, as far as this server cares: bodies are never read.
pub(crate) struct Asked {
    pub(crate) connection: Connection,
    /// Whether nothing but the headers is wanted.
    pub(crate) is_head: bool,
    /// Path and query as they were sent.
    pub(crate) sent: String,
    /// The same as the Lab has it: below its root.
    pub(crate) request: Request,
}

/// For routes that are nested at the Lab's root.
impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Response> {
        let connection = parts.extract::<ConnectInfo<Connection>>().await;
        let ConnectInfo(connection) = connection.map_err(IntoResponse::into_response)?;
        let root = parts.extract::<NestedPath>().await;
        let root = root.map_err(IntoResponse::into_response)?;
        let Ok(OriginalUri(sent)) = parts.extract::<OriginalUri>().await;
        // What axum makes of the path below the root begins with one slash, however many were sent.
        let path = sent.path().strip_prefix(root.as_str()).unwrap_or_default();
        let request = Request::new(path, sent.query().unwrap_or_default());
        Ok(Self {
            connection,
            is_head: parts.method == Method::HEAD,
            sent: path_and_query(&sent),
            request: request.below(&address(&parts.headers, root.as_str())),
        })
    }
}

fn path_and_query(uri: &Uri) -> String {
    uri.path_and_query()
        .map_or_else(String::new, |both| both.as_str().to_owned())
}

/// The whole address of `path` on this server; the path alone for a client that does not say what that is.
fn address(headers: &HeaderMap, path: &str) -> String {
    match host(headers) {
        Some(host) => format!("http://{host}{path}"),
        None => path.to_owned(),
    }
}

/// What the client calls this server, if that is a host's name and port and nothing else.
fn host(headers: &HeaderMap) -> Option<&str> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte);
    let host = headers.get(HOST)?.to_str().ok()?;
    (!host.is_empty() && host.bytes().all(is_plain)).then_some(host)
}
