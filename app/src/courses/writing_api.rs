//! What the browser may ask of those who write courses.

use leptos::prelude::*;

use super::model::{CourseDraft, LessonDraft, NewCourseForm};
use crate::error::Result;
use crate::id::{CourseId, LessonId, NodeId, OrganisationId};

/// What a form that came back as a preview says: nothing was saved, and
/// nothing went wrong.
pub const PREVIEW: &str = "This is how the lesson will look. Nothing is saved yet.";

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_new_course(
    #[server(default)] organisation: String,
    #[server(default)] find: String,
    #[server(default)] q: String,
) -> Result<NewCourseForm> {
    let wanted = crate::organisations::choosing::model::Wanted::of(&organisation, &find, &q);
    super::store::new_course_form(&crate::state::db(), &crate::state::viewer(), &wanted).await
}

#[server]
pub async fn create_course(
    key: CourseId,
    organisation: OrganisationId,
    title: String,
    #[server(default)] summary: String,
    #[server(default)] hours: String,
    #[server(default)] open: bool,
) -> Result<()> {
    use super::rules::CourseFields;

    let (viewer, _) = crate::state::signed_in()?;
    let fields = CourseFields::parse(&title, &summary, &hours, open)?;
    let slug = super::store::create_course(&crate::state::db(), &viewer, &key, &organisation, &fields).await?;
    leptos_axum::redirect(&format!("/studio/courses/{slug}?notice=created"));
    Ok(())
}

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_course_draft(course: String, #[server(default)] query: String) -> Result<CourseDraft> {
    super::store::course_draft(&crate::state::db(), &crate::state::viewer(), &course, &query).await
}

#[server]
pub async fn save_course(
    course: CourseId,
    title: String,
    #[server(default)] summary: String,
    #[server(default)] hours: String,
    #[server(default)] open: bool,
) -> Result<()> {
    use super::rules::CourseFields;

    let (viewer, _) = crate::state::signed_in()?;
    let fields = CourseFields::parse(&title, &summary, &hours, open)?;
    let slug = super::store::save_course(&crate::state::db(), &viewer, &course, &fields).await?;
    leptos_axum::redirect(&format!("/studio/courses/{slug}?notice=saved"));
    Ok(())
}

/// Puts a course into the catalogue or takes it out.
#[server]
pub async fn publish_course(course: CourseId, published: bool) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    // Taking one out of the catalogue is open to whoever may not post.
    if published {
        crate::people::suspension::store::may_post(&crate::state::db(), &viewer).await?;
    }
    super::store::set_published(&crate::state::db(), &viewer, &course, published).await
}

#[server]
pub async fn align_course(course: CourseId, node: NodeId, #[server(default)] level: Option<u32>) -> Result<()> {
    use crate::error::AppError;

    let (viewer, _) = crate::state::signed_in()?;
    let level =
        level.ok_or_else(|| AppError::field("level", "Choose up to which level the course serves the statement."))?;
    super::store::align(&crate::state::db(), &viewer, &course, &node, level).await
}

#[server]
pub async fn unalign_course(course: CourseId, node: NodeId) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    super::store::unalign(&crate::state::db(), &viewer, &course, &node).await
}

/// A lesson to change; where a form came back that asked for a preview, with
/// the preview of what was typed.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_lesson_draft(course: String, lesson: String) -> Result<LessonDraft> {
    use leptos::server_fn::ServerFn;

    use super::rules::LONGEST_BODY;
    use crate::start::FormDraft;

    let mut draft = super::store::lesson_draft(&crate::state::db(), &crate::state::viewer(), &course, &lesson).await?;
    let typed = crate::state::extension::<FormDraft>().filter(|form| form.form == <SaveLesson as ServerFn>::PATH);
    if let Some(body) = typed.and_then(|mut form| form.fields.remove("body"))
        && body.chars().count() <= LONGEST_BODY as usize
    {
        draft.preview = crate::markdown::illustrated(&body);
    }
    Ok(draft)
}

/// Writes a new lesson or changes one; with `step` = `preview` it only says
/// that nothing is saved yet, so that the form comes back with its preview.
#[server]
pub async fn save_lesson(
    course: CourseId,
    lesson: LessonId,
    /// When the text that is being changed was written; empty for a new one.
    #[server(default)]
    changed: String,
    title: String,
    #[server(default)] module: String,
    #[server(default)] minutes: String,
    #[server(default)] body: String,
    #[server(default)] overwrite: bool,
    #[server(default)] step: String,
) -> Result<()> {
    use super::rules::LessonFields;
    use super::store::{self, Stamp};
    use crate::error::AppError;

    let (viewer, _) = crate::state::signed_in()?;
    if step == "preview" {
        return Err(AppError::Conflict(PREVIEW.into()));
    }
    let fields = LessonFields::parse(&title, &module, &minutes, &body)?;
    let db = crate::state::db();
    let slug = if changed.is_empty() {
        store::write_lesson(&db, &viewer, &course, &lesson, &fields).await?
    } else {
        let stamp = if overwrite { Stamp::Any } else { Stamp::At(changed) };
        store::save_lesson(&db, &viewer, &lesson, stamp, &fields).await?
    };
    leptos_axum::redirect(&format!("/studio/courses/{slug}?notice=lesson-saved#lessons"));
    Ok(())
}

#[server]
pub async fn move_lesson(lesson: LessonId, to: u32) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    super::store::move_lesson(&crate::state::db(), &viewer, &lesson, to).await
}

#[server]
pub async fn delete_lesson(lesson: LessonId, #[server(default)] confirm: String) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    super::store::delete_lesson(&crate::state::db(), &viewer, &lesson, &confirm).await
}

/// Deletes a course that was never published.
#[server]
pub async fn delete_course(course: CourseId, #[server(default)] confirm: String) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    super::store::delete_course(&crate::state::db(), &viewer, &course, &confirm).await?;
    leptos_axum::redirect("/studio?notice=course-deleted");
    Ok(())
}

/// How a lesson's Markdown will look, for those who may write.
#[server]
pub async fn preview_lesson(markdown: String) -> Result<String> {
    use super::rules::LONGEST_BODY;
    use crate::error::AppError;

    let (viewer, _) = crate::state::signed_in()?;
    if !viewer.may_write_courses() {
        return Err(AppError::Forbidden);
    }
    if markdown.chars().count() > LONGEST_BODY as usize {
        return Err(AppError::field(
            "body",
            "A lesson has at most 100,000 characters. Make two of it.",
        ));
    }
    Ok(crate::markdown::illustrated(&markdown))
}
