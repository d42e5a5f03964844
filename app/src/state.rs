//! What every request can reach on the server, and who sent it.

use std::sync::{Arc, PoisonError, RwLock};

use leptos::prelude::*;

use crate::audit::refusals::Refusals;
use crate::db::{Acting, Db};
use crate::error::{AppError, Result};
use crate::groups::live::Hub;
use crate::mail::Outbox;
use crate::outlines::presence::Drafts;
use crate::outside::Outside;
use crate::people::passwords::Hasher;
use crate::people::tokens::Pepper;
use crate::pools::Pools;
use crate::single_sign_on::Providers;
use crate::viewer::{Person, Viewer};

/// What a request reaches: the database, and what all share. Each layer of the
/// router clones it, so it is two pointers.
#[derive(Clone)]
pub struct AppState {
    pub db: Db,
    shared: Arc<Shared>,
}

/// What all requests share beside the database.
pub struct Shared {
    pub hub: Hub,
    pub drafts: Drafts,
    pub hasher: Hasher,
    pub pepper: Pepper,
    pub outbox: Outbox,
    pub outside: Outside,
    pub providers: Providers,
    pub refusals: Refusals,
    pub pools: Pools,
    pub site: Arc<Site>,
}

impl AppState {
    pub fn new(db: Db, shared: Shared) -> Self {
        Self {
            db,
            shared: Arc::new(shared),
        }
    }
}

impl std::ops::Deref for AppState {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.shared
    }
}

/// What the pages need to know of the installation.
#[derive(Debug, Clone, Default)]
pub struct Site {
    /// Where people reach Carrel, without a slash at its end.
    pub public_url: String,
    /// Whether posts are taken out when their author closes the account.
    pub remove_posts: bool,
    /// Where files are kept.
    pub files: std::path::PathBuf,
    /// The most of one file that is imported.
    pub imports: crate::exchange::Limits,
    /// The most of files that are put down as evidence.
    pub evidence: crate::evidence::files::FileLimits,
    pub assets: Assets,
    pub name: SiteName,
}

/// What the installation is called, as pages show it; empty until it is known.
#[derive(Debug, Clone, Default)]
pub struct SiteName(Arc<RwLock<String>>);

impl SiteName {
    pub fn get(&self) -> String {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn set(&self, name: &str) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = name.to_owned();
    }
}

impl Site {
    /// Whether it runs on somebody's own machine.
    pub fn is_development(&self) -> bool {
        let host = self.public_url.trim_start_matches("http://");
        ["127.0.0.1", "localhost"]
            .iter()
            .any(|own| host == *own || host.strip_prefix(own).is_some_and(|rest| rest.starts_with(':')))
    }

    /// Cookies are bound to TLS where the site is reached by it.
    pub fn is_secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

/// The addresses of the browser's files, as the build named them.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(default)]
pub struct Assets {
    pub css: String,
    /// What is written by hand for the browser, for all pages.
    pub scripts: Vec<String>,
    pub js: String,
    pub wasm: String,
    /// Fonts that the first screen needs.
    pub preload_fonts: Vec<String>,
    /// The folder of the browser code.
    pub pkg: String,
    /// The script that loads lazy chunks, beside `js`.
    pub split_loader: Option<String>,
    /// Chunk names by lazy function, from the build.
    pub split_manifest: Option<serde_json::Value>,
}

/// Where a request came from, as far as the trusted proxies tell.
#[derive(Debug, Clone)]
pub struct ClientAddress(pub String);

impl ClientAddress {
    /// That of the request being answered.
    pub fn of_request() -> String {
        extension::<Self>().map(|address| address.0).unwrap_or_default()
    }
}

impl Acting {
    /// Who sends a request, and from where.
    pub fn of(viewer: &Viewer, ClientAddress(address): &ClientAddress) -> Self {
        let person = viewer.person.as_ref();
        Self {
            by: person.map(|person| person.id.clone()),
            session: person.map(|person| person.session.clone()),
            network: crate::audit::store::network(address),
        }
    }
}

/// What the request can reach; what it writes is written by who sent it.
pub fn state() -> AppState {
    let state = expect_context::<AppState>();
    let db = state
        .db
        .acting(Acting::of(&viewer(), &ClientAddress(ClientAddress::of_request())));
    AppState { db, ..state }
}

pub fn db() -> Db {
    state().db
}

/// Who sent this request: put into its extensions before any page or server
/// function runs.
pub fn viewer() -> Viewer {
    extension::<Viewer>().unwrap_or_default()
}

/// The viewer and the signed-in person, or the answer that asks to sign in.
pub fn signed_in() -> Result<(Viewer, Person)> {
    let viewer = viewer();
    let person = viewer.person.clone().ok_or(AppError::SignInNeeded)?;
    Ok((viewer, person))
}

/// The site administrator who sent this request, or what others hear.
pub fn site_administrator() -> Result<Person> {
    let (viewer, person) = signed_in()?;
    viewer.may_rule_site().then_some(person).ok_or(AppError::Forbidden)
}

/// Something that a layer put into the request.
pub fn extension<T: Clone + Send + Sync + 'static>() -> Option<T> {
    use_context::<http::request::Parts>()?.extensions.get::<T>().cloned()
}

/// A header of the request, if it is there and readable.
pub fn header(name: http::HeaderName) -> Option<String> {
    let parts = use_context::<http::request::Parts>()?;
    parts.headers.get(name)?.to_str().ok().map(str::to_owned)
}

/// Whether a browser sent the form by itself, without JavaScript.
pub fn is_plain_form() -> bool {
    header(http::header::ACCEPT).is_some_and(|accept| accept.contains("text/html"))
}

/// Says that what is asked for stands at another address for good: a page is
/// answered with it, and a page that is open already goes there.
pub fn moved(href: &str) {
    let asked = use_context::<http::request::Parts>();
    if asked.is_some_and(|parts| parts.uri.path().starts_with("/api/")) {
        leptos_axum::redirect(href);
        return;
    }
    if let (Some(response), Ok(location)) = (
        use_context::<leptos_axum::ResponseOptions>(),
        http::HeaderValue::from_str(href),
    ) {
        response.set_status(http::StatusCode::PERMANENT_REDIRECT);
        response.insert_header(http::header::LOCATION, location);
    }
}

#[cfg(test)]
mod tests {
    use super::Site;

    #[test]
    fn only_an_own_machine_is_for_development() {
        let is = |url: &str| {
            let site = Site {
                public_url: url.into(),
                ..Site::default()
            };
            site.is_development()
        };
        assert!(is("http://127.0.0.1:3000") && is("http://localhost"));
        assert!(!is("https://carrel.example") && !is("http://localhost.example") && !is("https://127.0.0.1"));
    }
}
