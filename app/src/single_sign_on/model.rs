//! What a provider is, and what may be said of it.

use serde::{Deserialize, Serialize};

use crate::error::{AppError, FieldErrors, Result};
use crate::id::{ClaimRuleId, IdentityId, ProviderId};
use crate::viewer::Role;

/// How many providers a site has at most, and how many rules one of them.
pub const MOST_PROVIDERS: i64 = 20;
pub const MOST_RULES: i64 = 50;

/// What a site administrator says of a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderFields {
    pub name: String,
    /// The issuer as the provider writes it, to its last character.
    pub issuer: String,
    pub client: String,
    /// What was typed; nothing keeps what is there.
    pub secret: String,
}

impl ProviderFields {
    pub fn parse(name: &str, issuer: &str, client: &str, secret: &str) -> Result<Self> {
        let mut errors = FieldErrors::default();
        let name = errors.take("name", filled(name, "A name", 80));
        let issuer = errors.take("issuer", parse_issuer(issuer));
        let client = errors.take("client", filled(client, "A client id", 200));
        let secret = secret.trim();
        if secret.len() > 500 || secret.chars().any(char::is_control) {
            errors.add("secret", "A client secret has at most 500 characters.");
        }
        errors.check()?;
        let (Some(name), Some(issuer), Some(client)) = (name, issuer, client) else {
            return Err(AppError::Internal);
        };
        let secret = secret.to_owned();
        Ok(Self {
            name,
            issuer,
            client,
            secret,
        })
    }

    /// Its name in addresses.
    pub fn key(&self) -> Option<ProviderId> {
        ProviderId::parse(&crate::paths::slug(&self.name))
    }
}

fn filled(raw: &str, what: &str, most: usize) -> std::result::Result<String, String> {
    let text = crate::text::line(raw, what, most)?;
    if text.is_empty() {
        return Err(format!("{what} is needed."));
    }
    Ok(text)
}

/// An issuer is an address without query and fragment (OpenID Connect Core 1.0
/// §1.2).
fn parse_issuer(raw: &str) -> std::result::Result<String, String> {
    const FORM: &str = "Enter the issuer’s address, such as https://login.example.org/realm.";
    let issuer = raw.trim();
    let host = issuer
        .strip_prefix("https://")
        .or_else(|| issuer.strip_prefix("http://"))
        .and_then(|rest| rest.split('/').next());
    let plain = issuer.len() <= 500
        && issuer
            .bytes()
            .all(|b| b.is_ascii_graphic() && !b"?#\\\"<>@".contains(&b));
    match host {
        Some(host) if plain && !host.is_empty() => Ok(issuer.to_owned()),
        _ => Err(FORM.into()),
    }
}

/// A way to sign in beside the password, as everybody sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WayIn {
    pub id: ProviderId,
    pub name: String,
}

/// All ways to sign in beside the password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaysIn {
    pub providers: Vec<WayIn>,
    pub passkeys: bool,
    /// Slugs and names of organisations that people without an account may ask to
    /// join.
    pub doors: Vec<(String, String)>,
    /// Whether there are terms of use to read.
    pub terms: bool,
}

/// A provider in the list of all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    pub id: ProviderId,
    pub name: String,
    pub issuer: String,
    pub enabled: bool,
    /// People who have linked an account there.
    pub people: u32,
}

/// A provider as site administrators see it, without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provider {
    pub id: ProviderId,
    pub name: String,
    pub issuer: String,
    pub client: String,
    pub has_secret: bool,
    pub enabled: bool,
    pub people: u32,
    /// Where the provider sends people back to; it has to be told.
    pub answer_at: String,
    pub rules: Vec<Rule>,
}

/// Who joins where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    pub id: ClaimRuleId,
    /// Empty for everybody.
    pub claim: String,
    pub value: String,
    pub organisation: String,
    pub slug: String,
    pub roles: Vec<Role>,
}

/// The claim that a rule asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub claim: String,
    pub value: String,
}

impl Asked {
    /// Either both or neither: nothing asks for nothing.
    pub fn parse(claim: &str, value: &str) -> Result<Self> {
        let mut errors = FieldErrors::default();
        let claim = errors.take("claim", crate::text::line(claim, "A claim", 200));
        let value = errors.take("value", crate::text::line(value, "A value", 200));
        if let (Some(claim), Some(value)) = (&claim, &value) {
            match (claim.is_empty(), value.is_empty()) {
                (true, false) => errors.add("claim", "Say which claim holds this."),
                (false, true) => errors.add("value", "Say what the claim has to hold."),
                _ => {}
            }
        }
        errors.check()?;
        let (Some(claim), Some(value)) = (claim, value) else {
            return Err(AppError::Internal);
        };
        Ok(Self { claim, value })
    }
}

/// Ways into one's own account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Linked {
    pub has_password: bool,
    pub accounts: Vec<Account>,
    /// Providers that accounts can be linked from.
    pub ways: Vec<WayIn>,
    /// Shows that a link comes from the page of this very session.
    pub proof: String,
}

/// An account at a provider that signs in here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    pub id: IdentityId,
    pub provider: String,
    pub label: String,
    pub last_used: String,
    pub last_used_iso: String,
}

/// Where signing in with a provider begins.
pub fn begins_at(provider: &ProviderId) -> String {
    format!("/sign-in/with/{provider}")
}

/// Where a provider sends people back to. Each has its own, so that no answer
/// of one passes for another's (RFC 9700 §4.4).
pub fn answer_at(site: &str, provider: &ProviderId) -> String {
    format!("{site}{}/answer", begins_at(provider))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_has_a_name_an_issuer_and_a_client() {
        let fields = ProviderFields::parse(" State  Library ", "https://login.example.org/realm/", "carrel", " s3 ");
        let fields = fields.unwrap();
        assert_eq!((fields.name.as_str(), fields.secret.as_str()), ("State Library", "s3"));
        assert_eq!(fields.issuer, "https://login.example.org/realm/");
        assert_eq!(fields.key(), ProviderId::parse("state-library"));
        let error = ProviderFields::parse("", "", "", &"x".repeat(501)).unwrap_err();
        for field in ["name", "issuer", "client", "secret"] {
            assert!(error.at(field).is_some(), "{field}");
        }
    }

    #[test]
    fn an_issuer_is_an_address_and_nothing_more() {
        for bad in [
            "login.example.org",
            "ftp://login.example.org",
            "https://",
            "https:///realm",
            "https://login.example.org?x=1",
            "https://login.example.org#x",
            "https://a@login.example.org",
            "https://login.example.org/a b",
            "javascript:alert(1)",
        ] {
            assert!(parse_issuer(bad).is_err(), "{bad}");
        }
        assert!(parse_issuer(" http://127.0.0.1:9400 ").is_ok());
    }

    #[test]
    fn a_rule_asks_for_a_claim_with_a_value_or_for_none() {
        assert!(Asked::parse("", " ").is_ok());
        assert_eq!(Asked::parse("groups", " staff ").unwrap().value, "staff");
        assert!(Asked::parse("groups", "").unwrap_err().at("value").is_some());
        assert!(Asked::parse("", "staff").unwrap_err().at("claim").is_some());
    }
}
