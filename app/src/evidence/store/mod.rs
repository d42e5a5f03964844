//! Evidence in the database. It stays at the statement for which it was put down, and
//! is found at what that goes on as.

mod files;

pub use files::{Held, Sent, attach, check_theirs, file, forget_loose, holds_file, own};

use surrealdb_types::{Datetime, SurrealValue, Value};

use super::files::{FileKind, FileLimits, size_of};
use super::model::{EvidenceList, EvidencePage, Group, MOST, MOST_FOR_ONE, PAGE, Piece, PieceFile, Removed, Statement};
use super::rules::Written;
use crate::competencies::model::{edition_words, node_href};
use crate::courses::store::small;
use crate::db::{Answers, Db};
use crate::error::{AppError, Result};
use crate::id::{EvidenceId, NodeId, PersonId};
use crate::people::suspension::store::may_post;
use crate::people::tokens;
use crate::sharing::model::What;
use crate::vars;
use crate::viewer::{Person, Viewer};

#[derive(SurrealValue)]
pub(super) struct PieceRow {
    piece: EvidenceId,
    title: String,
    body: String,
    html: String,
    address: String,
    day: Option<String>,
    attached: Option<String>,
    attached_name: Option<String>,
    attached_kind: Option<String>,
    attached_bytes: Option<i64>,
    was: NodeId,
    was_code: String,
    was_title: String,
    was_number: i64,
    at: StatementRow,
}

#[derive(SurrealValue)]
struct StatementRow {
    place: NodeId,
    code: String,
    statement: String,
    place_address: String,
    place_number: i64,
    place_set: String,
    place_slug: String,
    language: String,
    open: bool,
}

#[derive(SurrealValue)]
struct RemovedRow {
    id: EvidenceId,
    title: String,
    removed: Datetime,
}

/// A [`PieceRow`], of rows that name the `piece` and the `place` where its statement
/// stands now.
macro_rules! piece {
    () => {
        "{ piece: piece, title: piece.title, body: piece.body, html: piece.html, address: piece.address, day: piece.day,
            attached: piece.attached, attached_name: piece.attached_name, attached_kind: piece.attached_kind,
            attached_bytes: piece.attached_bytes, was: piece.node, was_code: piece.node.code, was_title: piece.node.title,
            was_number: piece.node.edition.number,
            at: { place: place, code: place.code, statement: place.title, place_address: place.address,
                place_number: place.edition.number, place_set: place.edition.title,
                place_slug: place.edition.competency_set.slug, language: place.edition.language,
                open: place.edition.state = 'published' } }"
    };
}
pub(super) use piece;

/// All of a person's, or what is for one statement, wherever it stood when this was
/// put down. They stand in the order of the places that they were put down at, so that
/// only what a page shows follows the maps.
const LIST: &str = concat!(
    "LET $asked = IF $statement = NONE { NONE } ELSE {
        (SELECT VALUE id FROM $statement WHERE kind = 'statement' AND edition.state IN ['published', 'retired'])[0] };
    LET $only = IF $asked = NONE { NONE } ELSE { fn::stands_at($asked, 25) };
    LET $from = IF $only = NONE { [] } ELSE { array::union([$only], fn::earlier([$only], 25)) };
    LET $rows = (SELECT piece, added, node, node.position AS position, node.edition.number AS number,
        node.edition.competency_set.slug AS slug FROM (SELECT id AS piece, added, node FROM evidence WHERE person = $person AND removed = NONE)
        WHERE $only = NONE OR (node IN $from AND fn::stands_at(node, 25) = $only));
    array::len($rows);
    LET $shown = (SELECT piece, fn::stands_at(node, 25) AS place FROM (SELECT piece, added, node, position, number, slug FROM $rows
        ORDER BY slug, position, number, node, added DESC, piece LIMIT $limit START $start));
    SELECT VALUE ",
    piece!(),
    " FROM $shown;
    SELECT id AS place, code, title AS statement, address AS place_address, edition.number AS place_number, edition.title AS place_set,
        edition.competency_set.slug AS place_slug, edition.language AS language, edition.state = 'published' AS open FROM $only;
    SELECT id, title, removed FROM evidence WHERE person = $person AND removed > time::now() - 1h ORDER BY removed DESC, id LIMIT 3;"
);

/// A page of a person's evidence, of all statements or of one.
pub async fn page(db: &Db, person: &Person, statement: Option<&NodeId>, page: u32) -> Result<EvidencePage> {
    let mut answers = listed(db, &person.id, statement, page).await?;
    let list = list(&mut answers, page)?;
    let found = answers.row::<StatementRow>(7)?.map(Statement::from);
    if statement.is_some() && found.is_none() {
        return Err(AppError::NotFound);
    }
    let removed = answers.rows::<RemovedRow>(8)?.into_iter().map(|row| Removed {
        fresh: crate::time::seconds_since(&row.removed) < 60,
        id: row.id,
        title: row.title,
    });
    Ok(EvidencePage {
        statement: found,
        list,
        removed: removed.collect(),
        key: EvidenceId::random().to_string(),
        // Said by who knows the site, and by what is put forward.
        megabytes: 0,
        reviewers: Vec::new(),
    })
}

/// The same for those whom it is shown to, without what is the person's alone.
pub async fn shown(db: &Db, person: &PersonId, page: u32) -> Result<EvidenceList> {
    let mut list = list(&mut listed(db, person, None, page).await?, page)?;
    for piece in list.groups.iter_mut().flat_map(|group| &mut group.pieces) {
        piece.body.clear();
    }
    Ok(list)
}

async fn listed(db: &Db, person: &PersonId, statement: Option<&NodeId>, page: u32) -> Result<Answers> {
    let start = i64::from((page.clamp(1, 10_000) - 1) * PAGE);
    let vars = vars! {
        "person" => person.clone(), "statement" => statement.cloned(), "limit" => i64::from(PAGE), "start" => start,
    };
    db.run(LIST, vars).await
}

fn list(answers: &mut Answers, page: u32) -> Result<EvidenceList> {
    let count = small(answers.row::<i64>(4)?.unwrap_or(0));
    let mut groups: Vec<Group> = Vec::new();
    for row in answers.rows::<PieceRow>(6)? {
        let (statement, piece) = row.apart();
        // What was put down in two editions need not stand side by side.
        match groups.iter_mut().find(|group| group.statement.node == statement.node) {
            Some(group) => group.pieces.push(piece),
            None => groups.push(Group {
                statement,
                pieces: vec![piece],
            }),
        }
    }
    Ok(EvidenceList {
        groups,
        count,
        page: page.clamp(1, 10_000),
        pages: count.div_ceil(PAGE).max(1),
    })
}

impl PieceRow {
    pub(super) fn apart(self) -> (Statement, Piece) {
        let moved = self.was != self.at.place;
        let before = moved.then(|| {
            let words = format!("{} {}", self.was_code, self.was_title);
            format!("{} ({})", words.trim(), edition_words(small(self.was_number)))
        });
        let file = self.file();
        let day = self.day.unwrap_or_default();
        let piece = Piece {
            id: self.piece,
            title: self.title,
            body: self.body,
            html: self.html,
            address: self.address,
            file,
            put_forward: Vec::new(),
            day_label: match day.is_empty() {
                true => String::new(),
                false => crate::time::day_label(&day),
            },
            day,
            before,
        };
        (self.at.into(), piece)
    }

    fn file(&self) -> Option<PieceFile> {
        let (key, kind) = (self.attached.as_deref()?, self.attached_kind.as_deref()?);
        let kind = FileKind::of_ending(kind)?;
        Some(PieceFile {
            href: files::href(&self.piece, key),
            name: self.attached_name.clone().unwrap_or_default(),
            about: files::about(kind, self.attached_bytes.unwrap_or(0)),
            size: size_of(key).filter(|_| kind.is_picture()),
        })
    }
}

impl From<StatementRow> for Statement {
    fn from(row: StatementRow) -> Self {
        let number = small(row.place_number);
        Self {
            href: node_href(&row.place_slug, number, &row.place_address),
            place: format!("{}, {}", row.place_set, edition_words(number)),
            node: row.place,
            code: row.code,
            title: row.statement,
            language: row.language,
            open: row.open,
        }
    }
}

/// Refuses words of whoever may not post, where others read them.
pub async fn may_say(db: &Db, viewer: &Viewer, person: &PersonId) -> Result<()> {
    if viewer.silenced
        && (crate::sharing::store::shares(db, person, What::Evidence).await? || waits(db, person).await?)
    {
        may_post(db, viewer).await?;
    }
    Ok(())
}

/// Whether something of the person's is put forward and waits for its answer.
async fn waits(db: &Db, person: &PersonId) -> Result<bool> {
    let waits: Option<EvidenceId> = db
        .row(
            "SELECT VALUE id FROM evidence WHERE person = $me AND waits != NONE LIMIT 1;",
            vars! { "me" => person.clone() },
        )
        .await?;
    Ok(waits.is_some())
}

/// Whether this is not what a piece of the person's says already.
pub async fn says_else(db: &Db, person: &PersonId, evidence: &EvidenceId, written: &Written) -> Result<bool> {
    let other: Option<EvidenceId> = db
        .row(
            "SELECT VALUE id FROM $evidence WHERE person = $me AND (title != $title OR body != $body OR address != $address);",
            vars! {
                "me" => person.clone(), "evidence" => evidence.clone(), "title" => written.title.as_str().to_owned(),
                "body" => written.body.as_str().to_owned(), "address" => written.address.as_str().to_owned(),
            },
        )
        .await?;
    Ok(other.is_some())
}

/// The id of what a form puts down. The key tells two of the same title apart, and
/// one that is sent twice from two.
pub fn id_of(person: &PersonId, node: &NodeId, key: &str, written: &Written) -> Result<EvidenceId> {
    let id = tokens::key(&format!("{person} evidence {node} {key}\n{}", written.title.as_str()));
    EvidenceId::parse(&id).ok_or(AppError::Internal)
}

/// Puts down evidence for a statement of an edition in force.
pub async fn add(db: &Db, person: &PersonId, node: &NodeId, key: &str, written: &Written) -> Result<()> {
    let id = id_of(person, node, key, written)?;
    add_with(
        db,
        person,
        (node, &id),
        written,
        &Held::nothing(),
        &FileLimits::default(),
    )
    .await
}

/// The same with a file, which is written already.
pub async fn add_with(
    db: &Db,
    person: &PersonId,
    (node, id): (&NodeId, &EvidenceId),
    written: &Written,
    held: &Held,
    limits: &FileLimits,
) -> Result<()> {
    let mut vars = said(person, id, written);
    held.put_into(&mut vars, limits);
    vars.insert("node", node.clone());
    vars.insert("most", i64::from(MOST));
    vars.insert("most_for_one", i64::from(MOST_FOR_ONE));
    let answers = db
        .write(
            "LET $statement = (SELECT VALUE id FROM $node WHERE kind = 'statement' AND edition.state = 'published')[0];
             LET $there = (SELECT VALUE id FROM $evidence WHERE removed = NONE)[0];
             IF $statement != NONE AND $there = NONE {
                LET $place = fn::stands_at($statement, 25);
                LET $from = array::union([$place], fn::earlier([$place], 25));
                IF count(SELECT VALUE id FROM evidence WHERE person = $me AND removed = NONE) >= $most {
                    THROW 'You have put down as much evidence as one person can: 2,000 pieces. Take some out first.';
                };
                IF count(SELECT VALUE id FROM evidence WHERE person = $me AND removed = NONE AND node IN $from
                    AND fn::stands_at(node, 25) = $place) >= $most_for_one {
                    THROW 'There is room for 20 pieces of evidence for a statement. Take some out first.';
                };
                IF $attached != NONE AND fn::attached_bytes($me, $evidence) + $attached_bytes > $most_bytes { THROW 'room' };
                UPSERT $evidence SET person = $me, node = $statement, title = $title, body = $body, html = $html, address = $address,
                    day = $day, removed = NONE, attached = $attached, attached_name = $attached_name, attached_kind = $attached_kind,
                    attached_bytes = $attached_bytes;
             };
             $statement;",
            vars,
        )
        .await
        .map_err(|error| files::no_room(error, limits))?;
    found(answers, 3)
}

/// Changes a piece of the person's.
pub async fn change(db: &Db, person: &PersonId, evidence: &EvidenceId, written: &Written) -> Result<()> {
    let answers = db
        .write(
            "UPDATE $evidence SET title = $title, body = $body, html = $html, address = $address, day = $day
                WHERE person = $me AND removed = NONE;",
            said(person, evidence, written),
        )
        .await?;
    found(answers, 0)
}

/// Takes a piece out; it can be put back. What was taken out a month ago goes for
/// good, and what holds a file after the hour in which the page offers it.
pub async fn remove(db: &Db, person: &PersonId, evidence: &EvidenceId) -> Result<()> {
    let answers = db
        .write(
            "UPDATE $evidence SET removed = removed ?? time::now() WHERE person = $me;
             DELETE evidence WHERE person = $me AND removed != NONE
                AND (removed < time::now() - 30d OR (attached != NONE AND removed < time::now() - 1h));",
            vars! { "me" => person.clone(), "evidence" => evidence.clone() },
        )
        .await?;
    found(answers, 0)
}

/// Puts a piece back.
pub async fn restore(db: &Db, person: &PersonId, evidence: &EvidenceId) -> Result<()> {
    let answers = db
        .write(
            "UPDATE $evidence SET removed = NONE WHERE person = $me;",
            vars! { "me" => person.clone(), "evidence" => evidence.clone() },
        )
        .await?;
    found(answers, 0)
}

fn said(person: &PersonId, evidence: &EvidenceId, written: &Written) -> crate::db::Variables {
    vars! {
        "me" => person.clone(), "evidence" => evidence.clone(), "title" => written.title.as_str().to_owned(),
        "body" => written.body.as_str().to_owned(), "html" => crate::markdown::render(written.body.as_str()),
        "address" => written.address.as_str().to_owned(), "day" => written.day.clone(),
    }
}

/// Something was changed, or there was nothing of the person's to change.
pub(super) fn found(mut answers: Answers, statement: usize) -> Result<()> {
    match answers.rows::<Value>(statement)?.is_empty() {
        true => Err(AppError::NotFound),
        false => Ok(()),
    }
}
