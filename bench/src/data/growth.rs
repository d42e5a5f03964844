//! What people say of themselves and what they plan.

use app::db::Db;
use surrealdb_types::{Datetime, RecordId, SurrealValue};

use super::index::Index;
use super::keys::{self, MINUTES, at};
use super::profiles::PER_SET;
use super::size::Size;
use super::{store, words};
use crate::random::Random;

#[derive(SurrealValue)]
struct Judgement {
    id: RecordId,
    person: RecordId,
    given_by: RecordId,
    kind: String,
    node: RecordId,
    level: Option<i64>,
    not_my_work: bool,
    at: Datetime,
}

#[derive(SurrealValue)]
struct Rating {
    id: RecordId,
    person: RecordId,
    node: RecordId,
    level: Option<i64>,
    not_my_work: bool,
    at: Datetime,
}

#[derive(SurrealValue)]
struct Assessment {
    id: RecordId,
    person: RecordId,
    role_profile: RecordId,
    chosen: Datetime,
}

#[derive(SurrealValue)]
struct Plan {
    id: RecordId,
    person: RecordId,
    title: String,
    created: Datetime,
}

#[derive(SurrealValue)]
struct Goal {
    id: RecordId,
    plan: RecordId,
    person: RecordId,
    node: RecordId,
    level: i64,
    due: Option<String>,
    added: Datetime,
}

#[derive(SurrealValue)]
struct Action {
    id: RecordId,
    plan: RecordId,
    person: RecordId,
    kind: String,
    subject: Option<RecordId>,
    title: String,
    due: Option<String>,
    done: Option<Datetime>,
    added: Datetime,
}

/// People whose ratings are written at once.
const TOGETHER: usize = 20;

pub async fn fill(db: &Db, size: &Size, seed: u64, index: &Index) -> Result<(), String> {
    let mut random = Random::new(seed, "ratings");
    let people = 0..size.people;
    store::insert(
        db,
        "assessment",
        people.clone().map(|person| assessment(person, index)).collect(),
    )
    .await?;
    for first in people.step_by(TOGETHER) {
        let (mut judged, mut rated) = (Vec::new(), Vec::new());
        for person in first..size.people.min(first + TOGETHER) {
            let (judgements, ratings) = judgements(person, size, index, &mut random);
            judged.extend(judgements);
            rated.extend(ratings);
        }
        store::insert(db, "judgement", judged).await?;
        store::insert(db, "rating", rated).await?;
    }
    let mut random = Random::new(seed, "plans");
    store::insert(db, "plan", (0..size.plans).map(plan).collect()).await?;
    store::insert(
        db,
        "goal",
        (0..size.plans)
            .flat_map(|number| goals(number, index, &mut random))
            .collect(),
    )
    .await?;
    store::insert(
        db,
        "action",
        (0..size.plans)
            .flat_map(|number| actions(number, size, &mut random))
            .collect(),
    )
    .await
}

fn profile_of(person: usize, index: &Index) -> usize {
    person % index.profiles.len()
}

fn assessment(number: usize, index: &Index) -> Assessment {
    let (person, role_profile) = (keys::person(number), keys::profile(profile_of(number, index)));
    Assessment {
        id: keys::pair("assessment", &person, &role_profile),
        person,
        role_profile,
        chosen: at(number),
    }
}

/// Each rating and the judgement behind it: the statements of the person's
/// role profile first, then others of the same set.
fn judgements(number: usize, size: &Size, index: &Index, random: &mut Random) -> (Vec<Judgement>, Vec<Rating>) {
    let person = keys::person(number);
    let profile = profile_of(number, index);
    let statements = &index.statements[profile / PER_SET];
    let mut chosen = index.profiles[profile].clone();
    let others: Vec<usize> = (0..statements.len())
        .filter(|statement| chosen.binary_search(statement).is_err())
        .collect();
    let more = random.sample(others.len(), size.ratings - chosen.len());
    chosen.extend(more.into_iter().map(|place| others[place]));
    let rate = |(place, statement): (usize, usize)| {
        let node = statements[statement].node.clone();
        let not_my_work = random.below(15) == 0;
        let level = (!not_my_work).then(|| random.below(4) as i64);
        let at = at(random.below(MINUTES));
        let judgement = Judgement {
            id: keys::judgement(number * 1_000 + place),
            person: person.clone(),
            given_by: person.clone(),
            kind: "self".into(),
            node: node.clone(),
            level,
            not_my_work,
            at,
        };
        let rating = Rating {
            id: keys::pair("rating", &person, &node),
            person: person.clone(),
            node,
            level,
            not_my_work,
            at,
        };
        (judgement, rating)
    };
    chosen.into_iter().enumerate().map(rate).unzip()
}

fn plan(number: usize) -> Plan {
    Plan {
        id: keys::plan(number),
        person: keys::person(number),
        title: "My learning plan".into(),
        created: at(number),
    }
}

fn goals(number: usize, index: &Index, random: &mut Random) -> Vec<Goal> {
    let profile = profile_of(number, index);
    let (plan, statements) = (keys::plan(number), &index.statements[profile / PER_SET]);
    let chosen = random.sample(index.profiles[profile].len(), 5);
    let goal = |(place, target): (usize, usize)| {
        let node = statements[index.profiles[profile][target]].node.clone();
        Goal {
            id: keys::pair("goal", &plan, &node),
            plan: plan.clone(),
            person: keys::person(number),
            node,
            level: 3,
            due: (place > 0).then(|| format!("2026-12-{:02}", place * 5)),
            added: at(number + place),
        }
    };
    chosen.into_iter().enumerate().map(goal).collect()
}

fn actions(number: usize, size: &Size, random: &mut Random) -> Vec<Action> {
    let action = |place: usize| {
        let course = random.below(size.courses);
        let (kind, subject) = if place < 2 {
            ("course", Some(keys::course(course)))
        } else {
            ("task", None)
        };
        Action {
            id: keys::goal_action(number * 10 + place),
            plan: keys::plan(number),
            person: keys::person(number),
            kind: kind.into(),
            subject,
            title: words::title(random),
            due: Some(format!("2026-12-{:02}", 1 + place * 7)),
            done: (place == 0).then(|| at(number + 500)),
            added: at(number + place),
        }
    };
    (0..4).map(action).collect()
}
