//! What the browser may ask of courses: reading them, and one's own progress.

use leptos::prelude::*;

use super::model::{CataloguePage, Course, Lesson};
use crate::error::Result;
use crate::groups::model::BesideTalk;
use crate::id::LessonId;

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_catalogue(#[server(default)] page: Option<u32>) -> Result<CataloguePage> {
    super::store::catalogue(&crate::state::db(), &crate::state::viewer(), page.unwrap_or(1)).await
}

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_course(course: String) -> Result<Course> {
    super::store::course(&crate::state::db(), &crate::state::viewer(), &course).await
}

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_lesson(course: String, lesson: String) -> Result<(Lesson, BesideTalk)> {
    let (db, viewer) = (crate::state::db(), crate::state::viewer());
    let mut lesson = super::store::lesson(&db, &viewer, &course, &lesson).await?;
    let mut talk = crate::groups::store::beside(&db, &viewer, &lesson.id, &lesson.course).await?;
    lesson.html = talk.mark(&lesson.html).into();
    talk.preview = crate::groups::api::preview_beside(&talk).await?;
    Ok((lesson, talk))
}

/// Records that one has done a lesson, and goes on to the next one; after the
/// last one, to the course.
#[server]
pub async fn finish_lesson(lesson: LessonId) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    let lesson = super::store::finish(&crate::state::db(), &viewer, &lesson).await?;
    let course = &lesson.course_slug;
    match lesson.after() {
        Some(next) => leptos_axum::redirect(&format!("/courses/{course}/{}", next.slug)),
        None => leptos_axum::redirect(&format!("/courses/{course}?notice=last-lesson")),
    }
    Ok(())
}

/// Takes back that one has done a lesson.
#[server]
pub async fn reopen_lesson(lesson: LessonId) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    super::store::reopen(&crate::state::db(), &viewer, &lesson).await
}
