//! Typeset files, and those on their way.

use std::path::Path;

use surrealdb_types::{Datetime, SurrealValue};

use crate::copies::model::size;
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::files;
use crate::id::{EditionId, TypesettingId};
use crate::publications::model::{Paper, STAGES, Stage, Typesetting};
use crate::time::seconds_since;
use crate::vars;

/// What has not gone on for so many seconds was cut off.
const STANDSTILL: i64 = 10 * 60;

/// How many files may wait at once.
const MOST_WAITING: i64 = 20;

/// How many days a file is kept that nobody asks for, and how many files are.
const DAYS: i64 = 30;
const MOST_KEPT: i64 = 500;

/// A file that was asked for.
pub struct Asked {
    pub id: TypesettingId,
    /// Whether it is to be made now.
    pub begun: bool,
}

/// Notes that a file is wanted; one that is not there is begun if the asker
/// `may_begin` another.
///
/// # Errors
/// A conflict where many wait already, the asker's own or in all.
pub async fn begin(
    db: &Db,
    edition: &EditionId,
    key: &str,
    paper: Paper,
    (whole, may_begin): (bool, bool),
) -> Result<Asked> {
    let most = if may_begin { MOST_WAITING } else { 0 };
    let mut answers = db
        .write(
            "LET $file = type::record('typesetting', $key);
             LET $goes_on = $file.stage = 'ready' OR ($file.stage IN ['waiting', 'laying_out', 'writing'] AND $file.moved > time::now() - duration::from_secs($standstill));
             LET $waiting = count(SELECT VALUE id FROM typesetting WHERE asked > time::now() - 1d AND stage IN ['waiting', 'laying_out', 'writing']
                AND moved > time::now() - duration::from_secs($standstill));
             IF $goes_on { UPDATE $file SET asked = time::now() RETURN NONE }
             ELSE IF $waiting < $most {
                UPSERT $file SET edition = $edition, paper = $paper, whole = $whole, stage = 'waiting', asked = time::now(), moved = time::now() RETURN NONE
             };
             RETURN [$goes_on, $waiting < $most];",
            vars! {
                "key" => key.to_owned(), "edition" => edition.clone(), "paper" => paper.word().to_owned(), "whole" => whole,
                "standstill" => STANDSTILL, "most" => most,
            },
        )
        .await?;
    let id = TypesettingId::parse(key).ok_or_else(|| AppError::internal("typesetting", "no key"))?;
    match answers.rows::<bool>(4)?[..] {
        [true, _] => Ok(Asked { id, begun: false }),
        [_, true] => Ok(Asked { id, begun: true }),
        _ if !may_begin => Err(AppError::Conflict(
            "Some books are being typeset for you already. Ask again when one of them is there.".into(),
        )),
        _ => Err(AppError::Conflict(
            "Many books are being typeset. Ask again in some minutes.".into(),
        )),
    }
}

/// The file is at this stage.
pub async fn reached(db: &Db, file: &TypesettingId, stage: &'static str) -> Result<()> {
    let vars = vars! { "file" => file.clone(), "stage" => stage.to_owned() };
    db.write(
        "UPDATE $file SET stage = $stage, moved = time::now() RETURN NONE;",
        vars,
    )
    .await
    .map(drop)
}

/// The file is there; `missing` is what no font could show in it.
pub async fn ready(db: &Db, file: &TypesettingId, (pages, bytes): (usize, usize), missing: String) -> Result<()> {
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    db.write(
        "UPDATE $file SET stage = 'ready', pages = $pages, bytes = $bytes, missing = $missing, moved = time::now() RETURN NONE;",
        vars! { "file" => file.clone(), "pages" => number(pages), "bytes" => number(bytes), "missing" => missing },
    )
    .await
    .map(drop)
}

pub async fn failed(db: &Db, file: &TypesettingId) -> Result<()> {
    reached(db, file, "failed").await
}

#[derive(SurrealValue)]
struct FileRow {
    id: TypesettingId,
    paper: String,
    whole: bool,
    stage: String,
    pages: i64,
    bytes: i64,
    missing: Option<String>,
    moved: Datetime,
}

impl FileRow {
    fn into_file(self) -> Typesetting {
        let alive = seconds_since(&self.moved) < STANDSTILL;
        let stage = match self.stage.as_str() {
            "ready" => Stage::Ready {
                pages: u32::try_from(self.pages).unwrap_or(0),
                size: size(u64::try_from(self.bytes).unwrap_or(0)),
                missing: self.missing.unwrap_or_default(),
            },
            "waiting" if alive => Stage::BeingMade(0),
            "laying_out" if alive => Stage::BeingMade(1),
            "writing" if alive => Stage::BeingMade(STAGES - 1),
            _ => Stage::Failed,
        };
        Typesetting {
            id: self.id,
            paper: Paper::of_word(&self.paper),
            whole: self.whole,
            stage,
        }
    }
}

/// A file of an edition: this one, or the newest that is ready and holds all of
/// it, on this paper where one is named.
pub async fn file(
    db: &Db,
    edition: &EditionId,
    key: Option<&TypesettingId>,
    paper: Option<Paper>,
) -> Result<Option<Typesetting>> {
    let row: Option<FileRow> = match key {
        Some(key) => {
            let vars = vars! { "file" => key.clone(), "edition" => edition.clone() };
            db.row(
                "SELECT id, paper, whole, stage, pages, bytes, missing, moved FROM $file WHERE edition = $edition;",
                vars,
            )
            .await?
        }
        None => {
            let paper = paper.map(|paper| paper.word().to_owned());
            db.row(
                "SELECT id, paper, whole, stage, pages, bytes, missing, moved, asked FROM typesetting
                    WHERE edition = $edition AND stage = 'ready' AND whole AND ($paper IS NONE OR paper = $paper)
                    ORDER BY asked DESC, id LIMIT 1;",
                vars! { "edition" => edition.clone(), "paper" => paper },
            )
            .await?
        }
    };
    Ok(row.map(FileRow::into_file))
}

/// Forgets files that nobody asked for in a while, and what is too many.
pub async fn forget_old(db: &Db, folder: &Path) -> Result<()> {
    let kept: Vec<TypesettingId> = db
        .write(
            "DELETE typesetting WHERE asked < time::now() - duration::from_days($days) RETURN NONE;
             LET $kept = (SELECT id, asked FROM typesetting ORDER BY asked DESC, id LIMIT $most).id;
             DELETE typesetting WHERE id NOT IN $kept RETURN NONE;
             RETURN $kept;",
            vars! { "days" => DAYS, "most" => MOST_KEPT },
        )
        .await?
        .rows(3)?;
    files::keep_only(&folder.join("publications"), |name| {
        kept.iter().any(|file| file.as_str() == name)
    });
    Ok(())
}
