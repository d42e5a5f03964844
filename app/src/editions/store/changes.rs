//! What changed from one edition to the next, for everyone who may see both.

use std::collections::HashMap;

use surrealdb_types::SurrealValue;

use super::reading::{Side, Two, two};
use super::{count, pages, part};
use crate::competencies::model::EditionState;
use crate::db::Db;
use crate::editions::mapping::Map;
use crate::editions::model::{Change, ChangeGroup, ChangesPage, Counts, Kind, Named};
use crate::editions::words::differences;
use crate::error::{AppError, Result};
use crate::id::{EditionId, OrganisationId};
use crate::vars;
use crate::viewer::Viewer;

/// Changes on a page.
const PAGE: usize = 30;

#[derive(SurrealValue)]
struct HeadRow {
    id: EditionId,
    title: String,
    language: String,
    state: String,
    line: Vec<OrganisationId>,
}

/// What is asked for of the changes.
#[derive(Debug, Clone, Default)]
pub struct Narrow {
    pub kind: Option<Kind>,
    /// The address of one node in the later edition; empty: all.
    pub node: String,
    pub page: u32,
}

/// What changed in an edition from the one before. A draft's changes are for
/// curators only.
pub async fn changes(db: &Db, viewer: &Viewer, slug: &str, number: u32, narrow: &Narrow) -> Result<ChangesPage> {
    let mut answers = db
        .run(
            "LET $set = (SELECT VALUE id FROM competency_set WHERE slug = $slug)[0];
             SELECT id, title, language, state, competency_set.organisation.line AS line FROM edition
                WHERE competency_set = $set AND number = $number;",
            vars! { "slug" => slug.to_owned(), "number" => i64::from(number) },
        )
        .await?;
    let head = answers.row::<HeadRow>(1)?.ok_or(AppError::NotFound)?;
    let public = EditionState::parse(&head.state).is_some_and(EditionState::is_public);
    if !public && !viewer.may_curate(&head.line) {
        return Err(AppError::NotFound);
    }
    let mut shown = ChangesPage {
        slug: slug.to_owned(),
        title: head.title,
        language: head.language,
        number,
        bases: Vec::new(),
        counts: Counts::default(),
        kind: narrow.kind,
        node: None,
        groups: Vec::new(),
        page: 1,
        pages: 1,
    };
    let Some(two) = two(db, &head.id, false).await? else {
        return Ok(shown);
    };
    let (two, map) = two.mapped().await?;
    shown.bases = two.bases.iter().map(|base| count(base.number)).collect();
    let items = items(&two, &map);
    shown.counts = Counts::count(items.iter().map(|item| item.kind));
    let asked = |item: &&Item| {
        let kind = match narrow.kind {
            Some(kind) => item.kind == kind,
            None => item.kind != Kind::Same || !narrow.node.is_empty(),
        };
        kind && (narrow.node.is_empty() || item.is_about(&two, &narrow.node))
    };
    let asked: Vec<&Item> = items.iter().filter(asked).collect();
    if !narrow.node.is_empty() {
        let named = two.new.named.iter().find(|named| named.address == narrow.node);
        shown.node = Some(named.map_or_else(|| narrow.node.clone(), Named::words));
    }
    shown.pages = pages(asked.len(), PAGE);
    shown.page = narrow.page.clamp(1, shown.pages);
    let rows = part(asked, shown.page, PAGE);
    shown.groups = grouped(&two, rows);
    Ok(shown)
}

/// What became of one old node, or a new one.
struct Item {
    kind: Kind,
    old: Option<usize>,
    new: Vec<usize>,
    /// The section it stands under, in the order of the later edition.
    group: Group,
    position: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Group {
    New(usize),
    /// A section that is gone.
    Old(usize),
}

impl Item {
    fn is_about(&self, two: &Two, address: &str) -> bool {
        self.new.iter().any(|at| two.new.named[*at].address == address)
    }
}

/// All of both editions, in reading order of the later one; what was retired
/// stands where its section goes on.
fn items(two: &Two, map: &Map) -> Vec<Item> {
    let old = map.mappings.iter().enumerate().map(|(at, mapping)| {
        let words_differ = |to: &usize| {
            let (old, new) = (&two.old.nodes[at], &two.new.nodes[*to]);
            (&old.title, &old.text) != (&new.title, &new.text)
        };
        // A curator may say that other words mean the same: they are other words.
        let reworded = matches!(mapping.kind, Kind::Same | Kind::Moved) && mapping.becomes.iter().any(words_differ);
        let section = |at: usize| map.mappings[at].becomes.first().map(|to| two.new.top[*to]);
        // In reading order, whatever order a curator typed them in.
        let mut becomes = mapping.becomes.clone();
        becomes.sort_unstable();
        let (group, position) = match becomes.first() {
            Some(to) => (Group::New(two.new.top[*to]), *to),
            None => match section(two.old.top[at]) {
                Some(section) => (Group::New(section), before(two, map, at)),
                None => (Group::Old(two.old.top[at]), at),
            },
        };
        Item {
            kind: if reworded { Kind::Reworded } else { mapping.kind },
            old: Some(at),
            new: becomes,
            group,
            position,
        }
    });
    let new = map.new.iter().map(|at| Item {
        kind: Kind::New,
        old: None,
        new: vec![*at],
        group: Group::New(two.new.top[*at]),
        position: *at,
    });
    let mut items: Vec<Item> = old.chain(new).collect();
    items.sort_by_key(|item| (item.group, item.position, item.old));
    items
}

/// Where the node before a retired one stands now.
fn before(two: &Two, map: &Map, at: usize) -> usize {
    let top = two.old.top[at];
    let own = (0..at).rev().take_while(|before| two.old.top[*before] == top);
    own.filter_map(|before| map.mappings[before].becomes.first().copied())
        .next()
        .unwrap_or(0)
}

fn grouped(two: &Two, items: Vec<&Item>) -> Vec<ChangeGroup> {
    let mut places: HashMap<Group, usize> = HashMap::new();
    let mut groups: Vec<ChangeGroup> = Vec::new();
    for item in items {
        let at = *places.entry(item.group).or_insert_with(|| {
            let named = match item.group {
                Group::New(at) => &two.new.named[at],
                Group::Old(at) => &two.old.named[at],
            };
            groups.push(ChangeGroup {
                title: named.words(),
                changes: Vec::new(),
            });
            groups.len() - 1
        });
        groups[at].changes.push(item.shown(two));
    }
    groups
}

impl Item {
    fn shown(&self, two: &Two) -> Change {
        let before = self.old.map(|at| two.old.named[at].clone());
        let one = self.old.zip(self.new.first().copied().filter(|_| self.new.len() == 1));
        let (title, parts, place) = match one {
            Some((old, new)) => (
                differences(&two.old.named[old].title, &two.new.named[new].title),
                parts(two, old, new),
                place(two, old, new),
            ),
            None => (Vec::new(), Vec::new(), None),
        };
        Change {
            kind: self.kind,
            before,
            after: self.new.iter().map(|at| two.new.named[*at].clone()).collect(),
            title,
            parts,
            place,
        }
    }
}

fn parts(two: &Two, old: usize, new: usize) -> Vec<(String, Vec<crate::editions::model::Piece>)> {
    let both = two.old.texts[old].iter().zip(&two.new.texts[new]);
    both.filter(|((_, old), (_, new))| old != new)
        .map(|((name, old), (_, new))| ((*name).to_owned(), differences(old, new)))
        .collect()
}

/// Under what it stood and stands, and under which code, where these differ.
fn place(two: &Two, old: usize, new: usize) -> Option<(String, String)> {
    let place = |side: &Side, at: usize| {
        let above = side.above[at].map(|above| side.named[above].words());
        let code = &side.named[at].code;
        match above {
            Some(above) if code.is_empty() => above,
            Some(above) => format!("{code} in {above}"),
            None => code.clone(),
        }
    };
    let (was, is) = (place(&two.old, old), place(&two.new, new));
    let same_place = two.old.named[old].code == two.new.named[new].code
        && two.old.above[old].map(|at| &two.old.nodes[at].identifier)
            == two.new.above[new].map(|at| &two.new.nodes[at].identifier);
    (!same_place && was != is).then_some((was, is))
}
