//! What the pages show.

use serde::{Deserialize, Serialize};

use super::{PAGE, ThreadKind};
use crate::html::Html;
use crate::id::{GroupId, ThreadId};

/// A group in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupCard {
    pub slug: String,
    pub title: String,
    pub summary: String,
    pub public: bool,
    pub members: u32,
    pub threads: u32,
    pub unread: u32,
}

/// The groups of the viewer, and a page of the public ones beside them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupList {
    pub mine: Vec<GroupCard>,
    pub public: Vec<GroupCard>,
    pub page: u32,
    pub pages: u32,
    pub signed_in: bool,
}

/// A thread in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadCard {
    pub id: ThreadId,
    pub title: String,
    pub kind: ThreadKind,
    /// What it is attached to; empty when it is not.
    pub about: String,
    pub posts: u32,
    pub unread: u32,
    pub last_post: String,
    pub last_post_label: String,
}

/// What a new thread would be attached to, as the address asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    pub kind: String,
    pub id: String,
    pub label: String,
}

/// A group's page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupDetail {
    pub id: GroupId,
    pub slug: String,
    pub title: String,
    pub summary: String,
    pub public: bool,
    pub organisation: String,
    pub members: u32,
    /// How many posts it had when the page was made.
    pub posts: u32,
    pub facilitators: Vec<String>,
    /// The course that it works through, as slug and title.
    pub course: Option<(String, String)>,
    pub threads: Vec<ThreadCard>,
    pub page: u32,
    pub pages: u32,
    pub member: bool,
    pub signed_in: bool,
    pub about: Option<About>,
    pub form_key: String,
    /// What was typed, rendered, when a preview was asked for.
    pub preview: Option<String>,
}

/// A post. Its names on the wire are short: a page holds fifty, twice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostView {
    #[serde(rename = "n")]
    pub number: u32,
    #[serde(rename = "a")]
    pub author: String,
    #[serde(rename = "t")]
    pub iso: String,
    #[serde(rename = "l")]
    pub label: String,
    #[serde(rename = "h")]
    pub html: Html,
    #[serde(rename = "y", default, skip_serializing_if = "std::ops::Not::not")]
    pub you: bool,
    #[serde(rename = "f", default, skip_serializing_if = "std::ops::Not::not")]
    pub facilitator: bool,
}

/// One page of a thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadDetail {
    pub id: ThreadId,
    pub group: String,
    pub group_slug: String,
    pub title: String,
    pub kind: ThreadKind,
    pub about: String,
    /// Where that is, while it is there.
    pub about_href: Option<String>,
    pub quote: String,
    /// Whether the lesson no longer has the words of the quote.
    pub gone: bool,
    pub posts: Vec<PostView>,
    pub total: u32,
    /// How far the viewer had read before this page was shown.
    pub last_read: u32,
    /// "2 new since yesterday 18:20", for members with something unread.
    pub unread_label: Option<String>,
    pub page: u32,
    pub pages: u32,
    pub member: bool,
    pub signed_in: bool,
    pub form_key: String,
    pub preview: Option<String>,
}

impl BesideTalk {
    /// Says of each thread whether the lesson still has its words, and gives
    /// the lesson with these words marked.
    #[cfg(feature = "ssr")]
    pub fn mark(&mut self, html: &str) -> String {
        use crate::groups::passages::{Passage, mark, stands};

        for thread in &mut self.threads {
            thread.gone = !thread.quote.is_empty() && !stands(html, &thread.quote);
        }
        let passages: Vec<Passage> = self
            .threads
            .iter()
            .map(|BesideThread { id, title, quote, .. }| Passage {
                thread: id,
                title,
                quote,
            })
            .collect();
        mark(html, &passages)
    }
}

impl BesideTalk {
    /// What was asked to be previewed for one of these threads or groups.
    pub fn preview_of(&self, keys: &[&str]) -> Option<String> {
        let (of, html) = self.preview.as_ref()?;
        keys.contains(&of.as_str()).then(|| html.clone())
    }

    /// The threads of a later talk that are not in this one.
    pub fn unknown<'a>(&'a self, later: &'a Self) -> impl Iterator<Item = &'a ThreadId> {
        let known = |id: &ThreadId| self.threads.iter().any(|thread| thread.id == *id);
        later
            .threads
            .iter()
            .map(|thread| &thread.id)
            .filter(move |id| !known(id))
    }
}

impl ThreadDetail {
    /// How many posts were new before this page was shown.
    pub fn unread(&self) -> u32 {
        if self.member {
            self.total.saturating_sub(self.last_read)
        } else {
            0
        }
    }
}

/// Which page of a thread holds a post.
pub fn page_of(number: u32) -> u32 {
    number.max(1).div_ceil(PAGE)
}

/// The address of a post within its thread.
pub fn post_address(group: &str, thread: &ThreadId, number: u32) -> String {
    let page = page_of(number);
    format!("/groups/{group}/{thread}?page={page}#post-{number}")
}

/// A reply that was taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posted {
    pub thread: ThreadId,
    pub number: u32,
    /// For the next reply from the same page.
    pub form_key: String,
}

/// A group beside a lesson.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BesideGroup {
    pub id: GroupId,
    pub slug: String,
    pub title: String,
    pub member: bool,
    /// How many there are in it, about whatever.
    pub threads: u32,
}

/// A thread beside a lesson, with its latest posts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BesideThread {
    pub id: ThreadId,
    pub group_slug: String,
    pub title: String,
    pub quote: String,
    /// Whether the lesson no longer has the words of the quote.
    pub gone: bool,
    pub total: u32,
    pub last_read: u32,
    pub member: bool,
    pub posts: Vec<PostView>,
}

/// The talk about a lesson in the groups that work through its course.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BesideTalk {
    pub groups: Vec<BesideGroup>,
    pub threads: Vec<BesideThread>,
    pub signed_in: bool,
    pub form_key: String,
    /// The preview that a form came back for, with the key of its thread or group.
    pub preview: Option<(String, String)>,
}

impl BesideThread {
    /// Up to where it counts as read once it is seen: its end, where all that is
    /// unread stands there. What stands earlier is read in the thread.
    pub fn read_by_seeing(&self) -> Option<u32> {
        let (first, last) = self.posts.first().zip(self.posts.last())?;
        let (first, last) = (first.number, last.number);
        (self.member && first <= self.last_read + 1 && self.last_read < last).then_some(last)
    }
}
