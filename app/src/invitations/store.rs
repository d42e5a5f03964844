//! Invitations in the database. The key is the hash of the link's token.

use surrealdb_types::{Datetime, SurrealValue};

use super::model::{Invitations, Sent, Terms};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::groups::model::FormKey;
use crate::id::{InvitationId, OrganisationId};
use crate::mail::Letter;
use crate::organisations::store::{administered, administered_by_slug};
use crate::people::store::words;
use crate::people::tokens;
use crate::vars;
use crate::viewer::{Role, Viewer};

/// Invitations on one page.
const PAGE: u32 = 50;

#[derive(SurrealValue)]
struct SentRow {
    id: InvitationId,
    roles: Vec<String>,
    name: String,
    email: String,
    invited_by: String,
    uses_left: i64,
    uses: i64,
    expires: Datetime,
}

/// The invitations of an organisation that still work, the newest first; and the
/// token of a link that this browser made, if it is one of them.
pub async fn list(db: &Db, viewer: &Viewer, slug: &str, page: u32, made: Option<String>) -> Result<Invitations> {
    let own = administered_by_slug(db, viewer, slug).await?;
    let page = page.clamp(1, 10_000);
    let mut answers = db
        .run(
            "count(SELECT VALUE id FROM invitation WHERE organisation = $organisation AND uses_left > 0 AND expires > time::now());
             SELECT id, roles, name, email, invited_by.name AS invited_by, uses_left, uses, expires, created FROM invitation
                WHERE organisation = $organisation AND uses_left > 0 AND expires > time::now()
                ORDER BY created DESC, id LIMIT $limit START $start;
             $made != NONE AND (SELECT VALUE id FROM type::record('invitation', $made ?? '')
                WHERE organisation = $organisation AND uses_left > 0 AND expires > time::now()) != [];",
            vars! {
                "organisation" => own.id.clone(), "limit" => i64::from(PAGE), "start" => i64::from((page - 1) * PAGE),
                "made" => made.as_deref().map(tokens::key),
            },
        )
        .await?;
    let count = answers.row::<i64>(0)?.unwrap_or(0);
    let rows = answers.rows::<SentRow>(1)?;
    let works = answers.row::<bool>(2)? == Some(true);
    Ok(Invitations {
        asking: own.asking(),
        organisation: own.id,
        slug: own.slug,
        name: own.name,
        sent: rows.into_iter().map(|row| sent(row, viewer.timezone())).collect(),
        page,
        pages: small(count).div_ceil(PAGE).max(1),
        made: made.filter(|_| works),
        key: FormKey::random().into(),
        mail: false,
    })
}

fn sent(row: SentRow, zone: &str) -> Sent {
    Sent {
        id: row.id,
        roles: row.roles.iter().filter_map(|role| Role::parse(role)).collect(),
        name: row.name,
        email: row.email,
        invited_by: row.invited_by,
        left: small(row.uses_left),
        uses: small(row.uses),
        until: crate::time::label(&row.expires, zone),
        until_iso: crate::time::iso(&row.expires),
    }
}

fn small(n: i64) -> u32 {
    u32::try_from(n).unwrap_or(0)
}

/// Invites to an organisation that the viewer looks after, by a link with this
/// token; again makes no second one. What has run out there is forgotten.
pub async fn invite(db: &Db, viewer: &Viewer, organisation: &OrganisationId, terms: &Terms, token: &str) -> Result<()> {
    invite_by(db, viewer, organisation, terms, token, |_| Vec::new()).await
}

/// The same with the letters that carry the link: `write` is given the name of
/// the organisation.
pub async fn invite_by(
    db: &Db,
    viewer: &Viewer,
    organisation: &OrganisationId,
    terms: &Terms,
    token: &str,
    write: impl FnOnce(&str) -> Vec<Letter>,
) -> Result<()> {
    let own = administered(db, viewer, organisation).await?;
    let letters = write(&own.name);
    db.write(
        "DELETE invitation WHERE organisation = $organisation AND expires < time::now() RETURN NONE;
         LET $invitation = type::record('invitation', $key);
         IF !record::exists($invitation) {
            CREATE $invitation SET organisation = $organisation, roles = $roles, invited_by = $by,
                expires = time::now() + duration::from_days($days), uses_left = $uses, uses = $uses, email = $email;
            IF $letters != [] { INSERT INTO letter $letters RETURN NONE };
         };",
        vars! {
            "key" => tokens::key(token), "organisation" => organisation.clone(), "roles" => words(&terms.roles),
            "by" => viewer.id().cloned(), "days" => i64::from(terms.days), "uses" => i64::from(terms.uses),
            "email" => terms.email.as_ref().map_or_else(String::new, |email| email.as_str().to_owned()), "letters" => letters,
        },
    )
    .await
    .map(drop)
}

/// Ends an invitation of an organisation that the viewer looks after. Again
/// changes nothing.
pub async fn withdraw(
    db: &Db,
    viewer: &Viewer,
    organisation: &OrganisationId,
    invitation: &InvitationId,
) -> Result<()> {
    administered(db, viewer, organisation).await?;
    db.write(
        "DELETE $invitation WHERE organisation = $organisation;",
        vars! { "invitation" => invitation.clone(), "organisation" => organisation.clone() },
    )
    .await
    .map(drop)
}

/// Adds what a link offers to what the viewer is there already, and uses one of
/// its places if that is more. Answers with the organisation's slug.
///
/// Whoever made it must still look after the organisation: nobody gives roles
/// that are not theirs to give.
pub async fn join(db: &Db, viewer: &Viewer, token: &str) -> Result<String> {
    let me = viewer.id().ok_or(AppError::SignInNeeded)?;
    let mut answers = db
        .write(
            "LET $invitation = type::record('invitation', $link);
             LET $offer = (SELECT organisation, roles, uses_left FROM ONLY $invitation
                WHERE expires > time::now() AND fn::vouches(invited_by, organisation.line));
             IF $offer = NONE { THROW 'not found' };
             LET $organisation = $offer.organisation;
             LET $membership = type::record('membership', [record::id($me), record::id($organisation)]);
             LET $before = (SELECT VALUE roles FROM ONLY $membership);
             LET $roles = array::union($before ?? [], $offer.roles);
             IF $before = NONE OR array::len($roles) > array::len($before ?? []) {
                IF $offer.uses_left < 1 { THROW 'not found' };
                UPDATE $invitation SET uses_left -= 1 RETURN NONE;
                UPSERT $membership SET person = $me, organisation = $organisation, roles = $roles RETURN NONE;
             };
             SELECT VALUE slug FROM $organisation;",
            vars! { "link" => tokens::key(token), "me" => me.clone() },
        )
        .await?;
    answers.row::<String>(8)?.ok_or(AppError::NotFound)
}
