//! The typeset form: the book as data, laid out by `book.typ`. What people
//! wrote reaches the typesetter as data only, so none of it is markup there.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Serialize;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::ecow::EcoVec;
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::book::{Book, Entry, Related};
use super::fonts::Fonts;
use super::model::Paper;
use super::runs::{Lines, paragraphs};
use crate::exchange::ExchangeLevel;

/// Part of what tells one file from another: raised with each change of the
/// layout, so that files of an older one are made anew.
pub const LAYOUT: u32 = 2;

/// The longest address that the typesetter takes, in bytes.
const LONGEST_LINK: usize = 8_000;

const TEMPLATE: &str = include_str!("book.typ");

/// A book as the typesetter is given it.
pub struct Manuscript {
    json: Vec<u8>,
    identity: String,
    fonts: Fonts,
}

impl Manuscript {
    /// # Errors
    /// What the writer of JSON reports.
    pub fn of(book: &Book, paper: Paper) -> Result<Self, String> {
        let json = serde_json::to_string(&Data::of(book, paper)).map_err(|error| error.to_string())?;
        Ok(Self {
            fonts: Fonts::for_text(&json),
            json: json.into_bytes(),
            identity: format!("{}/{paper:?}", book.identifier),
        })
    }

    /// How much there is to lay out.
    pub fn characters(&self) -> usize {
        std::str::from_utf8(&self.json).map_or(self.json.len(), |text| text.chars().count())
    }

    /// All that it says.
    pub fn bytes(&self) -> &[u8] {
        &self.json
    }

    /// What no font at hand can show.
    pub fn missing(&self) -> String {
        self.fonts.missing()
    }

    /// The fonts of the system that it takes in.
    pub fn fonts(&self) -> Vec<String> {
        self.fonts.names()
    }

    /// # Errors
    /// What the typesetter says, in its words.
    pub fn lay_out(self) -> Result<LaidOut, String> {
        let desk = Desk::new(self.json, self.fonts)?;
        let document = typst::compile::<PagedDocument>(&desk).output.map_err(said);
        // It remembers what it laid out, for a document that changes a little at a time.
        typst::comemo::evict(0);
        Ok(LaidOut {
            document: document?,
            identity: self.identity,
        })
    }
}

/// The pages.
pub struct LaidOut {
    document: PagedDocument,
    identity: String,
}

impl LaidOut {
    pub fn pages(&self) -> usize {
        self.document.pages().len()
    }

    /// As a PDF, tagged and bookmarked, and to PDF/UA-1 (ISO 14289-1) unless the
    /// texts hold what no font at hand can show.
    ///
    /// # Errors
    /// What the typesetter says, in its words.
    pub fn write(&self) -> Result<Vec<u8>, String> {
        let standards = PdfStandards::new(&[PdfStandard::Ua_1]).map_err(|error| error.message().to_string())?;
        let options = |standards| PdfOptions {
            ident: Smart::Custom(self.identity.clone()),
            creator: Smart::Custom(Some("Carrel".into())),
            standards,
            ..PdfOptions::default()
        };
        let written = typst_pdf::pdf(&self.document, &options(standards))
            .or_else(|_cannot_be_shown| typst_pdf::pdf(&self.document, &options(PdfStandards::default())))
            .map_err(said);
        typst::comemo::evict(0);
        written
    }
}

fn said(errors: EcoVec<SourceDiagnostic>) -> String {
    let all: Vec<_> = errors.iter().take(3).map(|error| error.message.as_str()).collect();
    all.join("; ")
}

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// All that the typesetter can see: the layout, the book, and the fonts.
struct Desk {
    layout: Source,
    book: (FileId, Bytes),
    fonts: Fonts,
}

impl Desk {
    fn new(book: Vec<u8>, fonts: Fonts) -> Result<Self, String> {
        let id = |path: &str| {
            let path = VirtualPath::new(path).map_err(|error| error.to_string())?;
            Ok::<_, String>(RootedPath::new(VirtualRoot::Project, path).intern())
        };
        Ok(Self {
            layout: Source::new(id("/book.typ")?, TEMPLATE.into()),
            book: (id("/book.json")?, Bytes::new(book)),
            fonts,
        })
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        self.layout.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.layout.id() {
            Ok(self.layout.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.book.0 {
            Ok(self.book.1.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// The book as the layout reads it.
#[derive(Serialize)]
struct Data<'a> {
    paper: &'static str,
    title: &'a str,
    language: String,
    region: Option<String>,
    edition: &'a str,
    identifier: String,
    address: &'a str,
    creator: &'a str,
    imprint: Vec<(&'static str, &'a str)>,
    introduction: Vec<Paragraph>,
    how_to_use: Vec<Paragraph>,
    levels: Vec<Level<'a>>,
    entries: Vec<EntryData<'a>>,
    topics: Vec<Topic<'a>>,
    sources: Vec<String>,
    acknowledgements: Vec<Paragraph>,
}

#[derive(Serialize)]
struct EntryData<'a> {
    depth: u32,
    anchor: &'a str,
    code: &'a str,
    title: &'a str,
    is_heading: bool,
    in_contents: bool,
    text: Vec<Paragraph>,
    details: Vec<(&'static str, &'a [String])>,
    levels: Vec<Level<'a>>,
    notes: &'a str,
    related: &'a [Related],
}

#[derive(Serialize)]
struct Level<'a> {
    label: &'a str,
    description: &'a str,
}

#[derive(Serialize)]
struct Topic<'a> {
    topic: &'a str,
    anchors: Vec<&'a str>,
}

#[derive(Serialize)]
struct Paragraph {
    indent: u32,
    is_item: bool,
    is_heading: bool,
    runs: Vec<Words>,
}

#[derive(Serialize)]
struct Words {
    text: String,
    strong: bool,
    emphasis: bool,
    link: Option<String>,
}

impl<'a> Data<'a> {
    fn of(book: &'a Book, paper: Paper) -> Self {
        let (language, region) = language(&book.language);
        let listed: HashSet<&str> = book.headings().map(|entry| entry.anchor.as_str()).collect();
        Self {
            paper: match paper {
                Paper::A4 => "a4",
                Paper::Letter => "us-letter",
            },
            title: &book.title,
            language,
            region,
            edition: &book.edition,
            identifier: book.identifier.to_string(),
            address: &book.address,
            creator: &book.creator,
            imprint: book.imprint(),
            introduction: prose(&book.introduction),
            how_to_use: prose(&book.how_to_use),
            levels: levels(&book.levels),
            entries: book
                .entries
                .iter()
                .map(|one| entry(one, listed.contains(one.anchor.as_str())))
                .collect(),
            topics: book
                .topics()
                .into_iter()
                .map(|(topic, entries)| Topic {
                    topic,
                    anchors: entries.iter().map(|entry| entry.anchor.as_str()).collect(),
                })
                .collect(),
            sources: book.sources().into_iter().collect(),
            acknowledgements: prose(&book.acknowledgements),
        }
    }
}

/// Language and region of a tag (BCP 47), as far as the typesetter takes them.
fn language(tag: &str) -> (String, Option<String>) {
    let mut parts = tag.split(['-', '_']);
    let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let language = parts
        .next()
        .filter(|part| matches!(part.len(), 2 | 3) && letters(part))
        .unwrap_or("en");
    let region = parts.find(|part| part.len() == 2 && letters(part));
    (language.to_ascii_lowercase(), region.map(str::to_ascii_uppercase))
}

fn entry(entry: &Entry, in_contents: bool) -> EntryData<'_> {
    let details = entry
        .details
        .sections()
        .into_iter()
        .filter(|(_, lines)| !lines.is_empty());
    EntryData {
        depth: entry.depth,
        anchor: &entry.anchor,
        code: &entry.code,
        title: &entry.title,
        is_heading: entry.is_heading,
        in_contents,
        text: prose(&entry.text),
        details: details.collect(),
        levels: levels(&entry.levels),
        notes: &entry.remarks.notes,
        related: &entry.related,
    }
}

fn levels(levels: &[ExchangeLevel]) -> Vec<Level<'_>> {
    let mut all = Vec::with_capacity(levels.len());
    for ExchangeLevel { label, description } in levels {
        all.push(Level { label, description });
    }
    all
}

fn prose(html: &str) -> Vec<Paragraph> {
    paragraphs(html).into_iter().map(paragraph).collect()
}

fn paragraph(lines: Lines) -> Paragraph {
    let words = |run: super::runs::Run| Words {
        // Other addresses lead nowhere from paper, and one that is too long would end the whole book.
        link: run.link.filter(|link| {
            let leads = ["https://", "http://", "mailto:"]
                .iter()
                .any(|scheme| link.starts_with(scheme));
            leads && link.len() <= LONGEST_LINK
        }),
        text: run.text,
        strong: run.strong,
        emphasis: run.emphasis,
    };
    Paragraph {
        indent: lines.indent,
        is_item: lines.is_item,
        is_heading: lines.is_heading,
        runs: lines.runs.into_iter().map(words).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_LINK, language, prose};

    #[test]
    fn a_link_that_is_too_long_is_left_out_and_its_words_stay() {
        let linked = |length: usize| {
            let start = "https://e.example/";
            let link = format!("{start}{}", "a".repeat(length - start.len()));
            let paragraphs = prose(&format!("<p><a href=\"{link}\">there</a></p>"));
            let runs = paragraphs.into_iter().flat_map(|paragraph| paragraph.runs);
            let run = runs.into_iter().find(|run| run.text.contains("there"));
            run.map(|run| run.link.is_some())
        };
        assert_eq!(linked(LONGEST_LINK), Some(true));
        assert_eq!(linked(LONGEST_LINK + 1), Some(false));
    }

    #[test]
    fn a_language_tag_gives_what_the_typesetter_takes() {
        let all = ["en", "en-GB", "zh-Hant-TW", "mi", "x-klingon", "", "de_at", "sr-Latn"].map(language);
        let expected = [
            ("en", None),
            ("en", Some("GB")),
            ("zh", Some("TW")),
            ("mi", None),
            ("en", None),
            ("en", None),
            ("de", Some("AT")),
            ("sr", None),
        ];
        assert_eq!(
            all,
            expected.map(|(language, region)| (language.to_owned(), region.map(str::to_owned)))
        );
    }
}
