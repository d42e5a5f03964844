//! What follows from the duties.

use super::*;

#[tokio::test]
async fn the_description_has_the_words_of_its_edition_beneath_their_headings() {
    let (world, _) = world().await;
    let job = made(&world, "one").await;
    let read = page(&world, &mina(&world), &job, Face::Description).await.unwrap();
    assert_eq!((read.built_from.as_str(), read.edition.number), ("Manager", 1));
    let groups: Vec<_> = read
        .groups
        .iter()
        .map(|group| (group.heading.as_str(), group.duties[0].title.as_str()))
        .collect();
    assert_eq!(groups, [("LM 1 Budgets", "Explains the budget"), ("", "Talks")]);
    let first = &read.groups[0].duties[0];
    assert_eq!(
        (first.level.as_str(), first.href.as_str()),
        ("Strong", "/index/small-set/1/LM%201.1")
    );
    assert!(first.question.is_empty() && read.earlier.is_empty() && read.waiting == 0);
}

#[tokio::test]
async fn the_person_and_the_questions_follow_from_the_details() {
    let (world, _) = world().await;
    let job = made(&world, "one").await;
    let asked = page(&world, &mina(&world), &job, Face::Specification)
        .await
        .unwrap()
        .specification;
    assert_eq!(asked.essential.knowledge, ["How money works <all>"]);
    assert_eq!(asked.essential.skills, ["Draws a picture"]);
    assert_eq!(asked.desirable.abilities, ["Talks"]);
    let read = page(&world, &mina(&world), &job, Face::Questions).await.unwrap();
    let first = &read.groups[0].duties[0];
    assert_eq!(
        first.question,
        "Tell us about a time when you had to explain the budget."
    );
    assert_eq!(first.behaviours, ["Answers"]);
}

#[tokio::test]
async fn an_edition_that_it_was_never_of_is_not_there() {
    let (world, _) = world().await;
    let job = made(&world, "one").await;
    let read = store::job_page(&world.db, &mina(&world), &job, Face::Description, Some(1)).await;
    assert_eq!(read, Err(AppError::NotFound));
}
