//! What a provider says of somebody.

use serde_json::{Map, Value};

use crate::people::model::{Email, PersonName};

/// The claims of one account, verified.
#[derive(Debug, Clone)]
pub struct Claims {
    pub issuer: String,
    pub subject: String,
    all: Map<String, Value>,
}

impl Claims {
    pub fn new(issuer: String, subject: String, all: Map<String, Value>) -> Self {
        Self { issuer, subject, all }
    }

    /// Adds what else the provider tells of the same account; what was signed
    /// stays.
    pub fn add(&mut self, more: Map<String, Value>) {
        for (name, value) in more {
            self.all.entry(name).or_insert(value);
        }
    }

    /// Whether a claim is this value or holds it. A claim within another is
    /// named with a full stop between, unless one is called just that. Without
    /// a name, everybody holds it.
    pub fn holds(&self, claim: &str, value: &str) -> bool {
        claim.is_empty() || self.claim(claim).is_some_and(|found| holds(found, value))
    }

    fn claim(&self, name: &str) -> Option<&Value> {
        if let Some(found) = self.all.get(name) {
            return Some(found);
        }
        let mut parts = name.split('.');
        let first = self.all.get(parts.next()?)?;
        parts.try_fold(first, |within, part| within.get(part))
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.all.get(name)?.as_str().filter(|text| !text.trim().is_empty())
    }

    pub fn email(&self) -> Option<Email> {
        Email::parse(self.text("email")?).ok()
    }

    /// Whether the provider vouches for the address; some write it as text.
    pub fn email_is_verified(&self) -> bool {
        self.holds("email_verified", "true")
    }

    /// What somebody is called, as far as the provider tells.
    pub fn name(&self) -> Option<PersonName> {
        let parts = [self.text("given_name"), self.text("family_name")];
        let joined = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let before_at = self.text("email").and_then(|email| email.split('@').next());
        let names = [
            self.text("name"),
            Some(joined.as_str()),
            self.text("preferred_username"),
            before_at,
        ];
        names
            .into_iter()
            .flatten()
            .find_map(|name| PersonName::parse(name).ok())
    }

    /// The time zone, if it is one.
    pub fn timezone(&self) -> Option<&str> {
        self.text("zoneinfo").filter(|zone| crate::time::is_zone(zone))
    }

    /// What the owner of the account knows it by.
    pub fn label(&self) -> String {
        let known = self
            .text("email")
            .or_else(|| self.text("preferred_username"))
            .or_else(|| self.text("name"));
        let visible = known.unwrap_or_default().chars();
        visible.filter(|c| !crate::text::is_hidden(*c)).take(200).collect()
    }
}

fn holds(found: &Value, value: &str) -> bool {
    match found {
        Value::String(text) => text == value,
        Value::Array(many) => many.iter().any(|one| !one.is_array() && holds(one, value)),
        Value::Bool(yes) => value == if *yes { "true" } else { "false" },
        Value::Number(number) => value.parse().is_ok_and(|value: serde_json::Number| value == *number),
        Value::Null | Value::Object(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn claims(all: Value) -> Claims {
        let Value::Object(all) = all else { panic!("{all}") };
        Claims::new("https://login.example.org".into(), "1".into(), all)
    }

    #[test]
    fn a_claim_is_a_value_or_holds_it() {
        let claims = claims(json!({
            "hd": "riverside.example", "groups": ["staff", "trainers"], "level": 3, "nobody": null,
            "realm_access": { "roles": ["librarian"] }, "https://x.example/unit": "north",
        }));
        for (claim, value) in [
            ("", ""),
            ("hd", "riverside.example"),
            ("groups", "staff"),
            ("level", "3"),
            ("realm_access.roles", "librarian"),
            ("https://x.example/unit", "north"),
        ] {
            assert!(claims.holds(claim, value), "{claim}");
        }
        for (claim, value) in [
            ("hd", "riverside"),
            ("hd", ""),
            ("groups", "staff trainers"),
            ("groups.0", "staff"),
            ("nobody", "null"),
            ("nobody", ""),
            ("realm_access", "librarian"),
            ("missing", ""),
        ] {
            assert!(!claims.holds(claim, value), "{claim}");
        }
    }

    #[test]
    fn a_name_is_found_where_there_is_one() {
        let name = |all| claims(all).name().map(|name| name.as_str().to_owned());
        assert_eq!(
            name(json!({ "name": "Rosa  Marín", "email": "r@x.org" })).as_deref(),
            Some("Rosa Marín")
        );
        assert_eq!(
            name(json!({ "given_name": "Rosa", "family_name": "Marín" })).as_deref(),
            Some("Rosa Marín")
        );
        assert_eq!(
            name(json!({ "name": " ", "email": "rosa@x.org" })).as_deref(),
            Some("rosa")
        );
        assert_eq!(name(json!({ "name": 7 })), None);
    }

    #[test]
    fn an_address_is_confirmed_when_the_provider_says_so() {
        assert!(claims(json!({ "email_verified": true })).email_is_verified());
        assert!(claims(json!({ "email_verified": "true" })).email_is_verified());
        assert!(!claims(json!({ "email": "rosa@x.org" })).email_is_verified());
        assert!(!claims(json!({ "email_verified": false })).email_is_verified());
    }

    #[test]
    fn what_was_signed_stays() {
        let mut claims = claims(json!({ "email": "rosa@x.org" }));
        let Value::Object(more) = json!({ "email": "other@x.org", "name": "Rosa" }) else {
            panic!()
        };
        claims.add(more);
        assert_eq!(
            (claims.label().as_str(), claims.text("name")),
            ("rosa@x.org", Some("Rosa"))
        );
    }
}
