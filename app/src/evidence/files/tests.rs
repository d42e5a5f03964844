use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;

use super::*;

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

/// An archive of these parts.
fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn office(kind: &str, body: &str) -> Vec<u8> {
    let types = format!(
        "<Types><Override ContentType=\"application/vnd.openxmlformats-officedocument.{kind}.main+xml\"/></Types>"
    );
    archive(&[("[Content_Types].xml", &types), (body, "<x/>")])
}

fn open_document(kind: &str) -> Vec<u8> {
    let told = format!("application/vnd.oasis.opendocument.{kind}");
    archive(&[("mimetype", &told), ("content.xml", "<x/>")])
}

#[test]
fn what_a_file_is_its_bytes_say() {
    for (bytes, kind) in [
        (b"%PDF-1.7\n1 0 obj\n%%EOF\n".to_vec(), FileKind::Pdf),
        (office("wordprocessingml.document", "word/document.xml"), FileKind::Docx),
        (office("spreadsheetml.sheet", "xl/workbook.xml"), FileKind::Xlsx),
        (
            office("presentationml.presentation", "ppt/presentation.xml"),
            FileKind::Pptx,
        ),
        (
            office("presentationml.slideshow", "ppt/presentation.xml"),
            FileKind::Pptx,
        ),
        (open_document("text"), FileKind::Odt),
        (open_document("spreadsheet"), FileKind::Ods),
        (open_document("presentation"), FileKind::Odp),
        ("What I said,\r\n\tand to whom: é".into(), FileKind::Text),
        ("\u{feff}With a mark in front".into(), FileKind::Text),
        // Served as what it is: text, to save.
        (b"<html><script>alert(1)</script></html>".to_vec(), FileKind::Text),
    ] {
        assert_eq!(of_content(&bytes), Ok(Content::Document(kind)));
    }
    for bytes in [
        b"\xff\xd8\xff\xe0".as_slice(),
        b"\x89PNG\r\n\x1a\n",
        b"RIFF\x10\0\0\0WEBPVP8 ",
    ] {
        assert_eq!(of_content(bytes), Ok(Content::Picture));
    }
}

#[test]
fn what_is_none_of_them_is_refused_with_what_to_do() {
    for (bytes, words) in [
        (b"".as_slice(), "empty"),
        (b"%PDF-1.7\n1 0 obj\n", "cut off"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "older Office"),
        (b"GIF89a\x01\x00\x01\x00", "Choose a PDF"),
        (b"MZ\x90\0\x03", "Choose a PDF"),
        (b"latin: \xe9", "Choose a PDF"),
        (b"a\x1b[31mb", "Choose a PDF"),
        (b"PK\x03\x04 no archive", "damaged"),
    ] {
        let refused = of_content(bytes).unwrap_err();
        assert!(refused.contains(words), "{refused}");
    }
}

#[test]
fn an_archive_that_is_no_document_is_refused() {
    let word = format!("<Override ContentType=\"{WORD}\"/>");
    for (parts, words) in [
        (vec![("a.txt", "text")], "no document"),
        (
            vec![("mimetype", "application/epub+zip"), ("content.xml", "")],
            "no document",
        ),
        (vec![("[Content_Types].xml", word.as_str())], "no document"),
        (
            vec![("[Content_Types].xml", word.as_str()), ("../word/document.xml", "")],
            "damaged",
        ),
        (
            vec![("[Content_Types].xml", word.as_str()), ("/word/document.xml", "")],
            "damaged",
        ),
        (
            vec![("[Content_Types].xml", word.as_str()), ("word\\document.xml", "")],
            "damaged",
        ),
    ] {
        let refused = of_content(&archive(&parts)).unwrap_err();
        assert!(refused.contains(words), "{parts:?}: {refused}");
    }
}

#[test]
fn documents_that_run_something_are_refused() {
    let word = format!("<Override ContentType=\"{WORD}\"/>");
    let enabled = "<Override ContentType=\"application/vnd.ms-word.document.macroEnabled.main+xml\"/>";
    let odt = FileKind::Odt.media_type();
    for parts in [
        vec![
            ("[Content_Types].xml", word.as_str()),
            ("word/document.xml", ""),
            ("word/vbaProject.bin", "x"),
        ],
        vec![
            ("[Content_Types].xml", word.as_str()),
            ("word/document.xml", ""),
            ("word/VBAPROJECT.BIN", "x"),
        ],
        vec![("[Content_Types].xml", enabled), ("word/document.xml", "")],
        vec![
            ("[Content_Types].xml", word.as_str()),
            ("xl/macrosheets/sheet1.xml", ""),
        ],
        vec![
            ("mimetype", odt),
            ("content.xml", ""),
            ("Basic/Standard/Module1.xml", ""),
        ],
        vec![("mimetype", odt), ("content.xml", ""), ("Scripts/python/a.py", "")],
    ] {
        let refused = of_content(&archive(&parts)).unwrap_err();
        assert!(refused.contains("macros"), "{parts:?}: {refused}");
    }
}

#[test]
fn a_document_that_unpacks_to_too_much_is_refused() {
    let types = format!("<Override ContentType=\"{WORD}\"/>");
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    for (name, content) in [
        ("[Content_Types].xml", types.as_bytes()),
        ("word/document.xml", b"<x/>"),
    ] {
        writer.start_file(name, options).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.start_file("word/media/zeros.bin", options).unwrap();
    let zeros = vec![0; MB];
    for _ in 0..=200 {
        writer.write_all(&zeros).unwrap();
    }
    let bomb = writer.finish().unwrap().into_inner();
    assert!(bomb.len() < MB, "it is small as it comes in");
    assert!(of_content(&bomb).unwrap_err().contains("unpacked"));
}

#[test]
fn a_document_of_too_many_parts_is_refused() {
    let names: Vec<String> = (0..=4_000).map(|n| format!("word/{n}.xml")).collect();
    let parts: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
    assert!(of_content(&archive(&parts)).unwrap_err().contains("parts"));
}

#[test]
fn a_name_is_a_line_without_a_folder() {
    let long = format!("{}.docx", "x".repeat(200));
    for (raw, name) in [
        ("Talk.pdf", "Talk.pdf"),
        (" Talk  of\tMay .pdf ", "Talk of May .pdf"),
        ("C:\\Users\\Rosa\\Talk.pdf", "Talk.pdf"),
        ("../../etc/passwd", "passwd"),
        (".htaccess", "htaccess"),
        ("Ta\u{202e}fdp.exe", "Tafdp.exe"),
        ("a\r\nSet-Cookie: x", "a Set-Cookie: x"),
        ("", "file"),
        ("..", "file"),
        ("Gespräch.odt", "Gespräch.odt"),
    ] {
        assert_eq!(FileName::cleaned(raw).as_str(), name, "{raw:?}");
    }
    let cut = FileName::cleaned(&long);
    assert_eq!(cut.as_str().chars().count(), FileName::MOST);
    assert!(cut.as_str().ends_with("x.docx"));
}

#[test]
fn a_file_is_saved_as_what_it_is() {
    for (name, kind, saved) in [
        ("Talk.pdf", FileKind::Pdf, "Talk.pdf"),
        ("Talk.PDF", FileKind::Pdf, "Talk.PDF"),
        ("page.html", FileKind::Text, "page.html.txt"),
        ("photo.png", FileKind::WebP, "photo.png.webp"),
        ("photo.jpeg", FileKind::Jpeg, "photo.jpeg"),
        ("Talk", FileKind::Docx, "Talk.docx"),
    ] {
        assert_eq!(FileName::cleaned(name).to_save(kind), saved);
    }
}

#[test]
fn the_key_of_a_picture_says_how_large_it_is() {
    assert_eq!(size_of(&key(Some((640, 480)), "0a1b")), Some((640, 480)));
    for none in [key(None, "0a1b").as_str(), "ax3-0a", "640x-0a", ""] {
        assert_eq!(size_of(none), None, "{none}");
    }
}

#[test]
fn a_kind_is_found_by_its_ending() {
    for kind in FileKind::ALL {
        assert_eq!(FileKind::of_ending(kind.ending()), Some(kind));
    }
    assert_eq!(FileKind::of_ending("exe"), None);
}
