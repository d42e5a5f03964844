//! For whom a set may be imported.

use super::*;
use crate::error::AppError;

#[tokio::test]
async fn the_form_offers_whatever_the_viewer_may_write_for() {
    let world = world().await;
    let names = async |viewer: &Viewer| {
        let form = import::form(&world.db, viewer, &Default::default()).await?;
        Ok::<_, AppError>(
            form.organisations
                .places
                .into_iter()
                .map(|place| place.name)
                .collect::<Vec<_>>(),
        )
    };
    // A role reaches down; where one is oneself stands first.
    assert_eq!(names(&world.curator()).await.unwrap(), ["library", "branch"]);
    assert_eq!(names(&world.learner()).await, Err(AppError::Forbidden));
    assert_eq!(names(&Viewer::visitor()).await, Err(AppError::SignInNeeded));
    let site = Viewer {
        site_administrator: true,
        memberships: Vec::new(),
        ..world.learner()
    };
    assert_eq!(names(&site).await.unwrap(), ["branch", "elsewhere", "library"]);
}
