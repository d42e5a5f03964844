//! Evidence put forward, against a real database.

use super::model::{AnswerComment, Finding, PutForward};
use super::store;
use crate::assessments::tests::{World, node, world};
use crate::copies::tests::Folder;
use crate::error::{AppError, Result};
use crate::evidence::rules::written;
use crate::evidence::store as evidence;
use crate::id::{EvidenceId, EvidenceReviewId, PersonId};
use crate::vars;
use crate::viewer::Person;

/// Rosa works at a branch; Helen manages the library above it, Tina trains at the
/// branch, Jonas is a colleague, Mo manages elsewhere.
async fn staffed() -> World {
    let world = world().await;
    world
        .db
        .write(
            "CREATE organisation:branch SET slug = 'branch', name = 'Branch', kind = 'branch', timezone = 'UTC',
                parent = organisation:library, line = [organisation:branch, organisation:library];
             CREATE organisation:other SET slug = 'other', name = 'Other', kind = 'library', timezone = 'UTC', line = [organisation:other];
             FOR $name IN ['helen', 'tina', 'mo'] {
                CREATE type::record('person', $name) SET name = $name, email = $name + '@x.example', timezone = 'UTC';
             };
             FOR $one IN [['rosa', 'branch', ['learner']], ['jonas', 'branch', ['learner']], ['helen', 'library', ['manager']],
                ['tina', 'branch', ['learner', 'trainer']], ['mo', 'other', ['manager', 'trainer']]] {
                CREATE type::record('membership', [$one[0], $one[1]]) SET person = type::record('person', $one[0]),
                    organisation = type::record('organisation', $one[1]), roles = $one[2];
             };",
            vars! {},
        )
        .await
        .unwrap();
    let said = written("Led a talk", "It *went* well.", "", "", "2026-11-26").unwrap();
    evidence::add(&world.db, &world.rosa.id, &node(1), "k", &said)
        .await
        .unwrap();
    world
}

fn id(name: &str) -> PersonId {
    PersonId::parse(name).unwrap()
}

fn person(world: &World, name: &str) -> Person {
    Person {
        id: id(name),
        name: name.into(),
        ..world.rosa.clone()
    }
}

async fn piece(world: &World) -> EvidenceId {
    let page = evidence::page(&world.db, &world.rosa, None, 1).await.unwrap();
    page.list.groups[0].pieces[0].id.clone()
}

async fn forward(world: &World, whose: &str, reviewer: &str, key: &str) -> Result<()> {
    store::put_forward(&world.db, &id(whose), &piece(world).await, &id(reviewer), key).await
}

/// What Rosa sees beside her piece.
async fn seen(world: &World) -> Vec<PutForward> {
    let page = evidence::page(&world.db, &world.rosa, None, 1).await.unwrap();
    let page = store::beside(&world.db, &world.rosa, page).await.unwrap();
    page.list.groups[0].pieces[0].put_forward.clone()
}

/// What waits for somebody.
async fn waits(world: &World, name: &str) -> Vec<EvidenceReviewId> {
    let page = store::waiting(&world.db, &person(world, name), 1).await.unwrap();
    page.waiting.into_iter().map(|waiting| waiting.id).collect()
}

async fn answer(world: &World, name: &str, review: &EvidenceReviewId, finding: Finding) -> Result<()> {
    let comment = AnswerComment::parse("Seen.").unwrap();
    store::answer(&world.db, &id(name), review, finding, &comment).await
}

#[tokio::test]
async fn it_is_put_forward_to_whoever_manages_or_trains_where_one_works() {
    let world = staffed().await;
    for nobody in ["jonas", "mo", "rosa", "none"] {
        assert_eq!(
            forward(&world, "rosa", nobody, "k").await,
            Err(AppError::NotFound),
            "{nobody}"
        );
    }
    assert_eq!(
        forward(&world, "jonas", "helen", "k").await,
        Err(AppError::NotFound),
        "it is not his"
    );
    let page = evidence::page(&world.db, &world.rosa, None, 1).await.unwrap();
    let page = store::beside(&world.db, &world.rosa, page).await.unwrap();
    let offered: Vec<&str> = page.reviewers.iter().map(|(_, name)| name.as_str()).collect();
    assert_eq!(offered, ["helen", "tina"]);
    for _ in 0..2 {
        forward(&world, "rosa", "helen", "k").await.unwrap();
    }
    assert_eq!(seen(&world).await.len(), 1, "what is sent twice is put forward once");
    let second = forward(&world, "rosa", "tina", "k2").await;
    assert!(matches!(second, Err(AppError::Conflict(_))), "{second:?}");
    assert_eq!(
        (waits(&world, "helen").await.len(), waits(&world, "tina").await.len()),
        (1, 0)
    );
    let page = store::waiting(&world.db, &person(&world, "helen"), 1).await.unwrap();
    let waiting = &page.waiting[0];
    assert_eq!(
        (waiting.name.as_str(), waiting.statement.code.as_str()),
        ("Rosa", "LM 0.1")
    );
    assert!(waiting.piece.html.contains("<em>went</em>") && waiting.piece.body.is_empty());
}

#[tokio::test]
async fn it_is_answered_once_by_whom_it_was_put_forward_to() {
    let world = staffed().await;
    forward(&world, "rosa", "helen", "k").await.unwrap();
    let review = waits(&world, "helen").await.remove(0);
    for other in ["tina", "jonas", "rosa", "mo"] {
        let heard = answer(&world, other, &review, Finding::Supports).await;
        assert_eq!(heard, Err(AppError::NotFound), "{other}");
    }
    answer(&world, "helen", &review, Finding::NotYet).await.unwrap();
    answer(&world, "helen", &review, Finding::Supports).await.unwrap();
    assert!(waits(&world, "helen").await.is_empty());
    let said = seen(&world).await;
    let given = said[0].answer.as_ref().unwrap();
    assert_eq!(
        (said[0].reviewer.as_str(), given.finding, given.comment.as_str()),
        ("helen", Finding::NotYet, "Seen."),
        "the first answer stays"
    );
    store::take_back(&world.db, &world.rosa.id, &review).await.unwrap();
    assert_eq!(seen(&world).await.len(), 1, "an answer is not taken back");
    forward(&world, "rosa", "tina", "k2").await.unwrap();
    assert_eq!(seen(&world).await.len(), 2);
}

#[tokio::test]
async fn it_is_taken_back_by_whose_it_is_and_goes_with_what_it_is_about() {
    let world = staffed().await;
    let db = &world.db;
    forward(&world, "rosa", "helen", "k").await.unwrap();
    let review = waits(&world, "helen").await.remove(0);
    for other in ["helen", "jonas"] {
        store::take_back(db, &id(other), &review).await.unwrap();
        assert_eq!(waits(&world, "helen").await.len(), 1, "{other}");
    }
    store::take_back(db, &world.rosa.id, &review).await.unwrap();
    assert!(waits(&world, "helen").await.is_empty() && seen(&world).await.is_empty());
    assert_eq!(
        answer(&world, "helen", &review, Finding::Supports).await,
        Err(AppError::NotFound)
    );
    // It may be put forward anew; what is taken out waits for nobody until it is put back.
    forward(&world, "rosa", "helen", "k2").await.unwrap();
    let piece = piece(&world).await;
    evidence::remove(db, &world.rosa.id, &piece).await.unwrap();
    assert!(waits(&world, "helen").await.is_empty());
    evidence::restore(db, &world.rosa.id, &piece).await.unwrap();
    assert_eq!(waits(&world, "helen").await.len(), 1);
    // Who manages there no more sees it no more.
    db.write(
        "UPDATE membership SET roles = ['learner'] WHERE person = person:helen;",
        vars! {},
    )
    .await
    .unwrap();
    assert!(waits(&world, "helen").await.is_empty());
    db.write("DELETE $piece;", vars! { "piece" => piece }).await.unwrap();
    let left: Vec<EvidenceReviewId> = db
        .rows("SELECT VALUE id FROM evidence_review;", vars! {})
        .await
        .unwrap();
    assert!(left.is_empty());
}

#[tokio::test]
async fn its_file_is_seen_by_whom_it_waits_for() {
    let world = staffed().await;
    let (db, folder, piece) = (&world.db, Folder::new(), piece(&world).await);
    std::fs::create_dir_all(folder.path().join("evidence")).unwrap();
    std::fs::write(folder.path().join("evidence/key"), "Notes").unwrap();
    let held =
        "UPDATE evidence SET attached = 'key', attached_name = 'Notes.txt', attached_kind = 'txt', attached_bytes = 5;";
    db.write(held, vars! {}).await.unwrap();
    forward(&world, "rosa", "helen", "k").await.unwrap();
    let sees = async |name: &str| {
        let viewer = crate::assessments::tests::viewer(&person(&world, name));
        evidence::file(db, folder.path(), &viewer, &piece, "key").await.is_ok()
    };
    assert!(sees("rosa").await && sees("helen").await);
    assert!(!sees("tina").await && !sees("jonas").await);
    let review = waits(&world, "helen").await.remove(0);
    answer(&world, "helen", &review, Finding::Supports).await.unwrap();
    assert!(!sees("helen").await, "until it is answered");
}
