//! Databases for tests.

use surrealdb_core::kvs::Datastore;
use surrealdb_kvs::key::AnyRange;
use surrealdb_kvs::{Key, KeyRange, TransactionType};
use tokio::sync::OnceCell;

use super::connect::Engine;
use super::{Db, DbConfig, MIGRATIONS};
use crate::error::{AppError, Result};

/// Everything of all databases of one store, as it is kept.
type Contents = Vec<(Vec<u8>, Vec<u8>)>;

/// What a database holds that was migrated and nothing else.
static MIGRATED: OnceCell<Contents> = OnceCell::const_new();

impl Db {
    /// A migrated database for one test ([`DbConfig::for_test`]). In memory it is
    /// a copy of one that this process migrated once: applying all migrations
    /// takes longer than most tests.
    pub async fn for_test() -> Result<Self> {
        let db = Self::connect(&DbConfig::for_test()).await.map_err(unusable)?;
        if let Engine::Embedded { store, .. } = &*db.engine {
            let contents = MIGRATED.get_or_try_init(migrated).await?;
            fill(store, contents).await?;
        } else {
            db.migrate(MIGRATIONS).await.map_err(unusable)?;
        }
        Ok(db)
    }
}

async fn migrated() -> Result<Contents> {
    let db = Db::connect(&DbConfig::for_test()).await.map_err(unusable)?;
    db.migrate(MIGRATIONS).await.map_err(unusable)?;
    match &*db.engine {
        Engine::Embedded { store, .. } => contents(store).await,
        Engine::Remote { .. } => Ok(Contents::new()),
    }
}

/// The keys of all namespaces, which begin with `/*`; what stands before them
/// is of one process.
struct Namespaces;

impl AnyRange for Namespaces {
    fn into_key_range(self) -> KeyRange<'static> {
        KeyRange {
            start: Key::from(b"/*".to_vec()),
            end: Key::from(b"/+".to_vec()),
        }
    }
}

async fn contents(store: &Datastore) -> Result<Contents> {
    let transaction = store.transaction(TransactionType::Read).await.map_err(unusable)?;
    let contents = transaction.scan_raw(Namespaces, u32::MAX, 0, None).await;
    transaction.cancel().await.map_err(unusable)?;
    contents.map_err(unusable)
}

async fn fill(store: &Datastore, contents: &Contents) -> Result<()> {
    let transaction = store.transaction(TransactionType::Write).await.map_err(unusable)?;
    for (key, value) in contents {
        let set = transaction.set(Key::from(key.clone()), value.clone()).await;
        set.map_err(unusable)?;
    }
    transaction.commit().await.map_err(unusable)
}

fn unusable(error: impl std::fmt::Display) -> AppError {
    AppError::internal("a database for a test", error)
}
