//! The set that a branch of the demonstration library derives, with its reviews.

use std::collections::BTreeMap;

use serde::Deserialize;
use uuid::Uuid;

use super::store::{NewDerived, derive};
use crate::competencies::store::{edition_of, node_by_code};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{EditionId, NodeId, OrganisationId, PersonId, SessionId};
use crate::outlines::model::Pasted;
use crate::outlines::store::{Spot, add, entry_page, remove, rename};
use crate::reviews::seed::{DemoRound, round};
use crate::viewer::{Membership, Person, Role, Viewer};

const BRANCH: &str = include_str!("../../demo/branch.toml");

/// What the set's identifiers are made with. Fixed for ever, so that it is the
/// same set wherever it is seeded.
const KEY: Uuid = Uuid::from_u128(0x6c1f_0b52_9d0e_4c7a_8a44_5b7d_21c3_9e10);

#[derive(Deserialize)]
struct Branch {
    set: String,
    organisation: String,
    title: String,
    curator: String,
    left_out: Vec<String>,
    adapted: Vec<Adapted>,
    own: Vec<Own>,
    rounds: Vec<DemoRound>,
}

#[derive(Deserialize)]
struct Adapted {
    code: String,
    text: String,
}

#[derive(Deserialize)]
struct Own {
    beneath: String,
    text: String,
}

/// Derives the set and opens its rounds, after people and the index are there.
pub async fn demo(
    db: &Db,
    organisations: &BTreeMap<String, OrganisationId>,
    people: &BTreeMap<String, PersonId>,
) -> Result<()> {
    let branch: Branch = toml::from_str(BRANCH).map_err(|error| AppError::internal("branch.toml", error))?;
    let organisation = organisations.get(&branch.organisation).ok_or(AppError::NotFound)?;
    let viewer = |email: &str, role: Role| {
        let id = people.get(email).cloned().ok_or(AppError::NotFound)?;
        Ok(acting(id, organisation, &branch.organisation, role))
    };
    let curator = viewer(&branch.curator, Role::Curator)?;
    let new = NewDerived {
        key: KEY,
        organisation: organisation.to_string(),
        title: branch.title.clone(),
        name: String::new(),
    };
    let set = derive(db, &curator, &branch.set, 1, &new).await?;
    let draft = edition_of(db, &set, Some(1)).await?.ok_or(AppError::NotFound)?;
    adapt(db, &curator, (&set, &draft), &branch).await?;
    for one in &branch.rounds {
        round(db, &curator, &draft, one, |email| viewer(email, Role::Reviewer)).await?;
    }
    Ok(())
}

async fn adapt(db: &Db, curator: &Viewer, (set, draft): (&str, &EditionId), branch: &Branch) -> Result<()> {
    for code in &branch.left_out {
        remove(db, curator, &node(db, draft, code).await?, true).await?;
    }
    for adapted in &branch.adapted {
        let node = node(db, draft, &adapted.code).await?;
        let was = entry_page(db, curator, set, &node).await?.label.title;
        rename(db, curator, &node, &was, &adapted.text).await?;
    }
    for (number, own) in (1..).zip(&branch.own) {
        let row = Pasted {
            title: own.text.clone(),
            ..Pasted::default()
        };
        let spot = Spot::Beneath(node(db, draft, &own.beneath).await?);
        let key = Uuid::new_v5(&KEY, format!("own {number}").as_bytes());
        add(db, curator, draft, &spot, &[row], key).await?;
    }
    Ok(())
}

async fn node(db: &Db, draft: &EditionId, code: &str) -> Result<NodeId> {
    node_by_code(db, draft, code).await?.ok_or(AppError::NotFound)
}

/// Somebody as they act in the demonstration before anyone has signed in.
pub(crate) fn acting(id: PersonId, organisation: &OrganisationId, slug: &str, role: Role) -> Viewer {
    Viewer {
        person: Some(Person {
            id,
            name: String::new(),
            timezone: "Europe/London".into(),
            session: SessionId::random(),
        }),
        memberships: vec![Membership {
            organisation: organisation.clone(),
            slug: slug.to_owned(),
            name: String::new(),
            roles: vec![role],
        }],
        ..Viewer::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::{DbConfig, MIGRATIONS};
    use crate::derivations::model::{Difference, Shown};
    use crate::derivations::store::source_page;
    use crate::reviews::rules::{Agreement, Gate, Only};
    use crate::reviews::store::{board, rounds_page, whole};

    #[tokio::test(flavor = "multi_thread")]
    async fn the_first_morning_finds_reviews_and_differences() {
        let db = Db::connect(&DbConfig::for_test()).await.unwrap();
        db.migrate(MIGRATIONS).await.unwrap();
        crate::seed::demo(&db, &crate::people::passwords::Hasher::default())
            .await
            .unwrap();
        let ciara: PersonId = db
            .row(
                "SELECT VALUE id FROM person WHERE email = 'ciara@riverside.example';",
                crate::vars! {},
            )
            .await
            .unwrap()
            .unwrap();
        let library: OrganisationId = db
            .row(
                "SELECT VALUE id FROM organisation WHERE slug = 'riverside';",
                crate::vars! {},
            )
            .await
            .unwrap()
            .unwrap();
        let ciara = acting(ciara, &library, "riverside", Role::Curator);
        let set = "running-millbrook";
        let page = source_page(&db, &ciara, set, Shown::All, 1).await.unwrap();
        let of = |kind: Difference| {
            page.counts
                .iter()
                .find(|(own, _)| *own == kind)
                .map_or(0, |(_, many)| *many)
        };
        assert_eq!(
            (of(Difference::Adapted), of(Difference::Added), page.waiting),
            (2, 1, 0)
        );
        assert_eq!(of(Difference::LeftOut), 2, "the sections, each with all beneath it");
        let rounds = rounds_page(&db, &ciara, set, 1).await.unwrap();
        assert_eq!(rounds.new.unwrap().changed, 0);
        let signed: Vec<bool> = rounds.rounds.iter().map(|round| round.signed_off).collect();
        assert_eq!(signed, [false, true]);
        let running = board(&db, &ciara, set, &rounds.rounds[0].id, Only::All, 1)
            .await
            .unwrap();
        assert_eq!(
            (running.gate(), running.divided, running.reviewers.len()),
            (Gate::Unresolved(7), 1, 2)
        );
        assert!(running.lines.iter().any(|line| line.comments == 1));
        let agreed = |line: &&crate::reviews::model::BoardLine| matches!(line.counts.agreement(), Agreement::Agreed(_));
        assert_eq!(running.lines.iter().filter(agreed).count(), 2);
        let done = board(&db, &ciara, set, &rounds.rounds[1].id, Only::All, 1)
            .await
            .unwrap();
        assert_eq!((done.gate(), done.unresolved), (Gate::Open, 0));
        let report = whole(&db, &ciara, set, &rounds.rounds[1].id).await.unwrap();
        assert_eq!(report.items.len(), 7);
        let names: Vec<&str> = report.reviewers.iter().map(|(name, ..)| name.as_str()).collect();
        assert!(
            names.contains(&"Nadia Rahman") && names.contains(&"Anneke de Vries"),
            "{names:?}"
        );
    }
}
