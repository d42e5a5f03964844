//! How generated rows get into the database: in bulk, and past the rules only
//! where the order of things asks for it.

use app::db::Db;
use app::vars;
use surrealdb_types::SurrealValue;

/// Rows in one transaction: few enough for the memtable, which bounds it.
const BATCH: usize = 1_000;

/// Inserts rows, each with its `id`, into a table. What posts say is found only
/// after [`find_texts`].
pub async fn insert<T: SurrealValue>(db: &Db, table: &'static str, rows: Vec<T>) -> Result<(), String> {
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let batch: Vec<T> = rows.by_ref().take(BATCH).collect();
        db.run(
            "INSERT INTO $table $rows RETURN NONE;",
            vars! { "table" => table.to_owned(), "rows" => batch, "in_bulk" => table == "post" },
        )
        .await
        .map_err(|error| format!("{table}: {error}"))?;
    }
    Ok(())
}

/// Publishes all editions: only after that are their nodes frozen.
pub async fn publish(db: &Db) -> Result<(), String> {
    db.run(
        "UPDATE edition SET state = 'published', published = created RETURN NONE;",
        vars! {},
    )
    .await
    .map(drop)
    .map_err(|error| format!("edition: {error}"))
}

/// Makes the texts of what was written in bulk findable.
pub async fn find_texts(db: &Db) -> Result<(), String> {
    let due = "UPSERT type::record('texts_due', ['post']) SET of = 'post' RETURN NONE;";
    db.run(due, vars! {}).await.map_err(|error| format!("texts: {error}"))?;
    let written = app::search::store::write_due(db).await;
    written.map(drop).map_err(|error| format!("texts: {error}"))
}

#[derive(SurrealValue)]
struct Count {
    count: i64,
}

/// How many posts there are.
pub async fn posts(db: &Db) -> Result<i64, String> {
    let count: Option<Count> = db
        .row("SELECT count() FROM post GROUP ALL;", vars! {})
        .await
        .map_err(|error| error.to_string())?;
    Ok(count.map_or(0, |row| row.count))
}
