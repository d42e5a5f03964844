//! An EPUB 3 book: a chapter for each heading at the top, so that readers load
//! little at a time.

use std::collections::HashMap;
use std::io::Cursor;

use epub_builder::{EpubBuilder, EpubContent, EpubVersion, MetadataOpfV3, ReferenceType, TocElement, ZipLibrary};

use super::book::{Book, Entry};
use super::markup::escaped;
use super::print;

const STYLES: &str = "body { font-family: serif; line-height: 1.45; margin: 1em; } .code { color: #2f5d46; } \
    .kind { font-style: italic; margin: .5em 0 .1em; } dt { font-weight: bold; } .statement { font-size: 1em; }";

/// A file of the book.
struct Chapter<'a> {
    file: String,
    entries: Vec<&'a Entry>,
}

/// The whole file.
///
/// # Errors
/// What the archive's writer reports.
pub fn write(book: &Book) -> Result<Vec<u8>, String> {
    build(book).map_err(|error| error.to_string())
}

fn build(book: &Book) -> Result<Vec<u8>, epub_builder::Error> {
    let chapters = chapters(book);
    let files: HashMap<&str, &str> = chapters
        .iter()
        .flat_map(|chapter| {
            chapter
                .entries
                .iter()
                .map(|entry| (entry.anchor.as_str(), chapter.file.as_str()))
        })
        .collect();
    let href = |anchor: &str| format!("{}#{anchor}", files.get(anchor).copied().unwrap_or_default());
    let mut epub = EpubBuilder::new(ZipLibrary::new()?)?;
    epub.epub_version(EpubVersion::V30);
    epub.set_uuid(book.identifier);
    epub.set_title(book.title.as_str());
    epub.set_languages(vec![book.language.clone()]);
    epub.set_generator("Carrel");
    epub.set_toc_name("Contents");
    if !book.creator.is_empty() {
        // The library gives an author the same id as the language, and writes
        // this as it is.
        let creator = MetadataOpfV3::new("dcterms:creator".into(), escaped(&book.creator));
        epub.add_metadata_opf(Box::new(creator));
    }
    if !book.licence.is_empty() {
        epub.set_license(book.licence.as_str());
    }
    epub.stylesheet(STYLES.as_bytes())?;
    let cover = document(book, &book.title, &print::cover(book));
    epub.add_content(
        EpubContent::new("cover.xhtml", cover.as_bytes())
            .title("Edition notice")
            .reftype(ReferenceType::TitlePage),
    )?;
    let front = document(book, "Introduction", &print::front(book));
    epub.add_content(
        EpubContent::new("introduction.xhtml", front.as_bytes())
            .title("Introduction")
            .reftype(ReferenceType::Preface),
    )?;
    for chapter in &chapters {
        let Some(first) = chapter.entries.first() else { continue };
        let body: String = chapter
            .entries
            .iter()
            .map(|entry| print::entry_html(entry, href))
            .collect();
        let text = document(book, &first.label(), &body);
        let mut content = EpubContent::new(chapter.file.as_str(), text.as_bytes())
            .title(first.label())
            .reftype(ReferenceType::Text);
        for entry in chapter
            .entries
            .iter()
            .skip(1)
            .filter(|entry| (entry.is_heading && entry.depth == 2) || entry.depth == 1)
        {
            content = content.child(TocElement::new(href(&entry.anchor), entry.label()));
        }
        epub.add_content(content)?;
    }
    let back = print::back(book, href);
    if !back.is_empty() {
        let text = document(book, "Topics and sources", &back);
        let content = EpubContent::new("topics.xhtml", text.as_bytes());
        epub.add_content(content.title("Topics and sources").reftype(ReferenceType::Index))?;
    }
    let mut bytes = Cursor::new(Vec::new());
    epub.generate(&mut bytes)?;
    Ok(bytes.into_inner())
}

/// Each heading at the top with all beneath it; what stands at the top without
/// anything beneath goes to the chapter before.
fn chapters(book: &Book) -> Vec<Chapter<'_>> {
    let mut chapters: Vec<Chapter<'_>> = Vec::new();
    for entry in &book.entries {
        match chapters.last_mut() {
            Some(last) if entry.depth > 1 || !entry.is_heading => last.entries.push(entry),
            _ => {
                let file = format!("chapter-{}.xhtml", chapters.len() + 1);
                let entries = vec![entry];
                chapters.push(Chapter { file, entries });
            }
        }
    }
    chapters
}

fn document(book: &Book, title: &str, body: &str) -> String {
    let language = escaped(&book.language);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"{language}\" xml:lang=\"{language}\">\
         <head><title>{}</title><link rel=\"stylesheet\" type=\"text/css\" href=\"stylesheet.css\"/></head>\
         <body>{body}</body></html>",
        escaped(title)
    )
}
