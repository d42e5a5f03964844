//! The directory of a tree of organisations.

use std::collections::BTreeSet;

use super::model::{Directory, FoundPlaces, Narrowing};
use super::store::{LISTED, OFFERED, people};
use crate::db::{Db, MIGRATIONS};
use crate::organisations::tests::{viewer, world};
use crate::vars;
use crate::viewer::Viewer;

async fn find(db: &Db, viewer: &Viewer, organisation: &str, role: &str, words: &str) -> Directory {
    people(db, viewer, Narrowing::of(organisation, role, words), 1)
        .await
        .unwrap()
}

fn names(directory: &Directory) -> Vec<&str> {
    directory.people.iter().map(|person| person.name.as_str()).collect()
}

#[tokio::test]
async fn colleagues_are_those_on_ones_own_line() {
    let db = world().await;
    let lea = viewer(&db, "lea").await;
    let all = find(&db, &lea, "", "", "").await;
    assert_eq!(names(&all), ["lea", "nora", "rita", "rob", "stella"]);
    assert_eq!((all.count, all.pages), (5, 1));
    let sid = viewer(&db, "sid").await;
    assert_eq!(names(&find(&db, &sid, "", "", "").await), ["sid", "stella"]);
    assert!(
        find(&db, &sid, "millbrook", "", "").await.people.is_empty(),
        "not theirs"
    );
    assert!(find(&db, &sid, "nowhere", "", "").await.people.is_empty());
    let site = Viewer {
        site_administrator: true,
        ..sid
    };
    assert_eq!(find(&db, &site, "", "", "").await.count, 8);
}

#[tokio::test]
async fn it_is_narrowed_down_by_organisation_role_and_words() {
    let db = world().await;
    let nora = viewer(&db, "nora").await;
    assert_eq!(
        names(&find(&db, &nora, "riverside", "", "").await),
        ["lea", "rita", "rob"]
    );
    assert_eq!(names(&find(&db, &nora, "", "", "RO").await), ["rob"]);
    assert_eq!(names(&find(&db, &nora, "", "", "Rób").await), ["rob"]);
    assert!(find(&db, &nora, "", "", "!").await.people.is_empty());
    assert_eq!(names(&find(&db, &nora, "", "learner", "").await), ["lea"]);
    // Those above are colleagues, but what they may do is not hers to see.
    let administrators = find(&db, &nora, "", "organisation_administrator", "").await;
    assert_eq!(names(&administrators), ["nora", "rita", "rob"]);
    let lea = viewer(&db, "lea").await;
    let ignored = find(&db, &lea, "", "organisation_administrator", "").await;
    assert!(!ignored.may_see_roles && ignored.count == 5);
}

#[tokio::test]
async fn a_new_name_is_found_in_its_place() {
    let db = world().await;
    db.write("UPDATE person:lea SET name = 'Zoë';", vars! {}).await.unwrap();
    let lea = viewer(&db, "lea").await;
    let all = find(&db, &lea, "", "", "zoë").await;
    assert_eq!(names(&all), ["Zoë"]);
    assert_eq!(names(&find(&db, &lea, "", "", "").await).last(), Some(&"Zoë"));
}

#[tokio::test]
async fn its_pages_hold_everyone_once() {
    let db = world().await;
    db.write(
        "FOR $n IN 0..120 {
            LET $person = type::record('person', string::concat('p', <string> $n));
            CREATE $person SET name = 'Same Name', email = string::concat('p', <string> $n, '@carrel.example'), timezone = 'UTC';
            FOR $place IN [organisation:riverside, organisation:millbrook] {
                CREATE type::record('membership', [record::id($person), record::id($place)]) SET person = $person,
                    organisation = $place, roles = ['learner'];
            };
         };",
        vars! {},
    )
    .await
    .unwrap();
    let lea = viewer(&db, "lea").await;
    let mut seen = BTreeSet::new();
    for page in 1..=3 {
        let directory = people(&db, &lea, Narrowing::default(), page).await.unwrap();
        assert_eq!((directory.count, directory.pages), (125, 3));
        seen.extend(directory.people.into_iter().map(|person| person.id));
    }
    assert_eq!(seen.len(), 125);
}

/// So many organisations beneath the state, with names that tie.
async fn many_places(db: &Db, count: usize) {
    db.write(
        "FOR $n IN 0..$count {
            LET $place = type::record('organisation', string::concat('many', <string> $n));
            CREATE $place SET slug = record::id($place), name = IF $n % 2 = 0 { 'Same Branch' } ELSE { 'Other Branch' }, kind = 'library',
                timezone = 'UTC', parent = organisation:state, line = [$place, organisation:state];
         };",
        vars! { "count" => i64::try_from(count).unwrap() },
    )
    .await
    .unwrap();
}

#[tokio::test]
async fn names_from_before_are_folded_whatever_their_keys() {
    let db = world().await;
    db.write(
        "UPDATE person:rob SET name = 'Rób';
         CREATE person:tom SET name = 'Tóm', email = 'tom@x.example', timezone = 'UTC';
         CREATE membership:['tom', 'riverside'] SET person = person:tom, organisation = organisation:riverside, roles = ['learner'];
         UPDATE membership SET person_key = string::lowercase(person.name);",
        vars! {},
    )
    .await
    .unwrap();
    let unlike = "count(SELECT VALUE id FROM membership WHERE person_key != string::slug(person.name));";
    assert_eq!(db.row::<i64>(unlike, vars! {}).await.unwrap(), Some(2));
    let sql = MIGRATIONS.iter().find(|step| step.name == "0162_names_folded");
    let sql = sql.unwrap().sql;
    let from = sql.find("DEFINE FUNCTION fn::fold_names").unwrap();
    db.write(&sql[from..], vars! {}).await.unwrap();
    assert_eq!(db.row::<i64>(unlike, vars! {}).await.unwrap(), Some(0));
}

#[tokio::test]
async fn where_organisations_are_many_one_looks_for_theirs() {
    let db = world().await;
    let stella = viewer(&db, "stella").await;
    let few = find(&db, &stella, "", "", "").await;
    assert_eq!((few.organisations.len(), few.found), (5, None));
    many_places(&db, OFFERED).await;
    let many = find(&db, &stella, "millbrook", "", "").await;
    assert_eq!(many.organisations, [("millbrook".to_owned(), "millbrook".to_owned())]);
    assert_eq!(many.found, Some(FoundPlaces::default()), "nothing was looked for");
    let looking = |part: &str| Narrowing::default().finding(part);
    let found = people(&db, &stella, looking("same BR"), 1)
        .await
        .unwrap()
        .found
        .unwrap();
    assert_eq!((found.places.len(), found.more), (LISTED, true));
    assert!(found.places.iter().all(|(_, name)| name == "Same Branch"));
    let found = people(&db, &stella, looking("uth"), 1).await.unwrap().found.unwrap();
    assert_eq!((found.places.len(), found.more), (1, false));
}

#[tokio::test]
async fn the_page_of_an_organisation_leads_to_each_beneath_it_once() {
    let db = world().await;
    let stella = viewer(&db, "stella").await;
    many_places(&db, 49).await;
    let mut seen = BTreeSet::new();
    for page in 1..=2 {
        let shown = crate::organisations::store::page(&db, &stella, "state", (1, page))
            .await
            .unwrap();
        assert_eq!((shown.beneath_page, shown.beneath_pages, shown.pages), (page, 2, 1));
        seen.extend(shown.beneath.into_iter().map(|(slug, _)| slug));
    }
    assert_eq!(seen.len(), 51);
}
