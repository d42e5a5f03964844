//! Role profiles of an edition, and what else needs its statements.

use surrealdb_types::SurrealValue;

use super::count;
use crate::competencies::model::{ProgrammeUse, UsedBy};
use crate::db::Db;
use crate::error::Result;
use crate::id::{EditionId, NodeId, OrganisationId, RoleProfileId};
use crate::vars;

/// A role profile and the statements it needs, each with its level.
pub struct RoleProfileToWrite {
    pub slug: String,
    pub title: String,
    pub description: String,
    pub targets: Vec<(NodeId, u32)>,
}

#[derive(SurrealValue)]
struct TargetRow {
    node: NodeId,
    level: i64,
    position: i64,
}

/// Makes a role profile of an edition.
pub async fn add_role_profile(
    db: &Db,
    organisation: &OrganisationId,
    edition: &EditionId,
    profile: RoleProfileToWrite,
) -> Result<RoleProfileId> {
    let id = RoleProfileId::random();
    let statements = i64::try_from(profile.targets.len()).unwrap_or(0);
    let target = |(position, (node, level)): (usize, (NodeId, u32))| TargetRow {
        node,
        level: i64::from(level),
        position: i64::try_from(position).unwrap_or(0),
    };
    let targets: Vec<TargetRow> = profile.targets.into_iter().enumerate().map(target).collect();
    db.write(
        "CREATE $id SET slug = $slug, edition = $edition, organisation = $organisation, title = $title,
            description = $description, statements = $count RETURN NONE;
         FOR $target IN $targets {
             CREATE type::record('target', [record::id($id), record::id($target.node)])
                SET role_profile = $id, node = $target.node, position = $target.position, level = $target.level RETURN NONE;
         };",
        vars! {
            "id" => id.clone(), "slug" => profile.slug, "edition" => edition.clone(), "organisation" => organisation.clone(),
            "title" => profile.title, "description" => profile.description, "count" => statements, "targets" => targets,
        },
    )
    .await?;
    Ok(id)
}

/// What needs a node.
#[derive(SurrealValue)]
pub(super) struct UseRow {
    title: String,
    slug: String,
    organisation: String,
    level: i64,
}

impl From<UseRow> for UsedBy {
    fn from(row: UseRow) -> Self {
        Self {
            title: row.title,
            slug: row.slug,
            organisation: row.organisation,
            level: count(row.level),
        }
    }
}

/// A programme with courses that serve a node.
#[derive(SurrealValue)]
pub(super) struct ProgrammeRow {
    title: String,
    owner: String,
    courses: Vec<CourseRow>,
}

#[derive(SurrealValue)]
struct CourseRow {
    title: String,
    slug: String,
}

impl From<ProgrammeRow> for ProgrammeUse {
    fn from(row: ProgrammeRow) -> Self {
        let course = |row: CourseRow| (row.title, format!("/courses/{}", row.slug));
        Self {
            title: row.title,
            organisation: row.owner,
            courses: row.courses.into_iter().map(course).collect(),
        }
    }
}
