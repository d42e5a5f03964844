//! The statement map of a draft: looked at, confirmed, changed.

use std::collections::{BTreeSet, HashMap};

use surrealdb_types::SurrealValue;

use super::reading::{Side, Two, two};
use super::{count, level_names, own_draft, pages, part, size};
use crate::db::Db;
use crate::editions::mapping::{Decision, Map, map};
use crate::editions::model::{Counts, Kind, MapPage, MapRow, Named};
use crate::editions::words::differences;
use crate::error::{AppError, Result};
use crate::id::{EditionId, NodeId};
use crate::vars;
use crate::viewer::Viewer;

/// Rows of the map on a page.
const PAGE: usize = 25;
/// Rows that one transaction writes.
const ROWS: usize = 1_000;
/// How many nodes one can become.
const PARTS: usize = 20;

/// Where the map of a draft that is written to is read.
async fn own_two(db: &Db, viewer: &Viewer, edition: &EditionId) -> Result<Two> {
    own_draft(db, viewer, edition).await?;
    two(db, edition, false).await?.ok_or(AppError::NotFound)
}

/// A page of a draft's map; nothing when there is no edition before it. `waits`
/// learns how many rows wait for each section.
pub(super) async fn map_page(
    db: &Db,
    edition: &EditionId,
    number: u32,
    statements: i64,
    kind: Option<Kind>,
    waiting: bool,
    page: u32,
    waits: &mut HashMap<String, u32>,
) -> Result<Option<MapPage>> {
    let Some(two) = two(db, edition, false).await? else {
        return Ok(None);
    };
    let (two, map) = two.mapped().await?;
    let kinds = map
        .mappings
        .iter()
        .map(|one| one.kind)
        .chain(map.new.iter().map(|_| Kind::New));
    let counts = Counts::count(kinds);
    // By section that it leads into.
    for mapping in map.mappings.iter().filter(|mapping| !mapping.confirmed) {
        let tops: BTreeSet<usize> = mapping.becomes.iter().map(|to| two.new.top[*to]).collect();
        for top in tops {
            *waits.entry(two.new.nodes[top].identifier.clone()).or_default() += 1;
        }
    }
    let open = |kind: Option<Kind>| {
        let open =
            |one: &&crate::editions::mapping::Mapping| !one.confirmed && kind.is_none_or(|kind| one.kind == kind);
        size(map.mappings.iter().filter(open).count())
    };
    let mut shown: Vec<Row> = rows(&map)
        .filter(|row| kind.is_none_or(|kind| row.kind(&map) == kind) && (!waiting || row.waits(&map)))
        .collect();
    // In reading order among those of a rank.
    shown.sort_by_key(|row| row.rank(&two, &map));
    let apart = shown.partition_point(|row| row.rank(&two, &map) < Rank::Same);
    let same = match kind.is_none() && !waiting {
        true => shown.split_off(apart),
        false => Vec::new(),
    };
    let many = pages(shown.len(), PAGE);
    let page = page.clamp(1, many);
    let folded = if page == many { same.as_slice() } else { &[] };
    let folded = folded.iter().take(PAGE).map(|row| row.shown(&two, &map)).collect();
    Ok(Some(MapPage {
        edition: edition.clone(),
        number,
        bases: two.bases.iter().map(|base| count(base.number)).collect(),
        waiting: open(None),
        waiting_same: open(Some(Kind::Same)),
        levels_asked: level_names::asked(&two),
        scale: two.labels.clone(),
        counts,
        kind,
        waiting_only: waiting,
        rows: part(shown, page, PAGE)
            .into_iter()
            .map(|row| row.shown(&two, &map))
            .collect(),
        same: folded,
        page,
        pages: many,
        ready: map.waiting() == 0 && statements > 0,
    }))
}

/// A line of the map: an old node, or a new one that nothing becomes.
#[derive(Clone, Copy)]
enum Row {
    Old(usize),
    New(usize),
}

/// What a curator looks at first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// It is guessed, and waits to be confirmed.
    Unsure,
    /// It changed for certain, and waits.
    Changed,
    Confirmed,
    New,
    Same,
}

fn rows(map: &Map) -> impl Iterator<Item = Row> {
    (0..map.mappings.len())
        .map(Row::Old)
        .chain(map.new.iter().copied().map(Row::New))
}

/// In reading order, whatever order a curator typed them in.
fn named(side: &Side, places: &[usize]) -> Vec<Named> {
    let mut places = places.to_vec();
    places.sort_unstable();
    places.into_iter().map(|at| side.named[at].clone()).collect()
}

impl Row {
    fn kind(self, map: &Map) -> Kind {
        match self {
            Self::Old(at) => map.mappings[at].kind,
            Self::New(_) => Kind::New,
        }
    }

    fn waits(self, map: &Map) -> bool {
        matches!(self, Self::Old(at) if !map.mappings[at].confirmed)
    }

    fn rank(self, two: &Two, map: &Map) -> Rank {
        let Self::Old(at) = self else { return Rank::New };
        let mapping = &map.mappings[at];
        let goes_on = |to: &usize| two.new.nodes[*to].identifier == two.old.nodes[at].identifier;
        match mapping.kind {
            Kind::Same => Rank::Same,
            _ if mapping.confirmed => Rank::Confirmed,
            Kind::Reworded | Kind::Moved if mapping.becomes.iter().all(goes_on) => Rank::Changed,
            _ => Rank::Unsure,
        }
    }

    fn shown(self, two: &Two, map: &Map) -> MapRow {
        match self {
            Self::New(at) => MapRow {
                identifier: String::new(),
                kind: Kind::New,
                confirmed: true,
                means_same: false,
                print: String::new(),
                before: None,
                after: named(&two.new, &[at]),
                pieces: Vec::new(),
                beside: false,
            },
            Self::Old(at) => {
                let mapping = &map.mappings[at];
                let one = mapping.becomes.first().filter(|_| mapping.becomes.len() == 1);
                let old = &two.old.nodes[at];
                MapRow {
                    identifier: old.identifier.clone(),
                    kind: mapping.kind,
                    confirmed: mapping.confirmed,
                    means_same: mapping.means_same,
                    print: mapping.print.clone(),
                    before: Some(two.old.named[at].clone()),
                    after: named(&two.new, &mapping.becomes),
                    pieces: one
                        .filter(|one| two.new.nodes[**one].title != old.title)
                        .map(|one| differences(&old.title, &two.new.nodes[*one].title))
                        .unwrap_or_default(),
                    beside: one.is_some_and(|one| two.new.nodes[*one].text != old.text),
                }
            }
        }
    }
}

#[derive(SurrealValue)]
struct DecisionRecord {
    edition: EditionId,
    node: NodeId,
    identifier: String,
    position: i64,
    kind: String,
    becomes: Vec<NodeId>,
    means_same: bool,
    print: String,
}

fn record(edition: &EditionId, two: &Two, map: &Map, at: usize) -> DecisionRecord {
    let mapping = &map.mappings[at];
    DecisionRecord {
        edition: edition.clone(),
        node: two.old.ids[at].clone(),
        identifier: two.old.nodes[at].identifier.clone(),
        position: i64::try_from(at).unwrap_or(i64::MAX),
        kind: mapping.kind.as_str().to_owned(),
        becomes: mapping.becomes.iter().map(|at| two.new.ids[*at].clone()).collect(),
        means_same: mapping.means_same,
        print: mapping.print.clone(),
    }
}

async fn write(db: &Db, mut rows: Vec<DecisionRecord>) -> Result<()> {
    while !rows.is_empty() {
        let part: Vec<DecisionRecord> = rows.drain(..rows.len().min(ROWS)).collect();
        db.write(
            "LET $named = array::map($rows, |$row| object::extend($row, {
                id: type::record('statement_map', [record::id($row.edition), $row.identifier]) }));
             INSERT INTO statement_map $named ON DUPLICATE KEY UPDATE kind = $input.kind, becomes = $input.becomes,
                means_same = $input.means_same, print = $input.print, node = $input.node, position = $input.position RETURN NONE;",
            vars! { "rows" => part },
        )
        .await?;
    }
    Ok(())
}

const LOOK_AGAIN: &str = "The draft was changed in the meantime. Look at the map again, then confirm it.";

/// Confirms rows of the map as they were looked at, each an identifier and its
/// print with a colon between.
pub async fn confirm(db: &Db, viewer: &Viewer, edition: &EditionId, looked: &[String]) -> Result<()> {
    let (two, map) = own_two(db, viewer, edition).await?.mapped().await?;
    let mut confirmed = Vec::new();
    for row in looked {
        let (identifier, print) = row.rsplit_once(':').ok_or(AppError::NotFound)?;
        let at = place(&two.old, identifier)?;
        if map.mappings[at].print != print {
            return Err(AppError::Conflict(LOOK_AGAIN.into()));
        }
        confirmed.push(record(edition, &two, &map, at));
    }
    write(db, confirmed).await
}

/// Confirms all that is the same in both editions.
pub async fn confirm_same(db: &Db, viewer: &Viewer, edition: &EditionId) -> Result<()> {
    let (two, map) = own_two(db, viewer, edition).await?.mapped().await?;
    let same = |at: &usize| map.mappings[*at].kind == Kind::Same && !map.mappings[*at].confirmed;
    let rows = (0..map.mappings.len()).filter(same);
    write(db, rows.map(|at| record(edition, &two, &map, at)).collect()).await
}

/// Confirms the whole map as it stands, each row at its place; what is said of
/// what goes on no more, since it was published ahead, is taken away.
pub(super) async fn confirm_all(db: &Db, edition: &EditionId, two: &Two, map: &Map) -> Result<()> {
    let held: Vec<String> = two.old.nodes.iter().map(|node| node.identifier.clone()).collect();
    db.write(
        "LET $said = (SELECT VALUE identifier FROM statement_map WHERE edition = $edition);
         LET $stale = array::map(array::complement($said, $held), |$one|
            type::record('statement_map', [record::id($edition), $one]));
         IF $stale != [] { DELETE $stale RETURN NONE };",
        vars! { "edition" => edition.clone(), "held" => held },
    )
    .await?;
    let rows = (0..map.mappings.len()).map(|at| record(edition, two, map, at));
    write(db, rows.collect()).await
}

/// Writes the map of sections that are published ahead, for an edition that is
/// not there yet.
pub(super) async fn write_ahead(
    db: &Db,
    edition: &EditionId,
    two: &Two,
    ahead: &crate::editions::ahead::Ahead,
) -> Result<()> {
    let id = |at: usize| {
        let node = &two.new.nodes[ahead.new[at]];
        let identifier = uuid::Uuid::parse_str(&node.identifier);
        let identifier = identifier.map_err(|error| AppError::internal("identifier", error))?;
        crate::competencies::store::node_key(edition, identifier)
    };
    let row = |(at, mapping): (usize, &crate::editions::mapping::Mapping)| {
        let old = ahead.old[at];
        Ok(DecisionRecord {
            edition: edition.clone(),
            node: two.old.ids[old].clone(),
            identifier: two.old.nodes[old].identifier.clone(),
            position: i64::try_from(at).unwrap_or(i64::MAX),
            kind: mapping.kind.as_str().to_owned(),
            becomes: mapping.becomes.iter().map(|at| id(*at)).collect::<Result<_>>()?,
            means_same: mapping.means_same,
            print: mapping.print.clone(),
        })
    };
    let rows = ahead.map.mappings.iter().enumerate().map(row).collect::<Result<_>>()?;
    write(db, rows).await
}

fn place(side: &Side, identifier: &str) -> Result<usize> {
    let own = |node: &crate::editions::mapping::MapNode| node.identifier == identifier;
    side.nodes.iter().position(own).ok_or(AppError::NotFound)
}

/// Says what a node becomes: codes of the draft with semicolons between, nothing
/// when it is retired. What a curator says is confirmed with it.
pub async fn change(
    db: &Db,
    viewer: &Viewer,
    edition: &EditionId,
    identifier: &str,
    codes: &str,
    means_same: bool,
) -> Result<()> {
    let mut two = own_two(db, viewer, edition).await?;
    let at = place(&two.old, identifier)?;
    let mut becomes: Vec<String> = Vec::new();
    for code in codes.split([';', '\n']).map(str::trim).filter(|code| !code.is_empty()) {
        let found = called(&two.new, code).ok_or_else(|| {
            let shown: String = code.chars().take(80).collect();
            AppError::field(
                "becomes",
                format!("There is no “{shown}” in the draft. Type codes as they stand there."),
            )
        })?;
        if !becomes.contains(&found) {
            becomes.push(found);
        }
    }
    if becomes.len() > PARTS {
        return Err(AppError::field("becomes", "One statement becomes at most 20."));
    }
    let decision = Decision {
        kind: Kind::Same,
        means_same: means_same && becomes.len() == 1,
        becomes,
        print: String::new(),
    };
    two.decisions.insert(identifier.to_owned(), decision);
    let map = map(&two.old.nodes, &two.new.nodes, &two.decisions);
    write(db, vec![record(edition, &two, &map, at)]).await
}

/// The node that is called so: by its address, its code where only one has it,
/// or its identifier.
fn called(side: &Side, name: &str) -> Option<String> {
    let lower = name.to_lowercase();
    let exact = side.named.iter().position(|named| named.address == name);
    let place = exact.or_else(|| {
        let mut same = (0..side.nodes.len())
            .filter(|at| side.named[*at].code.to_lowercase() == lower || side.nodes[*at].identifier == lower);
        same.next().filter(|_| same.next().is_none())
    })?;
    Some(side.nodes[place].identifier.clone())
}
