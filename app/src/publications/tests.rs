use std::collections::HashMap;
use std::io::{Cursor, Read};

use uuid::Uuid;

use super::{Book, PageSize, docx, epub, print};
use crate::competencies::model::{EditionState, Remarks, Source};
use crate::competencies::store::Stored;
use crate::exchange::{ExchangeDetails, ExchangeLevel, ExchangeNode, ExchangeReference, ExchangeSet, RELATED_TO};
use crate::id::{EditionId, SetId};

/// A set with everything in it, its texts as hostile as a file can make them.
fn stored() -> Stored {
    let node = |own: u128, parent: Option<u128>, code: &str, title: &str| ExchangeNode {
        identifier: Uuid::from_u128(own),
        parent: parent.map(Uuid::from_u128),
        code: Some(code.to_owned()),
        title: title.to_owned(),
        ..ExchangeNode::default()
    };
    let mut statement = node(3, Some(2), "A.1.1", "Counts <b>loans</b> & \"returns\"\u{1}");
    statement.description = "Every day.\n\n- once\n- *twice*\n\n<script>alert(1)</script>\n\nSee [there](https://a.example/?a=1&b=2)\\\nnow".into();
    statement.details = ExchangeDetails {
        knowledge: vec!["What a loan is".into()],
        behaviours: vec!["Keeps calm".into(), "Asks <i>twice</i>".into()],
        ..ExchangeDetails::default()
    };
    let set = ExchangeSet {
        title: "Circulation <desk>".into(),
        description: "For **everyone** at the desk.".into(),
        language: Some("en".into()),
        creator: Some("Riverside & friends".into()),
        licence: Some("CC BY 4.0".into()),
        scale: vec![ExchangeLevel {
            label: "None".into(),
            description: "Not yet".into(),
        }],
        nodes: vec![
            node(1, None, "A", "Lending"),
            node(2, Some(1), "A.1", "At the desk"),
            statement,
            node(4, Some(2), "", "Greets people"),
            node(5, None, "B", "Alone at the top"),
        ],
        references: vec![ExchangeReference {
            from: Uuid::from_u128(3),
            to: Uuid::from_u128(4),
            kind: RELATED_TO.into(),
            ..ExchangeReference::default()
        }],
        ..ExchangeSet::default()
    };
    Stored {
        set_id: SetId::parse("circulation").unwrap(),
        slug: "circulation".into(),
        edition: EditionId::parse("circulation1").unwrap(),
        number: 1,
        state: EditionState::Published,
        document: Uuid::from_u128(9),
        line: Vec::new(),
        changed: "2026-05-03T09:00:00Z".into(),
        set,
    }
}

fn book() -> Book {
    let remarks = Remarks {
        notes: "Ask <first>".into(),
        topics: vec!["Lending & returns".into()],
        sources: vec![Source {
            title: "The desk".into(),
            credit: "Riverside".into(),
            address: String::new(),
        }],
        levels: vec!["Has not counted yet".into()],
    };
    let remarks = HashMap::from([(Uuid::from_u128(3), remarks)]);
    Book::of(&stored(), remarks, "https://carrel.example")
}

/// The files of an archive by their names.
fn unpacked(bytes: Vec<u8>) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index(at).unwrap();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            (file.name().to_owned(), text)
        })
        .collect()
}

#[test]
fn the_printed_form_says_everything_and_runs_nothing() {
    let html = print::write(&book(), PageSize::Letter, "n0nce");
    for said in [
        "<html lang=\"en\">",
        "<style nonce=\"n0nce\">@page { size: letter }",
        "<h1>Circulation &lt;desk&gt;</h1>",
        "Edition 1, published 3 May 2026",
        "Riverside &amp; friends",
        "https://carrel.example/index/circulation/1",
        "<p>For <strong>everyone</strong> at the desk.</p>",
        "<dt>None</dt><dd>Not yet</dd>",
        "<a href=\"#n2\">A.1 At the desk</a>",
        "Counts &lt;b&gt;loans&lt;/b&gt; &amp; &quot;returns&quot;</h4>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "<p class=\"kind\">Behaviours</p><ul><li>Keeps calm</li><li>Asks &lt;i&gt;twice&lt;/i&gt;</li></ul>",
        "See also <a href=\"#n4\">Greets people</a>",
        "<dt>None</dt><dd>Has not counted yet</dd>",
        "Ask &lt;first&gt;",
        "<dt>Lending &amp; returns</dt><dd><a href=\"#n3\">A.1.1</a></dd>",
        "<li>The desk, Riverside</li>",
    ] {
        assert!(html.contains(said), "{said} is missing in {html}");
    }
    assert!(!html.contains("<script") && !html.contains('\u{1}'));
}

#[test]
fn contents_are_lists_in_one_another() {
    let contents = print::contents(&book(), |entry| entry.anchor.clone());
    let expected = "<ol><li><a href=\"n1\">A Lending</a><ol><li><a href=\"n2\">A.1 At the desk</a></li></ol></li></ol>";
    assert_eq!(contents, expected);
}

#[test]
fn an_electronic_book_has_a_chapter_for_each_top_heading() {
    let files = unpacked(epub::write(&book()).unwrap());
    assert_eq!(files[0], ("mimetype".into(), "application/epub+zip".into()));
    let text = |name: &str| &files.iter().find(|(file, _)| file.ends_with(name)).unwrap().1;
    assert!(text("chapter-1.xhtml").contains("href=\"chapter-1.xhtml#n4\""));
    assert!(text("chapter-1.xhtml").contains("id=\"n5\""));
    assert!(text("content.opf").contains("Circulation &lt;desk&gt;"));
    assert!(text("nav.xhtml").contains("A.1 At the desk"));
}

#[test]
fn a_document_has_headings_links_and_both_papers() {
    for (size, width) in [(PageSize::A4, "11906"), (PageSize::Letter, "12240")] {
        let files = unpacked(docx::write(&book(), size).unwrap());
        let document = &files.iter().find(|(name, _)| name == "word/document.xml").unwrap().1;
        for said in [
            "Circulation &lt;desk&gt;",
            "w:val=\"Heading2\"",
            "Counts &lt;b&gt;loans&lt;/b&gt; &amp; ",
            "Keeps calm",
            "Has not counted yet",
            "The desk, Riverside",
            &format!("w:w=\"{width}\""),
        ] {
            assert!(document.contains(said), "{said} is missing in {document}");
        }
    }
}

#[test]
fn an_empty_set_is_a_book_too() {
    let mut stored = stored();
    stored.set.nodes.clear();
    stored.set.references.clear();
    stored.set.scale.clear();
    let book = Book::of(&stored, HashMap::new(), "");
    assert!(print::write(&book, PageSize::A4, "").contains("Circulation"));
    assert!(!epub::write(&book).unwrap().is_empty());
    assert!(!docx::write(&book, PageSize::A4).unwrap().is_empty());
}

#[test]
fn who_is_thanked_stands_at_the_end_of_each_form() {
    let names = ["Ada <b>".to_owned(), "Bo & Co\u{1}".to_owned()];
    let said = "Reviewed by Ada &lt;b&gt;, Bo &amp; Co.";
    let html = print::write(&book().thanking(&names), PageSize::A4, "n");
    assert!(
        html.contains(&format!("<h2>Acknowledgements</h2><p>{said}</p>")),
        "{html}"
    );
    assert!(!print::write(&book(), PageSize::A4, "n").contains("Acknowledgements"));
    let files = |bytes: Vec<u8>| unpacked(bytes).into_iter().any(|(_, text)| text.contains(said));
    assert!(files(epub::write(&book().thanking(&names)).unwrap()));
    assert!(files(docx::write(&book().thanking(&names), PageSize::A4).unwrap()));
}
