//! Which statements a course serves.

use surrealdb_types::SurrealValue;

use super::super::model::Aligned;
use super::writing::own_course;
use crate::db::Db;
use crate::error::Result;
use crate::id::{CourseId, NodeId};
use crate::vars;
use crate::viewer::Viewer;

/// An alignment, or a statement that could become one.
#[derive(SurrealValue)]
pub struct AlignedRow {
    node: NodeId,
    code: String,
    address: String,
    title: String,
    competency_set: String,
    edition: i64,
    levels: Vec<String>,
    level: i64,
}

impl From<AlignedRow> for Aligned {
    fn from(row: AlignedRow) -> Self {
        Self {
            href: format!(
                "/index/{}/{}/{}",
                row.competency_set,
                row.edition,
                crate::paths::segment(&row.address)
            ),
            node: row.node,
            code: row.code,
            title: row.title,
            level: super::small(row.level),
            levels: row.levels,
        }
    }
}

/// Aligns a course to a published statement up to a level of its scale; again
/// only changes the level.
pub async fn align(db: &Db, viewer: &Viewer, course: &CourseId, node: &NodeId, level: u32) -> Result<()> {
    own_course(db, viewer, course).await?;
    db.write(
        "LET $statement = (SELECT kind, edition.state AS state, array::len(edition.levels) AS levels FROM ONLY $node);
         IF $statement = NONE OR $statement.kind != 'statement' OR $statement.state != 'published' { THROW 'not found' };
         IF $level < 0 OR $level >= $statement.levels { THROW 'Choose a level of the scale.' };
         IF array::len(SELECT VALUE id FROM alignment WHERE subject = $course AND node != $node AND node.edition.state != 'retired') >= 200 {
            THROW 'A course serves at most 200 statements.'
         };
         UPSERT type::record('alignment', [record::id($course), record::id($node)])
            SET subject = $course, node = $node, level = $level;",
        vars! { "course" => course.clone(), "node" => node.clone(), "level" => i64::from(level) },
    )
    .await
    .map(drop)
}

/// Takes an alignment away; when there is none, nothing happens.
pub async fn unalign(db: &Db, viewer: &Viewer, course: &CourseId, node: &NodeId) -> Result<()> {
    own_course(db, viewer, course).await?;
    db.write(
        "DELETE type::record('alignment', [record::id($course), record::id($node)]);",
        vars! { "course" => course.clone(), "node" => node.clone() },
    )
    .await
    .map(drop)
}
