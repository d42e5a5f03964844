//! Uploaded files that wait for a yes.

use surrealdb_types::{Bytes, Datetime, SurrealValue};

use crate::competencies::model::Imported;
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::exchange::ExchangeSet;
use crate::id::{EditionId, ImportId, OrganisationId, PersonId};
use crate::vars;

/// Bytes of one piece of a file, well within one transaction.
const PART: usize = 1024 * 1024;

/// A file to keep until it is confirmed.
pub struct StagedFile {
    pub organisation: OrganisationId,
    pub organisation_name: String,
    pub line: Vec<OrganisationId>,
    /// The name that was typed for the set; may be empty.
    pub title: String,
    pub file_name: String,
    pub content: Vec<u8>,
    /// What each column of a table was said to be.
    pub columns: Vec<String>,
    /// The row that was said to be the header.
    pub header: Option<u32>,
    /// The edition that its confirmation wrote, with its set and number.
    pub done: Option<(String, u32)>,
    /// What its confirmation made: `set`, `edition` or `draft`.
    pub made: Option<String>,
}

/// Keeps a file for a week, and for as long as what it wrote is a draft; the pieces first, so that what is listed is whole.
pub async fn keep_file(
    db: &Db,
    person: &PersonId,
    organisation: &OrganisationId,
    title: &str,
    file_name: &str,
    content: &[u8],
) -> Result<ImportId> {
    let id = ImportId::random();
    db.write("fn::forget_imports();", vars! {}).await?;
    let count = i64::try_from(content.chunks(PART).len()).unwrap_or(0);
    keep_parts(db, &id, content, |number| number).await?;
    db.write(
        "CREATE $id SET person = $person, organisation = $organisation, title = $title, file_name = $file_name, parts = $count RETURN NONE;",
        vars! {
            "id" => id.clone(), "person" => person.clone(), "organisation" => organisation.clone(),
            "title" => title.to_owned(), "file_name" => file_name.to_owned(), "count" => count,
        },
    )
    .await?;
    Ok(id)
}

async fn keep_parts(db: &Db, import: &ImportId, content: &[u8], number: impl Fn(i64) -> i64) -> Result<()> {
    for (at, part) in (0..).zip(content.chunks(PART)) {
        db.write(
            "UPSERT type::record('import_part', [record::id($import), $number])
                SET import = $import, number = $number, content = $content RETURN NONE;",
            vars! { "import" => import.clone(), "number" => number(at), "content" => Bytes::from(part.to_vec()) },
        )
        .await?;
    }
    Ok(())
}

/// Keeps the draft that an import is about to replace, beneath zero.
pub async fn keep_replaced(db: &Db, import: &ImportId, set: &ExchangeSet) -> Result<()> {
    let content = serde_json::to_vec(set).map_err(|error| AppError::internal("draft", error))?;
    db.write(
        "DELETE import_part WHERE import = $import AND number < 0 RETURN NONE;",
        vars! { "import" => import.clone() },
    )
    .await?;
    keep_parts(db, import, &content, |number| -1 - number).await
}

/// The draft that an import has replaced.
pub async fn replaced(db: &Db, import: &ImportId) -> Result<ExchangeSet> {
    let parts: Vec<PartRow> = db
        .rows(
            "SELECT number, content FROM import_part WHERE import = $import AND number < 0 ORDER BY number DESC;",
            vars! { "import" => import.clone() },
        )
        .await?;
    let content: Vec<u8> = parts.into_iter().flat_map(|part| part.content.into_inner()).collect();
    serde_json::from_slice(&content).map_err(|error| AppError::internal("draft", error))
}

#[derive(SurrealValue)]
struct ImportRow {
    organisation: OrganisationId,
    organisation_name: String,
    line: Vec<OrganisationId>,
    title: String,
    file_name: String,
    columns: Vec<String>,
    header: Option<i64>,
    parts: i64,
    set: Option<String>,
    number: Option<i64>,
    made: Option<String>,
}

#[derive(SurrealValue)]
struct PartRow {
    content: Bytes,
}

/// A kept file.
pub async fn staged(db: &Db, import: &ImportId) -> Result<StagedFile> {
    let mut answers = db
        .run(
            "SELECT organisation, organisation.name AS organisation_name, organisation.line AS line, title, file_name,
                columns, header, parts, made, done.competency_set.slug AS set, done.number AS number FROM $import;
             SELECT number, content FROM import_part WHERE import = $import AND number >= 0 ORDER BY number;",
            vars! { "import" => import.clone() },
        )
        .await?;
    let row = answers.row::<ImportRow>(0)?.ok_or(AppError::NotFound)?;
    let parts = answers.rows::<PartRow>(1)?;
    if i64::try_from(parts.len()) != Ok(row.parts) {
        return Err(AppError::internal("import", "a piece of the file is missing"));
    }
    let content = parts.into_iter().flat_map(|part| part.content.into_inner()).collect();
    Ok(StagedFile {
        organisation: row.organisation,
        organisation_name: row.organisation_name,
        line: row.line,
        title: row.title,
        file_name: row.file_name,
        content,
        columns: row.columns,
        header: row.header.map(super::count),
        made: row.made,
        done: row.set.zip(row.number.map(super::count)),
    })
}

/// The language of what an organisation writes.
pub async fn language_of(db: &Db, organisation: &OrganisationId) -> Result<Option<String>> {
    let sql = "SELECT VALUE language FROM $organisation;";
    db.row(sql, vars! { "organisation" => organisation.clone() }).await
}

/// Remembers what the columns of a kept table are, and which row names them.
pub async fn keep_columns(db: &Db, import: &ImportId, columns: Vec<String>, header: Option<u32>) -> Result<()> {
    db.write(
        "UPDATE $import SET columns = $columns, header = $header WHERE done = NONE RETURN NONE;",
        vars! { "import" => import.clone(), "columns" => columns, "header" => header.map(i64::from) },
    )
    .await
    .map(drop)
}

/// Asks for the [`ImportedRow`] of a draft, by the last import that wrote it.
macro_rules! imported {
    ($draft:literal) => {
        concat!(
            "SELECT id, file_name, confirmed, person.name AS by FROM import WHERE done = ",
            $draft,
            " AND done != NONE ORDER BY confirmed DESC LIMIT 1;"
        )
    };
}
pub(crate) use imported;

/// The import that a draft comes from.
#[derive(SurrealValue)]
pub(crate) struct ImportedRow {
    id: ImportId,
    file_name: String,
    confirmed: Option<Datetime>,
    by: Option<String>,
}

impl ImportedRow {
    pub(crate) fn shown(self, zone: &str) -> Imported {
        Imported {
            import: self.id,
            file_name: self.file_name,
            day: self
                .confirmed
                .map(|day| crate::time::day(&day, zone))
                .unwrap_or_default(),
            by: self.by.unwrap_or_default(),
        }
    }
}

#[derive(SurrealValue)]
struct DoneRow {
    edition: Option<EditionId>,
    set: Option<String>,
    number: Option<i64>,
    published: bool,
}

/// What an import that was confirmed before has written.
pub async fn finished(db: &Db, import: &ImportId) -> Result<Option<(EditionId, String, u32, bool)>> {
    let row: Option<DoneRow> = db
        .row(
            "SELECT done AS edition, done.competency_set.slug AS set, done.number AS number,
                (done.state ?? '') = 'published' AS published FROM $import;",
            vars! { "import" => import.clone() },
        )
        .await?;
    let found = |row: DoneRow| Some((row.edition?, row.set?, super::count(row.number?), row.published));
    Ok(row.and_then(found))
}
