//! Text such as colleagues in libraries write, put together by chance.

use crate::random::Random;

const WHO: &[&str] = &[
    "the branch",
    "our reading group",
    "a new colleague",
    "the evening team",
    "the board",
    "a regular visitor",
    "the mobile library",
    "everyone at the desk",
    "the children's team",
    "our partner school",
    "the volunteers",
    "the local history room",
];
const DOES: &[&str] = &[
    "asked for",
    "tried out",
    "counted",
    "wrote down",
    "talked through",
    "dropped",
    "kept",
    "went over",
    "planned",
    "measured",
    "explained",
    "put off",
];
const WHAT: &[&str] = &[
    "the opening hours",
    "a smaller collection",
    "the request queue",
    "the annual budget",
    "a story time in two languages",
    "the complaints of last month",
    "the training hours",
    "a quiet room",
    "the loan figures",
    "the late fees",
    "the reading challenge",
    "the policy on challenged books",
];
const AND: &[&str] = &[
    "and it went better than we had expected",
    "because nobody could say whose task it was",
    "before the term began",
    "after two weeks of trying",
    "without asking for more money",
    "so that the figures can be compared next year",
    "although the first attempt failed",
    "and now the other branches want the same",
    "when the new system came",
    "while the building was being repaired",
];
const TITLES: &[&str] = &[
    "How do you handle",
    "A question about",
    "What we learnt from",
    "Ideas for",
    "Too little time for",
    "Before and after:",
    "Who decides about",
    "Our first attempt at",
];
const FIRST: &[&str] = &[
    "Amira", "Ben", "Carys", "Dmitri", "Elena", "Farid", "Greta", "Hugo", "Imani", "Jonas", "Keiko", "Lena", "Marek",
    "Nadia", "Owen", "Priya", "Quentin", "Rosa", "Samir", "Tove", "Uma", "Viktor", "Wanda", "Yusuf", "Zoë",
];
const LAST: &[&str] = &[
    "Adeyemi",
    "Brandt",
    "Castellanos",
    "Dahl",
    "Evans",
    "Fontaine",
    "Grant",
    "Haddad",
    "Ishikawa",
    "Jensen",
    "Kowalska",
    "Lindqvist",
    "Marín",
    "Novak",
    "Okafor",
    "Petrov",
    "Quinn",
    "Rahman",
    "Silva",
    "Tanaka",
    "Ueda",
    "Virtanen",
    "Wright",
];

pub fn name(random: &mut Random) -> String {
    format!("{} {}", random.pick(FIRST), random.pick(LAST))
}

pub fn sentence(random: &mut Random) -> String {
    let text = format!(
        "{} {} {} {}.",
        random.pick(WHO),
        random.pick(DOES),
        random.pick(WHAT),
        random.pick(AND)
    );
    capitalised(&text)
}

pub fn title(random: &mut Random) -> String {
    format!("{} {}", random.pick(TITLES), random.pick(WHAT))
}

/// What good work looks like, in a line.
pub fn statement(random: &mut Random) -> String {
    let text = format!("{} {} with {}", random.pick(DOES), random.pick(WHAT), random.pick(WHO));
    capitalised(&text)
}

pub fn paragraph(random: &mut Random, sentences: usize) -> String {
    (0..sentences).map(|_| sentence(random)).collect::<Vec<_>>().join(" ")
}

/// A contribution to a discussion in Markdown: one to three paragraphs, now
/// and then a quotation or a list.
pub fn post(random: &mut Random, last_words: &str) -> String {
    let mut parts = Vec::new();
    if random.below(8) == 0 {
        parts.push(format!("> {}", sentence(random)));
    }
    for _ in 0..random.between(1, 2) {
        let sentences = random.between(1, 4);
        parts.push(paragraph(random, sentences));
    }
    if random.below(6) == 0 {
        parts.push(format!(
            "- {}\n- **{}**\n- {}",
            random.pick(WHAT),
            random.pick(WHAT),
            random.pick(WHAT)
        ));
    }
    parts.push(last_words.to_owned());
    parts.join("\n\n")
}

/// A lesson of about five hundred words in Markdown.
pub fn lesson(random: &mut Random, last_words: &str) -> String {
    let mut parts = vec![paragraph(random, 3)];
    for _ in 0..4 {
        parts.push(format!("## {}", title(random)));
        parts.push(paragraph(random, 4));
        parts.push(format!(
            "1. *{}*\n2. {}\n3. {}",
            random.pick(WHAT),
            random.pick(WHAT),
            random.pick(WHAT)
        ));
        parts.push(paragraph(random, 3));
    }
    parts.push(last_words.to_owned());
    parts.join("\n\n")
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_words_end_the_text() {
        let mut random = Random::new(1, "words");
        for _ in 0..50 {
            let html = app::markdown::render(&post(&mut random, "That was 3-50."));
            assert!(html.trim_end().ends_with("<p>That was 3-50.</p>"), "{html}");
        }
    }
}
