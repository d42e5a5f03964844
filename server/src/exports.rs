//! Files on their way out: competency sets in the formats of other systems.

use app::competencies::export;
use app::error::{AppError, Result};
use app::state::AppState;
use app::viewer::Viewer;
use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

/// `/index/{set}/{edition}/export/case.json`: a CASE 1.1 package.
pub async fn case(
    State(state): State<AppState>,
    Extension(viewer): Extension<Viewer>,
    Path((set, edition)): Path<(String, String)>,
) -> Response {
    let package = async {
        let number = number(&edition)?;
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
    let framework = async { export::moodle_framework(&state.db, &viewer, &set, number(&edition)?).await };
    file(framework.await, "text/csv; charset=utf-8", &set, &edition, "moodle.csv")
}

/// `/index/{set}/{edition}/export/sheet.csv`: a table for spreadsheets.
pub async fn sheet_csv(
    State(state): State<AppState>,
    Extension(viewer): Extension<Viewer>,
    Path((set, edition)): Path<(String, String)>,
) -> Response {
    let table = async { export::sheet_csv(&state.db, &viewer, &set, number(&edition)?).await };
    file(table.await, "text/csv; charset=utf-8", &set, &edition, "sheet.csv")
}

/// `/index/{set}/{edition}/export/sheet.xlsx`: the same as a workbook.
pub async fn workbook(
    State(state): State<AppState>,
    Extension(viewer): Extension<Viewer>,
    Path((set, edition)): Path<(String, String)>,
) -> Response {
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let workbook = async { export::workbook(&state.db, &viewer, &set, number(&edition)?).await };
    file(workbook.await, kind, &set, &edition, "sheet.xlsx")
}

fn number(edition: &str) -> Result<u32> {
    let plain = !edition.starts_with('0') && edition.bytes().all(|byte| byte.is_ascii_digit());
    edition.parse().ok().filter(|_| plain).ok_or(AppError::NotFound)
}

fn file(content: Result<impl Into<Body>>, kind: &'static str, set: &str, edition: &str, ending: &str) -> Response {
    match content {
        Ok(content) => {
            // Slugs are plain ASCII; whatever else was asked for has found nothing.
            let disposition = format!("attachment; filename=\"{set}-{edition}-{ending}\"");
            let headers = [
                (header::CONTENT_TYPE, kind.to_owned()),
                (header::CONTENT_DISPOSITION, disposition),
            ];
            (headers, content.into()).into_response()
        }
        Err(error) => refused(&error),
    }
}

/// Why there is no file, in words.
pub(crate) fn refused(error: &AppError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (
        status,
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8")],
        format!("{error}\n"),
    )
        .into_response()
}
