//! Records read by their keys, past the query executor.

use std::borrow::Cow;
use std::ops::Bound;
use std::sync::OnceLock;

use surrealdb_catalog::providers::{DatabaseProvider, TableProvider};
use surrealdb_catalog::{DatabaseId, NamespaceId, Record};
use surrealdb_core::kvs::Datastore;
use surrealdb_datastore::key::schema::RecordPrefix;
use surrealdb_datastore::tx::Transaction;
use surrealdb_expr::val::{RecordId, RecordIdKey, TableName, convert_value_to_public_value};
use surrealdb_kvs::TransactionType;
use surrealdb_kvs::value::KVValue;
use surrealdb_types::{RecordIdKey as Key, SurrealValue, Value};

use super::Db;
use super::connect::Engine;
use crate::error::{AppError, Result};

/// Where the records of the one database lie within its store.
pub(super) type Place = OnceLock<(NamespaceId, DatabaseId)>;

/// One state of the embedded database.
///
/// A statement has the definitions of all fields of all tables that it touches
/// parsed anew, which costs more than reading the records. What is asked for
/// with every page and known by its key is read here instead; whoever does so
/// keeps a statement beside it, for a database that is remote
/// (docs/decisions/0012-records-by-key.md).
pub struct Snapshot {
    transaction: Transaction,
    namespace: NamespaceId,
    database: DatabaseId,
}

impl Db {
    /// `None` where the database is remote: there each record would be a round
    /// trip. [`Snapshot::end`] must follow.
    pub async fn snapshot(&self) -> Result<Option<Snapshot>> {
        let Engine::Embedded {
            store, session, place, ..
        } = &*self.engine
        else {
            return Ok(None);
        };
        match session.ns.as_deref().zip(session.db.as_deref()) {
            Some(names) => open(store, names, place).await,
            None => Ok(None),
        }
    }
}

/// Nothing when nothing was ever kept there.
async fn open(store: &Datastore, names: (&str, &str), place: &Place) -> Result<Option<Snapshot>> {
    let transaction = store.transaction(TransactionType::Read).await.map_err(failed)?;
    let known = match place.get() {
        Some(known) => Some(*known),
        None => {
            let definition = transaction
                .get_db_by_name(names.0, names.1, None)
                .await
                .map_err(failed)?;
            definition.map(|definition| *place.get_or_init(|| (definition.namespace_id, definition.database_id)))
        }
    };
    let Some((namespace, database)) = known else {
        transaction.cancel().await.map_err(failed)?;
        return Ok(None);
    };
    Ok(Some(Snapshot {
        transaction,
        namespace,
        database,
    }))
}

impl Snapshot {
    /// The record of this key, if there is one.
    pub async fn record<T: SurrealValue>(&self, table: &str, key: impl Into<Key>) -> Result<Option<T>> {
        let (table, key) = (TableName::from(table), RecordIdKey::from(key.into()));
        let found = self
            .transaction
            .get_record(self.namespace, self.database, &table, &key, None);
        let record = found.await.map_err(failed)?;
        match &record.data {
            surrealdb_expr::val::Value::None => Ok(None),
            data => row(data.clone()).map(Some),
        }
    }

    /// The records of the keys between two, in the order of their keys; the
    /// last one excluded. The caller knows that they are few.
    pub async fn range<T: SurrealValue>(
        &self,
        table: &str,
        from: impl Into<Key>,
        until: impl Into<Key>,
    ) -> Result<Vec<T>> {
        let bounds = (
            Bound::Included(Cow::Owned(RecordIdKey::from(from.into()))),
            Bound::Excluded(Cow::Owned(RecordIdKey::from(until.into()))),
        );
        let table = TableName::from(table);
        let prefix = RecordPrefix {
            ns: self.namespace,
            db: self.database,
            tb: Cow::Borrowed(&table),
        };
        let range = prefix.range_where(bounds).map_err(failed)?;
        let found = self.transaction.getr_raw(range, None).await.map_err(failed)?;
        // The key of each is not asked for: any stands for it.
        let id = RecordId::new(table, RecordIdKey::Number(0));
        found
            .iter()
            .map(|(_, bytes)| row(Record::kv_decode_value(bytes, id.clone()).map_err(failed)?.data))
            .collect()
    }

    pub async fn end(self) {
        if let Err(error) = self.transaction.cancel().await {
            tracing::warn!(%error, "a snapshot was not ended in order");
        }
    }
}

fn row<T: SurrealValue>(data: surrealdb_expr::val::Value) -> Result<T> {
    let value: Value = convert_value_to_public_value(data).map_err(failed)?;
    T::from_value(value).map_err(|error| AppError::internal("row", error))
}

fn failed(error: impl std::fmt::Display) -> AppError {
    AppError::internal("snapshot", error)
}
