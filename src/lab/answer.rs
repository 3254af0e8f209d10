//! How answers are put together: what all of them carry, and the kinds that routes give.

use std::time::Duration;

use super::plan::{Answer, Body, Content};

/// Those of all answers, and two of a route's own.
const MOST_HEADERS: usize = 7;

impl Answer {
    /// An answer of these bytes, or of none where the status allows no body.
    pub(super) fn new(status: u16, content_type: &'static str, body: Body) -> Self {
        let mut headers = Vec::with_capacity(MOST_HEADERS);
        headers.extend([
            // Any page may ask the Lab and may read how long it took, and no answer is ever kept.
            ("Access-Control-Allow-Origin", "*".into()),
            ("Timing-Allow-Origin", "*".into()),
            ("Cache-Control", "no-store".into()),
        ]);
        let is_null_body_status = matches!(status, 204 | 205 | 304);
        let body = if is_null_body_status {
            Body::EMPTY
        } else {
            body
        };
        if !is_null_body_status {
            headers.push(("Content-Type", content_type.into()));
            headers.push(("Content-Length", body.len().to_string().into()));
        }
        Self {
            status,
            headers,
            headers_after: Duration::ZERO,
            body,
        }
    }

    /// A page that says `title`, and nothing else.
    pub(super) fn page(status: u16, title: &str) -> Self {
        let html = format!(
            "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>{title}</title>\n<h1>{title}</h1>\n"
        );
        Self::whole(status, "text/html; charset=utf-8", html)
    }

    /// A sentence.
    pub(super) fn text(status: u16, text: String) -> Self {
        Self::whole(status, "text/plain; charset=utf-8", text)
    }

    /// Data.
    pub(super) fn json(json: String) -> Self {
        Self::whole(200, "application/json", json)
    }

    /// The way to `location`, which is visible ASCII.
    pub(super) fn redirect(location: String) -> Self {
        let mut answer = Self::text(302, "What you look for is elsewhere.\n".to_owned());
        answer.headers.push(("Location", location.into()));
        answer
    }

    fn whole(status: u16, content_type: &'static str, text: String) -> Self {
        Self::new(
            status,
            content_type,
            Body {
                content: Content::Bytes(text.into_bytes()),
                rate: None,
            },
        )
    }

    /// The same, later.
    pub(super) fn after(mut self, headers_after: Duration) -> Self {
        self.headers_after = headers_after;
        self
    }

    /// The same, with the time after which to ask again, in a way that a page can read.
    pub(super) fn retry_after(mut self, seconds: u32) -> Self {
        self.headers
            .push(("Retry-After", seconds.to_string().into()));
        self.headers
            .push(("Access-Control-Expose-Headers", "Retry-After".into()));
        self
    }
}
