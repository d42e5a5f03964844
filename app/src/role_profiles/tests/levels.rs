//! What a job needs, section by section.

use super::*;

fn levels(section: &OpenSection) -> Vec<Option<u32>> {
    section.statements.iter().map(|line| line.level).collect()
}

#[tokio::test]
async fn a_job_is_described_section_by_section() {
    let (world, _) = world().await;
    let cora = cora(&world);
    let slug = make(&world, &cora, &new(1, "Children’s librarian", &world.library))
        .await
        .unwrap();
    assert_eq!(slug, "children-s-librarian-library");
    let whole = page(&world, &cora, &slug, "").await.unwrap();
    let lines: Vec<_> = whole
        .sections
        .iter()
        .map(|line| (line.words.as_str(), line.statements, line.needed))
        .collect();
    // B is a statement at the top.
    assert_eq!(lines, [("A Money", 3, 0), ("Statements outside the sections", 1, 0)]);
    assert_eq!(
        (whole.open, whole.needed, whole.statements, whole.chosen),
        (None, 0, 4, false)
    );

    let (id, section) = open(&world, &cora, &slug, "A Money").await;
    assert_eq!(section.statements[0].heading.as_deref(), Some("LM 1 Budgets"));
    assert_eq!(section.statements[1].heading, None);
    let form = sent(&section, &[(0, "2"), (1, "1"), (2, "none")]);
    let next = store::save_levels(&world.db, &cora, &id, &form).await.unwrap();
    assert_eq!(
        next,
        format!("/studio/sets/small-set/profiles/{slug}?section=rest&notice=saved")
    );
    let (_, section) = open(&world, &cora, &slug, "A Money").await;
    assert_eq!(levels(&section), [Some(2), Some(1), None]);
    // Sent again it changes nothing, and says so to nobody.
    let entries = "count(SELECT VALUE id FROM audit_entry WHERE act = 'role_profile_changed');";
    store::save_levels(&world.db, &cora, &id, &sent(&section, &[(0, "2")]))
        .await
        .unwrap();
    assert_eq!(world.db.row::<i64>(entries, vars! {}).await, Ok(Some(1)));

    // One level for all, then for none.
    let rest = Sent {
        section: super::super::rules::REST.into(),
        whole: "0".into(),
        ..Sent::default()
    };
    assert_eq!(
        store::save_levels(&world.db, &cora, &id, &rest).await.unwrap(),
        format!("/studio/sets/small-set/profiles/{slug}?notice=all")
    );
    let whole = page(&world, &cora, &slug, "").await.unwrap();
    assert_eq!(whole.needed, 3);
    let none = Sent {
        whole: "none".into(),
        ..sent(&section, &[(0, "1")])
    };
    store::save_levels(&world.db, &cora, &id, &none).await.unwrap();
    let whole = page(&world, &cora, &slug, "").await.unwrap();
    assert_eq!(
        whole.sections.iter().map(|line| line.needed).collect::<Vec<_>>(),
        [0, 1]
    );
    let counted = "SELECT VALUE statements FROM role_profile;";
    assert_eq!(world.db.rows::<i64>(counted, vars! {}).await.unwrap(), [1]);
}

#[tokio::test]
async fn what_cannot_be_a_level_is_refused_at_its_field_and_nothing_is_saved() {
    let (world, _) = world().await;
    let cora = cora(&world);
    let slug = make(&world, &cora, &new(1, "Manager", &world.library)).await.unwrap();
    let (id, section) = open(&world, &cora, &slug, "A Money").await;
    let bad = store::save_levels(&world.db, &cora, &id, &sent(&section, &[(0, "2"), (1, "3")]))
        .await
        .unwrap_err();
    let field = super::super::model::level_field(section.statements[1].node.as_str());
    assert!(bad.at(&field).is_some() && bad.at("base").is_none(), "{bad:?}");
    for form in [
        Sent {
            base: "none".into(),
            ..sent(&section, &[(0, "2")])
        },
        Sent {
            levels: HashMap::from([("another".to_owned(), "1".to_owned())]),
            ..sent(&section, &[])
        },
    ] {
        let bad = store::save_levels(&world.db, &cora, &id, &form).await.unwrap_err();
        assert!(bad.at("base").is_some(), "{bad:?}");
    }
    let nowhere = Sent {
        section: "nowhere".into(),
        ..sent(&section, &[])
    };
    assert_eq!(
        store::save_levels(&world.db, &cora, &id, &nowhere).await,
        Err(AppError::NotFound)
    );
    assert_eq!(page(&world, &cora, &slug, "").await.unwrap().needed, 0);
}

#[tokio::test]
async fn two_who_write_at_once_lose_nothing() {
    let (world, _) = world().await;
    let cora = cora(&world);
    let slug = make(&world, &cora, &new(1, "Manager", &world.library)).await.unwrap();
    let (id, section) = open(&world, &cora, &slug, "A Money").await;
    let (first, second) = (
        sent(&section, &[(0, "2"), (1, "1")]),
        sent(&section, &[(0, "1"), (2, "1")]),
    );
    store::save_levels(&world.db, &cora, &id, &first).await.unwrap();
    let clash = store::save_levels(&world.db, &cora, &id, &second).await.unwrap_err();
    let field = super::super::model::level_field(section.statements[0].node.as_str());
    assert!(clash.at(&field).unwrap().contains("“Strong”"), "{clash:?}");
    assert!(clash.at("over").is_some());
    let over = Sent { over: true, ..second };
    store::save_levels(&world.db, &cora, &id, &over).await.unwrap();
    let (_, section) = open(&world, &cora, &slug, "A Money").await;
    assert_eq!(levels(&section), [Some(1), Some(1), Some(1)]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sections_that_are_saved_at_the_same_moment_are_all_saved() {
    let (world, _) = world().await;
    let cora = cora(&world);
    let slug = make(&world, &cora, &new(1, "Manager", &world.library)).await.unwrap();
    let (id, money) = open(&world, &cora, &slug, "A Money").await;
    let (_, rest) = open(&world, &cora, &slug, "Statements outside the sections").await;
    let forms = [
        sent(&money, &[(0, "2")]),
        sent(&money, &[(1, "1")]),
        sent(&rest, &[(0, "0")]),
    ];
    let saving = forms.iter().map(|form| store::save_levels(&world.db, &cora, &id, form));
    for saved in futures::future::join_all(saving).await {
        saved.unwrap();
    }
    assert_eq!(page(&world, &cora, &slug, "").await.unwrap().needed, 3);
}

#[tokio::test]
async fn one_begins_as_a_copy_of_another() {
    let (world, _) = world().await;
    let cora = cora(&world);
    let (slug, id, _) = with_one(&world, &cora, &new(1, "Manager", &world.library)).await;
    let copy = NewProfile {
        copy: slug.clone(),
        ..new(2, "Branch manager", &world.branch)
    };
    let copied = make(&world, &brock(&world), &copy).await.unwrap();
    assert_eq!(copied, "branch-manager-branch");
    assert_eq!(
        make(&world, &brock(&world), &copy).await,
        Ok(copied.clone()),
        "sent twice"
    );
    let (_, section) = open(&world, &brock(&world), &copied, "A Money").await;
    assert_eq!(levels(&section), [Some(2), None, None]);
    // They are two from then on.
    let (_, first) = open(&world, &cora, &slug, "A Money").await;
    store::save_levels(&world.db, &cora, &id, &sent(&first, &[(0, "none")]))
        .await
        .unwrap();
    let (_, section) = open(&world, &brock(&world), &copied, "A Money").await;
    assert_eq!(levels(&section), [Some(2), None, None]);
    let unknown = NewProfile {
        copy: "nowhere".into(),
        ..new(3, "Another", &world.branch)
    };
    let refused = make(&world, &brock(&world), &unknown).await.unwrap_err();
    assert!(refused.at("copy").is_some());
}
