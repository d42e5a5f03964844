//! Deriving a set by a form that is sent several times at once.

use uuid::Uuid;

use super::store::{self, NewDerived};
use crate::competencies::tests::{small, world};
use crate::vars;

#[tokio::test]
async fn the_same_form_three_times_at_once_is_one_set_and_each_is_told_of_it() {
    let world = world().await;
    world.import(&small(), true).await;
    let new = NewDerived {
        key: Uuid::from_u128(0xabc),
        organisation: world.library.to_string(),
        title: "Our set".into(),
        name: String::new(),
    };
    let curator = world.curator();
    let sent = || store::derive(&world.db, &curator, "small-set", 1, &new);
    let (first, second, third) = tokio::join!(sent(), sent(), sent());
    let slug = first.unwrap();
    assert_eq!((second, third), (Ok(slug.clone()), Ok(slug)));
    let sets = "count(SELECT VALUE id FROM competency_set WHERE title = 'Our set');";
    assert_eq!(world.db.row::<i64>(sets, vars! {}).await.unwrap(), Some(1));
}
