//! Lists of staff on their way in, and the links made out of them on their way
//! out.

use app::db::Acting;
use app::error::{AppError, Result};
use app::id::StaffListId;
use app::staff::links;
use app::staff::model::{MOST_BYTES, upload_path};
use app::staff::store;
use app::start::FormDraft;
use app::state::{AppState, ClientAddress};
use app::viewer::Viewer;
use axum::Extension;
use axum::extract::multipart::Multipart;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};

use crate::exports::refused;
use crate::uploads::bounded;

/// What the route lets through, so that a list somewhat too large is read to
/// its end and the browser gets to see the answer.
pub const BODY_BYTES: usize = 4 * MOST_BYTES;

/// The most bytes of a pasted list that come back with the form: more than its
/// field takes.
const MOST_KEPT: usize = 256 * 1024;

#[derive(Default)]
struct Sent {
    file: Vec<u8>,
    text: Vec<u8>,
    too_large: bool,
}

/// `POST /organisations/{organisation}/staff/upload`: takes a list in and leads
/// to what becomes of it; what is wrong with it comes back to the form, with
/// what was pasted.
pub async fn upload(
    State(state): State<AppState>,
    Extension(viewer): Extension<Viewer>,
    Path(slug): Path<String>,
    form: Multipart,
) -> Response {
    // Before anything of the file is taken in.
    if let Err(error) = store::form(&state.db, &viewer, &slug).await {
        return refused(&error);
    }
    let mut sent = Sent::default();
    let kept = match read(form, &mut sent).await {
        Ok(()) if sent.too_large => Err(AppError::field("file", "A list has at most 1 MB.")),
        Ok(()) => store::keep(&state.db, &viewer, &slug, &sent.list()).await,
        Err(error) => Err(error),
    };
    match kept {
        Ok(list) => Redirect::to(&format!("/organisations/{slug}/staff/{list}")).into_response(),
        Err(error) => back(&state, &viewer, &slug, &sent, error).await,
    }
}

impl Sent {
    /// The file, or what was pasted where there is none.
    fn list(&self) -> String {
        let bytes = if self.file.is_empty() { &self.text } else { &self.file };
        String::from_utf8(bytes.clone()).unwrap_or_else(|_| latin(bytes))
    }
}

/// What is not UTF-8 comes from an older spreadsheet: each byte is a letter of
/// Latin-1.
fn latin(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

async fn read(mut form: Multipart, sent: &mut Sent) -> Result<()> {
    let unreadable = |_| {
        AppError::field(
            "file",
            "The list did not arrive whole. Send it again; at most 1 MB is taken.",
        )
    };
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        let name = field.name().unwrap_or_default().to_owned();
        let most = if matches!(name.as_str(), "file" | "text") {
            MOST_BYTES
        } else {
            0
        };
        let (bytes, whole) = bounded(field, most).await.map_err(unreadable)?;
        match name.as_str() {
            "file" => sent.file = bytes,
            "text" => sent.text = bytes,
            _ => continue,
        }
        sent.too_large |= !whole;
    }
    Ok(())
}

/// Back to the form, as a refused form without JavaScript goes back.
async fn back(state: &AppState, viewer: &Viewer, slug: &str, sent: &Sent, error: AppError) -> Response {
    let pasted = match sent.text.len() <= MOST_KEPT {
        true => String::from_utf8_lossy(&sent.text).into_owned(),
        false => String::new(),
    };
    let draft = FormDraft {
        form: upload_path(slug),
        fields: [("text".to_owned(), pasted)].into(),
        error,
    };
    match app::people::drafts::store(&state.db, viewer.id(), &draft).await {
        Ok(id) => Redirect::to(&format!("/organisations/{slug}/staff?draft={id}")).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// `POST /organisations/{organisation}/staff/{list}/links.csv`: makes the links
/// of a list and answers with them; those that work already only where the form
/// says so.
pub async fn make_links(
    State(state): State<AppState>,
    Extension(viewer): Extension<Viewer>,
    Extension(address): Extension<ClientAddress>,
    Path((_, list)): Path<(String, String)>,
    form: String,
) -> Response {
    let renew = form.split('&').any(|field| field == "renew=true");
    let made = async {
        let list = StaffListId::parse(&list).ok_or(AppError::NotFound)?;
        let join_at = format!("{}/join/", state.site.public_url);
        let db = state.db.acting(Acting::of(&viewer, &address));
        links::csv(&store::make_links(&db, &viewer, &list, &join_at, renew).await?)
    };
    match made.await {
        Ok(table) => {
            let headers = [
                (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
                (header::CONTENT_DISPOSITION, "attachment; filename=\"invitations.csv\""),
            ];
            (headers, table).into_response()
        }
        Err(error) => refused(&error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_older_spreadsheets_letters_are_read() {
        let sent = Sent {
            file: b"name,email\nZo\xeb,zoe@x.example".to_vec(),
            ..Sent::default()
        };
        assert_eq!(sent.list(), "name,email\nZoë,zoe@x.example");
    }
}
