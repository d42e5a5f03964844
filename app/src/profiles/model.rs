//! The fields of a profile and whom each is for.

use serde::{Deserialize, Serialize};

use crate::error::{AppError, FieldErrors, Result};
use crate::id::{OrganisationId, PersonId};

/// Where one's own picture is sent to.
pub const PICTURE_UPLOAD: &str = "/me/profile/picture";

/// Where the logo of an organisation is sent to.
pub fn logo_upload(slug: &str) -> String {
    format!("/organisations/{slug}/logo")
}

/// The most bytes of a picture as it is sent in.
pub const PICTURE_BYTES: usize = 2 * 1024 * 1024;

/// The address of a person's picture; the hash makes it another when it is
/// another picture.
pub fn picture_href(person: &PersonId, hash: &str) -> String {
    format!("/files/pictures/{person}/{hash}")
}

/// The address of an organisation's logo.
pub fn logo_href(organisation: &OrganisationId, hash: &str) -> String {
    format!("/files/logos/{organisation}/{hash}")
}

/// Whom a field is for, the widest first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Whoever may find the person.
    #[default]
    Colleagues,
    /// People of the very organisations that the person belongs to.
    Members,
    Nobody,
}

impl Audience {
    pub const ALL: [Self; 3] = [Self::Colleagues, Self::Members, Self::Nobody];

    /// The word in the database and in forms.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Colleagues => "colleagues",
            Self::Members => "members",
            Self::Nobody => "nobody",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|audience| audience.as_str() == text)
    }

    /// The list as a form offers it.
    pub fn options() -> Vec<(String, String)> {
        let words = ["Colleagues", "Members of my organisations", "Nobody"];
        let options = Self::ALL.iter().zip(words);
        options
            .map(|(audience, words)| (audience.as_str().to_owned(), words.to_owned()))
            .collect()
    }

    /// Whether someone who stands so to the person sees the field.
    pub fn includes(self, relation: Relation) -> bool {
        match relation {
            Relation::Own => true,
            Relation::Member => self != Self::Nobody,
            Relation::Colleague => self == Self::Colleagues,
        }
    }
}

/// How a viewer stands to a person whom they may find.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    Own,
    /// Both belong to the same organisation.
    Member,
    Colleague,
}

/// What somebody says of themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    pub pronouns: String,
    pub place: String,
    /// A tag of the list of languages, or empty.
    pub language: String,
    /// Plain text.
    pub about: String,
}

/// Whom each of it is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownTo {
    pub pronouns: Audience,
    pub place: Audience,
    pub language: Audience,
    pub about: Audience,
    pub picture: Audience,
}

impl ShownTo {
    /// Of forms: pronouns, place, language, text, picture.
    pub fn parse(typed: [&str; 5]) -> Result<Self> {
        const NAMES: [&str; 5] = [
            "shown_pronouns",
            "shown_place",
            "shown_language",
            "shown_about",
            "shown_picture",
        ];
        let mut errors = FieldErrors::default();
        let mut audience = |at: usize| {
            let parsed = Audience::parse(typed[at]).ok_or_else(|| "Choose from the list.".to_owned());
            errors.take(NAMES[at], parsed).unwrap_or_default()
        };
        let shown = Self {
            pronouns: audience(0),
            place: audience(1),
            language: audience(2),
            about: audience(3),
            picture: audience(4),
        };
        errors.check().map(|()| shown)
    }
}

impl About {
    pub fn parse(pronouns: &str, place: &str, language: &str, about: &str) -> Result<Self> {
        let mut errors = FieldErrors::default();
        let pronouns = errors.take("pronouns", crate::text::line(pronouns, "This field", 40));
        let place = errors.take("place", crate::text::line(place, "A place", 120));
        if !language.is_empty() && !crate::language::is_language(language) {
            errors.add("language", "Choose a language from the list.");
        }
        let about = errors.take("about", text(about));
        errors.check()?;
        let (Some(pronouns), Some(place), Some(about)) = (pronouns, place, about) else {
            return Err(AppError::Internal);
        };
        Ok(Self {
            pronouns,
            place,
            language: language.to_owned(),
            about,
        })
    }

    /// What of it is for someone who stands so to the person.
    pub fn seen_by(self, relation: Relation, shown: &ShownTo) -> Self {
        let seen = |text: String, audience: Audience| {
            if audience.includes(relation) {
                text
            } else {
                String::new()
            }
        };
        Self {
            pronouns: seen(self.pronouns, shown.pronouns),
            place: seen(self.place, shown.place),
            language: seen(self.language, shown.language),
            about: seen(self.about, shown.about),
        }
    }
}

/// Plain text of several lines.
fn text(raw: &str) -> std::result::Result<String, String> {
    let text = crate::text::trimmed_lines(raw)?;
    if text.chars().any(|c| c != '\n' && crate::text::is_hidden(c)) {
        Err(crate::text::HIDDEN.into())
    } else if text.chars().count() > 1_000 {
        Err("This text has at most 1,000 characters.".into())
    } else {
        Ok(text)
    }
}

/// What somebody may change of their own profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnProfile {
    pub person: PersonId,
    pub name: String,
    pub about: About,
    pub shown: ShownTo,
    pub picture: Option<String>,
}

impl OwnProfile {
    /// Whether others would read something that they do not read now: words
    /// that are new, and a picture or words that were for fewer.
    pub fn says_less_than(&self, about: &About, shown: &ShownTo) -> bool {
        let fields = [
            (
                &self.about.pronouns,
                self.shown.pronouns,
                &about.pronouns,
                shown.pronouns,
            ),
            (&self.about.place, self.shown.place, &about.place, shown.place),
            (
                &self.about.language,
                self.shown.language,
                &about.language,
                shown.language,
            ),
            (&self.about.about, self.shown.about, &about.about, shown.about),
        ];
        let more = fields.into_iter().any(|(text, audience, new, wider)| {
            let is_read = !new.is_empty() && wider != Audience::Nobody;
            is_read && (text != new || wider < audience)
        });
        more || (self.picture.is_some() && shown.picture < self.shown.picture)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_is_said_by_new_words_and_to_more_people() {
        let about = |text: &str| About::parse("they/them", "", "", text).unwrap();
        let shown =
            |about: &str, picture: &str| ShownTo::parse(["members", "members", "members", about, picture]).unwrap();
        let own = OwnProfile {
            person: PersonId::parse("rosa").unwrap(),
            name: "Rosa".into(),
            about: about("Hello"),
            shown: shown("members", "members"),
            picture: Some("/files/x".into()),
        };
        let more = [
            ("Hello", "colleagues", "members"),
            ("Hello there", "members", "members"),
            ("Hello", "members", "colleagues"),
        ];
        for (text, to, picture) in more {
            assert!(
                own.says_less_than(&about(text), &shown(to, picture)),
                "{text} {to} {picture}"
            );
        }
        let no_more = [
            ("Hello", "members", "members"),
            ("", "colleagues", "members"),
            ("Hello", "nobody", "nobody"),
            ("A note to myself", "nobody", "members"),
        ];
        for (text, to, picture) in no_more {
            assert!(
                !own.says_less_than(&about(text), &shown(to, picture)),
                "{text} {to} {picture}"
            );
        }
    }

    #[test]
    fn each_field_is_for_whom_it_says() {
        let table = [
            (Audience::Colleagues, [true, true, true]),
            (Audience::Members, [true, true, false]),
            (Audience::Nobody, [true, false, false]),
        ];
        for (audience, expected) in table {
            let seen = [Relation::Own, Relation::Member, Relation::Colleague].map(|who| audience.includes(who));
            assert_eq!(seen, expected, "{audience:?}");
        }
        let about = About::parse("they/them", "Millbrook", "cy", "Hello").unwrap();
        let shown = ShownTo::parse(["nobody", "members", "colleagues", "members", "nobody"]).unwrap();
        let seen = about.seen_by(Relation::Colleague, &shown);
        assert_eq!(
            (seen.pronouns.as_str(), seen.place.as_str(), seen.language.as_str()),
            ("", "", "cy")
        );
    }

    #[test]
    fn what_is_typed_is_bounded() {
        assert_eq!(About::parse("", "", "", " one\r\ntwo ").unwrap().about, "one\ntwo");
        let error = About::parse(&"x".repeat(41), &"x".repeat(121), "xx", &"x".repeat(1_001)).unwrap_err();
        for field in ["pronouns", "place", "language", "about"] {
            assert!(error.at(field).is_some(), "{field}");
        }
        assert!(About::parse("", "", "", "a\u{202e}b").is_err());
        assert!(ShownTo::parse(["all", "members", "members", "members", "members"]).is_err());
    }
}
