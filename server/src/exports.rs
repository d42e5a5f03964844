//! Files on their way out: competency sets in the formats of other systems, the
//! audit log as a table, and everything about oneself.

use app::audit::model::Asked;
use app::competencies::export;
use app::db::Acting;
use app::error::{AppError, Result};
use app::id::{CopyId, ReviewRoundId};
use app::publications::model::{Paper, publication_href};
use app::publications::{self, Form};
use app::reviews::report;
use app::state::{AppState, ClientAddress};
use app::viewer::Viewer;
use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use futures::stream::{self, StreamExt};
use leptos::nonce::Nonce;
use tokio::fs::File;
use tokio::io::AsyncReadExt;

/// `/index/{set}/{edition}/export/case.json`: a CASE 1.1 package.
pub async fn case(
    State(state): State<AppState>,
    Extension(viewer): Extension<Viewer>,
    Path((set, edition)): Path<(String, String)>,
) -> Response {
    let package = async {
        let number = number(&edition)?;
        let _place = state.pools.exports.place().await?;
        let package = export::case_package(&state.db, &viewer, &set, number, &state.site.public_url).await?;
        serde_json::to_string(&package).map_err(|error| AppError::internal("CASE package", error))
    };
    file(package.await, "application/json", &set, &edition, "case.json")
}

/// `/index/{set}/{edition}/export/moodle.csv`: a Moodle framework.
pub async fn moodle(
    State(state): State<AppState>,
    Extension(viewer): Extension<Viewer>,
    Path((set, edition)): Path<(String, String)>,
) -> Response {
    let framework = async {
        let number = number(&edition)?;
        let _place = state.pools.exports.place().await?;
        export::moodle_framework(&state.db, &viewer, &set, number).await
    };
    file(framework.await, "text/csv; charset=utf-8", &set, &edition, "moodle.csv")
}

/// `/admin/audit.csv`: the audit log of the whole site.
pub async fn site_audit(
    State(state): State<AppState>,
    Extension(viewer): Extension<Viewer>,
    Extension(address): Extension<ClientAddress>,
    Query(asked): Query<Asked>,
) -> Response {
    audit(&state, &viewer, &address, "", &asked).await
}

/// `/organisations/{organisation}/audit.csv`: that of an organisation.
pub async fn organisation_audit(
    State(state): State<AppState>,
    Extension(viewer): Extension<Viewer>,
    Extension(address): Extension<ClientAddress>,
    Path(organisation): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    audit(&state, &viewer, &address, &organisation, &asked).await
}

async fn audit(state: &AppState, viewer: &Viewer, address: &ClientAddress, slug: &str, asked: &Asked) -> Response {
    let db = state.db.acting(Acting::of(viewer, address));
    let table = async {
        let _place = state.pools.exports.place().await?;
        app::audit::store::csv(&db, viewer, slug, asked).await
    };
    let table = table.await;
    let name = if slug.is_empty() {
        "audit.csv".to_owned()
    } else {
        format!("{slug}-audit.csv")
    };
    named_file(table, "text/csv; charset=utf-8", &name)
}

/// `/me/copies/{copy}.zip`: everything about oneself, for oneself.
pub async fn copy(
    State(state): State<AppState>,
    Extension(viewer): Extension<Viewer>,
    Path(file): Path<String>,
) -> Response {
    let content = async {
        let copy = file
            .strip_suffix(".zip")
            .and_then(CopyId::parse)
            .ok_or(AppError::NotFound)?;
        let person = viewer.id().ok_or(AppError::NotFound)?;
        if !app::copies::store::is_theirs(&state.db, person, &copy).await? {
            return Err(AppError::NotFound);
        }
        let path = app::copies::path(&state.site.files, &copy);
        let file = File::open(path).await;
        file.map(piece_by_piece)
            .map_err(|error| AppError::internal("copy", error))
    };
    named_file(content.await, "application/zip", "everything-about-me.zip")
}

/// `/index/{set}/{edition}/export/sheet.csv`: a table for spreadsheets.
pub async fn sheet_csv(
    State(state): State<AppState>,
    Extension(viewer): Extension<Viewer>,
    Path((set, edition)): Path<(String, String)>,
) -> Response {
    let table = async {
        let number = number(&edition)?;
        let _place = state.pools.exports.place().await?;
        export::sheet_csv(&state.db, &viewer, &set, number).await
    };
    file(table.await, "text/csv; charset=utf-8", &set, &edition, "sheet.csv")
}

/// `/index/{set}/{edition}/export/sheet.xlsx`: the same as a workbook.
pub async fn workbook(
    State(state): State<AppState>,
    Extension(viewer): Extension<Viewer>,
    Path((set, edition)): Path<(String, String)>,
) -> Response {
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let workbook = async {
        let number = number(&edition)?;
        let _place = state.pools.exports.place().await?;
        export::workbook(&state.db, &viewer, &set, number).await
    };
    file(workbook.await, kind, &set, &edition, "sheet.xlsx")
}

#[derive(serde::Deserialize)]
pub struct Wanted {
    #[serde(default)]
    size: String,
    #[serde(default)]
    file: String,
}

/// `/index/{set}/{edition}/publication/{file}`: the edition as `book.html` to
/// print, `book.epub` or `book.docx`; `?size=letter` for that paper. `book.pdf`
/// is there once it was typeset, and leads to where it is asked for until then;
/// `?file=…` is a certain one.
pub async fn publication(
    State(state): State<AppState>,
    Extension(viewer): Extension<Viewer>,
    Extension(nonce): Extension<Nonce>,
    Path((set, edition, file)): Path<(String, String, String)>,
    Query(wanted): Query<Wanted>,
) -> Response {
    let paper = Paper::of_word(&wanted.size);
    if file == "book.pdf" {
        return typeset(&state, &viewer, (&set, &edition), (&wanted.file, paper)).await;
    }
    let Some(form) = Form::of_file(&file) else {
        return refused(&AppError::NotFound);
    };
    let nonce = nonce.to_string();
    let content = async {
        let edition = (set.as_str(), number(&edition)?);
        let shown = (state.site.public_url.as_str(), nonce.as_str());
        publications::publish(&state.db, &viewer, edition, form, paper, shown).await
    };
    match content.await {
        Ok(html) if form == Form::Print => {
            let headers = [
                (header::CONTENT_TYPE, form.media_type().to_owned()),
                (header::CONTENT_SECURITY_POLICY, own_styles(&nonce)),
            ];
            (headers, html).into_response()
        }
        content => {
            let ending = file.trim_start_matches("book.");
            named_file(content, form.media_type(), &format!("{set}-{edition}.{ending}"))
        }
    }
}

async fn typeset(state: &AppState, viewer: &Viewer, (set, edition): (&str, &str), wanted: (&str, Paper)) -> Response {
    let content = async {
        let edition = (set, number(edition)?);
        let path = publications::typeset_file(&state.db, &state.site.files, viewer, edition, wanted).await?;
        match path {
            // One that was forgotten this moment is asked for anew.
            Some(path) => Ok((edition.1, tokio::fs::read(path).await.ok())),
            None => Ok((edition.1, None)),
        }
    };
    match content.await {
        Ok((_, Some(content))) => named_file(Ok(content), "application/pdf", &format!("{set}-{edition}.pdf")),
        Ok((number, None)) => Redirect::to(&publication_href(set, number)).into_response(),
        Err(error) => refused(&error),
    }
}

/// `/studio/sets/{set}/reviews/{round}/report.csv`: what was said in a review
/// round, as a table.
pub async fn review_csv(
    State(state): State<AppState>,
    Extension(viewer): Extension<Viewer>,
    Path((set, round)): Path<(String, String)>,
) -> Response {
    let table = review(&state, &viewer, &set, &round, report::csv).await;
    named_file(table, "text/csv; charset=utf-8", &format!("{set}-review.csv"))
}

/// `/studio/sets/{set}/reviews/{round}/report.html`: the same to print.
pub async fn review_print(
    State(state): State<AppState>,
    Extension(viewer): Extension<Viewer>,
    Extension(nonce): Extension<Nonce>,
    Path((set, round)): Path<(String, String)>,
) -> Response {
    let nonce = nonce.to_string();
    let policy = own_styles(&nonce);
    match review(&state, &viewer, &set, &round, move |whole| report::html(whole, &nonce)).await {
        Ok(html) => {
            let headers = [
                (header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
                (header::CONTENT_SECURITY_POLICY, policy),
            ];
            (headers, html).into_response()
        }
        Err(error) => refused(&error),
    }
}

/// What was said in a round, written beside the requests.
async fn review(
    state: &AppState,
    viewer: &Viewer,
    set: &str,
    round: &str,
    write: impl FnOnce(&app::reviews::store::Whole) -> String + Send + 'static,
) -> Result<String> {
    let round = ReviewRoundId::parse(round).ok_or(AppError::NotFound)?;
    let _place = state.pools.exports.place().await?;
    let whole = app::reviews::store::whole(&state.db, viewer, set, &round).await?;
    let written = tokio::task::spawn_blocking(move || write(&whole)).await;
    written.map_err(|error| AppError::internal("report of a review", error))
}

/// For one file that shows itself: its own styles, and nothing else.
fn own_styles(nonce: &str) -> String {
    format!(
        "default-src 'none'; style-src 'nonce-{nonce}'; base-uri 'none'; object-src 'none'; form-action 'none'; frame-ancestors 'none'"
    )
}

fn number(edition: &str) -> Result<u32> {
    let plain = !edition.starts_with('0') && edition.bytes().all(|byte| byte.is_ascii_digit());
    edition.parse().ok().filter(|_| plain).ok_or(AppError::NotFound)
}

fn file(content: Result<impl Into<Body>>, kind: &'static str, set: &str, edition: &str, ending: &str) -> Response {
    named_file(content, kind, &format!("{set}-{edition}-{ending}"))
}

/// Bytes of a file that are read at once.
const PIECE: usize = 64 * 1024;

/// A file as it is read, however large it is: pictures make a copy so.
fn piece_by_piece(file: File) -> Body {
    let pieces = stream::unfold(Some(file), |file| async move {
        let mut file = file?;
        let mut piece = vec![0; PIECE];
        match file.read(&mut piece).await {
            Ok(0) => None,
            Ok(read) => {
                piece.truncate(read);
                Some((Ok(piece), Some(file)))
            }
            Err(error) => Some((Err(error), None)),
        }
    });
    // What stands between here and the network asks once more after the end.
    Body::from_stream(pieces.fuse())
}

/// A download. Slugs are plain ASCII; whatever else was asked for has found
/// nothing.
fn named_file(content: Result<impl Into<Body>>, kind: &'static str, name: &str) -> Response {
    match content {
        Ok(content) => {
            let headers = [
                (header::CONTENT_TYPE, kind.to_owned()),
                (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
            ];
            (headers, content.into()).into_response()
        }
        Err(error) => refused(&error),
    }
}

/// Seconds after which a place may be free.
pub(crate) const RETRY_BUSY: &str = "5";

/// Why there is no file, in words.
pub(crate) fn refused(error: &AppError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (
        status,
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8")],
        format!("{error}\n"),
    )
        .into_response();
    if *error == AppError::Busy {
        let seconds = HeaderValue::from_static(RETRY_BUSY);
        response.headers_mut().insert(header::RETRY_AFTER, seconds);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_file_comes_whole_piece_by_piece() {
        let path = std::env::temp_dir().join(format!("carrel-pieces-{}", std::process::id()));
        let content: Vec<u8> = (0..PIECE * 2 + 5).map(|at| (at % 251) as u8).collect();
        std::fs::write(&path, &content).unwrap();
        let file = File::open(&path).await.unwrap();
        std::fs::remove_file(&path).unwrap();
        let mut pieces = piece_by_piece(file).into_data_stream();
        let mut read = Vec::new();
        while let Some(piece) = pieces.next().await {
            read.extend_from_slice(&piece.unwrap());
        }
        assert!(read == content);
        assert!(pieces.next().await.is_none(), "asking once more is no fault");
    }
}
