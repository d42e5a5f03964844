use leptos::prelude::*;

use super::model::SignInRules;
use crate::error::Result;

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_sign_in_rules() -> Result<SignInRules> {
    use crate::people::second_factor::store::acts_with_two;

    let person = crate::state::site_administrator()?;
    let db = crate::state::db();
    Ok(SignInRules {
        asked_of: super::store::asked_of(&db).await?,
        has_second_factor: acts_with_two(&db, &person).await?,
    })
}

/// Lays down of whom a second factor is asked: `nobody`, or a word of
/// [`AskedOf`](super::model::AskedOf).
#[server]
pub async fn save_sign_in_rules(#[server(default)] asked_of: String) -> Result<()> {
    use super::model::parse_asked_of;
    use crate::error::AppError;
    use crate::people::second_factor::store::acts_with_two;

    let person = crate::state::site_administrator()?;
    let db = crate::state::db();
    let asked = parse_asked_of(&asked_of).map_err(|message| AppError::field("asked_of", message))?;
    if asked.is_some() && !acts_with_two(&db, &person).await? {
        let first = "Set up a second factor of your own first, or sign in with a passkey: without one, this would shut you out at once.";
        return Err(AppError::field("asked_of", first));
    }
    super::store::ask_of(&db, &person.id, asked).await
}
