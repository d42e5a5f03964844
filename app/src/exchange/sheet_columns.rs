//! What a column of a spreadsheet is: chosen by whoever imports it, suggested
//! by its name. OpenSALT's names are known, and those that people make up.

use serde::{Deserialize, Serialize};

use super::sheet_names::TABLE;

/// What the cells of a column say about the statement of their row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    #[default]
    Ignored,
    Statement,
    Code,
    /// One level of the tree: its cells are the nodes on the way to the row's own.
    Level,
    Notes,
    Kind,
    Identifier,
    Previous,
    Parent,
    /// `1.2.3`: the place in the tree by the numbers on the way there.
    Outline,
    /// How deep the row stands: 1 at the top.
    Depth,
    Order,
    Knowledge,
    Skills,
    Attitudes,
    Behaviours,
    Abbreviated,
    Keywords,
    Topics,
    Remark,
    Sources,
    Meanings,
    Language,
    Education,
    Related,
    Peer,
    Part,
    Precedes,
    Replaced,
    Exemplar,
    SkillLevel,
    Exact,
    Translation,
    SetTitle,
    SetIdentifier,
    SetDescription,
    SetLanguage,
    SetCreator,
    SetLicence,
    Scale,
}

use Column as C;

/// The kinds of association that a column may list, by CASE's words.
pub(super) const REFERENCES: [(Column, &str); 9] = [
    (C::Related, super::RELATED_TO),
    (C::Peer, "isPeerOf"),
    (C::Part, "isPartOf"),
    (C::Precedes, "precedes"),
    (C::Replaced, "replacedBy"),
    (C::Exemplar, "exemplar"),
    (C::SkillLevel, "hasSkillLevel"),
    (C::Exact, "exactMatchOf"),
    (C::Translation, "isTranslationOf"),
];

impl Column {
    /// Everything that a column may be, with its words on the screen.
    pub fn choices() -> impl Iterator<Item = (Self, &'static str)> {
        let own = TABLE.iter().map(|(column, words, ..)| (*column, *words));
        std::iter::once((C::Ignored, "Leave out")).chain(own)
    }

    /// The word in forms and in the database.
    pub fn as_str(self) -> String {
        serde_json::to_value(self)
            .ok()
            .and_then(|value| value.as_str().map(str::to_owned))
            .unwrap_or_default()
    }

    pub fn parse(word: &str) -> Option<Self> {
        serde_json::from_value(word.into()).ok()
    }

    /// Its name in the header of a file.
    pub(super) fn name(self) -> &'static str {
        TABLE
            .iter()
            .find(|(column, ..)| *column == self)
            .map_or("", |(_, _, name, _)| name)
    }

    /// What a column of this name is.
    pub(super) fn named(name: &str) -> Option<Self> {
        let given = letters(name);
        let fits = |(_, _, name, others): &&(C, &str, &str, &[&str])| {
            letters(name) == given || others.contains(&given.as_str())
        };
        TABLE.iter().find(fits).map(|(column, ..)| *column)
    }

    /// Whether several columns may be this.
    fn may_repeat(self) -> bool {
        matches!(self, C::Ignored | C::Level)
    }
}

fn letters(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphabetic);
    letters.collect::<String>().to_ascii_lowercase()
}

pub(super) fn is_known(name: &str) -> bool {
    Column::named(name).is_some()
}

/// What the cells of a column hold, as far as it tells what the column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cells {
    /// Small numbers and nothing else: a “level” is then how deep a row stands.
    Numbers,
    /// What the rows are called, as in “section”: a “level” is then their kind.
    Kinds,
    Other,
}

/// How far the texts of a column tell its rows apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Texts {
    pub filled: usize,
    pub distinct: usize,
    /// Characters of all texts that differ, together.
    pub characters: usize,
}

impl Texts {
    /// Whether it says the same again and again, as the heading of a group does.
    fn repeats(self) -> bool {
        self.filled >= 4 && self.distinct * 2 <= self.filled
    }
}

/// How deep what is called by this word stands among others: 1 for sections.
pub(super) fn rank(kind: &str) -> Option<usize> {
    const RANKS: [&[&str]; 3] = [
        &[
            "section",
            "domain",
            "area",
            "category",
            "strand",
            "theme",
            "cluster",
            "group",
            "competencyarea",
            "competencydomain",
            "competencygroup",
        ],
        &[
            "competency",
            "competence",
            "unit",
            "standard",
            "element",
            "topic",
            "subsection",
            "subdomain",
            "subcategory",
        ],
        &[
            "statement",
            "indicator",
            "descriptor",
            "outcome",
            "criterion",
            "skill",
            "subcompetency",
            "subtopic",
        ],
    ];
    let kind = letters(kind);
    let singular = kind.strip_suffix('s').unwrap_or(&kind);
    let found = RANKS
        .iter()
        .position(|words| words.contains(&kind.as_str()) || words.contains(&singular));
    found.map(|at| at + 1)
}

/// What each column seems to be. Names of levels are levels where nothing else
/// says how the tree hangs together, and a statement is then the lowest.
pub(super) fn suggested(
    header: &[String],
    width: usize,
    cells: impl Fn(usize) -> Cells,
    texts: impl Fn(usize) -> Texts,
) -> Vec<Column> {
    let mut columns: Vec<Column> = (0..width)
        .map(|at| match header.get(at).and_then(|name| Column::named(name)) {
            Some(C::Level) if cells(at) == Cells::Numbers => C::Depth,
            Some(C::Level) if cells(at) == Cells::Kinds => C::Kind,
            column => column.unwrap_or_default(),
        })
        .collect();
    let tree = columns
        .iter()
        .any(|column| matches!(column, C::Parent | C::Outline | C::Depth));
    let levels = columns.iter().filter(|column| **column == C::Level).count();
    let statement = columns.contains(&C::Statement);
    if tree || (levels == 1 && !statement) {
        // A single “Competency” or “Skill” is what the row says.
        let instead = if statement { C::Ignored } else { C::Statement };
        columns
            .iter_mut()
            .filter(|column| **column == C::Level)
            .for_each(|column| *column = instead);
    }
    tell_apart(header, &mut columns, tree, texts);
    without_repeats(columns)
}

/// Of several columns that are called like statements, the statement is the one
/// whose texts differ most and say most. One that says the same again and again
/// is what the rows stand beneath: the occupation beside its tasks.
fn tell_apart(header: &[String], columns: &mut [Column], tree: bool, texts: impl Fn(usize) -> Texts) {
    let like = |at: &usize| columns[*at] == C::Ignored && header.get(*at).is_some_and(|name| ends_as_statement(name));
    let of = |column: Column| {
        (0..columns.len())
            .filter(|at| columns[*at] == column)
            .collect::<Vec<_>>()
    };
    let (named, levels) = (of(C::Statement), of(C::Level));
    let alike: Vec<usize> = (0..columns.len()).filter(like).collect();
    let known: std::collections::HashMap<usize, Texts> = named
        .iter()
        .chain(&levels)
        .chain(&alike)
        .map(|at| (*at, texts(*at)))
        .collect();
    let repeats = |at: usize| known.get(&at).is_some_and(|texts| texts.repeats());
    // The first of those that say as much.
    let fullest = |columns: &[usize]| {
        let says = |at: &usize| known.get(at).map_or(0, |texts| texts.characters);
        columns.iter().rev().copied().max_by_key(says)
    };
    let chosen = match fullest(&named) {
        None if levels.is_empty() => fullest(&alike),
        Some(best) if repeats(best) => fullest(&[named.as_slice(), &alike, &levels].concat()),
        best => best,
    };
    let Some(chosen) = chosen else { return };
    for at in named {
        columns[at] = if repeats(at) && !tree { C::Level } else { C::Ignored };
    }
    columns[chosen] = C::Statement;
}

/// “Element Name”, “Alternate Title”: the last word is one that statements are called by.
fn ends_as_statement(name: &str) -> bool {
    let mut words = name.split(|c: char| !c.is_alphanumeric());
    let last = words.rfind(|word| !word.is_empty());
    last.is_some_and(|word| Column::named(word) == Some(C::Statement))
}

/// What was chosen for each column; further columns of what can be only once
/// are left out.
pub(super) fn without_repeats(columns: Vec<Column>) -> Vec<Column> {
    let mut seen = std::collections::HashSet::new();
    columns
        .into_iter()
        .map(|column| {
            if column.may_repeat() || seen.insert(column) {
                column
            } else {
                C::Ignored
            }
        })
        .collect()
}

#[cfg(test)]
#[path = "sheet_columns_tests.rs"]
mod tests;
