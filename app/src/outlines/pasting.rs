//! What was pasted: an outline by its indentation, or rows of a spreadsheet.
//! Read in the browser too, which shows what would be added while one types.

use super::model::{LONGEST_CODE, LONGEST_PASTE, LONGEST_TITLE, MOST_PASTED, Pasted};

/// The lines of what was pasted, each with its depth; no line stands more than
/// one deeper than the line before it.
pub fn parse(text: &str) -> Result<Vec<Pasted>, String> {
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
    let pasted = if table { of_table(&rows) } else { of_outline(&rows) };
    for (number, line) in (1..).zip(&pasted) {
        if line.title.chars().count() > LONGEST_TITLE as usize {
            return Err(format!("Line {number} is longer than 2,000 characters."));
        }
        if line.code.chars().count().max(line.kind.chars().count()) > LONGEST_CODE as usize {
            return Err(format!(
                "The code or the kind in line {number} is longer than 100 characters."
            ));
        }
    }
    Ok(pasted)
}

/// A row: how far it is indented, and its cells.
struct Row {
    indent: usize,
    cells: Vec<String>,
}

/// Splits into rows and cells. A cell in quotes may hold line breaks and tabs,
/// as spreadsheets copy it.
fn rows(text: &str) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut chars = text.chars().filter(|c| *c != '\r').peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                push(&mut cells, c);
            }
            '"' if quoted => quoted = false,
            '"' if cells.len() > 1 && cells.last().is_some_and(String::is_empty) => quoted = true,
            '\t' if !quoted => cells.push(String::new()),
            '\n' if !quoted => rows.extend(row(std::mem::replace(&mut cells, vec![String::new()]))),
            '\n' | '\t' => push(&mut cells, ' '),
            c => push(&mut cells, c),
        }
    }
    rows.extend(row(cells));
    rows
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
    let tidy = |cell: &String| {
        let spaced = cell.chars().map(|c| if c.is_control() { ' ' } else { c });
        let plain: String = spaced.filter(|c| !crate::text::is_hidden(*c)).collect();
        plain.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let mut cells: Vec<String> = cells[tabs..].iter().map(tidy).collect();
    while cells.last().is_some_and(String::is_empty) {
        cells.pop();
    }
    Some(Row {
        indent: tabs * 8 + spaces,
        cells,
    })
}

fn of_outline(rows: &[Row]) -> Vec<Pasted> {
    let mut open: Vec<usize> = Vec::new();
    let line = |row: &Row| {
        while open.last().is_some_and(|indent| *indent >= row.indent) {
            open.pop();
        }
        let depth = u32::try_from(open.len()).unwrap_or(0);
        open.push(row.indent);
        let text = row.cells.join(" ");
        let text = text
            .strip_prefix(['-', '*', '•', '–'])
            .map_or(text.as_str(), str::trim_start);
        let (code, title) = coded(text);
        Pasted {
            depth,
            code: code.to_owned(),
            title: title.to_owned(),
            kind: String::new(),
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

fn of_table(rows: &[Row]) -> Vec<Pasted> {
    let header = |row: &Row| {
        let words = ["code", "statement", "title", "type", "kind", "id", "number", "name"];
        row.cells
            .iter()
            .all(|cell| words.contains(&cell.to_lowercase().as_str()))
    };
    let body = if rows.first().is_some_and(header) {
        &rows[1..]
    } else {
        rows
    };
    let base = body.iter().map(|row| row.indent / 8).min().unwrap_or(0);
    let mut pasted: Vec<Pasted> = Vec::with_capacity(body.len());
    let mut open: Vec<String> = Vec::new();
    for row in body {
        // A row whose first cell is empty has no code.
        let mut cells = row.cells.iter().cloned();
        let alone = row.indent / 8 > base || row.cells.len() == 1;
        let code = if alone {
            String::new()
        } else {
            cells.next().unwrap_or_default()
        };
        let (title, kind) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
        if title.is_empty() {
            continue;
        }
        if !code.is_empty() {
            while open.last().is_some_and(|above| !is_beneath(&code, above)) {
                open.pop();
            }
        }
        let depth = u32::try_from(open.len()).unwrap_or(0);
        if !code.is_empty() {
            open.push(code.clone());
        }
        pasted.push(Pasted {
            depth,
            code,
            title,
            kind,
        });
    }
    pasted.closed()
}

/// Whether a code goes on from another: "1.2" from "1", but not "12".
fn is_beneath(code: &str, above: &str) -> bool {
    let rest = code.strip_prefix(above.trim_end_matches('.'));
    let mut rest = rest.unwrap_or_default().chars();
    rest.next().is_some_and(|next| !next.is_alphanumeric()) && rest.next().is_some()
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
    use super::*;

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
    fn nothing_and_too_much_are_refused_with_a_reason() {
        assert!(parse(" \n\t\n").is_err());
        assert!(parse(&"x\n".repeat(MOST_PASTED + 1)).is_err());
        assert!(parse(&"x".repeat(2_001)).is_err());
        assert!(parse(&"x".repeat(400_001)).is_err());
        assert_eq!(read("a\u{0}b")[0].2, "a b");
    }
}
