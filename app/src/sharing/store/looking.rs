//! Looking at what somebody shares. For whom it is not shared, it is not there.

use super::{SharingRow, sharings};
use crate::assessments::gaps::Sort;
use crate::db::{Answers, Db};
use crate::error::{AppError, Result};
use crate::id::{PersonId, SharingId};
use crate::people::store::{acquaintance, acquainted, asking_of};
use crate::plans::model::{Action, ActionKind};
use crate::sharing::model::{Shared, SharedEvidence, SharedGaps, SharedPlan, SharedRecord, What};
use crate::vars;
use crate::viewer::{Person, Viewer};

/// Somebody's gaps to a role profile, the one they chose last when none is
/// named; where they chose none, a page of their ratings.
pub async fn gaps(db: &Db, viewer: &Viewer, person: &PersonId, profile: &str, page: u32) -> Result<SharedGaps> {
    let (open, look) = opened(db, viewer, person, What::Gaps).await?;
    let whose = whose(viewer, person, &open.name)?;
    let (_, gaps, ratings) = db
        .at_once(async {
            futures::try_join!(
                looked(db, viewer, &look),
                crate::assessments::store::gaps(db, &whose, profile, Sort::Size),
                crate::assessments::store::ratings(db, &whose, page),
            )
        })
        .await?;
    Ok(open.with((gaps, ratings)))
}

/// Somebody's goals and actions.
pub async fn plan(db: &Db, viewer: &Viewer, person: &PersonId) -> Result<SharedPlan> {
    let (open, look) = opened(db, viewer, person, What::Plan).await?;
    let (whose, nobody) = (whose(viewer, person, &open.name)?, Viewer::visitor());
    let (_, plan) = db
        .at_once(async {
            futures::try_join!(
                looked(db, viewer, &look),
                crate::plans::store::page(db, &nobody, &whose, None),
            )
        })
        .await?;
    let actions = plan.actions.into_iter().map(|action| without_groups(action, viewer));
    Ok(open.with((plan.goals, actions.collect())))
}

/// Somebody's record of learning.
pub async fn record(db: &Db, viewer: &Viewer, person: &PersonId, [courses, cohorts]: [u32; 2]) -> Result<SharedRecord> {
    let (open, look) = opened(db, viewer, person, What::Record).await?;
    let whose = whose(viewer, person, &open.name)?;
    let (_, record) = db
        .at_once(async {
            futures::try_join!(
                looked(db, viewer, &look),
                crate::records::store::record(db, viewer, &whose, [courses, cohorts, 1]),
            )
        })
        .await?;
    Ok(open.with(record))
}

/// A page of somebody's evidence.
pub async fn evidence(db: &Db, viewer: &Viewer, person: &PersonId, page: u32) -> Result<SharedEvidence> {
    let (open, look) = opened(db, viewer, person, What::Evidence).await?;
    let (_, list) = db
        .at_once(async {
            futures::try_join!(
                looked(db, viewer, &look),
                crate::evidence::store::shown(db, person, page),
            )
        })
        .await?;
    Ok(open.with(list))
}

/// Notes that the viewer looks at something of somebody's. For whom it is not shown,
/// it is not there.
pub(crate) async fn look(db: &Db, viewer: &Viewer, person: &PersonId, what: What) -> Result<()> {
    let (_, look) = opened(db, viewer, person, what).await?;
    looked(db, viewer, &look).await
}

/// The names of groups are not the person's to show: a group that the viewer
/// is not in is not named.
fn without_groups(action: Action, viewer: &Viewer) -> Action {
    let known = |href: &str| {
        viewer
            .groups
            .iter()
            .any(|group| href == format!("/groups/{}", group.slug))
    };
    if action.kind != ActionKind::Group || action.href.as_deref().is_some_and(known) {
        return action;
    }
    Action {
        title: "A study group that you are not in".into(),
        href: None,
        ..action
    }
}

/// The person whose pages are read, with days as the viewer's zone has them.
fn whose(viewer: &Viewer, person: &PersonId, name: &str) -> Result<Person> {
    let me = viewer.person.as_ref().ok_or(AppError::NotFound)?;
    Ok(Person {
        id: person.clone(),
        name: name.to_owned(),
        ..me.clone()
    })
}

/// A look to note: at what of whom, through which sharing, on which day where
/// the person is.
struct NewLook {
    sharing: SharingId,
    person: PersonId,
    what: What,
    day: String,
}

/// Reads whether the viewer may know of somebody, and after those four answers
/// what they share, for [`shown`].
pub(crate) const THEIRS: &str = concat!(
    acquainted!(),
    sharings!("person = $person AND ended = NONE AND until > time::now() ORDER BY begun DESC, id LIMIT 100;")
);

/// What somebody shows to the viewer now.
pub(crate) fn shown(answers: &mut Answers, viewer: &Viewer, person: &PersonId) -> Result<Vec<What>> {
    let rows = holding(answers, viewer)?;
    let shown = |what: &What| !viewer.is(person) && rows.iter().any(|row| row.what() == Some(*what));
    Ok(What::ALL.into_iter().filter(shown).collect())
}

fn holding(answers: &mut Answers, viewer: &Viewer) -> Result<Vec<SharingRow>> {
    let rows = answers.rows::<SharingRow>(4)?;
    Ok(rows.into_iter().filter(|row| row.holds_for(viewer)).collect())
}

/// Finds a sharing that holds for the viewer.
async fn opened(db: &Db, viewer: &Viewer, person: &PersonId, what: What) -> Result<(Shared<()>, NewLook)> {
    let mut answers = db.run(THEIRS, asking_of(viewer, person)?).await?;
    // Whoever may not know of the person any more does not look at their plan.
    let known = acquaintance(&mut answers, viewer, person)?;
    let mut rows = holding(&mut answers, viewer)?;
    let found = rows
        .iter()
        .position(|row| row.what() == Some(what))
        .ok_or(AppError::NotFound)?;
    let row = rows.remove(found);
    let shown = |other: &What| *other != what && rows.iter().any(|row| row.what() == Some(*other));
    let others = What::ALL.into_iter().filter(shown).collect();
    let look = NewLook {
        sharing: row.id.clone(),
        person: person.clone(),
        what,
        day: crate::time::today(row.zone.as_deref().unwrap_or("UTC")),
    };
    let shared = Shared {
        person: person.clone(),
        name: known.name,
        until: row.until_label(),
        purpose: row.purpose,
        others,
        content: (),
    };
    Ok((shared, look))
}

impl Shared<()> {
    fn with<T>(self, content: T) -> Shared<T> {
        let Self {
            person,
            name,
            purpose,
            until,
            others,
            content: (),
        } = self;
        Shared {
            person,
            name,
            purpose,
            until,
            others,
            content,
        }
    }
}

/// Notes who looked, once a day, and again where it was shared anew since; what was
/// noted stays. Nothing is shown of which it was not noted.
async fn looked(db: &Db, viewer: &Viewer, look: &NewLook) -> Result<()> {
    let me = viewer.id().ok_or(AppError::NotFound)?;
    db.write(
        "LET $look = type::record('look', [record::id($sharing), record::id($viewer), $day]);
         LET $again = type::record('look', [record::id($sharing), record::id($viewer), $day, <string> $sharing.begun]);
         IF !record::exists($look) { CREATE $look SET person = $person, what = $what, viewer = $viewer }
         ELSE IF $look.at < $sharing.begun AND !record::exists($again) { CREATE $again SET person = $person, what = $what, viewer = $viewer };",
        vars! {
            "sharing" => look.sharing.clone(), "viewer" => me.clone(), "person" => look.person.clone(),
            "day" => look.day.clone(), "what" => look.what.as_str().to_owned(),
        },
    )
    .await
    .map(drop)
}
