//! A directory of files under a prefix, as any static host would serve it.

use std::path::PathBuf;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, HeaderValue, LOCATION};
use axum::http::{Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use tower::ServiceExt;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::sentence::sentence;

/// Files, and where they are served.
#[derive(Clone)]
pub struct Pages {
    files: Router,
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
        let no_cache = HeaderValue::from_static("no-cache");
        // Not over what a sentence says: that is not to be kept at all.
        let no_cache = SetResponseHeaderLayer::if_not_present(CACHE_CONTROL, no_cache);
        let files = ServeDir::new(directory).fallback(any(no_such_file));
        let files = Router::new().fallback_service(files).layer(no_cache);
        Self { files, prefix }
    }

    /// The file at `path` below the prefix, or a sentence that there is none.
    ///
    /// Nothing else of the request counts: what asks whether a file is newer asks in whole seconds, and a page may be
    /// built anew within one.
    async fn file(self, method: Method, path: &str) -> Response {
        // A path that begins with two slashes would read as a host's name.
        let path = format!("/{}", path.trim_start_matches('/'));
        let request = Request::builder().method(method).uri(path);
        let Ok(request) = request.body(Body::empty()) else {
            return no_such_file().await;
        };
        let Ok(mut response) = self.files.oneshot(request).await;
        // A directory without its slash: the way there is below our prefix, of which the files know nothing.
        if let Some(location) = response.headers_mut().get_mut(LOCATION) {
            let whole = [self.prefix.as_bytes(), location.as_bytes()].concat();
            if let Ok(whole) = HeaderValue::try_from(whole) {
                *location = whole;
            }
        }
        response
    }
}

/// Answers a request for a path at which there is nothing but files.
pub(crate) async fn answer(State(pages): State<Pages>, method: Method, uri: Uri) -> Response {
    let below = uri.path().strip_prefix(&pages.prefix);
    match below.filter(|path| path.is_empty() || path.starts_with('/')) {
        None => sentence(StatusCode::NOT_FOUND, "There is nothing here."),
        // As static hosts do, or relative addresses in the page would miss its directory.
        Some("") => {
            let location = [(LOCATION, format!("{}/", pages.prefix))];
            let directory = sentence(StatusCode::PERMANENT_REDIRECT, "The page is a directory.");
            (location, directory).into_response()
        }
        Some(path) => pages.file(method, path).await,
    }
}

async fn no_such_file() -> Response {
    sentence(StatusCode::NOT_FOUND, "There is no such file.")
}
