//! The page of one's sharings.

use surrealdb_types::{Datetime, SurrealValue};

use super::{SharingRow, month_ahead, sharings};
use crate::courses::store::small;
use crate::db::Db;
use crate::error::Result;
use crate::id::{OrganisationId, PersonId};
use crate::sharing::model::{Look, PAST, ROLES, SharingPage, Shown, ShownToMe, What, holders};
use crate::vars;
use crate::viewer::{Person, Role, Viewer};

/// Looks on one page, and what others share.
pub(in crate::sharing) const PAGE: u32 = 50;

#[derive(SurrealValue)]
struct LookRow {
    name: Option<String>,
    what: String,
    at: Datetime,
}

/// Something that a person shares with the viewer, in one way or several.
#[derive(SurrealValue)]
struct WithMeRow {
    person: PersonId,
    what: String,
}

/// Where the viewer holds a role.
fn places(viewer: &Viewer, role: Role) -> Vec<OrganisationId> {
    viewer
        .organisations_as(role)
        .map(|place| place.organisation.clone())
        .collect()
}

/// Sharings with whoever holds a role, which names the places where the viewer
/// does; those of people who left are with nobody.
macro_rules! by_role {
    ($role:literal) => {
        concat!(
            "(IF $",
            $role,
            " = [] { [] } ELSE { (SELECT VALUE id FROM sharing WHERE organisation IN
                (SELECT VALUE id FROM organisation WHERE line CONTAINSANY $",
            $role,
            ") AND role = '",
            $role,
            "' AND person != $me AND ended = NONE AND until > time::now() AND (IF organisation = NONE { false } ELSE {
                record::exists(type::record('membership', [record::id(person), record::id(organisation)])) })) })"
        )
    };
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
        "SELECT viewer.name AS name, what, at, id FROM look WHERE person = $me ORDER BY at DESC, id LIMIT $limit START $looks_start;
         count(SELECT VALUE id FROM look WHERE person = $me);
         LET $shown = array::concat((SELECT VALUE id FROM sharing WHERE with_person = $me AND ended = NONE AND until > time::now()), ",
        by_role!("manager"),
        ", ",
        by_role!("trainer"),
        ", ",
        by_role!("facilitator"),
        ");
         LET $each = (SELECT person, what, person.name AS name FROM $shown GROUP BY person, what, name);
         array::len($each);
         LET $with_me = (SELECT person, what, name FROM $each ORDER BY name, person, what LIMIT $limit START $with_me_start);
         $with_me;",
        sharings!("person IN $with_me.person AND ended = NONE AND until > time::now() ORDER BY until DESC, id;")
    );
    let (looks_page, with_me_page) = (looks_page.clamp(1, 10_000), with_me_page.clamp(1, 10_000));
    let start = |page: u32| i64::from((page - 1) * PAGE);
    let [managers, trainers, facilitators] = ROLES.map(|role| places(viewer, role));
    let vars = vars! {
        "me" => person.id.clone(), "past" => PAST as i64, "limit" => i64::from(PAGE),
        "looks_start" => start(looks_page), "with_me_start" => start(with_me_page),
        "manager" => managers, "trainer" => trainers, "facilitator" => facilitators,
    };
    let mut lists = db.run(LISTS, vars).await?;
    let mut rows: Vec<SharingRow> = lists.rows(0)?;
    rows.extend(lists.rows::<SharingRow>(1)?);
    let looks: Vec<LookRow> = lists.rows(2)?;
    let looked = lists.row::<i64>(3)?.unwrap_or(0);
    let with_me_count = lists.row::<i64>(6)?.unwrap_or(0);
    let each: Vec<WithMeRow> = lists.rows(8)?;
    let mut theirs: Vec<SharingRow> = lists.rows(9)?;
    theirs.retain(|row| row.holds_for(viewer));
    let with_me = each.into_iter().filter_map(|one| to_me(&one, &theirs));
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
        looks_pages: pages(looked),
        with_me: with_me.collect(),
        with_me_page,
        with_me_pages: pages(with_me_count),
        choices: choices(viewer),
        last_day: month_ahead(&person.timezone),
    })
}

fn pages(count: i64) -> u32 {
    small(count).div_ceil(PAGE).max(1)
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

/// What is shared, as the sharing says it that lasts longest.
fn to_me(one: &WithMeRow, theirs: &[SharingRow]) -> Option<ShownToMe> {
    let row = theirs
        .iter()
        .find(|row| row.person == one.person && row.what == one.what)?;
    Some(ShownToMe {
        what: row.what()?,
        until: row.until_label(),
        person: row.person.clone(),
        name: row.name.clone().unwrap_or_default(),
        purpose: row.purpose.clone(),
    })
}

/// Whoever holds a role that one can share with in each of one's organisations.
fn choices(viewer: &Viewer) -> Vec<(String, String)> {
    let of = |role: Role| {
        viewer.memberships.iter().map(move |place| {
            (
                format!("{}-{}", role.as_str(), place.organisation),
                format!("{} of {}", holders(role), place.name),
            )
        })
    };
    ROLES.into_iter().flat_map(of).collect()
}
