//! What is noted of accounts, second factors, invitations and the tree.

use super::{acting, administrator, roles, said, site, world};
use crate::audit::model::Asked;
use crate::audit::store;
use crate::id::PersonId;
use crate::organisations::store::move_to;
use crate::people::second_factor::store as second_factor;
use crate::vars;

const KEY: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

#[tokio::test]
async fn second_factors_and_passwords_are_noted_without_what_they_are() {
    let db = world().await;
    db.write(
        "CREATE credential:['rosa'] SET person = person:rosa, hash = 'old';
         CREATE second_factor:['rosa'] SET person = person:rosa, salt = $key, last_step = 1, recovery_salt = $key;
         CREATE recovery_code:['rosa', 'd'] SET person = person:rosa;",
        vars! { "key" => KEY },
    )
    .await
    .unwrap();
    let rosa = PersonId::parse("rosa").unwrap();
    let by_rosa = db.acting(crate::db::Acting {
        by: Some(rosa.clone()),
        ..acting()
    });
    assert!(second_factor::take_recovery_code(&by_rosa, &rosa, "d").await.unwrap());
    by_rosa
        .write("UPDATE second_factor:['rosa'] SET last_step = 2;", vars! {})
        .await
        .unwrap();
    by_rosa
        .write("UPDATE credential:['rosa'] SET hash = 'newer';", vars! {})
        .await
        .unwrap();
    second_factor::remove(&by_rosa, &rosa, None).await.unwrap();
    roles(
        &db,
        "CREATE password_link SET person = person:rosa, by = person:piotr, expires = time::now() + 1d;
         UPDATE credential:['rosa'] SET hash = 'newest';
         UPDATE person:rosa SET email = 'other@x.example', address_confirmed = time::now();",
    )
    .await;
    roles(
        &db,
        "CREATE sign_in_rule:second_factor SET asked_of = 'administrators', by = person:piotr;",
    )
    .await;
    roles(&db, "DELETE sign_in_rule:second_factor;").await;
    let noted = said(&db, &site(), "", Asked::default()).await;
    let rule = "a second factor for administrators";
    assert_eq!(
        noted[..2],
        [
            format!("Lifted a rule for signing in · Piotr ·  · {rule}"),
            format!("Laid down a rule for signing in · Piotr ·  · {rule}"),
        ]
    );
    for line in [
        "Confirmed an e-mail address · Piotr · Rosa Marín · ",
        "Changed an e-mail address · Piotr · Rosa Marín · ",
        "Set a new password by a link · Piotr · Rosa Marín · ",
        "Made a link to a new password · Piotr · Rosa Marín · to pass on",
        "Switched a second factor off · Rosa Marín · Rosa Marín · ",
        "Changed a password · Rosa Marín · Rosa Marín · ",
        "Used a recovery code · Rosa Marín · Rosa Marín · ",
        "Switched a second factor on · The server · Rosa Marín · ",
    ] {
        assert_eq!(
            noted.iter().filter(|noted| *noted == line).count(),
            1,
            "{line}: {noted:#?}"
        );
    }
    let table = store::csv(&db, &site(), "", &Asked::default()).await.unwrap();
    assert!(!table.contains(KEY) && !table.contains("newest") && !table.contains("other@x"));
}

#[tokio::test]
async fn a_move_is_read_of_above_both_places() {
    let db = world().await;
    let branch = crate::id::OrganisationId::parse("branch").unwrap();
    let other = crate::id::OrganisationId::parse("other").unwrap();
    move_to(&db.acting(acting()), &site(), &branch, Some(&other))
        .await
        .unwrap();
    let line = "Moved an organisation · Piotr ·  · System → Other".to_owned();
    for slug in ["system", "other", "branch"] {
        let noted = said(&db, &administrator(slug), slug, Asked::default()).await;
        assert!(noted.contains(&line), "{slug}: {noted:?}");
    }
    roles(
        &db,
        "UPDATE organisation:other SET takes_requests = true, domains = ['x.example'];",
    )
    .await;
    roles(&db, "UPDATE organisation:other SET place = 'Elsewhere';").await;
    let noted = said(&db, &administrator("other"), "other", Asked::default()).await;
    assert_eq!(
        noted[..2],
        [
            "Changed an organisation · Piotr ·  · Other",
            "Changed who may join · Piotr ·  · by request, with x.example",
        ]
    );
}

#[tokio::test]
async fn a_list_of_staff_is_noted_as_one() {
    let db = world().await;
    let (viewer, db) = (administrator("branch"), db.acting(acting()));
    let list = crate::staff::store::keep(&db, &viewer, "branch", "name,email\nAda,ada@y.example\nBo,bo@y.example")
        .await
        .unwrap();
    for renew in [false, true] {
        crate::staff::store::make_links(&db, &viewer, &list, "", renew)
            .await
            .unwrap();
    }
    roles(
        &db,
        "DELETE invitation WHERE email = 'ada@y.example';
         CREATE invitation SET organisation = organisation:branch, roles = ['learner'], invited_by = person:piotr,
            expires = time::now() + 1d, uses_left = 3;",
    )
    .await;
    let noted = said(&db, &viewer, "branch", Asked::default()).await;
    let mut noted = noted[..4].to_vec();
    noted.sort();
    assert_eq!(
        noted,
        [
            "Made an invitation · Piotr ·  · learner, for 3",
            "Made links for a list of staff · Piotr ·  · for 2",
            "Made links for a list of staff · Piotr ·  · for 2",
            "Withdrew an invitation · Piotr ·  · learner",
        ]
    );
}

#[tokio::test]
async fn what_is_done_for_others_in_the_studio_is_noted() {
    let db = world().await;
    roles(
        &db,
        "CREATE competency_set:own SET slug = 'own', identifier = 'own', organisation = organisation:branch, title = 'Own set';
         CREATE course:money SET slug = 'money', organisation = organisation:branch, title = 'Money';
         UPDATE course:money SET state = 'published';
         UPDATE course:money SET lessons = 2;
         CREATE cohort:autumn SET subject = course:money, organisation = organisation:branch, title = 'Autumn', starts = '2026-11-02',
            ends = '2026-12-18', timezone = 'UTC', opened_by = person:piotr;
         CREATE enrolment:['autumn', 'rosa'] SET cohort = cohort:autumn, person = person:rosa, enrolled_by = person:piotr;
         DELETE enrolment:['autumn', 'rosa'];
         DELETE cohort:autumn;
         CREATE course:dropped SET slug = 'dropped', organisation = organisation:branch, title = 'Dropped';
         DELETE course:dropped;
         UPDATE course:money SET state = 'draft';",
    )
    .await;
    let noted = said(&db, &administrator("branch"), "branch", Asked::default()).await;
    let mut noted = noted[..10].to_vec();
    noted.sort();
    assert_eq!(
        noted,
        [
            "Began a competency set · Piotr ·  · Own set",
            "Began a course · Piotr ·  · Dropped",
            "Began a course · Piotr ·  · Money",
            "Deleted a cohort · Piotr ·  · Autumn",
            "Deleted a course · Piotr ·  · Dropped",
            "Ended an enrolment · Piotr · Rosa Marín · Autumn",
            "Enrolled somebody in a cohort · Piotr · Rosa Marín · Autumn",
            "Opened a cohort · Piotr ·  · Autumn",
            "Published a course · Piotr ·  · Money",
            "Took a course out of the catalogue · Piotr ·  · Money",
        ]
    );
}

#[tokio::test]
async fn whoever_comes_by_a_link_joined_by_themselves() {
    let db = world().await;
    let by_link = db.acting(crate::db::Acting {
        by: None,
        session: None,
        ..acting()
    });
    let joins = "CREATE person:ada SET name = 'Ada', email = 'ada@x.example', timezone = 'UTC';
         CREATE membership:['ada', 'branch'] SET person = person:ada, organisation = organisation:branch, roles = ['learner'];";
    by_link.write(joins, vars! {}).await.unwrap();
    let noted = said(&db, &site(), "", Asked::default()).await;
    let mut noted = noted[..2].to_vec();
    noted.sort();
    assert_eq!(
        noted,
        [
            "Joined an organisation · Ada · Ada · learner",
            "Made an account · Ada · Ada · "
        ]
    );
}
