//! What can be rated without a role profile.

use surrealdb_types::SurrealValue;

use crate::assessments::model::{SectionsToRate, SetToRate};
use crate::db::Db;
use crate::error::Result;
use crate::id::{EditionId, NodeId, PersonId};
use crate::vars;

/// Sets that are offered.
const SETS: i64 = 40;

#[derive(SurrealValue)]
struct EditionRow {
    id: EditionId,
    slug: String,
    title: String,
}

#[derive(SurrealValue)]
struct SectionRow {
    id: NodeId,
    code: String,
    title: String,
}

/// The published sets, those without a role profile first, and the sections of
/// the one that is asked for, or of the first.
pub async fn sections(db: &Db, person: &PersonId, set: &str) -> Result<SectionsToRate> {
    let mut answers = db
        .run(
            "LET $homes = fn::homes($me);
             LET $roles = (SELECT VALUE edition FROM role_profile WHERE edition.state = 'published' AND fn::profile_open(id, $homes));
             LET $sets = (SELECT id, competency_set.slug AS slug, title, id IN $roles AS roles, published FROM edition WHERE state = 'published'
                ORDER BY roles, published DESC, id LIMIT $most);
             $sets;
             LET $shown = $sets[WHERE slug = $set][0] ?? $sets[0];
             SELECT VALUE slug FROM [$shown] WHERE id != NONE;
             LET $edition = $shown.id;
             SELECT id, code, title, position FROM node WHERE edition = $edition AND depth = 0 AND kind != 'statement'
                ORDER BY position LIMIT 500;
             array::distinct($roles);
             fn::chosen_profiles($me) != [];",
            vars! { "me" => person.clone(), "set" => set.to_owned(), "most" => SETS },
        )
        .await?;
    let editions = answers.rows::<EditionRow>(3)?;
    let roles = answers.rows::<EditionId>(8)?;
    let mut sets: Vec<SetToRate> = Vec::new();
    for row in editions {
        // A set of which sections are published ahead has several editions.
        if sets.iter().all(|known| known.slug != row.slug) {
            sets.push(SetToRate {
                roles: roles.contains(&row.id),
                slug: row.slug,
                title: row.title,
            });
        }
    }
    let words = |row: SectionRow| (row.id, format!("{} {}", row.code, row.title).trim().to_owned());
    Ok(SectionsToRate {
        sets,
        shown: answers.row(5)?,
        sections: answers.rows::<SectionRow>(7)?.into_iter().map(words).collect(),
        roles: !roles.is_empty(),
        chosen: answers.row::<bool>(9)?.unwrap_or(false),
    })
}
