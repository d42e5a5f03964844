//! Role profiles, what they need, and who chose them.

use std::collections::HashMap;

use surrealdb_types::{Datetime, SurrealValue};
use uuid::Uuid;

use super::Job;
use super::late::Steps;
use crate::error::{AppError, Result};
use crate::id::{EditionId, NodeId, PersonId, RoleProfileId};
use crate::vars;

/// Choices that one transaction carries over.
const ROWS: i64 = 400;

#[derive(SurrealValue)]
struct TargetRow {
    node: NodeId,
    level: i64,
    position: i64,
}

#[derive(SurrealValue)]
struct ProfileRow {
    id: RoleProfileId,
    held: EditionId,
}

pub(super) async fn carry(job: &Job<'_>, steps: &Steps) -> Result<()> {
    let profiles: Vec<ProfileRow> = job
        .db
        .rows(
            "SELECT id, edition AS held FROM role_profile WHERE edition IN $retires ORDER BY id;",
            vars! { "retires" => job.retires.clone() },
        )
        .await?;
    // One that cannot follow keeps no other back, and is tried again with the rest.
    let mut failed = None;
    for profile in profiles {
        if let Err(error) = follow(job, &profile, steps).await {
            tracing::error!(%error, profile = %profile.id, "a role profile could not be carried over");
            failed = Some(error);
        }
    }
    failed.map_or(Ok(()), Err)
}

async fn follow(job: &Job<'_>, profile: &ProfileRow, steps: &Steps) -> Result<()> {
    let targets = targets(job, profile, steps).await?;
    // What needs nothing any more stays with its edition.
    if !targets.is_empty() {
        let next = key(&profile.id, job)?;
        write(job, &profile.id, &next, targets).await?;
        choices(job, &profile.id, &next).await?;
    }
    Ok(())
}

/// The record of a role profile of the new edition follows from the old one.
fn key(profile: &RoleProfileId, job: &Job<'_>) -> Result<RoleProfileId> {
    let name = format!("{profile}/{}", job.edition);
    let key = Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes()).simple().to_string();
    RoleProfileId::parse(&key).ok_or(AppError::Internal)
}

/// What the role needs of the new edition: of what was split each part, of what
/// was merged the highest level.
async fn targets(job: &Job<'_>, profile: &ProfileRow, steps: &Steps) -> Result<Vec<TargetRow>> {
    let old: Vec<TargetRow> = job
        .db
        .rows(
            "SELECT node, level, position FROM target WHERE role_profile = $profile ORDER BY position;",
            vars! { "profile" => profile.id.clone() },
        )
        .await?;
    let levels = job.levels.get(&profile.held).cloned().unwrap_or_default();
    let mut new: Vec<TargetRow> = Vec::new();
    let mut places: HashMap<NodeId, usize> = HashMap::new();
    for target in old {
        let level = levels.fitted(Some(target.level)).0.unwrap_or(target.level);
        for node in steps.heirs(&target.node) {
            match places.get(&node) {
                Some(at) => new[*at].level = new[*at].level.max(level),
                None => {
                    places.insert(node.clone(), new.len());
                    new.push(TargetRow {
                        node: node.clone(),
                        level,
                        position: i64::try_from(new.len()).unwrap_or(i64::MAX),
                    });
                }
            }
        }
    }
    Ok(new)
}

/// The new one takes over the name in addresses, so that links lead to what
/// counts now; the old one is found under the name of its edition.
async fn write(job: &Job<'_>, old: &RoleProfileId, new: &RoleProfileId, targets: Vec<TargetRow>) -> Result<()> {
    let count = i64::try_from(targets.len()).unwrap_or(0);
    job.db
        .write(
            "LET $made = record::exists($new);
             LET $was = (SELECT slug, organisation, title, description, edition.number AS number FROM $old)[0];
             LET $needed = array::map($targets, |$one| object::extend($one, { role_profile: $new,
                id: type::record('target', [record::id($new), record::id($one.node)]) }));
             IF !$made {
                UPDATE $old SET slug = string::concat($was.slug, '-edition-', <string> $was.number) RETURN NONE;
                CREATE $new SET slug = $was.slug, edition = $edition, organisation = $was.organisation, title = $was.title,
                    description = $was.description, statements = $count, carried_from = $old RETURN NONE;
                INSERT IGNORE INTO target $needed RETURN NONE;
             };",
            vars! {
                "old" => old.clone(), "new" => new.clone(), "edition" => job.edition.clone(), "count" => count,
                "targets" => targets,
            },
        )
        .await
        .map(drop)
}

#[derive(SurrealValue)]
struct ChoiceRow {
    person: PersonId,
    role_profile: RoleProfileId,
    chosen: Datetime,
}

/// Who had chosen the role has chosen it still.
async fn choices(job: &Job<'_>, old: &RoleProfileId, new: &RoleProfileId) -> Result<()> {
    loop {
        let rows: Vec<ChoiceRow> = job
            .db
            .rows(
                "SELECT person, $new AS role_profile, chosen FROM assessment WHERE role_profile = $old LIMIT $most;",
                vars! { "old" => old.clone(), "new" => new.clone(), "most" => ROWS },
            )
            .await?;
        if rows.is_empty() {
            return Ok(());
        }
        job.db
            .write(
                "LET $chosen = array::map($rows, |$one| object::extend($one, {
                    id: type::record('assessment', [record::id($one.person), record::id($new)]) }));
                 INSERT IGNORE INTO assessment $chosen RETURN NONE;
                 DELETE array::map($rows, |$one| type::record('assessment', [record::id($one.person), record::id($old)])) RETURN NONE;",
                vars! { "rows" => rows, "old" => old.clone(), "new" => new.clone() },
            )
            .await?;
    }
}
