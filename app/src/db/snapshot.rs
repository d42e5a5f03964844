//! Records read by their keys, past the query executor.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Bound;
use std::sync::{Arc, OnceLock};

use revision::optimised::IndexedMapWalker;
use revision::{DeserializeRevisioned, WalkRevisioned};
use surrealdb_catalog::providers::{DatabaseProvider, TableProvider};
use surrealdb_catalog::{DatabaseId, NamespaceId, Record};
use surrealdb_core::kvs::Datastore;
use surrealdb_datastore::key::schema::RecordPrefix;
use surrealdb_datastore::tx::Transaction;
use surrealdb_expr::val::{self, RecordId, RecordIdKey, TableName, convert_value_to_public_value};
use surrealdb_kvs::TransactionType;
use surrealdb_kvs::value::KVValue;
use surrealdb_strand::Strand;
use surrealdb_types::{RecordIdKey as Key, SurrealValue};

use super::Db;
use super::connect::Engine;
use super::said::Said;
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
    said: Arc<Said>,
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
        self.ask();
        match session.ns.as_deref().zip(session.db.as_deref()) {
            Some(names) => open(store, names, place, &self.said).await,
            None => Ok(None),
        }
    }
}

/// Nothing when nothing was ever kept there.
async fn open(store: &Datastore, names: (&str, &str), place: &Place, said: &Arc<Said>) -> Result<Option<Snapshot>> {
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
        said: Arc::clone(said),
    }))
}

/// What is taken from a record: [`fields!`](crate::fields) says which fields.
pub trait FromRecord: Sized {
    fn from_record(record: &Fields) -> Result<Self>;
}

/// The fields of one record. Only what is taken is read and converted.
pub enum Fields<'a> {
    Read(&'a val::Object),
    /// As they are kept, found by their names.
    Kept(IndexedMapWalker<'a, Strand, val::Value>),
    None,
}

impl<'a> Fields<'a> {
    fn of(record: &'a val::Value) -> Self {
        match record {
            val::Value::Object(fields) => Self::Read(fields),
            _ => Self::None,
        }
    }

    /// A field that is not there reads as `NONE`.
    pub fn take<T: SurrealValue>(&self, field: &str) -> Result<T> {
        let value = match self {
            Self::Read(fields) => fields.0.get(field).cloned(),
            Self::Kept(fields) => kept(fields, field).map_err(failed)?,
            Self::None => None,
        };
        let value = convert_value_to_public_value(value.unwrap_or_default()).map_err(failed)?;
        T::from_value(value).map_err(|error| AppError::internal("row", error))
    }
}

/// Names are kept with their length before them, which below 251 is one byte,
/// and in the order of these bytes.
fn kept(
    fields: &IndexedMapWalker<'_, Strand, val::Value>,
    field: &str,
) -> std::result::Result<Option<val::Value>, revision::Error> {
    let by_name = |name: &[u8]| match name.split_first() {
        Some((length, name)) => (usize::from(*length), name).cmp(&(field.len(), field.as_bytes())),
        None => Ordering::Less,
    };
    let Some(mut bytes) = fields.find_value_bytes(by_name)? else {
        return Ok(None);
    };
    val::Value::deserialize_revisioned(&mut bytes).map(Some)
}

/// Takes a row's fields from a record as it is kept. Nothing where it must be
/// read as a whole: where it has few fields, they are kept without an index.
fn in_place<T: FromRecord>(mut record: &[u8]) -> std::result::Result<Option<Result<T>>, revision::Error> {
    let data = Record::walk_revisioned(&mut record)?.into_data_bytes()?;
    let mut data: &[u8] = &data;
    let value = val::Value::walk_revisioned(&mut data)?;
    if !value.is_object() {
        return Ok(None);
    }
    let object = value.object_view()?;
    let mut object = object.as_bytes();
    let fields = val::Object::walk_revisioned(&mut object)?.into_walk_field_0()?;
    let fields = IndexedMapWalker::from_payload_unvalidated(fields.as_bytes())?;
    Ok(fields.is_indexed().then(|| T::from_record(&Fields::Kept(fields))))
}

/// Says that a row takes each of its fields from the field of that name.
#[macro_export]
macro_rules! fields {
    ($row:ident { $($field:ident),+ $(,)? }) => {
        impl $crate::db::FromRecord for $row {
            fn from_record(record: &$crate::db::Fields) -> $crate::error::Result<Self> {
                Ok(Self { $($field: record.take(stringify!($field))?),+ })
            }
        }
    };
}

impl Snapshot {
    /// The record of this key, if there is one.
    pub async fn record<T: FromRecord>(&self, table: &str, key: impl Into<Key>) -> Result<Option<T>> {
        self.said.note(|| table.to_owned());
        let (table, key) = (TableName::from(table), RecordIdKey::from(key.into()));
        let found = self
            .transaction
            .get_record(self.namespace, self.database, &table, &key, None);
        let record = found.await.map_err(failed)?;
        match &record.data {
            val::Value::None => Ok(None),
            data => T::from_record(&Fields::of(data)).map(Some),
        }
    }

    /// The records of the keys between two, in the order of their keys; the
    /// last one excluded. The caller knows that they are few.
    pub async fn range<T: FromRecord>(
        &self,
        table: &str,
        from: impl Into<Key>,
        until: impl Into<Key>,
    ) -> Result<Vec<T>> {
        self.said.note(|| table.to_owned());
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
            .map(|(_, bytes)| {
                if let Some(row) = in_place(bytes).map_err(failed)? {
                    return row;
                }
                let record = Record::kv_decode_value(bytes, id.clone()).map_err(failed)?;
                T::from_record(&Fields::of(&record.data))
            })
            .collect()
    }

    pub async fn end(self) {
        if let Err(error) = self.transaction.cancel().await {
            tracing::warn!(%error, "a snapshot was not ended in order");
        }
    }
}

fn failed(error: impl std::fmt::Display) -> AppError {
    AppError::internal("snapshot", error)
}
