//! A tree of organisations with people in it.

use super::model::{Kind, OrganisationFields, OrganisationName};
use super::store;
use crate::db::Db;
use crate::error::AppError;
use crate::id::{OrganisationId, PersonId, SessionId};
use crate::vars;
use crate::viewer::{Membership, Person, Role, Viewer};

/// State library → system → library → branch, and another system beside, with
/// people of the roles that their names begin with.
pub(crate) async fn world() -> Db {
    let db = Db::for_test().await.unwrap();
    db.write(
        "FOR $line IN [[organisation:state], [organisation:north, organisation:state],
                [organisation:riverside, organisation:north, organisation:state],
                [organisation:millbrook, organisation:riverside, organisation:north, organisation:state],
                [organisation:south, organisation:state], [organisation:alone]] {
            LET $own = $line[0];
            CREATE $own SET slug = record::id($own), name = record::id($own), kind = 'library', timezone = 'UTC',
                parent = $line[1], line = $line;
         };
         FOR $one IN [['stella', 'state', 'organisation_administrator'], ['nora', 'north', 'organisation_administrator'],
                ['rita', 'riverside', 'organisation_administrator'], ['rob', 'riverside', 'organisation_administrator'],
                ['lea', 'millbrook', 'learner'], ['sid', 'south', 'organisation_administrator'],
                ['ann', 'alone', 'organisation_administrator'], ['ada', 'alone', 'organisation_administrator']] {
            LET $person = type::record('person', $one[0]);
            CREATE $person SET name = $one[0], email = string::concat($one[0], '@carrel.example'), timezone = 'UTC';
            CREATE type::record('membership', [$one[0], $one[1]]) SET person = $person,
                organisation = type::record('organisation', $one[1]), roles = [$one[2]];
         };",
        vars! {},
    )
    .await
    .unwrap();
    db
}

pub(crate) fn at(key: &str) -> OrganisationId {
    OrganisationId::parse(key).unwrap()
}

pub(crate) fn who(key: &str) -> PersonId {
    PersonId::parse(key).unwrap()
}

/// Someone of the world as the server knows them now.
pub(crate) async fn viewer(db: &Db, key: &str) -> Viewer {
    let rows: Vec<(String, Vec<String>)> = {
        let places: Vec<OrganisationId> = db
            .rows(
                "SELECT VALUE organisation FROM membership WHERE person = $me ORDER BY organisation;",
                vars! { "me" => who(key) },
            )
            .await
            .unwrap();
        let mut rows = Vec::new();
        for place in places {
            let roles: Vec<String> = db
                .rows(
                    "SELECT VALUE roles FROM ONLY type::record('membership', [$me, $place]);",
                    vars! { "me" => key.to_owned(), "place" => place.as_str().to_owned() },
                )
                .await
                .unwrap();
            rows.push((place.as_str().to_owned(), roles));
        }
        rows
    };
    Viewer {
        person: Some(Person {
            id: who(key),
            name: key.into(),
            timezone: "UTC".into(),
            session: SessionId::parse("s").unwrap(),
        }),
        memberships: rows
            .into_iter()
            .map(|(place, roles)| Membership {
                organisation: at(&place),
                slug: place.clone(),
                name: place,
                roles: roles.iter().filter_map(|role| Role::parse(role)).collect(),
            })
            .collect(),
        ..Viewer::default()
    }
}

fn fields(name: &str) -> OrganisationFields {
    OrganisationFields {
        name: OrganisationName::parse(name).unwrap(),
        kind: Kind::Branch,
        place: String::new(),
        timezone: "UTC".into(),
        language: "en".into(),
    }
}

async fn line(db: &Db, key: &str) -> Vec<String> {
    let line = store::line(db, &at(key)).await.unwrap();
    line.into_iter().map(String::from).collect()
}

#[tokio::test]
async fn a_branch_moves_with_all_beneath_it_and_its_people_are_reached_anew() {
    let db = world().await;
    let (stella, nora) = (viewer(&db, "stella").await, viewer(&db, "nora").await);
    db.write(
        "CREATE study_group:closed SET slug = 'closed', title = 'Closed', organisation = organisation:millbrook, members = 1;
         CREATE group_membership SET id = ['lea', 'closed'], person = person:lea, study_group = study_group:closed;
         CREATE course:money SET slug = 'money', title = 'Money', organisation = organisation:millbrook, state = 'draft';",
        vars! {},
    )
    .await
    .unwrap();
    assert_eq!(
        store::move_to(&db, &nora, &at("riverside"), Some(&at("south"))).await,
        Err(AppError::NotFound),
        "who administers one side only"
    );
    store::move_to(&db, &stella, &at("riverside"), Some(&at("south")))
        .await
        .unwrap();
    assert_eq!(line(&db, "riverside").await, ["riverside", "south", "state"]);
    assert_eq!(
        line(&db, "millbrook").await,
        ["millbrook", "riverside", "south", "state"]
    );
    assert_eq!(line(&db, "north").await, ["north", "state"]);
    let sid = viewer(&db, "sid").await;
    assert!(store::member(&db, &sid, "millbrook", &who("lea")).await.is_ok());
    assert_eq!(
        store::member(&db, &nora, "millbrook", &who("lea")).await,
        Err(AppError::NotFound)
    );
    // What is the branch's stays its own, and its people in it.
    let kept: Vec<String> = db
        .rows(
            "array::concat((SELECT VALUE record::id(organisation) FROM study_group, course),
                (SELECT VALUE record::id(organisation) FROM membership WHERE person = person:lea),
                (SELECT VALUE study_group.slug FROM group_membership WHERE person = person:lea));",
            vars! {},
        )
        .await
        .unwrap();
    assert_eq!(kept, ["millbrook", "millbrook", "millbrook", "closed"]);
}

#[tokio::test]
async fn nothing_stands_beneath_itself_or_too_deep() {
    let db = world().await;
    let stella = viewer(&db, "stella").await;
    let cycle = store::move_to(&db, &stella, &at("north"), Some(&at("millbrook"))).await;
    assert!(matches!(cycle, Err(AppError::Conflict(_))), "{cycle:?}");
    let mut parent = at("millbrook");
    for depth in 5..=8 {
        let key = OrganisationId::random();
        store::create_beneath(&db, &stella, &key, Some(&parent), &fields("Deep"))
            .await
            .unwrap_or_else(|error| panic!("{depth}: {error}"));
        parent = key;
    }
    let ninth = store::create_beneath(&db, &stella, &OrganisationId::random(), Some(&parent), &fields("Deep")).await;
    assert!(matches!(ninth, Err(AppError::Conflict(_))), "{ninth:?}");
    // South could move down one, but what it would stand beneath is full.
    let full = store::move_to(&db, &stella, &at("south"), Some(&parent)).await;
    assert!(matches!(full, Err(AppError::Conflict(_))), "{full:?}");
}

#[tokio::test]
async fn the_same_form_twice_makes_one_and_names_in_addresses_are_free() {
    let db = world().await;
    let nora = viewer(&db, "nora").await;
    let key = OrganisationId::random();
    let north = at("north");
    let first = store::create_beneath(&db, &nora, &key, Some(&north), &fields("Millbrook"))
        .await
        .unwrap();
    let again = store::create_beneath(&db, &nora, &key, Some(&north), &fields("Millbrook"))
        .await
        .unwrap();
    assert_eq!((first.as_str(), again.as_str()), ("millbrook-2", "millbrook-2"));
    let elsewhere = store::create_beneath(&db, &nora, &at("south"), Some(&north), &fields("South")).await;
    assert_eq!(elsewhere, Err(AppError::NotFound), "somebody's organisation as a key");
    let top = store::create_beneath(&db, &nora, &OrganisationId::random(), None, &fields("Mine")).await;
    assert_eq!(top, Err(AppError::Forbidden));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_moves_at_once_make_no_ring() {
    let db = world().await;
    let stella = viewer(&db, "stella").await;
    for _ in 0..5 {
        let (north, south) = (at("north"), at("south"));
        let (one, two) = tokio::join!(
            store::move_to(&db, &stella, &north, Some(&south)),
            store::move_to(&db, &stella, &south, Some(&north))
        );
        assert!(one.is_err() || two.is_err(), "both moved");
        let (north, south) = (line(&db, "north").await, line(&db, "south").await);
        assert!(north.len() + south.len() == 5, "{north:?} {south:?}");
        for key in ["north", "south"] {
            store::move_to(&db, &stella, &at(key), Some(&at("state")))
                .await
                .unwrap();
        }
    }
}

#[tokio::test]
async fn who_looks_after_an_organisation_changes_it_and_others_do_not() {
    let db = world().await;
    let (rita, lea, sid) = (
        viewer(&db, "rita").await,
        viewer(&db, "lea").await,
        viewer(&db, "sid").await,
    );
    let (millbrook, new) = (at("millbrook"), fields("Mill Brook"));
    assert_eq!(store::save(&db, &lea, &millbrook, &new).await, Err(AppError::Forbidden));
    assert_eq!(store::save(&db, &sid, &millbrook, &new).await, Err(AppError::NotFound));
    assert_eq!(
        store::save(&db, &Viewer::visitor(), &millbrook, &new).await,
        Err(AppError::SignInNeeded)
    );
    assert_eq!(store::save(&db, &rita, &millbrook, &new).await.unwrap(), "millbrook");
    let settings = store::settings(&db, &rita, "millbrook", "").await.unwrap();
    assert_eq!((settings.name.as_str(), settings.kind), ("Mill Brook", Kind::Branch));
    let copied: Vec<String> = db
        .rows("SELECT VALUE memberships.name FROM ONLY person:lea;", vars! {})
        .await
        .unwrap();
    assert_eq!(copied, ["Mill Brook"]);
}

#[tokio::test]
async fn a_place_to_move_to_is_one_that_the_viewer_looks_after() {
    let db = world().await;
    let stella = viewer(&db, "stella").await;
    let settings = store::settings(&db, &stella, "riverside", "o").await.unwrap();
    let found: Vec<&str> = settings.found.iter().map(|place| place.slug.as_str()).collect();
    assert_eq!(found, ["south"], "not where it is, not beneath it, nobody else's");
    let rita = viewer(&db, "rita").await;
    let settings = store::settings(&db, &rita, "riverside", "o").await.unwrap();
    assert!(settings.found.is_empty() && !settings.may_move);
}

#[tokio::test]
async fn roles_are_given_by_who_looks_after_the_organisation_and_count_at_once() {
    let db = world().await;
    let (rita, sid) = (viewer(&db, "rita").await, viewer(&db, "sid").await);
    let (millbrook, lea) = (at("millbrook"), who("lea"));
    let roles = [Role::Learner, Role::Trainer];
    assert_eq!(
        store::change_roles(&db, &sid, &millbrook, &lea, &roles).await,
        Err(AppError::NotFound)
    );
    assert_eq!(
        store::change_roles(&db, &viewer(&db, "lea").await, &millbrook, &lea, &roles).await,
        Err(AppError::Forbidden)
    );
    store::change_roles(&db, &rita, &millbrook, &lea, &roles).await.unwrap();
    let near: Vec<String> = db
        .rows("SELECT VALUE memberships[0].roles FROM ONLY person:lea;", vars! {})
        .await
        .unwrap();
    assert_eq!(near, ["learner", "trainer"]);
    assert_eq!(
        store::change_roles(&db, &rita, &millbrook, &who("sid"), &roles).await,
        Err(AppError::NotFound),
        "nobody of theirs"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_last_administrator_stays_also_when_two_leave_at_once() {
    let db = world().await;
    let (ann, ada) = (viewer(&db, "ann").await, viewer(&db, "ada").await);
    let alone = at("alone");
    let (one, two) = tokio::join!(store::leave(&db, &ann, &alone), store::leave(&db, &ada, &alone));
    assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
    let last = if one.is_ok() { ada } else { ann };
    let me = last.id().unwrap().clone();
    let refused = [
        store::leave(&db, &last, &alone).await,
        store::take_out(&db, &last, &alone, &me).await.map(drop),
        store::change_roles(&db, &last, &alone, &me, &[Role::Learner])
            .await
            .map(drop),
    ];
    for answer in refused {
        assert!(matches!(answer, Err(AppError::Conflict(_))), "{answer:?}");
    }
    // Where someone above looks after it, its own last one may go.
    let rita = viewer(&db, "rita").await;
    store::leave(&db, &viewer(&db, "rob").await, &at("riverside"))
        .await
        .unwrap();
    store::leave(&db, &rita, &at("riverside")).await.unwrap();
}

#[tokio::test]
async fn who_leaves_keeps_what_is_theirs_and_loses_what_was_the_organisations() {
    let db = world().await;
    db.write(
        "FOR $group IN [['closed', 'millbrook', false], ['open', 'millbrook', true], ['other', 'south', false]] {
            CREATE type::record('study_group', $group[0]) SET slug = $group[0], title = $group[0], public = $group[2],
                organisation = type::record('organisation', $group[1]), members = 1;
            CREATE type::record('group_membership', ['lea', $group[0]]) SET person = person:lea,
                study_group = type::record('study_group', $group[0]);
         };",
        vars! {},
    )
    .await
    .unwrap();
    let lea = viewer(&db, "lea").await;
    store::leave(&db, &lea, &at("millbrook")).await.unwrap();
    store::leave(&db, &lea, &at("millbrook")).await.unwrap();
    let groups: Vec<String> = db
        .rows(
            "SELECT VALUE record::id(study_group) FROM (SELECT study_group FROM group_membership WHERE person = person:lea ORDER BY study_group);",
            vars! {},
        )
        .await
        .unwrap();
    assert_eq!(groups, ["open", "other"]);
    let members: Option<i64> = db
        .row("SELECT VALUE members FROM ONLY study_group:closed;", vars! {})
        .await
        .unwrap();
    assert_eq!(members, Some(0));
    assert!(viewer(&db, "lea").await.memberships.is_empty());
}

#[tokio::test]
async fn who_belongs_elsewhere_on_the_line_keeps_the_groups() {
    let db = world().await;
    db.write(
        "CREATE membership SET id = ['lea', 'riverside'], person = person:lea, organisation = organisation:riverside, roles = ['learner'];
         CREATE study_group:closed SET slug = 'closed', title = 'Closed', organisation = organisation:riverside, members = 1;
         CREATE group_membership SET id = ['lea', 'closed'], person = person:lea, study_group = study_group:closed;",
        vars! {},
    )
    .await
    .unwrap();
    let rita = viewer(&db, "rita").await;
    store::take_out(&db, &rita, &at("millbrook"), &who("lea"))
        .await
        .unwrap();
    let kept: Option<i64> = db
        .row("count(SELECT VALUE id FROM group_membership);", vars! {})
        .await
        .unwrap();
    assert_eq!(kept, Some(1));
}

#[tokio::test]
async fn what_stands_beneath_is_named_and_counted_for_whom_it_may_be_opened() {
    let db = world().await;
    db.write(
        "FOR $number IN 1..=60 {
            LET $own = type::record('organisation', string::concat('sister', <string> $number));
            CREATE $own SET slug = record::id($own), name = record::id($own), kind = 'branch', timezone = 'UTC',
                parent = organisation:riverside,
                line = [$own, organisation:riverside, organisation:north, organisation:state];
         };",
        vars! {},
    )
    .await
    .unwrap();
    let lea = viewer(&db, "lea").await;
    for (slug, seen) in [("riverside", "millbrook"), ("state", "north")] {
        let page = store::page(&db, &lea, slug, (1, 1)).await.unwrap();
        assert_eq!(page.beneath, [(seen.to_owned(), seen.to_owned())], "{slug}");
        assert_eq!(page.beneath_pages, 1, "{slug}");
    }
    let nobody = Viewer::default();
    let site = Viewer {
        site_administrator: true,
        person: viewer(&db, "ann").await.person,
        ..nobody
    };
    for sees_all in [viewer(&db, "rita").await, viewer(&db, "nora").await, site] {
        let page = store::page(&db, &sees_all, "riverside", (1, 1)).await.unwrap();
        assert_eq!((page.beneath.len(), page.beneath_pages), (50, 2));
        let last = store::page(&db, &sees_all, "riverside", (1, 2)).await.unwrap();
        assert_eq!(last.beneath.len(), 11);
    }
}
