//! What the browser may ask of single sign-on. Going to a provider and coming
//! back are addresses of their own (server/src/single_sign_on.rs).

use leptos::prelude::*;

use super::model::{Linked, Listed, Provider, WaysIn};
use crate::error::Result;
use crate::id::{ClaimRuleId, IdentityId, ProviderId};

/// The ways to sign in beside the password.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_ways_in() -> Result<WaysIn> {
    use crate::joining::newcomers::store::doors;
    use crate::terms::store::are_there;

    let state = crate::state::state();
    let all = async { futures::try_join!(super::store::ways_in(&state.db), doors(&state.db), are_there(&state.db)) };
    let (providers, doors, terms) = state.db.at_once(all).await?;
    Ok(WaysIn {
        providers,
        doors,
        terms,
        passkeys: crate::people::passkeys::are_possible(&state.site),
    })
}

/// The ways into one's own account.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_linked() -> Result<Linked> {
    use super::store::{self, identities};

    let (_, person) = crate::state::signed_in()?;
    let state = crate::state::state();
    let (accounts, has_password) = identities::linked(&state.db, &person).await?;
    Ok(Linked {
        has_password,
        accounts,
        ways: store::ways_in(&state.db).await?,
        proof: super::visits::proof(&state.pepper, &person),
    })
}

/// Takes one's own account at a provider away from here, for whoever has lately
/// shown who they are.
#[server]
pub async fn unlink_account(identity: IdentityId) -> Result<()> {
    let (_, person) = crate::state::signed_in()?;
    let state = crate::state::state();
    crate::people::confirming::by_signing_in(&state, &person).await?;
    super::store::identities::unlink(&state.db, &person.id, &identity).await
}

/// Sets a password for someone who came by a provider and has none.
#[server]
pub async fn set_first_password(password: String) -> Result<()> {
    use crate::error::AppError;
    use crate::people::passwords::NewPassword;
    use crate::people::store::settings;

    let (_, person) = crate::state::signed_in()?;
    let state = crate::state::state();
    let email = settings(&state.db, &person).await?.email;
    let password = NewPassword::parse(&password, &[&person.name, &email])
        .map_err(|message| AppError::field("password", message))?;
    let hash = state.hasher.hash(password).await?;
    super::store::identities::set_first_password(&state.db, &person, hash).await
}

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_providers() -> Result<Vec<Listed>> {
    crate::state::site_administrator()?;
    super::store::list(&crate::state::db()).await
}

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_provider(provider: ProviderId) -> Result<Provider> {
    crate::state::site_administrator()?;
    let state = crate::state::state();
    super::store::page(&state.db, &provider, &state.site.public_url).await
}

/// Adds a provider that answers. Nobody can sign in with it until it is
/// switched on.
#[server]
pub async fn add_provider(
    name: String,
    issuer: String,
    client: String,
    #[server(default)] secret: String,
) -> Result<()> {
    use super::model::ProviderFields;
    use crate::error::AppError;

    crate::state::site_administrator()?;
    let state = crate::state::state();
    let fields = ProviderFields::parse(&name, &issuer, &client, &secret)?;
    let id = fields.key();
    let id = id.ok_or_else(|| AppError::field("name", "A name needs a letter or a digit of the Latin alphabet."))?;
    super::asking::must_answer(&state.outside, &fields.issuer).await?;
    let secret = super::sealing::seal_given(&state.pepper, &id, &fields.secret)?;
    super::store::add(&state.db, &id, &fields, secret.unwrap_or_default()).await?;
    leptos_axum::redirect(&format!("/admin/providers/{id}?notice=added"));
    Ok(())
}

/// Changes a provider; without a secret, the one that is there stays.
#[server]
pub async fn save_provider(
    provider: ProviderId,
    name: String,
    issuer: String,
    client: String,
    #[server(default)] secret: String,
    #[server(default)] enabled: bool,
) -> Result<()> {
    use super::model::ProviderFields;

    crate::state::site_administrator()?;
    let state = crate::state::state();
    let fields = ProviderFields::parse(&name, &issuer, &client, &secret)?;
    if enabled {
        super::asking::must_answer(&state.outside, &fields.issuer).await?;
    }
    let secret = super::sealing::seal_given(&state.pepper, &provider, &fields.secret)?;
    super::store::save(&state.db, &provider, &fields, secret, enabled).await
}

/// Removes a provider; whoever signed in with it alone needs a link to a new
/// password.
#[server]
pub async fn remove_provider(provider: ProviderId, #[server(default)] understood: bool) -> Result<()> {
    crate::state::site_administrator()?;
    if !understood {
        return Err(crate::error::AppError::field("understood", "Tick this box first."));
    }
    super::store::remove(&crate::state::db(), &provider).await?;
    leptos_axum::redirect("/admin/providers");
    Ok(())
}

/// Says who comes from a provider as what; again gives them other roles.
#[server]
pub async fn add_claim_rule(
    provider: ProviderId,
    #[server(default)] claim: String,
    #[server(default)] value: String,
    organisation: String,
    #[server(default)] roles: Vec<String>,
) -> Result<()> {
    use super::model::Asked;
    use crate::organisations::model::parse_roles;

    crate::state::site_administrator()?;
    let asked = Asked::parse(&claim, &value)?;
    let roles = parse_roles(&roles)?;
    let db = crate::state::db();
    super::store::rules::add(&db, &provider, &asked, organisation.trim(), &roles).await
}

#[server]
pub async fn remove_claim_rule(rule: ClaimRuleId) -> Result<()> {
    crate::state::site_administrator()?;
    super::store::rules::remove(&crate::state::db(), &rule).await
}
