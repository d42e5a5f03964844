//! What the browser may ask of job descriptions.

use leptos::prelude::*;

use super::model::{DutiesForm, JobPage, JobsPage, NewJobForm, WordsForm};
use crate::error::Result;
use crate::id::{JobId, NodeId};
use crate::lookups::model::Suggestion;

/// Those that the viewer may see, of all organisations or of one, by its name in
/// addresses.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_jobs(#[server(default)] place: String, #[server(default)] page: Option<u32>) -> Result<JobsPage> {
    let (viewer, _) = crate::state::signed_in()?;
    super::store::jobs_page(&crate::state::db(), &viewer, &place, page.unwrap_or(1)).await
}

/// What the form of a new one needs; `from` says what it is built from.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_new_job(
    #[server(default)] from: String,
    #[server(default)] organisation: String,
    #[server(default)] find: String,
    #[server(default)] q: String,
) -> Result<NewJobForm> {
    let (viewer, _) = crate::state::signed_in()?;
    let wanted = crate::organisations::choosing::model::Wanted::of(&organisation, &find, &q);
    super::store::new_form(&crate::state::db(), &viewer, &wanted, &from).await
}

/// Begins one as a draft; `key` makes a form that is sent twice one.
#[server]
pub async fn make_job(key: String, organisation: String, title: String, #[server(default)] from: String) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    let unreadable = || crate::error::AppError::field("key", "The form could not be read. Load the page again.");
    let key = uuid::Uuid::parse_str(&key).map_err(|_| unreadable())?;
    let job = JobId::parse(&key.simple().to_string()).ok_or_else(unreadable)?;
    let new = super::store::NewJob {
        organisation,
        title,
        from,
    };
    super::store::make(&crate::state::db(), &viewer, &job, &new).await?;
    leptos_axum::redirect(&format!("{}?notice=made", super::model::job_href(&job)));
    Ok(())
}

/// One of its faces, as it stands or as it was in an earlier edition.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_job(
    job: String,
    #[server(default)] face: String,
    #[server(default)] edition: Option<u32>,
) -> Result<JobPage> {
    use super::model::Face;

    let face = Face::parse(&face).ok_or(crate::error::AppError::NotFound)?;
    let job = JobId::parse(&job).ok_or(crate::error::AppError::NotFound)?;
    super::store::job_page(&crate::state::db(), &crate::state::viewer(), &job, face, edition).await
}

/// Its words as they are edited.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_job_words(job: String) -> Result<WordsForm> {
    let (viewer, _) = crate::state::signed_in()?;
    let job = JobId::parse(&job).ok_or(crate::error::AppError::NotFound)?;
    super::store::words_form(&crate::state::db(), &viewer, &job).await
}

/// Saves its title and texts; `base` is how often they had been saved when the form
/// was filled, and with `over` mine count where somebody saved others meanwhile.
#[server]
pub async fn save_job(
    job: JobId,
    title: String,
    #[server(default)] base: u32,
    #[server(default)] purpose: String,
    #[server(default)] further: String,
    #[server(default)] hours: String,
    #[server(default)] contract: String,
    #[server(default)] grade: String,
    #[server(default)] place: String,
    #[server(default)] reports_to: String,
    #[server(default)] about: String,
    #[server(default)] apply: String,
    #[server(default)] over: bool,
) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    let typed = super::model::Texts {
        purpose,
        further,
        hours,
        contract,
        grade,
        place,
        reports_to,
        about,
        apply,
    };
    let sent = super::store::Sent {
        title,
        texts: typed,
        base,
        over,
    };
    super::store::save_words(&crate::state::db(), &viewer, &job, &sent).await?;
    leptos_axum::redirect(&format!("{}?notice=saved", super::model::job_href(&job)));
    Ok(())
}

/// Puts it in use or withdraws it.
#[server]
pub async fn set_job_state(job: JobId, to: String) -> Result<()> {
    use super::model::State;

    let (viewer, _) = crate::state::signed_in()?;
    let to = State::parse(&to).ok_or_else(|| crate::error::AppError::field("to", "Choose one of the two."))?;
    super::store::set_state(&crate::state::db(), &viewer, &job, to).await?;
    leptos_axum::redirect(&format!("{}?notice={}", super::model::job_href(&job), to.as_str()));
    Ok(())
}

/// Removes one that is not in use, once its title was typed.
#[server]
pub async fn remove_job(job: JobId, #[server(default)] confirm: String) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    super::store::remove(&crate::state::db(), &viewer, &job, &confirm).await?;
    leptos_axum::redirect(&format!("{}?notice=removed", super::model::JOBS));
    Ok(())
}

/// A page of its duties as they are edited, with the statement that is to be added
/// and what was looked for.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_duties(
    job: String,
    #[server(default)] page: Option<u32>,
    #[server(default)] add: String,
    #[server(default)] q: String,
) -> Result<DutiesForm> {
    let (viewer, _) = crate::state::signed_in()?;
    let job = JobId::parse(&job).ok_or(crate::error::AppError::NotFound)?;
    let asked = super::store::AskedDuties {
        page: page.unwrap_or(1),
        add: NodeId::parse(&add),
        query: q,
    };
    super::store::duties_form(&crate::state::db(), &viewer, &job, &asked).await
}

/// Statements of its edition whose words begin like those of `q`.
#[server(input = server_fn::codec::GetUrl)]
pub async fn find_duties(job: JobId, #[server(default)] q: String) -> Result<Vec<Suggestion>> {
    let (viewer, _) = crate::state::signed_in()?;
    let state = crate::state::state();
    let _place = state.pools.searches.place().await?;
    super::store::found(&state.db, &viewer, &job, &q).await
}

/// Adds a statement of its edition.
#[server]
pub async fn add_duty(job: JobId, node: NodeId, #[server(default)] level: String) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    super::store::add_duty(&crate::state::db(), &viewer, &job, &node, &level).await?;
    leptos_axum::redirect(&format!("{}?notice=added", super::model::duties_href(&job)));
    Ok(())
}

/// Changes the level of a duty; `was` is the one that the form was filled with.
#[server]
pub async fn change_duty(
    job: JobId,
    node: NodeId,
    level: String,
    #[server(default)] was: String,
    #[server(default)] page: Option<u32>,
) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    super::store::change_duty(&crate::state::db(), &viewer, &job, &node, &level, &was).await?;
    let page = page.unwrap_or(1);
    let href = super::model::duties_href(&job);
    leptos_axum::redirect(&format!("{href}?page={page}&notice=level"));
    Ok(())
}

/// Settles what a new edition asks of a duty: confirms it, or says what stands there
/// from now on.
#[server]
pub async fn settle_duty(
    job: JobId,
    node: NodeId,
    #[server(default)] chosen: Vec<NodeId>,
    #[server(default)] own: bool,
) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    super::store::settle_duty(&crate::state::db(), &viewer, &job, &node, &chosen, own).await?;
    leptos_axum::redirect(&format!("{}?notice=settled", super::model::duties_href(&job)));
    Ok(())
}

/// Takes a duty out; the page that follows offers to add it again.
#[server]
pub async fn remove_duty(job: JobId, node: NodeId) -> Result<()> {
    let (viewer, _) = crate::state::signed_in()?;
    super::store::remove_duty(&crate::state::db(), &viewer, &job, &node).await?;
    let href = super::model::duties_href(&job);
    leptos_axum::redirect(&format!("{href}?add={node}&notice=out"));
    Ok(())
}
