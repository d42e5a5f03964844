//! Profiles among colleagues.

use super::model::{About, Relation, ShownTo};
use super::{pictures::Picture, store};
use crate::error::AppError;
use crate::id::GroupId;
use crate::organisations::tests::{at, viewer, who, world};
use crate::people::store::profile;
use crate::vars;
use crate::viewer::GroupLink;

fn picture(letter: &str) -> Picture {
    Picture {
        size: (256, 256),
        kind: "image/jpeg",
        hash: letter.repeat(64),
        content: letter.as_bytes().to_vec(),
    }
}

#[tokio::test]
async fn others_see_what_is_for_them() {
    let db = world().await;
    let rita = who("rita");
    let about = About::parse("she/her", "Riverside", "cy", "Ask me about weeding.").unwrap();
    let shown = ShownTo::parse(["colleagues", "members", "nobody", "members", "members"]).unwrap();
    store::save(&db, &rita, &about, &shown).await.unwrap();
    store::keep_picture(&db, &rita, picture("a")).await.unwrap();
    let expected = [
        ("rita", ["she/her", "Riverside", "cy", "Ask me about weeding."], true),
        ("rob", ["she/her", "Riverside", "", "Ask me about weeding."], true),
        ("lea", ["she/her", "", "", ""], false),
    ];
    for (name, said, pictured) in expected {
        let seen = profile(&db, &viewer(&db, name).await, &rita).await.unwrap();
        let About {
            pronouns,
            place,
            language,
            about,
        } = seen.about;
        assert_eq!([pronouns, place, language, about], said, "{name}");
        assert_eq!(seen.picture.is_some(), pictured, "{name}");
    }
    let sid = viewer(&db, "sid").await;
    assert_eq!(profile(&db, &sid, &rita).await, Err(AppError::NotFound));
}

/// Two employers that have nothing to do with each other.
#[tokio::test]
async fn where_somebody_works_beside_is_for_those_who_work_there() {
    let db = world().await;
    db.write(
        "CREATE membership:['rita', 'alone'] SET person = person:rita, organisation = organisation:alone, roles = ['learner'];
         CREATE study_group:readers SET slug = 'readers', organisation = organisation:south, title = 'Readers', public = true;
         FOR $one IN ['rita', 'sid'] {
            CREATE type::record('group_membership', [$one, 'readers']) SET person = type::record('person', $one), study_group = study_group:readers;
         };",
        vars! {},
    )
    .await
    .unwrap();
    let mut sid = viewer(&db, "sid").await;
    sid.groups.push(GroupLink {
        id: GroupId::parse("readers").unwrap(),
        slug: "readers".into(),
        title: "Readers".into(),
        unread: 0,
        facilitator: false,
    });
    let mut site = viewer(&db, "sid").await;
    site.site_administrator = true;
    let seen = [
        (viewer(&db, "rita").await, ["alone", "riverside"].as_slice()),
        (viewer(&db, "rob").await, &["riverside"]),
        (viewer(&db, "lea").await, &["riverside"]),
        (viewer(&db, "ada").await, &["alone"]),
        (sid, &[]),
        (site, &["alone", "riverside"]),
    ];
    for (viewer, expected) in seen {
        let places = profile(&db, &viewer, &who("rita")).await.unwrap().organisations;
        let places: Vec<_> = places.iter().map(|place| place.slug.as_str()).collect();
        assert_eq!(places, expected, "{:?}", viewer.id());
    }
}

#[tokio::test]
async fn a_picture_is_for_those_who_see_it_and_under_its_own_address() {
    let db = world().await;
    let rita = who("rita");
    store::keep_picture(&db, &rita, picture("a")).await.unwrap();
    store::keep_picture(&db, &rita, picture("b")).await.unwrap();
    let (lea, sid) = (viewer(&db, "lea").await, viewer(&db, "sid").await);
    let (right, old) = ("b".repeat(64), "a".repeat(64));
    assert_eq!(store::picture(&db, &lea, &rita, &right).await.unwrap().1, b"b");
    assert_eq!(store::picture(&db, &lea, &rita, &old).await, Err(AppError::NotFound));
    assert_eq!(store::picture(&db, &sid, &rita, &right).await, Err(AppError::NotFound));
    let hidden = ShownTo::parse(["colleagues", "colleagues", "colleagues", "colleagues", "nobody"]).unwrap();
    store::save(&db, &rita, &About::default(), &hidden).await.unwrap();
    assert_eq!(store::picture(&db, &lea, &rita, &right).await, Err(AppError::NotFound));
    store::remove_picture(&db, &rita).await.unwrap();
    assert_eq!(store::seen(&db, &rita, Relation::Own).await.unwrap().1, None);
}

#[tokio::test]
async fn a_logo_is_its_organisations() {
    let db = world().await;
    let (rita, lea, sid) = (
        viewer(&db, "rita").await,
        viewer(&db, "lea").await,
        viewer(&db, "sid").await,
    );
    assert_eq!(
        store::keep_logo(&db, &lea, "riverside", picture("c")).await,
        Err(AppError::Forbidden)
    );
    store::keep_logo(&db, &rita, "riverside", picture("c")).await.unwrap();
    let hash = "c".repeat(64);
    assert!(store::logo(&db, &lea, &at("riverside"), &hash).await.is_ok());
    assert_eq!(
        store::logo(&db, &sid, &at("riverside"), &hash).await,
        Err(AppError::NotFound)
    );
    assert_eq!(
        store::remove_logo(&db, &sid, &at("riverside")).await,
        Err(AppError::NotFound)
    );
    store::remove_logo(&db, &rita, &at("riverside")).await.unwrap();
    assert_eq!(
        store::logo(&db, &rita, &at("riverside"), &hash).await,
        Err(AppError::NotFound)
    );
}

#[tokio::test]
async fn a_closed_account_takes_its_profile_with_it() {
    let db = world().await;
    let lea = who("lea");
    let about = About::parse("she/her", "", "", "").unwrap();
    store::save(&db, &lea, &about, &ShownTo::default()).await.unwrap();
    store::keep_picture(&db, &lea, picture("d")).await.unwrap();
    crate::people::store::close(&db, &lea, false).await.unwrap();
    for sql in [
        "count(SELECT VALUE id FROM profile);",
        "count(SELECT VALUE id FROM picture);",
    ] {
        let left: Option<i64> = db.row(sql, vars! {}).await.unwrap();
        assert_eq!(left, Some(0), "{sql}");
    }
}
