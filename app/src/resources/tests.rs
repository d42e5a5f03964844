use super::model::Kind;
use super::store::{page, resource};
use crate::courses::tests::world;
use crate::error::AppError;
use crate::vars;

#[tokio::test]
async fn resources_are_paged_and_filtered_by_kind() {
    let db = world().await;
    db.write(
        "FOR $n IN 1..=22 {
            CREATE type::record('resource', string::concat('r', <string>$n)) SET slug = <string>$n, organisation = organisation:riverside,
                title = string::concat('Same ', <string>($n % 3)), kind = IF $n = 7 { 'book' } ELSE { 'tool' },
                url = IF $n = 7 { 'javascript:alert(1)' } ELSE { 'https://example.org/' };
         };
         CREATE alignment:[1] SET subject = resource:r7, node = node:n3, level = 2;",
        vars! {},
    )
    .await
    .unwrap();
    let (first, second) = (page(&db, None, 1).await.unwrap(), page(&db, None, 2).await.unwrap());
    assert_eq!((first.resources.len(), second.resources.len(), first.pages), (20, 2, 2));
    let mut ids: Vec<_> = first
        .resources
        .iter()
        .chain(&second.resources)
        .map(|one| one.id.clone())
        .collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 22);
    let books = page(&db, Some(Kind::Book), 1).await.unwrap();
    assert_eq!((books.count, books.resources.len()), (1, 1));
    assert_eq!(books.resources[0].url, "", "only addresses of the web are followed");
    assert_eq!(books.resources[0].aligned[0].code, "LM 3.3");
    assert_eq!(books.resources[0].aligned[0].level_label(), "Moderate");
    let found = resource(&db, "7").await.unwrap();
    assert_eq!((found.slug.as_str(), found.aligned.len()), ("7", 1));
    assert!(matches!(resource(&db, "none").await, Err(AppError::NotFound)));
}
