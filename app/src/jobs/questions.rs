//! Interview questions out of statements, by one plain pattern of English. Where
//! the wording does not give it for certain, the statement is quoted.

/// A question about a statement in this language.
pub fn question(statement: &str, language: &str) -> String {
    let statement = statement.trim().trim_end_matches(['.', ';', ',']);
    let english = language.is_empty() || language == "en" || language.starts_with("en-");
    match had_to(statement).filter(|_| english) {
        Some(rest) => format!("Tell us about a time when you had to {rest}."),
        None => format!("“{statement}”: tell us how you have done this, and what came of it."),
    }
}

/// Words that speak of a third person, which a question to somebody does not.
const OF_OTHERS: [&str; 11] = [
    "he",
    "her",
    "him",
    "himself",
    "herself",
    "his",
    "own",
    "she",
    "their",
    "theirs",
    "themselves",
];

/// A second word that shows that the first one was no verb.
const AFTER_NOUNS: [&str; 10] = ["are", "can", "have", "is", "may", "must", "of", "should", "was", "were"];

/// Words behind which another verb may follow.
const JOINS: [&str; 6] = ["and", "but", "nor", "or", "then", "who"];

/// "Explains the budget" as it goes on after "had to"; none where it may be no
/// verb, or where another verb may follow.
fn had_to(statement: &str) -> Option<String> {
    let words: Vec<&str> = statement.split_whitespace().collect();
    let (first, rest) = words.split_first()?;
    let verb = base_form(first)?;
    let plain = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    if rest.is_empty()
        || rest
            .first()
            .is_some_and(|word| AFTER_NOUNS.contains(&plain(word).as_str()))
    {
        return None;
    }
    let mut joined = false;
    for word in rest {
        let bare = plain(word);
        if OF_OTHERS.contains(&bare.as_str()) || (joined && base_form(&bare).is_some()) {
            return None;
        }
        joined = JOINS.contains(&bare.as_str()) || word.ends_with([',', ';', ':', '–']);
    }
    Some(format!("{verb} {}", rest.join(" ")))
}

/// The base of a verb in the third person; none of what cannot be one.
fn base_form(word: &str) -> Option<String> {
    let word = word.to_lowercase();
    let letters = word.chars().all(|c| c.is_ascii_lowercase());
    if !letters || word.len() < 3 || ["ss", "us", "is", "as"].iter().any(|end| word.ends_with(end)) && word != "has" {
        return None;
    }
    let stem = word.strip_suffix('s')?;
    let other = match word.as_str() {
        "has" => "have".to_owned(),
        "focuses" => "focus".to_owned(),
        word if word.ends_with("ies") && word.len() > 4 => format!("{}y", &word[..word.len() - 3]),
        word if ["sses", "shes", "ches", "xes", "zzes", "oes"]
            .iter()
            .any(|end| word.ends_with(end)) =>
        {
            word[..word.len() - 2].to_owned()
        }
        _ => stem.to_owned(),
    };
    Some(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verb_of_the_third_person_becomes_one_that_is_asked_for() {
        for (statement, rest) in [
            ("Explains the budget", "explain the budget"),
            ("Carries a plan through.", "carry a plan through"),
            ("Teaches a class of ten", "teach a class of ten"),
            ("Has an awkward talk", "have an awkward talk"),
            ("Chooses books for a shelf", "choose books for a shelf"),
            ("Addresses a meeting", "address a meeting"),
            ("Goes first in using the new way", "go first in using the new way"),
        ] {
            let asked = format!("Tell us about a time when you had to {rest}.");
            assert_eq!(question(statement, "en"), asked);
        }
    }

    #[test]
    fn what_may_be_said_wrongly_is_quoted() {
        for statement in [
            "Plans and runs a meeting",
            "Decides what to stop doing, and says so openly",
            "Explains their decisions",
            "Knowledge of budgets",
            "Services are planned with readers",
            "Process design",
            "Budgets",
            "",
        ] {
            assert!(question(statement, "en").starts_with('“'), "{statement}");
        }
        assert!(question("Explains the budget", "cy").starts_with('“'));
    }

    #[test]
    fn whatever_is_written_is_asked() {
        for statement in ["é", "…s", "ies", "s", "Ös x", "as s s", "\u{301}s"] {
            assert!(question(statement, "en").ends_with('.'));
        }
    }
}
