//! Pictures of texts: records in the database, and what they show in files.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sha2::{Digest, Sha256};
use surrealdb_types::{SurrealValue, Value};
use tokio::sync::Semaphore;

use super::model::{Asked, key};
use crate::courses::store::{check_readable, check_writable};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::files;
use crate::id::{CourseId, GroupId, PersonId, PictureId};
use crate::profiles::pictures::Picture;
use crate::vars;
use crate::viewer::Viewer;

/// Where the pictures are, within the folder of files.
const FOLDER: &str = "pictures";

/// One is written at a time: the same may be sent twice at once.
static ONE_AT_A_TIME: Semaphore = Semaphore::const_new(1);

/// For how long a file may be there before its record is.
const UNDER_WAY: Duration = Duration::from_secs(60 * 60);

/// What a picture belongs to, which says who sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    Group(GroupId),
    Course(CourseId),
}

impl Place {
    fn into_value(self) -> Value {
        match self {
            Self::Group(id) => id.into_value(),
            Self::Course(id) => id.into_value(),
        }
    }

    fn as_str(&self) -> &str {
        match self {
            Self::Group(id) => id.as_str(),
            Self::Course(id) => id.as_str(),
        }
    }
}

#[derive(SurrealValue)]
struct GroupRow {
    study_group: GroupId,
    open: bool,
}

/// The place that a form names, for those who may write there: members of a
/// group, and whoever writes the course.
pub async fn place(db: &Db, viewer: &Viewer, asked: &Asked) -> Result<Place> {
    if !viewer.is_signed_in() {
        return Err(AppError::SignInNeeded);
    }
    let row: Option<GroupRow> = match asked {
        Asked::Course(course) => {
            check_writable(db, viewer, course).await?;
            return Ok(Place::Course(course.clone()));
        }
        Asked::Thread(thread) => {
            let sql = "SELECT study_group, study_group.public AS open FROM $thread;";
            db.row(sql, vars! { "thread" => thread.clone() }).await?
        }
        Asked::Group(group) => {
            let sql = "SELECT id AS study_group, public AS open FROM $group;";
            db.row(sql, vars! { "group" => group.clone() }).await?
        }
    };
    let group = row.filter(|row| viewer.may_read_group(&row.study_group, row.open));
    let group = group.ok_or(AppError::NotFound)?.study_group;
    match viewer.may_post_in(&group) {
        true => Ok(Place::Group(group)),
        false => Err(AppError::Forbidden),
    }
}

/// Keeps a picture for a place. Sent again by the same person to the same
/// place it is the same picture, and its day begins anew.
pub async fn keep(db: &Db, folder: &Path, viewer: &Viewer, place: Place, picture: Picture) -> Result<PictureId> {
    let person = viewer.id().ok_or(AppError::SignInNeeded)?;
    let hash = Sha256::digest(format!("{person} {} {}", place.as_str(), picture.hash));
    let hash: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let id = key(picture.size.0, picture.size.1, &hash).ok_or(AppError::Internal)?;
    let path = file(folder, &id);
    let permit = ONE_AT_A_TIME.acquire().await;
    // First, so that no record is without what it shows.
    tokio::task::spawn_blocking(move || files::save(&path, &picture.content))
        .await
        .map_err(|error| AppError::internal("picture", error))?
        .map_err(|error| AppError::internal("write a picture", error))?;
    drop(permit);
    db.write(
        "IF record::exists($picture) { UPDATE $picture SET loose = time::now() WHERE loose != NONE RETURN NONE }
         ELSE { CREATE $picture SET owner = $me, place = $place, kind = $kind, loose = time::now() RETURN NONE };",
        vars! {
            "picture" => id.clone(), "me" => person.clone(), "place" => place.into_value(), "kind" => picture.kind,
        },
    )
    .await?;
    Ok(id)
}

fn file(folder: &Path, picture: &PictureId) -> PathBuf {
    folder.join(FOLDER).join(picture.as_str())
}

#[derive(SurrealValue)]
struct SeenRow {
    owner: PersonId,
    kind: String,
    study_group: Option<GroupId>,
    open: bool,
    course: Option<CourseId>,
}

/// The type of a picture, for its owner and those who may see its place; for
/// others it is not there.
pub async fn kind(db: &Db, viewer: &Viewer, picture: &PictureId) -> Result<String> {
    let row: Option<SeenRow> = db
        .row(
            "SELECT owner, kind, IF record::tb(place) = 'study_group' { place } AS study_group,
                place.public = true AS open, IF record::tb(place) = 'course' { place } AS course FROM $picture;",
            vars! { "picture" => picture.clone() },
        )
        .await?;
    let row = row.ok_or(AppError::NotFound)?;
    let may_see = match (&row.study_group, &row.course) {
        _ if viewer.is(&row.owner) => true,
        (Some(group), _) => viewer.may_read_group(group, row.open),
        (None, Some(course)) => check_readable(db, viewer, course).await.is_ok(),
        (None, None) => false,
    };
    may_see.then_some(row.kind).ok_or(AppError::NotFound)
}

/// The same, with what it shows.
pub async fn seen(db: &Db, folder: &Path, viewer: &Viewer, picture: &PictureId) -> Result<(String, Vec<u8>)> {
    let kind = kind(db, viewer, picture).await?;
    // One that goes meanwhile is not there.
    let content = tokio::fs::read(file(folder, picture)).await;
    content.map(|content| (kind, content)).map_err(|_| AppError::NotFound)
}

#[derive(SurrealValue)]
struct OwnRow {
    id: PictureId,
    kind: String,
}

/// The files of all that somebody sent, with names for them; of more the newest
/// twenty thousand, as in their copy.
pub async fn own(db: &Db, folder: &Path, person: &PersonId) -> Result<Vec<(String, PathBuf)>> {
    let rows: Vec<OwnRow> = db
        .rows(
            "SELECT id, kind, created FROM text_picture WHERE owner = $person ORDER BY created DESC, id LIMIT 20000;",
            vars! { "person" => person.clone() },
        )
        .await?;
    let named = rows.into_iter().map(|row| {
        let ending = row.kind.trim_start_matches("image/");
        (format!("{}.{ending}", row.id), file(folder, &row.id))
    });
    Ok(named.collect())
}

/// What a text is told that holds a picture of elsewhere, or one that is gone.
pub fn missing(error: AppError) -> AppError {
    match error {
        AppError::Conflict(message) if message == "picture" => AppError::field(
            "body",
            "A picture of this text is not here any more, or belongs elsewhere. Put it in again or take it out.",
        ),
        error => error,
    }
}

/// Forgets pictures that no text has held for a day, and files of those that
/// are gone.
pub async fn forget_loose(db: &Db, folder: &Path) -> Result<()> {
    let kept: Vec<PictureId> = db
        .write(
            "DELETE text_picture WHERE loose != NONE AND loose < time::now() - 1d RETURN NONE;
             SELECT VALUE id FROM text_picture;",
            vars! {},
        )
        .await?
        .rows(1)?;
    let kept: HashSet<String> = kept.into_iter().map(String::from).collect();
    let folder = folder.join(FOLDER);
    files::keep_only(&folder, |name| kept.contains(name) || is_under_way(&folder.join(name)));
    Ok(())
}

/// Whether a file was written just now: its record may be on its way.
pub(crate) fn is_under_way(file: &Path) -> bool {
    let written = std::fs::metadata(file).and_then(|about| about.modified());
    written.is_ok_and(|written| written.elapsed().is_ok_and(|age| age < UNDER_WAY))
}
