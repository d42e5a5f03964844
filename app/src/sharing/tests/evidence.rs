use super::*;

#[tokio::test]
async fn evidence_is_there_for_those_whom_it_is_shared_with() {
    let db = world().await;
    db.write(
        "CREATE competency_set:s SET slug = 's', identifier = 's', organisation = organisation:library, title = 'Set';
         CREATE edition:s SET competency_set = competency_set:s, number = 1, state = 'draft', levels = [{ label: 'No', description: '' }];
         CREATE node:s SET edition = edition:s, identifier = 's', kind = 'statement', depth = 0, position = 0, address = 's', code = 's',
            title = 'Reads a budget';
         CREATE evidence SET person = person:rosa, node = node:s, title = 'Led a talk', body = 'It went well.', html = '<p>It went well.</p>';
         CREATE evidence SET person = person:rosa, node = node:s, title = 'Taken out', body = 'Words', removed = time::now();
         CREATE evidence SET person = person:sam, node = node:s, title = 'Of Sam', body = 'Words';",
        vars! {},
    )
    .await
    .unwrap();
    let reads = async |name: &str| {
        let shared = store::evidence(&db, &viewer(&db, name).await, &id("rosa"), 1).await?;
        let pieces = shared.content.groups.into_iter().flat_map(|group| group.pieces);
        Ok::<_, AppError>(pieces.map(|piece| (piece.title, piece.body)).collect::<Vec<_>>())
    };
    share(&db, What::Plan, with_managers()).await;
    for name in ["helen", "sam", "mo", "rosa"] {
        assert_eq!(reads(name).await, Err(AppError::NotFound), "{name}");
    }
    share(&db, What::Evidence, with_managers()).await;
    let seen = vec![("Led a talk".to_owned(), String::new())];
    assert_eq!(
        reads("helen").await,
        Ok(seen),
        "as it is rendered, and what is there still"
    );
    for name in ["sam", "mo", "rosa"] {
        assert_eq!(reads(name).await, Err(AppError::NotFound), "{name}");
    }
    let nobody = store::evidence(&db, &Viewer::visitor(), &id("rosa"), 1).await.map(drop);
    assert_eq!(nobody, Err(AppError::NotFound));
    let rosa = viewer(&db, "rosa").await;
    let page = store::page(&db, &rosa, rosa.person.as_ref().unwrap(), (1, 1))
        .await
        .unwrap();
    let looks: Vec<_> = page.looks.iter().map(|look| look.what).collect();
    assert_eq!(looks, [What::Evidence]);
    let mine = page.mine.iter().find(|shown| shown.what == What::Evidence).unwrap();
    store::end(&db, &id("rosa"), &mine.id).await.unwrap();
    assert_eq!(reads("helen").await, Err(AppError::NotFound), "it was ended");
}
