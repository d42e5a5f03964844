//! Beginning a job description, with what a role profile needs or with nothing.

use surrealdb_types::SurrealValue;
use uuid::Uuid;

use super::reach;
use crate::competencies::model::edition_words;
use crate::db::Db;
use crate::error::{AppError, FieldErrors, Result};
use crate::id::{EditionId, JobId, NodeId};
use crate::jobs::model::{EDITION, JobTitle, MOST_DUTIES, MOST_SOURCES, NewJobForm, PROFILE};
use crate::organisations::choosing::model::{Purpose, Wanted};
use crate::organisations::choosing::store::{choices, employer};
use crate::vars;
use crate::viewer::Viewer;

/// A job description as the form that makes it says it.
#[derive(Debug, Clone, Default)]
pub struct NewJob {
    pub organisation: String,
    pub title: String,
    /// A role profile or an edition, as the form names them.
    pub from: String,
}

#[derive(SurrealValue)]
struct ProfileRow {
    slug: String,
    title: String,
    organisation: String,
}

#[derive(SurrealValue)]
struct EditionRow {
    key: String,
    number: i64,
    title: String,
}

/// The role profiles and the editions in force that one can be built from.
const SOURCES: &str = "
    LET $homes = fn::homes($me);
    SELECT slug, title, organisation.name AS organisation, slug != $from AS other FROM role_profile WHERE edition.state = 'published'
        AND ($all OR organisation.line CONTAINSANY $leads OR fn::profile_open(id, $homes)) ORDER BY other, title, slug LIMIT $most;
    SELECT record::id(id) AS key, number, title FROM edition WHERE state = 'published' ORDER BY title, number, key LIMIT $most;";

/// What the form that makes one needs; what `from` names stands first.
pub async fn new_form(db: &Db, viewer: &Viewer, wanted: &Wanted, from: &str) -> Result<NewJobForm> {
    if !viewer.writes_jobs() {
        return Err(AppError::Forbidden);
    }
    let mut vars = reach(viewer);
    vars.insert("from", from.strip_prefix(PROFILE).unwrap_or_default().to_owned());
    vars.insert("most", i64::try_from(MOST_SOURCES).unwrap_or(0));
    let mut answers = db.run(SOURCES, vars).await?;
    let profile = |row: ProfileRow| {
        let words = format!("{} ({})", row.title, row.organisation);
        (format!("{PROFILE}{}", row.slug), words)
    };
    let edition = |row: EditionRow| {
        let number = edition_words(u32::try_from(row.number).unwrap_or(0));
        let words = format!("Statements of {}, {number}, one by one", row.title);
        (format!("{EDITION}{}", row.key), words)
    };
    let profiles = answers.rows::<ProfileRow>(1)?.into_iter().map(profile);
    let mut sources: Vec<(String, String)> = profiles.collect();
    sources.extend(answers.rows::<EditionRow>(2)?.into_iter().map(edition));
    Ok(NewJobForm {
        key: Uuid::new_v4().to_string(),
        organisations: choices(db, viewer, Purpose::Jobs, wanted).await?,
        sources,
    })
}

#[derive(SurrealValue)]
struct SourceRow {
    id: EditionId,
    built_from: Option<String>,
}

#[derive(SurrealValue)]
struct DutyRow {
    node: NodeId,
    level: Option<i64>,
}

/// What one is built from, where the viewer may see it.
const SOURCE: &str = "
    LET $homes = fn::homes($me);
    LET $profile = (SELECT VALUE id FROM role_profile WHERE slug = $slug AND edition.state = 'published'
        AND ($all OR organisation.line CONTAINSANY $leads OR fn::profile_open(id, $homes)))[0];
    LET $edition = IF $profile != NONE { $profile.edition } ELSE IF $asked != NONE {
        (SELECT VALUE id FROM $asked WHERE state = 'published')[0] } ELSE { NONE };
    SELECT id, $profile.title AS built_from FROM [{ id: $edition }] WHERE id != NONE;
    SELECT node, level, position FROM target WHERE role_profile = $profile ORDER BY position LIMIT $most;";

/// Begins one of this key as a draft; where it is there already, nothing changes.
pub async fn make(db: &Db, viewer: &Viewer, job: &JobId, new: &NewJob) -> Result<()> {
    if !viewer.writes_jobs() {
        return Err(AppError::Forbidden);
    }
    let mut vars = reach(viewer);
    let edition = new.from.strip_prefix(EDITION).and_then(EditionId::parse);
    vars.insert("slug", new.from.strip_prefix(PROFILE).unwrap_or_default().to_owned());
    vars.insert("asked", edition);
    vars.insert("most", i64::try_from(MOST_DUTIES + 1).unwrap_or(0));
    let mut answers = db.run(SOURCE, vars).await?;
    let source = answers.row::<SourceRow>(3)?;
    let duties = answers.rows::<DutyRow>(4)?;

    let mut errors = FieldErrors::default();
    let organisation = employer(db, viewer, &new.organisation).await?;
    if organisation.is_none() {
        errors.add("organisation", "Choose one of your organisations.");
    }
    let title = errors.take("title", JobTitle::parse(&new.title));
    if source.is_none() {
        errors.add("from", "Choose one from the list.");
    } else if duties.len() > MOST_DUTIES {
        errors.add(
            "from",
            format!("This role profile needs more than {MOST_DUTIES} statements, which is more than a job description holds."),
        );
    }
    errors.check()?;
    let (Some(organisation), Some(title), Some(source)) = (organisation, title, source) else {
        return Err(AppError::Internal);
    };
    db.write(
        "IF !record::exists($job) {
            IF $edition.state != 'published' { THROW 'A newer edition was published in the meantime. Load the page again.' };
            LET $rows = array::map($duties, |$one| object::extend($one, { job_description: $job,
                id: type::record('duty', [record::id($job), record::id($one.node)]) }));
            CREATE $job SET organisation = $organisation, edition = $edition, built_from = $built_from, title = $title RETURN NONE;
            INSERT INTO duty $rows RETURN NONE;
         };",
        vars! {
            "job" => job.clone(), "organisation" => organisation, "edition" => source.id,
            "built_from" => source.built_from.unwrap_or_default(), "title" => title.as_str().to_owned(), "duties" => duties,
        },
    )
    .await
    .map(drop)
}
