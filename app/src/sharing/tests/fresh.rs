use super::*;

#[tokio::test]
async fn what_is_shared_is_new_until_one_looked() {
    let db = world().await;
    let new = async |name: &str| {
        let me = viewer(&db, name).await;
        let news = store::fresh(&db, &me, me.person.as_ref().unwrap()).await.unwrap();
        news.into_iter().map(|news| (news.title, news.href)).collect::<Vec<_>>()
    };
    assert!(new("helen").await.is_empty());
    share(&db, What::Plan, with_managers()).await;
    share(&db, What::Gaps, With::Person(id("sam"))).await;
    let line = |title: &str, href: &str| vec![(title.to_owned(), href.to_owned())];
    assert_eq!(new("helen").await, line("Rosa: plan", "/people/rosa/plan"));
    assert_eq!(new("sam").await, line("Rosa: gaps", "/people/rosa/gaps"));
    assert!(new("mo").await.is_empty() && new("rosa").await.is_empty());
    let elsewhere = "FOR $n IN 100..160 {
            LET $person = type::record('person', string::concat('else', <string> $n));
            CREATE $person SET name = 'Anna', email = string::concat(<string> $n, '@x.example'), timezone = 'UTC';
            CREATE sharing SET person = $person, what = 'plan', role = 'manager', organisation = organisation:other, purpose = 'Talk',
                last_day = '2099-01-01', until = d'2099-01-02T00:00:00Z', begun = time::now();
         };";
    db.write(elsewhere, vars! {}).await.unwrap();
    assert_eq!(
        new("helen").await.len(),
        1,
        "what others hear of elsewhere takes no place"
    );
    assert!(sees(&db, "helen").await);
    assert!(new("helen").await.is_empty(), "it is new until she looked");
    db.write("UPDATE sharing SET ended = time::now();", vars! {})
        .await
        .unwrap();
    assert!(new("sam").await.is_empty(), "what is over is not new");
    share(&db, What::Plan, with_managers()).await;
    assert_eq!(new("helen").await.len(), 1, "it was shared anew");
    assert!(sees(&db, "helen").await);
    assert!(new("helen").await.is_empty(), "and she looked anew, on the same day");
    assert!(sees(&db, "helen").await);
    let looks: Option<i64> = db
        .row(
            "count(SELECT VALUE id FROM look WHERE viewer = person:helen);",
            vars! {},
        )
        .await
        .unwrap();
    assert_eq!(looks, Some(2), "who looked before is still known, and neither twice");
}
