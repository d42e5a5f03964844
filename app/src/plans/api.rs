//! What the browser may ask of one's own plan. Nobody names a person here: it
//! is always the one who is signed in.

use leptos::prelude::*;

use super::model::Plan;
use crate::error::Result;
use crate::id::{ActionId, CourseId, GroupId, NodeId, ResourceId};

/// The plan; `add` names something to add, as [`super::model::Adding`] reads it,
/// `find` what is looked up to be added, by the words `q`.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_plan(
    #[server(default)] add: String,
    #[server(default)] find: String,
    #[server(default)] q: String,
) -> Result<Plan> {
    use super::model::Adding;
    use crate::error::AppError;

    let (viewer, person) = crate::state::signed_in()?;
    let adding = match add.as_str() {
        "" => None,
        add => Some(Adding::parse(add).ok_or(AppError::NotFound)?),
    };
    let db = crate::state::db();
    let mut plan = super::store::page(&db, &viewer, &person, adding).await?;
    plan.offer.found = crate::lookups::store::listed(&db, &viewer, &find, &q).await?;
    Ok(plan)
}

/// Adds a statement to reach a level in.
#[server]
pub async fn add_goal(
    #[server(default)] node: Option<NodeId>,
    #[server(default)] level: String,
    #[server(default)] due: String,
    #[server(default)] next: String,
) -> Result<()> {
    use crate::error::AppError;

    let (_, person) = crate::state::signed_in()?;
    let node = node.ok_or_else(|| AppError::field("node", "Choose a statement from the list."))?;
    super::adding::still_ahead(&due, &person)?;
    super::store::add_goal(&crate::state::db(), &person.id, &node, &level, &due).await?;
    super::adding::go_on(&next);
    Ok(())
}

/// Adds a course to work through.
#[server]
pub async fn add_course(
    #[server(default)] course: Option<CourseId>,
    #[server(default)] due: String,
    #[server(default)] next: String,
) -> Result<()> {
    use super::store::{NewAction, Subject};
    use crate::error::AppError;

    let course = course.ok_or_else(|| AppError::field("course", "Choose a course from the list."))?;
    super::adding::add(NewAction::About(Subject::Course(course)), &due, &next).await
}

/// Adds a resource to work through.
#[server]
pub async fn add_resource(
    #[server(default)] resource: Option<ResourceId>,
    #[server(default)] due: String,
    #[server(default)] next: String,
) -> Result<()> {
    use super::store::{NewAction, Subject};
    use crate::error::AppError;

    let resource = resource.ok_or_else(|| AppError::field("resource", "Choose a resource from the list."))?;
    super::adding::add(NewAction::About(Subject::Resource(resource)), &due, &next).await
}

/// Adds a study group to work through.
#[server]
pub async fn add_group(
    #[server(default)] group: Option<GroupId>,
    #[server(default)] due: String,
    #[server(default)] next: String,
) -> Result<()> {
    use super::store::{NewAction, Subject};
    use crate::error::AppError;

    let group = group.ok_or_else(|| AppError::field("group", "Choose a study group from the list."))?;
    super::adding::add(NewAction::About(Subject::Group(group)), &due, &next).await
}

/// Adds a task at work; `key` is the same when the form is sent twice.
#[server]
pub async fn add_task(title: String, #[server(default)] due: String, #[server(default)] key: String) -> Result<()> {
    super::adding::add(super::store::NewAction::Task { title, key }, &due, "").await
}

/// Adds a conversation to have.
#[server]
pub async fn add_conversation(
    title: String,
    #[server(default)] due: String,
    #[server(default)] key: String,
) -> Result<()> {
    super::adding::add(super::store::NewAction::Conversation { title, key }, &due, "").await
}

#[server]
pub async fn set_action_done(action: ActionId, done: bool) -> Result<()> {
    let (_, person) = crate::state::signed_in()?;
    super::store::set_done(&crate::state::db(), &person.id, &action, done).await
}

#[server]
pub async fn change_goal(node: NodeId, level: String, #[server(default)] due: String) -> Result<()> {
    use super::model::What;

    let (_, person) = crate::state::signed_in()?;
    super::adding::still_ahead_or_kept(&due, &person, &What::Goal(node.clone())).await?;
    super::store::change_goal(&crate::state::db(), &person.id, &node, &level, &due).await
}

/// Changes the date of an action, and the words of a task or conversation.
#[server]
pub async fn change_action(
    action: ActionId,
    #[server(default)] title: Option<String>,
    #[server(default)] due: String,
) -> Result<()> {
    super::adding::change(&action, title.as_deref(), &due).await
}

#[server]
pub async fn remove_goal(node: NodeId) -> Result<()> {
    let (_, person) = crate::state::signed_in()?;
    super::store::remove_goal(&crate::state::db(), &person.id, &node).await
}

#[server]
pub async fn restore_goal(node: NodeId) -> Result<()> {
    let (_, person) = crate::state::signed_in()?;
    super::store::restore_goal(&crate::state::db(), &person.id, &node).await
}

#[server]
pub async fn remove_action(action: ActionId) -> Result<()> {
    let (_, person) = crate::state::signed_in()?;
    super::store::remove_action(&crate::state::db(), &person.id, &action).await
}

#[server]
pub async fn restore_action(action: ActionId) -> Result<()> {
    let (_, person) = crate::state::signed_in()?;
    super::store::restore_action(&crate::state::db(), &person.id, &action).await
}
