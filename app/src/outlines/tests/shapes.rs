//! What becomes of the tree, its codes and addresses, and of what hangs on it.

use super::*;
use crate::outlines::model::{FrameForm, Way};

const OUTLINE: &str = "Money\n  Budgets\n    Explains\n    Draws\n  Buying\nTalk";

#[tokio::test]
async fn lines_are_added_moved_and_removed_and_all_of_it_is_taken_back() {
    let world = world(OUTLINE).await;
    let (db, cora) = (&world.db, world.cora());
    let first = world.shown().await;
    assert_eq!(first, "0Money 1Budgets 2Explains 2Draws 1Buying 0Talk");
    let budgets = world.node("Budgets").await;
    let key = Uuid::new_v4();
    for sending in ["first", "again"] {
        let spot = Spot::Beneath(budgets.clone());
        let done = store::add(db, &cora, &world.edition, &spot, &line("Counts"), key)
            .await
            .unwrap();
        assert_eq!(done.open, Some(budgets.clone()), "{sending}");
    }
    store::shift(db, &cora, &world.node("Buying").await, Way::In)
        .await
        .unwrap();
    assert_eq!(
        world.shown().await,
        "0Money 1Budgets 2Explains 2Draws 2Counts 2Buying 0Talk"
    );
    store::shift(db, &cora, &world.node("Talk").await, Way::Up)
        .await
        .unwrap();
    store::place(
        db,
        &cora,
        &world.node("Draws").await,
        &Spot::After(world.node("Talk").await),
    )
    .await
    .unwrap();
    assert_eq!(
        world.shown().await,
        "0Talk 0Draws 0Money 1Budgets 2Explains 2Counts 2Buying"
    );
    store::remove(db, &cora, &budgets, true).await.unwrap();
    assert_eq!(world.shown().await, "0Talk 0Draws 0Money");
    let page = store::outline_page(db, &cora, &world.set, "", 1)
        .await
        .unwrap()
        .draft
        .unwrap();
    assert_eq!((page.undo.as_deref(), page.redo), (Some("Removed “Budgets”"), None));
    let last = world.shown().await;
    for _ in 0..5 {
        world.undo(false).await;
    }
    assert_eq!(world.shown().await, first);
    assert_eq!(
        world.node("Budgets").await,
        budgets,
        "the same record, so what points to it still does"
    );
    for _ in 0..5 {
        world.undo(true).await;
    }
    assert_eq!(world.shown().await, last);
    // Another's changes are not one's own to take back.
    let ciro = store::step_back(db, &world.ciro(), &world.edition, false).await;
    assert!(ciro.is_err());
}

#[tokio::test]
async fn kinds_counts_and_entries_of_search_follow() {
    let world = world(OUTLINE).await;
    let (db, cora) = (&world.db, world.cora());
    let kinds = |rows: Vec<Row>| {
        rows.iter()
            .map(|row| format!("{} {}", row.kind, row.beneath.unwrap_or(-1)))
            .collect::<Vec<_>>()
    };
    let said = [
        "section 4",
        "competency 2",
        "statement 0",
        "statement 0",
        "statement 0",
        "statement 0",
    ];
    assert_eq!(kinds(world.rows().await), said);
    store::shift(db, &cora, &world.node("Draws").await, Way::In)
        .await
        .unwrap();
    assert_eq!(kinds(world.rows().await)[2], "competency 1");
    let counts: Vec<i64> = db
        .row(
            "SELECT VALUE [statements, competencies] FROM $edition;",
            vars! { "edition" => world.edition.clone() },
        )
        .await
        .unwrap()
        .unwrap();
    assert_eq!(counts, [3, 2]);
    store::remove(db, &cora, &world.node("Budgets").await, true)
        .await
        .unwrap();
    let entries: Vec<String> = db
        .rows(
            "SELECT VALUE words FROM search_entry WHERE scope = $edition;",
            vars! { "edition" => world.edition.clone() },
        )
        .await
        .unwrap();
    assert_eq!(entries.len(), 3);
    assert!(
        !entries
            .iter()
            .any(|words| words.contains("Explains") || words.contains("explains"))
    );
}

#[tokio::test]
async fn numbered_codes_follow_the_place_and_addresses_go_with_them() {
    let world = world(OUTLINE).await;
    let (db, cora) = (&world.db, world.cora());
    let frame = store::outline_page(db, &cora, &world.set, "", 1)
        .await
        .unwrap()
        .draft
        .unwrap()
        .frame;
    let form = FrameForm {
        numbered: true,
        prefix: "RW".into(),
        kinds: "Domain\nCompetency\nStatement".into(),
        levels: "None: Nothing yet\nSome".into(),
        ..frame.clone()
    };
    store::save_frame(db, &cora, &world.edition, &form, false)
        .await
        .unwrap();
    let codes = |rows: &[Row]| rows.iter().map(|row| row.code.clone()).collect::<Vec<_>>();
    let rows = world.rows().await;
    assert_eq!(
        codes(&rows),
        ["RW 1", "RW 1.1", "RW 1.1.1", "RW 1.1.2", "RW 1.2", "RW 2"]
    );
    assert!(rows.iter().all(|row| row.address == row.code));
    store::add(db, &cora, &world.edition, &Spot::Top, &line("New"), Uuid::new_v4())
        .await
        .unwrap();
    let new = world.node("New").await;
    store::shift(db, &cora, &new, Way::Up).await.unwrap();
    store::shift(db, &cora, &new, Way::Up).await.unwrap();
    let rows = world.rows().await;
    assert_eq!(
        codes(&rows),
        ["RW 1", "RW 2", "RW 2.1", "RW 2.1.1", "RW 2.1.2", "RW 2.2", "RW 3"]
    );
    assert!(rows.iter().all(|row| row.address == row.code));
    let labels: Vec<String> = db
        .rows(
            "SELECT VALUE kind_label FROM node WHERE edition = $edition ORDER BY position;",
            vars! { "edition" => world.edition.clone() },
        )
        .await
        .unwrap();
    assert_eq!(labels[1..4], ["Domain", "Competency", "Statement"]);
    for _ in 0..4 {
        world.undo(false).await;
    }
    assert_eq!(codes(&world.rows().await), [""; 6]);
}

#[tokio::test]
async fn parts_and_wholes_say_where_they_came_from() {
    let world = world(OUTLINE).await;
    let (db, cora) = (&world.db, world.cora());
    let explains = world.node("Explains").await;
    store::link(db, &cora, &world.node("Draws").await, (None, "explains"), "precedes")
        .await
        .unwrap();
    store::split(
        db,
        &cora,
        &explains,
        "Explains money\nExplains budgets\n",
        Uuid::new_v4(),
    )
    .await
    .unwrap();
    let rows = world.rows().await;
    assert_eq!(
        world.shown().await,
        "0Money 1Budgets 2Explains money 2Explains budgets 2Draws 1Buying 0Talk"
    );
    assert_eq!(rows[2].id, explains);
    assert_eq!(rows[3].came_from, Some(vec![rows[2].identifier.clone()]));
    let draws = world.node("Draws").await;
    store::merge(
        db,
        &cora,
        &explains,
        std::slice::from_ref(&draws),
        "",
        "Explains and draws",
    )
    .await
    .unwrap();
    let merged = world.rows().await;
    assert_eq!(merged[2].came_from, Some(vec![rows[4].identifier.clone()]));
    assert_eq!(
        world.shown().await,
        "0Money 1Budgets 2Explains and draws 2Explains budgets 1Buying 0Talk"
    );
    let page = store::entry_page(db, &cora, &world.set, &explains).await.unwrap();
    assert!(page.links.is_empty(), "nothing refers to itself");
    for _ in 0..2 {
        world.undo(false).await;
    }
    let page = store::entry_page(db, &cora, &world.set, &explains).await.unwrap();
    assert_eq!(
        (page.label.title.as_str(), page.links.len(), page.links[0].out),
        ("Explains", 1, false)
    );
    store::unlink(db, &cora, &draws, &explains, "precedes").await.unwrap();
    let page = store::entry_page(db, &cora, &world.set, &explains).await.unwrap();
    assert!(page.links.is_empty());
}

#[tokio::test]
async fn a_large_outline_shows_what_is_open() {
    let text: String = (0..30)
        .map(|section| {
            format!("Section {section}\n")
                + &(0..35)
                    .map(|own| format!("  Line {section} {own}\n"))
                    .collect::<String>()
        })
        .collect();
    let world = world(&text).await;
    let (db, cora) = (&world.db, world.cora());
    let draft = store::outline_page(db, &cora, &world.set, "", 1)
        .await
        .unwrap()
        .draft
        .unwrap();
    assert_eq!((draft.size, draft.lines.len(), draft.pages), (1080, 30, 1));
    let open = world.node("Section 3").await;
    let draft = store::outline_page(db, &cora, &world.set, open.as_str(), 1)
        .await
        .unwrap()
        .draft
        .unwrap();
    assert_eq!(draft.lines.len(), 65);
    assert_eq!(draft.lines[4].title, "Line 3 0");
    assert_eq!((draft.lines[3].open, draft.lines[3].beneath), (true, 35));
    assert_eq!(draft.lines[4].ways, [false, true, false, true]);
    // They are found though they were many at once.
    let found: Option<i64> = db
        .row(
            "count(SELECT VALUE id FROM search_entry WHERE scope = $edition);",
            vars! { "edition" => world.edition.clone() },
        )
        .await
        .unwrap();
    assert_eq!(found, Some(1080));
    world.undo(false).await;
    assert_eq!(world.rows().await.len(), 0);
    world.undo(true).await;
    assert_eq!(world.rows().await.len(), 1080);
}

#[tokio::test]
async fn what_a_removed_statement_had_is_there_again_when_it_is_taken_back() {
    let world = world(OUTLINE).await;
    let (db, cora) = (&world.db, world.cora());
    let (explains, draws) = (world.node("Explains").await, world.node("Draws").await);
    let setting = "
        CREATE role_profile:one SET slug = 'one', edition = $edition, organisation = $library, title = 'One', description = '', statements = 2;
        CREATE role_profile:two SET slug = 'two', edition = $edition, organisation = $library, title = 'Two', description = '', statements = 1;
        CREATE course:open SET slug = 'open', organisation = $library, title = 'Open', state = 'published';
        CREATE resource:page SET slug = 'page', organisation = $library, title = 'Page', kind = 'article', url = 'https://a.example/', minutes = 15;
        FOR $one IN [[role_profile:one, $explains, 2], [role_profile:one, $draws, 1], [role_profile:two, $explains, 3]] {
            CREATE type::record('target', [record::id($one[0]), record::id($one[1])]) SET role_profile = $one[0], node = $one[1], level = $one[2], position = 1;
        };
        FOR $one IN [course:open, resource:page] {
            CREATE type::record('alignment', [record::id($one), record::id($explains)]) SET subject = $one, node = $explains, level = 2;
        };
        UPDATE $explains SET topics = ['money'], notes = 'A note', sources = [{ title: 'A book', credit: 'Somebody', address: '' }];
        CREATE cross_reference SET edition = $edition, origin = $explains, destination = $draws, kind = 'isRelatedTo', position = 1, extra = '';";
    let vars = vars! {
        "edition" => world.edition.clone(), "library" => world.library.clone(), "explains" => explains.clone(), "draws" => draws
    };
    db.write(setting, vars).await.unwrap();
    let everything = async || -> Vec<surrealdb_types::Value> {
        let sql = "
            (SELECT * FROM target ORDER BY id); (SELECT * FROM alignment ORDER BY id); (SELECT id, statements FROM role_profile ORDER BY id);
            (SELECT identifier, title, topics, notes, sources FROM node ORDER BY identifier);
            (SELECT origin, destination, kind FROM cross_reference ORDER BY origin);";
        let mut answers = db.run(sql, vars! {}).await.unwrap();
        (0..5)
            .flat_map(|at| answers.rows::<surrealdb_types::Value>(at).unwrap())
            .collect()
    };
    let many = async |sql: &'static str| -> i64 { db.row(sql, vars! {}).await.unwrap().unwrap_or(0) };
    let before = everything().await;
    store::remove(db, &cora, &world.node("Budgets").await, true)
        .await
        .unwrap();
    assert_eq!(many("count(SELECT VALUE id FROM target);").await, 0);
    assert_eq!(many("count(SELECT VALUE id FROM alignment);").await, 0);
    assert_eq!(many("SELECT VALUE statements FROM role_profile:one;").await, 0);
    world.undo(false).await;
    assert_eq!(everything().await, before);
    assert_eq!(many("count(SELECT VALUE id FROM set_aside);").await, 0);
    // Once more, and a job that is gone meanwhile stays gone.
    world.undo(true).await;
    db.write("DELETE role_profile:two;", vars! {}).await.unwrap();
    world.undo(false).await;
    assert_eq!(many("count(SELECT VALUE id FROM target);").await, 2);
    assert_eq!(many("count(SELECT VALUE id FROM alignment);").await, 2);
}
