//! Documents that are archives: which of them it is, as its parts say. Nothing is
//! unpacked to anywhere; how much is read is bounded before it grows.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::FileKind;

/// The beginning of every archive that holds something.
pub(super) const BEGINS: &[u8] = b"PK\x03\x04";

/// Parts of one document.
const PARTS: usize = 4_000;
/// Bytes of a document when it is unpacked.
const UNPACKED: u64 = 200 * 1024 * 1024;
/// Bytes of the part that says what a document is.
const TOLD: u64 = 1024 * 1024;

const DAMAGED: &str = "This file is damaged or has a password. Open it, save it anew without one and choose that.";
const MACROS: &str =
    "This document holds macros, which run on the computer of whoever opens it. Save it without them and choose that.";
const NO_DOCUMENT: &str =
    "This is an archive, and no document (DOCX, XLSX, PPTX, ODT, ODS, ODP). Choose what is inside.";

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Which document an archive is.
pub(super) fn kind(bytes: &[u8]) -> Result<FileKind, String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| DAMAGED)?;
    if archive.len() > PARTS {
        return Err(format!("This document has more than {PARTS} parts."));
    }
    if archive.file_names().any(leads_out) {
        return Err(DAMAGED.into());
    }
    if archive.file_names().any(runs) {
        return Err(MACROS.into());
    }
    let kind = match part(&mut archive, "mimetype") {
        Some(told) => open_document(&told),
        None => office(&part(&mut archive, "[Content_Types].xml").unwrap_or_default()),
    }?;
    let body = body(kind);
    if !archive.file_names().any(|name| name == body) {
        return Err(NO_DOCUMENT.into());
    }
    check_size(&mut archive)?;
    Ok(kind)
}

/// A name that would be written elsewhere by whoever unpacks it.
fn leads_out(name: &str) -> bool {
    name.starts_with('/')
        || name.contains(['\\', ':', '\0'])
        || name.split('/').any(|step| step == "..")
        || name.chars().any(char::is_control)
}

/// A part that a program runs: macros of Office, in whatever folder, and those of
/// OpenDocument (version 1.3, part 2, §3.1: all that is not the document's own).
fn runs(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["vbaproject", "vbadata", "macrosheets/", "activex/"]
        .iter()
        .any(|part| name.contains(part))
        || ["basic/", "scripts/"].iter().any(|folder| name.starts_with(folder))
}

/// The beginning of a part, if it is there.
fn part(archive: &mut Archive<'_>, name: &str) -> Option<String> {
    let mut told = Vec::new();
    archive.by_name(name).ok()?.take(TOLD).read_to_end(&mut told).ok()?;
    String::from_utf8(told).ok()
}

/// By the part `mimetype` (OpenDocument 1.3, part 2, §3.3).
fn open_document(told: &str) -> Result<FileKind, String> {
    let kinds = [FileKind::Odt, FileKind::Ods, FileKind::Odp];
    let found = kinds.into_iter().find(|kind| kind.media_type() == told.trim_end());
    found.ok_or_else(|| NO_DOCUMENT.into())
}

/// By the type of the main part (ECMA-376, part 1, §11.2, §12.2, §13.2).
fn office(told: &str) -> Result<FileKind, String> {
    if told.to_ascii_lowercase().contains("macroenabled") {
        return Err(MACROS.into());
    }
    let main = |kind: &str| {
        told.contains(&format!(
            "application/vnd.openxmlformats-officedocument.{kind}.main+xml"
        ))
    };
    let kinds = [
        ("wordprocessingml.document", FileKind::Docx),
        ("spreadsheetml.sheet", FileKind::Xlsx),
        ("presentationml.presentation", FileKind::Pptx),
        ("presentationml.slideshow", FileKind::Pptx),
    ];
    let found = kinds.into_iter().find(|(name, _)| main(name));
    found.map(|(_, kind)| kind).ok_or_else(|| NO_DOCUMENT.into())
}

/// The part that every document of a kind has.
fn body(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Docx => "word/document.xml",
        FileKind::Xlsx => "xl/workbook.xml",
        FileKind::Pptx => "ppt/presentation.xml",
        _ => "content.xml",
    }
}

/// Reads every part to nowhere: what a file says of its own size proves nothing.
fn check_size(archive: &mut Archive<'_>) -> Result<(), String> {
    let mut left = UNPACKED;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| DAMAGED)?;
        let unpacked = std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).map_err(|_| DAMAGED)?;
        left = left.checked_sub(unpacked).ok_or_else(|| {
            format!(
                "This document is larger than {} MB when it is unpacked.",
                UNPACKED / 1024 / 1024
            )
        })?;
    }
    Ok(())
}
