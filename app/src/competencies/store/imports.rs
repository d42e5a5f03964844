//! Uploaded files that wait for a yes.

use surrealdb_types::{Bytes, SurrealValue};

use crate::db::Db;
use crate::error::{AppError, Result};
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
    /// The edition that its confirmation wrote, with its set and number.
    pub done: Option<(String, u32)>,
}

/// Keeps a file for a week; the pieces first, so that what is listed is whole.
pub async fn keep_file(
    db: &Db,
    person: &PersonId,
    organisation: &OrganisationId,
    title: &str,
    file_name: &str,
    content: &[u8],
) -> Result<ImportId> {
    let id = ImportId::random();
    db.write(
        "DELETE import WHERE created < time::now() - 7d RETURN NONE;
         DELETE import_part WHERE created < time::now() - 7d RETURN NONE;",
        vars! {},
    )
    .await?;
    let parts = content.chunks(PART);
    let count = i64::try_from(parts.len()).unwrap_or(0);
    for (number, part) in parts.enumerate() {
        db.write(
            "CREATE type::record('import_part', [record::id($import), $number])
                SET import = $import, number = $number, content = $content RETURN NONE;",
            vars! {
                "import" => id.clone(), "number" => i64::try_from(number).unwrap_or(0),
                "content" => Bytes::from(part.to_vec()),
            },
        )
        .await?;
    }
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

#[derive(SurrealValue)]
struct ImportRow {
    organisation: OrganisationId,
    organisation_name: String,
    line: Vec<OrganisationId>,
    title: String,
    file_name: String,
    parts: i64,
    set: Option<String>,
    number: Option<i64>,
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
                parts, done.competency_set.slug AS set, done.number AS number FROM $import;
             SELECT number, content FROM import_part WHERE import = $import ORDER BY number;",
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
        done: row.set.zip(row.number.map(super::count)),
    })
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
