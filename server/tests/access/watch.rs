//! The proof that nothing was changed: every table notes that it was written
//! to, so that one look at one record tells.

use app::db::Db;
use app::vars;

/// Tables that every request may touch: attempts are counted before anything
/// is known of who makes them, and copies are made beside the requests.
const FREE: [&str; 2] = ["copy", "sign_in_attempt"];

/// Has every table note its changes.
pub async fn begin(db: &Db) {
    let tables: Vec<String> = db.rows("object::keys((INFO FOR DB).tables);", vars! {}).await.unwrap();
    let watched = tables.iter().filter(|table| !FREE.contains(&table.as_str()));
    let mut sql = "DEFINE TABLE walk_change SCHEMALESS;".to_owned();
    for table in watched {
        sql += &format!("DEFINE EVENT walk_change ON {table} THEN {{ UPSERT walk_change:{table} SET times += 1 }};");
    }
    // Statements are kept for as long as the program runs.
    db.write(Box::leak(sql.into_boxed_str()), vars! {}).await.unwrap();
}

/// The tables that were written to since the last look. Attempts are forgotten
/// with it: so many requests from one place would be too many.
pub async fn changed(db: &Db) -> Vec<String> {
    // To delete a record costs more than all else here: whatever refers to it is looked for in all tables.
    let look = "SELECT VALUE record::id(id) FROM walk_change WHERE times > 0;
        UPDATE walk_change SET times = 0 WHERE times > 0 RETURN NONE;
        DELETE sign_in_attempt RETURN NONE;";
    let mut tables: Vec<String> = db.write(look, vars! {}).await.unwrap().rows(0).unwrap();
    tables.sort();
    tables
}
