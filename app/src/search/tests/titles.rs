//! What is found by its title, name or code.

use super::*;

#[tokio::test]
async fn a_visitor_finds_what_is_public_by_its_stem_and_nothing_else() {
    let db = world().await;
    let found = find(&db, &Viewer::visitor(), "budgets").await;
    assert_eq!(titles(&found), PUBLIC);
    assert!(
        found.kinds.iter().all(|kind| kind.count == 1 && !kind.more),
        "{found:?}"
    );
    let hrefs: Vec<_> = found.kinds.iter().map(|kind| kind.hits[0].href.as_str()).collect();
    let expected = [
        "/courses/open",
        "/courses/open/shown",
        "/resources/short-takes",
        "/groups/open",
        "/groups/open/said",
    ];
    assert_eq!(hrefs, expected);
    assert!(
        titles(&find(&db, &Viewer::visitor(), "adeyemi").await).is_empty(),
        "people are not for visitors"
    );
}

#[tokio::test]
async fn a_member_finds_the_talk_of_their_group_and_no_other_does() {
    let db = world().await;
    let member = find(&db, &person("rosa", &[Role::Learner], true), "worries").await;
    assert_eq!(titles(&member), ["Our budget worries"]);
    let circles = find(&db, &person("rosa", &[Role::Learner], true), "circle").await;
    assert_eq!((circles.kinds[0].count, circles.kinds.len()), (2, 1));
    for viewer in [person("ruth", &[Role::Learner], false), Viewer::visitor()] {
        assert!(titles(&find(&db, &viewer, "worries").await).is_empty());
        assert_eq!(find(&db, &viewer, "circle").await.kinds[0].count, 1);
    }
}

#[tokio::test]
async fn drafts_are_found_by_those_who_may_write_them() {
    let db = world().await;
    let trainer = find(&db, &person("rosa", &[Role::Trainer], false), "budget").await;
    for title in ["Budget secrets", "Hidden budget"] {
        assert!(titles(&trainer).contains(&title.to_owned()), "{title}");
    }
    assert!(!titles(&trainer).contains(&"LM 4.3 Weighs a budget".to_owned()));
    let curator = find(&db, &person("rosa", &[Role::Curator], false), "budget").await;
    assert_eq!(titles(&curator)[0], "LM 4.3 Weighs a budget");
    assert_eq!(curator.kinds[0].hits[0].place, "Library management · draft");
    assert!(!titles(&curator).contains(&"Budget secrets".to_owned()));
    let stranger = find(&db, &person("olga", &[Role::Trainer, Role::Curator], false), "budget").await;
    assert_eq!(
        stranger.kinds.len(),
        PUBLIC.len() + 1,
        "and the programme of their own: {stranger:?}"
    );
    assert!(!titles(&find(&db, &person("rosa", &[], false), "leaders").await).contains(&"Budget leaders".to_owned()));
}

#[tokio::test]
async fn people_find_their_colleagues_and_nobody_closed_or_elsewhere() {
    let db = world().await;
    let mut found = titles(&find(&db, &person("rosa", &[Role::Learner], false), "adeyemi").await);
    found.sort();
    assert_eq!(found, ["rosa Adeyemi", "ruth Adeyemi"]);
    assert_eq!(
        titles(&find(&db, &person("olga", &[Role::Learner], false), "adeyemi").await),
        ["olga Adeyemi"]
    );
    db.write(
        "CREATE group_membership:['olga', 'closed'] SET person = person:olga, study_group = study_group:closed;",
        vars! {},
    )
    .await
    .unwrap();
    let in_group = titles(&find(&db, &person("rosa", &[Role::Learner], true), "olga").await);
    assert_eq!(in_group, ["olga Adeyemi"], "who shares a group is a colleague");
}

#[tokio::test]
async fn who_is_called_what_was_typed_stands_first() {
    let db = world().await;
    db.write(
        "UPDATE person:rosa SET name = 'Rosa Marín';
         CREATE thread:hers SET study_group = study_group:open, public = true, title = 'Rosa asks', kind = 'discussion', started_by = person:ruth;",
        vars! {},
    )
    .await
    .unwrap();
    let ruth = person("ruth", &[Role::Learner], false);
    for (words, first) in [("rosa", true), ("Rosa Marin", true), ("asks", false), ("budget", false)] {
        assert_eq!(find(&db, &ruth, words).await.people_first, first, "{words}");
    }
}

#[tokio::test]
async fn a_slip_is_put_right_from_what_the_viewer_may_see() {
    let db = world().await;
    for slip in ["budgte", "bugdet", "bdget", "buddget", "bodget", "bugdets"] {
        let found = find(&db, &Viewer::visitor(), &format!("What is the {slip}?")).await;
        // What says nothing is not asked for.
        assert_eq!(titles(&found), PUBLIC, "{slip}");
        assert_eq!(found.replaced[0].0, slip);
    }
    let member = find(&db, &person("rosa", &[Role::Learner], true), "wories").await;
    assert_eq!(member.replaced, [("wories".to_owned(), "worries".to_owned())]);
    for (viewer, slip) in [
        (Viewer::visitor(), "wories"),
        (Viewer::visitor(), "secrts"),
        (Viewer::visitor(), "adeyemy"),
        (person("ruth", &[Role::Learner], false), "wories"),
        (person("olga", &[Role::Learner], false), "weigs"),
    ] {
        let found = find(&db, &viewer, slip).await;
        assert!(found.replaced.is_empty() && found.kinds.is_empty(), "{slip}: {found:?}");
    }
    let known = find(&db, &Viewer::visitor(), "budget circle takes").await;
    assert!(known.replaced.is_empty(), "words that are known stay");
}

#[tokio::test]
async fn a_slip_is_put_right_in_its_own_script() {
    let db = world().await;
    db.write(
        "CREATE course:kniga SET slug = 'kniga', organisation = organisation:riverside, title = 'Бюджет библиотеки', state = 'published';",
        vars! {},
    )
    .await
    .unwrap();
    for slip in ["бюджит", "бюджт", "бюдждет"] {
        let found = find(&db, &Viewer::visitor(), slip).await;
        assert_eq!(found.replaced, [(slip.to_owned(), "бюджет".to_owned())]);
        assert_eq!(titles(&found), ["Бюджет библиотеки"]);
    }
}

#[tokio::test]
async fn a_code_is_found_however_it_is_written_once_it_is_published() {
    let db = world().await;
    assert!(titles(&find(&db, &Viewer::visitor(), "LM 3.4").await).is_empty());
    db.write("UPDATE edition:one SET state = 'published';", vars! {})
        .await
        .unwrap();
    for query in ["LM 3.4", "lm 3.4", "LM.3.4", "lm-3-4"] {
        let found = find(&db, &Viewer::visitor(), query).await;
        assert_eq!(
            titles(&found),
            ["LM 3.4 Explains a plan", "LM 4.3 Weighs a budget"],
            "{query}"
        );
        assert_eq!(found.kinds[0].hits[0].href, "/index/lm/1/LM%203.4");
        assert_eq!(found.kinds[0].hits[0].title[0].text, "LM");
        assert!(found.kinds[0].hits[0].title[0].marked);
    }
    let found = find(&db, &Viewer::visitor(), "money").await;
    assert_eq!(
        (found.kinds[0].kind, titles(&found)),
        (Kind::Competency, vec!["LM 3 Money".to_owned()])
    );
}

#[tokio::test]
async fn what_is_renamed_or_gone_is_found_as_it_is() {
    let db = world().await;
    db.write(
        "UPDATE course:open SET title = 'Counting money'; DELETE lesson:shown; UPDATE thread:said SET posts += 1;
         UPDATE study_group:open SET public = false; UPDATE thread:said SET public = false;",
        vars! {},
    )
    .await
    .unwrap();
    assert_eq!(
        titles(&find(&db, &Viewer::visitor(), "budget").await),
        ["Short budget takes"]
    );
    assert_eq!(
        titles(&find(&db, &Viewer::visitor(), "money").await),
        ["Counting money"]
    );
}

#[tokio::test]
async fn one_kind_is_paged_and_its_count_is_bounded() {
    let db = world().await;
    db.write(
        "FOR $n IN 1..=130 {
            CREATE type::record('thread', string::concat('t', <string> $n)) SET study_group = IF $n > 105 { study_group:closed } ELSE { study_group:open },
                title = string::concat('Everywhere ', <string> $n), kind = 'discussion', started_by = person:rosa;
         };",
        vars! {},
    )
    .await
    .unwrap();
    let all = find(&db, &Viewer::visitor(), "everywhere").await;
    assert_eq!(
        (all.kinds[0].count_label(), all.kinds[0].hits.len()),
        ("30+".to_owned(), 5)
    );
    let mut seen = Vec::new();
    for page in 1..=10 {
        let found = search(
            &db,
            &Viewer::visitor(),
            "everywhere".into(),
            Some(Kind::Thread),
            Filters::default(),
            page,
        )
        .await;
        let found = found.unwrap();
        assert_eq!(
            (found.kinds[0].count_label(), found.kinds[0].pages()),
            ("100+".to_owned(), 10)
        );
        seen.extend(titles(&found));
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 100);
    db.write(
        "DELETE thread WHERE study_group = study_group:open AND title != 'Everywhere 1';",
        vars! {},
    )
    .await
    .unwrap();
    assert_eq!(
        find(&db, &Viewer::visitor(), "everywhere").await.kinds[0].count_label(),
        "1"
    );
}

#[tokio::test]
async fn a_hostile_query_is_only_words() {
    let db = world().await;
    let long = "budget ".repeat(400);
    for hostile in [
        "'; REMOVE TABLE course; --",
        "@1@",
        "\"",
        "%",
        "🦉",
        "= $ #",
        "$words",
        "<mark>",
        &long,
        "\u{0}x",
    ] {
        let words = query(hostile).unwrap();
        assert!(
            search(&db, &Viewer::visitor(), words, None, Filters::default(), 9_999)
                .await
                .is_ok(),
            "{hostile}"
        );
    }
    for sign in ["=", "! budget", "~"] {
        let found = find(&db, &Viewer::visitor(), sign).await;
        assert_eq!(
            titles(&found).len(),
            if sign == "! budget" { PUBLIC.len() } else { 0 },
            "{sign}"
        );
    }
    assert_eq!(
        titles(&find(&db, &Viewer::visitor(), "budget").await).len(),
        PUBLIC.len()
    );
}
