//! What the studio offers of cohorts.

use super::*;

#[tokio::test]
async fn the_studio_shows_what_is_one_s_own() {
    let db = world().await;
    opened(&db).await;
    course_with(&db, "A draft", &[]).await;
    let shown = studio(&db, &tina(), None, 1).await.unwrap();
    assert_eq!((shown.courses_count, shown.cohorts_count, shown.sets.len()), (2, 1, 0));
    assert!(shown.shows(Shelf::Courses) && !shown.shows(Shelf::Sets));
    assert_eq!(shown.courses[0].title, "A draft");
    let other = studio(&db, &hugo(), None, 1).await.unwrap();
    assert_eq!((other.courses_count, other.cohorts_count), (0, 0));
    let curator = viewer("max", "riverside", Role::Curator);
    let sets = studio(&db, &curator, Some(Shelf::Sets), 1).await.unwrap();
    assert_eq!(sets.sets[0].edition, Some((1, "published".into())));
    assert!(sets.courses.is_empty());
    assert_eq!(
        studio(&db, &Viewer::visitor(), None, 1).await,
        Err(AppError::SignInNeeded)
    );
    assert_eq!(studio(&db, &rosa(), None, 1).await, Err(AppError::Forbidden));
}

#[tokio::test]
async fn a_shelf_is_paged() {
    let db = world().await;
    for n in 0..52 {
        course_with(&db, &format!("Same {}", n % 2), &[]).await;
    }
    let first = studio(&db, &tina(), Some(Shelf::Courses), 1).await.unwrap();
    let second = studio(&db, &tina(), Some(Shelf::Courses), 2).await.unwrap();
    assert_eq!((first.courses.len(), second.courses.len(), first.pages), (50, 2, 2));
    let mut slugs: Vec<_> = first
        .courses
        .iter()
        .chain(&second.courses)
        .map(|course| course.slug.clone())
        .collect();
    slugs.sort();
    slugs.dedup();
    assert_eq!(slugs.len(), 52);
    assert_eq!(studio(&db, &tina(), None, 9).await.unwrap().courses.len(), 8);
}

#[tokio::test]
async fn the_form_of_a_cohort_offers_what_can_be_run() {
    let db = world().await;
    let (course, slug, _) = course_with(&db, "Money", &["One"]).await;
    let (_, draft, _) = course_with(&db, "A draft", &[]).await;
    let form = store::new_cohort_form(&db, &tina(), &slug, "", &[], &Default::default())
        .await
        .unwrap();
    assert_eq!(form.chosen.map(|chosen| chosen.id), Some(course));
    assert_eq!((form.courses.len(), form.found), (2, None));
    let found = store::new_cohort_form(&db, &tina(), "", "draf", &[], &Default::default())
        .await
        .unwrap()
        .found
        .unwrap();
    assert_eq!(found.suggestions[0].word, draft);
    let elsewhere = store::new_cohort_form(&db, &hugo(), &draft, "draf", &[], &Default::default())
        .await
        .unwrap();
    assert_eq!((elsewhere.chosen, elsewhere.found.unwrap().suggestions), (None, vec![]));
    assert_eq!(
        form.facilitators
            .iter()
            .map(|(_, name)| name.as_str())
            .collect::<Vec<_>>(),
        ["FAY"]
    );
    assert_eq!(form.organisations.places.len(), 2);
    assert_eq!(
        store::new_cohort_form(&db, &hugo(), "", "", &[], &Default::default())
            .await
            .unwrap()
            .courses
            .len(),
        1
    );
    assert_eq!(
        store::new_cohort_form(&db, &rosa(), "", "", &[], &Default::default()).await,
        Err(AppError::Forbidden)
    );
    assert_eq!(
        store::new_cohort_form(&db, &Viewer::visitor(), "", "", &[], &Default::default()).await,
        Err(AppError::SignInNeeded)
    );
}

#[tokio::test]
async fn of_many_who_could_facilitate_each_is_found_and_stays_chosen() {
    let db = world().await;
    let (_, slug, _) = course_with(&db, "Money", &["One"]).await;
    db.write(
        "FOR $n IN 100..175 {
            LET $person = type::record('person', string::concat('many', <string> $n));
            CREATE $person SET name = string::concat('Helper ', <string> $n), email = string::concat(<string> $n, '@carrel.example'), timezone = 'UTC';
            CREATE type::record('membership', [record::id($person), 'riverside']) SET person = $person,
                organisation = organisation:riverside, roles = ['facilitator'];
         };",
        vars! {},
    )
    .await
    .unwrap();
    let wanted = Default::default();
    let all = store::new_cohort_form(&db, &tina(), &slug, "", &[], &wanted)
        .await
        .unwrap();
    assert!(
        all.facilitators.is_empty() && all.looked_for.is_some(),
        "many are looked for"
    );
    let mut with = Vec::new();
    for n in 100..175 {
        let form = store::new_cohort_form(&db, &tina(), &slug, &format!("helper {n}"), &with, &wanted)
            .await
            .unwrap();
        let found = form.looked_for.unwrap().found;
        assert_eq!(
            found.iter().map(|(_, name)| name.clone()).collect::<Vec<_>>(),
            [format!("Helper {n}")]
        );
        if n % 25 == 0 {
            with.push(found[0].0.clone());
        }
    }
    let chosen = store::new_cohort_form(&db, &tina(), &slug, "", &with, &wanted)
        .await
        .unwrap()
        .facilitators;
    assert_eq!(chosen.into_iter().map(|(id, _)| id).collect::<Vec<_>>(), with);
}
