//! Tables for spreadsheets (RFC 4180), in which nothing is taken for a formula.

use crate::exchange::guard;

/// One line. A cell that a spreadsheet would work out begins with an
/// apostrophe, as OWASP advises against CSV injection.
pub fn line<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    let cells: Vec<String> = cells.into_iter().map(cell).collect();
    format!("{}\r\n", cells.join(","))
}

fn cell(text: &str) -> String {
    let text = guard(text);
    match text.contains(['"', ',', '\r', '\n', ';', '\t']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_quoted_where_it_must_be() {
        assert_eq!(
            line(["plain", "a,b", "say \"x\"", "two\nlines"]),
            "plain,\"a,b\",\"say \"\"x\"\"\",\"two\nlines\"\r\n"
        );
    }

    #[test]
    fn no_cell_is_a_formula() {
        for hostile in [
            "=1+1",
            "+1",
            "-1",
            "@x",
            "\t=1",
            "  =1",
            "＝1",
            "=HYPERLINK(\"http://evil.example\")",
        ] {
            let line = line([hostile]);
            assert!(line.starts_with('\'') || line.starts_with("\"'"), "{line}");
        }
    }
}
