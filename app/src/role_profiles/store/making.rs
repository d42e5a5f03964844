//! Making a role profile, with nothing in it or as a copy.

use surrealdb_types::SurrealValue;
use uuid::Uuid;

use super::{InForceRow, SetRow, head, title_taken};
use crate::competencies::store::{curated, sees_all};
use crate::db::Db;
use crate::error::{AppError, FieldErrors, Result};
use crate::id::{NodeId, RoleProfileId};
use crate::organisations::choosing::model::{Purpose, Wanted};
use crate::organisations::choosing::store::{choices, owner};
use crate::role_profiles::model::{MOST_SOURCES, NewProfileForm, ProfileTitle, parse_description};
use crate::vars;
use crate::viewer::Viewer;

/// A role profile as the form that makes it says it.
#[derive(Debug, Clone, Default)]
pub struct NewProfile {
    /// The form's own key: sent twice, it makes one.
    pub key: Uuid,
    pub organisation: String,
    pub title: String,
    pub description: String,
    /// The slug of one of the same edition to begin with; may be empty.
    pub copy: String,
}

#[derive(SurrealValue)]
struct SourceRow {
    slug: String,
    title: String,
    organisation: String,
}

#[derive(SurrealValue)]
struct TargetRow {
    node: NodeId,
    level: i64,
    position: i64,
}

/// The set of that name with its edition in force: statements 0 to 4 of a question.
macro_rules! set_in_force {
    () => {
        "
    LET $set = (SELECT VALUE id FROM competency_set WHERE slug = $slug)[0];
    SELECT slug, title, organisation.line AS line, (SELECT VALUE id FROM edition
        WHERE competency_set = $parent.id AND state IN ['published', 'retired'] LIMIT 1) != [] AS public FROM $set;
    LET $edition = (SELECT id, number, partial ?? false AS partial FROM edition WHERE competency_set = $set AND state = 'published'
        ORDER BY partial, number DESC LIMIT 1)[0];
    SELECT id, number FROM [$edition] WHERE id != NONE;
    LET $homes = fn::homes($me);"
    };
}

/// Role profiles that are offered to be copied.
const SOURCES: &str = concat!(
    set_in_force!(),
    "
    SELECT slug, title, organisation.name AS organisation, slug != $copy AS other FROM role_profile WHERE edition = $edition.id
        AND ($all OR organisation.line CONTAINSANY $mine OR fn::profile_open(id, $homes)) ORDER BY other, title, slug LIMIT $most;"
);

/// What the form that makes one needs; `copy` is the one to begin with, by its
/// slug.
pub async fn new_form(db: &Db, viewer: &Viewer, slug: &str, wanted: &Wanted, copy: &str) -> Result<NewProfileForm> {
    let vars = vars! {
        "slug" => slug.to_owned(), "me" => viewer.id().cloned(), "mine" => curated(viewer), "all" => sees_all(viewer),
        "copy" => copy.to_owned(), "most" => MOST_SOURCES as i64,
    };
    let mut answers = db.run(SOURCES, vars).await?;
    let edition = answers.row::<InForceRow>(3)?;
    let set = head(viewer, answers.row::<SetRow>(1)?, edition.as_ref())?;
    let sources = answers.rows::<SourceRow>(5)?.into_iter();
    Ok(NewProfileForm {
        key: Uuid::new_v4().to_string(),
        set,
        organisations: choices(db, viewer, Purpose::Sets, wanted).await?,
        sources: sources
            .map(|row| (row.slug, format!("{} ({})", row.title, row.organisation)))
            .collect(),
    })
}

/// Makes one of the edition in force; answers with its name in addresses.
pub async fn make(db: &Db, viewer: &Viewer, slug: &str, new: &NewProfile) -> Result<String> {
    let vars = vars! {
        "slug" => slug.to_owned(), "me" => viewer.id().cloned(), "mine" => curated(viewer), "all" => sees_all(viewer),
        "copy" => new.copy.clone(),
    };
    let mut answers = db.run(TO_COPY, vars).await?;
    let edition = answers.row::<InForceRow>(3)?;
    head(viewer, answers.row::<SetRow>(1)?, edition.as_ref())?;
    let edition = edition.ok_or_else(|| AppError::Conflict(UNPUBLISHED.into()))?;
    let copied = answers.row::<RoleProfileId>(6)?;
    let targets = answers.rows::<TargetRow>(7)?;

    let mut errors = FieldErrors::default();
    let organisation = owner(db, viewer, &new.organisation).await?;
    if organisation.is_none() {
        errors.add("organisation", "Choose one of your organisations.");
    }
    let title = errors.take("title", ProfileTitle::parse(&new.title));
    let description = errors.take("description", parse_description(&new.description));
    if !new.copy.is_empty() && copied.is_none() {
        errors.add("copy", "Choose one from the list.");
    }
    errors.check()?;
    let (Some(organisation), Some(title), Some(description)) = (organisation, title, description) else {
        return Err(AppError::Internal);
    };
    let id = RoleProfileId::parse(&new.key.simple().to_string()).ok_or(AppError::Internal)?;
    let statements = i64::try_from(targets.len()).unwrap_or(0);
    let mut made = db
        .write(
            "LET $made = (SELECT VALUE slug FROM $id WHERE organisation = $organisation)[0];
             LET $place = $organisation.slug;
             LET $names = array::map($endings, |$ending| string::concat($wanted, '-', $place, $ending));
             LET $slug = $made ?? array::complement($names, (SELECT VALUE slug FROM role_profile WHERE slug IN $names))[0];
             IF $made = NONE {
                IF $edition.state != 'published' { THROW 'A newer edition was published in the meantime. Load the page again.' };
                IF (SELECT VALUE id FROM role_profile WHERE edition = $edition AND organisation = $organisation
                    AND string::lowercase(title) = string::lowercase($title)) != [] { THROW 'title taken' };
                LET $needed = array::map($targets, |$one| object::extend($one, { role_profile: $id,
                    id: type::record('target', [record::id($id), record::id($one.node)]) }));
                CREATE $id SET slug = $slug, edition = $edition, organisation = $organisation, title = $title,
                    description = $description, statements = $count RETURN NONE;
                INSERT INTO target $needed RETURN NONE;
             };
             $slug;",
            vars! {
                "id" => id, "organisation" => organisation, "edition" => edition.id, "title" => title.as_str().to_owned(),
                "description" => description, "targets" => targets, "count" => statements,
                "wanted" => wanted(title.as_str()), "endings" => endings(new.key),
            },
        )
        .await
        .map_err(title_taken)?;
    made.row::<String>(5)?.ok_or(AppError::Internal)
}

const UNPUBLISHED: &str =
    "Nothing of this set is published yet. Publish an edition first; then say what jobs need of it.";

/// As [`SOURCES`], of the one that is copied.
const TO_COPY: &str = concat!(
    set_in_force!(),
    "
    LET $copied = IF $copy = '' { NONE } ELSE { (SELECT VALUE id FROM role_profile WHERE slug = $copy AND edition = $edition.id
        AND ($all OR organisation.line CONTAINSANY $mine OR fn::profile_open(id, $homes)))[0] };
    array::complement([$copied], [NONE]);
    SELECT node, level, position FROM target WHERE role_profile = $copied ORDER BY position;"
);

/// How it is called in addresses, before the name of its organisation: so that no
/// number says that a stranger has one of the same title.
fn wanted(title: &str) -> String {
    match crate::paths::slug(title) {
        slug if slug.is_empty() => "role".to_owned(),
        slug => slug,
    }
}

/// What is put behind a name until it is free.
fn endings(key: Uuid) -> Vec<String> {
    let numbered = (2..50).map(|number| format!("-{number}"));
    let own = format!("-{}", key.simple());
    std::iter::once(String::new()).chain(numbered).chain([own]).collect()
}
