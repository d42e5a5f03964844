//! The proof that nothing was changed: every table notes that it was written
//! to, so that one look at one record tells.

use app::db::Db;
use app::vars;

use super::foreign::{BYSTANDER, ROLE};

/// Tables that every request may touch: attempts are counted before anything
/// is known of who makes them, and copies are made beside the requests.
const FREE: [&str; 2] = ["copy", "sign_in_attempt"];

/// Has every table note its changes.
pub async fn begin(db: &Db) {
    let tables: Vec<String> = db.rows("object::keys((INFO FOR DB).tables);", vars! {}).await.unwrap();
    let watched = tables.iter().filter(|table| !FREE.contains(&table.as_str()));
    let mut sql = "DEFINE TABLE walk_change SCHEMALESS;".to_owned();
    for table in watched {
        let foreign = foreign(table);
        sql += &format!(
            "DEFINE EVENT walk_change ON {table} THEN {{
                UPSERT walk_change:{table} SET times += 1, foreign_too = foreign_too OR {foreign};
            }};"
        );
    }
    // Statements are kept for as long as the program runs.
    db.write(Box::leak(sql.into_boxed_str()), vars! {}).await.unwrap();
}

/// Whether what is written is of somebody whom no row is about, or gives
/// somebody what no row gives.
fn foreign(table: &str) -> String {
    let given = match table {
        "person" => "$after.site_administrator = true AND $before.site_administrator != true".to_owned(),
        "membership" | "invitation" => {
            format!("($after.roles ?? []) CONTAINS '{ROLE}' AND ($before.roles ?? []) CONTAINSNOT '{ROLE}'")
        }
        _ => "false".to_owned(),
    };
    format!("string::contains(<string> [$before, $after], '{BYSTANDER}') OR ({given})")
}

/// What was written since the last look.
pub struct Seen {
    /// The tables.
    pub changed: Vec<String>,
    /// Those of them in which something was that is not the request's own.
    pub foreign: Vec<String>,
}

/// The tables that were written to since the last look.
pub async fn changed(db: &Db) -> Vec<String> {
    look(db).await.changed
}

/// What was written since the last look. Attempts are forgotten with it: so many
/// requests from one place would be too many.
pub async fn look(db: &Db) -> Seen {
    // To delete a record costs more than all else here: whatever refers to it is looked for in all tables.
    let look = "SELECT VALUE record::id(id) FROM walk_change WHERE times > 0;
        SELECT VALUE record::id(id) FROM walk_change WHERE foreign_too = true;
        UPDATE walk_change SET times = 0, foreign_too = false WHERE times > 0 RETURN NONE;
        DELETE sign_in_attempt RETURN NONE;";
    let mut answers = db.write(look, vars! {}).await.unwrap();
    let (mut changed, foreign): (Vec<String>, _) = (answers.rows(0).unwrap(), answers.rows(1).unwrap());
    changed.sort();
    Seen { changed, foreign }
}
