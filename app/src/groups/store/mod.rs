//! Study groups in the database.

mod beside;
mod groups;
mod joining;
mod naming;
mod page;
mod posting;
mod seeding;
mod threads;

pub use beside::{beside, lesson_html, quotable};
pub use groups::{group, groups};
pub use joining::{NewGroup, create, join, leave};
pub use naming::{Place, html};
pub use posting::{NewReply, NewThread, Replied, Started, reply, start};
pub use seeding::{SeedPost, SeedReading, SeedThread, course_of, member, thread as seed_thread};
pub use threads::{newest, posts_after, said, thread};

use surrealdb_types::{Datetime, SurrealValue};

use super::model::PostView;
use crate::error::AppError;
use crate::id::{GroupId, PersonId};
use crate::viewer::Viewer;

/// A post as it is read; whose it is and when.
#[derive(SurrealValue)]
struct PostRow {
    number: i64,
    author: PersonId,
    author_name: String,
    html: String,
    created: Datetime,
}

impl PostRow {
    /// Members know those who are named, others may not: they see the names only.
    fn into_view(self, viewer: &Viewer, facilitators: &[PersonId], member: bool) -> PostView {
        let html = match member {
            true => self.html,
            false => crate::markdown::names_only(&self.html),
        };
        PostView {
            number: count(self.number),
            you: viewer.is(&self.author),
            facilitator: facilitators.contains(&self.author),
            author: self.author_name,
            iso: crate::time::iso(&self.created),
            label: crate::time::ago(&self.created, viewer.timezone()),
            html: html.into(),
        }
    }
}

fn count(n: i64) -> u32 {
    u32::try_from(n).unwrap_or(0)
}

/// The groups that the viewer belongs to: the scope of what is not public.
fn own(viewer: &Viewer) -> Vec<GroupId> {
    viewer.groups.iter().map(|group| group.id.clone()).collect()
}

/// The viewer's key, for records whose key holds it; empty for visitors,
/// which no record has.
fn key(viewer: &Viewer) -> String {
    viewer.id().map(|id| id.as_str().to_owned()).unwrap_or_default()
}

/// What a transaction throws when someone may see but not do.
fn forbidden(error: AppError) -> AppError {
    match error {
        AppError::Conflict(message) if message == "forbidden" => AppError::Forbidden,
        error => error,
    }
}
