//! What somebody has beside their password, and what was shown of it: asked by
//! signing in, and by whatever adds, reveals or removes a factor.

use surrealdb_types::SurrealValue;

use crate::db::Db;
use crate::error::Result;
use crate::id::{PersonId, SessionId};
use crate::people::second_factor::model::{Held, Waiting};
use crate::people::sessions::SURE_MINUTES;
use crate::people::sign_in_rules::model::{AskedOf, Standing};
use crate::vars;
use crate::viewer::{Person, Role};

#[derive(SurrealValue)]
struct HeldRow {
    app: bool,
    passkey: bool,
    shown: bool,
}

/// What somebody has, and whether they showed it in this session within the
/// last [`SURE_MINUTES`].
pub async fn held(db: &Db, person: &Person) -> Result<Held> {
    let row: HeldRow = db
        .read(
            "{
                app: record::exists(type::record('second_factor', [record::id($person)])),
                passkey: array::len((SELECT VALUE id FROM passkey WHERE person = $person LIMIT 1)) > 0,
                shown: ($opened.factor_shown ?? d'1970-01-01T00:00:00Z') > time::now() - duration::from_mins($minutes),
            };",
            vars! { "person" => person.id.clone(), "opened" => person.session.clone(), "minutes" => SURE_MINUTES },
        )
        .await?;
    Ok(Held {
        app: row.app,
        passkey: row.passkey,
        shown: row.shown,
    })
}

/// Notes that a factor was shown in a session.
pub async fn note_shown(db: &Db, session: &SessionId) -> Result<()> {
    db.write(
        "UPDATE $opened SET factor_shown = time::now();",
        vars! { "opened" => session.clone() },
    )
    .await
    .map(drop)
}

/// Whether somebody goes on where two factors are asked of them: codes are asked
/// for at their sign-ins, or a passkey opened this session.
pub async fn acts_with_two(db: &Db, person: &Person) -> Result<bool> {
    db.read(
        "record::exists(type::record('second_factor', [record::id($person)])) OR ($opened.two_factors ?? false);",
        vars! { "person" => person.id.clone(), "opened" => person.session.clone() },
    )
    .await
}

#[derive(SurrealValue)]
struct SigningInRow {
    app: bool,
    passkey: bool,
    asked_of: Option<String>,
    site_administrator: bool,
    roles: Vec<Vec<String>>,
    facilitates: bool,
}

/// What a sign-in waits for once somebody's first factor was right, if for
/// anything.
pub async fn waits_for(db: &Db, person: &PersonId) -> Result<Option<Waiting>> {
    let row: SigningInRow = db
        .read(
            "{
                app: record::exists(type::record('second_factor', [record::id($person)])),
                passkey: array::len((SELECT VALUE id FROM passkey WHERE person = $person LIMIT 1)) > 0,
                asked_of: sign_in_rule:second_factor.asked_of,
                site_administrator: $person.site_administrator ?? false,
                roles: (SELECT VALUE roles FROM membership WHERE person = $person LIMIT 100),
                facilitates: array::len((SELECT VALUE id FROM group_membership WHERE person = $person AND facilitator = true LIMIT 1)) > 0,
            };",
            vars! { "person" => person.clone() },
        )
        .await?;
    let standing = Standing {
        site_administrator: row.site_administrator,
        roles: row
            .roles
            .iter()
            .flatten()
            .filter_map(|role| Role::parse(role))
            .collect(),
        facilitates: row.facilitates,
    };
    let rule = row.asked_of.as_deref().and_then(AskedOf::parse);
    let held = Held {
        app: row.app,
        passkey: row.passkey,
        shown: false,
    };
    Ok(held.waits_for(rule.is_some_and(|rule| rule.asks(&standing))))
}
