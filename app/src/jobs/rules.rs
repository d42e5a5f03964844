//! What a job description takes from a form and from its statements, and what
//! becomes of a duty when a new edition is published: pure rules.

use super::model::{Asked, JobTitle, LONGEST_CONDITION, LONGEST_TEXT, Mark, Specification, Texts};
use crate::editions::model::Kind;
use crate::error::{AppError, FieldErrors, Result};

/// A text of several lines; may be empty.
pub fn parse_text(raw: &str) -> std::result::Result<String, String> {
    let text = crate::text::trimmed_lines(raw)?;
    match text.chars().count() {
        length if length > LONGEST_TEXT as usize => {
            Err(format!("At most {LONGEST_TEXT} characters; this has {length}."))
        }
        _ => Ok(text),
    }
}

/// A condition, on one line; may be empty.
pub fn parse_condition(raw: &str) -> std::result::Result<String, String> {
    crate::text::line(raw, "A condition", LONGEST_CONDITION as usize)
}

/// The title and the texts of a form, each error at its field.
pub fn parse_words(title: &str, typed: &Texts) -> Result<(JobTitle, Texts)> {
    let mut errors = FieldErrors::default();
    let title = errors.take("title", JobTitle::parse(title));
    let mut text = |name: &str, raw: &str| errors.take(name, parse_text(raw)).unwrap_or_default();
    let (purpose, further) = (text("purpose", &typed.purpose), text("further", &typed.further));
    let (about, apply) = (text("about", &typed.about), text("apply", &typed.apply));
    let mut condition = |name: &str, raw: &str| errors.take(name, parse_condition(raw)).unwrap_or_default();
    let texts = Texts {
        purpose,
        further,
        hours: condition("hours", &typed.hours),
        contract: condition("contract", &typed.contract),
        grade: condition("grade", &typed.grade),
        place: condition("place", &typed.place),
        reports_to: condition("reports_to", &typed.reports_to),
        about,
        apply,
    };
    errors.check()?;
    Ok((title.ok_or(AppError::Internal)?, texts))
}

/// Whether a level of a scale of so many is asked for from the first day: from the
/// third quarter of the scale on. What has no level is.
pub fn is_essential(level: Option<u32>, levels: u32) -> bool {
    level.is_none_or(|level| u64::from(level + 1) * 4 >= u64::from(levels) * 3)
}

/// What a statement says of whoever meets it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Details {
    pub title: String,
    pub essential: bool,
    pub knowledge: Vec<String>,
    pub skills: Vec<String>,
    pub attitudes: Vec<String>,
}

/// What is asked of a person, in the order of the duties. What an essential duty
/// takes is not asked for once more as desirable.
pub fn specification(duties: &[Details]) -> Specification {
    let mut specification = Specification::default();
    for essential in [true, false] {
        for duty in duties.iter().filter(|duty| duty.essential == essential) {
            let Specification {
                essential: first,
                desirable,
            } = &mut specification;
            let (into, before) = match essential {
                true => (first, None),
                false => (desirable, Some(&*first)),
            };
            take(into, before, duty);
        }
    }
    specification
}

fn take(into: &mut Asked, before: Option<&Asked>, duty: &Details) {
    let says_more = [&duty.knowledge, &duty.skills, &duty.attitudes]
        .iter()
        .any(|list| !list.is_empty());
    if !says_more {
        once(
            &mut into.abilities,
            before.map(|before| &before.abilities[..]),
            &duty.title,
        );
    }
    for one in &duty.knowledge {
        once(&mut into.knowledge, before.map(|before| &before.knowledge[..]), one);
    }
    for one in &duty.skills {
        once(&mut into.skills, before.map(|before| &before.skills[..]), one);
    }
    for one in &duty.attitudes {
        once(&mut into.attitudes, before.map(|before| &before.attitudes[..]), one);
    }
}

fn once(list: &mut Vec<String>, before: Option<&[String]>, one: &str) {
    let stands_in = |list: &[String]| list.iter().any(|have| have == one);
    if !stands_in(list) && !before.is_some_and(stands_in) {
        list.push(one.to_owned());
    }
}

/// What becomes of a duty when its statement's edition is followed by another;
/// `N` names a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate<N> {
    /// It stands at the new statement, perhaps to be confirmed.
    GoesOn(N, Option<Mark>),
    /// It stays at the old one until somebody chooses.
    Stays(Mark),
}

/// Same and moved go on and ask nothing, but where the curator took other words for
/// the same, or the new scale lacks the level: what is in use does not come to say
/// something else without a mark.
pub fn fate<N: Clone>(kind: Kind, heirs: &[N], same_words: bool, fits: bool) -> Fate<N> {
    match (heirs, kind) {
        ([], _) => Fate::Stays(Mark::Retired),
        (_, Kind::Merged) => Fate::Stays(Mark::Merged),
        ([_, _, ..], _) | (_, Kind::Split) => Fate::Stays(Mark::Split),
        ([one], _) if kind == Kind::Reworded || !same_words => Fate::GoesOn(one.clone(), Some(Mark::Reworded)),
        ([one], _) => Fate::GoesOn(one.clone(), (!fits).then_some(Mark::Level)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_is_bounded_at_its_field() {
        let typed = Texts {
            purpose: " Runs it.\r\nWell. ".into(),
            hours: "x".repeat(201),
            about: "x".repeat(4_001),
            ..Texts::default()
        };
        let Err(refused) = parse_words(" ", &typed) else {
            panic!("it was taken");
        };
        for field in ["title", "hours", "about"] {
            assert!(refused.at(field).is_some(), "{field}");
        }
        assert!(refused.at("purpose").is_none());
        let typed = Texts {
            purpose: typed.purpose,
            ..Texts::default()
        };
        let (title, texts) = parse_words("Branch manager", &typed).unwrap();
        assert_eq!(
            (title.as_str(), texts.purpose.as_str()),
            ("Branch manager", "Runs it.\nWell.")
        );
    }

    #[test]
    fn what_is_essential_begins_at_the_third_quarter_of_the_scale() {
        let essential = |levels: u32| {
            (0..levels)
                .filter(|level| is_essential(Some(*level), levels))
                .collect::<Vec<_>>()
        };
        assert_eq!(essential(4), [2, 3]);
        assert_eq!(essential(5), [3, 4]);
        assert_eq!(essential(3), [2]);
        assert_eq!(essential(2), [1]);
        assert_eq!(essential(1), [0]);
        assert!(is_essential(None, 4));
    }

    #[test]
    fn a_person_is_asked_for_each_thing_once() {
        let duty = |title: &str, essential: bool, knowledge: &[&str]| Details {
            title: title.into(),
            essential,
            knowledge: knowledge.iter().map(|one| (*one).to_owned()).collect(),
            ..Details::default()
        };
        let asked = specification(&[
            duty("Plans", false, &["Money", "Law"]),
            duty("Leads", true, &["Money", "Money"]),
            duty("Talks", true, &[]),
            duty("Writes", false, &[]),
        ]);
        assert_eq!(asked.essential.knowledge, ["Money"]);
        assert_eq!(asked.essential.abilities, ["Talks"]);
        assert_eq!(asked.desirable.knowledge, ["Law"]);
        assert_eq!(asked.desirable.abilities, ["Writes"]);
    }

    #[test]
    fn same_and_moved_go_on_and_the_rest_is_marked() {
        for kind in [Kind::Same, Kind::Moved] {
            assert_eq!(fate(kind, &[7], true, true), Fate::GoesOn(7, None));
            assert_eq!(fate(kind, &[7], true, false), Fate::GoesOn(7, Some(Mark::Level)));
            assert_eq!(fate(kind, &[7], false, true), Fate::GoesOn(7, Some(Mark::Reworded)));
        }
        let reworded = Fate::GoesOn(7, Some(Mark::Reworded));
        assert_eq!(fate(Kind::Reworded, &[7], false, true), reworded);
        assert_eq!(fate(Kind::Reworded, &[7], true, true), reworded);
        assert_eq!(fate(Kind::Merged, &[7], false, true), Fate::Stays(Mark::Merged));
        assert_eq!(fate(Kind::Split, &[7, 8], false, true), Fate::Stays(Mark::Split));
        // One part of a split may have retired since.
        assert_eq!(fate(Kind::Split, &[7], false, true), Fate::Stays(Mark::Split));
        assert_eq!(
            fate(Kind::Retired, &[] as &[u32], false, true),
            Fate::Stays(Mark::Retired)
        );
        assert_eq!(fate(Kind::Same, &[] as &[u32], true, true), Fate::Stays(Mark::Retired));
    }
}
