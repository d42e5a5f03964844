//! Rows of a spreadsheet: by the names in their first row, else code, statement
//! and kind from left to right.

use super::{Closed, Row, one_line};
use crate::outlines::model::Pasted;

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    Code,
    Statement,
    Kind,
    Description,
    Knowledge,
    Skills,
    Attitudes,
    Behaviours,
}

/// Names of columns, in lower-case letters, as an import of a file knows them.
const NAMES: [(Holds, &[&str]); 8] = [
    (
        Holds::Code,
        &[
            "code",
            "number",
            "no",
            "nr",
            "id",
            "humancodingscheme",
            "itemcode",
            "itemno",
            "ref",
            "reference",
            "refno",
            "referenceno",
            "referencenumber",
            "statementcode",
            "competencycode",
            "slug",
        ],
    ),
    (
        Holds::Statement,
        &[
            "statement",
            "title",
            "name",
            "text",
            "wording",
            "fullstatement",
            "competencystatement",
            "shortname",
            "statementwording",
            "statementtext",
            "indicator",
            "descriptor",
            "outcome",
            "learningoutcome",
            "criterion",
            "performancecriterion",
            "task",
            "taskstatement",
        ],
    ),
    (
        Holds::Kind,
        &[
            "kind",
            "type",
            "itemtype",
            "cfitemtype",
            "layer",
            "tier",
            "rowtype",
            "nodetype",
        ],
    ),
    (
        Holds::Description,
        &[
            "description",
            "notes",
            "note",
            "explanation",
            "definition",
            "comment",
            "comments",
        ],
    ),
    (Holds::Knowledge, &["knowledge"]),
    (Holds::Skills, &["skills", "skill"]),
    (Holds::Attitudes, &["attitudes", "attitude"]),
    (Holds::Behaviours, &["behaviours", "behaviour", "behaviors", "behavior"]),
];

/// What holds the statements where no column is called so.
const STATEMENTS_ELSE: [&str; 4] = ["competency", "competence", "competencies", "statements"];

fn letters(cell: &str) -> String {
    let letters = cell.chars().filter(char::is_ascii_alphabetic);
    letters.collect::<String>().to_ascii_lowercase()
}

fn named(cell: &str) -> Option<Holds> {
    let letters = letters(cell);
    let found = NAMES.iter().find(|(_, names)| names.contains(&letters.as_str()));
    found.map(|(holds, _)| *holds)
}

/// The columns of a table, each with what it holds and its name.
struct Header(Vec<(Option<Holds>, String)>);

impl Header {
    /// A row is a header where it names statements and something else. What is
    /// named a second time is left out.
    fn of(row: &Row) -> Option<Self> {
        let mut columns: Vec<(Option<Holds>, String)> = vec![(None, String::new()); row.tabs];
        for cell in &row.cells {
            let holds = named(cell).filter(|holds| columns.iter().all(|(own, _)| *own != Some(*holds)));
            columns.push((holds, one_line(cell)));
        }
        if columns.iter().all(|(holds, _)| *holds != Some(Holds::Statement)) {
            let else_named = |(_, name): &&mut (_, String)| STATEMENTS_ELSE.contains(&letters(name).as_str());
            if let Some((holds, _)) = columns.iter_mut().find(else_named) {
                *holds = Some(Holds::Statement);
            }
        }
        let known = columns.iter().filter(|(holds, _)| holds.is_some()).count();
        let statement = columns.iter().any(|(holds, _)| *holds == Some(Holds::Statement));
        (known > 1 && statement).then_some(Self(columns))
    }

    fn cell<'a>(&self, row: &'a Row, holds: Holds) -> &'a str {
        let at = self.0.iter().position(|(own, _)| *own == Some(holds));
        at.map_or("", |at| row.at(at))
    }

    /// The names of what has no place in a draft and is not empty.
    fn left_out(&self, body: &[Row]) -> Vec<String> {
        let widest = body.iter().map(|row| row.tabs + row.cells.len()).max().unwrap_or(0);
        let filled = |at: usize| body.iter().any(|row| !row.at(at).is_empty());
        let known = |at: usize| self.0.get(at).is_some_and(|(holds, _)| holds.is_some());
        let name = |at: usize| match self.0.get(at) {
            Some((_, name)) if !name.is_empty() => name.clone(),
            _ => format!("column {}", at + 1),
        };
        (0..widest).filter(|at| !known(*at) && filled(*at)).map(name).collect()
    }
}

/// The lines of a table, and the names of the columns that are left out.
pub(super) fn of_table(rows: &[Row]) -> (Vec<Pasted>, Vec<String>) {
    match rows.first().and_then(Header::of) {
        Some(header) => {
            let lines = rows[1..].iter().map(|row| by_names(&header, row));
            (hung(lines), header.left_out(&rows[1..]))
        }
        None => {
            let base = rows.iter().map(|row| row.tabs).min().unwrap_or(0);
            let further = rows
                .iter()
                .any(|row| row.cells.len() > if is_alone(row, base) { 2 } else { 3 });
            let left_out = further.then(|| "what stands after code, statement and kind".to_owned());
            let lines = rows.iter().map(|row| by_places(row, base));
            (hung(lines), left_out.into_iter().collect())
        }
    }
}

fn by_names(header: &Header, row: &Row) -> Pasted {
    let cell = |holds: Holds| header.cell(row, holds);
    Pasted {
        depth: 0,
        code: one_line(cell(Holds::Code)),
        title: one_line(cell(Holds::Statement)),
        kind: one_line(cell(Holds::Kind)),
        description: cell(Holds::Description).to_owned(),
        knowledge: entries(cell(Holds::Knowledge)),
        skills: entries(cell(Holds::Skills)),
        attitudes: entries(cell(Holds::Attitudes)),
        behaviours: entries(cell(Holds::Behaviours)),
    }
}

/// Whether a row begins with its statement: its first cell is empty, or it has
/// no other.
fn is_alone(row: &Row, base: usize) -> bool {
    row.tabs > base || row.cells.len() == 1
}

fn by_places(row: &Row, base: usize) -> Pasted {
    let mut cells = row.cells.iter().map(|cell| one_line(cell));
    let code = (!is_alone(row, base)).then(|| cells.next()).flatten();
    Pasted {
        code: code.unwrap_or_default(),
        title: cells.next().unwrap_or_default(),
        kind: cells.next().unwrap_or_default(),
        ..Pasted::default()
    }
}

/// One entry a line, without what marks it as one.
fn entries(cell: &str) -> Vec<String> {
    let lines = cell.lines().map(|line| {
        let bare = line.strip_prefix(['-', '*', '•', '–']);
        bare.filter(|bare| bare.starts_with(' ')).unwrap_or(line).trim()
    });
    lines.filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// Hangs lines by their codes; what has no statement is none.
fn hung(lines: impl Iterator<Item = Pasted>) -> Vec<Pasted> {
    let mut open: Vec<String> = Vec::new();
    let lines = lines.filter(|line| !line.title.is_empty()).map(|mut line| {
        if !line.code.is_empty() {
            while open.last().is_some_and(|above| !is_beneath(&line.code, above)) {
                open.pop();
            }
        }
        line.depth = u32::try_from(open.len()).unwrap_or(0);
        if !line.code.is_empty() {
            open.push(line.code.clone());
        }
        line
    });
    lines.collect::<Vec<_>>().closed()
}

/// Whether a code goes on from another: "1.2" from "1", but not "12".
fn is_beneath(code: &str, above: &str) -> bool {
    let rest = code.strip_prefix(above.trim_end_matches('.'));
    let mut rest = rest.unwrap_or_default().chars();
    rest.next().is_some_and(|next| !next.is_alphanumeric()) && rest.next().is_some()
}

#[cfg(all(test, feature = "parsers"))]
mod tests {
    use super::*;
    use crate::exchange::sheet::{Column, known_names};

    #[test]
    fn names_are_those_that_an_import_of_a_file_knows() {
        for (column, holds) in [
            (Column::Statement, Holds::Statement),
            (Column::Code, Holds::Code),
            (Column::Kind, Holds::Kind),
            (Column::Notes, Holds::Description),
            (Column::Knowledge, Holds::Knowledge),
            (Column::Skills, Holds::Skills),
            (Column::Attitudes, Holds::Attitudes),
            (Column::Behaviours, Holds::Behaviours),
        ] {
            for name in known_names(column) {
                assert!(named(&name) == Some(holds), "{name}");
            }
        }
    }
}
