//! Files on their way in: a competency set to import.

use app::competencies::import;
use app::competencies::model::IMPORT_UPLOAD;
use app::error::{AppError, Result};
use app::exchange::Limits;
use app::start::FormDraft;
use app::state::AppState;
use app::viewer::Viewer;
use axum::Extension;
use axum::extract::State;
use axum::extract::multipart::{Field, Multipart};
use axum::response::{IntoResponse, Redirect, Response};

/// What the route lets through: more than is taken, so that a file somewhat too
/// large is read to its end and the browser gets to see the answer.
pub const BODY_BYTES: usize = 2 * Limits::MOST.bytes;

/// The most bytes of a field that is not the file.
const TEXT_BYTES: usize = 4 * 1024;

/// What was sent, as far as it could be read.
#[derive(Default)]
struct Upload {
    organisation: String,
    title: String,
    file_name: String,
    content: Vec<u8>,
    too_large: bool,
}

/// Takes a file in and leads to its plan; what is wrong with it comes back to
/// the form, with what was typed.
pub async fn upload(State(state): State<AppState>, Extension(viewer): Extension<Viewer>, form: Multipart) -> Response {
    let mut upload = Upload::default();
    // Before anything of the file is taken in.
    if let Err(error) = import::may_import(&viewer) {
        return back(&state, &viewer, upload, error).await;
    }
    let limits = state.site.imports;
    let staged = match read(form, &mut upload, limits).await {
        Ok(()) if upload.too_large => Err(AppError::field("file", limits.too_large())),
        Ok(()) => {
            let content = std::mem::take(&mut upload.content);
            import::stage(
                &state.db,
                &viewer,
                &upload.organisation,
                &upload.title,
                &upload.file_name,
                content,
                limits,
            )
            .await
        }
        Err(error) => Err(error),
    };
    match staged {
        Ok(import) => Redirect::to(&format!("/studio/import/{import}")).into_response(),
        Err(error) => back(&state, &viewer, upload, error).await,
    }
}

async fn read(mut form: Multipart, upload: &mut Upload, limits: Limits) -> Result<()> {
    let unreadable = |_| {
        let most = limits.megabytes();
        AppError::field(
            "file",
            format!("The file did not arrive whole. Send it again; at most {most} MB are taken."),
        )
    };
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        match field.name() {
            Some("organisation") => upload.organisation = text(field).await.map_err(unreadable)?,
            Some("title") => upload.title = text(field).await.map_err(unreadable)?,
            Some("file") => {
                upload.file_name = field.file_name().unwrap_or_default().to_owned();
                let (content, whole) = bounded(field, limits.bytes).await.map_err(unreadable)?;
                upload.content = content;
                upload.too_large = !whole;
            }
            _ => drop(bounded(field, 0).await.map_err(unreadable)?),
        }
    }
    Ok(())
}

async fn text(field: Field<'_>) -> Result<String, axum::extract::multipart::MultipartError> {
    let (bytes, _) = bounded(field, TEXT_BYTES).await?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The first bytes of a field, and whether that is all of it. The rest is read
/// and dropped, so that the browser gets to see the answer.
pub(crate) async fn bounded(
    mut field: Field<'_>,
    most: usize,
) -> Result<(Vec<u8>, bool), axum::extract::multipart::MultipartError> {
    let mut bytes = Vec::new();
    let mut whole = true;
    while let Some(chunk) = field.chunk().await? {
        if bytes.len() + chunk.len() > most {
            whole = false;
        }
        if whole {
            bytes.extend_from_slice(&chunk);
        }
    }
    Ok((bytes, whole))
}

/// Back to the form, as a refused form without JavaScript goes back.
async fn back(state: &AppState, viewer: &Viewer, upload: Upload, error: AppError) -> Response {
    let fields = [
        ("organisation".to_owned(), upload.organisation),
        ("title".to_owned(), upload.title),
    ]
    .into();
    let draft = FormDraft {
        form: IMPORT_UPLOAD.to_owned(),
        fields,
        error,
    };
    match app::people::drafts::store(&state.db, viewer.id(), &draft).await {
        Ok(id) => Redirect::to(&format!("/studio/import?draft={id}")).into_response(),
        Err(_) => axum::http::StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
