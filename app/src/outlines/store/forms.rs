//! Saving what a form says, beside what others have written since.

use serde_json::Value;
use uuid::Uuid;

use super::acts::{Done, person, quoted};
use super::loading::Loaded;
use super::writing::{Planned, change};
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

/// None where nothing clashes.
fn clashes(fields: &[String], theirs: &Fields, saved: bool, name: impl Fn(&str) -> String) -> Option<AppError> {
    if fields.is_empty() {
        return None;
    }
    let mut errors = FieldErrors::default();
    for field in fields {
        errors.add(&name(field), clash(theirs.get(field).unwrap_or(&Value::Null)));
    }
    let rest = if saved { "The rest is saved. " } else { "" };
    let both = "Both versions are shown. Send yours again with the box ticked, or take over what the other wrote.";
    errors.add("over", format!("{rest}{both}"));
    Some(AppError::Invalid(errors))
}

/// Writes what fits, and says afterwards what does not: `plan` answers with what
/// is done in a few words, the steps, what then stands open, and that.
async fn save(
    db: &Db,
    viewer: &Viewer,
    own: Own,
    plan: impl Fn(&Loaded) -> Result<(String, Vec<Step>, Option<Uuid>, Option<AppError>)>,
) -> Result<Done> {
    let written = change(db, &own, person(viewer)?, |loaded| {
        let (words, steps, open, clash) = plan(loaded)?;
        let open = open.and_then(|open| loaded.ids.get(&open).cloned());
        Ok((Planned { words, steps }, (open, clash)))
    });
    match written.await? {
        (_, Some(clash)) => Err(clash),
        (open, None) => Ok(Done { set: own.set, open }),
    }
}

/// Saves a node's form. `base` is what it was filled with: what others changed
/// since in other fields stays, and in the same ones is refused, unless `over`;
/// what is not refused is saved all the same.
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
    save(db, viewer, own, |loaded| {
        let identifier = loaded.identifier(node)?;
        let (at, numbered) = (loaded.outline.index(identifier)?, loaded.outline.frame.numbered);
        let theirs = rules::entry_fields(&loaded.outline.nodes[at].content, numbered);
        let Merged { fits, clashes: both } = merged(base, mine, &theirs, over);
        let clash = clashes(&both, &theirs, !fits.is_empty(), |field| {
            rules::form_name(field).to_owned()
        });
        let fields = with_code(fits, numbered);
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
        Ok((words, steps, parent, clash))
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
pub async fn save_frame(
    db: &Db,
    viewer: &Viewer,
    edition: &EditionId,
    form: &FrameForm,
    over: bool,
) -> Result<(Done, String)> {
    let own = own(db, viewer, edition).await?;
    let (mine, base) = (rules::frame(form)?, json(&form.base)?);
    let now = serde_json::to_string(&mine).map_err(|error| AppError::internal("frame", error))?;
    let done = save(db, viewer, own, |loaded| {
        let theirs = rules::frame_fields(&loaded.outline.frame);
        let Merged { fits, clashes: both } = merged(&base, &mine, &theirs, over);
        let clash = clashes(&both, &theirs, !fits.is_empty(), str::to_owned);
        let words = "Changed what holds for the whole set".to_owned();
        let steps = match fits.is_empty() {
            true => Vec::new(),
            false => vec![Step::Frame {
                fields: fits,
                expects: None,
            }],
        };
        Ok((words, steps, None, clash))
    });
    Ok((done.await?, now))
}
