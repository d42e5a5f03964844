//! Rounds against a real database.

mod anew;
mod convinced;
mod curating;
mod far;
mod hostile;
mod judged;
mod many;
mod named;
mod reporting;
mod reviewing;
mod seen;
mod shown;
mod since;

use std::sync::Arc;
use std::time::Duration;

use super::rules::Only;
use super::store::{self, Invited, NewReviewer, NewRound, NewVerdict, Resolving, Seat};
use crate::competencies::tests::{World, small, viewer, world};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{EditionId, NodeId, PersonId, ReviewRoundId, ReviewerId};
use crate::mail::Outbox;
use crate::outside::Outside;
use crate::people::model::{Email, PersonName};
use crate::people::tokens::Pepper;
use crate::state::{AppState, Shared, Site};
use crate::vars;
use crate::viewer::{Person, Role, Viewer};

pub const SET: &str = "small-set";

/// A draft with a round over its four statements: Rea reviews by her account,
/// Bo by a private link.
pub struct Round {
    pub world: World,
    pub edition: EditionId,
    pub round: ReviewRoundId,
    /// Bo's token.
    pub token: String,
}

pub fn state(db: &Db, mail: bool) -> AppState {
    let shared = Shared {
        hub: Default::default(),
        drafts: Default::default(),
        hasher: Default::default(),
        pepper: Pepper::of(None),
        outbox: if mail {
            Outbox::from("carrel@carrel.example")
        } else {
            Outbox::default()
        },
        outside: Outside::new(false),
        providers: Default::default(),
        refusals: Default::default(),
        pools: Default::default(),
        site: Arc::new(Site {
            public_url: "https://carrel.example".into(),
            ..Site::default()
        }),
    };
    AppState::new(db.clone(), shared)
}

pub fn words(blind: bool) -> NewRound {
    let due = crate::time::today("UTC");
    NewRound::parse("Spring review", "Look *closely*.", &due, blind, Some(3), "UTC").unwrap()
}

/// People with accounts, so that they have names and addresses.
pub async fn people(world: &World) {
    world
        .db
        .write(
            "FOR $name IN ['cora', 'rea', 'lea', 'sten'] {
                CREATE type::record('person', $name) SET name = string::capitalize($name), email = string::concat($name, '@carrel.example'),
                    timezone = 'UTC';
             };
             CREATE membership:['rea', record::id($library)] SET person = person:rea, organisation = $library, roles = ['reviewer'];
             CREATE membership:['cora', record::id($library)] SET person = person:cora, organisation = $library, roles = ['curator'];",
            vars! { "library" => world.library.clone() },
        )
        .await
        .unwrap();
}

pub fn by_name(name: &str, email: Option<&str>) -> NewReviewer {
    NewReviewer::Named {
        name: PersonName::parse(name).unwrap(),
        email: email.map(|email| Email::parse(email).unwrap()),
    }
}

pub async fn opened(blind: bool) -> Round {
    let world = world().await;
    people(&world).await;
    let edition = world.import(&small(), false).await.edition;
    let cora = world.curator();
    let person = cora.person.clone().unwrap();
    let (set, round) = store::open(
        &world.db,
        &cora,
        &person,
        &edition,
        "k",
        &words(blind),
        store::Scope::All,
    )
    .await
    .unwrap();
    assert_eq!(set, SET);
    let state = state(&world.db, false);
    let rea = NewReviewer::Colleague(PersonId::parse("rea").unwrap());
    let invited = store::invite(&state, &cora, &person, &round, &rea).await.unwrap();
    assert_eq!(invited, Invited::Account { letter: false });
    let invited = store::invite(&state, &cora, &person, &round, &by_name("Bo", None)).await;
    let Ok(Invited::Link(token)) = invited else {
        panic!("Bo has no link: {invited:?}")
    };
    Round {
        world,
        edition,
        round,
        token,
    }
}

/// The same signed off, all of it judged and kept.
pub async fn signed() -> Round {
    let round = opened(true).await;
    round.judge_all().await;
    round.resolve_all().await;
    store::sign_off(round.db(), &round.cora(), &round.round, true, "")
        .await
        .unwrap();
    round
}

impl Round {
    pub fn db(&self) -> &Db {
        &self.world.db
    }

    pub fn cora(&self) -> Viewer {
        self.world.curator()
    }

    pub fn rea(&self) -> Viewer {
        viewer("rea", &self.world.library, Role::Reviewer)
    }

    pub async fn rea_sits(&self) -> Seat {
        store::seat(self.db(), &self.rea(), &self.round, None).await.unwrap()
    }

    pub async fn bo_sits(&self) -> Seat {
        store::seat(self.db(), &Viewer::visitor(), &self.round, Some(&self.token))
            .await
            .unwrap()
    }

    pub async fn board(&self, only: Only) -> super::model::Board {
        store::board(self.db(), &self.cora(), SET, &self.round, only, 1)
            .await
            .unwrap()
    }

    pub async fn say(&self, seat: &Seat, number: u32, what: &str, wording: &str) -> Option<u32> {
        let new = NewVerdict::parse(what, wording, "", "").unwrap();
        store::give(self.db(), seat, number, &new).await.unwrap()
    }

    pub async fn resolve(&self, number: u32, what: &str) -> Result<()> {
        let new = Resolving::parse(what, "For good reason.", "", "", "", false)?;
        store::resolve(self.db(), &self.cora(), &self.round, number, &new).await
    }

    pub async fn resolve_all(&self) {
        for number in 1..=4 {
            self.resolve(number, "kept").await.unwrap();
        }
    }

    /// Rea would keep all of it.
    pub async fn judge_all(&self) {
        let rea = self.rea_sits().await;
        for number in 1..=4 {
            self.say(&rea, number, "keep", "").await;
        }
    }

    pub async fn node(&self, number: u32) -> NodeId {
        let board = self.board(Only::All).await;
        board.lines.into_iter().find(|line| line.number == number).unwrap().node
    }

    pub async fn title(&self, number: u32) -> Option<String> {
        let board = self.board(Only::All).await;
        board.lines.into_iter().find(|line| line.number == number).unwrap().now
    }

    pub async fn many(&self, sql: &'static str) -> i64 {
        self.db().row(sql, vars! {}).await.unwrap().unwrap_or(0)
    }

    pub fn person(&self) -> Person {
        self.cora().person.unwrap()
    }

    pub async fn reviewer(&self, name: &str) -> ReviewerId {
        let board = self.board(Only::All).await;
        board.reviewers.into_iter().find(|one| one.name == name).unwrap().id
    }
}

pub fn conflict(result: &Result<impl std::fmt::Debug>, words: &str) {
    assert!(
        matches!(result, Err(AppError::Conflict(message)) if message.contains(words)),
        "{result:?}"
    );
}
