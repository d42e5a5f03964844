//! People of no organisation in the database.

use surrealdb_types::{Datetime, SurrealValue};

use super::model::{Account, Chosen, LONGEST, PAGE, Unplaced};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::PersonId;
use crate::people::suspension::store as suspension;
use crate::time::seconds_since;
use crate::vars;
use crate::viewer::Viewer;

#[derive(SurrealValue)]
struct Found {
    count: i64,
    people: Vec<AccountRow>,
    chosen: Option<AccountRow>,
}

#[derive(SurrealValue)]
struct AccountRow {
    id: PersonId,
    name: String,
    email: String,
    suspended_until: Option<Datetime>,
    silenced_until: Option<Datetime>,
}

/// Closed accounts are of none too, and nobody's any more.
pub(super) const UNPLACED: &str = "{
    LET $part = fn::part_of_name($words);
    LET $all = (SELECT id, name FROM person WITH INDEX person_places WHERE places = 0 AND closed = NONE
        AND ($words = '' OR string::slug(name) CONTAINS $part OR email_key = $words) ORDER BY name, id);
    LET $page = array::slice($all.id, $start, $start + $limit);
    {
        count: array::len($all),
        people: (SELECT id, name, email, suspended_until, silenced_until FROM $page),
        chosen: IF $person = NONE { NONE } ELSE { (SELECT id, name, email, suspended_until, silenced_until FROM ONLY $person
            WHERE places = 0 AND closed = NONE) },
    }
};";

/// One page of them for site administrators, by a part of a name or an address.
pub async fn page(db: &Db, viewer: &Viewer, words: &str, page: u32, person: Option<&PersonId>) -> Result<Unplaced> {
    if !viewer.may_rule_site() {
        return Err(AppError::Forbidden);
    }
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let words: String = words.chars().take(LONGEST as usize).collect();
    let page = page.clamp(1, 10_000);
    let found: Found = db
        .read(
            UNPLACED,
            vars! {
                "words" => words.to_lowercase(), "limit" => i64::from(PAGE), "start" => i64::from((page - 1) * PAGE),
                "person" => person.cloned(),
            },
        )
        .await?;
    let chosen = match found.chosen {
        Some(row) => Some(chosen(db, viewer, row).await?),
        None if person.is_some() => return Err(AppError::NotFound),
        None => None,
    };
    let count = u32::try_from(found.count).unwrap_or(0);
    Ok(Unplaced {
        people: found.people.into_iter().map(AccountRow::into_account).collect(),
        count,
        page,
        pages: count.div_ceil(PAGE).max(1),
        words,
        chosen,
    })
}

async fn chosen(db: &Db, viewer: &Viewer, row: AccountRow) -> Result<Chosen> {
    Ok(Chosen {
        may_suspend: !viewer.is(&row.id),
        suspension: suspension::held(db, &row.id).await?,
        person: row.id,
        name: row.name,
        email: row.email,
    })
}

impl AccountRow {
    fn into_account(self) -> Account {
        let holds = |until: &Datetime| seconds_since(until) < 0;
        Account {
            suspended: [&self.suspended_until, &self.silenced_until]
                .into_iter()
                .flatten()
                .any(holds),
            person: self.id,
            name: self.name,
            email: self.email,
        }
    }
}
