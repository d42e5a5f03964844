//! Role profiles: the statements that a kind of job needs.

use app::db::Db;
use surrealdb_types::{RecordId, SurrealValue};

use super::index::Statement;
use super::keys;
use super::store;
use crate::random::Random;

/// Role profiles of each set, and the statements that each of them needs.
pub const PER_SET: usize = 2;
const TARGETS: usize = 80;

#[derive(SurrealValue)]
struct Profile {
    id: RecordId,
    slug: String,
    edition: RecordId,
    organisation: RecordId,
    title: String,
    statements: i64,
}

#[derive(SurrealValue)]
struct Target {
    id: RecordId,
    role_profile: RecordId,
    node: RecordId,
    position: i64,
    level: i64,
}

/// The title of a role profile.
pub fn title(number: usize) -> String {
    format!("Kind of work number {number}")
}

/// Makes a role profile and answers with its statements, by their numbers.
pub async fn add(db: &Db, number: usize, statements: &[Statement], random: &mut Random) -> Result<Vec<usize>, String> {
    let mut chosen = random.sample(statements.len(), TARGETS);
    chosen.sort_unstable();
    let id = keys::profile(number);
    let row = Profile {
        id: id.clone(),
        slug: format!("profile-{number}"),
        edition: keys::edition(number / PER_SET),
        organisation: keys::organisation(number / PER_SET),
        title: title(number),
        statements: chosen.len() as i64,
    };
    let target = |(position, statement): (usize, &usize)| {
        let node = statements[*statement].node.clone();
        Target {
            id: keys::pair("target", &id, &node),
            role_profile: id.clone(),
            node,
            position: position as i64,
            level: random.between(1, 3) as i64,
        }
    };
    let targets = chosen.iter().enumerate().map(target).collect();
    store::insert(db, "role_profile", vec![row]).await?;
    store::insert(db, "target", targets).await?;
    Ok(chosen)
}
