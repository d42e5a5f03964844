//! Job descriptions follow the map: each kind in its own way.

use super::*;
use crate::id::JobId;
use crate::jobs::model::{DutiesForm, DutyLine, Face, JobPage, Mark, State};
use crate::jobs::store::{self as jobs, AskedDuties, NewJob};

fn manager(world: &World) -> Viewer {
    viewer("mina", &world.library, Role::Manager)
}

/// One of the first edition, in use, with all its statements.
async fn in_use(editions: &Editions) -> JobId {
    let Editions { world, first, .. } = editions;
    let (db, me, job) = (&world.db, manager(world), JobId::parse("one").unwrap());
    let new = NewJob {
        organisation: world.library.to_string(),
        title: "Branch manager".into(),
        from: format!("edition-{first}"),
    };
    jobs::make(db, &me, &job, &new).await.unwrap();
    let all = "SELECT VALUE id FROM node WHERE edition = $edition AND kind = 'statement';";
    let all: Vec<NodeId> = db.rows(all, vars! { "edition" => first.clone() }).await.unwrap();
    for node in &all {
        jobs::add_duty(db, &me, &job, node, "1").await.unwrap();
    }
    jobs::set_state(db, &me, &job, State::InUse).await.unwrap();
    job
}

async fn read(world: &World, job: &JobId, edition: Option<u32>) -> JobPage {
    jobs::job_page(&world.db, &manager(world), job, Face::Description, edition)
        .await
        .unwrap()
}

fn titles(page: &JobPage) -> Vec<&str> {
    let mut titles: Vec<&str> = page
        .groups
        .iter()
        .flat_map(|group| &group.duties)
        .map(|duty| duty.title.as_str())
        .collect();
    titles.sort_unstable();
    titles
}

async fn form(world: &World, job: &JobId) -> DutiesForm {
    let asked = AskedDuties {
        page: 1,
        ..AskedDuties::default()
    };
    jobs::duties_form(&world.db, &manager(world), job, &asked)
        .await
        .unwrap()
}

async fn line(world: &World, job: &JobId, node: &NodeId) -> DutyLine {
    let form = form(world, job).await;
    form.duties.into_iter().find(|line| line.node == *node).unwrap()
}

#[tokio::test]
async fn each_duty_goes_on_as_its_statement_does_and_what_it_was_stays() {
    let editions = revised().await;
    let Editions { world, first, second } = &editions;
    let job = in_use(&editions).await;
    let before = read(world, &job, None).await;
    published(&editions).await;

    let now = read(world, &job, None).await;
    assert_eq!(
        (now.edition.number, now.waiting, now.earlier.as_slice()),
        (2, 3, &[1][..])
    );
    assert_eq!(now.state, State::InUse);
    // Same: it went on in silence.
    let same = line(world, &job, &node(world, second, "LM 1.1").await).await;
    assert_eq!((same.mark, same.level, same.current), (None, Some(1), true));
    // Reworded: it went on, and the words that it had are still there.
    let reworded = node(world, second, "a/b%#é?").await;
    let asked = line(world, &job, &reworded).await;
    assert_eq!(asked.mark, Some(Mark::Reworded));
    assert_eq!(asked.was.as_deref(), Some("Has an awkward code"));
    // Split: it stays, with what it became to choose of.
    let split = node(world, first, "B").await;
    let asked = line(world, &job, &split).await;
    assert_eq!((asked.mark, asked.current), (Some(Mark::Split), false));
    let mut parts: Vec<_> = asked.choices.iter().map(|(node, _)| node.clone()).collect();
    parts.sort();
    let mut expected = vec![node(world, second, "B").await, node(world, second, "B2").await];
    expected.sort();
    assert_eq!(parts, expected);
    // Retired: its text stays, marked.
    let form = form(world, &job).await;
    let retired = form
        .duties
        .iter()
        .find(|line| line.mark == Some(Mark::Retired))
        .unwrap();
    assert_eq!((retired.title.as_str(), retired.choices.len()), ("Has no code", 0));
    // What it was is read as it was.
    let then = read(world, &job, Some(1)).await;
    assert_eq!(titles(&then), titles(&before));
    assert_eq!(then.shown, Some(1));

    // Once more, nothing changes.
    let again = "UPDATE carry_over SET done = NONE, position = 0;";
    world.db.write(again, vars! {}).await.unwrap();
    store::carry_over_missing(&world.db).await.unwrap();
    assert_eq!(read(world, &job, None).await, now);

    // Each is settled in its own way.
    let (db, me) = (&world.db, manager(world));
    jobs::settle_duty(db, &me, &job, &reworded, &[], false).await.unwrap();
    let nothing = jobs::settle_duty(db, &me, &job, &split, &[], false).await;
    assert!(nothing.unwrap_err().at("chosen").is_some());
    // Only what it became can stand there.
    let other = jobs::settle_duty(db, &me, &job, &split, std::slice::from_ref(&reworded), false).await;
    assert!(other.unwrap_err().at("chosen").is_some());
    jobs::settle_duty(db, &me, &job, &split, &expected, false)
        .await
        .unwrap();
    jobs::settle_duty(db, &me, &job, &retired.node, &[], true)
        .await
        .unwrap();
    let settled = read(world, &job, None).await;
    assert_eq!((settled.waiting, settled.texts.further.as_str()), (0, "Has no code"));
    assert_eq!(
        titles(&settled),
        [
            "Explains the budget",
            "Has a very awkward code",
            "Listens to others",
            "Talks"
        ]
    );
    assert_eq!(titles(&read(world, &job, Some(1)).await), titles(&before));
}

#[tokio::test]
async fn a_draft_goes_on_too_and_an_empty_one_with_its_edition() {
    let editions = revised().await;
    let Editions { world, first, .. } = &editions;
    let (me, job) = (manager(world), JobId::parse("empty").unwrap());
    let new = NewJob {
        organisation: world.library.to_string(),
        title: "Empty".into(),
        from: format!("edition-{first}"),
    };
    jobs::make(&world.db, &me, &job, &new).await.unwrap();
    published(&editions).await;
    let now = read(world, &job, None).await;
    assert_eq!(
        (now.edition.number, now.edition.retired, now.earlier.len()),
        (2, false, 0)
    );
    assert_eq!(now.state, State::Draft);
}
