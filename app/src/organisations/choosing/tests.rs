//! Choosing one of thousands.

use std::collections::BTreeSet;

use super::model::{FIND, OFFERED, Purpose, Wanted};
use super::store::{choices, found};
use crate::db::Db;
use crate::error::AppError;
use crate::id::OrganisationId;
use crate::lookups::model::LISTED;
use crate::organisations::tests::{at, viewer, world};
use crate::vars;
use crate::viewer::{Role, Viewer};

const BRANCHES: i64 = 260;

/// Branches beneath the state, of which only the numbers of their names differ,
/// and three that are called the same.
async fn many(db: &Db) {
    db.write(
        "FOR $n IN 0..$count {
            LET $place = type::record('organisation', string::concat('many', <string> $n));
            CREATE $place SET slug = record::id($place), kind = 'branch', timezone = 'Europe/Riga', parent = organisation:south,
                name = IF $n < 3 { 'Harbour Reading Room' } ELSE { string::concat('Branch ', <string> $n) },
                line = [$place, organisation:south, organisation:state];
         };",
        vars! { "count" => BRANCHES },
    )
    .await
    .unwrap();
}

fn looking(words: &str) -> Wanted {
    Wanted::of("", FIND, words)
}

/// Someone with one role in one place.
async fn with_role(db: &Db, key: &str, role: Role) -> Viewer {
    let mut one = viewer(db, key).await;
    for membership in &mut one.memberships {
        membership.roles = vec![role];
    }
    one
}

#[tokio::test]
async fn few_stand_in_the_list_and_nothing_is_looked_for() {
    let db = world().await;
    let rita = viewer(&db, "rita").await;
    let offered = choices(&db, &rita, Purpose::Training, &Wanted::of("millbrook", FIND, "mill"))
        .await
        .unwrap();
    let names: Vec<_> = offered.places.iter().map(|place| place.name.as_str()).collect();
    assert_eq!(names, ["riverside", "millbrook"], "one's own first");
    assert_eq!(offered.places[1].within, "riverside");
    assert_eq!(offered.looked_for, None);
}

#[tokio::test]
async fn each_of_thousands_can_be_found_and_chosen() {
    let db = world().await;
    many(&db).await;
    let stella = viewer(&db, "stella").await;
    let all = choices(&db, &stella, Purpose::Sets, &Wanted::default()).await.unwrap();
    assert_eq!((all.places.len(), all.places[0].name.as_str()), (OFFERED, "state"));
    let looked_for = all.looked_for.unwrap();
    assert_eq!((looked_for.count, looked_for.found.len()), (265, 0));

    // Whichever it is, its name leads to it, and choosing it puts it first.
    let mut reached = BTreeSet::new();
    for n in 3..BRANCHES {
        let name = format!("branch {n}");
        let found = choices(&db, &stella, Purpose::Sets, &looking(&name))
            .await
            .unwrap()
            .looked_for
            .unwrap();
        assert!(!found.more || found.found.len() == LISTED);
        reached.extend(found.found.into_iter().map(|place| place.id));
    }
    assert_eq!(reached.len(), usize::try_from(BRANCHES - 3).unwrap());
    let last = OrganisationId::parse("many259").unwrap();
    let chosen = choices(&db, &stella, Purpose::Sets, &Wanted::of(last.as_str(), "", ""))
        .await
        .unwrap();
    assert_eq!(
        (&chosen.places[0].id, chosen.timezone().as_str()),
        (&last, "Europe/Riga")
    );
    assert_eq!(
        (chosen.places.len(), chosen.places[1].name.as_str()),
        (OFFERED + 1, "state")
    );
    // Who is offered anyway does not stand there twice.
    let own = choices(&db, &stella, Purpose::Sets, &Wanted::of("state", "", ""))
        .await
        .unwrap();
    assert_eq!((own.places[0].id.as_str(), own.places.len()), ("state", OFFERED));
}

#[tokio::test]
async fn what_has_one_name_is_listed_in_one_order_with_what_it_stands_beneath() {
    let db = world().await;
    many(&db).await;
    let stella = viewer(&db, "stella").await;
    let found = found(&db, &stella, Purpose::Training, " harbour  READING ", 8)
        .await
        .unwrap();
    let rows: Vec<_> = found.iter().map(|one| (one.id.as_str(), one.place.as_str())).collect();
    assert_eq!(rows, [("many0", "south"), ("many1", "south"), ("many2", "south")]);
    assert_eq!(
        super::store::found(&db, &stella, Purpose::Training, "  ", 8).await,
        Ok(Vec::new())
    );
    let listed = choices(&db, &stella, Purpose::Training, &looking("branch"))
        .await
        .unwrap();
    let looked_for = listed.looked_for.unwrap();
    assert_eq!((looked_for.found.len(), looked_for.more), (LISTED, true));
}

#[tokio::test]
async fn nobody_finds_or_chooses_where_they_may_not_act() {
    let db = world().await;
    many(&db).await;
    let nora = viewer(&db, "nora").await;
    assert_eq!(found(&db, &nora, Purpose::Training, "harbour", 8).await, Ok(Vec::new()));
    let elsewhere = choices(&db, &nora, Purpose::Training, &Wanted::of("many7", "", ""))
        .await
        .unwrap();
    assert!(elsewhere.places.iter().all(|place| place.id != at("many7")));
    // A trainer writes no sets, a curator runs no cohorts.
    for (role, may, may_not) in [
        (Role::Trainer, Purpose::Training, Purpose::Sets),
        (Role::Curator, Purpose::Sets, Purpose::Training),
    ] {
        let stella = with_role(&db, "stella", role).await;
        assert_eq!(found(&db, &stella, may, "branch 77", 8).await.unwrap().len(), 1);
        assert_eq!(
            found(&db, &stella, may_not, "branch 77", 8).await,
            Err(AppError::Forbidden)
        );
        assert_eq!(
            choices(&db, &stella, may_not, &Wanted::default()).await,
            Err(AppError::Forbidden)
        );
    }
    let visitor = Viewer::visitor();
    assert_eq!(
        choices(&db, &visitor, Purpose::Sets, &Wanted::default()).await,
        Err(AppError::SignInNeeded)
    );
    assert_eq!(
        found(&db, &visitor, Purpose::Sets, "branch", 8).await,
        Err(AppError::SignInNeeded)
    );
}
