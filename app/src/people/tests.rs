//! Somebody who is signed in, for the tests of whatever is for people.

use super::sessions;
use crate::db::Db;
use crate::id::PersonId;
use crate::viewer::Viewer;

pub(crate) fn id(name: &str) -> PersonId {
    PersonId::parse(name).unwrap()
}

pub(crate) async fn viewer(db: &Db, name: &str) -> Viewer {
    let token = sessions::open(db, &id(name), "test").await.unwrap();
    sessions::viewer(db, &token).await.unwrap()
}
