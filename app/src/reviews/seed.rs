//! The review rounds of the demonstration library.

use std::collections::HashMap;

use jiff::{ToSpan, Zoned};
use serde::Deserialize;

use super::store::{self, NewRound, NewVerdict, Resolving, Scope};
use crate::competencies::store::node_by_code;
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{EditionId, NodeId, ReviewRoundId};
use crate::viewer::Viewer;

const ZONE: &str = "Europe/London";

#[derive(Deserialize)]
pub struct DemoRound {
    title: String,
    words: String,
    /// Codes of what it asks about, with all beneath.
    scope: Vec<String>,
    due_in_days: i64,
    /// Its last words, once nothing in it changes any more.
    #[serde(default)]
    signed_off: Option<String>,
    #[serde(default)]
    verdicts: Vec<DemoVerdict>,
    #[serde(default)]
    comments: Vec<DemoComment>,
    /// What is not just kept.
    #[serde(default)]
    resolved: Vec<DemoResolution>,
}

#[derive(Deserialize)]
struct DemoVerdict {
    by: String,
    code: String,
    kind: String,
    #[serde(default)]
    wording: String,
}

#[derive(Deserialize)]
struct DemoComment {
    by: String,
    code: String,
    body: String,
}

#[derive(Deserialize)]
struct DemoResolution {
    code: String,
    kind: String,
    wording: String,
    reason: String,
}

impl DemoRound {
    /// Those who say something in it, by their addresses.
    fn reviewers(&self) -> Vec<&str> {
        let mut all: Vec<&str> = self.verdicts.iter().map(|one| one.by.as_str()).collect();
        all.extend(self.comments.iter().map(|one| one.by.as_str()));
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// Opens a round over a draft and says what is said in it; `people` are found by
/// their addresses.
pub async fn round(
    db: &Db,
    curator: &Viewer,
    draft: &EditionId,
    round: &DemoRound,
    people: impl Fn(&str) -> Result<Viewer>,
) -> Result<()> {
    let person = curator.person.as_ref().ok_or(AppError::SignInNeeded)?;
    let today = Zoned::now()
        .in_tz(ZONE)
        .map_err(|error| AppError::internal("demonstration reviews", error))?
        .date();
    let due = today.saturating_add(round.due_in_days.days()).to_string();
    let new = NewRound::parse(&round.title, &round.words, &due, true, None, ZONE)?;
    let mut scope = Vec::new();
    for code in &round.scope {
        scope.push(node_by_code(db, draft, code).await?.ok_or(AppError::NotFound)?);
    }
    let (set, id) = store::open(db, curator, person, draft, &round.title, &new, Scope::Chosen(&scope)).await?;
    let board = store::board(db, curator, &set, &id, super::rules::Only::All, 1).await?;
    let items: HashMap<String, (u32, NodeId, String)> = board
        .lines
        .into_iter()
        .map(|line| (line.code, (line.number, line.node, line.asked)))
        .collect();
    let item = |code: &str| items.get(code).ok_or(AppError::NotFound);
    let mut viewers = HashMap::new();
    for email in round.reviewers() {
        viewers.insert(email, people(email)?);
    }
    let ids: Vec<_> = viewers.values().filter_map(|viewer| viewer.id().cloned()).collect();
    store::seat_all(db, &id, &ids).await?;
    let seat = async |email: &str| {
        let viewer = viewers.get(email).ok_or(AppError::NotFound)?;
        store::seat(db, viewer, &id, None).await
    };
    for said in &round.verdicts {
        let (number, _, was) = item(&said.code)?;
        let verdict = NewVerdict::parse(&said.kind, &said.wording, was, "")?;
        store::give(db, &seat(&said.by).await?, *number, &verdict).await?;
    }
    for said in &round.comments {
        let (number, ..) = item(&said.code)?;
        store::comment_as_reviewer(db, &seat(&said.by).await?, *number, "demo", &said.body, "").await?;
    }
    match &round.signed_off {
        Some(words) => sign_off(db, curator, &id, round, &items, words).await,
        None => Ok(()),
    }
}

/// Resolves all of a round and signs it off.
async fn sign_off(
    db: &Db,
    curator: &Viewer,
    id: &ReviewRoundId,
    round: &DemoRound,
    items: &HashMap<String, (u32, NodeId, String)>,
    words: &str,
) -> Result<()> {
    let mut items: Vec<_> = items.iter().collect();
    items.sort_unstable_by_key(|(_, (number, ..))| *number);
    for (code, (number, _, was)) in items {
        let resolving = match round.resolved.iter().find(|one| one.code == *code) {
            Some(one) => Resolving::parse(&one.kind, &one.reason, &one.wording, was, "", true)?,
            None => Resolving::parse("kept", "It holds for a branch as it stands.", "", was, "", false)?,
        };
        store::resolve(db, curator, id, *number, &resolving).await?;
    }
    store::sign_off(db, curator, id, true, words).await.map(drop)
}
