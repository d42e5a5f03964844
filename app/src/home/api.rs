use leptos::prelude::*;

use super::model::Home;
use crate::error::Result;

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_home() -> Result<Home> {
    let viewer = crate::state::viewer();
    let db = crate::state::db();
    match &viewer.person {
        Some(person) => super::store::today(&db, &viewer, person).await.map(Home::Today),
        None => super::store::front(&db).await.map(Home::Front),
    }
}
