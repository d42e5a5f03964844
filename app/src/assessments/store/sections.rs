//! What can be rated without a role profile.

use std::collections::HashMap;

use surrealdb_types::SurrealValue;

use crate::assessments::model::{Part, SectionsToRate, SetToRate};
use crate::db::Db;
use crate::error::{AppError, Result};
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

#[derive(SurrealValue)]
struct CountRow {
    section: NodeId,
    many: i64,
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
             fn::chosen_profiles($me) != [];
             SELECT section, count() AS many FROM (SELECT above[0] AS section FROM node
                WHERE edition = $edition AND kind = 'statement' AND depth > 0) GROUP BY section;
             SELECT section, count() AS many FROM (SELECT node.above[0] AS section FROM rating
                WHERE person = $me AND node.edition = $edition AND node.kind = 'statement' AND node.depth > 0) GROUP BY section;",
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
    let mut counted = |at| {
        Ok::<_, AppError>(
            answers
                .rows::<CountRow>(at)?
                .into_iter()
                .map(|row| (row.section, row.many))
                .collect(),
        )
    };
    let (all, rated): (HashMap<NodeId, i64>, HashMap<NodeId, i64>) = (counted(10)?, counted(11)?);
    let many = |of: &HashMap<NodeId, i64>, section: &NodeId| {
        u32::try_from(of.get(section).copied().unwrap_or(0)).unwrap_or(u32::MAX)
    };
    let part = |row: SectionRow| {
        let part = Part {
            title: format!("{} {}", row.code, row.title).trim().to_owned(),
            rated: many(&rated, &row.id),
            total: many(&all, &row.id),
        };
        (row.id, part)
    };
    Ok(SectionsToRate {
        sets,
        shown: answers.row(5)?,
        sections: answers.rows::<SectionRow>(7)?.into_iter().map(part).collect(),
        roles: !roles.is_empty(),
        chosen: answers.row::<bool>(9)?.unwrap_or(false),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::competencies::store::{edition_of, node_by_code};
    use crate::competencies::tests::{small, world};

    #[tokio::test]
    async fn a_section_says_how_far_one_is_with_it() {
        let world = world().await;
        let applied = world.import(&small(), true).await;
        let edition = edition_of(&world.db, &applied.set, Some(1)).await.unwrap().unwrap();
        let node = node_by_code(&world.db, &edition, "LM 1.1").await.unwrap().unwrap();
        let rating = "CREATE type::record('rating', ['lea', record::id($node)]) SET person = person:lea, node = $node, level = 1 RETURN NONE;";
        world.db.write(rating, vars! { "node" => node }).await.unwrap();
        let far = async |person: &str| {
            let person = PersonId::parse(person).unwrap();
            let page = sections(&world.db, &person, &applied.set).await.unwrap();
            page.sections
                .into_iter()
                .map(|(_, part)| (part.rated, part.total))
                .collect::<Vec<_>>()
        };
        assert_eq!(far("lea").await, [(1, 3)]);
        assert_eq!(far("ciro").await, [(0, 3)]);
    }
}
