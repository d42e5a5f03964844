//! Writes a Moodle competency framework (CSV).

use std::collections::{HashMap, HashSet};

use serde_json::Value;
use uuid::Uuid;

use super::moodle_ids::identity;
use super::moodle_scale::{DEFAULT_SCALE, write_levels, write_taxonomy};
use super::moodle_table::{COLUMNS, Column, HEADER};
use super::moodle_text::{KEPT, MOODLE_NAME};
use super::text::{cut, escape_html, line};
use super::{ExchangeSet, Problem, RELATED_TO, Severity, TextFormat, cells, detail_text};

type Cells = [String; COLUMNS];

/// The framework as Moodle imports it. No cell runs as a formula when the file
/// is opened in a spreadsheet; reading takes that guard off again. What the
/// format cannot carry is listed by [`losses`].
pub fn emit(set: &ExchangeSet) -> String {
    let framework = set.external_id.clone().filter(|id| fits(id));
    let framework = framework.unwrap_or_else(|| set.identifier.to_string());
    let ids = id_numbers(set, &framework);
    let mut crossed: HashMap<Uuid, Vec<&str>> = HashMap::new();
    let mut seen = HashSet::new();
    for reference in &set.references {
        if let (true, Some(to)) = (seen.insert((reference.from, reference.to)), ids.get(&reference.to)) {
            crossed.entry(reference.from).or_default().push(to);
        }
    }
    let mut table = vec![HEADER.map(str::to_owned), framework_row(set, framework)];
    for node in &set.nodes {
        let mut row = text_cells(
            &node.title,
            &node.description,
            &node.details,
            node.description_format,
            &node.extra,
        );
        let id = |identifier: &Uuid| ids.get(identifier).cloned().unwrap_or_default();
        row[Column::Parent as usize] = node.parent.as_ref().map(id).unwrap_or_default();
        row[Column::Id as usize] = id(&node.identifier);
        fill(&mut row, &node.extra, true);
        let mut row = row.map(|cell| cells::guard(&cell));
        // Guarded one by one, so not again as a whole.
        let targets = crossed.get(&node.identifier).into_iter().flatten().copied();
        row[Column::CrossReferences as usize] = cells::join_ids(targets);
        table.push(row);
    }
    written(&table)
}

/// What this set holds that a Moodle framework cannot say.
pub fn losses(set: &ExchangeSet) -> Vec<Problem> {
    let mut found = Vec::new();
    let mut lose = |place: &str, message: String| {
        found.push(Problem {
            place: place.into(),
            message,
            severity: Severity::Noted,
        });
    };
    for (what, given) in [
        ("language", &set.language),
        ("creator", &set.creator),
        ("licence", &set.licence),
    ] {
        if given.is_some() {
            lose(
                "set",
                format!("A Moodle framework has no {what}; it is not in the file."),
            );
        }
    }
    if set.scale.is_empty() {
        lose(
            "set",
            format!("Moodle needs a scale; the file has its usual one ({DEFAULT_SCALE})."),
        );
    }
    if set.scale.iter().any(|level| !level.description.is_empty()) {
        lose(
            "set",
            "Moodle's scales have labels only; the descriptions of the levels are not in the file.".into(),
        );
    }
    let other = set
        .references
        .iter()
        .filter(|reference| reference.kind != RELATED_TO)
        .count();
    if other > 0 {
        lose(
            "set",
            format!("{other} references of other kinds become plain cross-references."),
        );
    }
    let abroad = set.origins.iter().filter(|origin| origin.by_hand).count();
    if abroad > 0 {
        lose(
            "set",
            format!("Moodle refers within a framework only; {abroad} references to other sets are not in the file."),
        );
    }
    let depths = set.depths();
    let taxonomy = write_taxonomy(set);
    let kinds = set.nodes.iter().zip(depths).filter(|(node, depth)| {
        let usual = super::moodle_scale::kind_at(&taxonomy, *depth);
        node.kind
            .as_ref()
            .is_some_and(|kind| !kind.eq_ignore_ascii_case(&usual))
    });
    let kinds = kinds.count();
    if kinds > 0 {
        lose(
            "set",
            format!("Moodle has one kind for each level of the tree; {kinds} nodes lose theirs."),
        );
    }
    let long = set.nodes.iter().filter(|node| !fits(&node.title)).count();
    if long > 0 {
        lose(
            "set",
            format!("{long} statements are longer than Moodle's names; they stand whole in their descriptions."),
        );
    }
    if !fits(&set.title) {
        let message = "The title is longer than Moodle's names; it stands whole in the description.";
        lose("set", message.into());
    }
    let codes = set.nodes.iter().filter(|node| {
        let code = node
            .code
            .as_deref()
            .map(|code| format!("{} {}", line(code), node.identifier));
        node.external_id.is_none() && code.is_some_and(|id| !fits(&id))
    });
    let codes = codes.count();
    if codes > 0 {
        lose(
            "set",
            format!(
                "{codes} codes are too long for Moodle's id numbers beside the identifier, which then stands alone."
            ),
        );
    }
    if set.extra.get("case").is_some() || set.nodes.iter().any(|node| node.extra.get("case").is_some()) {
        lose("set", "Fields kept from a CASE package are not in the file.".into());
    }
    found
}

/// An id number for every node: Moodle's own where the node came with it, else
/// its code and its identifier, so that the way back finds the same node.
fn id_numbers(set: &ExchangeSet, framework: &str) -> HashMap<Uuid, String> {
    let mut ids = HashMap::with_capacity(set.nodes.len());
    for node in &set.nodes {
        let own = node
            .external_id
            .as_deref()
            .filter(|id| identity(framework, id).identifier == node.identifier);
        let plain = node.identifier.to_string();
        let coded = node.code.as_deref().map(|code| format!("{} {plain}", line(code)));
        let coded = coded.filter(|id| fits(id) && !id.starts_with(' '));
        let id = own.map(str::to_owned).or(coded).unwrap_or(plain);
        ids.insert(node.identifier, id);
    }
    ids
}

/// Whether Moodle takes it whole as a name or an id number, with what guards it
/// against running as a formula.
fn fits(text: &str) -> bool {
    cells::guard(text).chars().count() <= MOODLE_NAME
}

fn framework_row(set: &ExchangeSet, id: String) -> Cells {
    let details = super::ExchangeDetails::default();
    let mut row = text_cells(
        &set.title,
        &set.description,
        &details,
        set.description_format,
        &set.extra,
    );
    fill(&mut row, &set.extra, false);
    let (values, configuration) = write_levels(set);
    row[Column::Id as usize] = id;
    row[Column::ScaleValues as usize] = values;
    row[Column::ScaleConfiguration as usize] = configuration;
    row[Column::IsFramework as usize] = "1".into();
    row[Column::Taxonomy as usize] = write_taxonomy(set);
    row.map(|cell| cells::guard(&cell))
}

/// Name, description and its format. A name that Moodle would cut stands whole
/// at the head of the description.
fn text_cells(
    title: &str,
    description: &str,
    details: &super::ExchangeDetails,
    format: TextFormat,
    extra: &Value,
) -> Cells {
    let mut row = Cells::default();
    let mut name = title.to_owned();
    let mut text = detail_text::attach(description, details, format);
    if !fits(&name) {
        let whole = line(title);
        let guard = cells::guard(&whole).chars().count() - whole.chars().count();
        name = format!("{}…", cut(&whole, MOODLE_NAME - 1 - guard));
        text = match format {
            TextFormat::Html => format!("<p>{}</p>\n{text}", escape_html(&whole)),
            TextFormat::Markdown | TextFormat::Plain => format!("{whole}\n\n{text}"),
        };
    }
    let code = match format {
        TextFormat::Html => extra
            .pointer("/moodle/description_format")
            .and_then(Value::as_str)
            .unwrap_or("1"),
        TextFormat::Plain => "2",
        TextFormat::Markdown => "4",
    };
    row[Column::Name as usize] = name;
    row[Column::Description as usize] = text.trim_end().to_owned();
    row[Column::DescriptionFormat as usize] = code.to_owned();
    row
}

/// Rules, scales and exported ids as they came; Moodle writes what it writes
/// for "nothing" on items only.
fn fill(row: &mut Cells, extra: &Value, item: bool) {
    for (key, column, nothing) in KEPT {
        let kept = extra.get("moodle").and_then(|moodle| moodle.get(key)?.as_str());
        let nothing = if item { nothing } else { "" };
        row[column as usize] = kept.unwrap_or(nothing).to_owned();
    }
}

fn written(table: &[Cells]) -> String {
    let quoted = |cell: &String| {
        if cell.contains(['"', ',', '\n', '\r', ' ', '\t', '\'']) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell.clone()
        }
    };
    let rows = table
        .iter()
        .map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(",") + "\n");
    rows.collect()
}
