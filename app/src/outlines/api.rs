//! What curators may ask of a draft.

use leptos::prelude::*;

use super::model::{EntryPage, NewSetForm, OutlinePage, Present};
use crate::error::Result;
use crate::id::{EditionId, NodeId};
use crate::lookups::model::Suggestion;

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_outline(
    set: String,
    #[server(default)] open: String,
    #[server(default)] page: Option<u32>,
) -> Result<OutlinePage> {
    let (state, viewer) = (crate::state::state(), crate::state::viewer());
    let mut page = super::store::outline_page(&state.db, &viewer, &set, &open, page.unwrap_or(1)).await?;
    if let Some(draft) = &mut page.draft {
        draft.present = state.drafts.others(&draft.edition, viewer.id());
    }
    Ok(page)
}

/// Says that one has a draft open, at a line of it or at its outline; answers who
/// else has.
#[server]
pub async fn stay_in_draft(edition: EditionId, #[server(default)] node: String) -> Result<Vec<Present>> {
    let (viewer, person) = crate::state::signed_in()?;
    let state = crate::state::state();
    let line = super::store::line_of(&state.db, &viewer, &edition, NodeId::parse(&node).as_ref()).await?;
    state.drafts.seen(&edition, (&person.id, &person.name), line);
    Ok(state.drafts.others(&edition, Some(&person.id)))
}

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_entry(
    set: String,
    node: NodeId,
    #[server(default)] find: String,
    #[server(default)] q: String,
    #[server(default)] chosen: String,
) -> Result<EntryPage> {
    let (state, viewer) = (crate::state::state(), crate::state::viewer());
    let looking = super::model::Seek::parse(&find).map(|what| super::store::Looking {
        what,
        query: q,
        chosen: NodeId::parse(&chosen),
    });
    let mut page = super::store::entry_looking(&state.db, &viewer, &set, &node, looking.as_ref()).await?;
    page.present = state.drafts.others(&page.edition, viewer.id());
    Ok(page)
}

/// What a line can refer to (`what` = `reference`) or stand beneath (`parent`), of
/// what begins like `q`.
#[server(input = server_fn::codec::GetUrl)]
pub async fn find_lines(
    node: NodeId,
    #[server(default)] what: String,
    #[server(default)] q: String,
) -> Result<Vec<Suggestion>> {
    let (viewer, _) = crate::state::signed_in()?;
    let state = crate::state::state();
    let _place = state.pools.searches.place().await?;
    let what = super::model::Seek::parse(&what).unwrap_or(super::model::Seek::Parent);
    super::store::found_from(&state.db, &viewer, &node, what, &q).await
}

/// What the form that begins a set needs.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_new_set(
    #[server(default)] organisation: String,
    #[server(default)] find: String,
    #[server(default)] q: String,
) -> Result<NewSetForm> {
    let (db, viewer) = (crate::state::db(), crate::state::viewer());
    let wanted = crate::organisations::choosing::model::Wanted::of(&organisation, &find, &q);
    let organisations = crate::competencies::import::form(&db, &viewer, &wanted)
        .await?
        .organisations;
    Ok(NewSetForm {
        key: uuid::Uuid::new_v4().to_string(),
        organisations,
    })
}

/// Begins a set with nothing in it; `key` makes a form that is sent twice one.
#[server]
pub async fn create_set(
    key: String,
    organisation: String,
    title: String,
    #[server(default)] description: String,
    #[server(default)] language: String,
) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    if !viewer.may_write_sets() {
        return Err(crate::error::AppError::Forbidden);
    }
    let key = uuid::Uuid::parse_str(&key)
        .map_err(|_| crate::error::AppError::field("key", "The form could not be read. Load the page again."))?;
    let new = super::store::NewSet {
        key,
        organisation,
        title,
        description,
        language,
    };
    let set = super::store::create(&crate::state::db(), &viewer, &new).await?;
    leptos_axum::redirect(&format!("{}?notice=created", super::model::outline_href(&set)));
    Ok(())
}

/// Adds what was written or pasted at a spot: one statement as it stands
/// (`plain`), or many lines, which stand there already only where that is wanted
/// (`again`). With `step` = `preview` it only says that nothing
/// is saved yet, so that the form comes back and shows what it would add.
#[server]
pub async fn add_entries(
    edition: EditionId,
    spot: String,
    text: String,
    #[server(default)] plain: bool,
    #[server(default)] step: String,
    #[server(default)] key: String,
    #[server(default)] again: bool,
) -> Result<()> {
    use super::model::{PREVIEW, Pasted};
    use crate::error::AppError;

    let (viewer, _) = crate::state::signed_in()?;
    let spot = super::store::Spot::parse(&spot).ok_or_else(|| AppError::field("spot", "Choose where to add it."))?;
    let rows = if plain {
        let title = super::store::parse_title(&text).map_err(|message| AppError::field("text", message))?;
        let row = Pasted {
            title,
            ..Pasted::default()
        };
        vec![row]
    } else {
        super::pasting::parse(&text).map_err(|message| AppError::field("text", message))?
    };
    if step == "preview" {
        return Err(AppError::Conflict(PREVIEW.into()));
    }
    let (db, key, again) = (crate::state::db(), form_key(&key), again || plain);
    let done = super::store::add_saying(&db, &viewer, &edition, &spot, &rows, key, again).await?;
    leave(&done, "added");
    Ok(())
}

/// Saves a node's form; `base` is what the form was filled with, as JSON. The
/// answer is what it counts as filled with from then on. With `stay` the page
/// stays.
#[server]
pub async fn save_entry(
    node: NodeId,
    base: String,
    title: String,
    #[server(default)] code: String,
    #[server(default)] kind: String,
    #[server(default)] description: String,
    #[server(default)] knowledge: String,
    #[server(default)] skills: String,
    #[server(default)] attitudes: String,
    #[server(default)] behaviours: String,
    #[server(default)] notes: String,
    #[server(default)] topics: String,
    #[server(default)] sources: String,
    #[server(default)] levels: String,
    #[server(default)] over: bool,
    #[server(default)] stay: bool,
) -> Result<String> {
    let (viewer, _) = crate::state::signed_in()?;
    let form = super::model::EntryForm {
        title,
        code,
        kind,
        description,
        knowledge,
        skills,
        attitudes,
        behaviours,
        notes,
        topics,
        sources,
        levels,
    };
    let (done, base) = super::store::save_entry(&crate::state::db(), &viewer, &node, &base, &form, over).await?;
    if !stay {
        leave(&done, "saved");
    }
    Ok(base)
}

/// Writes a statement anew where it stands; `was` is what it said before.
#[server]
pub async fn rename_entry(node: NodeId, was: String, title: String) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    super::store::rename(&crate::state::db(), &viewer, &node, &was, &title).await?;
    Ok(())
}

/// Saves what holds for the whole draft. The answer is what its form counts as
/// filled with from then on. With `stay` the page stays.
#[server]
pub async fn save_frame(
    edition: EditionId,
    base: String,
    title: String,
    #[server(default)] description: String,
    #[server(default)] language: String,
    #[server(default)] levels: String,
    #[server(default)] kinds: String,
    #[server(default)] numbered: bool,
    #[server(default)] prefix: String,
    #[server(default)] over: bool,
    #[server(default)] stay: bool,
) -> Result<String> {
    let (viewer, _) = crate::state::signed_in()?;
    let form = super::model::FrameForm {
        title,
        description,
        language,
        levels,
        kinds,
        numbered,
        prefix,
        base,
    };
    let (done, base) = super::store::save_frame(&crate::state::db(), &viewer, &edition, &form, over).await?;
    if !stay {
        leave(&done, "saved");
    }
    Ok(base)
}

/// Moves a node: `step` is a way (`up`, `down`, `in`, `out`) or a spot
/// (`after-…`, `beneath-…`, `first-…`, `top`), a space, and the node.
#[server]
pub async fn move_entry(step: String) -> Result<()> {
    use super::model::Way;
    use super::store::{Spot, place, shift};
    use crate::error::AppError;

    let (viewer, _) = crate::state::signed_in()?;
    let db = crate::state::db();
    let unknown = || AppError::field("step", "Choose what goes where.");
    let (way, node) = step.split_once(' ').ok_or_else(unknown)?;
    let node = NodeId::parse(node).ok_or_else(unknown)?;
    let done = match (Way::parse(way), Spot::parse(way)) {
        (Some(way @ (Way::Up | Way::Down)), _) => return shift(&db, &viewer, &node, way).await.map(drop),
        (Some(way), _) => shift(&db, &viewer, &node, way).await?,
        (None, Some(spot)) => place(&db, &viewer, &node, &spot).await?,
        (None, None) => return Err(unknown()),
    };
    leptos_axum::redirect(&format!("{}#node-{node}", opened_after(&done)));
    Ok(())
}

/// Takes a node out, with all beneath it; it can be taken back.
#[server]
pub async fn remove_entry(node: NodeId, #[server(default)] understood: bool) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    let done = super::store::remove(&crate::state::db(), &viewer, &node, understood).await?;
    leave(&done, "removed");
    Ok(())
}

#[server]
pub async fn split_entry(node: NodeId, #[server(default)] texts: String, #[server(default)] key: String) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    let done = super::store::split(&crate::state::db(), &viewer, &node, &texts, form_key(&key)).await?;
    leave(&done, "split");
    Ok(())
}

#[server]
pub async fn merge_entries(
    node: NodeId,
    #[server(default)] others: Vec<NodeId>,
    #[server(default)] elsewhere: String,
    #[server(default)] title: String,
) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    let done = super::store::merge(&crate::state::db(), &viewer, &node, &others, &elsewhere, &title).await?;
    leave(&done, "merged");
    Ok(())
}

/// Takes the viewer's newest change back, or does it again; `open` stays open.
#[server]
pub async fn undo_step(
    edition: EditionId,
    #[server(default)] redo: bool,
    #[server(default)] open: String,
) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    let set = super::store::step_back(&crate::state::db(), &viewer, &edition, redo).await?;
    let done = super::store::Done {
        set,
        open: NodeId::parse(&open),
    };
    leave(&done, if redo { "redone" } else { "undone" });
    Ok(())
}

/// Refers from a node to one that was `chosen`, also of another set, or to one of
/// the draft by its code or its words.
#[server]
pub async fn link_entries(
    node: NodeId,
    #[server(default)] to: String,
    #[server(default)] chosen: String,
    kind: String,
) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    let chosen = NodeId::parse(&chosen);
    super::store::link(&crate::state::db(), &viewer, &node, (chosen.as_ref(), &to), &kind).await?;
    Ok(())
}

#[server]
pub async fn unlink_entries(node: NodeId, to: NodeId, kind: String) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    super::store::unlink(&crate::state::db(), &viewer, &node, &to, &kind).await?;
    Ok(())
}

/// A form without a key of its own is another one each time.
#[cfg(feature = "ssr")]
fn form_key(key: &str) -> uuid::Uuid {
    uuid::Uuid::parse_str(key).unwrap_or_else(|_| uuid::Uuid::new_v4())
}

/// The outline, open where something was done, and what was open there already, as
/// the page says from which it was done.
#[cfg(feature = "ssr")]
fn opened_after(done: &super::store::Done) -> String {
    use super::model::{opened, opened_href, outline_href};

    let from = crate::state::header(http::header::REFERER).unwrap_or_default();
    let from = crate::requests::local_part(&from);
    let (path, query) = from.split_once('?').unwrap_or((&from, ""));
    let query = query.split('#').next().unwrap_or_default();
    let there = query.split('&').find_map(|pair| pair.strip_prefix("open="));
    let there = there.filter(|_| path == outline_href(&done.set)).unwrap_or_default();
    let mut open = opened(&there.replace("%2C", ","));
    open.retain(|one| Some(one) != done.open.as_ref());
    open.extend(done.open.clone());
    opened_href(&done.set, &open)
}

/// Back to the outline, open where something was done.
#[cfg(feature = "ssr")]
fn leave(done: &super::store::Done, notice: &str) {
    let open = opened_after(done);
    let joint = if open.contains('?') { '&' } else { '?' };
    leptos_axum::redirect(&format!("{open}{joint}notice={notice}"));
}
