//! A form that is sent twice at once.

use uuid::Uuid;

use super::store::{self, NewDerived};
use super::tests::SOURCE;
use crate::competencies::tests::{small, world};
use crate::editions::store::open_draft;
use crate::outlines::store::{NewSet, create};
use crate::vars;

#[tokio::test]
async fn what_is_sent_twice_at_once_makes_one_and_leads_both_there() {
    let world = world().await;
    world.import(&small(), true).await;
    let (db, curator) = (&world.db, world.curator());
    let new = NewDerived {
        key: Uuid::from_u128(0xdef),
        organisation: world.library.to_string(),
        title: "Twice".into(),
        name: "twice".into(),
    };
    let derive = || store::derive(db, &curator, SOURCE, 1, &new);
    let (one, other) = tokio::join!(derive(), derive());
    assert_eq!((one.as_deref(), other.as_deref()), (Ok("twice"), Ok("twice")));
    let begun = NewSet {
        key: Uuid::from_u128(0xfed),
        organisation: world.library.to_string(),
        title: "Begun".into(),
        language: "en".into(),
        ..NewSet::default()
    };
    let begin = || create(db, &curator, &begun);
    let (one, other) = tokio::join!(begin(), begin());
    assert_eq!((one.as_deref(), other.as_deref()), (Ok("begun"), Ok("begun")));
    let open = || open_draft(db, &curator, SOURCE);
    assert_eq!(tokio::join!(open(), open()), (Ok(2), Ok(2)));
    let many: Option<i64> = db.row("count(SELECT VALUE id FROM edition);", vars! {}).await.unwrap();
    assert_eq!(many, Some(4), "the source, its draft, and one of each");
    // What others have by that name is said at its field, as ever.
    let taken = NewDerived {
        key: Uuid::from_u128(0xaaa),
        ..new.clone()
    };
    let refused = store::derive(db, &curator, SOURCE, 1, &taken).await;
    assert!(refused.unwrap_err().at("name").is_some());
}
