//! docs/permissions.md, written from the tables.

use std::path::Path;

use super::actors::Actor;
use super::files::files;
use super::fixture::{CANARIES, Ids};
use super::pages::pages;
use super::rows::rows;
use super::told::Cells;

const HEAD: &str = "# Who may what

Written by `server/tests/access`, which asks for everything below as one of each kind of person with a valid request.
The test fails when a page, server function, file, download or live stream has no row here, when an answer is not the
one stated, when somebody who is refused has changed anything, and when a word reaches someone it is not for. It is
written anew with `CARREL_WRITE_DOCS=1 scripts/native test -p carrel --test integration -- permissions`.

Each has one role and nothing else, so that what is allowed is due to that role. The one from the *other organisation*
holds every role there. *Themselves* is the one whom it is about, else a colleague. The *group member* belongs to the
groups and the cohort, the *facilitator* facilitates them. The *site administrator* belongs to no organisation. The
*silenced member* is like a group member, but may not post for a time: 409 is the answer that says until when and why.

**yes** it is shown or done · **sign in** a visitor is asked to · **no** they see it and may not · **hidden** it answers
like something that is not there · **nothing** the same answer, and nothing changes · **field** an answer at the field ·
a number is another status of HTTP.
";

fn line(cells: &[String]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

fn head(what: &str) -> String {
    let names = Actor::ALL.map(|actor| actor.label().to_owned());
    let names: Vec<String> = [what.to_owned(), "about".to_owned()].into_iter().chain(names).collect();
    let rule = vec!["---".to_owned(); names.len()];
    format!("{}{}", line(&names), line(&rule).replace(' ', ""))
}

fn row(name: &str, about: &str, cells: &Cells) -> String {
    let words = Actor::ALL.map(|actor| cells.of(actor).word());
    let cells: Vec<String> = [format!("`{name}`"), about.to_owned()]
        .into_iter()
        .chain(words)
        .collect();
    line(&cells)
}

fn text() -> String {
    let ids = Ids::default();
    let mut text = HEAD.to_owned();
    text += &format!("\n## Pages\n\n{}", head("page"));
    for page in pages(&ids) {
        text += &row(page.route, page.about, &page.cells);
    }
    text += &format!("\n## Files, downloads, uploads and live streams\n\n{}", head("address"));
    for file in files(&ids) {
        text += &row(file.route, file.about, &file.cells);
    }
    let mut section = "";
    let mut before = String::new();
    for function in rows(&ids) {
        if function.section != section {
            section = function.section;
            text += &format!("\n## {section}\n\n{}", head("server function"));
        }
        let line = row(function.function, function.about, &function.cells);
        if line != before {
            text += &line;
        }
        before = line;
    }
    text += "\n## Words that stay where they belong\n\nEach stands in one thing alone, and in no answer to anyone else.\n\n| what | read by |\n|---|---|\n";
    for canary in CANARIES {
        let readers: Vec<_> = canary.readers.iter().map(|actor| actor.label()).collect();
        text += &format!("| {} | {} |\n", canary.what, readers.join(", "));
    }
    text
}

#[test]
fn the_permissions_are_written_down_as_they_are_tested() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/permissions.md");
    let text = text();
    if std::env::var_os("CARREL_WRITE_DOCS").is_some() {
        std::fs::write(&file, &text).unwrap();
    }
    let written = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        written == text,
        "docs/permissions.md is not what is tested; see its first lines"
    );
}
