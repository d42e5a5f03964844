use leptos::prelude::*;

use super::model::SignInRules;
use crate::error::Result;

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_sign_in_rules() -> Result<SignInRules> {
    use crate::people::second_factor::store;

    let person = crate::state::site_administrator()?;
    let db = crate::state::db();
    Ok(SignInRules {
        administrators_need_second_factor: store::administrators_need_one(&db).await?,
        has_second_factor: store::factor(&db, &person.id).await?.is_some(),
    })
}

#[server]
pub async fn save_sign_in_rules(#[server(default)] administrators_need_second_factor: bool) -> Result<()> {
    use crate::error::AppError;
    use crate::people::second_factor::store;

    let person = crate::state::site_administrator()?;
    let db = crate::state::db();
    if administrators_need_second_factor && store::factor(&db, &person.id).await?.is_none() {
        let first = "Set up a second factor of your own first: without one, this would shut you out at once.";
        return Err(AppError::field("administrators_need_second_factor", first));
    }
    store::let_administrators_need_one(&db, &person.id, administrators_need_second_factor).await
}
