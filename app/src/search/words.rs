//! Words: how a query, a title and a text fall apart into them, which of them
//! were looked for, and which are one slip away.

use super::model::{BEFORE, EXCERPT, Piece, QUERY_WORDS};

/// Words that are put right: shorter ones are near too many, longer ones far
/// from any.
const NEAR_LETTERS: std::ops::RangeInclusive<usize> = 3..=20;

/// The letters that one of a word may have been meant to be, by the script of its
/// own: what they are written with beyond these the index takes as one of them.
/// A word in any other script has a letter too many, or two swapped, and no more.
const SCRIPTS: [(std::ops::RangeInclusive<char>, &str); 7] = [
    ('a'..='\u{24f}', "abcdefghijklmnopqrstuvwxyz"),
    ('\u{370}'..='\u{3ff}', "αβγδεζηθικλμνξοπρσςτυφχψω"),
    ('\u{400}'..='\u{52f}', "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґ"),
    ('\u{531}'..='\u{587}', "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ"),
    ('\u{5d0}'..='\u{5ea}', "אבגדהוזחטיךכלםמןנסעףפץצקרשת"),
    ('\u{620}'..='\u{6d3}', "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژکگی"),
    ('\u{10d0}'..='\u{10ff}', "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ"),
];

/// The letters of a word's script, that of its first letter.
fn letters_of(word: &[char]) -> Vec<char> {
    let first = word.first();
    let script = SCRIPTS
        .iter()
        .find(|(block, _)| first.is_some_and(|first| block.contains(first)));
    script.map_or_else(Vec::new, |(_, letters)| letters.chars().collect())
}

#[derive(PartialEq, Eq, Clone, Copy)]
enum Class {
    Letter,
    Digit,
    Space,
    Sign,
}

impl Class {
    fn of(c: char) -> Self {
        if c.is_alphabetic() {
            Self::Letter
        } else if c.is_numeric() {
            Self::Digit
        } else if c.is_whitespace() {
            Self::Space
        } else {
            Self::Sign
        }
    }
}

/// The words of a query, in lower case: letters and digits, so that no sign of
/// the database's is among them.
pub fn of_query(query: &str) -> Vec<String> {
    let mut words = of_text(query);
    words.truncate(QUERY_WORDS);
    words
}

/// Words of questions and sentences that say nothing of what is looked for, in the
/// language that the index takes words apart by.
#[rustfmt::skip]
const SILENT: [&str; 62] = [
    "a", "about", "am", "an", "and", "are", "as", "at", "be", "by", "can", "could", "did", "do", "does", "for", "from", "had",
    "has", "have", "how", "i", "if", "in", "into", "is", "it", "its", "me", "my", "of", "on", "or", "our", "s", "shall", "should",
    "some", "t", "that", "the", "their", "them", "there", "these", "they", "this", "those", "to", "us", "was", "we", "were", "what",
    "when", "where", "which", "who", "why", "with", "you", "your",
];

/// Those of a query's words that have to be held: all of a code, and where nothing
/// else is there.
pub fn telling(words: &[String]) -> Vec<String> {
    let number = |word: &String| word.chars().all(char::is_numeric);
    let telling = words.iter().filter(|word| !SILENT.contains(&word.as_str()));
    let telling: Vec<_> = telling.cloned().collect();
    if telling.is_empty() || words.iter().any(number) {
        return words.to_vec();
    }
    telling
}

/// The same of a text: all of them.
pub fn of_text(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A text as the database's tokenizer takes it apart: runs of letters, of
/// digits, single signs; and the spaces between.
fn parts(text: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = Vec::new();
    let (mut start, mut before) = (0, None);
    for (at, c) in text.char_indices() {
        let class = Class::of(c);
        if before.is_some_and(|before| before != class || class == Class::Sign) {
            parts.push(&text[start..at]);
            start = at;
        }
        before = Some(class);
    }
    if start < text.len() {
        parts.push(&text[start..]);
    }
    parts
}

fn is_word(part: &str) -> bool {
    part.chars().next().is_some_and(char::is_alphanumeric)
}

/// Titles in pieces, marked where a word has a stem that was looked for. `stems`
/// are those of all words, in order; should they not fit, whole words count.
pub fn marked(titles: &[&str], stems: &[String], wanted: &[String]) -> Vec<Vec<Piece>> {
    let titles: Vec<_> = titles.iter().map(|title| parts(title)).collect();
    let alike = titles.iter().flatten().filter(|part| is_word(part)).count() == stems.len();
    let mut stems = stems.iter();
    let mut is_wanted = |part: &str| {
        is_word(part)
            && if alike {
                stems.next().is_some_and(|stem| wanted.contains(stem))
            } else {
                wanted.contains(&part.to_lowercase())
            }
    };
    titles.iter().map(|title| pieces(title, &mut is_wanted)).collect()
}

fn pieces(title: &[&str], is_wanted: &mut impl FnMut(&str) -> bool) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for part in title {
        let marked = is_wanted(part);
        match pieces.last_mut() {
            Some(last) if last.marked == marked => last.text.push_str(part),
            _ => pieces.push(Piece {
                text: (*part).to_owned(),
                marked,
            }),
        }
    }
    pieces
}

/// As much of a marked text as is shown: around its first mark, from its
/// beginning where there is none.
pub fn excerpt(pieces: &[Piece]) -> Vec<Piece> {
    let first = pieces.iter().position(|piece| piece.marked).unwrap_or(0);
    let before: String = pieces[..first].iter().map(|piece| piece.text.as_str()).collect();
    let lead = end_of(&before, BEFORE);
    let mut left = EXCERPT - lead.chars().count();
    let mut excerpt = Vec::new();
    if !lead.is_empty() {
        excerpt.push(Piece {
            text: lead,
            marked: false,
        });
    }
    for piece in &pieces[first..] {
        let text = crate::markdown::beginning(&piece.text, left);
        let whole = text == piece.text;
        left = left.saturating_sub(text.chars().count());
        excerpt.push(Piece { text, ..*piece });
        if !whole || left == 0 {
            break;
        }
    }
    excerpt
}

/// The last characters of a text, beginning at a word.
fn end_of(text: &str, most: usize) -> String {
    let all = text.chars().count();
    if all <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().skip(all - most).collect();
    let start = cut.find(' ').map_or(cut.len(), |at| at + 1);
    format!("… {}", &cut[start..])
}

/// All that a word may have been meant to be: one letter wrong, missing, extra,
/// or two swapped. Nothing for what is no word, or too short or long for it.
pub fn near(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    if !NEAR_LETTERS.contains(&letters.len()) || !letters.iter().all(|c| c.is_alphabetic()) {
        return Vec::new();
    }
    let with = |from: usize, to: usize, between: &[char]| -> String {
        letters[..from].iter().chain(between).chain(&letters[to..]).collect()
    };
    let known = letters_of(&letters);
    let mut near = Vec::new();
    for at in 0..letters.len() {
        if let Some(next) = letters.get(at + 1) {
            near.push(with(at, at + 2, &[*next, letters[at]]));
        }
        near.push(with(at, at + 1, &[]));
        near.extend(known.iter().map(|letter| with(at, at + 1, &[*letter])));
    }
    for at in 0..=letters.len() {
        near.extend(known.iter().map(|letter| with(at, at, &[*letter])));
    }
    let mut seen = std::collections::HashSet::new();
    near.retain(|one| one != word && seen.insert(one.clone()));
    near
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_one_letter() {
        for slip in ["budgte", "bdget", "bbudget", "bodget", "budgett", "udget"] {
            assert!(near(slip).contains(&"budget".to_owned()), "{slip}");
        }
        for far in ["budget", "buget", "bugdte", "it", "2024"] {
            assert!(!near(far).contains(&far.to_owned()), "{far}");
        }
        assert!(!near("bugdte").contains(&"budget".to_owned()), "two slips");
        assert!(near("it").is_empty() && near("2024").is_empty() && near(&"x".repeat(21)).is_empty());
        assert!(near("abcdefghijklmnopqrst").len() < 1_200);
    }

    #[test]
    fn a_slip_is_a_letter_of_the_word_s_own_script() {
        for (meant, slips) in [
            ("βιβλιοθηκη", ["βιβλοθηκη", "βιβλιοθηκα", "βιβλιοθθηκη"]),
            ("бюджет", ["бюджт", "бюджит", "бюдежт"]),
            ("ספריה", ["ספרה", "ספריא", "ספריהה"]),
            ("élan", ["élon", "éla", "élann"]),
        ] {
            for slip in slips {
                assert!(near(slip).contains(&meant.to_owned()), "{slip}");
            }
        }
        assert!(near("бюджт").iter().all(|one| one.chars().all(|c| !c.is_ascii())));
        assert_eq!(near("図書館").len(), 5, "none is put in the place of another");
        for (block, letters) in SCRIPTS {
            assert!(letters.chars().all(|letter| block.contains(&letter)), "{letters}");
            let longest: String = letters.chars().take(20).collect();
            assert!(near(&longest).len() < 1_800, "{longest}");
        }
    }

    #[test]
    fn a_query_is_words_without_signs() {
        assert_eq!(of_query("LM.2.3"), ["lm", "2", "3"]);
        assert_eq!(of_query("Zoë’s = # budget!"), ["zoë", "s", "budget"]);
        assert_eq!(of_query("a ".repeat(60).as_str()).len(), QUERY_WORDS);
        assert!(of_query("'; -- % 🦉").is_empty());
    }

    #[test]
    fn words_that_say_nothing_are_not_asked_for() {
        let of = |query: &str| telling(&of_query(query)).join(" ");
        assert_eq!(of("What is a budgt?"), "budgt");
        assert_eq!(of("the who"), "the who");
        assert_eq!(of("A 2.1"), "a 2 1");
        assert_eq!(of("Library management"), "library management");
    }

    #[test]
    fn an_excerpt_is_what_stands_around_the_first_mark() {
        let piece = |text: &str, marked| Piece {
            text: text.to_owned(),
            marked,
        };
        let shown = |pieces: &[Piece]| -> String { excerpt(pieces).into_iter().map(|piece| piece.text).collect() };
        let short = [piece("Said of a ", false), piece("budget", true), piece(".", false)];
        assert_eq!(excerpt(&short), short);
        let words = "many words ".repeat(60);
        let long = [
            piece(&words, false),
            piece("budget", true),
            piece(&format!(" and {words}"), false),
        ];
        let whole = shown(&long);
        assert!(whole.starts_with("… ") && whole.ends_with(" …"), "{whole}");
        assert!(whole.contains("words budget and many"), "{whole}");
        assert!(whole.chars().count() <= EXCERPT + 4, "{whole}");
        assert!(shown(&[piece(&words, false)]).starts_with("many words"));
        for letters in [3_000, 49, 50, 51, 160, 161] {
            let endless = "é".repeat(letters);
            for pieces in [
                vec![piece(&endless, false), piece("budget", true)],
                vec![piece(&endless, true), piece(&endless, true)],
                vec![piece("budget", true), piece(&endless, false)],
            ] {
                assert!(shown(&pieces).chars().count() <= EXCERPT + 4, "{letters}");
            }
        }
        assert!(excerpt(&[]).is_empty());
    }

    #[test]
    fn marks_follow_the_stems_and_keep_every_letter() {
        let stems = ["budget", "b", "the", "budget", "b"].map(str::to_owned);
        let title = "Budgets, <b>the budget</b>: 50 % é";
        let pieces = marked(&["Budgets", "<b>the budget</b>"], &stems, &["budget".to_owned()]);
        let marks: Vec<_> = pieces
            .iter()
            .flatten()
            .filter(|piece| piece.marked)
            .map(|piece| piece.text.as_str())
            .collect();
        assert_eq!(marks, ["Budgets", "budget"]);
        let whole: String = marked(&[title], &[], &[])
            .into_iter()
            .flatten()
            .map(|piece| piece.text)
            .collect();
        assert_eq!(whole, title);
    }
}
