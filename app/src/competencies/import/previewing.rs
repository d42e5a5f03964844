//! A plan as the person who decides sees it.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::shape::placed;
use crate::competencies::model::{
    EditionState, Level, MatchedColumn, NodeKind, NodeLink, OUTLINE, Outcome, OutlineNode, Preview, ReferenceLine,
    Remark, SetTitle, Weight, thinned,
};
use crate::competencies::store::{Stored, link_words};
use crate::exchange::sheet::{Column, SheetColumn};
use crate::exchange::{self, Becomes, ExchangeSet, Format, Parsed, Plan, ReferenceChange, Severity, case};

/// Nodes listed as gone from the file.
const MISSING_SHOWN: usize = 300;
/// Cross-references listed as new, changed or gone.
const REFERENCES_SHOWN: usize = 300;

pub(super) fn preview(
    parsed: &Parsed,
    current: Option<&Stored>,
    plan: Option<&Plan>,
    outcome: Outcome,
    file_name: &str,
) -> Preview {
    let empty = ExchangeSet::default();
    let set = parsed.set.as_ref().unwrap_or(&empty);
    let places = placed(set);
    let of_kind = |kind: NodeKind| number(places.iter().filter(|place| place.kind == kind).count());
    let format = match parsed.format {
        Some(Format::Case) => "CASE package",
        Some(Format::Moodle) => "Moodle framework",
        Some(Format::Sheet) => "Spreadsheet",
        Some(Format::Asn) => "ASN document",
        None => "",
    };
    let counted = |list: fn(&Plan) -> &Vec<Uuid>| plan.map_or(0, |plan| number(list(plan).len()));
    let referring = |becomes: Becomes| {
        let changes = plan.into_iter().flat_map(|plan| &plan.references);
        number(changes.filter(|change| change.becomes == becomes).count())
    };
    let counts = set.counts();
    Preview {
        import: None,
        organisation: String::new(),
        file_name: file_name.to_owned(),
        title: set.title.clone(),
        format: format.into(),
        outcome,
        undoable: false,
        sections: of_kind(NodeKind::Section),
        competencies: of_kind(NodeKind::Competency),
        statements: of_kind(NodeKind::Statement),
        references: counts.references,
        with_details: counts.with_details,
        levels: set
            .scale
            .iter()
            .map(|level| Level {
                label: level.label.clone(),
                description: level.description.clone(),
            })
            .collect(),
        outline: outline(set, plan),
        new: if plan.is_some() {
            counted(|plan| &plan.new)
        } else {
            counts.nodes
        },
        changed: counted(|plan| &plan.changed),
        moved: counted(|plan| &plan.moved),
        unchanged: counted(|plan| &plan.unchanged),
        missing: counted(|plan| &plan.missing),
        missing_nodes: current
            .zip(plan)
            .map(|(current, plan)| missing(current, plan))
            .unwrap_or_default(),
        references_new: referring(Becomes::New),
        references_changed: referring(Becomes::Changed),
        references_gone: referring(Becomes::Gone),
        reference_lines: current
            .zip(plan)
            .map(|(current, plan)| reference_lines(&current.set, set, plan))
            .unwrap_or_default(),
        set_fields: plan
            .map(|plan| plan.set_fields.iter().map(|field| field_words(field).into()).collect())
            .unwrap_or_default(),
        remarks: remarks(parsed),
        columns: Vec::new(),
        column_choices: Vec::new(),
        header: 0,
        heads: Vec::new(),
    }
}

/// Adds the columns of a table and what they were taken for, and the rows that
/// may name them.
pub(super) fn with_columns(
    preview: &mut Preview,
    shown: Vec<SheetColumn>,
    chosen: &[Column],
    (header, heads): (usize, Vec<(usize, String)>),
) {
    let number = |number: usize| u32::try_from(number).unwrap_or(0);
    preview.header = number(header);
    preview.heads = heads.into_iter().map(|(row, words)| (number(row), words)).collect();
    let column = |(column, chosen): (SheetColumn, &Column)| MatchedColumn {
        name: column.name,
        examples: column.examples,
        chosen: chosen.as_str(),
    };
    preview.columns = shown.into_iter().zip(chosen).map(column).collect();
    let choices = Column::choices().map(|(column, words)| (column.as_str(), words.to_owned()));
    preview.column_choices = choices.collect();
}

/// What a set is called: as was typed, as the one that is there, as its file says,
/// or as the file.
pub(super) fn title_of(typed: &str, current: Option<&Stored>, own: &str, file_name: &str) -> String {
    if let Ok(title) = SetTitle::parse(typed) {
        return title.as_str().to_owned();
    }
    if let Some(current) = current {
        return current.set.title.clone();
    }
    let own: String = own.chars().take(SetTitle::MOST).collect();
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
    [own.as_str(), stem]
        .into_iter()
        .find_map(|title| SetTitle::parse(title).ok())
        .map_or_else(|| "Imported set".into(), |title| title.as_str().to_owned())
}

/// What importing a file that can be read would make.
pub(super) fn outcome(current: Option<&Stored>, plan: Option<&Plan>) -> Outcome {
    let (Some(current), Some(plan)) = (current, plan) else {
        return Outcome::NewSet;
    };
    let (set, number) = (current.slug.clone(), current.number);
    if plan.is_empty() {
        Outcome::Unchanged { set, number }
    } else {
        match current.state {
            EditionState::Draft => Outcome::ReplacesDraft { set, number },
            EditionState::InReview => Outcome::InReview { set, number },
            EditionState::Published | EditionState::Retired => Outcome::NewEdition {
                set,
                number: number + 1,
                after: number,
            },
        }
    }
}

fn outline(set: &ExchangeSet, plan: Option<&Plan>) -> Vec<OutlineNode> {
    let mut badges: HashMap<Uuid, &str> = HashMap::new();
    if let Some(plan) = plan {
        badges.extend(plan.new.iter().map(|id| (*id, "new")));
        badges.extend(plan.moved.iter().map(|id| (*id, "moved")));
        badges.extend(plan.changed.iter().map(|id| (*id, "changed")));
        let moved: HashSet<&Uuid> = plan.moved.iter().collect();
        badges.extend(
            plan.changed
                .iter()
                .filter(|id| moved.contains(id))
                .map(|id| (*id, "changed, moved")),
        );
    }
    let node = |(node, place): (&exchange::ExchangeNode, &super::shape::Placed)| OutlineNode {
        depth: number(place.above.len()),
        code: node.code.clone().unwrap_or_default(),
        title: node.title.clone(),
        badge: badges.get(&node.identifier).copied().unwrap_or_default().to_owned(),
        ..OutlineNode::default()
    };
    thinned(set.nodes.iter().zip(&placed(set)).map(node).collect(), OUTLINE)
}

fn missing(current: &Stored, plan: &Plan) -> Vec<NodeLink> {
    let gone: HashSet<&Uuid> = plan.missing.iter().collect();
    let nodes = current.set.nodes.iter().filter(|node| gone.contains(&node.identifier));
    nodes
        .take(MISSING_SHOWN)
        .map(|node| NodeLink {
            address: String::new(),
            code: node.code.clone().unwrap_or_default(),
            title: node.title.clone(),
        })
        .collect()
}

/// What becomes of cross-references, in words; what is gone first.
fn reference_lines(current: &ExchangeSet, incoming: &ExchangeSet, plan: &Plan) -> Vec<ReferenceLine> {
    let mut titles: HashMap<Uuid, String> = HashMap::new();
    for set in [current, incoming] {
        let abroad = case::leading_out(&set.extra).into_iter().map(|(one, _)| one);
        let abroad = abroad.chain(set.origins.iter().cloned());
        titles.extend(
            abroad
                .filter(|one| !one.title.is_empty())
                .map(|one| (one.to, one.title)),
        );
    }
    for set in [current, incoming] {
        titles.extend(set.nodes.iter().map(|node| (node.identifier, node.title.clone())));
    }
    let title = |own: &Uuid| titles.get(own).cloned().unwrap_or_else(|| own.to_string());
    let line = |change: &ReferenceChange| ReferenceLine {
        becomes: match change.becomes {
            Becomes::New => "New".into(),
            Becomes::Changed => "Changed".into(),
            Becomes::Gone => "No longer in the file".into(),
        },
        from: title(&change.from),
        words: link_words(&change.kind, true),
        to: title(&change.to),
    };
    let of = |becomes: Becomes| plan.references.iter().filter(move |change| change.becomes == becomes);
    let all = of(Becomes::Gone).chain(of(Becomes::Changed)).chain(of(Becomes::New));
    all.take(REFERENCES_SHOWN).map(line).collect()
}

fn remarks(parsed: &Parsed) -> Vec<Remark> {
    let weight = |severity: Severity| match severity {
        Severity::Refused => Weight::Refused,
        Severity::Skipped => Weight::LeftOut,
        Severity::Noted => Weight::Noted,
    };
    let problem = |problem: &exchange::Problem| Remark {
        weight: weight(problem.severity),
        place: problem.place.clone(),
        message: problem.message.clone(),
    };
    let leniency = |leniency: &exchange::Leniency| Remark {
        weight: Weight::Noted,
        place: leniency.first_place.clone(),
        message: match leniency.count {
            0 | 1 => leniency.message.clone(),
            times => format!("{} ({times} times, here first)", leniency.message.trim_end_matches('.')),
        },
    };
    parsed
        .problems
        .iter()
        .map(problem)
        .chain(parsed.leniencies.iter().map(leniency))
        .collect()
}

fn field_words(field: &str) -> &str {
    match field {
        "title" => "name",
        "scale" => "proficiency scale",
        "external_id" => "id number",
        "extra" => "other fields of its format",
        other => other,
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
