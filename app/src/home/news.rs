//! Threads that are new to somebody, or to everybody, as they stand on the home page.

use surrealdb_types::{Datetime, SurrealValue};

use super::model::News;
use super::store::count;
use crate::id::ThreadId;
use crate::markdown::{beginning, plain};

#[derive(SurrealValue)]
pub(super) struct ThreadRow {
    id: ThreadId,
    group: String,
    group_slug: String,
    title: String,
    posts: i64,
    last_read: Option<i64>,
    last_post: Datetime,
    post: Option<PostRow>,
    /// Who named the viewer in what they have not read.
    named_by: Option<String>,
}

#[derive(SurrealValue)]
struct PostRow {
    author_name: String,
    html: String,
}

impl ThreadRow {
    /// For a reader in this zone.
    pub(super) fn into_news(self, zone: &str) -> News {
        let posts = count(self.posts);
        let unread = posts.saturating_sub(count(self.last_read.unwrap_or(0)));
        let new = match (self.named_by, unread) {
            (Some(name), _) => format!("{name} named you in "),
            (None, 1) => "1 new post in ".to_owned(),
            (None, unread) => format!("{unread} new posts in "),
        };
        let (author, beginning) = self.post.map_or_else(Default::default, |post| {
            (post.author_name, beginning(&plain(&post.html), 160))
        });
        News {
            href: format!("/groups/{}/{}", self.group_slug, self.id),
            group: self.group,
            title: self.title,
            new,
            posts,
            author,
            beginning,
            iso: crate::time::iso(&self.last_post),
            label: crate::time::ago(&self.last_post, zone),
        }
    }
}
