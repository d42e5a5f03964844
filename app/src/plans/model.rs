//! What a plan is made of.

use serde::{Deserialize, Serialize};

use crate::id::{ActionId, CourseId, GroupId, NodeId, ResourceId};
use crate::lookups::model::{Found, Suggestion};

/// What someone does to reach a goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ActionKind {
    Course,
    Resource,
    Task,
    Conversation,
    Group,
}

impl ActionKind {
    pub const ALL: [Self; 5] = [
        Self::Course,
        Self::Resource,
        Self::Task,
        Self::Conversation,
        Self::Group,
    ];

    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Course => "course",
            Self::Resource => "resource",
            Self::Task => "task",
            Self::Conversation => "conversation",
            Self::Group => "group",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// The words on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Course => "Course",
            Self::Resource => "Resource",
            Self::Task => "Task at work",
            Self::Conversation => "Conversation",
            Self::Group => "Study group",
        }
    }
}

/// What is to be done, in the person's own words: 1–300 characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionTitle(String);

impl ActionTitle {
    pub fn parse(raw: &str) -> Result<Self, String> {
        let title = raw.split_whitespace().collect::<Vec<_>>().join(" ");
        match title.chars().count() {
            0 => Err("Say in a few words what you will do.".into()),
            1..=300 if title.chars().any(crate::text::is_hidden) => {
                Err("There is a character here that cannot be shown.".into())
            }
            1..=300 => Ok(Self(title)),
            length => Err(format!("At most 300 characters; this has {length}.")),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What the address asks to add: `node-…`, `course-…`, `resource-…`, `group-…`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Adding {
    Statement(NodeId),
    Course(CourseId),
    Resource(ResourceId),
    Group(GroupId),
}

impl Adding {
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, id) = text.split_once('-')?;
        match kind {
            "node" => NodeId::parse(id).map(Self::Statement),
            "course" => CourseId::parse(id).map(Self::Course),
            "resource" => ResourceId::parse(id).map(Self::Resource),
            "group" => GroupId::parse(id).map(Self::Group),
            _ => None,
        }
    }
}

/// One's plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    pub owner: String,
    /// Today, for the print.
    pub today: String,
    /// By date, what has none last.
    pub goals: Vec<Goal>,
    /// What is to be done by date, then what is done.
    pub actions: Vec<Action>,
    /// Taken out within the hour, newest first.
    pub removed: Vec<Removed>,
    pub offer: Offer,
}

/// A date to reach something by.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// YYYY-MM-DD, or an empty text.
    pub day: String,
    /// "by 15 January 2027"; empty without a date.
    pub label: String,
    /// The day has passed.
    pub late: bool,
}

/// A statement with the level to reach.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goal {
    pub node: NodeId,
    pub code: String,
    pub title: String,
    pub href: String,
    /// What the statement is written in.
    pub language: String,
    /// The words of the scale, lowest first.
    pub levels: Vec<String>,
    pub level: u32,
    /// The level of the person's newest self-judgement.
    pub now: Option<u32>,
    pub due: Due,
    /// Whether its edition is in force, so that one can rate oneself.
    pub open: bool,
}

impl Goal {
    pub fn is_reached(&self) -> bool {
        self.now.is_some_and(|now| now >= self.level)
    }

    /// "Minimal now, strong wanted".
    pub fn words(&self) -> String {
        let word = |level: u32| {
            self.levels
                .get(level as usize)
                .cloned()
                .unwrap_or_else(|| format!("Level {level}"))
        };
        let wanted = word(self.level).to_lowercase();
        match self.now {
            Some(now) => format!("{} now, {wanted} wanted", word(now)),
            None => format!("Not rated yet, {wanted} wanted"),
        }
    }
}

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    pub id: ActionId,
    pub kind: ActionKind,
    pub title: String,
    /// What a course or a resource is written in; empty for one's own words.
    pub language: String,
    /// Where it is, when it is in Carrel and open.
    pub href: Option<String>,
    pub due: Due,
    /// The day it was done.
    pub done: Option<String>,
}

/// Taken out of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    pub title: String,
    /// Within the last minute.
    pub fresh: bool,
    pub what: What,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum What {
    Goal(NodeId),
    Action(ActionId),
}

/// How many gaps are offered where one adds a goal.
pub const OFFERED_GAPS: usize = 5;

/// What can be added; options are values with their words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Tells one sending of a form from the next.
    pub key: String,
    /// The first gaps of the role profile chosen last, and whether there are more.
    pub statements: Vec<Suggestion>,
    pub more_gaps: bool,
    /// The scale of the statement that the address asks to add.
    pub levels: Vec<String>,
    pub groups: Vec<(String, String)>,
    /// What was looked up.
    pub found: Option<Found>,
    /// What the address asks to add, if it can be added.
    pub adding: Option<Wanted>,
}

/// The thing that the address asks to add.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    pub what: Adding,
    pub title: String,
    /// The level that the role needs, for a statement.
    pub level: Option<u32>,
    /// The level of one's newest self-judgement, for a statement.
    pub now: Option<u32>,
    /// It is in the plan already.
    pub planned: bool,
}

/// Something of the plan with its date, for the home page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upcoming {
    pub title: String,
    /// What a statement or a course is written in; empty for one's own words.
    pub language: String,
    /// "Goal", "Course", "Task at work" …
    pub kind: String,
    pub href: String,
    pub due: Due,
}

/// By date, what has none last; then by title and key, so that the order is
/// total.
pub fn order(due: &Due, title: &str, key: &str) -> (bool, String, String, String) {
    (due.day.is_empty(), due.day.clone(), title.to_owned(), key.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_trimmed_and_bounded() {
        assert_eq!(
            ActionTitle::parse("  Shadow   Rosa \n at the desk ").map(|title| title.0),
            Ok("Shadow Rosa at the desk".into())
        );
        assert!(ActionTitle::parse(" \t\n").is_err());
        assert!(ActionTitle::parse(&"é".repeat(300)).is_ok());
        assert!(ActionTitle::parse(&"é".repeat(301)).is_err());
        assert!(ActionTitle::parse("a\u{7}b").is_err());
    }

    #[test]
    fn an_address_names_what_to_add() {
        assert_eq!(Adding::parse("node-a-b"), NodeId::parse("a-b").map(Adding::Statement));
        assert_eq!(Adding::parse("course-x"), CourseId::parse("x").map(Adding::Course));
        for bad in ["", "node", "node-", "person-x", "course-X", "course-x:y", "node-⟨x⟩"] {
            assert_eq!(Adding::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_goal_is_reached_at_its_level_or_above() {
        let goal = |now| Goal {
            node: NodeId::parse("n").unwrap(),
            code: String::new(),
            title: String::new(),
            href: String::new(),
            language: "en".into(),
            levels: ["No skill", "Minimal", "Strong"].map(str::to_owned).to_vec(),
            level: 2,
            now,
            due: Due::default(),
            open: true,
        };
        assert!(!goal(None).is_reached() && !goal(Some(1)).is_reached());
        assert!(goal(Some(2)).is_reached() && goal(Some(3)).is_reached());
        assert_eq!(goal(Some(1)).words(), "Minimal now, strong wanted");
        assert_eq!(goal(None).words(), "Not rated yet, strong wanted");
    }

    #[test]
    fn what_has_a_date_comes_first() {
        let due = |day: &str| Due {
            day: day.into(),
            ..Due::default()
        };
        let mut list = [
            ("b", due("")),
            ("a", due("")),
            ("c", due("2027-01-02")),
            ("d", due("2026-12-31")),
        ];
        list.sort_by_key(|(title, due)| order(due, title, ""));
        assert_eq!(list.map(|(title, _)| title), ["d", "c", "a", "b"]);
    }

    #[test]
    fn every_kind_has_one_word() {
        for kind in ActionKind::ALL {
            assert_eq!(ActionKind::parse(kind.as_str()), Some(kind));
        }
        assert_eq!(ActionKind::parse("holiday"), None);
    }
}
