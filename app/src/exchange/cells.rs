//! Cells of a table: kept from running as formulas in a spreadsheet, and lists
//! of id numbers within one cell.

/// A spreadsheet takes a cell that begins with one of these for a formula
/// (OWASP, "CSV Injection"), the full-width forms in some locales. The one rule
/// of all tables that are written.
const TRIGGERS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Whether a spreadsheet may work the text out, spaces before it or not.
fn triggers(text: &str) -> bool {
    let text = text.trim_start_matches('\'');
    text.starts_with(TRIGGERS) || text.trim_start().starts_with(TRIGGERS)
}

/// Puts an apostrophe before what a spreadsheet would run. What already begins
/// with apostrophes and such a sign gets one more, so that [`undo`] is exact.
pub(crate) fn guard(text: &str) -> String {
    if triggers(text) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// Takes the apostrophe of [`guard`] off again.
pub(crate) fn undo(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if triggers(rest) => rest,
        _ => cell,
    }
}

/// Several id numbers in one cell, separated by commas; a comma within an id
/// number is written `%2C` (Moodle, tool_lpimportcsv). Guarded one by one, so
/// that each still equals the id number in its own row.
pub(super) fn join_ids<'a>(ids: impl Iterator<Item = &'a str>) -> String {
    ids.map(|id| guard(&id.replace(',', "%2C")))
        .collect::<Vec<_>>()
        .join(",")
}

/// Undoes [`join_ids`].
pub(super) fn split_ids(cell: &str) -> Vec<String> {
    cell.split(',')
        .map(|id| undo(id.trim()).replace("%2C", ",").replace("%2c", ","))
        .filter(|id| !id.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_runs_and_every_cell_comes_back() {
        for text in [
            "=1+1", "+x", "-x", "@x", "\tx", "\rx", "'=x", "''@x", "＝x", "  =1", "' =1", "\u{a0}@x", "'", "'plain",
            "plain", "", "a=b",
        ] {
            let guarded = guard(text);
            assert!(!guarded.trim_start().starts_with(TRIGGERS), "{text}");
            assert_eq!(undo(&guarded), text);
        }
        assert_eq!(guard("plain"), "plain");
        assert_eq!(undo("'plain"), "'plain");
    }

    #[test]
    fn id_lists_keep_commas() {
        let ids = ["a,b", "=c", "d"];
        let cell = join_ids(ids.into_iter());
        assert_eq!(cell, "a%2Cb,'=c,d");
        assert_eq!(split_ids(&cell), ids);
        assert_eq!(split_ids(" x , ,y%2cz,"), ["x", "y,z"]);
    }
}
