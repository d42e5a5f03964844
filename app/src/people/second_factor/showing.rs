//! What the page of somebody's second factor shows.

use super::model::{FactorAsked, SecondFactor};
use super::secret::Secret;
use super::{recovery, store};
use crate::error::Result;
use crate::people::cookies;
use crate::state::AppState;
use crate::viewer::Person;

pub async fn page(state: &AppState, person: &Person) -> Result<SecondFactor> {
    let db = &state.db;
    let (held, factor, setup) = db
        .at_once(async {
            futures::try_join!(
                store::held(db, person),
                store::factor(db, &person.id),
                store::setup(db, &person.id)
            )
        })
        .await?;
    let asked = held.asked();
    if let Some(factor) = factor {
        let seed = cookies::held(recovery::COOKIE).filter(|seed| recovery::salt(seed) == factor.recovery_salt);
        return Ok(SecondFactor::On {
            since: crate::time::day(&factor.since, &person.timezone),
            codes_left: u32::try_from(factor.codes_left).unwrap_or(0),
            new_codes: seed.map_or_else(Vec::new, |seed| recovery::to_read(&state.pepper, &seed, &person.id)),
            shown: asked == FactorAsked::Nothing,
        });
    }
    // What is being set up is shown to nobody who may not go on with it.
    if asked == FactorAsked::Passkey {
        return Ok(SecondFactor::ShowPasskey);
    }
    let Some(salt) = setup else {
        return Ok(SecondFactor::Off);
    };
    let account = crate::people::store::settings(db, person).await?.email;
    let secret = Secret::of(&state.pepper, &salt, &account)?;
    Ok(SecondFactor::SettingUp {
        secret: secret.to_type(),
        address: secret.address()?,
        squares: secret.squares()?,
    })
}
