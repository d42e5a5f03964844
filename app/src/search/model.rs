use serde::{Deserialize, Serialize};

/// The longest query that is looked at, in characters.
pub const QUERY_CHARACTERS: usize = 120;
/// How many words of a query are looked for.
pub const QUERY_WORDS: usize = 12;
/// The longest word of an address or tag that narrows a search.
pub const FILTER_CHARACTERS: usize = 100;
/// How many of each kind are ranked and counted, and how many of the one that
/// is asked for; of more it is said that there are more.
pub const MOST: usize = 30;
pub const MOST_OF_ONE: usize = 100;
/// How many posts that hold the words are looked at for each thread that is
/// counted: a thread is found once, however many of its posts do.
pub const POSTS_PER_THREAD: usize = 4;
/// How long an excerpt is, and how much of it stands before the first word that
/// was looked for, in characters.
pub const EXCERPT: usize = 160;
pub const BEFORE: usize = 50;
/// How many of each kind stand side by side, and on one page of a kind.
pub const FIRST: usize = 5;
pub const PAGE: usize = 10;

/// What can be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    Statement,
    Competency,
    Course,
    Lesson,
    Resource,
    Programme,
    Group,
    Thread,
    Person,
}

impl Kind {
    /// In the order in which they are shown.
    pub const ALL: [Self; 9] = [
        Self::Statement,
        Self::Competency,
        Self::Course,
        Self::Lesson,
        Self::Resource,
        Self::Programme,
        Self::Group,
        Self::Thread,
        Self::Person,
    ];

    /// The word in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Statement => "statement",
            Self::Competency => "competency",
            Self::Course => "course",
            Self::Lesson => "lesson",
            Self::Resource => "resource",
            Self::Programme => "programme",
            Self::Group => "group",
            Self::Thread => "thread",
            Self::Person => "person",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// The words on the screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Statement => "Statements",
            Self::Competency => "Competencies",
            Self::Course => "Courses",
            Self::Lesson => "Lessons",
            Self::Resource => "Resources",
            Self::Programme => "Programmes",
            Self::Group => "Study groups",
            Self::Thread => "Threads",
            Self::Person => "People",
        }
    }
}

/// What narrows a search: words of addresses and a language's tag; empty where
/// nothing was chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filters {
    pub set: String,
    pub organisation: String,
    pub language: String,
}

impl Filters {
    /// What is longer than any of them is cut, so that it fits nothing.
    pub fn parse(set: &str, organisation: &str, language: &str) -> Self {
        let bounded = |text: &str| text.trim().chars().take(FILTER_CHARACTERS).collect();
        Self {
            set: bounded(set),
            organisation: bounded(organisation),
            language: bounded(language),
        }
    }

    /// As they stand in an address.
    pub fn pairs(&self) -> [(&'static str, &str); 3] {
        [
            ("set", &self.set),
            ("organisation", &self.organisation),
            ("language", &self.language),
        ]
    }

    pub fn is_empty(&self) -> bool {
        self.pairs().iter().all(|(_, value)| value.is_empty())
    }

    /// Whether a kind has what is asked for: sets have statements and
    /// competencies, and beside them courses say what they are written in.
    pub fn fit(&self, kind: Kind) -> bool {
        match kind {
            Kind::Statement | Kind::Competency => true,
            Kind::Course | Kind::Lesson => self.set.is_empty(),
            _ => self.set.is_empty() && self.language.is_empty(),
        }
    }
}

/// What may be chosen to narrow a search, values with their words. Where more
/// was found than was ranked, all published sets are among them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    pub sets: Vec<(String, String)>,
    pub organisations: Vec<(String, String)>,
    pub languages: Vec<(String, String)>,
}

/// What was found, kind by kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// What was typed.
    pub query: String,
    /// Words that nothing holds, and what was looked for in their place.
    pub replaced: Vec<(String, String)>,
    /// The only kind that is shown, and which page of it.
    pub only: Option<Kind>,
    pub page: u32,
    pub filters: Filters,
    pub choices: Choices,
    /// Whether somebody is called just what was typed: people stand first then.
    pub people_first: bool,
    /// Kinds of which there is something.
    pub kinds: Vec<FoundKind>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundKind {
    pub kind: Kind,
    /// At most [`MOST`], or [`MOST_OF_ONE`].
    pub count: u32,
    /// Whether there are more than are counted.
    pub more: bool,
    pub hits: Vec<Hit>,
}

impl FoundKind {
    pub fn pages(&self) -> u32 {
        self.count.div_ceil(PAGE as u32).max(1)
    }

    pub fn count_label(&self) -> String {
        format!("{}{}", self.count, if self.more { "+" } else { "" })
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    pub href: String,
    pub title: Vec<Piece>,
    /// Of what was found by its text: where that holds the words.
    pub excerpt: Vec<Piece>,
    pub place: String,
    /// What its title is written in, where that is known.
    pub language: String,
}

impl Hit {
    pub fn text(&self) -> String {
        self.title.iter().map(|piece| piece.text.as_str()).collect()
    }
}

/// Part of a title or of a text, and whether it was looked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    pub text: String,
    pub marked: bool,
}

/// A query as it is shown again: single spaces, bounded; nothing when empty.
pub fn query(raw: &str) -> Option<String> {
    let text = raw.split_whitespace().collect::<Vec<_>>().join(" ");
    let bounded: String = text
        .chars()
        .filter(|c| !crate::text::is_hidden(*c))
        .take(QUERY_CHARACTERS)
        .collect();
    (!bounded.is_empty()).then_some(bounded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_tidied_and_bounded() {
        assert_eq!(query("  the   budget ").as_deref(), Some("the budget"));
        assert_eq!(query(" \n"), None);
        assert_eq!(query(&"x".repeat(500)).map(|text| text.len()), Some(120));
    }

    #[test]
    fn a_filter_leaves_out_what_has_no_such_thing() {
        let fitting = |set, organisation, language| {
            let filters = Filters::parse(set, organisation, language);
            Kind::ALL.into_iter().filter(|kind| filters.fit(*kind)).count()
        };
        assert_eq!(fitting("", " ", ""), 9);
        assert_eq!(fitting("lm", "", ""), 2);
        assert_eq!(fitting("", "riverside", ""), 9);
        assert_eq!(fitting("", "riverside", "cy"), 4);
        assert!(Filters::parse("", " ", "").is_empty());
    }

    #[test]
    fn every_kind_has_one_word() {
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.as_str()), Some(kind));
        }
        assert_eq!(Kind::parse("post"), None);
    }
}
