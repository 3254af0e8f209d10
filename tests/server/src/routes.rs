//! What is where.

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS};
use axum::middleware::map_response;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};

use crate::lab::{self, Lab};
use crate::ledger::Ledger;
use crate::pages::{self, Pages};
use crate::sentence::{READ_BY_ANYBODY, not_allowed, sentence};

/// All routes. The Lab goes first: files are where nothing else is.
pub(crate) fn routes(ledger: Ledger, pages: Option<Pages>) -> Router {
    let only_get = || async { not_allowed("GET") };
    let only_post = || async { not_allowed("POST") };
    let only_get_and_head = || async { not_allowed("GET, HEAD") };

    // One Lab at two places: what it remembers is the same at both.
    let lab = get(lab::answer).with_state(Lab::new(ledger.clone()));
    let nocors = lab.clone().layer(map_response(without_cors));
    let elsewhere = match pages {
        Some(pages) => get(pages::answer).with_state(pages),
        None => get(nothing_here),
    };
    Router::new()
        // A GET's route would answer HEAD, too.
        .route("/truth", get(truth).head(only_get).fallback(only_get))
        .route("/truth/reset", post(reset).fallback(only_post))
        .with_state(ledger)
        .nest_service("/lab", lab.fallback(only_get_and_head))
        .nest_service("/nocors/lab", nocors.fallback(only_get_and_head))
        .fallback_service(elsewhere.fallback(only_get_and_head))
}

async fn truth(State(ledger): State<Ledger>) -> impl IntoResponse {
    (READ_BY_ANYBODY, Json(ledger.truth()))
}

async fn reset(State(ledger): State<Ledger>) -> Response {
    ledger.reset();
    sentence(StatusCode::OK, "The ledger starts anew.")
}

async fn nothing_here() -> Response {
    sentence(
        StatusCode::NOT_FOUND,
        "Here are /lab/, /nocors/lab/ and /truth.",
    )
}

/// Takes away what lets other pages read the Lab's answers.
async fn without_cors(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.remove(ACCESS_CONTROL_ALLOW_ORIGIN);
    headers.remove(ACCESS_CONTROL_EXPOSE_HEADERS);
    response
}
