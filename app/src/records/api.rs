//! What the browser may ask of one's own record of learning.

use leptos::prelude::*;

use super::model::LearningRecord;
use crate::error::Result;

/// One's own record: pages of its courses, its cohorts and of what was done at work.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_record(
    #[server(default)] courses: Option<u32>,
    #[server(default)] cohorts: Option<u32>,
    #[server(default)] tasks: Option<u32>,
) -> Result<LearningRecord> {
    let (viewer, person) = crate::state::signed_in()?;
    let pages = [courses, cohorts, tasks].map(|page| page.unwrap_or(1));
    super::store::record(&crate::state::db(), &viewer, &person, pages).await
}
