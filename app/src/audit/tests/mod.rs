//! What is noted, that it stays, and who may read it.

mod acts;

use super::model::{Act, Asked};
use super::store;
use crate::db::{Acting, Db, MIGRATIONS};
use crate::error::AppError;
use crate::id::{OrganisationId, PersonId, SessionId};
use crate::vars;
use crate::viewer::{Membership, Person, Role, Viewer};

async fn world() -> Db {
    let db = Db::for_test().await.unwrap();
    db.write(
        "CREATE organisation:system SET slug = 'system', name = 'System', kind = 'system', timezone = 'UTC', line = [organisation:system];
         CREATE organisation:branch SET slug = 'branch', name = 'Branch', kind = 'branch', timezone = 'UTC', parent = organisation:system,
            line = [organisation:branch, organisation:system];
         CREATE organisation:other SET slug = 'other', name = 'Other', kind = 'library', timezone = 'UTC', line = [organisation:other];
         CREATE person:rosa SET name = 'Rosa Marín', email = 'rosa@x.example', timezone = 'UTC';
         CREATE person:piotr SET name = 'Piotr', email = 'piotr@x.example', timezone = 'UTC';",
        vars! {},
    )
    .await
    .unwrap();
    db
}

fn acting() -> Acting {
    Acting {
        by: PersonId::parse("piotr"),
        session: SessionId::parse("s1"),
        network: store::network("203.0.113.77"),
    }
}

fn administrator(organisation: &str) -> Viewer {
    Viewer {
        person: Some(Person {
            id: PersonId::parse("piotr").unwrap(),
            name: "Piotr".into(),
            timezone: "UTC".into(),
            session: SessionId::parse("s1").unwrap(),
        }),
        memberships: vec![Membership {
            organisation: OrganisationId::parse(organisation).unwrap(),
            slug: organisation.into(),
            name: organisation.into(),
            roles: vec![Role::OrganisationAdministrator],
        }],
        ..Viewer::default()
    }
}

fn site() -> Viewer {
    Viewer {
        site_administrator: true,
        memberships: Vec::new(),
        ..administrator("other")
    }
}

/// The newest entries of the site as `act by whom about`.
async fn said(db: &Db, viewer: &Viewer, slug: &str, asked: Asked) -> Vec<String> {
    let page = store::page(db, viewer, slug, asked, None).await.unwrap();
    let line = |entry: super::model::Entry| format!("{} · {} · {} · {}", entry.act, entry.by, entry.whom, entry.about);
    page.entries.into_iter().map(line).collect()
}

async fn roles(db: &Db, sql: &'static str) {
    db.acting(acting()).write(sql, vars! {}).await.unwrap();
}

const JOINS: &str = "CREATE membership:['rosa', 'branch'] SET person = person:rosa, organisation = organisation:branch, roles = ['learner'];";
const RISES: &str = "UPDATE membership:['rosa', 'branch'] SET roles = ['learner', 'trainer'];";
const LEAVES: &str = "DELETE membership:['rosa', 'branch'];";

#[tokio::test]
async fn a_role_given_and_taken_is_noted_with_who_and_whom() {
    let db = world().await;
    for step in [JOINS, RISES, LEAVES] {
        roles(&db, step).await;
    }
    let noted = said(&db, &administrator("system"), "system", Asked::default()).await;
    assert_eq!(
        noted[..3],
        [
            "Ended a membership · Piotr · Rosa Marín · learner, trainer",
            "Changed roles · Piotr · Rosa Marín · learner → learner, trainer",
            "Added to an organisation · Piotr · Rosa Marín · learner",
        ]
    );
    let page = store::page(&db, &site(), "", Asked::default(), None).await.unwrap();
    assert_eq!(
        (page.entries[0].organisation.as_str(), page.entries[0].network.as_str()),
        ("Branch", "203.0.113.0/24")
    );
}

#[tokio::test]
async fn signing_in_and_out_is_noted_and_who_ended_it() {
    let db = world().await;
    let made = "CREATE session:s1 SET person = person:piotr, device = 'Firefox on Linux', expires = time::now() + 1d;
                CREATE session:s2 SET person = person:piotr, device = 'Safari', expires = time::now() + 1d;
                CREATE session:s3 SET person = person:piotr, device = 'Old', expires = time::now() - 1d;";
    roles(&db, made).await;
    roles(&db, "DELETE session:s2;").await;
    roles(&db, "DELETE session:s1; DELETE session:s3;").await;
    let noted = said(&db, &site(), "", Asked::default()).await;
    assert_eq!(
        noted[..3],
        [
            "Signed out · Piotr · Piotr · Firefox on Linux",
            "Ended a session · Piotr · Piotr · Safari",
            "Signed in · Piotr ·  · Old"
        ]
    );
    store::note(
        &db.acting(Acting {
            by: None,
            session: None,
            ..acting()
        }),
        Act::SignInFailed,
        None,
        "",
        None,
    )
    .await
    .unwrap();
    assert_eq!(
        said(&db, &site(), "", Asked::default()).await[0],
        "Failed to sign in · Nobody signed in ·  · "
    );
}

#[tokio::test]
async fn what_is_noted_stays_as_it_is() {
    let db = world().await;
    let words = "only ever added to";
    for sql in [
        "UPDATE audit_entry SET about = 'x';",
        "DELETE audit_entry;",
        "UPDATE audit_entry SET at = d'2000-01-01T00:00:00Z';",
    ] {
        let refused = db.write(sql, vars! {}).await.err();
        assert!(
            matches!(&refused, Some(AppError::Conflict(said)) if said.contains(words)),
            "{sql}: {refused:?}"
        );
    }
    // An act that fails leaves no entry.
    let before = said(&db, &site(), "", Asked::default()).await.len();
    let failed =
        "CREATE organisation:x SET slug = 'x', name = 'X', kind = 'branch', timezone = 'UTC', line = []; THROW 'no';";
    assert!(db.write(failed, vars! {}).await.is_err());
    assert_eq!(said(&db, &site(), "", Asked::default()).await.len(), before);
}

#[tokio::test]
async fn what_is_old_enough_is_forgotten_and_nothing_else() {
    let db = world().await;
    let aged = "CREATE audit_entry:a1 SET act = 'signed_in', at = time::now() - 300d; CREATE audit_entry:a2 SET act = 'signed_in', at = time::now() - 800d;";
    db.write(aged, vars! {}).await.unwrap();
    let there = || async {
        let sql = "SELECT VALUE record::id(id) FROM audit_entry WHERE record::id(id) IN ['a1', 'a2'];";
        let mut there: Vec<String> = db.rows(sql, vars! {}).await.unwrap();
        there.sort();
        there
    };
    store::forget_old(&db).await.unwrap();
    assert_eq!(there().await, ["a1"]);
    store::keep_for(&db, 180).await.unwrap();
    store::forget_old(&db).await.unwrap();
    assert!(there().await.is_empty());
    assert!(store::keep_for(&db, 1).await.is_err(), "never less than half a year");
    assert_eq!(
        said(&db, &site(), "", Asked::default()).await[0],
        "Changed how long something is kept · The server ·  · 730 → 180 days"
    );
}

#[tokio::test]
async fn an_organisation_reads_its_own_and_what_is_beneath() {
    let db = world().await;
    roles(&db, JOINS).await;
    let of = |slug: &'static str, viewer: Viewer| {
        let db = db.clone();
        async move {
            store::page(&db, &viewer, slug, Asked::default(), None)
                .await
                .map(|page| page.entries.len())
        }
    };
    assert_eq!(of("branch", administrator("branch")).await, Ok(2));
    assert_eq!(of("system", administrator("system")).await, Ok(3));
    assert_eq!(of("branch", administrator("system")).await, Ok(2));
    assert_eq!(of("branch", site()).await, Ok(2));
    for (slug, viewer) in [
        ("system", administrator("branch")),
        ("branch", administrator("other")),
        ("", administrator("system")),
        ("branch", Viewer::visitor()),
        ("", Viewer::visitor()),
        ("none", site()),
    ] {
        assert_eq!(of(slug, viewer).await, Err(AppError::NotFound), "{slug}");
    }
}

#[tokio::test]
async fn it_is_searched_and_paged_without_gaps() {
    let db = world().await;
    for _ in 0..60 {
        roles(&db, JOINS).await;
        roles(&db, LEAVES).await;
    }
    let mut seen = Vec::new();
    let mut before = None;
    loop {
        let page = store::page(
            &db,
            &site(),
            "",
            Asked {
                who: "MARÍN".into(),
                ..Asked::default()
            },
            before,
        )
        .await
        .unwrap();
        seen.extend(page.entries.into_iter().map(|entry| entry.id));
        before = page.older;
        if before.is_none() {
            break;
        }
    }
    // The account, and 60 times there and back.
    assert_eq!(seen.len(), 121);
    let mut once = seen.clone();
    once.sort();
    once.dedup();
    once.reverse();
    assert_eq!(once, seen, "each once, the newest first");
    let act = |act: Act| Asked {
        act: act.as_str().into(),
        ..Asked::default()
    };
    assert_eq!(said(&db, &site(), "", act(Act::OrganisationMade)).await.len(), 3);
    let days = |from: &str, to: &str| Asked {
        from: from.into(),
        to: to.into(),
        ..Asked::default()
    };
    assert!(
        said(&db, &site(), "", days("2020-01-01", "2020-01-02"))
            .await
            .is_empty()
    );
    let today = crate::time::today("UTC");
    assert_eq!(said(&db, &site(), "", days(&today, &today)).await.len(), store::PAGE);
    let page = store::page(&db, &site(), "", days("2026-02-30", ""), None)
        .await
        .unwrap();
    assert!(page.errors.get("from").is_some() && page.entries.is_empty());
}

#[tokio::test]
async fn a_download_is_complete_and_noted() {
    let db = world().await;
    db.write("UPDATE person:rosa SET name = '=cmd|calc';", vars! {})
        .await
        .unwrap();
    roles(&db, JOINS).await;
    let table = store::csv(&db, &site(), "", &Asked::default()).await.unwrap();
    assert_eq!(
        table.lines().next(),
        Some("when,by,act,whom,about,organisation,network")
    );
    assert!(
        table.contains(",Piotr,Added to an organisation,'=cmd|calc,learner,Branch,203.0.113.0/24"),
        "{table}"
    );
    assert_eq!(table.lines().count(), 8);
    let mut when = table.lines().skip(1).filter_map(|line| line.split(',').next());
    assert!(when.all(|when| when.len() == 20 && when.ends_with('Z')), "{table}");
    assert_eq!(
        said(&db, &site(), "", Asked::default()).await[0],
        "Downloaded the audit log · The server ·  · "
    );
    assert_eq!(
        store::csv(&db, &administrator("branch"), "", &Asked::default()).await,
        Err(AppError::NotFound)
    );
}

#[test]
fn every_act_of_the_database_has_words() {
    let acts = |text: &str| -> Vec<String> {
        let calls = text
            .split("fn::audit")
            .skip(1)
            .filter(|call| !call.starts_with("_days"));
        let first = calls.filter_map(|call| call.split_once('(')?.1.split(',').next());
        first
            .flat_map(|argument| {
                argument
                    .split('\'')
                    .skip(1)
                    .step_by(2)
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
            })
            .collect()
    };
    let found: Vec<String> = MIGRATIONS.iter().flat_map(|step| acts(step.sql)).collect();
    assert!(found.len() > 30, "{found:?}");
    for word in found.iter().filter(|word| *word != "DELETE" && !word.ends_with('_')) {
        assert!(Act::parse(word).is_some(), "{word}");
    }
}

#[test]
fn an_address_is_kept_in_part() {
    assert_eq!(store::network("203.0.113.77"), "203.0.113.0/24");
    assert_eq!(store::network("2001:db8:1:2:3::4"), "2001:db8:1::/48");
    assert_eq!(store::network(""), "");
}
