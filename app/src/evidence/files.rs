//! Files that support what one says of oneself: what they are, which their bytes
//! say, and what they are called (docs/decisions/0025-files-as-evidence.md).

mod archive;
#[cfg(test)]
mod tests;

use crate::text::visible;

/// How much is taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileLimits {
    /// Of one file.
    pub bytes: usize,
    /// Of all files of one person.
    pub of_a_person: u64,
}

const MB: usize = 1024 * 1024;

impl FileLimits {
    /// The most that a site may allow.
    pub const MOST: Self = Self::of_megabytes(50, 10_000);

    pub const fn of_megabytes(each: usize, of_a_person: usize) -> Self {
        Self {
            bytes: each * MB,
            of_a_person: (of_a_person * MB) as u64,
        }
    }

    pub fn megabytes(&self) -> usize {
        self.bytes / MB
    }

    pub fn megabytes_of_a_person(&self) -> usize {
        usize::try_from(self.of_a_person).unwrap_or(usize::MAX) / MB
    }

    /// What is said of a file past the bound.
    pub fn too_large(&self) -> String {
        format!("A file has at most {} MB.", self.megabytes())
    }

    /// What is said to whoever has put down as much as one person can.
    pub fn no_room(&self) -> String {
        format!(
            "The files of one person have at most {} MB together. Take out evidence that holds a large one; its room is free an hour later.",
            self.megabytes_of_a_person()
        )
    }
}

impl Default for FileLimits {
    fn default() -> Self {
        Self::of_megabytes(10, 200)
    }
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    Pdf,
    Docx,
    Xlsx,
    Pptx,
    Odt,
    Ods,
    Odp,
    Text,
    Jpeg,
    WebP,
}

impl FileKind {
    pub const ALL: [Self; 10] = [
        Self::Pdf,
        Self::Docx,
        Self::Xlsx,
        Self::Pptx,
        Self::Odt,
        Self::Ods,
        Self::Odp,
        Self::Text,
        Self::Jpeg,
        Self::WebP,
    ];

    /// The ending of its name, and the word in the database.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Pptx => "pptx",
            Self::Odt => "odt",
            Self::Ods => "ods",
            Self::Odp => "odp",
            Self::Text => "txt",
            Self::Jpeg => "jpg",
            Self::WebP => "webp",
        }
    }

    pub fn of_ending(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.ending() == word)
    }

    /// The type that it is served as.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Odp => "application/vnd.oasis.opendocument.presentation",
            Self::Text => "text/plain; charset=utf-8",
            Self::Jpeg => "image/jpeg",
            Self::WebP => "image/webp",
        }
    }

    /// Within a sentence on the screen.
    pub fn words(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Docx | Self::Odt => "document",
            Self::Xlsx | Self::Ods => "spreadsheet",
            Self::Pptx | Self::Odp => "presentation",
            Self::Text => "text",
            Self::Jpeg | Self::WebP => "picture",
        }
    }

    pub fn is_picture(self) -> bool {
        matches!(self, Self::Jpeg | Self::WebP)
    }
}

/// What came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// Kept as it is.
    Document(FileKind),
    /// To be decoded, and written anew.
    Picture,
}

const TAKEN: &str = "Choose a PDF, a picture (JPEG, PNG, WebP), a document, spreadsheet or presentation (DOCX, XLSX, PPTX, ODT, ODS, ODP) or a plain text.";

/// What a file is by its bytes; its name decides nothing. Nothing is written
/// anywhere, and an archive is read within bounds.
pub fn of_content(bytes: &[u8]) -> Result<Content, String> {
    if bytes.is_empty() {
        return Err("This file is empty.".into());
    }
    if is_picture(bytes) {
        return Ok(Content::Picture);
    }
    if bytes.starts_with(b"%PDF-") {
        return match is_whole_pdf(bytes) {
            true => Ok(Content::Document(FileKind::Pdf)),
            false => Err("This PDF is cut off.".into()),
        };
    }
    if bytes.starts_with(archive::BEGINS) {
        return archive::kind(bytes).map(Content::Document);
    }
    // What Office wrote before 2007 (MS-CFB §2.2), and what it writes with a password.
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Err("This is an older Office file, or one with a password. Save it as DOCX, XLSX, PPTX or PDF without one and choose that.".into());
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if is_plain(text) => Ok(Content::Document(FileKind::Text)),
        _ => Err(TAKEN.into()),
    }
}

/// JPEG, PNG and WebP by their signatures.
fn is_picture(bytes: &[u8]) -> bool {
    let riff = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP".as_slice());
    bytes.starts_with(b"\xff\xd8\xff") || bytes.starts_with(b"\x89PNG\r\n\x1a\n") || riff
}

/// The end of a PDF stands within its last 1,024 bytes (PDF Reference 1.7, appendix H, note 18).
fn is_whole_pdf(bytes: &[u8]) -> bool {
    let end = &bytes[bytes.len().saturating_sub(1024)..];
    end.windows(5).any(|part| part == b"%%EOF")
}

/// Text without controls but for ends of lines and tabs.
fn is_plain(text: &str) -> bool {
    !text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}

/// What a file is called: one line of at most 120 characters, without a folder and
/// without characters that nobody sees; what is left of nothing is `file`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileName(String);

impl FileName {
    pub const MOST: usize = 120;
    /// The longest ending that is kept where a name is cut, its dot included.
    const ENDING: usize = 8;

    pub fn cleaned(raw: &str) -> Self {
        let last = raw.rsplit(['/', '\\']).next().unwrap_or_default();
        let spaced: String = last.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
        let name = visible(&spaced).split_whitespace().collect::<Vec<_>>().join(" ");
        let name = name.trim_start_matches(['.', ' ']).trim_end_matches(['.', ' ']);
        match name.is_empty() {
            true => Self("file".into()),
            false => Self(cut(name, Self::MOST)),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What it is saved as: with the ending of what it is, so that no program opens
    /// it as something else.
    pub fn to_save(&self, kind: FileKind) -> String {
        let same = |ending: &str| {
            let ending = ending.to_ascii_lowercase();
            ending == kind.ending() || (kind, ending.as_str()) == (FileKind::Jpeg, "jpeg")
        };
        match self.0.rsplit_once('.') {
            Some((_, ending)) if same(ending) => self.0.clone(),
            _ => format!("{}.{}", self.0, kind.ending()),
        }
    }
}

/// The beginning of a name that is too long, with its ending.
fn cut(name: &str, most: usize) -> String {
    if name.chars().count() <= most {
        return name.to_owned();
    }
    let ending = name
        .rfind('.')
        .map(|dot| &name[dot..])
        .filter(|ending| ending.chars().count() <= FileName::ENDING)
        .unwrap_or_default();
    let left = most - ending.chars().count();
    let begins: String = name.chars().take(left).collect();
    format!("{}{ending}", begins.trim_end_matches(['.', ' ']))
}

/// The key under which a file is kept; a picture's begins with its size.
pub fn key(size: Option<(u32, u32)>, hash: &str) -> String {
    match size {
        Some((width, height)) => format!("{width}x{height}-{hash}"),
        None => hash.to_owned(),
    }
}

/// The size in a picture's key.
pub fn size_of(key: &str) -> Option<(u32, u32)> {
    let (width, height) = key.split_once('-')?.0.split_once('x')?;
    Some((width.parse().ok()?, height.parse().ok()?))
}
