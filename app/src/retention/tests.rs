//! What is past its time goes, and nothing else.

use super::model::Kept;
use super::store;
use crate::db::Db;
use crate::vars;

/// Of each table one record that is past its time and one that is not, called
/// `old` and `new`.
const WORLD: &str = "
    CREATE person:rosa SET name = 'Rosa', email = 'rosa@x.example', timezone = 'UTC';
    CREATE person:mei SET name = 'Mei', email = 'mei@x.example', timezone = 'UTC';
    CREATE organisation:here SET slug = 'here', name = 'Here', kind = 'library', timezone = 'UTC', line = [organisation:here];
    FOR $one IN [['old', 800d, 400d, 40d, 20d, 2d], ['new', 700d, 300d, 20d, 10d, 1m]] {
        LET $key = $one[0];
        CREATE type::record('look', $key) SET person = person:rosa, what = 'plan', viewer = person:mei, at = time::now() - $one[1];
        CREATE type::record('sharing', $key) SET person = person:rosa, what = 'plan', with_person = person:mei, purpose = 'x',
            begun = time::now() - 900d, last_day = '', until = time::now() - $one[2];
        CREATE type::record('letter', $key) SET recipient = 'a@x.example', subject = 'x', body = '', state = 'given_up',
            created = time::now() - $one[3], expires = time::now();
        CREATE type::record('session', $key) SET person = person:rosa, device = 'x', expires = time::now() + 30d;
        UPDATE type::record('session', $key) SET last_used = time::now() - $one[4];
        CREATE type::record('form_draft', $key) SET form = 'x', fields = 'x', error = '', created = time::now() - $one[5];
        CREATE type::record('sign_in_attempt', ['here', $key]) SET failures = 1, since = time::now() - $one[5];
        CREATE type::record('password_link', $key) SET person = person:rosa, expires = time::now() + 1d - $one[5];
        CREATE type::record('staff_list', $key) SET person = person:rosa, organisation = organisation:here, content = 'x',
            created = time::now() - $one[5];
    };
    CREATE suspension:old SET person = person:rosa, what = 'posting', reason = 'x', by = person:mei, last_day = '2020-01-01', until = d'2020-01-02T00:00:00Z';
    CREATE suspension:new SET person = person:rosa, what = 'posting', reason = 'x', by = person:mei, last_day = '2099-01-01', until = d'2099-01-02T00:00:00Z';
";

const TABLES: [(&str, &str); 9] = [
    ("look", "SELECT VALUE record::id(id) FROM look;"),
    ("sharing", "SELECT VALUE record::id(id) FROM sharing;"),
    ("letter", "SELECT VALUE record::id(id) FROM letter;"),
    ("session", "SELECT VALUE record::id(id) FROM session;"),
    ("form_draft", "SELECT VALUE record::id(id) FROM form_draft;"),
    (
        "sign_in_attempt",
        "SELECT VALUE record::id(id)[1] FROM sign_in_attempt;",
    ),
    ("password_link", "SELECT VALUE record::id(id) FROM password_link;"),
    ("staff_list", "SELECT VALUE record::id(id) FROM staff_list;"),
    ("suspension", "SELECT VALUE record::id(id) FROM suspension;"),
];

async fn world() -> Db {
    let db = Db::for_test().await.unwrap();
    db.write(WORLD, vars! {}).await.unwrap();
    db
}

async fn left(db: &Db, sql: &'static str) -> Vec<String> {
    db.rows(sql, vars! {}).await.unwrap()
}

#[tokio::test]
async fn what_is_past_its_time_goes_and_nothing_else() {
    let db = world().await;
    for (table, sql) in TABLES {
        assert_eq!(left(&db, sql).await.len(), 2, "{table}");
    }
    for _ in 0..2 {
        store::sweep(&db).await.unwrap();
        for (table, sql) in TABLES {
            assert_eq!(left(&db, sql).await, ["new"], "{table}");
        }
    }
    let noted = "SELECT VALUE act FROM audit_entry WHERE act IN ['session_ended', 'suspension_lifted'];";
    assert!(left(&db, noted).await.is_empty(), "sweeping is nobody's act");
}

#[tokio::test]
async fn the_site_says_for_how_long() {
    let db = world().await;
    let before = store::retention(&db).await.unwrap();
    assert_eq!(before.days[0], (Kept::Looks, 730));
    let mut days = before.days.clone();
    days[0].1 = 90;
    store::keep_for(&db, &days).await.unwrap();
    assert_eq!(store::retention(&db).await.unwrap().days, days);
    store::sweep(&db).await.unwrap();
    assert!(left(&db, TABLES[0].1).await.is_empty(), "looks of two years ago");
    // Only what changed is noted, and the log has its own bound.
    let noted = "SELECT VALUE about FROM audit_entry WHERE act = 'retention_changed';";
    assert_eq!(left(&db, noted).await, ["looks, 730 → 90 days"]);
    assert!(
        db.write("UPSERT retention:audit SET days = 90;", vars! {})
            .await
            .is_err()
    );
}
