//! Looking at what somebody shares. For whom it is not shared, it is not there.

use super::{SharingRow, now, sharings};
use crate::assessments::gaps::Sort;
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{PersonId, SharingId};
use crate::plans::model::{Action, ActionKind};
use crate::sharing::model::{Shared, SharedGaps, SharedPlan, What};
use crate::vars;
use crate::viewer::{Person, Viewer};

/// Somebody's gaps to a role profile, the one they chose last when none is
/// named.
pub async fn gaps(db: &Db, viewer: &Viewer, person: &PersonId, profile: &str) -> Result<SharedGaps> {
    let open = opened(db, viewer, person, What::Gaps).await?;
    let whose = whose(viewer, person, &open.name)?;
    let content = crate::assessments::store::gaps(db, &whose, profile, Sort::Size).await?;
    Ok(open.with(content))
}

/// Somebody's goals and actions.
pub async fn plan(db: &Db, viewer: &Viewer, person: &PersonId) -> Result<SharedPlan> {
    let open = opened(db, viewer, person, What::Plan).await?;
    let whose = whose(viewer, person, &open.name)?;
    let plan = crate::plans::store::page(db, &Viewer::visitor(), &whose, None).await?;
    let actions = plan.actions.into_iter().map(|action| without_groups(action, viewer));
    Ok(open.with((plan.goals, actions.collect())))
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

/// Finds a sharing that holds for the viewer, and notes that they look.
async fn opened(db: &Db, viewer: &Viewer, person: &PersonId, what: What) -> Result<Shared<()>> {
    const THEIRS: &str =
        sharings!("person = $person AND ended = NONE AND until > time::now() ORDER BY begun DESC, id LIMIT 100;");
    let me = viewer.id().ok_or(AppError::NotFound)?;
    // Whoever may not know of the person any more does not look at their plan.
    let profile = crate::people::store::profile(db, viewer, person).await?;
    let rows: Vec<SharingRow> = db.rows(THEIRS, vars! { "person" => person.clone() }).await?;
    let mut rows: Vec<SharingRow> = rows.into_iter().filter(|row| row.holds_for(viewer)).collect();
    let found = rows
        .iter()
        .position(|row| row.what() == Some(what))
        .ok_or(AppError::NotFound)?;
    let row = rows.remove(found);
    let mut others: Vec<What> = rows
        .iter()
        .filter_map(SharingRow::what)
        .filter(|other| *other != what)
        .collect();
    others.dedup();
    looked(db, &row.id, person, me, what).await?;
    Ok(Shared {
        person: person.clone(),
        name: profile.name,
        until: row.until_label(),
        purpose: row.purpose,
        others,
        content: (),
    })
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

/// Notes who looked, once a day.
async fn looked(db: &Db, sharing: &SharingId, person: &PersonId, viewer: &PersonId, what: What) -> Result<()> {
    let day = now() / (24 * 60 * 60);
    db.write(
        "LET $look = type::record('look', [record::id($sharing), record::id($viewer), $day]);
         IF !record::exists($look) { CREATE $look SET person = $person, what = $what, viewer = $viewer };",
        vars! {
            "sharing" => sharing.clone(), "viewer" => viewer.clone(), "person" => person.clone(), "day" => day,
            "what" => what.as_str().to_owned(),
        },
    )
    .await
    .map(drop)
}
