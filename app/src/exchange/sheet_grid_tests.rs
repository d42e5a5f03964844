//! Tables found in files, also in hostile ones.

use super::*;

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::Write;
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer
            .start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn semicolons_in_sentences_split_nothing() {
    let text = "Code,Title,Notes\n1,First,\"Reads; writes; counts; lends\"\n2,Second,Reads; writes\n";
    let grid = from_csv(text).unwrap();
    assert_eq!(grid.header, ["Code", "Title", "Notes"]);
    assert_eq!(grid.rows.len(), 2);
}

#[test]
fn the_header_is_found_beneath_a_title_whatever_separates_the_cells() {
    for separator in [",", ";", "\t"] {
        let text = "Our skills\n\nCode,Full Statement,Notes\n1,\"a, b; c\",x\n\n2,d,\n".replace(',', separator);
        let text = text.replace(&format!("a{separator} b"), "a, b");
        let grid = from_csv(&text).unwrap();
        assert_eq!(grid.header, ["Code", "Full Statement", "Notes"]);
        assert_eq!(
            (grid.rows.len(), grid.rows[0].number, grid.width()),
            (2, 3, 3),
            "{grid:?}"
        );
        assert_eq!(grid.examples(0), ["1", "2"]);
        assert_eq!(grid.notes.len(), 1);
    }
    assert_eq!(from_csv("x,y\n1,2\n").unwrap().header, ["x", "y"]);
    assert!(from_csv("a,b\n1,\"open\n2,x\n").unwrap_err().contains("never closed"));
    assert!(from_csv(&"a\n".repeat(ROWS + 1)).unwrap_err().contains("rows"));
    assert!(from_csv(" , \n").is_err());
}

#[test]
fn the_header_is_the_row_with_most_names_and_can_be_another() {
    let text = "Skills 2026,,\n,,\nWhere,,What\nRef. no,Layer,Statement wording\n1,Section,Collections\n1.1,Competency,Buying\n";
    let grid = from_csv(text).unwrap();
    assert_eq!((grid.at, grid.rows.len()), (4, 2));
    assert_eq!(grid.header, ["Ref. no", "Layer", "Statement wording"]);
    let heads: Vec<usize> = grid.heads().iter().map(|head| head.0).collect();
    assert_eq!(heads, [1, 3, 4, 5, 6]);
    assert_eq!(grid.heads()[2].1, "Ref. no · Layer · Statement wording");
    let other = grid.clone().beneath(3);
    assert_eq!(
        (other.header.join("|"), other.rows.len(), other.rows[0].number),
        ("Where||What".into(), 3, 4)
    );
    assert_eq!(other.beneath(4).rows, grid.rows);
    assert_eq!(grid.clone().beneath(99), grid);
    let long = format!("Code,Statement\n{}", "1,x\n".repeat(50));
    let grid = from_csv(&long).unwrap();
    assert_eq!(grid.clone().beneath(2).rows.len(), grid.rows.len() - 1);
}

#[test]
fn a_workbook_that_unpacks_to_much_more_than_it_says_is_refused() {
    let bomb = packed(&[
        ("xl/workbook.xml", b"<x/>"),
        ("xl/sharedStrings.xml", &vec![b' '; UNPACKED as usize]),
    ]);
    assert!(bomb.len() < 1024 * 1024);
    assert!(from_workbook(&bomb).unwrap_err().contains("larger than"));
    let many: Vec<(String, &[u8])> = (0..=PARTS).map(|number| (number.to_string(), &b""[..])).collect();
    let mut many: Vec<(&str, &[u8])> = many.iter().map(|(name, content)| (name.as_str(), *content)).collect();
    many.push(("xl/workbook.xml", b"<x/>"));
    assert!(from_workbook(&packed(&many)).unwrap_err().contains("parts"));
}

#[test]
fn what_is_no_workbook_says_what_it_is() {
    for (bytes, word) in [
        (packed(&[("a.json", b"{}")]), "not a spreadsheet"),
        (packed(&[("content.xml", b"<x/>")]), "document"),
        (packed(&[("xl/workbook.xml", b"<x")]), "cannot be read"),
        (b"PK\x03\x04 cut short".to_vec(), "cannot be unpacked"),
    ] {
        let message = from_workbook(&bytes).unwrap_err();
        assert!(message.contains(word), "{message}");
    }
}

#[test]
fn cells_far_away_cost_nothing() {
    let sheet = |cell: &str| {
        let content = format!(
            "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>\
             <row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Statement</t></is></c></row>\
             <row><c r=\"{cell}\" t=\"inlineStr\"><is><t>x</t></is></c></row></sheetData></worksheet>"
        );
        let mut workbook = rust_xlsxwriter::Workbook::new();
        workbook.add_worksheet().write_string(0, 0, "x").unwrap();
        let plain = workbook.save_to_buffer().unwrap();
        let mut archive = zip::ZipArchive::new(Cursor::new(plain)).unwrap();
        let names: Vec<String> = archive.file_names().map(str::to_owned).collect();
        let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
        for name in names {
            let mut own = Vec::new();
            archive.by_name(&name).unwrap().read_to_end(&mut own).unwrap();
            let own = if name.ends_with("sheet1.xml") {
                content.clone().into_bytes()
            } else {
                own
            };
            parts.push((name, own));
        }
        let parts: Vec<(&str, &[u8])> = parts
            .iter()
            .map(|(name, own)| (name.as_str(), own.as_slice()))
            .collect();
        from_workbook(&packed(&parts))
    };
    assert!(sheet("A1048576").unwrap_err().contains("rows"));
    let grid = sheet("XFD2").unwrap();
    assert_eq!((grid.header.len(), grid.rows.len()), (1, 0));
}
