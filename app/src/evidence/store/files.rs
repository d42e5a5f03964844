//! Files of evidence: their records are the pieces, what they hold lies in the
//! folder of files.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use surrealdb_types::SurrealValue;
use tokio::sync::Semaphore;

use super::found;
use crate::db::{Db, Variables};
use crate::error::{AppError, Result};
use crate::evidence::files::{FileKind, FileLimits, FileName, key};
use crate::evidence::taking::Taken;
use crate::files;
use crate::id::{EvidenceId, PersonId};
use crate::pictures::store::is_under_way;
use crate::sharing::model::What;
use crate::vars;
use crate::viewer::Viewer;

/// Where they are, within the folder of files.
const FOLDER: &str = "evidence";

/// One is written at a time: the same may be sent twice at once.
static ONE_AT_A_TIME: Semaphore = Semaphore::const_new(1);

/// The address of a piece's file.
pub(super) fn href(evidence: &EvidenceId, key: &str) -> String {
    format!("/files/evidence/{evidence}/{key}")
}

/// What stands beside its name: "PDF, 1.2 MB".
pub(super) fn about(kind: FileKind, bytes: i64) -> String {
    let kilobytes = u32::try_from(bytes / 1_000).unwrap_or(u32::MAX).max(1);
    match kilobytes {
        0..1_000 => format!("{}, {kilobytes} kB", kind.words()),
        _ => format!("{}, {:.1} MB", kind.words(), f64::from(kilobytes) / 1_000.0),
    }
}

fn path(folder: &Path, key: &str) -> PathBuf {
    folder.join(FOLDER).join(key)
}

/// A file that is written, as its piece names it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Held {
    key: Option<String>,
    name: Option<String>,
    kind: Option<String>,
    bytes: Option<i64>,
}

impl Held {
    pub fn nothing() -> Self {
        Self::default()
    }

    /// Writes a file for a piece, before the piece names it. Refuses what its person
    /// has no room for; whoever names it asks again.
    pub async fn write(
        db: &Db,
        folder: &Path,
        (person, evidence): (&PersonId, &EvidenceId),
        taken: Taken,
        limits: &FileLimits,
    ) -> Result<Self> {
        let bytes = i64::try_from(taken.content.len()).map_err(|_| AppError::Internal)?;
        let before: Option<i64> = db
            .row(
                "fn::attached_bytes($me, $evidence);",
                vars! { "me" => person.clone(), "evidence" => evidence.clone() },
            )
            .await?;
        if before.unwrap_or(0).saturating_add(bytes) > most(limits) {
            return Err(AppError::field("file", limits.no_room()));
        }
        let mut hash = Sha256::new();
        hash.update(evidence.as_str());
        hash.update(&taken.content);
        let hash: String = hash
            .finalize()
            .iter()
            .take(16)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let held = Self {
            key: Some(key(taken.size, &hash)),
            name: Some(taken.name.as_str().to_owned()),
            kind: Some(taken.kind.ending().to_owned()),
            bytes: Some(bytes),
        };
        let path = path(folder, &key(taken.size, &hash));
        let permit = ONE_AT_A_TIME.acquire().await;
        tokio::task::spawn_blocking(move || files::save(&path, &taken.content))
            .await
            .map_err(|error| AppError::internal("file of evidence", error))?
            .map_err(|error| AppError::internal("write a file of evidence", error))?;
        drop(permit);
        Ok(held)
    }

    pub(super) fn put_into(&self, vars: &mut Variables, limits: &FileLimits) {
        vars.insert("attached", self.key.clone());
        vars.insert("attached_name", self.name.clone());
        vars.insert("attached_kind", self.kind.clone());
        vars.insert("attached_bytes", self.bytes);
        vars.insert("most_bytes", most(limits));
    }
}

fn most(limits: &FileLimits) -> i64 {
    i64::try_from(limits.of_a_person).unwrap_or(i64::MAX)
}

/// What is said at the field of a file for which there is no room.
pub(super) fn no_room(error: AppError, limits: &FileLimits) -> AppError {
    match error {
        AppError::Conflict(message) if message == "room" => AppError::field("file", limits.no_room()),
        error => error,
    }
}

/// Whether a piece of the person's holds a file.
pub async fn holds_file(db: &Db, person: &PersonId, evidence: &EvidenceId) -> Result<bool> {
    let held: Option<String> = db
        .row(
            "SELECT VALUE attached FROM $evidence WHERE person = $me AND attached != NONE;",
            vars! { "me" => person.clone(), "evidence" => evidence.clone() },
        )
        .await?;
    Ok(held.is_some())
}

/// Whether a piece is the person's and stands on their page.
pub async fn check_theirs(db: &Db, person: &PersonId, evidence: &EvidenceId) -> Result<()> {
    let found: Option<EvidenceId> = db
        .row(
            "SELECT VALUE id FROM $evidence WHERE person = $me AND removed = NONE;",
            vars! { "me" => person.clone(), "evidence" => evidence.clone() },
        )
        .await?;
    found.map(drop).ok_or(AppError::NotFound)
}

/// Adds a file to a piece of the person's that holds none; the same again changes
/// nothing.
pub async fn attach(db: &Db, person: &PersonId, evidence: &EvidenceId, held: &Held, limits: &FileLimits) -> Result<()> {
    let mut vars = vars! { "me" => person.clone(), "evidence" => evidence.clone() };
    held.put_into(&mut vars, limits);
    let answers = db
        .write(
            "LET $before = (SELECT VALUE attached FROM $evidence WHERE person = $me AND removed = NONE)[0];
             IF $before != NONE AND $before != $attached {
                THROW 'This evidence holds a file already. Take it out and put it down anew to give another.';
             };
             IF fn::attached_bytes($me, $evidence) + $attached_bytes > $most_bytes { THROW 'room' };
             UPDATE $evidence SET attached = $attached, attached_name = $attached_name, attached_kind = $attached_kind,
                attached_bytes = $attached_bytes WHERE person = $me AND removed = NONE;",
            vars,
        )
        .await
        .map_err(|error| no_room(error, limits))?;
    found(answers, 3)
}

#[derive(SurrealValue)]
struct FileRow {
    person: PersonId,
    name: Option<String>,
    kind: Option<String>,
    /// Whether the piece waits for the viewer's answer.
    asked: bool,
}

/// A file as it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    pub kind: FileKind,
    /// What it is saved as.
    pub name: String,
    pub content: Vec<u8>,
}

/// A piece's file, for its person, whoever it waits for, and those whom evidence is
/// shared with, whose look is noted; for others it is not there.
pub async fn file(db: &Db, folder: &Path, viewer: &Viewer, evidence: &EvidenceId, key: &str) -> Result<Sent> {
    let me = viewer.id().ok_or(AppError::NotFound)?;
    let row: Option<FileRow> = db
        .row(
            "SELECT person, attached_name AS name, attached_kind AS kind, waits.reviewer = $me AND fn::guides($me, person) AS asked
                FROM $evidence WHERE attached = $key AND removed = NONE;",
            vars! { "evidence" => evidence.clone(), "key" => key.to_owned(), "me" => me.clone() },
        )
        .await?;
    let row = row.ok_or(AppError::NotFound)?;
    if !viewer.is(&row.person) && !row.asked {
        crate::sharing::store::look(db, viewer, &row.person, What::Evidence).await?;
    }
    let kind = row.kind.as_deref().and_then(FileKind::of_ending);
    let kind = kind.ok_or(AppError::NotFound)?;
    // The key is the piece's own, and was made by us. One that goes meanwhile is not there.
    let content = tokio::fs::read(path(folder, key)).await;
    Ok(Sent {
        kind,
        name: FileName::cleaned(&row.name.unwrap_or_default()).to_save(kind),
        content: content.map_err(|_| AppError::NotFound)?,
    })
}

#[derive(SurrealValue)]
struct OwnRow {
    key: String,
    kind: String,
}

/// All files of somebody's evidence, with names for them.
pub async fn own(db: &Db, folder: &Path, person: &PersonId) -> Result<Vec<(String, PathBuf)>> {
    let rows: Vec<OwnRow> = db
        .rows(
            "SELECT attached AS key, attached_kind AS kind, added, id FROM evidence WHERE person = $person AND attached != NONE
                ORDER BY added DESC, id LIMIT 20000;",
            vars! { "person" => person.clone() },
        )
        .await?;
    let named = rows
        .into_iter()
        .map(|row| (format!("{}.{}", row.key, row.kind), path(folder, &row.key)));
    Ok(named.collect())
}

/// Forgets what was taken out with its file and cannot be put back any more, and
/// files of what is gone.
pub async fn forget_loose(db: &Db, folder: &Path) -> Result<()> {
    let kept: Vec<String> = db
        .write(
            "DELETE evidence WHERE attached != NONE AND removed != NONE AND removed < time::now() - 1h RETURN NONE;
             SELECT VALUE attached FROM evidence WHERE attached != NONE;",
            vars! {},
        )
        .await?
        .rows(1)?;
    let kept: HashSet<String> = kept.into_iter().collect();
    let folder = folder.join(FOLDER);
    files::keep_only(&folder, |name| kept.contains(name) || is_under_way(&folder.join(name)));
    Ok(())
}
