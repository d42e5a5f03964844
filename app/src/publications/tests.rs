use std::collections::HashMap;
use std::io::{Cursor, Read};

use uuid::Uuid;

use super::book::{Book, choose};
use super::model::{BookWords, Paper};
use super::pdf::Manuscript;
use super::{docx, epub, print};
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
        owner: "Riverside <libraries>".into(),
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
    Book::of(&stored(), remarks, &BookWords::default(), "https://carrel.example")
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
    let html = print::write(&book(), Paper::Letter, "n0nce");
    for said in [
        "<html lang=\"en\">",
        "<style nonce=\"n0nce\">@page { size: letter }",
        "<h1>Circulation &lt;desk&gt;</h1>",
        "Edition 1, published 3 May 2026",
        "<dt>Written by</dt><dd>Riverside &amp; friends</dd><dt>Published by</dt><dd>Riverside &lt;libraries&gt;</dd><dt>Licence</dt>",
        "https://carrel.example/index/circulation/1",
        "<p>For <strong>everyone</strong> at the desk.</p>",
        "<dt>None</dt><dd>Not yet</dd>",
        "<a href=\"#n2\">A.1 At the desk</a>",
        "Counts &lt;b&gt;loans&lt;/b&gt; &amp; &quot;returns&quot;</h4>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "<p class=\"kind\">Behaviours</p><ul><li>Keeps calm</li><li>Asks &lt;i&gt;twice&lt;/i&gt;</li></ul>",
        "See also <a href=\"#n4\">Greets people</a>",
        "See also <a href=\"#n3\">A.1.1</a>",
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
fn a_connection_says_of_which_kind_it_is_from_both_ends() {
    let mut stored = stored();
    for (from, to, kind) in [
        (3, 4, "replacedBy"),
        (2, 4, "precedes"),
        (4, 3, "isPartOf"),
        (3, 4, "isPeerOf"),
    ] {
        stored.set.references.push(ExchangeReference {
            from: Uuid::from_u128(from),
            to: Uuid::from_u128(to),
            kind: kind.into(),
            ..ExchangeReference::default()
        });
    }
    let book = Book::of(&stored, HashMap::new(), &BookWords::default(), "");
    let ways = |at: usize| -> Vec<(&str, Vec<&str>)> {
        book.entries[at]
            .related
            .iter()
            .map(|way| {
                (
                    way.words.as_str(),
                    way.entries.iter().map(|(_, name)| name.as_str()).collect(),
                )
            })
            .collect()
    };
    assert_eq!(
        ways(2),
        [
            ("Also holds", vec!["Greets people"]),
            ("Replaced by", vec!["Greets people"]),
            ("See also", vec!["Greets people"])
        ]
    );
    assert_eq!(
        ways(3),
        [
            ("Also part of", vec!["A.1.1"]),
            ("Comes after", vec!["A.1"]),
            ("Replaces", vec!["A.1.1"]),
            ("See also", vec!["A.1.1"])
        ]
    );
}

#[test]
fn contents_are_lists_in_one_another() {
    let contents = print::contents(&book(), |entry| entry.anchor.clone());
    let expected = "<ol><li><a href=\"n1\">A Lending</a><ol><li><a href=\"n2\">A.1 At the desk</a></li></ol></li>\
         <li><a href=\"n5\">B Alone at the top</a></li></ol>";
    assert_eq!(contents, expected);
    // Where nothing has anything beneath it, contents would be the book once more.
    let mut flat = stored();
    flat.set.nodes.iter_mut().for_each(|node| node.parent = None);
    let flat = Book::of(&flat, HashMap::new(), &BookWords::default(), "");
    assert_eq!(print::contents(&flat, |entry| entry.anchor.clone()), "");
}

#[test]
fn an_electronic_book_has_a_chapter_for_each_top_heading() {
    let files = unpacked(epub::write(&book()).unwrap());
    assert_eq!(files[0], ("mimetype".into(), "application/epub+zip".into()));
    let text = |name: &str| &files.iter().find(|(file, _)| file.ends_with(name)).unwrap().1;
    assert!(text("chapter-1.xhtml").contains("href=\"chapter-1.xhtml#n4\""));
    assert!(text("chapter-1.xhtml").contains("id=\"n5\""));
    assert!(text("content.opf").contains("Circulation &lt;desk&gt;"));
    assert!(text("nav.xhtml").contains("A.1 At the desk") && text("nav.xhtml").contains("B Alone at the top"));
}

#[test]
fn what_a_set_says_of_itself_stays_text_in_every_file_of_a_book() {
    const HOSTILE: &str = "\"'><script>alert(1)</script>&amp;";
    let mut stored = stored();
    stored.set.title = HOSTILE.into();
    stored.set.creator = Some(HOSTILE.into());
    stored.set.licence = Some(HOSTILE.into());
    stored.set.description = HOSTILE.into();
    stored.set.language = Some(HOSTILE.into());
    for node in &mut stored.set.nodes {
        node.title = HOSTILE.into();
        node.code = Some(HOSTILE.into());
    }
    let book = Book::of(&stored, HashMap::new(), &BookWords::default(), "https://carrel.example");
    let files = [epub::write(&book).unwrap(), docx::write(&book, Paper::A4).unwrap()];
    for (name, text) in files.into_iter().flat_map(unpacked) {
        assert!(!text.contains("<script>"), "{name}: {text}");
    }
    assert!(!print::write(&book, Paper::A4, "").contains("<script>"));
}

#[test]
fn a_document_has_headings_links_and_both_papers() {
    for (size, width) in [(Paper::A4, "11906"), (Paper::Letter, "12240")] {
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

/// The names of what stands in each element of this name, in order.
fn within(xml: &str, name: &str) -> Vec<Vec<String>> {
    let (begin, end) = (format!("<{name}>"), format!("</{name}>"));
    let parts = xml.split(begin.as_str()).skip(1);
    let part = |part: &str| {
        let tags = part.split(end.as_str()).next().unwrap_or_default().split('<').skip(1);
        let names = tags.map(|tag| tag.split([' ', '/', '>']).next().unwrap_or_default().to_owned());
        names.filter(|name| !name.is_empty()).collect()
    };
    parts.map(part).collect()
}

#[test]
fn a_document_keeps_to_its_schema_and_names_who_publishes_it() {
    let files = unpacked(docx::write(&book(), Paper::A4).unwrap());
    let text = |name: &str| &files.iter().find(|(file, _)| file == name).unwrap().1;
    let (document, styles) = (text("word/document.xml"), text("word/styles.xml"));
    let runs = [within(document, "w:rPr"), within(styles, "w:rPr")].concat();
    let order = ["w:rFonts", "w:b", "w:bCs", "w:i", "w:iCs", "w:sz", "w:szCs", "w:u"];
    assert!(runs.iter().any(|run| run.len() > 2), "{runs:?}");
    for run in runs {
        let places: Vec<usize> = run
            .iter()
            .map(|name| {
                order
                    .iter()
                    .position(|own| own == name)
                    .unwrap_or_else(|| panic!("{name}"))
            })
            .collect();
        assert!(places.is_sorted(), "{run:?}");
    }
    assert_eq!(styles.matches("w:default=\"1\"").count(), 1, "{styles}");
    assert!(styles.contains("w:default=\"1\" w:styleId=\"Normal\""));
    let title = styles.split("w:styleId=\"Title\"").nth(1).unwrap();
    let at = |tag: &str| title.find(tag).unwrap_or_else(|| panic!("{tag} in {title}"));
    assert!(at("<w:basedOn") < at("<w:next") && at("<w:next") < at("<w:qFormat") && at("<w:qFormat") < at("<w:pPr"));
    assert!(document.contains("Published by: Riverside &lt;libraries&gt;") && document.contains("Licence: CC BY 4.0"));
}

#[test]
fn an_empty_set_is_a_book_too() {
    let mut stored = stored();
    stored.set.nodes.clear();
    stored.set.references.clear();
    stored.set.scale.clear();
    let book = Book::of(&stored, HashMap::new(), &BookWords::default(), "");
    assert!(print::write(&book, Paper::A4, "").contains("Circulation"));
    assert!(!epub::write(&book).unwrap().is_empty());
    assert!(!docx::write(&book, Paper::A4).unwrap().is_empty());
}

fn pdf(book: &Book, paper: Paper) -> (usize, Vec<u8>) {
    let laid_out = Manuscript::of(book, paper).unwrap().lay_out().unwrap();
    (laid_out.pages(), laid_out.write().unwrap())
}

fn holds(bytes: &[u8], part: &str) -> bool {
    bytes.windows(part.len()).any(|window| window == part.as_bytes())
}

#[test]
fn a_typeset_book_is_tagged_bookmarked_and_on_its_paper() {
    for (paper, size) in [(Paper::A4, "595.2756 841.8898"), (Paper::Letter, "612 792")] {
        let (pages, bytes) = pdf(&book(), paper);
        assert!(bytes.starts_with(b"%PDF-1.7"));
        assert!(
            pages >= 6,
            "cover, notice, contents, how to use, section, index: {pages}"
        );
        for part in [
            "/StructTreeRoot",
            "/Outlines",
            "/MarkInfo",
            "/Lang",
            size,
            "pdfuaid:part",
        ] {
            assert!(holds(&bytes, part), "{part} is missing on {paper:?}");
        }
    }
}

#[test]
fn what_no_font_can_show_and_what_looks_like_markup_is_typeset_all_the_same() {
    let mut stored = stored();
    stored.set.title = "漢字 😀 #panic(\"no\") $x$ ] [ \\ `raw` @label <n1>".into();
    stored.set.nodes[0].title = "a".repeat(2_000);
    stored.set.nodes[1].code = Some("#{".into());
    stored.set.language = Some("x".into());
    let words = BookWords {
        introduction: "# No\n\n#import \"/etc/passwd\"\n\n1. one\n   - two\n     - three".into(),
        ..BookWords::default()
    };
    let (_, bytes) = pdf(&Book::of(&stored, HashMap::new(), &words, ""), Paper::A4);
    assert!(bytes.starts_with(b"%PDF-1.7") && !holds(&bytes, "pdfuaid:part"));
}

#[test]
fn words_of_curators_stand_around_the_index_in_every_form() {
    let words = BookWords {
        introduction: "Written *together*.".into(),
        how_to_use: "Read it aloud.".into(),
        acknowledgements: "Thanks to <b>all</b>\n\n<script>alert(1)</script>".into(),
    };
    let book = Book::of(&stored(), HashMap::new(), &words, "").thanking(&["Ana <b>".into(), "Bo".into()]);
    let html = print::write(&book, Paper::A4, "");
    assert!(html.contains("<p>Written <em>together</em>.</p>") && html.contains("<p>Read it aloud.</p>"));
    assert!(html.contains("<p>Reviewed by Ana &lt;b&gt;, Bo.</p>"));
    assert!(html.contains("Thanks to") && !html.contains("<script") && !html.contains("For <strong>everyone"));
    let files = unpacked(docx::write(&book, Paper::A4).unwrap());
    let document = &files.iter().find(|(name, _)| name == "word/document.xml").unwrap().1;
    assert!(document.contains("Read it aloud.") && document.contains("Reviewed by Ana &lt;b&gt;, Bo."));
}

#[test]
fn chosen_sections_come_with_all_beneath_and_what_refers_outside_goes() {
    let mut set = stored().set;
    set.references.push(ExchangeReference {
        from: Uuid::from_u128(3),
        to: Uuid::from_u128(5),
        kind: RELATED_TO.into(),
        ..ExchangeReference::default()
    });
    let whole = set.nodes.len();
    let named = |chosen: &[u32]| {
        let mut set = set.clone();
        choose(&mut set, chosen);
        (
            set.nodes
                .iter()
                .map(|node| node.identifier.as_u128())
                .collect::<Vec<_>>(),
            set.references.len(),
        )
    };
    assert_eq!(named(&[0]), (vec![1, 2, 3, 4], 1));
    assert_eq!(named(&[1]), (vec![5], 0));
    assert_eq!(named(&[0, 1]).0.len(), whole);
    assert_eq!(named(&[]).0.len(), whole);
    assert_eq!(named(&[7]).0.len(), whole, "what is not there is not chosen");
}

#[test]
fn who_is_thanked_stands_at_the_end_of_each_form() {
    let names = ["Ada <b>".to_owned(), "Bo & Co\u{1}".to_owned()];
    let said = "Reviewed by Ada &lt;b&gt;, Bo &amp; Co.";
    let html = print::write(&book().thanking(&names), Paper::A4, "n");
    assert!(
        html.contains(&format!("<h2>Acknowledgements</h2><p>{said}</p>")),
        "{html}"
    );
    assert!(!print::write(&book(), Paper::A4, "n").contains("Acknowledgements"));
    let files = |bytes: Vec<u8>| unpacked(bytes).into_iter().any(|(_, text)| text.contains(said));
    assert!(files(epub::write(&book().thanking(&names)).unwrap()));
    assert!(files(docx::write(&book().thanking(&names), Paper::A4).unwrap()));
}
