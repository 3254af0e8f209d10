//! What this server says of its own, which is sentences.

use axum::http::StatusCode;
use axum::http::header::ALLOW;
use axum::response::{IntoResponse, Response};

/// Any page may read what this server says of its own, and nobody keeps it.
pub(crate) const READ_BY_ANYBODY: [(&str, &str); 2] = [
    ("Cache-Control", "no-store"),
    ("Access-Control-Allow-Origin", "*"),
];

/// A sentence.
pub(crate) fn sentence(status: StatusCode, text: &str) -> Response {
    (status, READ_BY_ANYBODY, format!("{text}\n")).into_response()
}

/// Says that a path answers to these methods only.
pub(crate) fn not_allowed(methods: &'static str) -> Response {
    let text = format!("Here goes {methods} only.");
    let sentence = sentence(StatusCode::METHOD_NOT_ALLOWED, &text);
    ([(ALLOW, methods)], sentence).into_response()
}
