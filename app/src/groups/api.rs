//! What the browser may ask of study groups.

use leptos::prelude::*;

use super::model::{BesideTalk, GroupDetail, GroupList, PostView, Posted, ThreadDetail};
use crate::error::Result;
use crate::id::{GroupId, LessonId, ThreadId};

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_groups(#[server(default)] page: Option<u32>) -> Result<GroupList> {
    super::store::groups(&crate::state::db(), &crate::state::viewer(), page.unwrap_or(1)).await
}

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_group(
    group: String,
    #[server(default)] page: Option<u32>,
    #[server(default)] about: Option<String>,
) -> Result<GroupDetail> {
    use super::model::Anchor;

    let about = about.as_deref().and_then(Anchor::of_address);
    let viewer = crate::state::viewer();
    let mut detail =
        super::store::group(&crate::state::db(), &viewer, &group, page.unwrap_or(1), about.as_ref()).await?;
    let form = <StartThread as server_fn::ServerFn>::PATH;
    if let Some(body) = previewed(form, "group", detail.id.as_str()) {
        let place = super::store::Place::Group(detail.id.clone());
        detail.preview = Some(super::store::html(&crate::state::db(), &viewer, &place, &body).await?);
    }
    Ok(detail)
}

/// A page of a thread. What it shows to a member counts as read
/// (docs/decisions/0005-reading-marks-on-get.md).
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_thread(
    group: String,
    thread: ThreadId,
    #[server(default)] page: Option<u32>,
) -> Result<ThreadDetail> {
    let viewer = crate::state::viewer();
    let mut detail = super::store::thread(&crate::state::db(), &viewer, &group, &thread, page).await?;
    if let Some(body) = previewed(<Reply as server_fn::ServerFn>::PATH, "thread", thread.as_str()) {
        let place = super::store::Place::Thread(thread);
        detail.preview = Some(super::store::html(&crate::state::db(), &viewer, &place, &body).await?);
    }
    Ok(detail)
}

/// What came after the last post that is shown; it counts as read.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_posts_after(thread: ThreadId, after: u32) -> Result<Vec<PostView>> {
    super::store::posts_after(&crate::state::db(), &crate::state::viewer(), &thread, after).await
}

/// The talk beside a lesson as it is now.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_beside(lesson: LessonId, course: crate::id::CourseId) -> Result<BesideTalk> {
    let (db, viewer) = (crate::state::db(), crate::state::viewer());
    let mut talk = super::store::beside(&db, &viewer, &lesson, &course).await?;
    if talk.threads.iter().any(|thread| !thread.quote.is_empty()) {
        talk.mark(&super::store::lesson_html(&db, &lesson).await?);
    }
    Ok(talk)
}

/// What a text would look like in a group or a thread; nothing is kept.
#[server]
pub async fn preview_post(
    body: String,
    #[server(default)] group: Option<GroupId>,
    #[server(default)] thread: Option<ThreadId>,
) -> Result<String> {
    use super::model::PostBody;
    use super::store::{self, Place};
    use crate::error::AppError;

    let (viewer, _) = crate::state::signed_in()?;
    let body = PostBody::parse(&body).map_err(|message| AppError::field("body", message))?;
    match thread.map(Place::Thread).or(group.map(Place::Group)) {
        Some(place) => store::html(&crate::state::db(), &viewer, &place, &body).await,
        None => Ok(crate::markdown::illustrated(body.as_str())),
    }
}

/// Replies in a thread. `back` is the page to return to without JavaScript
/// when that is not the thread itself.
#[server]
pub async fn reply(
    thread: ThreadId,
    #[server(default)] body: String,
    form_key: String,
    #[server(default)] back: Option<String>,
    #[server(default)] preview: Option<String>,
) -> Result<Posted> {
    use super::live::NewPost;
    use super::model::{FormKey, PostBody, post_address};
    use super::store::{self, NewReply};
    use crate::error::{AppError, FieldErrors};
    use crate::people::suspension::store as suspension;

    let (viewer, _) = crate::state::signed_in()?;
    let mut errors = FieldErrors::default();
    let body = errors.take("body", PostBody::parse(&body));
    let form_key = errors.take("", FormKey::parse(&form_key));
    errors.check()?;
    if preview.is_some() {
        return Err(AppError::field("preview", PREVIEW));
    }
    let (Some(body), Some(form_key)) = (body, form_key) else {
        return Err(AppError::Internal);
    };
    let state = crate::state::state();
    suspension::may_post(&state.db, &viewer).await?;
    let new = NewReply { thread, body, form_key };
    let store::Replied { number, group, slug } = store::reply(&state.db, &viewer, &new).await?;
    state.hub.tell(&new.thread, NewPost(i64::from(number)));
    state.hub.tell_group(&group);
    if crate::state::is_plain_form() {
        let back = back.map(|back| format!("{}#talk-{}", crate::paths::local(&back), new.thread));
        leptos_axum::redirect(&back.unwrap_or_else(|| post_address(&slug, &new.thread, number)));
    }
    Ok(Posted {
        thread: new.thread,
        number,
        form_key: FormKey::random().into(),
    })
}

/// Starts a thread, perhaps about a lesson, a course or a statement.
#[server]
pub async fn start_thread(
    group: GroupId,
    #[server(default)] title: String,
    #[server(default)] kind: String,
    #[server(default)] body: String,
    #[server(default)] anchor_kind: String,
    #[server(default)] anchor_id: String,
    #[server(default)] quote: String,
    form_key: String,
    #[server(default)] back: Option<String>,
    #[server(default)] preview: Option<String>,
) -> Result<()> {
    use super::model::{Anchor, FormKey, PostBody, Quote, ThreadKind, ThreadTitle};
    use super::store::{self, NewThread};
    use crate::error::{AppError, FieldErrors};
    use crate::people::suspension::store as suspension;

    let (viewer, _) = crate::state::signed_in()?;
    let mut errors = FieldErrors::default();
    let title = errors.take("title", ThreadTitle::parse(&title));
    let kind = errors.take("kind", ThreadKind::parse(&kind));
    let body = errors.take("body", PostBody::parse(&body));
    let anchor = errors.take("anchor_id", Anchor::parse(&anchor_kind, &anchor_id));
    let quote = errors.take("quote", Quote::parse(&quote));
    let form_key = errors.take("", FormKey::parse(&form_key));
    errors.check()?;
    if preview.is_some() {
        return Err(AppError::field("preview", PREVIEW));
    }
    let (Some(title), Some(kind), Some(body), Some(anchor), Some(quote), Some(form_key)) =
        (title, kind, body, anchor, quote, form_key)
    else {
        return Err(AppError::Internal);
    };
    let state = crate::state::state();
    suspension::may_post(&state.db, &viewer).await?;
    if let (Some(Anchor::Lesson(lesson)), false) = (&anchor, quote.as_str().is_empty())
        && let Some(html) = store::quotable(&state.db, &viewer, &group, lesson).await?
        && !super::passages::stands(&html, quote.as_str())
    {
        return Err(AppError::field("quote", NO_PASSAGE));
    }
    let new = NewThread {
        group,
        title,
        kind,
        body,
        anchor,
        quote,
        form_key,
    };
    let started = store::start(&state.db, &viewer, &new).await?;
    state.hub.tell_group(&new.group);
    match back {
        // Beside a lesson the thread appears in its place.
        Some(_) if !crate::state::is_plain_form() => {}
        Some(back) => leptos_axum::redirect(&format!("{}#talk-{}", crate::paths::local(&back), started.thread)),
        None => leptos_axum::redirect(&format!("/groups/{}/{}", started.slug, started.thread)),
    }
    Ok(())
}

/// Joins a public group; for its members nothing changes.
#[server]
pub async fn join_group(group: GroupId) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    super::store::join(&crate::state::db(), &viewer, &group).await
}

/// Leaves a group; for others nothing changes.
#[server]
pub async fn leave_group(group: GroupId) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    super::store::leave(&crate::state::db(), &viewer, &group).await?;
    leptos_axum::redirect("/groups?notice=left");
    Ok(())
}

#[cfg(feature = "ssr")]
const PREVIEW: &str = "This is a preview: nothing is posted yet.";

#[cfg(feature = "ssr")]
const NO_PASSAGE: &str = "These words do not stand in the lesson. Copy them from it, or leave this empty.";

/// The preview that a form beside a lesson came back for, with the key of its
/// thread or group.
#[cfg(feature = "ssr")]
pub async fn preview_beside(talk: &BesideTalk) -> Result<Option<(String, String)>> {
    use super::store::{self, Place};
    use server_fn::ServerFn;

    let replies = talk.threads.iter().map(|thread| {
        let body = previewed(Reply::PATH, "thread", thread.id.as_str());
        body.map(|body| (thread.id.to_string(), Place::Thread(thread.id.clone()), body))
    });
    let starts = talk.groups.iter().map(|group| {
        let body = previewed(StartThread::PATH, "group", group.id.as_str());
        body.map(|body| (group.id.to_string(), Place::Group(group.id.clone()), body))
    });
    let Some((of, place, body)) = replies.chain(starts).flatten().next() else {
        return Ok(None);
    };
    let html = store::html(&crate::state::db(), &crate::state::viewer(), &place, &body).await?;
    Ok(Some((of, html)))
}

/// The text of a form that asked for a preview and came back.
#[cfg(feature = "ssr")]
fn previewed(form: &str, field: &str, value: &str) -> Option<super::model::PostBody> {
    let draft = crate::state::extension::<crate::start::FormDraft>()?;
    let asked = draft.form == form
        && draft.fields.contains_key("preview")
        && draft.fields.get(field).is_some_and(|have| have == value);
    super::model::PostBody::parse(draft.fields.get("body").filter(|_| asked)?).ok()
}
