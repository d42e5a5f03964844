//! Pages of a tree of more than a thousand organisations and thousands of
//! people: how often the database is asked, what comes back, and by which index.

use surrealdb_types::Value;

use super::model::{Narrowing, PAGE};
use super::store::people;
use crate::db::Db;
use crate::id::{OrganisationId, PersonId, SessionId};
use crate::organisations::store;
use crate::vars;
use crate::viewer::{Membership, Person, Role, Viewer};

/// Each organisation has so many beneath it, five deep: 1,555 in all.
const BRANCHES: usize = 6;
/// People of each organisation at the bottom, and of the one at the top.
const EACH: usize = 1;
const AT_TOP: usize = 700;

/// The organisation `o` has `o0` to `o5` beneath it, which have `o00` …
async fn world() -> Db {
    let db = Db::for_test().await.unwrap();
    let mut level = vec!["o".to_owned()];
    for depth in 0..5 {
        for some in level.chunks(200) {
            db.write(
                "FOR $key IN $keys {
                    LET $above = IF string::len($key) = 1 { NONE } ELSE { type::record('organisation', string::slice($key, 0, string::len($key) - 1)) };
                    LET $own = type::record('organisation', $key);
                    CREATE $own SET slug = $key, name = string::concat('Library ', $key), kind = 'library', timezone = 'UTC', parent = $above,
                        line = array::concat([$own], IF $above = NONE { [] } ELSE { $above.line });
                 };",
                vars! { "keys" => some.to_vec() },
            )
            .await
            .unwrap();
        }
        if depth == 4 {
            break;
        }
        level = level
            .iter()
            .flat_map(|key| (0..BRANCHES).map(move |branch| format!("{key}{branch}")))
            .collect();
    }
    let bottom = level.iter().flat_map(|key| (0..EACH).map(move |_| key.clone()));
    let places: Vec<String> = bottom.chain((0..AT_TOP).map(|_| "o".to_owned())).collect();
    for (number, some) in places.chunks(200).enumerate() {
        db.write(
            "FOR $at IN 0..array::len($places) {
                LET $key = string::concat('p', <string> ($first + $at));
                LET $person = type::record('person', $key);
                CREATE $person SET name = string::concat('Person ', <string> (($first + $at) % 97)), email = string::concat($key, '@x.example'), timezone = 'UTC';
                CREATE type::record('membership', [$key, $places[$at]]) SET person = $person,
                    organisation = type::record('organisation', $places[$at]), roles = ['learner'];
             };",
            vars! { "places" => some.to_vec(), "first" => i64::try_from(number * 200).unwrap() },
        )
        .await
        .unwrap();
    }
    db
}

fn viewer(key: &str, role: Role) -> Viewer {
    Viewer {
        person: Some(Person {
            id: PersonId::parse("p0").unwrap(),
            name: "Person 0".into(),
            timezone: "UTC".into(),
            session: SessionId::parse("s").unwrap(),
        }),
        memberships: vec![Membership {
            organisation: OrganisationId::parse(key).unwrap(),
            slug: key.into(),
            name: key.into(),
            roles: vec![role],
        }],
        ..Viewer::default()
    }
}

#[tokio::test]
async fn pages_of_a_large_tree_ask_once_and_read_a_page() {
    let db = world().await;
    let count: i64 = db
        .read("count((SELECT VALUE id FROM organisation));", vars! {})
        .await
        .unwrap();
    assert_eq!(count, 1_555);
    // At the bottom: oneself, and whoever is above on the line.
    let asked = db.times_asked();
    let below = people(&db, &viewer("o0000", Role::Learner), Narrowing::default(), 1)
        .await
        .unwrap();
    assert_eq!(db.times_asked() - asked, 1);
    assert_eq!(
        (below.count as usize, below.people.len()),
        (EACH + AT_TOP, PAGE as usize)
    );
    assert_eq!(below.organisations.len(), 5, "the line alone");
    // At the top: everybody, a page of them.
    let asked = db.times_asked();
    let above = people(
        &db,
        &viewer("o", Role::OrganisationAdministrator),
        Narrowing::default(),
        3,
    )
    .await
    .unwrap();
    assert_eq!(db.times_asked() - asked, 1);
    assert_eq!(
        (above.count as usize, above.people.len()),
        (1_296 * EACH + AT_TOP, PAGE as usize)
    );
    // In the middle: its branches and what stands above.
    let middle = people(&db, &viewer("o01", Role::Manager), Narrowing::default(), 1)
        .await
        .unwrap();
    assert_eq!(middle.count as usize, 36 * EACH + AT_TOP);
    let asked = db.times_asked();
    let narrowed = Narrowing::of("o012", "", "person 1");
    let narrowed = people(&db, &viewer("o01", Role::Manager), narrowed, 1).await.unwrap();
    assert!(narrowed.count as usize <= 6 * EACH && db.times_asked() - asked == 1);

    let asked = db.times_asked();
    let page = store::page(&db, &viewer("o", Role::OrganisationAdministrator), "o", (2, 1))
        .await
        .unwrap();
    assert_eq!(db.times_asked() - asked, 1);
    assert_eq!((page.members.len(), page.pages, page.beneath.len()), (50, 14, BRANCHES));
    // Page after page, everybody once.
    let mut seen = std::collections::BTreeSet::new();
    for number in 1..=14 {
        let page = store::page(&db, &viewer("o", Role::Learner), "o", (number, 1))
            .await
            .unwrap();
        seen.extend(page.members.into_iter().map(|member| member.id));
    }
    assert_eq!(seen.len(), AT_TOP);

    for (sql, index) in [
        (
            "SELECT slug, name FROM organisation WHERE parent = organisation:o0 ORDER BY name, slug LIMIT 50 START 50 EXPLAIN;",
            "organisation_parent",
        ),
        (
            "SELECT person, person_key, roles FROM membership WHERE organisation = organisation:o ORDER BY person_key, person LIMIT 50 EXPLAIN;",
            "membership_",
        ),
        (
            "SELECT person, person_key FROM membership WHERE organisation IN [organisation:o, organisation:o0] EXPLAIN;",
            "membership_",
        ),
    ] {
        let plan: Value = db.read(sql, vars! {}).await.unwrap();
        assert!(format!("{plan:?}").contains(index), "{sql} {plan:?}");
    }
}
