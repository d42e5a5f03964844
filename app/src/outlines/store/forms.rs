//! Saving what a form says, beside what others have written since.

use serde_json::Value;

use super::acts::{Done, act, quoted};
use super::{Own, own, own_of};
use crate::db::Db;
use crate::error::{AppError, FieldErrors, Result};
use crate::id::{EditionId, NodeId};
use crate::outlines::model::{EntryForm, FrameForm};
use crate::outlines::rules::{self, Fields, Merged, Step, merged};
use crate::viewer::Viewer;

fn json(base: &str) -> Result<Fields> {
    serde_json::from_str(base).map_err(|_| AppError::field("base", "The form could not be read. Load the page again."))
}

/// What is said at a field that somebody else changed too.
fn clash(theirs: &Value) -> String {
    let text = match theirs {
        Value::String(text) => text.clone(),
        Value::Array(entries) => {
            let entry = |entry: &Value| match entry {
                Value::String(text) => text.clone(),
                Value::Object(parts) => parts.values().filter_map(Value::as_str).collect::<Vec<_>>().join(" | "),
                other => other.to_string(),
            };
            entries.iter().map(entry).collect::<Vec<_>>().join(" / ")
        }
        other => other.to_string(),
    };
    match text.is_empty() {
        true => "Meanwhile somebody emptied this. What you wrote is still here.".into(),
        false => format!("Meanwhile somebody wrote: “{text}”. What you wrote is still here."),
    }
}

fn clashes(fields: &[String], theirs: &Fields, name: impl Fn(&str) -> String) -> AppError {
    let mut errors = FieldErrors::default();
    for field in fields {
        errors.add(&name(field), clash(theirs.get(field).unwrap_or(&Value::Null)));
    }
    errors.add(
        "over",
        "Both versions are shown. Send yours again with the box ticked, or take over what the other wrote.",
    );
    AppError::Invalid(errors)
}

/// Saves a node's form. `base` is what it was filled with: what others changed
/// since in other fields stays, and in the same ones is refused, unless `over`.
/// Answers also with what the form counts as filled with from then on: all that
/// it says, so that what others wrote and it does not show is none of its own.
pub async fn save_entry(
    db: &Db,
    viewer: &Viewer,
    node: &NodeId,
    base: &str,
    form: &EntryForm,
    over: bool,
) -> Result<(Done, String)> {
    let own = own_of(db, viewer, node).await?;
    let mine = rules::entry(form)?;
    let now = serde_json::to_string(&mine).map_err(|error| AppError::internal("entry", error))?;
    let done = save_fields(db, viewer, own, node, (&json(base)?, &mine, over)).await?;
    Ok((done, now))
}

/// Writes a statement anew; refused where somebody else did so since.
pub async fn rename(db: &Db, viewer: &Viewer, node: &NodeId, was: &str, title: &str) -> Result<Done> {
    let own = own_of(db, viewer, node).await?;
    let title = rules::title(title).map_err(|message| AppError::field("title", message))?;
    let only = |text: String| Fields::from_iter([("title".to_owned(), Value::from(text))]);
    let was = was.split_whitespace().collect::<Vec<_>>().join(" ");
    save_fields(db, viewer, own, node, (&only(was), &only(title), false)).await
}

async fn save_fields(
    db: &Db,
    viewer: &Viewer,
    own: Own,
    node: &NodeId,
    (base, mine, over): (&Fields, &Fields, bool),
) -> Result<Done> {
    act(db, viewer, own, |loaded| {
        let identifier = loaded.identifier(node)?;
        let (at, numbered) = (loaded.outline.index(identifier)?, loaded.outline.frame.numbered);
        let theirs = rules::entry_fields(&loaded.outline.nodes[at].content, numbered);
        let fields = match merged(base, mine, &theirs, over) {
            Merged::Fits(fields) => with_code(fields, numbered),
            Merged::Clashes(fields) => {
                return Err(clashes(&fields, &theirs, |field| rules::form_name(field).to_owned()));
            }
        };
        let parent = loaded.outline.place(at).parent;
        let words = format!("Changed {}", quoted(&loaded.outline, at));
        let expects = None;
        let steps = match fields.is_empty() {
            true => Vec::new(),
            false => vec![Step::Set {
                identifier,
                fields,
                expects,
            }],
        };
        Ok((words, steps, parent))
    })
    .await
}

/// An empty code follows from the place, where codes do.
fn with_code(mut fields: Fields, numbered: bool) -> Fields {
    if numbered && let Some(code) = fields.remove("code") {
        let by_hand = code.as_str().is_some_and(|code| !code.is_empty());
        fields.insert("by_hand".into(), by_hand.into());
        if by_hand {
            fields.insert("code".into(), code);
        }
    }
    fields
}

/// Saves what holds for the whole draft, in the same way.
pub async fn save_frame(db: &Db, viewer: &Viewer, edition: &EditionId, form: &FrameForm, over: bool) -> Result<Done> {
    let own = own(db, viewer, edition).await?;
    let (mine, base) = (rules::frame(form)?, json(&form.base)?);
    act(db, viewer, own, |loaded| {
        let theirs = rules::frame_fields(&loaded.outline.frame);
        match merged(&base, &mine, &theirs, over) {
            Merged::Clashes(fields) => Err(clashes(&fields, &theirs, str::to_owned)),
            Merged::Fits(fields) if fields.is_empty() => Ok((String::new(), Vec::new(), None)),
            Merged::Fits(fields) => {
                let words = "Changed what holds for the whole set".to_owned();
                Ok((words, vec![Step::Frame { fields, expects: None }], None))
            }
        }
    })
    .await
}
