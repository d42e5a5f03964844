//! Who can be named in a post, and who sees more than the name.

use super::*;
use crate::lookups::store::readers;

#[tokio::test]
async fn members_find_members_by_the_beginnings_of_their_names() {
    let db = world().await;
    db.write(
        "UPDATE person:anneke SET name = 'Anneke de Vries', title = 'Librarian';
         UPDATE person:sam SET name = 'Anna Sam';",
        vars! {},
    )
    .await
    .unwrap();
    let group = group_id(&db, "closed").await;
    let rosa = viewer(&db, "rosa").await;
    for typed in ["an", "ann vri", "DE vries"] {
        let found = readers(&db, &rosa, Some(group.clone()), None, typed).await.unwrap();
        let said: Vec<_> = found
            .iter()
            .map(|one| (one.title.as_str(), one.href.as_str()))
            .collect();
        assert_eq!(
            said,
            [("Anneke de Vries", "/people/anneke")],
            "{typed}: Sam is no member"
        );
        assert_eq!(found[0].place, "Librarian");
    }
    let thread = start(&db, "rosa", "closed", "Closed").await;
    let within = async |typed: &str| readers(&db, &rosa, None, Some(thread.clone()), typed).await.unwrap();
    assert_eq!(within("ann").await.len(), 1);
    for nothing in ["", " ", "!", "nneke"] {
        assert!(within(nothing).await.is_empty(), "{nothing}");
    }
    db.write("UPDATE person:anneke SET closed = time::now();", vars! {})
        .await
        .unwrap();
    assert!(within("ann").await.is_empty(), "a closed account");
}

#[tokio::test]
async fn others_find_nobody() {
    let db = world().await;
    let sam = viewer(&db, "sam").await;
    let (open, closed) = (group_id(&db, "open").await, group_id(&db, "closed").await);
    let thread = start(&db, "rosa", "closed", "Closed").await;
    let asked = async |group, thread| readers(&db, &sam, group, thread, "ann").await;
    assert_eq!(asked(Some(open), None).await, Err(AppError::Forbidden));
    let missing = GroupId::parse("missing").unwrap();
    for hidden in [
        asked(Some(closed), None).await,
        asked(None, Some(thread)).await,
        asked(Some(missing), None).await,
        asked(None, ThreadId::parse("missing")).await,
        asked(None, None).await,
    ] {
        assert_eq!(hidden, Err(AppError::NotFound));
    }
}

#[tokio::test]
async fn who_is_no_member_sees_names_and_no_links_to_people() {
    let db = world().await;
    let thread = start(&db, "rosa", "open", "Open").await;
    let body = "Ask [@ANNEKE](/people/anneke).";
    let reply = a_reply(&thread, body);
    store::reply(&db, &viewer(&db, "rosa").await, &reply).await.unwrap();
    let said = async |viewer: &Viewer| {
        let page = store::thread(&db, viewer, "open", &thread, None).await.unwrap();
        let after = store::posts_after(&db, viewer, &thread, 1).await.unwrap();
        assert_eq!(page.posts[1].html, after[0].html);
        after[0].html.to_string()
    };
    assert!(
        said(&viewer(&db, "anneke").await)
            .await
            .contains("<a href=\"/people/anneke\"")
    );
    for other in [Viewer::visitor(), viewer(&db, "sam").await] {
        assert_eq!(said(&other).await, "<p>Ask @ANNEKE.</p>\n");
    }
}

#[tokio::test]
async fn what_a_post_only_names_is_a_link_where_one_fits() {
    let db = world().await;
    db.write(
        "CREATE course:again SET slug = 'again', organisation = organisation:riverside, title = 'Other', state = 'published';
         CREATE course:secret SET slug = 'secret', organisation = organisation:riverside, title = 'Secret', state = 'draft';",
        vars! {},
    )
    .await
    .unwrap();
    let thread = start(&db, "rosa", "closed", "Closed").await;
    let body = "See [[ budget]], [[Other]], [[Secret]] and `[[Budget]]`. @Rosa or @SAM? https://a.example.";
    store::reply(&db, &viewer(&db, "anneke").await, &a_reply(&thread, body))
        .await
        .unwrap();
    let html = read(&db, "anneke", "closed", &thread, None).await.unwrap().posts[1]
        .html
        .to_string();
    for part in [
        "<a href=\"/courses/budget\"",
        ">Budget</a>, [[Other]], [[Secret]]",
        "<code>[[Budget]]</code>",
        "<a href=\"/people/rosa\"",
        ">@Rosa</a> or @SAM?",
        ">https://a.example</a>.",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }

    // Who is named is told on Today, until it is read.
    let named = async |name: &str| {
        let viewer = viewer(&db, name).await;
        let person = viewer.person.clone().unwrap();
        let today = crate::home::store::today(&db, &viewer, &person).await.unwrap();
        today.news.into_iter().map(|news| news.new).collect::<Vec<_>>()
    };
    assert_eq!(named("rosa").await, ["ANNEKE named you in "]);
    read(&db, "rosa", "closed", &thread, None).await.unwrap();
    assert!(named("rosa").await.is_empty());
    say(&db, "anneke", &thread).await;
    assert_eq!(named("rosa").await, ["1 new post in "]);
}

#[tokio::test]
async fn a_member_quotes_from_what_their_group_works_through() {
    let db = world().await;
    let group = group_id(&db, "open").await;
    let quotable = async |name: &str, lesson: &str| {
        let lesson = LessonId::parse(lesson).unwrap();
        store::quotable(&db, &viewer(&db, name).await, &group, &lesson)
            .await
            .unwrap()
    };
    assert_eq!(quotable("rosa", "carry").await.as_deref(), Some("x"));
    assert_eq!(quotable("rosa", "elsewhere").await, None);
    assert_eq!(quotable("rosa", "missing").await, None);
    assert_eq!(quotable("sam", "carry").await, None);
}
