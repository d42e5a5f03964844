use super::*;

async fn db() -> Db {
    Db::connect(&DbConfig::for_test()).await.unwrap()
}

#[test]
fn a_damaged_database_is_no_running_server() {
    let config = DbConfig {
        address: "surrealkv:///srv/blocks/carrel.db".into(),
        ..DbConfig::for_test()
    };
    let said = |error| connect::could_not_open(&config, error);
    let locked = "Other error: Database at /srv/blocks/carrel.db/LOCK is already locked by another process";
    assert!(said(locked).contains("a running Carrel holds it"));
    for error in ["Corrupted block: x", "Block not found", "IO error: No locks available"] {
        let said = said(error);
        assert!(said.contains(error) && !said.contains("running"), "{said}");
    }
}

#[tokio::test]
async fn every_statement_is_checked() {
    let db = db().await;
    let answer = db.run("1; THROW 'no'; 2;", vars! {}).await;
    assert!(matches!(answer, Err(AppError::Conflict(message)) if message == "no"));
}

#[tokio::test]
async fn values_are_bound_not_read_as_statements() {
    let db = db().await;
    let hostile = "'; REMOVE TABLE person; --";
    let name: Option<String> = db.row("$name;", vars! { "name" => hostile }).await.unwrap();
    assert_eq!(name.as_deref(), Some(hostile));
}

#[tokio::test]
async fn a_transaction_that_fails_leaves_nothing() {
    let db = db().await;
    let done = db.write("CREATE thing:one; THROW 'half way';", vars! {}).await;
    assert!(matches!(done, Err(AppError::Conflict(message)) if message == "half way"));
    db.run("DEFINE TABLE IF NOT EXISTS thing;", vars! {}).await.unwrap();
    let things: Vec<Value> = db.rows("SELECT * FROM thing;", vars! {}).await.unwrap();
    assert!(things.is_empty());
}

#[tokio::test]
async fn what_an_event_throws_is_for_people_too() {
    let db = db().await;
    let event =
        "DEFINE TABLE page; DEFINE EVENT kept ON page WHEN $event = 'UPDATE' THEN { THROW 'It stays: as it is.' };
        CREATE page:one SET n = 1;";
    db.run(event, vars! {}).await.unwrap();
    for _ in 0..2 {
        let done = db.write("UPDATE page:one SET n = 2;", vars! {}).await;
        assert!(matches!(done, Err(AppError::Conflict(message)) if message == "It stays: as it is."));
    }
    let n: Option<i64> = db.row("SELECT VALUE n FROM ONLY page:one;", vars! {}).await.unwrap();
    assert_eq!(n, Some(1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_lost_race_is_run_again() {
    let db = db().await;
    db.run("CREATE counter:one SET n = 0;", vars! {}).await.unwrap();
    let tasks: Vec<_> = (0..4)
        .map(|_| {
            let db = db.clone();
            tokio::spawn(async move {
                for _ in 0..10 {
                    db.write("UPDATE counter:one SET n += 1;", vars! {}).await.unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let n: Option<i64> = db.row("SELECT VALUE n FROM ONLY counter:one;", vars! {}).await.unwrap();
    assert_eq!(n, Some(40));
}

const FIRST: Migration = Migration {
    name: "0001_first",
    sql: "DEFINE TABLE first SCHEMAFULL;",
};
const SECOND: Migration = Migration {
    name: "0002_second",
    sql: "DEFINE TABLE second SCHEMAFULL;",
};

#[tokio::test]
async fn migrations_are_applied_once_and_in_order() {
    let db = db().await;
    assert_eq!(db.migrate(&[FIRST]).await.unwrap(), ["0001_first"]);
    assert_eq!(db.migrate(&[FIRST, SECOND]).await.unwrap(), ["0002_second"]);
    assert!(db.migrate(&[FIRST, SECOND]).await.unwrap().is_empty());
}

#[tokio::test]
async fn an_edited_or_unknown_migration_is_refused() {
    let db = db().await;
    db.migrate(&[FIRST, SECOND]).await.unwrap();
    let edited = Migration {
        sql: "DEFINE TABLE other;",
        ..FIRST
    };
    assert_eq!(
        db.migrate(&[edited, SECOND]).await,
        Err(MigrateError::Edited("0001_first".into()))
    );
    assert_eq!(
        db.migrate(&[FIRST]).await,
        Err(MigrateError::Newer("0002_second".into()))
    );
}

#[tokio::test]
async fn a_migration_that_was_cut_off_goes_on_where_it_stopped() {
    let db = db().await;
    let cut_off = Migration {
        sql: "DEFINE TABLE first SCHEMAFULL;\nTHROW 'half way';\nDEFINE TABLE never;",
        ..FIRST
    };
    for _ in 0..2 {
        assert_eq!(
            db.migrate(&[cut_off]).await,
            Err(MigrateError::Failed("0001_first".into()))
        );
    }
    let other = Migration {
        sql: "DEFINE TABLE other SCHEMAFULL;",
        ..FIRST
    };
    assert_eq!(
        db.migrate(&[other]).await,
        Err(MigrateError::Edited("0001_first".into()))
    );
    let mended = Migration {
        sql: "DEFINE TABLE first SCHEMAFULL;\nDEFINE TABLE third SCHEMAFULL;",
        ..FIRST
    };
    assert_eq!(db.migrate(&[mended]).await.unwrap(), ["0001_first"]);
    assert!(db.migrate(&[mended]).await.unwrap().is_empty());
    let tables: Vec<String> = db.rows("object::keys((INFO FOR DB).tables);", vars! {}).await.unwrap();
    assert_eq!(tables, ["first", "migration", "migration_begun", "third"]);
}

#[tokio::test]
async fn an_index_is_built_from_what_its_migration_wrote_before() {
    let db = db().await;
    let books = Migration {
        name: "0001_books",
        sql: "DEFINE TABLE book; CREATE book:one SET title = 'old';",
    };
    let titles = Migration {
        name: "0002_titles",
        sql: "UPDATE book SET title = 'new';\nDEFINE INDEX book_title ON book FIELDS title;",
    };
    db.migrate(&[books, titles]).await.unwrap();
    for (title, found) in [("new", 1), ("old", 0)] {
        let books: Vec<Value> = db
            .rows(
                "SELECT VALUE id FROM book WITH INDEX book_title WHERE title = $title;",
                vars! { "title" => title },
            )
            .await
            .unwrap();
        assert_eq!(books.len(), found, "{title}");
    }
}

#[tokio::test]
async fn a_database_is_cleared_of_its_schema() {
    let db = db().await;
    db.migrate(&[FIRST]).await.unwrap();
    db.clear().await.unwrap();
    assert!(db.is_blank().await.unwrap());
    assert_eq!(db.migrate(&[FIRST]).await.unwrap(), ["0001_first"]);
}

#[tokio::test]
async fn the_real_migrations_apply_to_an_empty_database() {
    let db = db().await;
    assert_eq!(db.pending(MIGRATIONS).await.unwrap().len(), MIGRATIONS.len());
    assert!(db.is_blank().await.unwrap(), "looking changes nothing");
    assert_eq!(db.migrate(MIGRATIONS).await.unwrap().len(), MIGRATIONS.len());
    assert!(db.pending(MIGRATIONS).await.unwrap().is_empty());
}

#[test]
fn what_an_error_quotes_is_not_logged() {
    for said in [
        "Database index `person_email` already contains 'rosa@riverside.example', with record `person:x`",
        "Found 'It's Rosa's own' for field `name`, with record `person:x`, but expected a string",
        "Found \"rosa's\" for a field",
    ] {
        let logged = without_values(said).to_lowercase();
        assert!(!logged.contains("rosa") && logged.contains('…'), "{logged}");
    }
    assert_eq!(without_values("The connection was closed"), "The connection was closed");
}

#[tokio::test]
async fn a_copy_for_a_test_is_a_migrated_database() {
    let migrated = db().await;
    migrated.migrate(MIGRATIONS).await.unwrap();
    let copy = Db::for_test().await.unwrap();
    assert!(copy.pending(MIGRATIONS).await.unwrap().is_empty());
    let definitions = |db: Db| async move { db.row::<Value>("INFO FOR DB;", vars! {}).await.unwrap() };
    assert_eq!(definitions(copy).await, definitions(migrated).await);
}
