//! Finding a line of a draft, or a statement of another set, by what one types.

use surrealdb_types::SurrealValue;

use super::{Own, own_of};
use crate::db::Db;
use crate::error::Result;
use crate::id::{EditionId, NodeId};
use crate::lookups::model::{LISTED, OFFERED, Suggestion};
use crate::lookups::store::statements_elsewhere;
use crate::outlines::model::{Chosen, Label, Seek, Sought};
use crate::search::{model, words};
use crate::vars;
use crate::viewer::Viewer;

/// What the address of a line's page asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looking {
    pub what: Seek,
    pub query: String,
    pub chosen: Option<NodeId>,
}

#[derive(SurrealValue)]
struct LineRow {
    id: NodeId,
    code: String,
    title: String,
    kind: String,
    above: Vec<NodeId>,
    heading: Option<String>,
}

/// Lines of a draft whose codes and words begin like all that was typed, in reading
/// order, those with this very code first.
pub async fn lines_found(
    db: &Db,
    edition: &EditionId,
    query: &str,
    fits: impl Fn(&NodeId, &[NodeId], &str) -> bool,
    most: usize,
) -> Result<Vec<Suggestion>> {
    let wanted = model::query(query)
        .map(|query| words::of_query(&query))
        .unwrap_or_default();
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<LineRow> = db
        .rows(
            "SELECT id, position, code, title, kind, above, parent.title AS heading FROM node WHERE edition = $edition ORDER BY position;",
            vars! { "edition" => edition.clone() },
        )
        .await?;
    let begins = |row: &LineRow| {
        let said = words::of_text(&format!("{} {}", row.code, row.title));
        wanted
            .iter()
            .all(|wanted| said.iter().any(|word| word.starts_with(wanted.as_str())))
    };
    let found = rows
        .into_iter()
        .filter(|row| fits(&row.id, &row.above, &row.kind) && begins(row));
    let (coded, others): (Vec<_>, Vec<_>) = found.partition(|row| words::of_text(&row.code) == wanted);
    let suggestion = |row: LineRow| Suggestion {
        word: if row.code.is_empty() {
            row.title.clone()
        } else {
            row.code.clone()
        },
        id: row.id.to_string(),
        code: row.code,
        title: row.title,
        place: row.heading.unwrap_or_default(),
        language: String::new(),
    };
    Ok(coded.into_iter().chain(others).take(most).map(suggestion).collect())
}

/// A line of a draft that the viewer may write, by name; none: it is not there.
pub async fn line_of(db: &Db, viewer: &Viewer, edition: &EditionId, node: Option<&NodeId>) -> Result<Option<Label>> {
    let own = super::own(db, viewer, edition).await?;
    let Some(node) = node else { return Ok(None) };
    let row: Option<BeneathRow> = db
        .row(
            "SELECT id, code, title FROM $node WHERE edition = $edition;",
            vars! { "node" => node.clone(), "edition" => own.edition },
        )
        .await?;
    Ok(row.map(BeneathRow::label))
}

/// What is offered on the page of a line while one types.
pub async fn found_from(db: &Db, viewer: &Viewer, node: &NodeId, what: Seek, query: &str) -> Result<Vec<Suggestion>> {
    let own = own_of(db, viewer, node).await?;
    found(db, &own, node, what, query, OFFERED).await
}

async fn found(db: &Db, own: &Own, node: &NodeId, what: Seek, query: &str, most: usize) -> Result<Vec<Suggestion>> {
    // Nothing stands beneath itself, or refers to itself.
    let fits =
        |id: &NodeId, above: &[NodeId], _: &str| id != node && (what == Seek::Reference || !above.contains(node));
    let mut found = lines_found(db, &own.edition, query, fits, most).await?;
    if what == Seek::Reference {
        // Those of the draft leave room for others.
        let others = statements_elsewhere(db, &own.edition, query, most).await?;
        found.truncate(most.saturating_sub(others.len()).max(most / 2));
        found.extend(others);
        found.truncate(most);
    }
    Ok(found)
}

/// What the page of a line lists of what is looked for, and what was chosen.
pub(super) async fn sought(db: &Db, own: &Own, node: &NodeId, looking: Option<&Looking>) -> Result<Option<Sought>> {
    let Some(Looking { what, query, chosen }) = looking else {
        return Ok(None);
    };
    let chosen = match chosen {
        Some(chosen) => chosen_of(db, own, chosen).await?,
        None => None,
    };
    let found = found(db, own, node, *what, query, LISTED).await?;
    Ok(Some(Sought {
        what: *what,
        query: model::query(query).unwrap_or_default(),
        found,
        chosen: chosen.filter(|chosen| *what == Seek::Reference || chosen.place.is_empty()),
    }))
}

#[derive(SurrealValue)]
struct ChosenRow {
    id: NodeId,
    code: String,
    title: String,
    state: String,
    own: bool,
    place: String,
}

#[derive(SurrealValue)]
struct BeneathRow {
    id: NodeId,
    code: String,
    title: String,
}

impl BeneathRow {
    fn label(self) -> Label {
        Label {
            id: self.id,
            code: self.code,
            title: self.title,
        }
    }
}

async fn chosen_of(db: &Db, own: &Own, chosen: &NodeId) -> Result<Option<Chosen>> {
    let mut answers = db
        .run(
            "SELECT id, code, title, edition.state AS state, (edition = $edition) AS own, edition.competency_set.title AS place FROM $chosen;
             SELECT id, position, code, title FROM node WHERE edition = $edition AND parent = $chosen ORDER BY position LIMIT 200;",
            vars! { "edition" => own.edition.clone(), "chosen" => chosen.clone() },
        )
        .await?;
    let row = answers
        .row::<ChosenRow>(0)?
        .filter(|row| row.own || row.state == "published");
    let beneath = answers
        .rows::<BeneathRow>(1)?
        .into_iter()
        .map(BeneathRow::label)
        .collect();
    Ok(row.map(|row| Chosen {
        place: if row.own { String::new() } else { row.place },
        label: Label {
            id: row.id,
            code: row.code,
            title: row.title,
        },
        beneath,
    }))
}
