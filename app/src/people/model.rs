//! Names, addresses and passwords as people may type them.

use serde::{Deserialize, Serialize};

use crate::id::{PersonId, SessionId};
use crate::people::second_factor::model::FactorAsked;
use crate::profiles::model::About;
use crate::sharing::model::What;
use crate::viewer::Role;

/// What a person is called, 1–120 characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonName(String);

/// What to say of a name that is an address on the web.
pub const NO_LINK: &str = "A name holds no address of the web.";

impl PersonName {
    pub fn parse(raw: &str) -> Result<Self, String> {
        let name = raw.split_whitespace().collect::<Vec<_>>().join(" ");
        match name.chars().count() {
            0 => Err("Enter a name.".into()),
            1..=120 if name.chars().any(crate::text::is_hidden) => Err(crate::text::HIDDEN.into()),
            1..=120 if name.contains("://") => Err(NO_LINK.into()),
            1..=120 => Ok(Self(name)),
            _ => Err("A name has at most 120 characters.".into()),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An e-mail address: one `@`, something on each side, at most 254 bytes
/// (RFC 5321 §4.5.3.1.3). Whether it works only a mail can tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// An address that is new here: it looks like no other. Characters that
    /// nobody sees, other forms of a letter (UAX #15, NFKC) and a dot behind the
    /// domain are refused.
    pub fn parse(raw: &str) -> Result<Self, String> {
        let email = Self::held(raw)?;
        let text = email.as_str();
        let unseen = |c: char| crate::text::is_hidden(c) || crate::text::is_joiner(c);
        if text.chars().any(unseen) {
            Err(crate::text::HIDDEN.into())
        } else if text.ends_with('.') {
            Err("Leave out the dot at the end.".into())
        } else if !unicode_normalization::is_nfkc(text) {
            Err("Write the address in plain letters, as name@example.org.".into())
        } else {
            Ok(email)
        }
    }

    /// An address that somebody may have from before, to find them by.
    pub fn held(raw: &str) -> Result<Self, String> {
        let text = raw.trim();
        let well_formed = text.split_once('@').is_some_and(|(local, domain)| {
            !local.is_empty() && local.len() <= 64 && domain.len() >= 3 && domain.contains('.') && !domain.contains('@')
        });
        if text.is_empty() {
            Err("Enter an e-mail address.".into())
        } else if text.len() > 254 {
            Err("An e-mail address has at most 254 characters.".into())
        } else if !well_formed || text.chars().any(|c| c.is_whitespace() || c.is_control()) {
            Err("Enter an e-mail address like name@example.org.".into())
        } else {
            Ok(Self(text.to_owned()))
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form in which addresses are compared.
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }
}

/// The most that a password may have, in bytes, so that hashing stays bounded.
pub const PASSWORD_BYTES: usize = 512;

/// One of the viewer's sign-ins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    pub id: SessionId,
    pub device: String,
    pub last_used: String,
    pub last_used_label: String,
    pub current: bool,
}

/// What the settings page shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    pub name: String,
    pub email: String,
    pub title: String,
    pub timezone: String,
    /// The time zones to choose from, with their words.
    pub zones: Vec<(String, String)>,
    pub sessions: Vec<Session>,
    /// Whether one has shown lately that it is oneself.
    pub sure: bool,
    /// What is asked beside the password before something of the account changes.
    pub asked: FactorAsked,
    /// Whether what one posted is taken out when the account is closed.
    pub posts_go: bool,
    /// One's newest copy of everything about oneself.
    pub copy: Option<crate::copies::model::CopyStatus>,
}

/// What an invitation offers to whoever holds its link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    pub organisation: String,
    pub invited_by: String,
    pub roles: Vec<Role>,
    pub until: String,
    /// Whom it is for, if it is for one person.
    pub name: String,
    pub email: String,
}

/// An organisation that someone belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workplace {
    pub name: String,
    /// Its name in addresses.
    pub slug: String,
}

/// A person as colleagues see them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    pub id: PersonId,
    pub name: String,
    pub title: String,
    /// Those that the viewer has to do with: another employer is nobody else's business.
    pub organisations: Vec<Workplace>,
    /// What they show to the viewer now.
    pub shares: Vec<What>,
    /// Groups that both belong to.
    pub shared_groups: Vec<(String, String)>,
    /// What they say of themselves to whoever looks.
    pub about: About,
    /// The address of their picture.
    pub picture: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_trimmed_and_bounded() {
        assert_eq!(PersonName::parse("  Rosa   Marín ").unwrap().as_str(), "Rosa Marín");
        assert!(PersonName::parse(" \u{a0}").is_err());
        assert!(PersonName::parse(&"é".repeat(121)).is_err());
        assert!(PersonName::parse("a\u{7}b").is_err());
        assert!(PersonName::parse("See http://evil.example").is_err());
    }

    #[test]
    fn an_address_has_two_sides() {
        for good in ["rosa@riverside.example", " Rosa@Riverside.Example ", "a+b@c.de"] {
            assert!(Email::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "rosa",
            "@x.org",
            "a@b",
            "a@@b.org",
            "a b@c.org",
            "a@b.org\r\nBcc: x@y.org",
        ] {
            assert!(Email::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(Email::parse("Rosa@X.Org").unwrap().key(), "rosa@x.org");
    }

    #[test]
    fn a_new_address_looks_like_no_other() {
        for good in ["zoë@bücher.example", "李梅@图书馆.example", "o’neil+x@a.example"] {
            assert!(Email::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "rosa\u{200b}@riverside.example",
            "rosa\u{200d}@riverside.example",
            "rosa\u{202e}@riverside.example",
            "rosa\u{61c}@riverside.example",
            "rosa@river\u{ad}side.example",
            "\u{ff52}osa@riverside.example",
            "rosa@\u{ff52}iverside.example",
            "zoe\u{308}@riverside.example",
            "rosa@riverside.example.",
        ] {
            assert!(Email::parse(bad).is_err(), "{bad:?}");
            assert!(Email::held(bad).is_ok(), "whoever has it signs in: {bad:?}");
        }
    }
}
