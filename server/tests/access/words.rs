//! Whoever may not post sends nothing that others read: every function that takes
//! a text is known here, by what becomes of its words.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use app::people::suspension::words::READ_BY_OTHERS;
use server::limits::{Class, FUNCTIONS};

use super::actors::Actor;
use super::fixture::Ids;
use super::rows::rows;
use super::told::Told;

/// Functions that ask for themselves, since they take such words at times only,
/// or say first whether what they are about is there.
const ASK_THEMSELVES: [&str; 15] = [
    "add_conversation",
    "add_task",
    "answer_reviewers",
    "ask_to_join",
    "change_action",
    "change_evidence",
    "comment_in_review",
    "finish_review",
    "give_verdict",
    "publish_course",
    "reply",
    "save_about",
    "save_profile",
    "sign_off_review",
    "start_thread",
];

/// Of these, what the matrix asks takes no words, or is not theirs to ask
/// (server/tests/suspension.rs asks as somebody whose it is).
const ASKED_ELSEWHERE: [&str; 9] = [
    "add_conversation",
    "add_task",
    "answer_reviewers",
    "change_action",
    "change_evidence",
    "comment_in_review",
    "finish_review",
    "give_verdict",
    "sign_off_review",
];

/// Functions whose words nobody else reads.
const READ_BY_NOBODY_ELSE: [(&str, &str); 9] = [
    ("accept_invitation", "a new account, which nobody has barred"),
    ("add_claim_rule", "of a provider, for site administrators"),
    ("ask_as_newcomer", "of whoever has no account, which nobody has barred"),
    ("begin_passkey", "the name of one’s own passkey"),
    (
        "fetch_import",
        "what comes is looked at by its curator until it is confirmed",
    ),
    ("finish_passkey", "the name of one’s own passkey"),
    ("preview_lesson", "shown to whoever wrote it"),
    ("preview_post", "shown to whoever wrote it"),
    ("save_ratings", "notes for oneself"),
];

/// Arguments that hold no words of anybody's: keys, choices, dates, secrets,
/// addresses, and what stood there before.
#[rustfmt::skip]
const NO_WORDS: &[&str] = &[
    "address", "aimed_at", "aims", "anchor_id", "anchor_kind", "answer", "asked_of", "back", "base", "becomes", "changed", "choice", "chosen",
    "claim", "client", "columns", "confirm", "copy", "current", "day", "density", "domains", "due", "edition", "email", "ends", "form_key",
    "here", "hours", "identifier", "issuer", "key", "kind", "language", "last_day", "level", "levels", "looked", "minutes", "module_key",
    "next", "node", "open", "organisation", "other", "paper", "parent", "passcode", "password", "person", "prefix", "pressed", "preview",
    "profile", "reply_to", "resolution", "roles", "scope", "secret", "section", "sections", "set", "shown_about", "shown_language",
    "shown_picture", "shown_place", "shown_pronouns", "spot", "starts", "step", "theme", "timezone", "to", "token", "verdict",
    "was", "what", "whole", "with",
];

/// The functions that change something, with those of their arguments that may
/// hold words, out of the sources.
fn with_words() -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::new();
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/src");
    read(&sources, &mut found);
    assert!(found.len() > 30 && found.contains_key("reply"), "{found:?}");
    found
}

fn read(folder: &Path, found: &mut BTreeMap<String, Vec<String>>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            for part in text.split("#[server]\n").skip(1) {
                let Some((name, arguments)) = signature(part) else {
                    continue;
                };
                let words: Vec<String> = arguments
                    .into_iter()
                    .filter(|name| !NO_WORDS.contains(&name.as_str()))
                    .collect();
                if !words.is_empty() {
                    found.insert(name, words);
                }
            }
        }
    }
}

/// The name of a function and its arguments of text.
fn signature(part: &str) -> Option<(String, Vec<String>)> {
    let (_, rest) = part.split_once("pub async fn ")?;
    let (name, rest) = rest.split_once('(')?;
    let (arguments, _) = rest.split_once(") -> Result")?;
    let plain = arguments.replace("#[server(default)]", "");
    let texts = plain.split(',').filter_map(|argument| argument.split_once(':'));
    let texts = texts.filter(|(_, kind)| kind.contains("String"));
    Some((name.to_owned(), texts.map(|(name, _)| name.trim().to_owned()).collect()))
}

fn refused_first() -> BTreeSet<&'static str> {
    READ_BY_OTHERS
        .iter()
        .filter_map(|path| path.rsplit('/').next())
        .collect()
}

#[test]
fn every_text_is_read_by_nobody_else_or_not_taken_from_whoever_may_not_post() {
    let refused = refused_first();
    let quiet: Vec<&str> = READ_BY_NOBODY_ELSE.iter().map(|(name, _)| *name).collect();
    let known = |name: &str| refused.contains(name) || ASK_THEMSELVES.contains(&name) || quiet.contains(&name);
    // Those of visitors: nobody is barred who has no account.
    let visitors = ["set_up"];
    let found = with_words();
    let unknown: Vec<_> = found
        .iter()
        .filter(|(name, _)| !known(name) && !visitors.contains(&name.as_str()))
        .collect();
    assert!(unknown.is_empty(), "say who reads the words of {unknown:?}");
    let posting = FUNCTIONS.iter().filter(|(_, class)| *class == Class::Posting);
    let unknown: Vec<_> = posting.filter(|(name, _)| !known(name)).collect();
    assert!(unknown.is_empty(), "{unknown:?} count as posting");
}

#[test]
fn the_matrix_asks_each_of_them_as_whoever_may_not_post() {
    let rows = rows(&Ids::default());
    let refused = |function: &str| {
        let mut asked = rows.iter().filter(|row| row.function == function);
        asked.any(|row| row.cells.of(Actor::Silenced) == Told::Other(409))
    };
    let asked = refused_first().into_iter().chain(ASK_THEMSELVES);
    let left: Vec<_> = asked
        .filter(|function| !ASKED_ELSEWHERE.contains(function) && !refused(function))
        .collect();
    assert!(left.is_empty(), "{left:?} are not asked as whoever may not post");
}
