//! Who may join without an invitation.

use serde::{Deserialize, Serialize};

use crate::id::{OrganisationId, PersonId};

/// Domains of one organisation at most.
const MOST_DOMAINS: usize = 10;

/// Where anybody can have an address: such a domain says nothing of who
/// somebody works for.
const ANYBODYS: [&str; 16] = [
    "aol.com",
    "fastmail.com",
    "gmail.com",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "hotmail.com",
    "icloud.com",
    "live.com",
    "mail.com",
    "outlook.com",
    "proton.me",
    "protonmail.com",
    "web.de",
    "yahoo.com",
    "yandex.ru",
];

/// The domains of an organisation's addresses, in small letters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Domains(Vec<String>);

impl Domains {
    /// Between spaces, commas or lines; an `@` before one is not counted.
    pub fn parse(raw: &str) -> Result<Self, String> {
        let mut domains = Vec::new();
        for word in raw
            .split([',', ';', ' ', '\n', '\r', '\t'])
            .filter(|word| !word.is_empty())
        {
            let domain = word.trim_start_matches('@').trim_end_matches('.').to_lowercase();
            if !is_domain(&domain) {
                let short: String = word.chars().take(60).collect();
                return Err(format!("“{short}” is not a domain such as library.example."));
            }
            if ANYBODYS.contains(&domain.as_str()) {
                return Err(format!("Anybody can have an address of {domain}."));
            }
            domains.push(domain);
        }
        domains.sort();
        domains.dedup();
        match domains.len() {
            0..=MOST_DOMAINS => Ok(Self(domains)),
            _ => Err(format!("At most {MOST_DOMAINS} domains can be named.")),
        }
    }

    /// As the database holds them.
    pub fn of(domains: Vec<String>) -> Self {
        Self(domains)
    }

    pub fn as_slice(&self) -> &[String] {
        &self.0
    }

    /// Whether an address is of one of the domains themselves; what is beneath
    /// one is another.
    pub fn cover(&self, email: &str) -> bool {
        email
            .rsplit_once('@')
            .is_some_and(|(_, domain)| self.0.contains(&domain.to_lowercase()))
    }
}

/// RFC 1035 §2.3.1, of at least two labels.
fn is_domain(text: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.len() <= 253 && text.contains('.') && text.split('.').all(label)
}

/// What somebody says when they ask.
pub fn parse_message(raw: &str) -> Result<String, String> {
    let message = crate::text::trimmed_lines(raw)?;
    if message.chars().any(|c| c != '\n' && crate::text::is_hidden(c)) {
        Err(crate::text::HIDDEN.into())
    } else if message.chars().count() > 500 {
        Err("A message has at most 500 characters.".into())
    } else {
        Ok(message)
    }
}

/// How the viewer stands to an organisation that can be joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    Member,
    /// Their confirmed address is of one of its domains.
    Welcome,
    Asked,
    MayAsk,
    /// Has no account.
    Newcomer,
}

/// What the page for joining shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Door {
    pub organisation: OrganisationId,
    pub slug: String,
    pub name: String,
    pub standing: Standing,
    /// Whether an address of one of its domains would do, once confirmed.
    pub by_address: bool,
    /// Whether one may ask, whatever one's address is.
    pub by_request: bool,
    /// Whether letters are sent, by which an address is confirmed.
    pub mail: bool,
    /// Whether there are terms of use for a newcomer to read.
    pub terms: bool,
}

/// Someone who asks to join.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asking {
    pub person: PersonId,
    pub name: String,
    pub title: String,
    pub message: String,
    /// The address of somebody who has no account yet, and whether a letter to it
    /// was answered.
    pub newcomer: Option<(String, bool)>,
    pub at: String,
    pub at_iso: String,
}

/// Who asks to join an organisation, and who may.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requests {
    pub organisation: OrganisationId,
    pub slug: String,
    pub name: String,
    pub takes_requests: bool,
    pub domains: Vec<String>,
    /// The address of the page where people ask.
    pub join_at: String,
    pub asking: Vec<Asking>,
    pub count: u32,
    pub page: u32,
    pub pages: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_are_whole_and_the_organisations_own() {
        let domains = Domains::parse(" @Riverside.Example, north.example;north.example. ").unwrap();
        assert_eq!(domains.as_slice(), ["north.example", "riverside.example"]);
        assert!(domains.cover("rosa@RIVERSIDE.example"));
        for stranger in [
            "rosa@staff.riverside.example",
            "rosa@evilriverside.example",
            "riverside.example",
            "rosa@riverside.example@evil.example",
            "rosa@",
        ] {
            assert!(!domains.cover(stranger), "{stranger}");
        }
        for bad in [
            "library",
            "a..b",
            "-a.example",
            "a b@c",
            "gmail.com",
            "ex ample",
            "é.example",
        ] {
            assert!(Domains::parse(bad).is_err(), "{bad}");
        }
        let many: Vec<String> = (0..11).map(|n| format!("d{n}.example")).collect();
        assert!(Domains::parse(&many.join(",")).is_err());
        assert!(Domains::parse("").unwrap().as_slice().is_empty());
    }
}
