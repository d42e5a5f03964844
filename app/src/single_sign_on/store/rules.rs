//! Who joins where, in the database.

use std::collections::BTreeMap;

use surrealdb_types::SurrealValue;

use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{ClaimRuleId, OrganisationId, ProviderId};
use crate::people::store::words;
use crate::people::tokens;
use crate::single_sign_on::claims::Claims;
use crate::single_sign_on::model::{Asked, MOST_RULES, Rule};
use crate::vars;
use crate::viewer::Role;

#[derive(SurrealValue)]
struct RuleRow {
    id: ClaimRuleId,
    claim: String,
    value: String,
    organisation: OrganisationId,
    name: String,
    slug: String,
    roles: Vec<String>,
}

async fn rows(db: &Db, provider: &ProviderId) -> Result<Vec<RuleRow>> {
    db.rows(
        "SELECT id, claim, value, organisation, organisation.name AS name, organisation.slug AS slug, roles, created
         FROM claim_rule WHERE provider = $provider ORDER BY created, id LIMIT $most;",
        vars! { "provider" => provider.clone(), "most" => MOST_RULES },
    )
    .await
}

/// The rules of a provider, the oldest first.
pub async fn list(db: &Db, provider: &ProviderId) -> Result<Vec<Rule>> {
    let rule = |row: RuleRow| Rule {
        id: row.id,
        claim: row.claim,
        value: row.value,
        organisation: row.name,
        slug: row.slug,
        roles: row.roles.iter().filter_map(|role| Role::parse(role)).collect(),
    };
    Ok(rows(db, provider).await?.into_iter().map(rule).collect())
}

/// Where somebody is brought in, and as what.
#[derive(Debug, Clone, PartialEq, SurrealValue)]
pub struct Offer {
    pub organisation: OrganisationId,
    pub roles: Vec<String>,
}

/// What a provider's rules offer whoever has these claims: each organisation
/// once.
pub async fn matching(db: &Db, provider: &ProviderId, claims: &Claims) -> Result<Vec<Offer>> {
    let mut offers: BTreeMap<OrganisationId, Vec<String>> = BTreeMap::new();
    let rows = rows(db, provider).await?;
    for row in rows.into_iter().filter(|row| claims.holds(&row.claim, &row.value)) {
        let roles = offers.entry(row.organisation).or_default();
        roles.extend(row.roles);
        roles.sort();
        roles.dedup();
    }
    let offer = |(organisation, roles)| Offer { organisation, roles };
    Ok(offers.into_iter().map(offer).collect())
}

/// Adds a rule, or gives it other roles. The organisation is named as in
/// addresses.
pub async fn add(db: &Db, provider: &ProviderId, asked: &Asked, slug: &str, roles: &[Role]) -> Result<()> {
    let organisation = crate::organisations::store::by_slug(db, slug).await?;
    let organisation = organisation.ok_or_else(|| {
        AppError::field(
            "organisation",
            "There is no such organisation. Its name in addresses stands in the address of its page.",
        )
    })?;
    let what = format!("{provider}\n{}\n{}\n{organisation}", asked.claim, asked.value);
    db.write(
        "IF !record::exists($provider) { THROW 'not found' };
         IF !record::exists($rule) AND count(SELECT VALUE id FROM claim_rule WHERE provider = $provider) >= $most {
            THROW 'A provider has at most 50 rules.'
         };
         UPSERT $rule SET provider = $provider, claim = $claim, value = $value, organisation = $organisation, roles = $roles;",
        vars! {
            "rule" => ClaimRuleId::parse(&tokens::key(&what)), "provider" => provider.clone(), "claim" => asked.claim.clone(),
            "value" => asked.value.clone(), "organisation" => organisation, "roles" => words(roles), "most" => MOST_RULES,
        },
    )
    .await
    .map(drop)
}

/// Ends a rule; whoever joined by it stays.
pub async fn remove(db: &Db, rule: &ClaimRuleId) -> Result<()> {
    db.write("DELETE $rule;", vars! { "rule" => rule.clone() })
        .await
        .map(drop)
}
