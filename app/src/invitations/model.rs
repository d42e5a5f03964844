//! What an invitation says to those who make it.

use serde::{Deserialize, Serialize};

use crate::error::{AppError, FieldErrors, Result};
use crate::id::{InvitationId, OrganisationId};
use crate::organisations::model::parse_roles;
use crate::people::model::Email;
use crate::viewer::Role;

/// How many people one link may be made for.
pub const MOST_USES: u32 = 500;
/// How many days one link may work.
pub const MOST_DAYS: u32 = 90;

/// What a link offers, as it may be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    pub roles: Vec<Role>,
    pub uses: u32,
    pub days: u32,
    /// Whom a letter invites.
    pub email: Option<Email>,
}

impl Terms {
    /// One person and two weeks where nothing is said; one person always where
    /// there is an address.
    pub fn parse(roles: &[String], uses: Option<u32>, days: Option<u32>, email: &str) -> Result<Self> {
        let mut errors = FieldErrors::default();
        let roles = parse_roles(roles);
        let (uses, days) = (uses.unwrap_or(1), days.unwrap_or(14));
        if let Err(AppError::Invalid(wrong)) = &roles {
            wrong.iter().for_each(|(name, message)| errors.add(name, message));
        }
        if !(1..=MOST_USES).contains(&uses) {
            errors.add("uses", format!("Between 1 and {MOST_USES} people can use one link."));
        }
        if !(1..=MOST_DAYS).contains(&days) {
            errors.add("days", format!("A link works between 1 and {MOST_DAYS} days."));
        }
        let email = match email.trim() {
            "" => None,
            email => errors.take("email", Email::parse(email)),
        };
        errors.check()?;
        Ok(Self {
            roles: roles?,
            uses: if email.is_some() { 1 } else { uses },
            days,
            email,
        })
    }
}

/// How long a link may work, as the form offers it.
pub fn day_options() -> Vec<(String, String)> {
    let option = |days: u32, words: &str| (days.to_string(), words.to_owned());
    vec![
        option(1, "1 day"),
        option(7, "1 week"),
        option(14, "2 weeks"),
        option(30, "30 days"),
        option(MOST_DAYS, "90 days"),
    ]
}

/// An invitation that still works.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    pub id: InvitationId,
    pub roles: Vec<Role>,
    /// Whom it is for, if it is for one person.
    pub name: String,
    pub email: String,
    pub invited_by: String,
    pub left: u32,
    pub uses: u32,
    pub until: String,
    /// The same for machines.
    pub until_iso: String,
}

/// The invitations of an organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitations {
    pub organisation: OrganisationId,
    pub slug: String,
    pub name: String,
    /// How many people ask to join.
    pub asking: u32,
    pub sent: Vec<Sent>,
    pub page: u32,
    pub pages: u32,
    /// The link that this browser just made, while it works.
    pub made: Option<String>,
    /// The mark of the form that makes one.
    pub key: String,
    /// Whether letters are sent from here.
    pub mail: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_bounded_and_each_fault_stands_at_its_field() {
        let learner = ["learner".to_owned()];
        let terms = Terms::parse(&learner, None, None, "").unwrap();
        assert_eq!((terms.uses, terms.days), (1, 14));
        let error = Terms::parse(&[], Some(0), Some(91), "rosa").unwrap_err();
        for field in ["roles", "uses", "days", "email"] {
            assert!(error.at(field).is_some(), "{field}");
        }
        assert!(Terms::parse(&learner, Some(MOST_USES), Some(MOST_DAYS), "").is_ok());
        let one = Terms::parse(&learner, Some(5), None, " rosa@riverside.example ").unwrap();
        assert_eq!((one.uses, one.email.is_some()), (1, true));
    }
}
