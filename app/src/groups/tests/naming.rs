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
