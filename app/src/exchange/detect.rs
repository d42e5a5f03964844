//! Which format a file is in, by what it holds.

use serde::{Deserialize, Serialize};

use super::{Limits, asn_read, bounds, moodle_table, sheet_grid};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// A 1EdTech CASE 1.0 or 1.1 package (JSON).
    Case,
    /// A Moodle competency framework (CSV).
    Moodle,
    /// A table of statements (CSV or XLSX) whose columns are named or said.
    Sheet,
    /// A document of the Achievement Standards Network (RDF/JSON).
    Asn,
}

/// The first bytes of files people choose by mistake, and what to do instead.
const MISTAKEN: [(&[u8], &str); 5] = [
    (
        b"PK\x03\x04",
        "This is a spreadsheet or zip file, and no CASE package or Moodle framework.",
    ),
    (
        b"\xd0\xcf\x11\xe0",
        "This is an old spreadsheet or document file. Save the table as XLSX or CSV and choose that.",
    ),
    (
        b"%PDF",
        "This is a PDF file. Choose a CASE package (JSON), a Moodle framework (CSV) or a spreadsheet (CSV, XLSX).",
    ),
    (
        b"\x1f\x8b",
        "This is a compressed file. Unpack it and choose what is inside.",
    ),
    (
        b"\x89PNG",
        "This is a picture. Choose a CASE package (JSON), a Moodle framework (CSV) or a spreadsheet (CSV, XLSX).",
    ),
];

/// The format and the text without its byte order mark, or a sentence that
/// says why the file cannot be read.
pub(super) fn detect(bytes: &[u8]) -> Result<(Format, &str), String> {
    let text = readable(bytes)?;
    match text.trim_start().as_bytes().first() {
        None => Err("The file is empty.".into()),
        Some(b'{' | b'[') if asn_read::is_asn(text) => Ok((Format::Asn, text)),
        Some(b'{' | b'[') => Ok((Format::Case, text)),
        Some(b'<') => {
            Err("This is a web page or an XML file. Choose a CASE package (JSON), a Moodle framework (CSV) or a spreadsheet (CSV, XLSX).".into())
        }
        Some(_) if moodle_table::is_framework(text) && !sheet_grid::names_statements(text) => Ok((Format::Moodle, text)),
        Some(_) => Ok((Format::Sheet, text)),
    }
}

/// A table as spreadsheets save it that do not write UTF-8, and what to say of
/// it: UTF-16 by its mark, else Windows-1252 where the name says that it is a
/// table and all of it is text.
pub(super) fn transcoded(file_name: &str, bytes: &[u8]) -> Option<(String, String)> {
    let ending = file_name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase());
    let is_table = matches!(ending.as_deref(), Some("csv" | "tsv" | "txt"));
    if !is_table || bytes.len() > bounds::FILE_BYTES || std::str::from_utf8(bytes).is_ok() {
        return None;
    }
    let encoding = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) if encoding != encoding_rs::UTF_8 => encoding,
        Some(_) => return None,
        None => encoding_rs::WINDOWS_1252,
    };
    let (text, _, broken) = encoding.decode(bytes);
    let is_text = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
    (!broken && text.chars().all(is_text)).then(|| {
        let remark = format!(
            "The file is not in UTF-8; it was read as {}. Look whether accented letters are right.",
            encoding.name()
        );
        (text.into_owned(), remark)
    })
}

/// UTF-8 within bounds, without its byte order mark.
pub(super) fn readable(bytes: &[u8]) -> Result<&str, String> {
    if bytes.len() > bounds::FILE_BYTES {
        return Err(Limits::MOST.too_large());
    }
    if let Some((_, message)) = MISTAKEN.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err((*message).into());
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err(format!(
            "The file is not text: there is a zero byte in line {}.",
            line_at(bytes, at)
        ));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let line = line_at(bytes, error.valid_up_to());
        format!("The file is not in UTF-8: line {line} cannot be read. Save it as UTF-8 and choose it again.")
    })
}

/// A remark when the name promises another format than the content is in.
pub(super) fn name_disagrees(file_name: &str, format: Format) -> Option<String> {
    let ending = file_name.rsplit_once('.')?.1.to_ascii_lowercase();
    match (ending.as_str(), format) {
        ("csv" | "tsv", Format::Case | Format::Asn) => {
            Some("The name says CSV, but the file holds JSON; it was read as that.".into())
        }
        ("json", Format::Moodle | Format::Sheet) => {
            Some("The name says JSON, but the file holds a table; it was read as one.".into())
        }
        _ => None,
    }
}

fn line_at(bytes: &[u8], at: usize) -> usize {
    bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_decides_not_the_name() {
        assert_eq!(detect(b"\xef\xbb\xbf \n{}").map(|found| found.0), Ok(Format::Case));
        assert_eq!(detect(b"[1]").map(|found| found.0), Ok(Format::Case));
        assert_eq!(detect(b"a,b").map(|found| found.0), Ok(Format::Sheet));
        let framework = b",F,Name,,1,\"a,b\",[],,,,,,1,";
        assert_eq!(detect(framework).map(|found| found.0), Ok(Format::Moodle));
        let wide = b"identifier,fullStatement,c,d,e,f,g,h,i,j,k,l,1,n\n,,,,,,,,,,,,1,";
        assert_eq!(detect(wide).map(|found| found.0), Ok(Format::Sheet));
        assert!(name_disagrees("x.CSV", Format::Case).is_some());
        assert!(name_disagrees("x.json", Format::Case).is_none());
        assert!(name_disagrees("x", Format::Moodle).is_none());
    }

    #[test]
    fn tables_of_older_spreadsheets_are_read() {
        let (text, remark) = transcoded("table.CSV", b"Code;Wording\n1;Z\xe4hlt \x80 5\n").unwrap();
        assert_eq!(text, "Code;Wording\n1;Zählt € 5\n");
        assert!(remark.contains("windows-1252"), "{remark}");
        let (text, remark) = transcoded("a.txt", b"\xff\xfea\0\t\0b\0").unwrap();
        assert_eq!((text.as_str(), remark.contains("UTF-16LE")), ("a\tb", true));
        for (name, bytes) in [
            ("a.csv", &b"plain"[..]),
            ("a.json", b"\xe4"),
            ("a.csv", b"\xe4\x00"),
            ("a.csv", b"\xff\xd8\xff\xe0\x01"),
        ] {
            assert_eq!(transcoded(name, bytes), None, "{name}");
        }
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        for (bytes, word) in [
            (&b""[..], "empty"),
            (b"\xef\xbb\xbf  \r\n", "empty"),
            (b"PK\x03\x04....", "spreadsheet"),
            (b"\xff\xfeP\0a\0", "zero byte in line 1"),
            (b"a,b\n\xe4,c", "line 2"),
            (b"{\"a\":\0}", "zero byte in line 1"),
            (b"<!doctype html>", "web page"),
        ] {
            let message = detect(bytes).err().unwrap_or_default();
            assert!(message.contains(word), "{message}");
        }
        assert!(
            detect(&vec![b'a'; bounds::FILE_BYTES + 1])
                .err()
                .unwrap_or_default()
                .contains("larger")
        );
    }
}
