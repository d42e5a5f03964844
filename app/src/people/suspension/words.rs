//! What takes words that others read. Whoever may not post for a time is refused
//! at these addresses before anything of them is looked at; a function that takes
//! such words at times only asks [`super::store::may_post`] itself. A test
//! (server/tests/access/words.rs) knows every function that takes a text and fails
//! at a new one that is neither here nor said to be read by nobody else.

use server_fn::ServerFn;

use crate::competencies::api as competencies;
use crate::courses::writing_api as courses;
use crate::derivations::api as derivations;
use crate::editions::api as editions;
use crate::jobs::api as jobs;
use crate::organisations::api as organisations;
use crate::outlines::api as outlines;
use crate::programmes::api as programmes;
use crate::publications::api as publications;
use crate::reviews::api as reviews;
use crate::role_profiles::api as role_profiles;
use crate::single_sign_on::api as single_sign_on;

/// Server functions whose words others read, whatever is sent.
pub const READ_BY_OTHERS: &[&str] = &[
    crate::sharing::api::Share::PATH,
    // What one shows to one person, and what they say of it.
    crate::evidence::forward::api::PutEvidenceForward::PATH,
    crate::evidence::forward::api::AnswerEvidence::PATH,
    // Reviews: what reviewers read, and what goes into letters to them.
    reviews::OpenReviewRound::PATH,
    reviews::ChangeReviewRound::PATH,
    reviews::InviteReviewer::PATH,
    reviews::ResolveReviewItem::PATH,
    reviews::AskAgain::PATH,
    // Courses and cohorts.
    courses::CreateCourse::PATH,
    courses::SaveCourse::PATH,
    courses::SaveLesson::PATH,
    programmes::OpenCohort::PATH,
    programmes::SaveCohort::PATH,
    // Competency sets: other curators read drafts, and everybody what is published.
    outlines::CreateSet::PATH,
    outlines::AddEntries::PATH,
    outlines::SaveEntry::PATH,
    outlines::RenameEntry::PATH,
    outlines::SaveFrame::PATH,
    outlines::SplitEntry::PATH,
    outlines::MergeEntries::PATH,
    derivations::DeriveSet::PATH,
    derivations::TakeUpdate::PATH,
    publications::SaveBookWords::PATH,
    role_profiles::MakeRoleProfile::PATH,
    role_profiles::SaveRoleProfile::PATH,
    // Job descriptions: their organisation's people read what is in use.
    jobs::MakeJob::PATH,
    jobs::SaveJob::PATH,
    jobs::SetJobState::PATH,
    competencies::ConfirmImport::PATH,
    competencies::PublishEdition::PATH,
    editions::PublishSections::PATH,
    editions::RetireEdition::PATH,
    // What an administrator names, or says of somebody.
    organisations::CreateOrganisation::PATH,
    organisations::SaveOrganisation::PATH,
    super::api::Suspend::PATH,
    single_sign_on::AddProvider::PATH,
    single_sign_on::SaveProvider::PATH,
    crate::terms::api::PublishTerms::PATH,
];

/// Whether what is sent to this address is read by others.
pub fn are_read_by_others(path: &str) -> bool {
    READ_BY_OTHERS.contains(&path)
}
