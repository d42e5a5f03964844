//! All addresses of the server. What is not a page or a server function is
//! mounted from [`FILES`], which the tests read.

use std::sync::LazyLock;
use std::time::Duration;

use app::app::App;
use app::state::AppState;
use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRef, Request, State};
use axum::http::{HeaderName, StatusCode};
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use leptos::config::LeptosOptions;
use leptos::nonce::Nonce;
use leptos::prelude::*;
use leptos_axum::{AxumRouteListing, LeptosRoutes, generate_route_list, handle_server_fns_with_context};
use tower::{ServiceBuilder, ServiceExt, limit::GlobalConcurrencyLimitLayer, load_shed::LoadShedLayer};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::{CompressionLayer, CompressionLevel};
use tower_http::csrf::CsrfLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer};
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

use crate::bodies::{self, Bodies};
use crate::config::Config;
use crate::layers::TrustedProxies;
use crate::live::{self, Shutdown};
use crate::{
    asked_first, assets, case, document, drafts, evidence, exports, health, layers, limits, pictures, refusals,
    silence, single_sign_on, staff, text_pictures, trouble, uploads, well_known,
};

/// What the router needs of the framework and of Carrel.
#[derive(Clone)]
struct ServerState {
    app: AppState,
    options: LeptosOptions,
}

impl FromRef<ServerState> for AppState {
    fn from_ref(state: &ServerState) -> Self {
        state.app.clone()
    }
}

impl FromRef<ServerState> for LeptosOptions {
    fn from_ref(state: &ServerState) -> Self {
        state.options.clone()
    }
}

/// An address that is neither a page nor a server function.
pub struct FileRoute {
    pub path: &'static str,
    /// Whether a visitor may have it whatever it holds.
    pub public: bool,
    handler: fn() -> MethodRouter<AppState>,
}

/// The table that mounts them.
pub const FILES: &[FileRoute] = &[
    FileRoute {
        path: "/healthz",
        public: true,
        handler: || get(health::alive),
    },
    FileRoute {
        path: "/readyz",
        public: true,
        handler: || get(health::ready),
    },
    FileRoute {
        path: "/assets/{*path}",
        public: true,
        handler: || get(assets::serve),
    },
    FileRoute {
        path: "/index/{set}/{edition}/export/case.json",
        public: false,
        handler: || get(exports::case),
    },
    FileRoute {
        path: "/index/{set}/{edition}/export/moodle.csv",
        public: false,
        handler: || get(exports::moodle),
    },
    FileRoute {
        path: "/me/copies/{file}",
        public: false,
        handler: || get(exports::copy),
    },
    FileRoute {
        path: "/admin/audit.csv",
        public: false,
        handler: || get(exports::site_audit),
    },
    FileRoute {
        path: "/organisations/{organisation}/audit.csv",
        public: false,
        handler: || get(exports::organisation_audit),
    },
    FileRoute {
        path: "/index/{set}/{edition}/export/sheet.csv",
        public: false,
        handler: || get(exports::sheet_csv),
    },
    FileRoute {
        path: "/index/{set}/{edition}/export/sheet.xlsx",
        public: false,
        handler: || get(exports::workbook),
    },
    FileRoute {
        path: "/index/{set}/{edition}/publication/{file}",
        public: false,
        handler: || get(exports::publication),
    },
    FileRoute {
        path: "/studio/sets/{set}/reviews/{round}/report.csv",
        public: false,
        handler: || get(exports::review_csv),
    },
    FileRoute {
        path: "/studio/sets/{set}/reviews/{round}/report.html",
        public: false,
        handler: || get(exports::review_print),
    },
    FileRoute {
        path: "/ims/case/v1p1/{*path}",
        public: true,
        handler: || get(case::provide).fallback(case::not_allowed),
    },
    FileRoute {
        path: "/studio/import/upload",
        public: false,
        handler: || post(uploads::upload).layer(DefaultBodyLimit::max(uploads::BODY_BYTES)),
    },
    FileRoute {
        path: "/me/profile/picture",
        public: false,
        handler: || post(pictures::upload_picture).layer(DefaultBodyLimit::max(pictures::BODY_BYTES)),
    },
    FileRoute {
        path: "/organisations/{organisation}/logo",
        public: false,
        handler: || post(pictures::upload_logo).layer(DefaultBodyLimit::max(pictures::BODY_BYTES)),
    },
    FileRoute {
        path: "/files/pictures/{person}/{hash}",
        public: false,
        handler: || get(pictures::picture),
    },
    FileRoute {
        path: "/files/logos/{organisation}/{hash}",
        public: false,
        handler: || get(pictures::logo),
    },
    FileRoute {
        path: "/pictures",
        public: false,
        handler: || post(text_pictures::upload).layer(DefaultBodyLimit::max(text_pictures::BODY_BYTES)),
    },
    FileRoute {
        path: "/pictures/new",
        public: false,
        handler: || get(text_pictures::form),
    },
    FileRoute {
        path: "/pictures/{picture}",
        public: false,
        handler: || get(text_pictures::picture),
    },
    FileRoute {
        path: "/me/evidence/new/{node}",
        public: false,
        handler: || post(evidence::add).layer(DefaultBodyLimit::max(evidence::BODY_BYTES)),
    },
    FileRoute {
        path: "/me/evidence/files/{evidence}",
        public: false,
        handler: || post(evidence::attach).layer(DefaultBodyLimit::max(evidence::BODY_BYTES)),
    },
    FileRoute {
        path: "/files/evidence/{evidence}/{file}",
        public: false,
        handler: || get(evidence::held),
    },
    FileRoute {
        path: "/organisations/{organisation}/staff/upload",
        public: false,
        handler: || post(staff::upload).layer(DefaultBodyLimit::max(staff::BODY_BYTES)),
    },
    FileRoute {
        path: "/organisations/{organisation}/staff/{list}/links.csv",
        public: false,
        handler: || post(staff::make_links),
    },
    FileRoute {
        path: "/sign-in/with/{provider}",
        public: false,
        handler: || get(single_sign_on::begin),
    },
    FileRoute {
        path: "/sign-in/with/{provider}/answer",
        public: false,
        handler: || get(single_sign_on::end),
    },
    FileRoute {
        path: "/live/threads/{threads}",
        public: false,
        handler: || get(live::threads),
    },
    FileRoute {
        path: "/live/groups/{groups}",
        public: false,
        handler: || get(live::groups),
    },
    FileRoute {
        path: "/favicon.svg",
        public: true,
        handler: || get(well_known::icon),
    },
    FileRoute {
        path: "/icon.svg",
        public: true,
        handler: || get(well_known::home_screen_icon),
    },
    FileRoute {
        path: "/icon-maskable.svg",
        public: true,
        handler: || get(well_known::maskable_icon),
    },
    FileRoute {
        path: "/manifest.webmanifest",
        public: true,
        handler: || get(well_known::web_manifest),
    },
    FileRoute {
        path: "/offline",
        public: true,
        handler: || get(trouble::offline),
    },
    FileRoute {
        path: "/offline.js",
        public: true,
        handler: || get(trouble::worker),
    },
    FileRoute {
        path: "/robots.txt",
        public: true,
        handler: || get(well_known::robots),
    },
];

/// Every page, as it is mounted. Listed once: while the framework lists routes,
/// a page of the same process that tries to load anything waits for ever.
pub static PAGES: LazyLock<Vec<AxumRouteListing>> = LazyLock::new(|| generate_route_list(App));

/// The whole application.
pub fn router(state: AppState, config: &Config, shutdown: Shutdown) -> Router {
    let options = LeptosOptions::builder().output_name("carrel").build();
    let server = ServerState {
        app: state.clone(),
        options,
    };
    let context = {
        let state = state.clone();
        move || provide(&state)
    };
    let counts = limits::Counts::new(config.limits.clone());
    let limited = || from_fn_with_state(counts.clone(), limits::keep);
    let pages = Router::new()
        .leptos_routes_with_context(&server, PAGES.clone(), context, document::shell)
        .fallback(not_found)
        .layer(map_response(document::closed))
        // The framework mounts each server function among the pages.
        .layer(from_fn_with_state(state.clone(), layers::functions))
        .layer(from_fn_with_state(state.clone(), silence::asked))
        .layer(from_fn(asked_first::asked))
        .layer(limited())
        .layer(from_fn_with_state(state.clone(), drafts::keep))
        .layer(RequestBodyLimitLayer::new(config.body_limit * 1024))
        .layer(from_fn(layers::unlisted))
        .layer(from_fn(layers::private));
    let functions = Router::new()
        .route("/api/{*function}", axum::routing::any(function))
        .layer(from_fn_with_state(state.clone(), layers::functions))
        .layer(from_fn_with_state(state.clone(), silence::asked))
        .layer(from_fn(asked_first::asked))
        .layer(limited())
        .layer(from_fn_with_state(state.clone(), drafts::keep))
        .layer(RequestBodyLimitLayer::new(config.body_limit * 1024))
        .layer(from_fn(layers::private));
    let files = FILES.iter().fold(Router::new(), |router, file| {
        let route = (file.handler)().with_state(state.clone());
        let route = match file.public {
            true if limits::Class::of(file.path).is_some() => route.layer(limited()),
            true => route,
            false => route
                .layer(from_fn(asked_first::asked))
                .layer(limited())
                .layer(from_fn_with_state(state.clone(), layers::identify))
                .layer(from_fn(layers::private)),
        };
        router.route(file.path, route)
    });
    let proxies = TrustedProxies(config.trusted_proxies.clone().into());
    let request_id = HeaderName::from_static("x-request-id");
    let compression = CompressionLayer::new().quality(CompressionLevel::Precise(4));
    Router::new()
        .merge(pages)
        .merge(functions)
        .with_state(server)
        .layer(from_fn_with_state(state.clone(), layers::identify))
        .merge(files)
        .layer(axum::Extension(shutdown))
        .layer(axum::Extension(live::Streams::default()))
        .layer(CsrfLayer::new())
        .layer(from_fn_with_state(
            layers::PublicOrigin::of(&config.public_url),
            layers::origin,
        ))
        .layer(from_fn_with_state(state.clone(), refusals::watch))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::GATEWAY_TIMEOUT,
            Duration::from_secs(config.timeout),
        ))
        .layer(
            ServiceBuilder::new()
                .layer(axum::error_handling::HandleErrorLayer::new(trouble::overloaded))
                .layer(LoadShedLayer::new())
                // Of all addresses together.
                .layer(GlobalConcurrencyLimitLayer::new(config.concurrency)),
        )
        .layer(from_fn_with_state(Bodies::of(config), bodies::gather))
        .layer(from_fn_with_state(proxies, layers::address))
        .layer(from_fn_with_state(config.body_limit, trouble::in_words))
        .layer(CatchPanicLayer::custom(trouble::panicked))
        .layer(from_fn_with_state(state, layers::secure))
        .layer(compression)
        .layer(PropagateRequestIdLayer::new(request_id.clone()))
        .layer(TraceLayer::new_for_http().make_span_with(span))
        .layer(SetRequestIdLayer::new(request_id, MakeRequestUuid))
}

/// What pages and server functions find in their context.
fn provide(state: &AppState) {
    provide_context(state.clone());
    if let Some(nonce) = app::state::extension::<Nonce>() {
        provide_context(nonce);
    }
}

async fn function(State(state): State<AppState>, request: Request) -> impl IntoResponse {
    handle_server_fns_with_context(move || provide(&state), request).await
}

/// An unknown address is a page too: it renders the application's own answer.
async fn not_found(State(server): State<ServerState>, request: Request) -> Response {
    let state = server.app.clone();
    let page = leptos_axum::render_app_async_with_context(move || provide(&state), document::shell);
    let mut response = page(request).await.into_response();
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}

/// Method and path pattern, never a query or a body: those can be personal.
fn span(request: &Request) -> tracing::Span {
    let pattern = request
        .extensions()
        .get::<axum::extract::MatchedPath>()
        .map_or("", |path| path.as_str());
    let id = request
        .headers()
        .get("x-request-id")
        .and_then(|id| id.to_str().ok())
        .unwrap_or_default();
    tracing::info_span!("request", method = %request.method(), path = pattern, id)
}

/// Answers one request without a socket, for tests.
pub async fn oneshot(router: Router, request: Request) -> Response {
    match router.oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}
