//! What is noted, in words, and how it is looked for.

use serde::{Deserialize, Serialize};

use crate::error::FieldErrors;
use crate::id::AuditId;
use crate::people::sign_in_rules::model::AskedOf;
use crate::retention::model::Kept;
use crate::viewer::Role;

macro_rules! acts {
    ($($act:ident = $word:literal, $label:literal;)*) => {
        /// Something that is noted.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        pub enum Act {
            $($act,)*
        }

        impl Act {
            pub const ALL: &[Self] = &[$(Self::$act,)*];

            /// The word in the database and in addresses.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$act => $word,)*
                }
            }

            /// The words on the screen.
            pub fn label(self) -> &'static str {
                match self {
                    $(Self::$act => $label,)*
                }
            }
        }
    };
}

acts! {
    SignedIn = "signed_in", "Signed in";
    SignInFailed = "sign_in_failed", "Failed to sign in";
    ConfirmFailed = "confirm_failed", "Failed to show once more who they are";
    SignedOut = "signed_out", "Signed out";
    SessionEnded = "session_ended", "Ended a session";
    PasswordChanged = "password_changed", "Changed a password";
    PasswordReset = "password_reset", "Set a new password by a link";
    PasswordLinkMade = "password_link_made", "Made a link to a new password";
    SecondFactorOn = "second_factor_on", "Switched a second factor on";
    SecondFactorOff = "second_factor_off", "Switched a second factor off";
    CodeFailed = "code_failed", "Failed to give a code";
    RecoveryCodesMade = "recovery_codes_made", "Made new recovery codes";
    RecoveryCodeUsed = "recovery_code_used", "Used a recovery code";
    SignInRuleLaid = "sign_in_rule_laid", "Laid down a rule for signing in";
    SignInRuleLifted = "sign_in_rule_lifted", "Lifted a rule for signing in";
    PasskeyMade = "passkey_made", "Made a passkey";
    PasskeyRemoved = "passkey_removed", "Removed a passkey";
    ProviderAdded = "provider_added", "Added a provider of single sign-on";
    ProviderChanged = "provider_changed", "Changed a provider of single sign-on";
    ProviderRemoved = "provider_removed", "Removed a provider of single sign-on";
    ClaimRuleLaid = "claim_rule_laid", "Said who joins from a provider";
    ClaimRuleLifted = "claim_rule_lifted", "Ended who joins from a provider";
    IdentityLinked = "identity_linked", "Linked an account at a provider";
    IdentityUnlinked = "identity_unlinked", "Took away an account at a provider";
    AddressConfirmed = "address_confirmed", "Confirmed an e-mail address";
    AddressChanged = "address_changed", "Changed an e-mail address";
    AccountMade = "account_made", "Made an account";
    AccountClosed = "account_closed", "Closed an account";
    Suspended = "suspended", "Suspended somebody";
    Silenced = "silenced", "Barred somebody from posting";
    SuspensionLifted = "suspension_lifted", "Lifted a suspension";
    SiteRoleGiven = "site_role_given", "Made somebody site administrator";
    SiteRoleTaken = "site_role_taken", "Ended somebody’s site administration";
    Invited = "invited", "Made an invitation";
    StaffInvited = "staff_invited", "Made links for a list of staff";
    InvitationWithdrawn = "invitation_withdrawn", "Withdrew an invitation";
    MembershipBegun = "membership_begun", "Added to an organisation";
    Joined = "joined", "Joined an organisation";
    RolesChanged = "roles_changed", "Changed roles";
    MembershipEnded = "membership_ended", "Ended a membership";
    OrganisationMade = "organisation_made", "Made an organisation";
    OrganisationChanged = "organisation_changed", "Changed an organisation";
    OrganisationMoved = "organisation_moved", "Moved an organisation";
    JoiningChanged = "joining_changed", "Changed who may join";
    SetBegun = "set_begun", "Began a competency set";
    SetImported = "set_imported", "Imported a competency set";
    ImportUndone = "import_undone", "Took the import of a competency set back";
    EditionDraft = "edition_draft", "Made an edition a draft again";
    EditionDropped = "edition_dropped", "Threw a draft away";
    EditionInReview = "edition_in_review", "Sent an edition to review";
    ReviewOpened = "review_opened", "Opened a review round";
    ReviewCalledOff = "review_called_off", "Called off a review round";
    ReviewSignedOff = "review_signed_off", "Signed off a review round";
    PublishedUnreviewed = "published_unreviewed", "Published what was not reviewed as it stands";
    AcknowledgementStruck = "acknowledgement_struck", "Took a name out of the acknowledgements";
    EditionPublished = "edition_published", "Published an edition";
    EditionRetired = "edition_retired", "Retired an edition";
    RoleProfileMade = "role_profile_made", "Made a role profile";
    RoleProfileChanged = "role_profile_changed", "Changed a role profile";
    RoleProfileRemoved = "role_profile_removed", "Removed a role profile";
    JobMade = "job_made", "Began a job description";
    JobUsed = "job_used", "Put a job description in use";
    JobWithdrawn = "job_withdrawn", "Withdrew a job description";
    JobRemoved = "job_removed", "Removed a job description";
    CourseMade = "course_made", "Began a course";
    CoursePublished = "course_published", "Published a course";
    CourseWithdrawn = "course_withdrawn", "Took a course out of the catalogue";
    CourseDeleted = "course_deleted", "Deleted a course";
    CohortOpened = "cohort_opened", "Opened a cohort";
    CohortChanged = "cohort_changed", "Changed a cohort";
    CohortDeleted = "cohort_deleted", "Deleted a cohort";
    Enrolled = "enrolled", "Enrolled somebody in a cohort";
    EnrolmentEnded = "enrolment_ended", "Ended an enrolment";
    DataCopied = "data_copied", "Took a copy of everything about them";
    AuditExported = "audit_exported", "Downloaded the audit log";
    TermsPublished = "terms_published", "Published terms of use";
    AccessRefused = "access_refused", "Was refused access";
    ForgedRefused = "forged_refused", "Sent a forged request, which was refused";
    RetentionChanged = "retention_changed", "Changed how long something is kept";
}

/// What the acts are about, each by the first of them in their order.
const TOPICS: [(Act, &str); 6] = [
    (Act::SignedIn, "Signing in"),
    (Act::AddressConfirmed, "Accounts"),
    (Act::Invited, "Organisations and their people"),
    (Act::SetBegun, "Competency sets, role profiles and job descriptions"),
    (Act::CourseMade, "Courses and cohorts"),
    (Act::DataCopied, "The site and its data"),
];

impl Act {
    /// All of them by what they are about.
    pub fn by_topic() -> Vec<(&'static str, Vec<Self>)> {
        let mut topics: Vec<(&str, Vec<Self>)> = Vec::new();
        for act in Self::ALL {
            if let Some((_, topic)) = TOPICS.iter().find(|(first, _)| first == act) {
                topics.push((*topic, Vec::new()));
            }
            if let Some((_, acts)) = topics.last_mut() {
                acts.push(*act);
            }
        }
        topics
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|act| act.as_str() == word)
    }
}

/// How the database names a rule that asks for a second factor, after of whom.
const SECOND_FACTOR: &str = "_need_second_factor";

/// What an entry is about, with the words of the database as the screen has them.
pub fn in_words(act: Option<Act>, about: &str) -> String {
    let known = |word: &str| match act? {
        Act::MembershipBegun
        | Act::Joined
        | Act::RolesChanged
        | Act::MembershipEnded
        | Act::Invited
        | Act::InvitationWithdrawn
        | Act::ClaimRuleLaid
        | Act::ClaimRuleLifted => Role::parse(word).map(|role| role.label().to_lowercase()),
        Act::RetentionChanged => Kept::parse(word).map(|kept| kept.label().to_lowercase()),
        Act::SignInRuleLaid | Act::SignInRuleLifted => {
            let asked = word.strip_suffix(SECOND_FACTOR).and_then(AskedOf::parse)?;
            Some(format!("a second factor for {}", asked.label().to_lowercase()))
        }
        _ => None,
    };
    about
        .split_inclusive([' ', ','])
        .map(|piece| {
            let word = piece.trim_end_matches([' ', ',']);
            let rest = &piece[word.len()..];
            known(word).map_or_else(|| piece.to_owned(), |words| words + rest)
        })
        .collect()
}

/// One line of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub id: AuditId,
    pub at: String,
    pub at_label: String,
    pub act: String,
    /// Who did it, as they are called now, or that nobody was signed in.
    pub by: String,
    /// To whom it was done; empty where to nobody.
    pub whom: String,
    pub about: String,
    pub organisation: String,
    pub network: String,
}

/// What is looked for, as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Asked {
    /// Part of a name, of who did it or of whom it was done to.
    pub who: String,
    pub act: String,
    /// Days (YYYY-MM-DD) in the reader's zone, both included.
    pub from: String,
    pub to: String,
}

/// The longest name that is looked for, in characters.
pub const WHO_CHARACTERS: usize = 120;

impl Asked {
    /// What cannot be looked for, by field.
    pub fn errors(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        if self.who.chars().count() > WHO_CHARACTERS {
            errors.add("who", "A name has at most 120 characters.");
        }
        if !self.act.is_empty() && Act::parse(&self.act).is_none() {
            errors.add("act", "Choose one from the list.");
        }
        for (field, day) in [("from", &self.from), ("to", &self.to)] {
            if !day.is_empty() && !is_day(day) {
                errors.add(field, "Enter a day such as 2026-11-26.");
            }
        }
        if errors.is_empty() && !self.from.is_empty() && !self.to.is_empty() && self.from > self.to {
            errors.add("to", "The last day lies before the first.");
        }
        errors
    }

    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// As it stands in an address, to follow a `?`.
    pub fn query(&self) -> String {
        let fields = [
            ("who", &self.who),
            ("act", &self.act),
            ("from", &self.from),
            ("to", &self.to),
        ];
        let pairs = fields.into_iter().filter(|(_, value)| !value.is_empty());
        let pairs = pairs.map(|(name, value)| format!("{name}={}", crate::paths::segment(value)));
        pairs.collect::<Vec<_>>().join("&")
    }
}

/// Whether a text has the form of a day; the database refuses those that no
/// calendar has.
fn is_day(text: &str) -> bool {
    let parts: Vec<_> = text.split('-').collect();
    let number = |part: &str, most: u32| part.parse().is_ok_and(|number: u32| (1..=most).contains(&number));
    let digits = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    digits
        && parts.len() == 3
        && (2000..=2100).contains(&parts[0].parse::<u32>().unwrap_or(0))
        && number(parts[1], 12)
        && number(parts[2], 31)
}

/// A page of the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPage {
    /// The organisation whose it is, as slug and name; of the whole site none.
    pub organisation: Option<(String, String)>,
    /// How many people ask to join it.
    pub asking: u32,
    pub asked: Asked,
    pub errors: FieldErrors,
    pub entries: Vec<Entry>,
    /// Whether this is not the newest page.
    pub later: bool,
    /// Where the next older page begins.
    pub older: Option<AuditId>,
    /// For how many days entries are kept.
    pub days: u32,
}

/// For how many days entries can be kept, with the words for it.
pub const RETENTIONS: [(u32, &str); 5] = [
    (180, "Half a year"),
    (365, "A year"),
    (730, "Two years"),
    (1825, "Five years"),
    (3650, "Ten years"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn between(from: &str, to: &str) -> FieldErrors {
        Asked {
            from: from.into(),
            to: to.into(),
            ..Asked::default()
        }
        .errors()
    }

    #[test]
    fn days_are_days_in_order() {
        assert!(between("2026-11-01", "2026-11-01").is_empty() && between("", "").is_empty());
        assert!(between("2026-11-02", "2026-11-01").get("to").is_some());
        for bad in ["yesterday", "2026-13-01", "2026-1-1", "0000-00-00", "2026-11-26T1"] {
            assert!(between(bad, "").get("from").is_some(), "{bad}");
        }
    }

    #[test]
    fn what_is_asked_stands_in_the_address() {
        let asked = Asked {
            who: "Marín & co".into(),
            act: "signed_in".into(),
            ..Asked::default()
        };
        assert_eq!(asked.query(), "who=Mar%C3%ADn%20%26%20co&act=signed_in");
        assert!(asked.errors().is_empty());
        assert!(
            Asked {
                act: "danced".into(),
                ..Asked::default()
            }
            .errors()
            .get("act")
            .is_some()
        );
    }

    #[test]
    fn what_it_is_about_is_said_in_words() {
        for (act, about, words) in [
            (
                Act::RolesChanged,
                "learner → organisation_administrator, reviewer",
                "learner → organisation administrator, reviewer",
            ),
            (
                Act::Invited,
                "organisation_administrator, for 3",
                "organisation administrator, for 3",
            ),
            (
                Act::SignInRuleLaid,
                "administrators_need_second_factor",
                "a second factor for administrators",
            ),
            (
                Act::SignInRuleLifted,
                "role_holders_need_second_factor",
                "a second factor for everybody with a role beyond learner",
            ),
            // A name is not a word of ours.
            (Act::OrganisationMade, "The reviewer, learner", "The reviewer, learner"),
        ] {
            assert_eq!(in_words(Some(act), about), words);
        }
        assert_eq!(in_words(None, "learner"), "learner");
    }

    #[test]
    fn every_act_has_one_topic() {
        let topics = Act::by_topic();
        assert_eq!(topics.len(), TOPICS.len());
        let acts: Vec<Act> = topics.into_iter().flat_map(|(_, acts)| acts).collect();
        assert_eq!(acts, Act::ALL);
    }

    #[test]
    fn every_act_has_one_word() {
        for act in Act::ALL {
            assert_eq!(Act::parse(act.as_str()), Some(*act));
        }
    }
}
