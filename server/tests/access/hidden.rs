//! What is hidden answers like what is not there, to the last letter.

use super::actors::Actor;
use super::fixture::*;
use super::rows::rows;
use super::told::Told;
use super::{send, told};
use crate::support::Someone;

/// A name as long as the one it stands for, which nothing has.
fn absent(name: &str) -> String {
    format!("{}zz", &name[..name.len() - 2])
}

/// Whether a field's value names something that is hidden from some.
fn names(ids: &Ids, value: &str) -> bool {
    let known = [
        PUBLIC_GROUP,
        PRIVATE_GROUP,
        PUBLIC_THREAD,
        PRIVATE_THREAD,
        COHORT,
        DRAFT,
        DRAFT_LESSON,
        ACTION,
        BRANCH,
        INVITE,
        STAFF_LIST,
        ROLE_PROFILE,
        ROLE_PROFILE_SLUG,
        "turnstone",
        "dunlin",
        "riverside",
        "millbrook",
        "walk{who}",
    ];
    known.contains(&value)
        || [&ids.person, &ids.import, &ids.organisation, &ids.branch]
            .iter()
            .any(|id| *id == value)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_hidden_answers_like_what_is_not_there() {
    let world = World::new().await;
    let mut wrong = Vec::new();
    for mut row in rows(&world.ids) {
        let hidden: Vec<Actor> = Actor::ALL
            .into_iter()
            .filter(|actor| row.cells.of(*actor) == Told::NotFound)
            .collect();
        if hidden.is_empty() {
            continue;
        }
        let people: Vec<(Actor, Someone)> = {
            let mut people = Vec::new();
            for actor in hidden {
                people.push((actor, world.cast.enters(&world.app, actor).await));
            }
            people
        };
        let mut there = Vec::new();
        for (actor, someone) in &people {
            there.push(send(&world.app, &row, &actor.key(), someone).await);
        }
        for (_, value) in &mut row.fields {
            if names(&world.ids, value) {
                *value = absent(&value.replace("{who}", "99"));
            }
        }
        for ((actor, someone), there) in people.iter().zip(there) {
            let absent = send(&world.app, &row, &actor.key(), someone).await;
            if told(&absent) != Told::NotFound || absent.body != there.body || absent.status != there.status {
                wrong.push(format!(
                    "{} ({}), {}: {} and {}",
                    row.function,
                    row.about,
                    actor.label(),
                    there.body,
                    absent.body
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
