//! A document to work on: headings that make its outline, styles that can be
//! changed in one place, a table of contents.

use std::io::Cursor;

use docx_rs::{
    AbstractNumbering, AlignmentType, BreakType, Docx, Footer, Hyperlink, HyperlinkType, IndentLevel, Level, LevelJc,
    LevelText, NumberFormat, Numbering, NumberingId, PageNum, Paragraph, Run as Words, RunFonts, SpecialIndentType,
    Start, Style, StyleType, TableOfContents,
};

use super::book::{Book, Entry};
use super::docx_order::ordered;
use super::model::Paper;
use super::runs::{Lines, Run, paragraphs};
use crate::exchange::ExchangeLevel;

/// The list that all bullets belong to.
const BULLETS: usize = 2;

/// Headings deeper than this look like the deepest.
const DEEPEST: u32 = 4;

/// The whole file.
///
/// # Errors
/// What the archive's writer reports.
pub fn write(book: &Book, paper: Paper) -> Result<Vec<u8>, String> {
    let (width, height) = paper.twips();
    let mut docx = styled(Docx::new().page_size(width, height)).footer(
        Footer::new().add_paragraph(
            Paragraph::new()
                .align(AlignmentType::Center)
                .add_page_num(PageNum::new()),
        ),
    );
    for paragraph in cover(book) {
        docx = docx.add_paragraph(paragraph);
    }
    docx = docx
        .add_paragraph(heading("Contents", 1).page_break_before(true))
        .add_table_of_contents(TableOfContents::new().heading_styles_range(1, 3).auto());
    for paragraph in front(book) {
        docx = docx.add_paragraph(paragraph);
    }
    for entry in &book.entries {
        for paragraph in entry_paragraphs(entry) {
            docx = docx.add_paragraph(paragraph);
        }
    }
    for paragraph in back(book) {
        docx = docx.add_paragraph(paragraph);
    }
    let mut bytes = Cursor::new(Vec::new());
    let mut files = docx.build();
    for file in [&mut files.document, &mut files.styles, &mut files.numberings]
        .into_iter()
        .chain(&mut files.footers)
    {
        *file = by_the_schema(file);
    }
    files.pack(&mut bytes).map_err(|error| error.to_string())?;
    Ok(bytes.into_inner())
}

/// A file of the document as the schema has it: the writer neither keeps its
/// order nor says which style paragraphs have by default.
fn by_the_schema(file: &[u8]) -> Vec<u8> {
    const NORMAL: &str = "<w:style w:type=\"paragraph\" w:styleId=\"Normal\">";
    const DEFAULT: &str = "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\">";
    match std::str::from_utf8(file) {
        Ok(text) => ordered(text).replacen(NORMAL, DEFAULT, 1).into_bytes(),
        Err(_) => file.to_vec(),
    }
}

fn styled(docx: Docx) -> Docx {
    let style = |id: &str, name: &str, half_points: usize| {
        Style::new(id, StyleType::Paragraph)
            .name(name)
            .based_on("Normal")
            .next("Normal")
            .size(half_points)
            .q_format(true)
    };
    let mut docx = docx
        .default_fonts(RunFonts::new().ascii("Georgia").hi_ansi("Georgia"))
        .default_size(22)
        .add_style(style("Title", "Title", 56).bold())
        .add_style(style("Subtitle", "Subtitle", 28))
        .add_style(style("Statement", "Statement", 22).bold())
        .add_style(style("Kind", "Kind of detail", 22).italic());
    for level in 1..=DEEPEST as usize {
        let size = [36, 30, 26, 24][level - 1];
        docx = docx.add_style(
            style(&format!("Heading{level}"), &format!("heading {level}"), size)
                .bold()
                .outline_lvl(level - 1),
        );
    }
    let bullets = (0..9).fold(AbstractNumbering::new(BULLETS), |list, level| {
        let indent = 360 * (i32::try_from(level).unwrap_or(0) + 1);
        let level = Level::new(
            level,
            Start::new(1),
            NumberFormat::new("bullet"),
            LevelText::new("•"),
            LevelJc::new("left"),
        );
        list.add_level(level.indent(Some(indent), Some(SpecialIndentType::Hanging(260)), None, None))
    });
    docx.add_abstract_numbering(bullets)
        .add_numbering(Numbering::new(BULLETS, BULLETS))
}

fn plain(text: &str) -> Paragraph {
    Paragraph::new().add_run(Words::new().add_text(text))
}

fn heading(text: &str, level: u32) -> Paragraph {
    plain(text)
        .style(&format!("Heading{}", level.clamp(1, DEEPEST)))
        .keep_next(true)
}

fn item(indent: u32) -> Paragraph {
    let level = indent.clamp(1, 9) - 1;
    Paragraph::new().numbering(NumberingId::new(BULLETS), IndentLevel::new(level as usize))
}

fn cover(book: &Book) -> Vec<Paragraph> {
    let mut paragraphs = vec![
        plain(&book.title).style("Title"),
        plain(&book.edition).style("Subtitle"),
    ];
    for (label, text) in book.imprint() {
        paragraphs.push(plain(&format!("{label}: {text}")));
    }
    paragraphs.push(Paragraph::new().add_hyperlink(link(&book.address, Words::new().add_text(book.address.as_str()))));
    paragraphs
}

fn front(book: &Book) -> Vec<Paragraph> {
    let mut all = Vec::new();
    if !book.introduction.is_empty() {
        all.push(heading("Introduction", 1).page_break_before(true));
        all.extend(paragraphs(&book.introduction).iter().map(lines));
    }
    all.push(heading("How to use it", 1));
    all.extend(paragraphs(&book.how_to_use).iter().map(lines));
    all.extend(book.levels.iter().map(level));
    all
}

fn level(level: &ExchangeLevel) -> Paragraph {
    let label = Words::new().add_text(level.label.as_str()).bold();
    let text = if level.description.is_empty() {
        String::new()
    } else {
        format!(": {}", level.description)
    };
    item(1).add_run(label).add_run(Words::new().add_text(text))
}

fn entry_paragraphs(entry: &Entry) -> Vec<Paragraph> {
    let title = match entry.is_heading {
        true => heading(&entry.label(), entry.depth).page_break_before(entry.depth == 1),
        false => plain(&entry.label()).style("Statement").keep_next(true),
    };
    let mut all = vec![title];
    all.extend(paragraphs(&entry.text).iter().map(lines));
    for (kind, texts) in entry.details.sections() {
        if texts.is_empty() {
            continue;
        }
        all.push(plain(kind).style("Kind").keep_next(true));
        all.extend(
            texts
                .iter()
                .map(|text| item(1).add_run(Words::new().add_text(text.replace('\n', " ")))),
        );
    }
    if !entry.levels.is_empty() {
        all.push(plain("What the levels mean here").style("Kind").keep_next(true));
        all.extend(entry.levels.iter().map(level));
    }
    if !entry.remarks.notes.is_empty() {
        all.push(plain(&entry.remarks.notes.replace('\n', " ")));
    }
    for way in &entry.related {
        let names: Vec<_> = way.entries.iter().map(|(_, name)| name.as_str()).collect();
        all.push(plain(&format!("{} {}", way.words, names.join(", "))));
    }
    all
}

fn back(book: &Book) -> Vec<Paragraph> {
    let mut all = Vec::new();
    let topics = book.topics();
    if !topics.is_empty() {
        all.push(heading("Index of topics", 1).page_break_before(true));
        for (topic, entries) in topics {
            let entries: Vec<_> = entries.into_iter().map(Entry::short).collect();
            let topic = Words::new().add_text(topic).bold();
            all.push(
                Paragraph::new()
                    .add_run(topic)
                    .add_run(Words::new().add_text(format!(": {}", entries.join(", ")))),
            );
        }
    }
    if !book.acknowledgements.is_empty() {
        all.push(heading("Acknowledgements", 1));
        all.extend(paragraphs(&book.acknowledgements).iter().map(lines));
    }
    let sources = book.sources();
    if !sources.is_empty() {
        all.push(heading("Sources", 1));
        all.extend(
            sources
                .into_iter()
                .map(|source| item(1).add_run(Words::new().add_text(source))),
        );
    }
    all
}

fn lines(lines: &Lines) -> Paragraph {
    let start = if lines.is_item {
        item(lines.indent)
    } else {
        Paragraph::new()
    };
    lines.runs.iter().fold(start, |paragraph, run| {
        let words = words(run, lines.is_heading);
        match &run.link {
            Some(address) => paragraph.add_hyperlink(link(address, words)),
            None => paragraph.add_run(words),
        }
    })
}

fn words(run: &Run, bold: bool) -> Words {
    let mut words = Words::new();
    for (at, line) in run.text.split('\u{2028}').enumerate() {
        if at > 0 {
            words = words.add_break(BreakType::TextWrapping);
        }
        words = words.add_text(line);
    }
    if run.strong || bold {
        words = words.bold();
    }
    if run.emphasis {
        words = words.italic();
    }
    words
}

fn link(address: &str, words: Words) -> Hyperlink {
    Hyperlink::new(address, HyperlinkType::External).add_run(words.underline("single"))
}
