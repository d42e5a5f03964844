//! The page of one's sharings.

use surrealdb_types::{Datetime, SurrealValue};

use super::{SharingRow, month_ahead, sharings};
use crate::db::Db;
use crate::error::Result;
use crate::id::OrganisationId;
use crate::sharing::model::{Look, ROLES, SharingPage, Shown, ShownToMe, What};
use crate::vars;
use crate::viewer::{Person, Role, Viewer};

/// Of what is over, so many of the latest are shown.
const PAST: usize = 20;

/// Looks on one page, and what others share.
pub(in crate::sharing) const PAGE: u32 = 50;

#[derive(SurrealValue)]
struct LookRow {
    name: Option<String>,
    what: String,
    at: Datetime,
}

/// Where the viewer holds a role.
fn places(viewer: &Viewer, role: Role) -> Vec<OrganisationId> {
    viewer
        .organisations_as(role)
        .map(|place| place.organisation.clone())
        .collect()
}

/// What the viewer shares, who looked, and what is shared with them: of the last
/// two the pages that are asked for.
pub async fn page(
    db: &Db,
    viewer: &Viewer,
    person: &Person,
    (looks_page, with_me_page): (u32, u32),
) -> Result<SharingPage> {
    // What holds is all shown: it is bounded when it is shared.
    const LISTS: &str = concat!(
        sharings!("person = $me AND ended = NONE AND until > time::now() ORDER BY begun DESC, id;"),
        sharings!("person = $me AND (ended != NONE OR until <= time::now()) ORDER BY begun DESC, id LIMIT $past;"),
        sharings!("with_person = $me AND ended = NONE AND until > time::now() ORDER BY until, id LIMIT 5000;"),
        "SELECT viewer.name AS name, what, at, id FROM look WHERE person = $me ORDER BY at DESC, id LIMIT $limit START $start;
         count(SELECT VALUE id FROM look WHERE person = $me);"
    );
    const ROLE: &str = sharings!(
        "organisation IN (SELECT VALUE id FROM organisation WHERE line CONTAINSANY $places) AND role = $role
            AND person != $me AND ended = NONE AND until > time::now() ORDER BY until, id LIMIT 5000;"
    );
    let (looks_page, with_me_page) = (looks_page.clamp(1, 10_000), with_me_page.clamp(1, 10_000));
    let vars = vars! {
        "me" => person.id.clone(), "past" => PAST as i64, "limit" => i64::from(PAGE),
        "start" => i64::from((looks_page - 1) * PAGE),
    };
    let by_role = ROLES.map(|role| (role, places(viewer, role)));
    let by_role = by_role.into_iter().filter(|(_, places)| !places.is_empty());
    let by_role = by_role.map(|(role, places)| {
        let vars = vars! { "me" => person.id.clone(), "places" => places, "role" => role.as_str().to_owned() };
        db.rows::<SharingRow>(ROLE, vars)
    });
    let by_role = futures::future::try_join_all(by_role);
    let (mut lists, by_role) = db
        .at_once(async { futures::try_join!(db.run(LISTS, vars), by_role) })
        .await?;
    let mut rows: Vec<SharingRow> = lists.rows(0)?;
    rows.extend(lists.rows::<SharingRow>(1)?);
    let mut with_me: Vec<SharingRow> = lists.rows(2)?;
    let looks: Vec<LookRow> = lists.rows(3)?;
    let looked = lists.row::<i64>(4)?.unwrap_or(0);
    with_me.extend(by_role.into_iter().flatten());
    with_me.retain(|row| row.holds_for(viewer));
    with_me.sort_by_key(|row| (row.name.clone(), row.person.clone(), row.what.clone()));
    with_me.dedup_by_key(|row| (row.person.clone(), row.what.clone()));
    let with_me: Vec<ShownToMe> = with_me.into_iter().filter_map(to_me).collect();
    let skipped = (with_me_page - 1) * PAGE;
    let with_me_pages = pages(with_me.len());
    let (mine, past): (Vec<_>, Vec<_>) = rows.into_iter().partition(SharingRow::holds);
    Ok(SharingPage {
        mine: mine
            .into_iter()
            .filter_map(|row| shown(row, &person.timezone))
            .collect(),
        past: past
            .into_iter()
            .filter_map(|row| shown(row, &person.timezone))
            .take(PAST)
            .collect(),
        looks: looks
            .into_iter()
            .filter_map(|row| look(row, &person.timezone))
            .collect(),
        looks_page,
        looks_pages: pages(usize::try_from(looked).unwrap_or(0)),
        with_me: with_me.into_iter().skip(skipped as usize).take(PAGE as usize).collect(),
        with_me_page,
        with_me_pages,
        choices: choices(viewer),
        last_day: month_ahead(&person.timezone),
    })
}

fn pages(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(0).div_ceil(PAGE).max(1)
}

fn shown(row: SharingRow, zone: &str) -> Option<Shown> {
    let until = match &row.ended {
        Some(ended) => format!("ended {}", crate::time::day(ended, zone)),
        None => row.until_label(),
    };
    Some(Shown {
        what: row.what()?,
        with: row.with(),
        id: row.id,
        purpose: row.purpose,
        until,
    })
}

fn look(row: LookRow, zone: &str) -> Option<Look> {
    Some(Look {
        viewer: row.name.unwrap_or_default(),
        what: What::parse(&row.what)?,
        day: crate::time::day(&row.at, zone),
    })
}

fn to_me(row: SharingRow) -> Option<ShownToMe> {
    Some(ShownToMe {
        what: row.what()?,
        until: row.until_label(),
        person: row.person,
        name: row.name.unwrap_or_default(),
        purpose: row.purpose,
    })
}

/// Managers and trainers of each of one's organisations.
fn choices(viewer: &Viewer) -> Vec<(String, String)> {
    let of = |role: Role, words: &'static str| {
        viewer.memberships.iter().map(move |place| {
            (
                format!("{}-{}", role.as_str(), place.organisation),
                format!("{words} of {}", place.name),
            )
        })
    };
    of(Role::Manager, "Managers")
        .chain(of(Role::Trainer, "Trainers"))
        .collect()
}
