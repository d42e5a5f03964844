//! Making a copy, beside the requests: one at a time.

use std::collections::HashSet;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value as Json};
use tokio::sync::Semaphore;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::store;
use super::store::parts::{MOST_ROWS, PARTS, Part};
use crate::audit::model::Act;
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::files;
use crate::html::escaped;
use crate::id::CopyId;
use crate::state::AppState;
use crate::viewer::Person;

/// A copy holds all that one person has in memory while it is made.
static ONE_AT_A_TIME: Semaphore = Semaphore::const_new(1);

/// Where the file of a copy is, within the folder of files.
pub fn path(files: &Path, copy: &CopyId) -> PathBuf {
    files.join("copies").join(format!("{copy}.zip"))
}

/// In the JSON: the parts of which only the newest [`MOST_ROWS`] are there.
const CUT: &str = "only_the_newest_20000_of";

/// A copy to make.
pub struct Making {
    pub(super) db: Db,
    pub(super) files: PathBuf,
    pub(super) person: Person,
    pub(super) copy: CopyId,
}

impl Making {
    pub fn new(state: &AppState, person: &Person, copy: CopyId) -> Self {
        Self {
            db: state.db.clone(),
            files: state.site.files.clone(),
            person: person.clone(),
            copy,
        }
    }

    /// Makes it beside the request; how far it is stands in the database.
    pub fn start(self) {
        tokio::spawn(async move {
            let _one = ONE_AT_A_TIME.acquire().await;
            // Logged where it fails; the person is told on their page.
            if self.make().await.is_err() {
                let _told_when_it_stands_still = store::failed(&self.db, &self.copy).await;
            }
        });
    }

    /// Reads every part and writes the file.
    pub async fn make(&self) -> Result<()> {
        let (mut whole, mut cut) = (Map::new(), Vec::new());
        for (done, part) in (0..).zip(PARTS) {
            store::reached(&self.db, &self.copy, done).await?;
            let (rows, more) = store::rows(&self.db, &self.person.id, part).await?;
            if more {
                cut.push(Json::from(part.name));
            }
            whole.insert(
                part.name.to_owned(),
                Json::Array(rows.into_iter().map(|row| in_words(part, row)).collect()),
            );
        }
        whole.insert(CUT.to_owned(), Json::Array(cut));
        let pictures = Pictures {
            portrait: crate::profiles::store::own_picture(&self.db, &self.person.id).await?,
            in_texts: crate::pictures::store::own(&self.db, &self.files, &self.person.id).await?,
            evidence: crate::evidence::store::own(&self.db, &self.files, &self.person.id).await?,
        };
        let (person, file) = (self.person.clone(), path(&self.files, &self.copy));
        let bytes = tokio::task::spawn_blocking(move || write(&person, &file, &whole, &pictures))
            .await
            .map_err(|error| AppError::internal("copy", error))?
            .map_err(|error| AppError::internal("copy", error))?;
        store::ready(&self.db, &self.copy, bytes).await
    }
}

/// Which columns are levels; what one is called stands beside it.
const LEVELS: [(&str, &str); 2] = [("level", "level_name"), ("aimed_at", "aimed_at_name")];

/// An act of the audit log as its page says it, and levels with what they are
/// called in their edition.
fn in_words(part: &Part, mut row: Json) -> Json {
    let levels = row.as_object_mut().and_then(|row| row.remove("levels"));
    for (level, name) in LEVELS {
        let at = row
            .get(level)
            .and_then(Json::as_u64)
            .and_then(|at| usize::try_from(at).ok());
        let called = at.and_then(|at| levels.as_ref()?.get(at)).cloned();
        if let Some(called) = called {
            row[name] = called;
        }
    }
    if part.name == "audit"
        && let Some(act) = row.get("act").and_then(Json::as_str).and_then(Act::parse)
    {
        row["act"] = act.label().into();
    }
    row
}

/// Somebody's picture, and the files of those that they sent for texts and of their
/// evidence, with their names.
struct Pictures {
    portrait: Option<Vec<u8>>,
    in_texts: Vec<(String, PathBuf)>,
    evidence: Vec<(String, PathBuf)>,
}

/// Writes the archive; answers with its size.
fn write(person: &Person, file: &Path, whole: &Map<String, Json>, pictures: &Pictures) -> std::io::Result<i64> {
    files::save_with(file, |file| archive(person, file, whole, pictures))?;
    Ok(i64::try_from(std::fs::metadata(file)?.len()).unwrap_or(i64::MAX))
}

fn archive(person: &Person, file: &mut File, whole: &Map<String, Json>, pictures: &Pictures) -> std::io::Result<()> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let mut archive = ZipWriter::new(file);
    archive.start_file("everything.html", options)?;
    archive.write_all(page(&person.name, &person.timezone, whole).as_bytes())?;
    archive.start_file("everything.json", options)?;
    serde_json::to_writer_pretty(&mut archive, whole)?;
    // Pictures and documents are as small as they get.
    let options = options.compression_method(CompressionMethod::Stored);
    if let Some(picture) = &pictures.portrait {
        archive.start_file("picture.jpg", options)?;
        archive.write_all(picture)?;
    }
    let in_texts = pictures.in_texts.iter().map(|file| ("pictures", file));
    let evidence = pictures.evidence.iter().map(|file| ("evidence", file));
    for (folder, (name, file)) in in_texts.chain(evidence) {
        // One that goes meanwhile is left out.
        if let Ok(content) = std::fs::read(file) {
            archive.start_file(format!("{folder}/{name}"), options)?;
            archive.write_all(&content)?;
        }
    }
    archive.finish().map(drop)?;
    Ok(())
}

const STYLE: &str = "body{font:1rem/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}\
    table{border-collapse:collapse;width:100%}th,td{text-align:start;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid #ccc;overflow-wrap:anywhere}\
    td{white-space:pre-wrap}";

/// One page that holds everything, readable without Carrel. What is exact stands
/// in the JSON; here are times in the person's zone.
fn page(name: &str, zone: &str, whole: &Map<String, Json>) -> String {
    let (name, place) = (escaped(name), escaped(zone));
    let mut html = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>Everything about {name}</title><style>{STYLE}</style></head><body><h1>Everything about {name}</h1>\
         <p>Times are those of {place}. The JSON file beside this page has them in UTC and levels as numbers, 0 the lowest.</p>"
    );
    let list = |name: &str| whole.get(name).and_then(Json::as_array).map_or(&[][..], Vec::as_slice);
    for part in PARTS {
        let cut = list(CUT).contains(&Json::from(part.name));
        let rows = list(part.name);
        html += &match part.name {
            "ratings" => section(part, &taken_over(rows, list("judgements")), zone, cut),
            _ => section(part, rows, zone, cut),
        };
    }
    html + "</body></html>"
}

/// The ratings that are no judgement: what somebody rated themselves is both, and
/// is read once.
fn taken_over(ratings: &[Json], judgements: &[Json]) -> Vec<Json> {
    let what = |row: &Json| {
        let fields = ["code", "statement", "level", "aimed_at", "not_my_work", "note"];
        fields.map(|field| row.get(field).map_or_else(String::new, Json::to_string))
    };
    let own = judgements
        .iter()
        .filter(|row| row.get("kind").is_some_and(|kind| kind == "self"));
    let said: HashSet<_> = own.map(what).collect();
    ratings
        .iter()
        .filter(|&row| !said.contains(&what(row)))
        .cloned()
        .collect()
}

fn section(part: &Part, rows: &[Json], zone: &str, cut: bool) -> String {
    let title = escaped(part.title);
    if rows.is_empty() {
        return format!("<h2>{title}</h2><p>Nothing.</p>");
    }
    let head: String = part
        .columns
        .iter()
        .map(|(_, heading)| format!("<th scope=\"col\">{}</th>", escaped(heading)))
        .collect();
    let body: String = rows
        .iter()
        .map(|row| {
            let cells = part
                .columns
                .iter()
                .map(|(column, _)| format!("<td>{}</td>", escaped(&plain(shown(row, column), zone))));
            format!("<tr>{}</tr>", cells.collect::<String>())
        })
        .collect();
    let more = cut.then(|| format!("<p>These are the newest {MOST_ROWS}; there are more.</p>"));
    format!(
        "<h2>{title}</h2><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{}",
        more.unwrap_or_default()
    )
}

/// What stands in a column: of a level what it is called.
fn shown<'a>(row: &'a Json, column: &str) -> Option<&'a Json> {
    let name = LEVELS.iter().find(|(level, _)| *level == column);
    name.and_then(|(_, name)| row.get(name)).or_else(|| row.get(column))
}

/// A value in words.
fn plain(value: Option<&Json>, zone: &str) -> String {
    match value {
        None | Some(Json::Null) => String::new(),
        Some(Json::Bool(true)) => "yes".into(),
        Some(Json::Bool(false)) => "no".into(),
        Some(Json::String(text)) => crate::time::label_of(text, zone).unwrap_or_else(|| text.clone()),
        Some(Json::Array(values)) => values
            .iter()
            .map(|value| plain(Some(value), zone))
            .collect::<Vec<_>>()
            .join(", "),
        Some(other) => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_cut_says_so() {
        assert!(CUT.contains(&MOST_ROWS.to_string()));
        let mut whole = Map::new();
        whole.insert("posts".into(), serde_json::json!([{ "body": "One" }]));
        whole.insert("threads".into(), serde_json::json!([{ "title": "Two" }]));
        assert!(!page("Rosa", "UTC", &whole).contains("there are more"));
        whole.insert(CUT.into(), serde_json::json!(["posts"]));
        let page = page("Rosa", "UTC", &whole);
        assert_eq!(page.matches("there are more").count(), 1);
        assert!(page.find("there are more") > page.find("<h2>Posts</h2>"));
    }

    #[test]
    fn people_read_their_own_time_names_of_levels_and_each_rating_once() {
        let part = PARTS.iter().find(|part| part.name == "ratings").unwrap();
        let at = "2026-07-01T08:30:05.123456789Z";
        let row = serde_json::json!({ "statement": "Reads a budget", "level": 1, "at": at, "levels": ["None", "Some skill"] });
        let rating = in_words(part, row);
        assert!(
            rating["level"] == 1 && rating["at"] == at && rating["level_name"] == "Some skill",
            "{rating}"
        );
        assert!(rating.get("levels").is_none());
        let mut judgement = rating.clone();
        judgement["kind"] = "self".into();
        let mut carried = rating.clone();
        carried["statement"] = "Explains a budget".into();
        let mut whole = Map::new();
        whole.insert("ratings".into(), serde_json::json!([rating, carried]));
        whole.insert("judgements".into(), serde_json::json!([judgement]));
        let page = page("Rosa", "Europe/London", &whole);
        assert_eq!(page.matches("Reads a budget").count(), 1, "{page}");
        assert_eq!(page.matches("Explains a budget").count(), 1);
        assert!(page.contains("1 July 2026, 09:30") && !page.contains("2026-07-01T"));
        assert_eq!(page.matches("<td>Some skill</td>").count(), 2);
    }

    #[test]
    fn what_somebody_wrote_stays_text() {
        let mut whole = Map::new();
        whole.insert(
            "posts".into(),
            serde_json::json!([{ "body": "<script>alert(1)</script>", "number": 1, "created": null }]),
        );
        let page = page("<b>Rosa</b>", "UTC", &whole);
        assert!(
            page.contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                && !page.contains("<script>")
                && !page.contains("<b>Rosa")
        );
        assert_eq!(page.matches("<h2>").count(), PARTS.len());
    }
}
