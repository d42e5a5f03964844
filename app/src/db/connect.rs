//! Opening the database that the configuration names.

use std::borrow::Cow;
use std::collections::HashMap;
use std::pin::Pin;
use std::sync::{Arc, PoisonError, RwLock};

use surrealdb::Surreal;
use surrealdb::engine::any::Any;
use surrealdb::engine::local::Db as Local;
use surrealdb::opt::auth::{Database, Namespace, Root};
use surrealdb_cnf::ConfigMap;
use surrealdb_core::dbs::Session;
use surrealdb_core::kvs::Datastore;
use surrealdb_core::syn;
use surrealdb_sql::Ast;
use surrealdb_types::{Error, Value, Variables};

use super::dump::Dump;
use super::snapshot::Place;
use super::{Answers, Db};
use crate::error::{AppError, Result};

/// Where the database is and how large its caches may grow.
#[derive(Debug, Clone)]
pub struct DbConfig {
    /// `surrealkv://PATH`, `mem://`, `ws://HOST` or `wss://HOST`.
    pub address: String,
    pub credentials: Option<Credentials>,
    pub namespace: String,
    pub name: String,
    /// The block cache of the embedded store, in MiB.
    pub cache_mib: u64,
    /// The memtable of the embedded store, in MiB; it also bounds what one
    /// transaction can write.
    pub memtable_mib: u64,
}

/// Whose user somebody is: the narrowest that works is enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Of the whole server.
    Root,
    Namespace,
    /// Of this database and of nothing else.
    Database,
}

/// A user of the remote server.
#[derive(Clone)]
pub struct Credentials {
    pub user: String,
    pub password: String,
    pub level: Level,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Credentials({})", self.user)
    }
}

impl DbConfig {
    /// A database for one test: in memory, or a namespace of its own on the
    /// server that `CARREL_TEST_DATABASE` names, such as `ws://127.0.0.1:8000`,
    /// whose user and password are both `root`.
    pub fn for_test() -> Self {
        let in_memory = Self {
            address: "mem://".into(),
            credentials: None,
            namespace: "carrel".into(),
            name: "carrel".into(),
            cache_mib: 16,
            memtable_mib: 16,
        };
        let Ok(address) = std::env::var("CARREL_TEST_DATABASE") else {
            return in_memory;
        };
        Self {
            address,
            credentials: Some(Credentials {
                user: "root".into(),
                password: "root".into(),
                level: Level::Root,
            }),
            namespace: format!("test_{}", uuid::Uuid::new_v4().simple()),
            ..in_memory
        }
    }
}

pub(super) enum Engine {
    Embedded {
        client: Surreal<Local>,
        store: Arc<Datastore>,
        session: Box<Session>,
        parsed: Parsed,
        place: Place,
    },
    Remote {
        client: Surreal<Any>,
        dump: Dump,
    },
}

/// What each statement says, or why it failed.
pub(super) type Said = Vec<Result<Value, Error>>;

impl Engine {
    /// Runs statements, all as one transaction or each as one of its own.
    pub(super) async fn query(&self, sql: &'static str, together: bool, vars: Variables) -> Result<Said, Error> {
        match self {
            Self::Embedded {
                store, session, parsed, ..
            } => {
                let statements = parsed.statements(sql, together)?;
                process(store, session, statements, vars).await
            }
            Self::Remote { .. } => self.once(&text(sql, together), vars).await,
        }
    }

    /// Runs statements that will not be run again.
    pub(super) async fn once(&self, sql: &str, vars: Variables) -> Result<Said, Error> {
        match self {
            Self::Embedded { store, session, .. } => {
                let statements = syn::parse(sql).map_err(not_parsed)?;
                process(store, session, statements, vars).await
            }
            Self::Remote { client, .. } => {
                let mut said = client.query(sql).bind(vars).await?;
                Ok((0..said.num_statements()).map(|number| said.take(number)).collect())
            }
        }
    }
}

/// The database at work is a deep future: it stays behind a pointer, in this
/// crate, so that no caller's layout has to hold it.
#[inline(never)]
fn process<'a>(
    store: &'a Datastore,
    session: &'a Session,
    statements: Ast,
    vars: Variables,
) -> Pin<Box<dyn Future<Output = Result<Said, Error>> + Send + 'a>> {
    Box::pin(async move {
        let said = store.process(statements, session, Some(vars)).await?;
        Ok(said.into_iter().map(|one| one.result).collect())
    })
}

fn not_parsed(error: impl std::fmt::Display) -> Error {
    Error::internal(error.to_string())
}

fn text(sql: &'static str, together: bool) -> Cow<'static, str> {
    match together {
        true => format!("BEGIN;\n{sql}\nCOMMIT;").into(),
        false => sql.into(),
    }
}

/// The statements of this program, parsed once: that is a tenth of what a page
/// costs. There are as many as stand in its code.
#[derive(Default)]
pub(super) struct Parsed(RwLock<HashMap<(&'static str, bool), Ast>>);

impl Parsed {
    fn statements(&self, sql: &'static str, together: bool) -> Result<Ast, Error> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(statements) = known.get(&(sql, together)) {
            return Ok(statements.clone());
        }
        drop(known);
        let statements = syn::parse(&text(sql, together)).map_err(not_parsed)?;
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        known.insert((sql, together), statements.clone());
        Ok(statements)
    }
}

impl Db {
    /// Opens the database, embedded or remote, without changing its schema.
    ///
    /// Errors are sentences for whoever starts the server.
    pub async fn connect(config: &DbConfig) -> Result<Self, String> {
        let engine = match config.address.split_once("://") {
            Some(("ws" | "wss", _)) => Engine::Remote {
                client: remote(config).await?,
                dump: Dump::of(config)?,
            },
            Some(("surrealkv" | "mem", _)) => embedded(config).await?,
            _ => return Err(format!("“{}” is not a database address", config.address)),
        };
        Ok(Self {
            engine: Arc::new(engine),
            writing: Arc::default(),
            acting: None,
            asked: Arc::default(),
        })
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<()> {
        self.run("1;", Variables::new()).await.map(drop)
    }

    /// Whether nothing was ever kept here: not even a schema.
    pub async fn is_blank(&self) -> Result<bool> {
        let blank: Option<bool> = self
            .row("object::is_empty((INFO FOR DB).tables);", Variables::new())
            .await?;
        Ok(blank == Some(true))
    }

    /// Takes away everything, the schema too. Asks for a user of more than this
    /// database.
    pub async fn clear(&self) -> Result<()> {
        const CLEAR: &str = "LET $database = session::db(); REMOVE DATABASE $database; DEFINE DATABASE $database;";
        let done = Answers::of(self.engine.once(CLEAR, Variables::new()).await);
        done.map(drop).map_err(|failure| failure.into_app_error(CLEAR))
    }

    /// Ends what runs beside the statements and closes the files of an
    /// embedded database. Nobody may use this handle afterwards.
    pub async fn close(&self) {
        if let Engine::Embedded { store, .. } = &*self.engine
            && let Err(error) = store.shutdown().await
        {
            tracing::warn!(%error, "the database was not closed in order");
        }
    }

    /// The whole database as SurrealQL, written to a file.
    pub async fn export(&self, path: &std::path::Path) -> Result<()> {
        match &*self.engine {
            Engine::Embedded { client, .. } => {
                let done = client.export(path).await;
                done.map_err(|error| AppError::internal("export", error))
            }
            Engine::Remote { dump, .. } => dump.export(path).await,
        }
    }

    /// Reads back what [`Db::export`] wrote, into an empty database.
    pub async fn import(&self, path: &std::path::Path) -> Result<()> {
        match &*self.engine {
            Engine::Embedded { client, .. } => {
                let done = client.import(path).await;
                done.map_err(|error| AppError::internal("import", error))
            }
            Engine::Remote { dump, .. } => dump.import(path).await,
        }
    }
}

/// Every read copies the block it finds its record in: the usual 64 KiB cost
/// more than everything else that a small read does.
const BLOCK_BYTES: &str = "4096";

/// The caches default to half the machine's memory, and the library reads no
/// setting of ours; so the store is built here and handed over
/// (docs/decisions/0003-database-caches.md).
async fn embedded(config: &DbConfig) -> Result<Engine, String> {
    let path = match config.address.strip_prefix("mem://") {
        Some(_) => "memory".to_owned(),
        None => config.address.clone(),
    };
    let mib = |n: u64| (n * 1024 * 1024).to_string();
    let settings = ConfigMap::empty()
        .with_key_value("datastore_sync", "every")
        .with_key_value("surrealkv_block_cache_capacity", mib(config.cache_mib))
        .with_key_value("surrealkv_max_memtable_size", mib(config.memtable_mib))
        .with_key_value("surrealkv_block_size", BLOCK_BYTES)
        .with_key_value("surrealkv_vlog_max_file_size", mib(64));
    let store = Datastore::builder()
        .with_config(settings)
        .build_with_path(&path)
        .await
        .map_err(|error| could_not_open(config, &error.to_string()))?;
    let client = Surreal::<Local>::unstable_from_datastore(Arc::clone(&store), None)
        .await
        .map_err(|error| error.to_string())?;
    client
        .use_ns(&config.namespace)
        .use_db(&config.name)
        .await
        .map_err(|error| error.to_string())?;
    let session = Session::owner().with_ns(&config.namespace).with_db(&config.name);
    Ok(Engine::Embedded {
        client,
        store,
        session: Box::new(session),
        parsed: Parsed::default(),
        place: Place::default(),
    })
}

async fn remote(config: &DbConfig) -> Result<Surreal<Any>, String> {
    let db = surrealdb::engine::any::connect(config.address.as_str())
        .await
        .map_err(|error| format!("the database at {} does not answer: {error}", config.address))?;
    if let Some(credentials) = &config.credentials {
        sign_in(&db, config, credentials.clone())
            .await
            .map_err(|_| "the database refused the user or the password".to_owned())?;
    }
    db.use_ns(&config.namespace)
        .use_db(&config.name)
        .await
        .map_err(|error| error.to_string())?;
    Ok(db)
}

/// Signs in as the user of what it is a user of.
async fn sign_in(db: &Surreal<Any>, config: &DbConfig, credentials: Credentials) -> Result<(), surrealdb::Error> {
    let Credentials { user, password, level } = credentials;
    let (namespace, database) = (config.namespace.clone(), config.name.clone());
    match level {
        Level::Root => db
            .signin(Root {
                username: user,
                password,
            })
            .await
            .map(drop),
        Level::Namespace => {
            let user = Namespace {
                namespace,
                username: user,
                password,
            };
            db.signin(user).await.map(drop)
        }
        Level::Database => {
            let user = Database {
                namespace,
                database,
                username: user,
                password,
            };
            db.signin(user).await.map(drop)
        }
    }
}

/// The store's own words: of its lock (`lockfile.rs` of SurrealKV 0.21.4), and of
/// a transaction that it wrote down and cannot take in again
/// (docs/decisions/0003-database-caches.md).
pub(super) fn could_not_open(config: &DbConfig, error: &str) -> String {
    let DbConfig { address, .. } = config;
    if error.contains("already locked by another process") {
        format!(
            "the database at {address} is in use: a running Carrel holds it. Stop that one first, or use its pages."
        )
    } else if error.contains("too large for memtable") {
        format!(
            "the database at {address} holds more in one transaction than its memtable takes: give it more with \
             database_memtable (CARREL_DATABASE_MEMTABLE). {error}"
        )
    } else {
        format!("the database at {address} could not be opened: {error}")
    }
}
