//! What was pasted: an outline by its indentation, or rows of a spreadsheet.
//! Read in the browser too, which shows what would be added while one types.

use std::collections::HashMap;

use super::model::{
    LONGEST_CODE, LONGEST_DESCRIPTION, LONGEST_PASTE, LONGEST_TITLE, MOST_ENTRIES, MOST_PASTED, Pasted,
};

mod table;

/// The lines of what was pasted, each with its depth; no line stands more than
/// one deeper than the line before it.
pub fn parse(text: &str) -> Result<Vec<Pasted>, String> {
    read(text).map(|(lines, _)| lines)
}

/// The same with the names of columns that have no place in a draft.
pub fn read(text: &str) -> Result<(Vec<Pasted>, Vec<String>), String> {
    if text.chars().count() > LONGEST_PASTE as usize {
        return Err("That is too much at once. Paste it in pieces, or import it as a file.".into());
    }
    let rows = rows(text);
    if rows.is_empty() {
        return Err("Paste an outline or rows of a spreadsheet.".into());
    }
    if rows.len() > MOST_PASTED {
        return Err(format!(
            "At most {MOST_PASTED} lines are added at once. Import more as a file."
        ));
    }
    let table = rows.iter().filter(|row| row.cells.len() > 1).count() * 2 > rows.len();
    let (pasted, left_out) = if table {
        table::of_table(&rows)
    } else {
        (of_outline(&rows), Vec::new())
    };
    for (number, line) in (1..).zip(&pasted) {
        if line.title.chars().count() > LONGEST_TITLE as usize {
            return Err(format!("Line {number} is longer than 2,000 characters."));
        }
        if line.code.chars().count().max(line.kind.chars().count()) > LONGEST_CODE as usize {
            return Err(format!(
                "The code or the kind in line {number} is longer than 100 characters."
            ));
        }
        check_beside(number, line)?;
    }
    Ok((pasted, left_out))
}

/// Codes that stand more than once, in the order in which they do.
pub fn repeated<'a>(codes: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut seen: HashMap<&str, u32> = HashMap::new();
    let mut repeated = Vec::new();
    for code in codes.filter(|code| !code.is_empty()) {
        let times = seen.entry(code).or_default();
        *times += 1;
        if *times == 2 {
            repeated.push(code.to_owned());
        }
    }
    repeated
}

/// "1.1, 1.2 and 7 more": the first of them by name.
pub fn some_of(codes: &[String]) -> String {
    const NAMED: usize = 6;
    let named: Vec<&str> = codes.iter().take(NAMED).map(String::as_str).collect();
    match codes.len().saturating_sub(NAMED) {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}

fn check_beside(number: usize, line: &Pasted) -> Result<(), String> {
    if line.description.chars().count() > LONGEST_DESCRIPTION as usize {
        return Err(format!(
            "The description in line {number} is longer than 20,000 characters."
        ));
    }
    for entries in line.details() {
        if entries.len() > MOST_ENTRIES {
            return Err(format!(
                "Line {number} has more than {MOST_ENTRIES} entries of one kind."
            ));
        }
        if entries
            .iter()
            .any(|entry| entry.chars().count() > LONGEST_TITLE as usize)
        {
            return Err(format!("An entry in line {number} is longer than 2,000 characters."));
        }
    }
    Ok(())
}

/// A row: how far it is indented, and its cells from the first that is filled.
struct Row {
    indent: usize,
    /// Cells before these.
    tabs: usize,
    /// Lines within a cell stay apart.
    cells: Vec<String>,
}

impl Row {
    /// The cell of a column.
    fn at(&self, column: usize) -> &str {
        let cell = column.checked_sub(self.tabs).and_then(|at| self.cells.get(at));
        cell.map_or("", String::as_str)
    }
}

fn one_line(cell: &str) -> String {
    cell.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Splits into rows and cells. A cell in quotes may hold line breaks and tabs,
/// as spreadsheets copy it.
fn rows(text: &str) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let chars: Vec<char> = text.chars().filter(|c| *c != '\r').collect();
    let mut at = 0;
    while let Some(c) = chars.get(at).copied() {
        at += 1;
        let begins = cells.last().is_some_and(String::is_empty);
        match c {
            '"' if quoted && chars.get(at) == Some(&'"') => {
                at += 1;
                push(&mut cells, c);
            }
            '"' if quoted => quoted = false,
            '"' if begins && (cells.len() > 1 || holds_more(&chars[at..])) => quoted = true,
            '\t' if !quoted => cells.push(String::new()),
            '\n' if !quoted => rows.extend(row(std::mem::replace(&mut cells, vec![String::new()]))),
            '\t' => push(&mut cells, ' '),
            c => push(&mut cells, c),
        }
    }
    rows.extend(row(cells));
    rows
}

/// Whether a quotation mark before this begins a cell that spreadsheets put in
/// quotes: it holds a line break, a tab or such a mark, and ends with its cell.
/// What somebody quotes at the beginning of a line does not.
fn holds_more(rest: &[char]) -> bool {
    let (mut at, mut more) = (0, false);
    while let Some(c) = rest.get(at) {
        match (c, rest.get(at + 1)) {
            ('"', Some('"')) => {
                more = true;
                at += 1;
            }
            ('"', next) => return more && matches!(next, None | Some('\t' | '\n')),
            ('\n' | '\t', _) => more = true,
            _ => {}
        }
        at += 1;
    }
    false
}

fn push(cells: &mut [String], c: char) {
    if let Some(cell) = cells.last_mut() {
        cell.push(c);
    }
}

/// Tabs and spaces before the text are its indentation; four spaces, or two,
/// count like a tab only relative to other lines.
fn row(cells: Vec<String>) -> Option<Row> {
    let tabs = cells.iter().take_while(|cell| cell.trim().is_empty()).count();
    let first = cells.get(tabs)?;
    let spaces = first.chars().take_while(|c| c.is_whitespace()).count();
    let mut cells: Vec<String> = cells[tabs..].iter().map(|cell| tidy(cell)).collect();
    while cells.last().is_some_and(String::is_empty) {
        cells.pop();
    }
    Some(Row {
        indent: tabs * 8 + spaces,
        tabs,
        cells,
    })
}

/// Each line with single spaces, without what cannot be seen.
fn tidy(cell: &str) -> String {
    let line = |line: &str| {
        let spaced = line.chars().map(|c| if c.is_control() { ' ' } else { c });
        one_line(&spaced.filter(|c| !crate::text::is_hidden(*c)).collect::<String>())
    };
    let lines: Vec<String> = cell.split('\n').map(line).collect();
    lines.join("\n").trim().to_owned()
}

fn of_outline(rows: &[Row]) -> Vec<Pasted> {
    let mut open: Vec<usize> = Vec::new();
    let line = |row: &Row| {
        while open.last().is_some_and(|indent| *indent >= row.indent) {
            open.pop();
        }
        let depth = u32::try_from(open.len()).unwrap_or(0);
        open.push(row.indent);
        let text = one_line(&row.cells.join(" "));
        let text = text
            .strip_prefix(['-', '*', '•', '–'])
            .map_or(text.as_str(), str::trim_start);
        let (code, title) = coded(text);
        Pasted {
            depth,
            code: code.to_owned(),
            title: title.to_owned(),
            ..Pasted::default()
        }
    };
    rows.iter()
        .map(line)
        .filter(|line| !line.title.is_empty())
        .collect::<Vec<_>>()
        .closed()
}

/// A number at the beginning of a line is its code: "1.2", "3.", "LM1.2".
fn coded(text: &str) -> (&str, &str) {
    let Some((first, rest)) = text.split_once(' ') else {
        return ("", text);
    };
    let bare = first.trim_end_matches(['.', ')']);
    let numbers = bare.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let prefix = bare.len() - numbers.len();
    let dotted = numbers
        .split('.')
        .all(|part| !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit()));
    let marked = first != bare || numbers.contains('.') || prefix > 0;
    if dotted && marked && prefix <= 5 && !rest.trim().is_empty() {
        (bare, rest.trim())
    } else {
        ("", text)
    }
}

trait Closed {
    fn closed(self) -> Self;
}

impl Closed for Vec<Pasted> {
    /// Leaves no step of more than one, as where a line was left out.
    fn closed(mut self) -> Self {
        let mut allowed = 0;
        for line in &mut self {
            line.depth = line.depth.min(allowed);
            allowed = line.depth + 1;
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_PASTED, parse};

    fn read(text: &str) -> Vec<(u32, String, String, String)> {
        let lines = parse(text).unwrap();
        lines
            .into_iter()
            .map(|line| (line.depth, line.code, line.title, line.kind))
            .collect()
    }

    fn depths(text: &str) -> Vec<u32> {
        read(text).into_iter().map(|line| line.0).collect()
    }

    #[test]
    fn an_outline_is_read_by_its_indentation() {
        assert_eq!(
            depths("Money\n  Budgets\n    Explains\n    Draws\n  Buying\nTalk\n"),
            [0, 1, 2, 2, 1, 0]
        );
        assert_eq!(depths("Money\n\tBudgets\n\t\tExplains\nTalk"), [0, 1, 2, 0]);
        assert_eq!(depths("    Deep first\nThen top\n        Far in"), [0, 0, 1]);
        let lines = read("- 1. Money\n  - 1.1 Budgets\n  * 24 hours a day");
        assert_eq!(lines[0], (0, "1".into(), "Money".into(), String::new()));
        assert_eq!(lines[1], (1, "1.1".into(), "Budgets".into(), String::new()));
        assert_eq!(lines[2], (1, String::new(), "24 hours a day".into(), String::new()));
    }

    #[test]
    fn rows_of_a_spreadsheet_hang_by_their_codes() {
        let text = "Code\tStatement\tType\n1\tMoney\tDomain\n1.1\tBudgets\tCompetency\n1.1.1\t\"Explains \"\"it\"\"\nwell\"\tStatement\n1.10\tBuying\n2\tTalk\r\n";
        let lines = read(text);
        assert_eq!(lines.iter().map(|line| line.0).collect::<Vec<_>>(), [0, 1, 2, 1, 0]);
        assert_eq!(lines[2].2, "Explains \"it\" well");
        assert_eq!(lines[1].3, "Competency");
        assert_eq!(depths("a\tOne\nb\tTwo"), [0, 0]);
    }

    #[test]
    fn columns_are_known_by_their_names_wherever_they_stand() {
        let text = "Statement\tCode\tPage\tDescription\tSkills\nMoney\t1\t12\t\t\nBudgets\t1.1\t\t\"Why.\n\nAnd how.\"\t\"- reads\n- writes\"\n";
        let (lines, left_out) = super::read(text).unwrap();
        let words: Vec<_> = lines
            .iter()
            .map(|line| (line.depth, &line.code[..], &line.title[..]))
            .collect();
        assert_eq!(words, [(0, "1", "Money"), (1, "1.1", "Budgets")]);
        assert_eq!(lines[1].description, "Why.\n\nAnd how.");
        assert_eq!(lines[1].skills, ["reads", "writes"]);
        assert_eq!(left_out, ["Page"]);
        let (lines, left_out) = super::read("Nr\tCompetency\tDescription\n1\tMoney\tWhy.\n").unwrap();
        assert_eq!(lines[0].title, "Money");
        assert_eq!((lines[0].description.as_str(), left_out.len()), ("Why.", 0));
        // A first column that is empty further down is still the first.
        let lines = read("Code\tStatement\tKind\n1\tMoney\tDomain\n\tTalk\tSkill\n");
        assert_eq!(lines[1], (1, String::new(), "Talk".into(), "Skill".into()));
        let (lines, left_out) = super::read("1\tMoney\tDomain\tsurplus\n2\tTalk\n").unwrap();
        assert_eq!((lines.len(), left_out.len()), (2, 1));
        assert!(super::read(&format!("Code\tStatement\tNotes\n1\tA\t{}", "x".repeat(20_001))).is_err());
    }

    #[test]
    fn a_first_cell_may_be_quoted_and_what_people_quote_stays() {
        let lines = read("\"Explains\nwell\"\tA\n\"So \"\"it\"\" is\"\tB\n");
        assert_eq!(
            (lines[0].1.as_str(), lines[1].1.as_str()),
            ("Explains well", "So \"it\" is")
        );
        let lines = read("\"Quoted\" words\n\"All of it\"\nPlain\n");
        let titles: Vec<_> = lines.iter().map(|line| line.2.as_str()).collect();
        assert_eq!(titles, ["\"Quoted\" words", "\"All of it\"", "Plain"]);
    }

    #[test]
    fn codes_that_stand_twice_are_named_once() {
        let codes = ["1", "", "2", "1", "", "1", "2"];
        assert_eq!(super::repeated(codes.into_iter()), ["1", "2"]);
        let many: Vec<String> = (1..=9).map(|code| code.to_string()).collect();
        assert_eq!(super::some_of(&many), "1, 2, 3, 4, 5, 6 and 3 more");
        assert_eq!(super::some_of(&many[..2]), "1, 2");
    }

    #[test]
    fn nothing_and_too_much_are_refused_with_a_reason() {
        assert!(parse(" \n\t\n").is_err());
        assert!(parse(&"x\n".repeat(MOST_PASTED + 1)).is_err());
        assert!(parse(&"x".repeat(2_001)).is_err());
        assert!(parse(&"x".repeat(400_001)).is_err());
        assert_eq!(read("a\u{0}b")[0].2, "a b");
    }
}
