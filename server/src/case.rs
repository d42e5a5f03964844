//! The service of CASE 1.1 for other systems: published editions as documents,
//! open to everyone. What is asked for stands in the path and the query; what
//! cannot be answered is said in the standard's own form.
//!
//! <https://www.imsglobal.org/spec/CASE/v1p1>

use app::competencies::store::{self, Stored};
use app::error::{AppError, Result};
use app::exchange::case::{self, Ask, Class, Page, Query};
use app::state::AppState;
use axum::Json;
use axum::extract::{Query as Pairs, State};
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::exports;

/// The path of the service.
pub const BASE: &str = "/ims/case/v1p1/";
const DOCUMENTS: &str = "CFDocuments";

/// Answers for every address of the service.
pub async fn provide(State(state): State<AppState>, uri: Uri) -> Response {
    let path = uri.path().strip_prefix(BASE).unwrap_or_default();
    let mut answer = match path.split_once('/') {
        None if path == DOCUMENTS => list(&state, &uri).await,
        Some((class, identifier)) => match Class::parse(class) {
            Some(class) => one(&state, class, identifier).await,
            None => unknown("CASE 1.1 has no such address."),
        },
        None => unknown("CASE 1.1 has no such address."),
    };
    let passing = answer.status().is_server_error();
    let kept = if passing { "no-store" } else { "public, max-age=60" };
    let headers = answer.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    opened(answer)
}

/// The service is open to everyone, so also to pages of other origins.
fn opened(mut answer: Response) -> Response {
    let headers = answer.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    let exposed = HeaderValue::from_static("Link, Retry-After, X-Total-Count");
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
    answer
}

/// Somebody asks too often.
pub fn too_often(error: &AppError) -> Response {
    let mut answer = failed(error);
    let kept = HeaderValue::from_static("no-store");
    answer.headers_mut().insert(header::CACHE_CONTROL, kept);
    opened(answer)
}

/// Nothing can be written here.
pub async fn not_allowed() -> Response {
    let words = "This service is only read.";
    let status = status_info("unsupported", "forbidden", words);
    (StatusCode::METHOD_NOT_ALLOWED, status).into_response()
}

async fn one(state: &AppState, class: Class, identifier: &str) -> Response {
    let Some(identifier) = uuid(identifier) else {
        let status = status_info("failure", "invalid_uuid", "Invalid UUID");
        return (StatusCode::NOT_FOUND, status).into_response();
    };
    match object(state, class, identifier).await {
        Ok(Some(object)) => Json(object).into_response(),
        Ok(None) => unknown("Unknown Object"),
        Err(error) => failed(&error),
    }
}

/// With its hyphens, as the standard writes them.
fn uuid(text: &str) -> Option<Uuid> {
    Uuid::parse_str(text).ok().filter(|_| text.len() == 36)
}

async fn object(state: &AppState, class: Class, identifier: Uuid) -> Result<Option<Value>> {
    let db = &state.db;
    let edition = match class {
        Class::Document | Class::Package => store::found(db, identifier).await?,
        Class::Item | Class::ItemAssociations => store::holding(db, "CFItems", identifier).await?,
        Class::Listed(list) | Class::Tree(list) => store::holding(db, list, identifier).await?,
    };
    let Some(edition) = edition else { return Ok(None) };
    let _place = state.pools.exports.place().await?;
    let stored = match class {
        Class::Item => store::stored_node(db, &edition, identifier).await?,
        _ => store::stored_set(db, &edition).await?,
    };
    let url = state.site.public_url.clone();
    // A large package takes a while to write.
    let answer = move || case::answer(class, identifier, &stored.set, stored.document, &url, &stored.changed);
    tokio::task::spawn_blocking(answer)
        .await
        .map_err(|error| AppError::internal("CASE package", error))
}

async fn list(state: &AppState, uri: &Uri) -> Response {
    let pairs = Pairs::<Vec<(String, String)>>::try_from_uri(uri).map(|Pairs(pairs)| pairs);
    let asked = match Query::parse(&pairs.unwrap_or_default()) {
        Ok(asked) => asked,
        Err(refusal) => return refused(refusal),
    };
    let part = asked.part();
    let (documents, total) = match store::documents(&state.db, part).await {
        Ok(found) => found,
        Err(error) => return failed(&error),
    };
    let url = &state.site.public_url;
    let written = |stored: Stored| case::document(&stored.set, stored.document, url, &stored.changed);
    let documents = documents.into_iter().map(written).collect();
    let page = match part {
        Some(_) => asked.page_of(documents, usize::try_from(total).unwrap_or(usize::MAX)),
        None => asked.page(documents),
    };
    match page {
        Ok(page) => paged(page, url, uri.query().unwrap_or_default()),
        Err(refusal) => refused(refusal),
    }
}

fn paged(page: Page, url: &str, query: &str) -> Response {
    let around = [
        ("first", Some(0)),
        ("prev", page.before),
        ("next", page.after),
        ("last", Some(page.last)),
    ];
    let url = url.trim_end_matches('/');
    let links: Vec<String> = around
        .into_iter()
        .filter_map(|(relation, offset)| {
            let query = query_at(query, page.limit, offset?);
            Some(format!("<{url}{BASE}{DOCUMENTS}?{query}>; rel=\"{relation}\""))
        })
        .collect();
    let mut answer = Json(json!({ DOCUMENTS: page.documents })).into_response();
    let headers = answer.headers_mut();
    headers.insert("x-total-count", HeaderValue::from(page.total));
    if let Ok(links) = HeaderValue::from_str(&links.join(", ")) {
        headers.insert(header::LINK, links);
    }
    answer
}

/// The same query from another offset.
fn query_at(query: &str, limit: usize, offset: usize) -> String {
    let place = [format!("limit={limit}"), format!("offset={offset}")];
    let is_place = |pair: &&str| pair.starts_with("limit=") || pair.starts_with("offset=");
    let kept = query.split('&').filter(|pair| !pair.is_empty() && !is_place(pair));
    let pairs: Vec<&str> = kept.chain(place.iter().map(String::as_str)).collect();
    pairs.join("&")
}

fn refused(refusal: Ask) -> Response {
    let (status, words) = match refusal {
        Ask::Invalid(words) | Ask::Field(words) => (StatusCode::BAD_REQUEST, words),
        Ask::Nothing(words) => return unknown(&words),
    };
    (status, status_info("failure", "invalid_selection_field", &words)).into_response()
}

fn unknown(words: &str) -> Response {
    (StatusCode::NOT_FOUND, status_info("failure", "unknownobject", words)).into_response()
}

fn failed(error: &AppError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let busy = [StatusCode::SERVICE_UNAVAILABLE, StatusCode::TOO_MANY_REQUESTS].contains(&status);
    let code = if busy { "server_busy" } else { "internal_server_error" };
    let mut answer = (status, status_info("failure", code, &error.to_string())).into_response();
    if *error == AppError::Busy {
        let seconds = HeaderValue::from_static(exports::RETRY_BUSY);
        answer.headers_mut().insert(header::RETRY_AFTER, seconds);
    }
    answer
}

/// The standard's own form of an error.
fn status_info(major: &str, minor: &str, words: &str) -> Json<Value> {
    Json(json!({
        "imsx_codeMajor": major,
        "imsx_severity": "error",
        "imsx_description": words,
        "imsx_codeMinor": {
            "imsx_codeMinorField": [
                { "imsx_codeMinorFieldName": "TargetEndSystem", "imsx_codeMinorFieldValue": minor },
            ],
        },
    }))
}
