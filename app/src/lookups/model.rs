use serde::{Deserialize, Serialize};

/// How many are offered while one types, and how many a page lists.
pub const OFFERED: usize = 8;
pub const LISTED: usize = 20;

/// What can be looked up without more being said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum What {
    Statement,
    Course,
    Resource,
}

impl What {
    pub const ALL: [Self; 3] = [Self::Statement, Self::Course, Self::Resource];

    /// The word in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Statement => "statement",
            Self::Course => "course",
            Self::Resource => "resource",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|what| what.as_str() == text)
    }

    /// Several of them, as a name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Statement => "Statements",
            Self::Course => "Courses",
            Self::Resource => "Resources",
        }
    }

    /// Several of them, in the middle of a sentence.
    pub fn several(self) -> &'static str {
        match self {
            Self::Statement => "statements",
            Self::Course => "courses",
            Self::Resource => "resources",
        }
    }
}

/// Something that fits what is typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// The key of its record.
    pub id: String,
    /// What finds it again: a code, a name in addresses, a person's name.
    pub word: String,
    pub code: String,
    pub title: String,
    /// Whose it is, or what somebody does.
    pub place: String,
    /// What it is written in, where that is known.
    pub language: String,
}

/// What a text can lead to, or whom it can name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Where it stands, as links in texts have it.
    pub href: String,
    pub code: String,
    pub title: String,
    /// What it is and whose, or what somebody does.
    pub place: String,
    /// What it is written in, where that is known.
    pub language: String,
}

/// What a search of a page found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    pub what: What,
    pub query: String,
    /// At most [`LISTED`].
    pub suggestions: Vec<Suggestion>,
}

/// The address of what is chosen: `{id}` and `{word}` stand for its own.
pub fn address(to: &str, chosen: &Suggestion) -> String {
    to.replace("{id}", &crate::paths::segment(&chosen.id))
        .replace("{word}", &crate::paths::segment(&chosen.word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_what_is_chosen_and_nothing_else() {
        let chosen = Suggestion {
            id: "s34".into(),
            word: "LM 3.4 & more".into(),
            code: "LM 3.4".into(),
            title: "Explains".into(),
            place: String::new(),
            language: String::new(),
        };
        assert_eq!(address("/me/plan?add=node-{id}", &chosen), "/me/plan?add=node-s34");
        assert_eq!(address("/x?q={word}#y", &chosen), "/x?q=LM%203.4%20%26%20more#y");
    }

    #[test]
    fn every_kind_has_one_word() {
        for what in What::ALL {
            assert_eq!(What::parse(what.as_str()), Some(what));
        }
        assert_eq!(What::parse("person"), None, "people are asked for within a cohort");
    }
}
