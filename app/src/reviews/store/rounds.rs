//! The rounds of a set, and those that somebody reviews in.

use surrealdb_types::SurrealValue;

use super::statement::named;
use super::{count, pages};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{EditionId, NodeId, OrganisationId, ReviewRoundId};
use crate::reviews::model::{
    Choosable, Hindrance, MOST_LISTED, MyReviews, MyRound, NewRoundForm, RoundLine, RoundsPage,
};
use crate::reviews::rules::Gate;
use crate::vars;
use crate::viewer::{Person, Viewer};

/// Rounds on one page.
const EACH: u32 = 30;

#[derive(SurrealValue)]
struct SetRow {
    slug: String,
    title: String,
    line: Vec<OrganisationId>,
}

#[derive(SurrealValue)]
struct RoundLineRow {
    id: ReviewRoundId,
    title: String,
    edition: i64,
    due: String,
    items: i64,
    unresolved: i64,
    reviewers: i64,
    signed_off: bool,
}

#[derive(SurrealValue)]
struct DraftRow {
    id: EditionId,
    number: i64,
    statements: i64,
}

#[derive(SurrealValue)]
struct NodeRow {
    id: NodeId,
    depth: i64,
    kind: String,
    code: String,
    title: String,
}

const ROUNDS: &str = "
    LET $set = (SELECT VALUE id FROM competency_set WHERE slug = $slug)[0];
    LET $editions = (SELECT VALUE id FROM edition WHERE competency_set = $set);
    LET $draft = (SELECT VALUE id FROM edition WHERE competency_set = $set AND state = 'draft' LIMIT 1)[0];
    LET $depths = (SELECT VALUE depth FROM node WHERE edition = $draft);
    LET $deep = IF array::len($depths) <= $listed { 100 } ELSE IF array::len(array::filter($depths, |$depth| $depth <= 1)) <= $listed { 1 } ELSE { 0 };
    SELECT slug, title, organisation.line AS line FROM $set;
    count(SELECT VALUE id FROM review_round WHERE edition IN $editions);
    SELECT id, title, edition.number AS edition, due, items, signed_off != NONE AS signed_off, opened,
        count(SELECT VALUE id FROM review_item WHERE round = $parent.id AND resolution = NONE) AS unresolved,
        count(SELECT VALUE id FROM reviewer WHERE round = $parent.id AND revoked = NONE) AS reviewers
        FROM review_round WHERE edition IN $editions ORDER BY opened DESC, id LIMIT $limit START $start;
    SELECT id, number, statements FROM $draft;
    SELECT id, depth, kind, code, title, position FROM node WHERE edition = $draft AND depth <= $deep ORDER BY position LIMIT $listed;
    $deep < 100;
    IF $draft = NONE { 0 } ELSE { count(fn::unreviewed($draft)[WHERE now != NONE]) };";

/// The rounds of a set and the form of a new one, for its curators.
pub async fn rounds_page(db: &Db, viewer: &Viewer, set: &str, page: u32) -> Result<RoundsPage> {
    if !viewer.is_signed_in() {
        return Err(AppError::SignInNeeded);
    }
    let page = page.clamp(1, 10_000);
    let mut answers = db
        .run(
            ROUNDS,
            vars! {
                "slug" => set.to_owned(), "limit" => i64::from(EACH), "start" => i64::from((page - 1) * EACH),
                "listed" => i64::try_from(MOST_LISTED).unwrap_or(0),
            },
        )
        .await?;
    let set = answers.row::<SetRow>(5)?.filter(|set| viewer.may_curate(&set.line));
    let set = set.ok_or(AppError::NotFound)?;
    let many = answers.row::<i64>(6)?.unwrap_or(0);
    let rounds = answers.rows::<RoundLineRow>(7)?;
    let draft = answers.row::<DraftRow>(8)?;
    let nodes = answers.rows::<NodeRow>(9)?;
    let cut = answers.row::<bool>(10)?.unwrap_or(false);
    let changed = count(answers.row::<i64>(11)?.unwrap_or(0));
    Ok(RoundsPage {
        set: set.slug,
        title: set.title,
        rounds: rounds.into_iter().map(line).collect(),
        page,
        pages: pages(many, EACH),
        new: draft
            .filter(|draft| draft.statements > 0)
            .map(|draft| form(draft, nodes, cut, changed, viewer.timezone())),
    })
}

fn line(row: RoundLineRow) -> RoundLine {
    RoundLine {
        id: row.id,
        title: row.title,
        edition: count(row.edition),
        due: crate::time::day_label(&row.due),
        items: count(row.items),
        unresolved: count(row.unresolved),
        reviewers: count(row.reviewers),
        signed_off: row.signed_off,
    }
}

/// `cut`: of a large draft, only sections and competencies are listed, or sections.
fn form(draft: DraftRow, nodes: Vec<NodeRow>, cut: bool, changed: u32, zone: &str) -> NewRoundForm {
    NewRoundForm {
        edition: draft.id.to_string(),
        number: count(draft.number),
        key: uuid::Uuid::new_v4().to_string(),
        statements: count(draft.statements),
        choices: nodes
            .into_iter()
            .map(|node| Choosable {
                words: named(&node.code, &node.title),
                depth: count(node.depth),
                statement: node.kind == "statement",
                id: node.id,
            })
            .collect(),
        cut,
        changed,
        due: fortnight(zone),
    }
}

/// A day two weeks ahead, to begin with.
fn fortnight(zone: &str) -> String {
    use jiff::ToSpan;

    let today = crate::time::parse_day(&crate::time::today(zone));
    today.map_or_else(String::new, |today| today.saturating_add(14.days()).to_string())
}

/// What `fn::review_hindrance` answers with.
#[derive(SurrealValue)]
pub struct HindranceRow {
    id: ReviewRoundId,
    title: String,
    left: i64,
    added: i64,
}

impl HindranceRow {
    /// The round, and why its edition cannot be published.
    pub fn hindrance(self) -> Option<Hindrance> {
        let reason = Gate::of(count(self.left), count(self.added), 0, false).reason(&self.title)?;
        Some(Hindrance { round: self.id, reason })
    }
}

/// Why an edition cannot be published, where a round of it keeps it.
pub async fn hindrance(db: &Db, edition: &EditionId) -> Result<Option<Hindrance>> {
    let row: Option<HindranceRow> = db
        .row(
            "fn::review_hindrance($edition);",
            vars! { "edition" => edition.clone() },
        )
        .await?;
    Ok(row.and_then(HindranceRow::hindrance))
}

#[derive(SurrealValue)]
struct MineRow {
    round_id: ReviewRoundId,
    title: String,
    set_title: String,
    due: String,
    given: i64,
    items: i64,
    finished: bool,
    over: bool,
    still: bool,
}

/// The rounds that somebody reviews in by their account: those that go on
/// first, by their last day; and those that they left, where an edition thanks
/// them by name.
pub async fn mine(db: &Db, person: &Person) -> Result<MyReviews> {
    let rows: Vec<MineRow> = db
        .rows(
            "SELECT round.id AS round_id, round.title AS title, round.edition.title ?? round.edition.competency_set.title AS set_title,
                round.due AS due, given, round.items AS items, finished != NONE AS finished, round.signed_off != NONE AS over,
                fn::reviews_still(id) AS still
                FROM reviewer WHERE person = $me AND round.id != NONE
                    AND (fn::reviews_still(id) OR (named = true AND round.signed_off != NONE)) ORDER BY over, due, id LIMIT 200;",
            vars! { "me" => person.id.clone() },
        )
        .await?;
    let round = |row: MineRow| MyRound {
        id: row.round_id,
        title: row.title,
        set_title: row.set_title,
        due_label: crate::time::day_label(&row.due),
        given: count(row.given),
        items: count(row.items),
        finished: row.finished,
        over: row.over,
        still: row.still,
    };
    Ok(MyReviews {
        rounds: rows.into_iter().map(round).collect(),
    })
}
