//! Starting and stopping.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use app::competencies::store as index;
use app::db::{Db, MIGRATIONS};
use app::mail::Outbox;
use app::outside::Outside;
use app::people::breached::Breached;
use app::people::passwords::Hasher;
use app::people::tokens::Pepper;
use app::state::{AppState, Shared, Site};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::assets;
use crate::config::Config;
use crate::live::Shutdown;
use crate::router::router;

/// How long open requests may take to finish after a stop was asked for.
const DRAIN: Duration = Duration::from_secs(10);

/// Opens the database and brings its schema up to date.
pub async fn open(config: &Config) -> Result<Db, String> {
    let db = open_as_it_is(config).await?;
    match db.migrate(MIGRATIONS).await {
        Ok(_) => Ok(db),
        Err(error) => {
            db.close().await;
            Err(error.to_string())
        }
    }
}

/// Opens the database, which is made where there is none, and changes nothing
/// in it.
pub async fn open_as_it_is(config: &Config) -> Result<Db, String> {
    if let Some(folder) = config.database_path().as_deref().and_then(Path::parent) {
        private_folder(folder).map_err(|error| format!("{} cannot be made: {error}", folder.display()))?;
    }
    Db::connect(&config.db()).await
}

/// Makes a folder that only its owner can look into, unless it is there.
pub fn private_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Makes the folder unless it is there, and sees that it takes files.
fn writable(folder: &Path) -> std::io::Result<()> {
    private_folder(folder)?;
    let tried = folder.join(format!(".{}.tried", std::process::id()));
    std::fs::write(&tried, "")?;
    std::fs::remove_file(&tried)
}

/// What all requests share.
pub fn state(db: Db, config: &Config) -> AppState {
    state_with(db, config, None)
}

/// The same, with a list of breached passwords.
fn state_with(db: Db, config: &Config, breached: Option<&Breached>) -> AppState {
    let site = Site {
        public_url: config.public_url.clone(),
        remove_posts: config.remove_posts,
        files: config.files.clone(),
        imports: config.imports.limits(),
        evidence: config.evidence.limits(),
        assets: assets::manifest(),
        name: Default::default(),
    };
    let shared = Shared {
        hub: Default::default(),
        drafts: Default::default(),
        hasher: Hasher::refusing(breached.cloned()),
        pepper: Pepper::of(config.secret.as_deref()).after(config.secret_old.as_deref()),
        outside: Outside::new(config.private_addresses),
        providers: Default::default(),
        refusals: Default::default(),
        pools: Default::default(),
        outbox: config.mail_from.as_deref().map_or_else(Outbox::default, Outbox::from),
        site: Arc::new(site),
    };
    AppState::new(db, shared)
}

/// How often what is past its time is forgotten.
const FORGETTING: Duration = Duration::from_secs(24 * 60 * 60);

/// Forgets what is past its time, at once and every day.
async fn forget(db: Db, files: PathBuf) {
    let mut every = tokio::time::interval(FORGETTING);
    loop {
        every.tick().await;
        // A failure is logged where it happens; there is another day.
        let _tried_again_tomorrow = app::audit::store::forget_old(&db).await;
        let _tried_again_tomorrow = app::retention::store::sweep(&db).await;
        let _tried_again_tomorrow = app::copies::store::forget_old(&db, &files).await;
        let _tried_again_tomorrow = app::publications::store::forget_old(&db, &files).await;
        let _tried_again_tomorrow = app::pictures::store::forget_loose(&db, &files).await;
        let _tried_again_tomorrow = app::evidence::store::forget_loose(&db, &files).await;
    }
}

/// How often it is looked for reviews whose last day is near.
const REMINDING: Duration = Duration::from_secs(60 * 60);

/// Reminds reviewers, and takes away what is left of rounds that were called off,
/// at once and every hour.
async fn remind(state: AppState) {
    let mut every = tokio::time::interval(REMINDING);
    loop {
        every.tick().await;
        // A failure is logged where it happens; there is another hour.
        let _tried_again_later = app::reviews::store::remind_due(&state).await;
        app::reviews::store::clear_rests(&state.db, Duration::MAX).await;
    }
}

/// How often it is looked for texts that are to be found.
const FINDING: Duration = Duration::from_secs(60);

/// Makes texts findable that are due, at once and every minute.
async fn find_texts(db: Db) {
    let mut every = tokio::time::interval(FINDING);
    loop {
        every.tick().await;
        // A failure is logged where it happens; there is another minute.
        let _tried_again_later = app::search::store::write_due(&db).await;
    }
}

/// Serves until it is told to stop. The database is closed whatever comes of it
/// (docs/decisions/0008-crash-window.md).
pub async fn serve(config: &Config) -> Result<(), String> {
    let db = open(config).await?;
    let done = serve_from(&db, config).await;
    db.close().await;
    done
}

async fn serve_from(db: &Db, config: &Config) -> Result<(), String> {
    writable(&config.files).map_err(|error| {
        let files = config.files.display();
        format!("files (CARREL_FILES): {files} cannot be written: {error}")
    })?;
    let config = &Config {
        secret: crate::secret::of(config)?,
        ..config.clone()
    };
    finish_imports(db).await.map_err(|error| error.to_string())?;
    let listener = TcpListener::bind(config.address).await.map_err(|error| {
        format!(
            "address (CARREL_ADDRESS): {} cannot be listened on: {error}",
            config.address
        )
    })?;
    let shutdown = Shutdown::default();
    let breached = breached(config)?;
    let state = state_with(db.clone(), config, breached.as_ref());
    take_over(&state).await.map_err(|error| error.to_string())?;
    for warning in config.warnings() {
        tracing::warn!(warning = warning.as_str(), "configuration");
        eprintln!("WARNING: {warning}");
    }
    let post = send_letters(&state, config, &shutdown)?;
    introduce(&state).await.map_err(|error| error.to_string())?;
    let watching = tokio::spawn(write_down(state.clone(), config.log_audit));
    let refusals = state.refusals.clone();
    let reminding = tokio::spawn(remind(state.clone()));
    let app = router(state, config, shutdown.clone());
    println!("Carrel is at {}", config.public_url);
    tracing::info!(address = %config.address, "listening");
    // What was cut off on the way from one edition to the next.
    let carrying = tokio::spawn({
        let db = db.clone();
        // A failure is logged where it happens; there is another start.
        async move { app::editions::store::carry_over_missing(&db).await.map(drop) }
    });
    let finding = tokio::spawn(find_texts(db.clone()));
    let forgetting = tokio::spawn(forget(db.clone(), config.files.clone()));
    let stopping = shutdown.0.clone();
    let server = axum::serve(listener, app.into_make_service_with_connect_info::<SocketAddr>())
        .with_graceful_shutdown(async move { stopping.cancelled().await });
    let mut server = tokio::spawn(server.into_future());
    tokio::select! {
        done = &mut server => return done.map_err(|error| error.to_string())?.map_err(|error| error.to_string()),
        () = told_to_stop() => {}
    }
    tracing::info!("stopping");
    shutdown.0.cancel();
    forgetting.abort();
    reminding.abort();
    carrying.abort();
    finding.abort();
    watching.abort();
    if tokio::time::timeout(DRAIN, server).await.is_err() {
        tracing::warn!("some requests were cut off");
    }
    if let Some(post) = post {
        let _stopped = post.await;
    }
    let _stopping_anyway = refusals.write_down(db).await;
    Ok(())
}

/// The list of breached passwords, where one is configured.
pub fn breached(config: &Config) -> Result<Option<Breached>, String> {
    let opened = config.breached_passwords.as_deref().map(|path| {
        Breached::open(path).map_err(|error| {
            let path = path.display();
            format!("breached_passwords (CARREL_BREACHED_PASSWORDS): {path} cannot be used: {error}")
        })
    });
    opened.transpose()
}

/// Takes over what hangs on the secret before this one.
async fn take_over(state: &AppState) -> app::error::Result<()> {
    let lost = app::people::second_factor::store::take_over(&state.db, &state.pepper).await?;
    if lost > 0 {
        tracing::warn!(
            lost,
            "second factors hang on another secret: name it as secret_old (CARREL_SECRET_OLD)"
        );
    }
    app::single_sign_on::store::take_over(&state.db, &state.pepper).await
}

/// How often refusals are gathered, and the audit log shipped.
const GATHERING: Duration = Duration::from_secs(5 * 60);
const SHIPPING: Duration = Duration::from_secs(10);

/// Writes refusals to the audit log, and where `ship` says so the audit log to
/// the server's log.
async fn write_down(state: AppState, ship: bool) {
    let (mut gather, mut often) = (tokio::time::interval(GATHERING), tokio::time::interval(SHIPPING));
    loop {
        // A failure is logged where it happens; there is another time.
        tokio::select! {
            _ = gather.tick() => drop(state.refusals.write_down(&state.db).await),
            _ = often.tick(), if ship => drop(app::audit::shipping::ship(&state.db, app::audit::shipping::log).await),
        }
    }
}

/// Does what imports that were cut off have left to do.
async fn finish_imports(db: &Db) -> app::error::Result<()> {
    index::discard_left(db).await?;
    index::find_missing(db).await?;
    index::catalogue_missing(db).await.map(drop)
}

/// Sends what is in the outbox until it is told to stop, where mail is
/// configured.
fn send_letters(state: &AppState, config: &Config, shutdown: &Shutdown) -> Result<Option<JoinHandle<()>>, String> {
    let Some(smtp) = config.smtp()? else {
        return Ok(None);
    };
    let sending = app::mail::sending::run(state.db.clone(), smtp, state.outbox.clone());
    let stopping = shutdown.0.clone();
    Ok(Some(tokio::spawn(async move {
        stopping.run_until_cancelled(sending).await;
    })))
}

/// Learns what the installation is called; whoever started an empty one is told
/// where to set it up: here alone, not in the log.
async fn introduce(state: &AppState) -> app::error::Result<()> {
    if let Some(name) = app::setup::store::site_name(&state.db).await? {
        state.site.name.set(&name);
    }
    if let Some(token) = app::setup::store::begin(&state.db).await? {
        eprintln!(
            "Nobody is here yet. Set this Carrel up at {}/setup?token={token}\nThe address works once, until the next start.",
            state.site.public_url
        );
    }
    Ok(())
}

async fn told_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        _ = interrupt => {}
        () = terminate => {}
    }
}
