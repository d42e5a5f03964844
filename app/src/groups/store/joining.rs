//! Making groups, joining and leaving them.

use super::{forbidden, key};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{CohortId, CourseId, GroupId, OrganisationId};
use crate::vars;
use crate::viewer::Viewer;

/// A group to make.
pub struct NewGroup {
    pub slug: String,
    pub organisation: OrganisationId,
    pub title: String,
    pub summary: String,
    pub public: bool,
    /// What it works through, a course or a cohort.
    pub course: Option<CourseId>,
    pub cohort: Option<CohortId>,
}

/// Makes a group without members.
pub async fn create(db: &Db, new: NewGroup) -> Result<GroupId> {
    let id = GroupId::random();
    db.write(
        "CREATE $id SET slug = $slug, organisation = $organisation, title = $title, summary = $summary, public = $public,
            subject = $course ?? $cohort;",
        vars! {
            "id" => id.clone(), "slug" => new.slug, "organisation" => new.organisation, "title" => new.title,
            "summary" => new.summary, "public" => new.public, "course" => new.course, "cohort" => new.cohort,
        },
    )
    .await?;
    Ok(id)
}

/// How many groups somebody can belong to: as many as are loaded with them.
const MOST: u32 = 200;

/// Joins a public group, or changes nothing for its members. What was said
/// before counts as read, so that nobody begins with a backlog. The group's
/// record is written too, so that a post at the same moment is counted once.
pub async fn join(db: &Db, viewer: &Viewer, group: &GroupId) -> Result<()> {
    let person = viewer.id().ok_or(AppError::SignInNeeded)?;
    db.write(
        "LET $head = (SELECT public, posts FROM $group)[0];
         LET $membership = type::record('group_membership', [$me, $group_key]);
         IF $head = NONE OR (!$head.public AND !record::exists($membership)) { THROW 'not found' };
         IF !record::exists($membership) AND array::len((SELECT VALUE id FROM group_membership:[$me, NONE]..=[$me, {}])) >= $most {
            THROW 'You belong to as many groups as one person can. Leave one first.';
         };
         IF !record::exists($membership) {
            FOR $thread IN (SELECT id, posts FROM thread WHERE study_group = $group) {
                UPSERT type::record('reading', [$me, record::id($thread.id)])
                    SET person = $person, thread = $thread.id, study_group = $group, last_read = $thread.posts, at = time::now();
            };
            CREATE $membership SET person = $person, study_group = $group, posts_read = $head.posts;
            UPDATE $group SET members += 1;
         };",
        vars! {
            "group" => group.clone(), "group_key" => group.as_str().to_owned(), "me" => key(viewer), "person" => person.clone(),
            "most" => i64::from(MOST),
        },
    )
    .await
    .map(drop)
}

/// Leaves a group, or changes nothing for those who are not in it. The last
/// facilitator stays; the group's record is written, so that of two who leave
/// at once one sees the other gone.
pub async fn leave(db: &Db, viewer: &Viewer, group: &GroupId) -> Result<()> {
    let person = viewer.id().ok_or(AppError::SignInNeeded)?;
    db.write(
        "LET $head = (SELECT public FROM $group)[0];
         LET $membership = type::record('group_membership', [$me, $group_key]);
         LET $mine = (SELECT facilitator FROM $membership)[0];
         IF $head = NONE OR (!$head.public AND $mine = NONE) { THROW 'not found' };
         LET $others = SELECT VALUE id FROM group_membership
            WHERE study_group = $group AND facilitator = true AND person != $person LIMIT 1;
         IF $mine.facilitator = true AND array::len($others) = 0 {
            THROW 'You are the only facilitator here. Make somebody else one before you leave.';
         };
         IF $mine != NONE {
            DELETE $membership;
            DELETE reading WHERE person = $person AND study_group = $group;
            UPDATE $group SET members -= 1;
         };",
        vars! {
            "group" => group.clone(), "group_key" => group.as_str().to_owned(), "me" => key(viewer), "person" => person.clone(),
        },
    )
    .await
    .map(drop)
    .map_err(forbidden)
}
