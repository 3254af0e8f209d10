//! A directory of files under a prefix, as any static host would serve it.

use std::path::PathBuf;

use http_body_util::{BodyExt, Empty};
use hyper::body::Bytes;
use hyper::header::{CACHE_CONTROL, HeaderValue, LOCATION};
use hyper::{Request, StatusCode};
use tower::ServiceExt;
use tower_http::services::ServeDir;

use crate::exchange::{Exchange, Reply, sentence};

/// Files, and where they are served.
#[derive(Clone)]
pub struct Pages {
    files: ServeDir,
    /// Begins with a slash and ends without one: empty is the root.
    prefix: String,
}

impl Pages {
    /// The files of `directory` under the path `at`, whose slashes at either end may be left out.
    #[must_use]
    pub fn new(directory: PathBuf, at: &str) -> Self {
        let at = at.trim_matches('/');
        let prefix = if at.is_empty() {
            String::new()
        } else {
            format!("/{at}")
        };
        Self {
            files: ServeDir::new(directory),
            prefix,
        }
    }

    /// The file that is asked for, or a sentence that there is none.
    pub(crate) async fn answer(&self, asked: &Exchange) -> Reply {
        let Some(path) = asked.uri.path().strip_prefix(&self.prefix) else {
            return sentence(StatusCode::NOT_FOUND, "There is nothing here.");
        };
        if path.is_empty() {
            // As static hosts do, or relative addresses in the page would miss its directory.
            let mut reply = sentence(StatusCode::PERMANENT_REDIRECT, "The page is a directory.");
            if let Ok(location) = HeaderValue::try_from(format!("{}/", self.prefix)) {
                reply.headers_mut().insert(LOCATION, location);
            }
            return reply;
        }
        self.file(asked, path)
            .await
            .unwrap_or_else(|| sentence(StatusCode::NOT_FOUND, "There is no such file."))
    }

    async fn file(&self, asked: &Exchange, path: &str) -> Option<Reply> {
        // A path that begins with two slashes would read as a host's name.
        let path = format!("/{}", path.trim_start_matches('/'));
        let request = Request::builder()
            .method(asked.method.clone())
            .uri(path)
            .body(Empty::<Bytes>::new())
            .ok()?;
        let found = self.files.clone().oneshot(request).await;
        let mut reply = found.unwrap_or_else(|never| match never {});
        if reply.status() == StatusCode::NOT_FOUND {
            return None;
        }
        reply
            .headers_mut()
            .insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        // A directory without its slash: the way there is below our prefix, of which the files know nothing.
        if let Some(location) = reply.headers_mut().get_mut(LOCATION) {
            let below = location.to_str().unwrap_or_default();
            *location = HeaderValue::try_from(format!("{}{below}", self.prefix)).ok()?;
        }
        Some(reply.map(BodyExt::boxed_unsync))
    }
}
