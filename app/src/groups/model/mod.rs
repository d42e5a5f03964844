//! Threads and posts as people may write them.

mod shown;

pub use shown::*;

use serde::{Deserialize, Serialize};

use crate::id::LessonId;

/// Posts on one page of a thread.
pub const PAGE: u32 = 50;

/// What a thread is about, in 1–200 characters on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThreadTitle(String);

impl ThreadTitle {
    pub fn parse(raw: &str) -> Result<Self, String> {
        let title = raw.split_whitespace().collect::<Vec<_>>().join(" ");
        match title.chars().count() {
            0 => Err("Give it a title, so that others see what it is about.".into()),
            1..=200 if title.chars().any(crate::text::is_hidden) => Err("A title has no control characters.".into()),
            1..=200 => Ok(Self(title)),
            _ => Err("A title has at most 200 characters.".into()),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What somebody says, in Markdown: 1–20,000 characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostBody(String);

impl PostBody {
    pub fn parse(raw: &str) -> Result<Self, String> {
        let body = crate::text::trimmed_lines(raw)?;
        match body.chars().count() {
            0 => Err("Write something first.".into()),
            1..=20_000 => Ok(Self(body)),
            _ => Err("A post has at most 20,000 characters. Split it in two.".into()),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The words of a lesson that a thread is attached to; may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Quote(String);

impl Quote {
    pub fn parse(raw: &str) -> Result<Self, String> {
        let quote = raw.split_whitespace().collect::<Vec<_>>().join(" ");
        if quote.chars().any(crate::text::is_hidden) {
            Err("The quotation holds a character that cannot be kept.".into())
        } else if quote.chars().count() > 1_000 {
            Err("Quote at most 1,000 characters.".into())
        } else {
            Ok(Self(quote))
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The mark of one form, so that sending it twice makes one post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormKey(String);

impl FormKey {
    pub fn parse(raw: &str) -> Result<Self, String> {
        if raw.len() >= 8 && crate::id::is_key(raw) {
            Ok(Self(raw.to_owned()))
        } else {
            Err("This form is too old. Load the page again and send it once more.".into())
        }
    }

    #[cfg(feature = "ssr")]
    pub fn random() -> Self {
        Self(uuid::Uuid::new_v4().simple().to_string())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<FormKey> for String {
    fn from(key: FormKey) -> Self {
        key.0
    }
}

/// A question looks for an answer, a discussion does not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThreadKind {
    #[default]
    Discussion,
    Question,
}

impl ThreadKind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Discussion => "discussion",
            Self::Question => "question",
        }
    }

    pub fn parse(text: &str) -> Result<Self, String> {
        match text {
            "discussion" => Ok(Self::Discussion),
            "question" => Ok(Self::Question),
            _ => Err("Choose a question or a discussion.".into()),
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Self::Discussion => "Discussion",
            Self::Question => "Question",
        }
    }
}

/// What a thread can be attached to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Anchor {
    Course(crate::id::CourseId),
    Lesson(LessonId),
    Node(crate::id::NodeId),
}

impl Anchor {
    /// Out of a form's two fields; both empty stand for no anchor.
    pub fn parse(kind: &str, id: &str) -> Result<Option<Self>, String> {
        let anchor = match kind {
            "" if id.is_empty() => return Ok(None),
            "course" => crate::id::CourseId::parse(id).map(Self::Course),
            "lesson" => LessonId::parse(id).map(Self::Lesson),
            "node" => crate::id::NodeId::parse(id).map(Self::Node),
            _ => None,
        };
        anchor
            .map(Some)
            .ok_or_else(|| "What this should be about cannot be found. Load the page again.".into())
    }

    /// The two fields of a form.
    pub fn parts(&self) -> (&'static str, &str) {
        match self {
            Self::Course(id) => ("course", id.as_str()),
            Self::Lesson(id) => ("lesson", id.as_str()),
            Self::Node(id) => ("node", id.as_str()),
        }
    }

    /// Out of an address: `node-…`, `lesson-…` or `course-…`.
    pub fn of_address(text: &str) -> Option<Self> {
        let (kind, id) = text.split_once('-')?;
        Self::parse(kind, id).ok().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::ThreadId;

    #[test]
    fn a_title_is_one_line_of_200_characters() {
        assert_eq!(
            ThreadTitle::parse("  Showing \n carry-over ").unwrap().as_str(),
            "Showing carry-over"
        );
        assert!(ThreadTitle::parse(&"é".repeat(200)).is_ok());
        for bad in ["", " \t\n", "a\u{7}b", &"a".repeat(201)] {
            assert!(ThreadTitle::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_post_has_something_to_say() {
        assert_eq!(PostBody::parse(" one\r\ntwo \n").unwrap().as_str(), "one\ntwo");
        assert!(PostBody::parse(&"é".repeat(20_000)).is_ok());
        for bad in ["", " \r\n ", "a\0b", &"a".repeat(20_001)] {
            assert!(PostBody::parse(bad).is_err());
        }
    }

    #[test]
    fn a_quotation_is_short_and_may_be_missing() {
        assert_eq!(Quote::parse("").unwrap(), Quote::default());
        assert!(Quote::parse(&"a".repeat(1_000)).is_ok());
        assert!(Quote::parse(&"a".repeat(1_001)).is_err());
        assert!(Quote::parse("a\0b").is_err());
    }

    #[test]
    fn form_keys_and_anchors_are_plain() {
        assert!(FormKey::parse(FormKey::random_for_test()).is_ok());
        for bad in ["", "short", "has space here", "UPPERCASE1"] {
            assert!(FormKey::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(Anchor::parse("", ""), Ok(None));
        assert!(matches!(Anchor::parse("node", "abc"), Ok(Some(Anchor::Node(_)))));
        for (kind, id) in [("person", "rosa"), ("node", "A;B"), ("", "x")] {
            assert!(Anchor::parse(kind, id).is_err());
        }
    }

    impl FormKey {
        fn random_for_test() -> &'static str {
            "0123456789abcdef"
        }
    }

    #[test]
    fn a_thread_is_read_by_seeing_where_all_that_is_unread_is_seen() {
        let thread = |last_read, member, numbers: std::ops::RangeInclusive<u32>| BesideThread {
            id: ThreadId::parse("t").unwrap(),
            group_slug: String::new(),
            title: String::new(),
            quote: String::new(),
            gone: false,
            total: *numbers.end(),
            last_read,
            member,
            posts: numbers
                .map(|number| PostView {
                    number,
                    author: String::new(),
                    iso: String::new(),
                    label: String::new(),
                    html: String::new().into(),
                    you: false,
                    facilitator: false,
                })
                .collect(),
        };
        assert_eq!(thread(5, true, 6..=8).read_by_seeing(), Some(8));
        assert_eq!(thread(7, true, 4..=8).read_by_seeing(), Some(8));
        assert_eq!(thread(8, true, 4..=8).read_by_seeing(), None, "it is read");
        assert_eq!(thread(2, true, 4..=8).read_by_seeing(), None, "the third is not seen");
        assert_eq!(thread(5, false, 6..=8).read_by_seeing(), None);
    }

    #[test]
    fn a_post_stays_on_its_page() {
        assert_eq!([1, 50, 51, 100, 101].map(page_of), [1, 1, 2, 2, 3]);
        let thread = ThreadId::parse("t").unwrap();
        assert_eq!(post_address("g", &thread, 51), "/groups/g/t?page=2#post-51");
    }
}
