//! Links that a text only names: `[[a page]]`, `@a person` and bare addresses.
//! What they lead to is looked up elsewhere; here they are found.

use std::collections::{BTreeSet, HashMap};

/// Pages and names that one text can ask for.
const MOST_PAGES: usize = 10;
const MOST_NAMES: usize = 100;

/// How long they can be: a name, what a page is called, an address.
const NAME_WORDS: usize = 5;
const NAME_CHARS: usize = 100;
const PAGE_CHARS: usize = 200;
const ADDRESS_BYTES: usize = 2_000;

/// What a stretch of plain text is made of.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    Text(&'a str),
    Link { href: String, words: String },
}

/// What a text names, as [`folded`] words: pages, and what may be names of people.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Named {
    pub pages: BTreeSet<String>,
    pub people: BTreeSet<String>,
}

/// Where what is named leads, by [`folded`] words.
#[derive(Debug, Default)]
pub struct Links {
    /// The address, and the words of the link.
    pub pages: HashMap<String, (String, String)>,
    pub people: HashMap<String, String>,
}

/// Words as they are compared: in small letters, with single spaces.
pub fn folded(words: &str) -> String {
    let words: Vec<_> = words.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

impl Named {
    /// Adds what a stretch of text names.
    pub fn add(&mut self, text: &str) {
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            if let Some(page) = page(rest).filter(|_| self.pages.len() < MOST_PAGES) {
                self.pages.insert(folded(page));
            } else if begins_name(text, at) {
                let room = MOST_NAMES.saturating_sub(self.people.len());
                self.people.extend(names(&rest[1..]).map(folded).take(room));
            }
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
}

/// A stretch of text with its links.
pub fn pieces<'a>(text: &'a str, links: &Links) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let (mut at, mut done) = (0, 0);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let Some((length, href, words)) = link(text, at, links) else {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        };
        if done < at {
            pieces.push(Piece::Text(&text[done..at]));
        }
        pieces.push(Piece::Link { href, words });
        at += length;
        done = at;
    }
    if done < text.len() {
        pieces.push(Piece::Text(&text[done..]));
    }
    pieces
}

/// How long it is, where it leads and what it says.
fn link(text: &str, at: usize, links: &Links) -> Option<(usize, String, String)> {
    let rest = &text[at..];
    if let Some(page) = page(rest) {
        let (href, words) = links.pages.get(&folded(page))?;
        return Some((page.len() + "[[]]".len(), href.clone(), words.clone()));
    }
    if begins_name(text, at) {
        // The longest name that somebody has.
        let known = |name: &&str| links.people.contains_key(&folded(name));
        let name = names(&rest[1..]).filter(known).max_by_key(|name| name.len())?;
        return Some((
            name.len() + 1,
            links.people.get(&folded(name))?.clone(),
            format!("@{name}"),
        ));
    }
    if begins_word(text, at, "") {
        let address = address(rest)?;
        return Some((address.len(), address.to_owned(), address.to_owned()));
    }
    None
}

/// The words between two pairs of brackets that a text begins with.
fn page(rest: &str) -> Option<&str> {
    let inner = rest.strip_prefix("[[")?;
    let mut signs = inner.char_indices().take(PAGE_CHARS + 1);
    let (end, _) = signs.find(|(_, sign)| "[]".contains(*sign))?;
    let words = &inner[..end];
    (inner[end..].starts_with("]]") && !words.trim().is_empty()).then_some(words)
}

/// Whether nothing stands before it that makes one word with it.
fn begins_word(text: &str, at: usize, nor: &str) -> bool {
    let before = text[..at].chars().next_back();
    before.is_none_or(|before| !before.is_alphanumeric() && before != '_' && !nor.contains(before))
}

/// An address of mail names nobody.
fn begins_name(text: &str, at: usize) -> bool {
    text[at..].starts_with('@') && begins_word(text, at, "@./")
}

/// What a text begins with that may be a name: its first word, its first two …,
/// each also without the signs at its end.
fn names(rest: &str) -> impl Iterator<Item = &str> {
    let short = rest.char_indices().nth(NAME_CHARS).map_or(rest.len(), |(at, _)| at);
    let rest = &rest[..short];
    let spaces = rest.match_indices(' ').map(|(at, _)| at);
    let ends: Vec<usize> = spaces.chain([rest.len()]).take(NAME_WORDS).collect();
    ends.into_iter().flat_map(move |end| spellings(&rest[..end]))
}

fn spellings(words: &str) -> Vec<&str> {
    let mut all = vec![words];
    let mut name = words;
    while let Some(sign) = name.chars().next_back().filter(|sign| !sign.is_alphanumeric()) {
        name = &name[..name.len() - sign.len_utf8()];
        all.push(name);
    }
    all.extend(name.strip_suffix("’s").or_else(|| name.strip_suffix("'s")));
    all.retain(|name| !name.trim().is_empty());
    all
}

/// The address that a text begins with, without what closes the sentence.
fn address(rest: &str) -> Option<&str> {
    let host = rest.strip_prefix("https://").or_else(|| rest.strip_prefix("http://"))?;
    let scheme = rest.len() - host.len();
    let ends = |sign: char| sign.is_whitespace() || "<>\"“”`".contains(sign);
    let mut address = &rest[..scheme + host.find(ends).unwrap_or(host.len())];
    if address.len() > ADDRESS_BYTES {
        return None;
    }
    while let Some(last) = address.chars().next_back() {
        let open = address.matches('(').count() >= address.matches(')').count();
        if !(".,;:!?'’*_".contains(last) || (last == ')' && !open)) {
            break;
        }
        address = &address[..address.len() - last.len_utf8()];
    }
    let host = address.get(scheme..)?;
    host.starts_with(char::is_alphanumeric).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links() -> Links {
        let page = ("/index/lm/1/LM%203.7".to_owned(), "LM 3.7 Weeds".to_owned());
        let people = [
            ("rosa", "/people/r"),
            ("rosa marín", "/people/m"),
            ("kwame o.", "/people/k"),
        ];
        Links {
            pages: [("lm 3.7".to_owned(), page)].into(),
            people: people.map(|(name, href)| (name.to_owned(), href.to_owned())).into(),
        }
    }

    /// The text with its links as Markdown would have them.
    fn linked(text: &str) -> String {
        let pieces = pieces(text, &links()).into_iter();
        pieces
            .map(|piece| match piece {
                Piece::Text(text) => text.to_owned(),
                Piece::Link { href, words } => format!("<{words}|{href}>"),
            })
            .collect()
    }

    #[test]
    fn pages_and_people_that_are_known_are_linked() {
        assert_eq!(linked("See [[LM  3.7]]."), "See <LM 3.7 Weeds|/index/lm/1/LM%203.7>.");
        for same in [
            "[[LM 3.8]]",
            "[[LM 3.7",
            "[[]]",
            "[LM 3.7]",
            "a@rosa",
            "@rosamund",
            "@@rosa",
            "x/@rosa",
        ] {
            assert_eq!(linked(same), same);
        }
        assert_eq!(
            linked("@Rosa, @rosa marín's and"),
            "<@Rosa|/people/r>, <@rosa marín|/people/m>'s and"
        );
        assert_eq!(linked("(@Kwame O.)"), "(<@Kwame O.|/people/k>)");
        assert_eq!(linked("@Rosa Marín @Rosa"), "<@Rosa Marín|/people/m> <@Rosa|/people/r>");
    }

    #[test]
    fn an_address_ends_with_its_sentence() {
        for (text, address) in [
            ("https://example.org/a_(b), c", "https://example.org/a_(b)"),
            ("http://example.org.", "http://example.org"),
            ("https://example.org/?q=a&b=c#d!", "https://example.org/?q=a&b=c#d"),
        ] {
            assert!(
                linked(text).starts_with(&format!("<{address}|{address}>")),
                "{}",
                linked(text)
            );
        }
        assert_eq!(linked("(https://a.example)"), "(<https://a.example|https://a.example>)");
        for same in [
            "https://",
            "https://...",
            "xhttps://a.example",
            "ftp://a.example",
            "javascript:alert(1)",
        ] {
            assert_eq!(linked(same), same);
        }
    }

    #[test]
    fn hostile_text_takes_no_time() {
        for hostile in ["[[", "-@", "(http://", "[[a]", "@a b "] {
            let text = hostile.repeat(4_000);
            assert_eq!(linked(&text), text);
            Named::default().add(&text);
        }
        let closing = format!("http://a{}", ")".repeat(19_000));
        assert_eq!(linked(&closing), closing);
    }

    #[test]
    fn what_is_named_is_asked_for_and_no_more_than_so_much() {
        let mut named = Named::default();
        named.add("Ask @Rosa Marín! about [[LM 3.7]] and [[x]]");
        assert_eq!(named.pages, ["lm 3.7", "x"].map(str::to_owned).into());
        for name in ["rosa", "rosa marín"] {
            assert!(named.people.contains(name), "{named:?}");
        }
        let mut many = Named::default();
        many.add(&(0..500).map(|n| format!("@a{n} b [[{n}]] ")).collect::<String>());
        assert!(many.pages.len() <= MOST_PAGES && many.people.len() <= MOST_NAMES);
    }
}
