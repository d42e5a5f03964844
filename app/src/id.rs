//! Typed ids: a `PersonId` can never stand where a `GroupId` is due.

use serde::{Deserialize, Serialize};

/// The longest key of a record that Carrel makes or accepts, in bytes.
pub const KEY_BYTES: usize = 64;

/// A key as it stands in addresses and forms: lower-case letters, digits,
/// `-` and `_`, at most [`KEY_BYTES`].
pub fn is_key(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= KEY_BYTES
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_')
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $table:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The database table that these ids belong to.
            pub const TABLE: &'static str = $table;

            /// Refuses what cannot be a key.
            pub fn parse(text: &str) -> Option<Self> {
                is_key(text).then(|| Self(text.to_owned()))
            }

            /// A new key, in order of time.
            #[cfg(feature = "ssr")]
            pub fn random() -> Self {
                Self(uuid::Uuid::now_v7().simple().to_string())
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = String;

            fn try_from(text: String) -> Result<Self, String> {
                Self::parse(&text).ok_or_else(|| format!("not an id of a {}", $table))
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        #[cfg(feature = "ssr")]
        impl surrealdb_types::SurrealValue for $name {
            fn kind_of() -> surrealdb_types::Kind {
                surrealdb_types::Kind::Record(vec![$table.into()])
            }

            fn is_value(value: &surrealdb_types::Value) -> bool {
                matches!(value, surrealdb_types::Value::RecordId(id) if id.table.as_str() == $table)
            }

            fn into_value(self) -> surrealdb_types::Value {
                surrealdb_types::Value::RecordId(surrealdb_types::RecordId::new($table, self.0))
            }

            fn from_value(value: surrealdb_types::Value) -> Result<Self, surrealdb_types::Error> {
                crate::db::key_of(value, $table).map(Self)
            }
        }
    )*};
}

ids! {
    /// A person with an account.
    PersonId = "person";
    /// An organisation of the tree.
    OrganisationId = "organisation";
    /// A sign-in on one device; the key is the hash of its token.
    SessionId = "session";
    /// An invitation; the key is the hash of its token.
    InvitationId = "invitation";
    /// A competency set.
    SetId = "competency_set";
    /// One edition of a set.
    EditionId = "edition";
    /// A section, competency or statement within one edition.
    NodeId = "node";
    RoleProfileId = "role_profile";
    /// A job description.
    JobId = "job_description";
    JudgementId = "judgement";
    PlanId = "plan";
    /// An action of a plan.
    ActionId = "action";
    /// What supports a judgement.
    EvidenceId = "evidence";
    /// That evidence was put forward.
    EvidenceReviewId = "evidence_review";
    CourseId = "course";
    LessonId = "lesson";
    ResourceId = "resource";
    ProgrammeId = "programme";
    CohortId = "cohort";
    GroupId = "study_group";
    ThreadId = "thread";
    /// A picture in a post or a lesson; the key begins with its size.
    PictureId = "text_picture";
    /// A letter in the outbox.
    LetterId = "letter";
    /// A passkey; the key is the hash of its credential's id.
    PasskeyId = "passkey";
    /// A provider of single sign-on; the key is its name in addresses.
    ProviderId = "identity_provider";
    /// An account at a provider; the key is the hash of its issuer and subject.
    IdentityId = "identity";
    /// What a provider's people join by.
    ClaimRuleId = "claim_rule";
    /// An import that waits for its confirmation.
    ImportId = "import";
    /// A list of staff that waits until it was looked at.
    StaffListId = "staff_list";
    /// Something of one's own that is shown to others.
    SharingId = "sharing";
    /// A copy of everything about somebody.
    CopyId = "copy";
    TypesettingId = "typesetting";
    /// A review round of a draft.
    ReviewRoundId = "review_round";
    /// Somebody who reviews in one round.
    ReviewerId = "reviewer";
    ReviewCommentId = "review_comment";
    /// A line of the audit log; keys are in order of time.
    AuditId = "audit_entry";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_short_and_plain() {
        for good in ["a", "0197", "budgets-without-tears", "a_b"] {
            assert!(PersonId::parse(good).is_some(), "{good}");
        }
        let long = "a".repeat(KEY_BYTES + 1);
        for bad in ["", "A", "a b", "a:b", "⟨x⟩", "a'; DELETE person;", long.as_str()] {
            assert!(PersonId::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_hostile_id_is_refused_while_it_is_decoded() {
        assert!(serde_json::from_str::<ThreadId>("\"person:x\"").is_err());
    }
}
