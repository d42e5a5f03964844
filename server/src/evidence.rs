//! Evidence, which may come with a file, on its way in; and files of evidence on
//! their way out.

use std::collections::BTreeMap;

use app::error::{AppError, FieldErrors, Result};
use app::evidence::files::FileLimits;
use app::evidence::model::{file_path, new_path};
use app::evidence::rules::written_with;
use app::evidence::store::{self, Held};
use app::evidence::taking::taken;
use app::id::{EvidenceId, NodeId};
use app::paths::segment;
use app::people::drafts;
use app::requests::{local_part, with_draft, without};
use app::start::FormDraft;
use app::state::AppState;
use app::viewer::Viewer;
use axum::Extension;
use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::{Deserialize, Serialize};

use crate::exports::refused;
use crate::pictures::{serve, serve_as};
use crate::uploads::bounded;

/// What the routes let through: more than is taken, so that a file somewhat too
/// large is read to its end and the browser gets to see the answer.
pub const BODY_BYTES: usize = 2 * FileLimits::MOST.bytes;

/// The most bytes of a field that is not the file: more than any may hold.
const TEXT_BYTES: usize = 128 * 1024;

/// The fields of the form.
const FIELDS: [&str; 5] = ["title", "body", "address", "day", "key"];

/// The most of files that are put down as evidence, as the site says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Files {
    /// Of one file.
    pub megabytes: usize,
    /// Of all files of one person.
    pub megabytes_of_a_person: usize,
}

impl Default for Files {
    fn default() -> Self {
        let limits = FileLimits::default();
        Self {
            megabytes: limits.megabytes(),
            megabytes_of_a_person: limits.megabytes_of_a_person(),
        }
    }
}

impl Files {
    /// Each with its name and the most that it may be.
    pub(crate) fn bounds(&self) -> [(&'static str, usize, usize); 2] {
        let most = FileLimits::MOST;
        [
            ("megabytes", self.megabytes, most.megabytes()),
            (
                "megabytes_of_a_person",
                self.megabytes_of_a_person,
                most.megabytes_of_a_person(),
            ),
        ]
    }

    pub fn limits(&self) -> FileLimits {
        FileLimits::of_megabytes(self.megabytes, self.megabytes_of_a_person)
    }
}

/// What was sent, as far as it could be read.
#[derive(Default)]
struct Sent {
    fields: BTreeMap<String, String>,
    /// What it is called, and what it holds; nothing where none was chosen.
    file: Option<(String, Vec<u8>)>,
}

impl Sent {
    fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }
}

/// `POST /me/evidence/new/{node}`: puts down evidence for a statement.
pub async fn add(
    State(state): State<AppState>,
    Extension(viewer): Extension<Viewer>,
    Path(node): Path<String>,
    headers: HeaderMap,
    form: Multipart,
) -> Response {
    let mut sent = Sent::default();
    let page = format!("/me/evidence?statement={}", segment(&node));
    match put_down(&state, &viewer, &node, form, &mut sent).await {
        Ok(()) => Redirect::to(&format!("{page}&notice=evidence")).into_response(),
        Err(error) => back(&state, &viewer, new_path(&node), from(&headers, page), sent, error).await,
    }
}

async fn put_down(state: &AppState, viewer: &Viewer, node: &str, form: Multipart, sent: &mut Sent) -> Result<()> {
    let limits = &state.site.evidence;
    let person = match &viewer.person {
        Some(person) => person,
        None => {
            // What was typed is kept for whoever signs in again, and no file.
            read(form, sent, limits, false).await?;
            return Err(AppError::SignInNeeded);
        }
    };
    read(form, sent, limits, true).await?;
    let node = NodeId::parse(node).ok_or(AppError::NotFound)?;
    let today = app::time::today(&person.timezone);
    let fields = ["title", "body", "address", "day"].map(|name| sent.field(name));
    let written = written_with(fields, &today, sent.file.is_some())?;
    store::may_say(&state.db, viewer, &person.id).await?;
    let id = store::id_of(&person.id, &node, sent.field("key"), &written)?;
    let held = match &mut sent.file {
        Some((name, content)) => {
            let taken = taken(name, std::mem::take(content), limits).await?;
            let whose = (&person.id, &id);
            Held::write(&state.db, &state.site.files, whose, taken, limits).await?
        }
        None => Held::nothing(),
    };
    store::add_with(&state.db, &person.id, (&node, &id), &written, &held, limits).await
}

/// `POST /me/evidence/files/{evidence}`: adds a file to a piece of one's own.
pub async fn attach(
    State(state): State<AppState>,
    Extension(viewer): Extension<Viewer>,
    Path(evidence): Path<String>,
    headers: HeaderMap,
    form: Multipart,
) -> Response {
    let mut sent = Sent::default();
    let page = from(&headers, "/me/evidence".to_owned());
    match attached(&state, &viewer, &evidence, form, &mut sent).await {
        Ok(()) => Redirect::to(&without(&page, &SAID)).into_response(),
        Err(error) => back(&state, &viewer, file_path(&evidence), page, sent, error).await,
    }
}

async fn attached(state: &AppState, viewer: &Viewer, evidence: &str, form: Multipart, sent: &mut Sent) -> Result<()> {
    let (db, limits) = (&state.db, &state.site.evidence);
    let person = viewer.id().ok_or(AppError::SignInNeeded)?;
    let evidence = EvidenceId::parse(evidence).ok_or(AppError::NotFound)?;
    // Before anything of the file is taken in.
    store::check_theirs(db, person, &evidence).await?;
    read(form, sent, limits, true).await?;
    let (name, content) = sent
        .file
        .take()
        .ok_or_else(|| AppError::field("file", "Choose a file."))?;
    store::may_say(db, viewer, person).await?;
    let taken = taken(&name, content, limits).await?;
    let held = Held::write(db, &state.site.files, (person, &evidence), taken, limits).await?;
    store::attach(db, person, &evidence, &held, limits).await
}

/// Reads the form; of whoever may not send files none is kept.
async fn read(mut form: Multipart, sent: &mut Sent, limits: &FileLimits, files: bool) -> Result<()> {
    let unreadable = |_: MultipartError| {
        AppError::field(
            "file",
            "The file did not arrive whole. Choose it again, and send the form once more.",
        )
    };
    let mut wrong = FieldErrors::default();
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" && files {
            let (called, bytes, whole) = file(field, limits.bytes).await.map_err(unreadable)?;
            // Browsers send a nameless part where none was chosen.
            if !called.is_empty() || !bytes.is_empty() {
                sent.file = Some((called, bytes));
            }
            if !whole {
                wrong.add("file", limits.too_large());
            }
        } else if FIELDS.contains(&name.as_str()) {
            let (bytes, whole) = bounded(field, TEXT_BYTES).await.map_err(unreadable)?;
            if !whole {
                wrong.add(&name, "This is longer than can be kept.");
            }
            sent.fields.insert(name, String::from_utf8_lossy(&bytes).into_owned());
        } else {
            drop(bounded(field, 0).await.map_err(unreadable)?);
        }
    }
    wrong.check()
}

async fn file(field: Field<'_>, most: usize) -> Result<(String, Vec<u8>, bool), MultipartError> {
    let called = field.file_name().unwrap_or_default().to_owned();
    let (bytes, whole) = bounded(field, most).await?;
    Ok((called, bytes, whole))
}

/// The page that the form stands on, else `page`.
fn from(headers: &HeaderMap, page: String) -> String {
    let referer = headers.get(header::REFERER).and_then(|value| value.to_str().ok());
    let local = referer.map(local_part);
    local.filter(|local| local.starts_with("/me/evidence")).unwrap_or(page)
}

/// What the page's address says of the last attempt.
const SAID: [&str; 2] = ["draft", "notice"];

/// Back to the form with what was typed, as a refused form without JavaScript goes
/// back; a file is not kept, which is said at its field.
async fn back(
    state: &AppState,
    viewer: &Viewer,
    form: String,
    page: String,
    sent: Sent,
    mut error: AppError,
) -> Response {
    if let AppError::Invalid(errors) = &mut error
        && sent.file.is_some()
    {
        // Where the file itself is what is wrong, that stays.
        errors.add(
            "file",
            "Browsers keep no file where a form comes back: choose it again.",
        );
    }
    let draft = FormDraft {
        form,
        fields: sent.fields,
        error,
    };
    let Ok(id) = drafts::store(&state.db, viewer.id(), &draft).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let mut response = Redirect::to(&with_draft(&without(&page, &SAID), &id)).into_response();
    // Whoever is signed in no more finds it again by the browser that it was typed in.
    if viewer.id().is_none()
        && let Some(cookie) = drafts::cookie(&id, state.site.is_secure())
    {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

/// `GET /files/evidence/{evidence}/{file}`: for its person, and those whom they show
/// their evidence. A picture is looked at, all else is saved; neither is ever a page.
pub async fn held(
    State(state): State<AppState>,
    Extension(viewer): Extension<Viewer>,
    Path((evidence, key)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let found = async {
        let evidence = EvidenceId::parse(&evidence).ok_or(AppError::NotFound)?;
        store::file(&state.db, &state.site.files, &viewer, &evidence, &key).await
    };
    let file = match found.await {
        Ok(file) => file,
        Err(error) => return refused(&error),
    };
    let content = Ok((file.kind.media_type().to_owned(), file.content));
    match file.kind.is_picture() {
        true => serve(content, &key, &headers),
        false => serve_as(content, &key, &headers, to_save(&file.name)),
    }
}

/// A name to save a file by, for programs of every age (RFC 6266 §4.3, RFC 8187 §3.2).
fn to_save(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || "-_. ".contains(c) {
                c
            } else {
                '_'
            }
        })
        .collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", segment(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_break_the_header() {
        assert_eq!(
            to_save("Talk of May.pdf"),
            "attachment; filename=\"Talk of May.pdf\"; filename*=UTF-8''Talk%20of%20May.pdf"
        );
        assert_eq!(
            to_save("a\"; x=é.pdf"),
            "attachment; filename=\"a__ x__.pdf\"; filename*=UTF-8''a%22%3B%20x%3D%C3%A9.pdf"
        );
    }

    #[test]
    fn one_comes_back_to_the_page_without_what_was_said_on_it() {
        for (page, back) in [
            ("/me/evidence", "/me/evidence"),
            ("/me/evidence?draft=x", "/me/evidence"),
            (
                "/me/evidence?statement=s&draft=x&notice=evidence",
                "/me/evidence?statement=s",
            ),
        ] {
            assert_eq!(without(page, &SAID), back);
        }
        let mut headers = HeaderMap::new();
        headers.insert(
            header::REFERER,
            "https://carrel.example/me/evidence?page=2".parse().unwrap(),
        );
        assert_eq!(from(&headers, "/x".into()), "/me/evidence?page=2");
        headers.insert(header::REFERER, "https://carrel.example/groups".parse().unwrap());
        assert_eq!(from(&headers, "/x".into()), "/x");
    }
}
