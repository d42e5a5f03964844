//! What happens to every request: who sends it is found out once, what goes
//! back carries the security headers.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use app::error::AppError;
use app::people::sessions;
use app::requests::{client_of, draft_id};
use app::start::{FormDraft, SessionEnded};
use app::state::{AppState, ClientAddress};
use app::viewer::Viewer;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use leptos::nonce::Nonce;

use crate::drafts;
use crate::exports;
use crate::refusals::Sender;

/// Puts the viewer, the client's address and, where the address names one, the
/// form draft into the request.
pub async fn identify(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let secure = state.site.is_secure();
    let token = sessions::token_of(request.headers(), secure);
    let held_session = token.is_some();
    let viewer = match token {
        Some(token) => match sessions::viewer(&state.db, &token).await {
            Ok(viewer) => viewer,
            Err(_) => return crate::trouble::unavailable(),
        },
        None => Viewer::visitor(),
    };
    let draft = request.uri().query().and_then(draft_id).map(str::to_owned);
    let held = sessions::cookie_value(request.headers(), drafts::cookie_name(secure));
    if let Some(id) = draft
        && let Some(draft) = drafts::load(&state.db, viewer.id(), &id, held.as_deref()).await
    {
        request.extensions_mut().insert::<FormDraft>(draft);
    }
    let sender = Sender(viewer.id().cloned());
    // A session that ended elsewhere: what this browser keeps of it goes too.
    let ended = request.method() == Method::GET && held_session && !viewer.is_signed_in();
    request.extensions_mut().insert(viewer);
    if ended {
        request.extensions_mut().insert(SessionEnded);
    }
    let mut response = next.run(request).await;
    response.extensions_mut().insert(sender);
    if ended && secure {
        let headers = response.headers_mut();
        headers
            .entry(HeaderName::from_static("clear-site-data"))
            .or_insert(HeaderValue::from_static("\"storage\""));
        if let Some(cookie) = sessions::cookie(None, secure)
            && !headers.contains_key(header::SET_COOKIE)
        {
            headers.insert(header::SET_COOKIE, cookie);
        }
    }
    response
}

/// An error in words, in bytes.
const MOST_ERROR: usize = 64 * 1024;

/// Puts right what the framework does around server functions. It sends plain
/// forms back to their Referer, wherever that is: only its local part is kept.
/// And it answers each error as one of the server: here each has its status.
pub async fn functions(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    // The framework mounts them among the pages.
    if !request.uri().path().starts_with("/api/") {
        return next.run(request).await;
    }
    let headers = request.headers_mut();
    let local = headers.remove(header::REFERER).and_then(|referer| {
        let local = drafts::local_part(referer.to_str().ok()?);
        HeaderValue::try_from(format!("{}{local}", state.site.public_url)).ok()
    });
    if let Some(local) = local {
        headers.insert(header::REFERER, local);
    }
    let response = next.run(request).await;
    if response.status() != StatusCode::INTERNAL_SERVER_ERROR {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let bytes = to_bytes(body, MOST_ERROR).await.unwrap_or_default();
    if let Ok(error) = serde_json::from_slice::<AppError>(&bytes) {
        parts.status = StatusCode::from_u16(error.status()).unwrap_or(parts.status);
        let wait = match error {
            AppError::TooMany(seconds) => Some(HeaderValue::from(seconds)),
            AppError::Busy => Some(HeaderValue::from_static(exports::RETRY_BUSY)),
            _ => None,
        };
        parts.headers.extend(wait.map(|wait| (header::RETRY_AFTER, wait)));
    }
    Response::from_parts(parts, Body::from(bytes))
}

/// Whose word is taken for where a request came from.
#[derive(Clone, Default)]
pub struct TrustedProxies(pub Arc<[IpAddr]>);

/// Finds the client's address: the last one in `X-Forwarded-For` that is not
/// one of our own proxies, when the connection comes from such a proxy.
pub async fn address(State(proxies): State<TrustedProxies>, mut request: Request, next: Next) -> Response {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map(|ConnectInfo(address)| address.ip());
    let found = peer.map(|peer| client(peer.to_canonical(), request.headers(), &proxies.0));
    let label = found.map(|client| network(client).to_string()).unwrap_or_default();
    request.extensions_mut().insert(ClientAddress(label));
    next.run(request).await
}

/// What one client has of addresses: of IPv6 a whole network (/64).
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64)).into(),
    }
}

/// The client of a request that came from `peer`.
fn client(peer: IpAddr, headers: &HeaderMap, proxies: &[IpAddr]) -> IpAddr {
    let forwarded = headers.get_all("x-forwarded-for").iter();
    let forwarded: Vec<&str> = forwarded.filter_map(|value| value.to_str().ok()).collect();
    client_of(peer, &forwarded, proxies)
}

/// Where pages come from that may send here, as browsers say it; none where
/// Carrel is not reached over TLS, which is on somebody's own machine.
#[derive(Clone)]
pub struct PublicOrigin(Option<Arc<str>>);

impl PublicOrigin {
    pub fn of(public_url: &str) -> Self {
        let url = public_url.to_ascii_lowercase();
        let origin = url.strip_suffix(":443").unwrap_or(&url);
        // Browsers write other letters in another way.
        let told = origin.starts_with("https://") && origin.is_ascii();
        Self(told.then(|| origin.into()))
    }

    /// Whether a request may come from a page of `origin`; whether one of
    /// nowhere may is decided by what else it says.
    fn takes(&self, origin: &HeaderValue) -> bool {
        let same = |own: &Arc<str>| origin.as_bytes() == own.as_bytes();
        origin == "null" || self.0.as_ref().is_none_or(same)
    }
}

/// Refuses what is sent by a page that is not ours, also where it was reached
/// by another name that leads here.
pub async fn origin(State(own): State<PublicOrigin>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let origin = request.headers().get(header::ORIGIN);
    if !safe && origin.is_some_and(|origin| !own.takes(origin)) {
        return StatusCode::FORBIDDEN.into_response();
    }
    next.run(request).await
}

/// A new nonce for every answer, and the policy that names it.
pub async fn secure(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let nonce = Nonce::new();
    request.extensions_mut().insert(nonce.clone());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        let policy = format!(
            "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; \
             img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; \
             base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
        );
        if let Ok(value) = HeaderValue::from_str(&policy) {
            headers.insert(header::CONTENT_SECURITY_POLICY, value);
        }
    }
    for (name, value) in FIXED {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if state.site.is_secure() {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000; includeSubDomains"),
        );
    }
    response
}

const FIXED: [(HeaderName, &str); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    // A refused form finds its way back by it.
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

/// Pages are for one viewer: no cache in between may keep them.
pub async fn private(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response
        .headers_mut()
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("private, no-store"));
    response
}

/// Search engines may list public pages that are there, and nothing else.
pub async fn unlisted(request: Request, next: Next) -> Response {
    let matched = request.extensions().get::<MatchedPath>();
    let public = matched.is_some_and(|path| app::app::is_public(path.as_str()));
    let mut response = next.run(request).await;
    if !public || response.status() != StatusCode::OK {
        let headers = response.headers_mut();
        headers.insert(
            HeaderName::from_static("x-robots-tag"),
            HeaderValue::from_static("noindex"),
        );
    }
    response
}
