//! The database: checked statements, bound values, transactions that are
//! retried on conflict. SurrealQL itself stands in the features' `store.rs`.

mod connect;
mod dump;
mod migrate;
mod said;
mod snapshot;
mod steps;
mod testing;

pub use connect::{Credentials, DbConfig, Level};
pub use migrate::{MIGRATIONS, MigrateError, Migration};
pub use snapshot::{Fields, FromRecord, Snapshot};

use std::sync::Arc;
use std::time::Duration;

pub use surrealdb_types::Variables;
use surrealdb_types::{Error as DbError, QueryError, RecordIdKey, SurrealValue, Value};
use tokio::sync::RwLock;

use crate::error::{AppError, Result};
use crate::id::{PersonId, SessionId};

/// How often a transaction that lost a race is tried again.
const ATTEMPTS: u32 = 12;

/// A handle to the one database connection. Cloning shares it: a clone of the
/// connection itself would open a session of its own each time.
#[derive(Clone)]
pub struct Db {
    engine: Arc<connect::Engine>,
    /// Held by many who write at once, or by one alone who lost a race.
    writing: Arc<RwLock<()>>,
    acting: Option<Arc<Acting>>,
    /// How often the database was asked: tests hold pages to so many.
    asked: Arc<std::sync::atomic::AtomicUsize>,
    said: Arc<said::Said>,
}

tokio::task_local! {
    /// What is asked for here was counted.
    static AT_ONCE: ();
}

/// Who writes and from where. Bound to every write as `$acting`, which the
/// events of the audit log read (migration 0016).
#[derive(Debug, Clone, SurrealValue)]
pub struct Acting {
    pub by: Option<PersonId>,
    pub session: Option<SessionId>,
    /// The beginning of the network address.
    pub network: String,
}

/// Values bound into statements: `vars! { "person" => id, "name" => name }`.
#[macro_export]
macro_rules! vars {
    ($($name:literal => $value:expr),* $(,)?) => {{
        #[allow(unused_mut)]
        let mut vars = $crate::db::Variables::new();
        $(vars.insert($name, $value);)*
        vars
    }};
}

impl Db {
    /// The same database, written to by someone.
    pub fn acting(&self, acting: Acting) -> Self {
        Self {
            acting: Some(Arc::new(acting)),
            ..self.clone()
        }
    }

    /// Reads: runs statements as one transaction, so that they see one state of
    /// the database and its definitions are read once, and answers with their
    /// results. Every statement has succeeded when this is `Ok`.
    ///
    /// A bare expression is a statement too; `RETURN` would end the transaction.
    pub async fn run(&self, sql: &'static str, vars: Variables) -> Result<Answers> {
        let answers = self.transaction(sql, vars).await;
        answers.map_err(|failure| failure.into_app_error(sql))
    }

    /// The value of a single statement, often a block that ends in an object:
    /// `{ LET $head = …; { head: $head, posts: (SELECT …) } };`.
    ///
    /// A statement is a transaction of its own, and one that only reads: half
    /// the cost of [`Db::run`].
    pub async fn read<T: SurrealValue>(&self, sql: &'static str, vars: Variables) -> Result<T> {
        let mut answers = self.statement(sql, vars).await?;
        T::from_value(answers.value(0)?).map_err(|error| AppError::internal("row", error))
    }

    /// The rows of a single statement.
    pub async fn rows<T: SurrealValue>(&self, sql: &'static str, vars: Variables) -> Result<Vec<T>> {
        self.statement(sql, vars).await?.rows(0)
    }

    /// The first row of a single statement.
    pub async fn row<T: SurrealValue>(&self, sql: &'static str, vars: Variables) -> Result<Option<T>> {
        Ok(self.rows(sql, vars).await?.into_iter().next())
    }

    /// How often the database was asked so far; all that one snapshot reads counts
    /// as once, as the statement beside it does.
    pub fn times_asked(&self) -> usize {
        self.asked.load(std::sync::atomic::Ordering::Relaxed)
    }

    /// Does what asks for several things side by side, which takes no longer than
    /// the one that takes longest: it counts as asking once.
    pub async fn at_once<F: Future>(&self, work: F) -> F::Output {
        self.ask();
        AT_ONCE.scope((), work).await
    }

    /// [`Db::read`] beside what the caller does meanwhile, on another core where
    /// one is free: for what takes milliseconds. It begins when it is awaited.
    pub async fn apart<T: SurrealValue + Send + 'static>(&self, sql: &'static str, vars: Variables) -> Result<T> {
        let (db, counted) = (self.clone(), AT_ONCE.try_with(|()| ()).is_ok());
        let work = async move { db.read(sql, vars).await };
        let work = match counted {
            true => tokio::spawn(AT_ONCE.scope((), work)),
            false => tokio::spawn(work),
        };
        work.await.map_err(|error| AppError::internal("apart", error))?
    }

    fn ask(&self) {
        if AT_ONCE.try_with(|()| ()).is_err() {
            self.asked.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        }
    }

    /// The statements and the tables of records by key that the database was
    /// asked for since the last look; it is written down from the first one on.
    pub fn asked_since(&self) -> Vec<String> {
        self.said.taken()
    }

    async fn statement(&self, sql: &'static str, vars: Variables) -> Result<Answers> {
        let answers = self.attempt(sql, false, vars).await;
        answers.map_err(|failure| failure.into_app_error(sql))
    }

    /// Runs statements as one transaction, again when it lost a race against
    /// another one. What the statements `THROW` is an [`AppError::Conflict`].
    ///
    /// The answers are numbered as in `sql`, the first statement being 0.
    pub async fn write(&self, sql: &'static str, mut vars: Variables) -> Result<Answers> {
        if let Some(acting) = &self.acting {
            vars.insert("acting", Acting::clone(acting));
        }
        {
            let _with_others = self.writing.read().await;
            match self.transaction(sql, vars.clone()).await {
                Err(Failure::Conflict) => {}
                done => return done.map_err(|failure| failure.into_app_error(sql)),
            }
        }
        // Within this process nobody can be first again; another one may.
        let _alone = self.writing.write().await;
        for attempt in 2.. {
            match self.transaction(sql, vars.clone()).await {
                Err(Failure::Conflict) if attempt < ATTEMPTS => {
                    let wait = rand::random_range(0..=2_u64.pow(attempt).min(64));
                    tokio::time::sleep(Duration::from_millis(wait)).await;
                }
                done => return done.map_err(|failure| failure.into_app_error(sql)),
            }
        }
        Err(AppError::Internal)
    }

    async fn transaction(&self, sql: &'static str, vars: Variables) -> Result<Answers, Failure> {
        let mut answers = self.attempt(sql, true, vars).await?;
        // The first result is that of `BEGIN`.
        answers.before = 1;
        Ok(answers)
    }

    async fn attempt(&self, sql: &'static str, together: bool, vars: Variables) -> Result<Answers, Failure> {
        self.ask();
        self.said.note(|| sql.to_owned());
        Answers::of(self.engine.query(sql, together, vars).await)
    }
}

/// The results of several statements; each can be taken once.
pub struct Answers {
    values: Vec<Value>,
    /// How many results stand before that of the first statement.
    before: usize,
}

impl Answers {
    fn of(said: Result<connect::Said, DbError>) -> Result<Self, Failure> {
        let said = said.map_err(|error| Failure::of([error]))?;
        if said.iter().all(Result::is_ok) {
            let values = said.into_iter().flatten().collect();
            return Ok(Answers { values, before: 0 });
        }
        Err(Failure::of(said.into_iter().filter_map(Result::err)))
    }

    /// The rows of statement number `index`.
    pub fn rows<T: SurrealValue>(&mut self, index: usize) -> Result<Vec<T>> {
        let rows = match self.value(index)? {
            Value::None | Value::Null => Vec::new(),
            Value::Array(values) => values.into_iter().collect(),
            one => vec![one],
        };
        rows.into_iter()
            .map(|row| T::from_value(row).map_err(|error| AppError::internal("row", error)))
            .collect()
    }

    fn value(&mut self, index: usize) -> Result<Value> {
        let value = self.values.get_mut(self.before + index).map(std::mem::take);
        value.ok_or_else(|| AppError::internal("take", format!("there is no statement {index}")))
    }

    /// The first row of statement number `index`.
    pub fn row<T: SurrealValue>(&mut self, index: usize) -> Result<Option<T>> {
        Ok(self.rows(index)?.into_iter().next())
    }
}

/// Why statements failed, before anybody is told.
#[derive(Debug)]
enum Failure {
    /// Another transaction changed the same records first.
    Conflict,
    /// A statement said `THROW`; the text is for people.
    Thrown(String),
    Other(String),
}

impl Failure {
    /// A lost race shows on the COMMIT, behind the "not executed" of the
    /// statements before it; so all errors are looked at.
    fn of(errors: impl IntoIterator<Item = DbError>) -> Self {
        let mut other = None;
        for error in errors {
            if is_conflict(&error) {
                return Self::Conflict;
            }
            if let Some(text) = thrown_text(&error) {
                return Self::Thrown(text);
            }
            let cascade = matches!(
                error.query_details(),
                Some(QueryError::NotExecuted | QueryError::Cancelled)
            );
            if other.is_none() || !cascade {
                other = Some(without_values(&error.to_string()));
            }
        }
        Self::Other(other.unwrap_or_default())
    }

    fn into_app_error(self, sql: &str) -> AppError {
        match self {
            Self::Thrown(message) if message == "not found" => AppError::NotFound,
            Self::Thrown(message) => AppError::Conflict(message),
            Self::Conflict => {
                tracing::warn!("a transaction lost every race");
                AppError::Conflict("Somebody changed the same thing at the same moment. Try again.".into())
            }
            Self::Other(error) => {
                let head: String = sql.split_whitespace().take(12).collect::<Vec<_>>().join(" ");
                AppError::internal(&head, error)
            }
        }
    }
}

/// An error's words for the log: what it quotes may be somebody's, and may
/// hold quotes of its own, so all between the first and the last is left out.
fn without_values(message: &str) -> String {
    const QUOTES: [char; 3] = ['\'', '"', '`'];
    match (message.find(QUOTES), message.rfind(QUOTES)) {
        (Some(first), Some(last)) => format!("{}…{}", &message[..first], &message[last + 1..]),
        _ => message.to_owned(),
    }
}

fn is_conflict(error: &DbError) -> bool {
    matches!(error.query_details(), Some(QueryError::TransactionConflict)) || error.message().contains("can be retried")
}

/// What a `THROW` said, also one inside an event, whose failure is wrapped.
fn thrown_text(error: &DbError) -> Option<String> {
    const SAID: &str = "An error occurred: ";
    match error.message().rsplit_once(SAID) {
        Some((_, text)) => Some(text.to_owned()),
        None => error.is_thrown().then(|| error.message().to_owned()),
    }
}

/// The string key of a record of `table`.
pub fn key_of(value: Value, table: &str) -> Result<String, DbError> {
    match value {
        Value::RecordId(id) if id.table.as_str() == table => match id.key {
            RecordIdKey::String(key) => Ok(key),
            _ => Err(DbError::internal(format!("expected a record of {table} with a name"))),
        },
        Value::RecordId(id) => Err(DbError::internal(format!(
            "expected a record of {table}, found one of {}",
            id.table.as_str()
        ))),
        _ => Err(DbError::internal(format!("expected a record of {table}"))),
    }
}

#[cfg(test)]
mod tests;
