//! The passages of a lesson that are talked about, found by their words and
//! marked where they stand.

use std::ops::Range;

use crate::id::ThreadId;

/// The words that a thread is about.
pub struct Passage<'a> {
    pub thread: &'a ThreadId,
    pub title: &'a str,
    pub quote: &'a str,
}

/// A letter of the text as words are compared, and where it stands in the HTML.
struct Letter {
    letter: char,
    at: Range<usize>,
    in_link: bool,
}

/// Whether a lesson still has these words.
pub fn stands(html: &str, quote: &str) -> bool {
    find(&letters(html), quote).is_some()
}

/// Marks the passages in cleaned HTML, each followed by a link to its thread.
/// Where two overlap, the first keeps the words that they share.
pub fn mark(html: &str, passages: &[Passage]) -> String {
    let letters = letters(html);
    let mut owners: Vec<Option<usize>> = vec![None; letters.len()];
    for (number, passage) in passages.iter().enumerate() {
        for owner in find(&letters, passage.quote)
            .and_then(|found| owners.get_mut(found))
            .unwrap_or_default()
        {
            owner.get_or_insert(number);
        }
    }
    let mut out = String::with_capacity(html.len() + passages.len() * 160);
    let mut done = 0;
    let mut at = 0;
    let mut begun = vec![false; passages.len()];
    while let Some(letter) = letters.get(at) {
        let Some(number) = owners[at].filter(|_| !letter.at.is_empty()) else {
            at += 1;
            continue;
        };
        let start = letter.at.start;
        let mut end = letter.at.end;
        at += 1;
        while owners.get(at) == Some(&Some(number)) && letters[at].at.start == end && !letters[at].at.is_empty() {
            end = letters[at].at.end;
            at += 1;
        }
        let Passage { thread, title, .. } = passages[number];
        out.push_str(&html[done..start]);
        if std::mem::replace(&mut begun[number], true) {
            out.push_str("<mark>");
        } else {
            out.push_str(&format!("<mark id=\"passage-{thread}\">"));
        }
        out.push_str(&html[start..end]);
        out.push_str("</mark>");
        done = end;
        let goes_on = owners[at..].contains(&Some(number));
        if !goes_on {
            // A link holds no other link.
            if letter.in_link
                && let Some(close) = html[end..].find("</a>")
            {
                done = end + close + "</a>".len();
                out.push_str(&html[end..done]);
            }
            let title = escape(title);
            out.push_str(&format!(
                "<a class=\"passage\" href=\"#talk-{thread}\" rel=\"external\" aria-label=\"Talk about this passage: {title}\"></a>"
            ));
            while letters.get(at).is_some_and(|letter| letter.at.start < done) {
                at += 1;
            }
        }
    }
    out.push_str(&html[done..]);
    out
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

/// The first place where the words stand.
fn find(letters: &[Letter], quote: &str) -> Option<Range<usize>> {
    let words = quote.split_whitespace().collect::<Vec<_>>().join(" ");
    let words: Vec<char> = words.chars().map(plain).collect();
    let last = letters.len().checked_sub(words.len()).filter(|_| !words.is_empty())?;
    (0..=last)
        .find(|start| {
            words
                .iter()
                .zip(&letters[*start..])
                .all(|(word, letter)| *word == letter.letter)
        })
        .map(|start| start..start + words.len())
}

/// Letters alike that people type differently.
fn plain(letter: char) -> char {
    match letter {
        '’' | '‘' => '\'',
        '“' | '”' => '"',
        '–' | '—' | '‑' => '-',
        letter if letter.is_whitespace() => ' ',
        letter => letter.to_lowercase().next().unwrap_or(letter),
    }
}

/// The text of cleaned HTML: runs of white space are one space, and so are the
/// tags that begin or end a line.
fn letters(html: &str) -> Vec<Letter> {
    let mut letters: Vec<Letter> = Vec::new();
    let mut at = 0;
    let mut in_link = false;
    while let Some(rest) = html.get(at..).filter(|rest| !rest.is_empty()) {
        let (letter, length) = match rest.chars().next() {
            Some('<') => {
                let length = rest.find('>').map_or(rest.len(), |end| end + 1);
                let name = tag(&rest[..length]);
                if name == "a" {
                    in_link = !rest.starts_with("</");
                }
                if !INLINE.contains(&name) {
                    push(&mut letters, ' ', at..at, in_link);
                }
                at += length;
                continue;
            }
            Some('&') => entity(rest),
            Some(letter) => (letter, letter.len_utf8()),
            None => break,
        };
        push(&mut letters, plain(letter), at..at + length, in_link);
        at += length;
    }
    letters
}

fn push(letters: &mut Vec<Letter>, letter: char, at: Range<usize>, in_link: bool) {
    match letters.last_mut() {
        Some(last) if letter == ' ' && last.letter == ' ' => {
            // White space in the text carries the mark, a line's end does not.
            if last.at.end == at.start {
                last.at.end = at.end;
            }
        }
        _ => letters.push(Letter { letter, at, in_link }),
    }
}

const INLINE: [&str; 16] = [
    "a", "abbr", "b", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "span", "strong", "sub",
];

/// The name of a tag.
fn tag(tag: &str) -> &str {
    let name = tag.trim_start_matches(['<', '/']);
    let end = name
        .find(|letter: char| !letter.is_ascii_alphanumeric())
        .unwrap_or(name.len());
    &name[..end]
}

/// The letter that stands for an entity, as cleaned HTML has them.
fn entity(rest: &str) -> (char, usize) {
    [
        ("&amp;", '&'),
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&quot;", '"'),
        ("&nbsp;", ' '),
        ("&#39;", '\''),
    ]
    .into_iter()
    .find(|(name, _)| rest.starts_with(name))
    .map_or(('&', 1), |(name, letter)| (letter, name.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(html: &str, quotes: &[&str]) -> String {
        let threads: Vec<ThreadId> = (0..quotes.len())
            .map(|at| ThreadId::parse(&format!("t{at}")).unwrap())
            .collect();
        let passages: Vec<Passage> = threads
            .iter()
            .zip(quotes)
            .map(|(thread, quote)| Passage {
                thread,
                title: "A \"b\" <c>",
                quote,
            })
            .collect();
        mark(html, &passages)
    }

    const LINK: &str = "<a class=\"passage\" href=\"#talk-t0\" rel=\"external\" aria-label=\"Talk about this passage: A &quot;b&quot; &lt;c>\"></a>";

    #[test]
    fn a_passage_is_marked_across_emphasis_and_lines() {
        assert_eq!(
            marked(
                "<p>One <em>two\n three</em> four.</p><p>Five</p>",
                &["two three four. five"]
            ),
            format!(
                "<p>One <em><mark id=\"passage-t0\">two\n three</mark></em><mark> four.</mark></p><p><mark>Five</mark>{LINK}</p>"
            )
        );
    }

    #[test]
    fn words_are_found_however_they_are_typed() {
        let html = "<p>Next year’s self &amp; a &lt;b&gt;: this – that</p>";
        for quote in ["next year's self & a <b>", "This - that", "self  &\n a"] {
            assert!(stands(html, quote), "{quote}");
        }
        for gone in ["", "   ", "amp;", "<p>", "Next year's shelf"] {
            assert!(!stands(html, gone), "{gone}");
        }
    }

    #[test]
    fn a_link_within_a_link_is_put_behind_it() {
        assert_eq!(
            marked("<p><a href=\"/x\">Read this now</a> please</p>", &["this"]),
            format!("<p><a href=\"/x\">Read <mark id=\"passage-t0\">this</mark> now</a>{LINK} please</p>")
        );
    }

    #[test]
    fn what_is_gone_or_shared_changes_nothing_else() {
        let html = "<p>One two three</p>";
        assert_eq!(marked(html, &["four"]), html);
        assert_eq!(marked(html, &[""]), html);
        let both = marked(html, &["one two", "two three"]);
        assert_eq!(both.matches("<mark").count(), 2, "{both}");
        assert_eq!(both.matches("</mark>").count(), 2, "{both}");
        assert!(both.contains("<mark id=\"passage-t1\"> three</mark>"), "{both}");
    }
}
