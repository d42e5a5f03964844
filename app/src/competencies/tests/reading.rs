//! Who sees which sets, editions and nodes.

use super::*;
use crate::competencies::model::{EditionState, NodeKind};
use crate::competencies::{export, store};
use crate::error::AppError;
use crate::vars;

#[tokio::test]
async fn a_draft_is_there_for_curators_of_its_line_only() {
    let world = world().await;
    world.import(&small(), false).await;
    for curator in [
        world.curator(),
        viewer("ada", &world.library, Role::OrganisationAdministrator),
    ] {
        let page = store::set_page(&world.db, &curator, "small-set", None).await.unwrap();
        assert_eq!(
            (page.shown.number, page.shown.state, page.may_curate),
            (1, EditionState::Draft, true)
        );
        assert!(store::set_page(&world.db, &curator, "small-set", Some(1)).await.is_ok());
        assert!(
            store::node_page(&world.db, &curator, "small-set", 1, "LM 1.1")
                .await
                .is_ok()
        );
        assert!(
            export::exchange_set(&world.db, &curator, "small-set", Some(1))
                .await
                .is_ok()
        );
        assert_eq!(store::list(&world.db, &curator, 1).await.unwrap().sets.len(), 1);
    }
    let below = viewer("bea", &world.branch, Role::Curator);
    for other in [Viewer::visitor(), world.stranger(), world.learner(), below] {
        assert_eq!(
            store::set_page(&world.db, &other, "small-set", None).await,
            Err(AppError::NotFound)
        );
        assert_eq!(
            store::set_page(&world.db, &other, "small-set", Some(1)).await,
            Err(AppError::NotFound)
        );
        assert_eq!(
            store::node_page(&world.db, &other, "small-set", 1, "LM 1.1").await,
            Err(AppError::NotFound)
        );
        assert_eq!(
            export::exchange_set(&world.db, &other, "small-set", Some(1)).await,
            Err(AppError::NotFound)
        );
        assert!(store::list(&world.db, &other, 1).await.unwrap().sets.is_empty());
    }
}

#[tokio::test]
async fn everyone_reads_what_is_published_and_not_the_draft_after_it() {
    let world = world().await;
    world.import(&small(), true).await;
    let mut next = small();
    next.nodes[5].title = "Talks and listens".into();
    assert_eq!(world.import(&next, false).await.number, 2);
    for other in [Viewer::visitor(), world.stranger()] {
        let page = store::set_page(&world.db, &other, "small-set", None).await.unwrap();
        assert_eq!((page.shown.number, page.editions.len(), page.may_curate), (1, 1, false));
        assert_eq!((page.shown.statements, page.shown.competencies), (4, 1));
        assert_eq!(
            store::set_page(&world.db, &other, "small-set", Some(2)).await,
            Err(AppError::NotFound)
        );
        assert_eq!(
            store::list(&world.db, &other, 1).await.unwrap().sets[0].editions.len(),
            1
        );
    }
    let page = store::set_page(&world.db, &world.curator(), "small-set", None)
        .await
        .unwrap();
    assert_eq!((page.shown.number, page.editions.len()), (1, 2));
    let page = store::set_page(&world.db, &world.curator(), "small-set", Some(2))
        .await
        .unwrap();
    assert_eq!(page.outline.last().unwrap().title, "Talks and listens");
    assert_eq!(
        store::set_page(&world.db, &world.curator(), "small-set", Some(3)).await,
        Err(AppError::NotFound)
    );
    assert_eq!(
        store::set_page(&world.db, &world.curator(), "no-set", None).await,
        Err(AppError::NotFound)
    );
}

#[tokio::test]
async fn a_published_edition_reads_as_its_draft_did() {
    let world = world().await;
    let draft = world.import(&small(), false).await.edition;
    let before = store::set_page(&world.db, &world.curator(), "small-set", None)
        .await
        .unwrap();
    assert_eq!((before.outline.len(), before.shown.state), (6, EditionState::Draft));
    assert!(store::publish_draft(&world.db, &draft).await.unwrap());
    for reader in [world.curator(), Viewer::visitor()] {
        let page = store::set_page(&world.db, &reader, "small-set", None).await.unwrap();
        assert_eq!(page.shown.state, EditionState::Published);
        assert_eq!((&page.outline, &page.kinds), (&before.outline, &before.kinds));
    }
}

#[tokio::test]
async fn a_node_is_found_by_its_own_code_else_by_its_identifier() {
    let world = world().await;
    let edition = world.import(&small(), true).await.edition;
    let visitor = Viewer::visitor();
    let page = store::node_page(&world.db, &visitor, "small-set", 1, "LM 1.1")
        .await
        .unwrap();
    assert_eq!(
        (page.kind, page.kind_label.as_str(), page.title.as_str()),
        (NodeKind::Statement, "Entry", "Explains the budget")
    );
    assert_eq!(page.details.knowledge, ["How money works <all>"]);
    assert_eq!(page.description_html.trim(), "<p>What it <em>means</em>.</p>");
    assert_eq!(
        page.above.iter().map(|node| node.code.as_str()).collect::<Vec<_>>(),
        ["A", "LM 1"]
    );
    assert_eq!(
        (page.previous, page.next.map(|node| node.code)),
        (None, Some("a/b%#é?".into()))
    );
    assert_eq!(page.references[0].node.title, "Has an awkward code");
    let awkward = store::node_page(&world.db, &visitor, "small-set", 1, "a/b%#é?")
        .await
        .unwrap();
    assert_eq!(
        (
            awkward.references[0].words.as_str(),
            awkward.references[0].node.code.as_str()
        ),
        ("See also", "LM 1.1")
    );
    assert_eq!(awkward.previous.unwrap().code, "LM 1.1");
    let uncoded = store::node_page(&world.db, &visitor, "small-set", 1, &id(5).to_string())
        .await
        .unwrap();
    assert_eq!(
        (uncoded.title.as_str(), uncoded.next.unwrap().code.as_str()),
        ("Has no code", "B")
    );
    for nothing in ["", "LM", "lm 1.1", "'; DELETE node;", "LM 1.1 "] {
        assert_eq!(
            store::node_page(&world.db, &visitor, "small-set", 1, nothing).await,
            Err(AppError::NotFound),
            "{nothing}"
        );
    }
    assert_eq!(
        store::node_by_code(&world.db, &edition, "LM 1.1").await.unwrap(),
        Some(page.id)
    );
    assert_eq!(
        store::published_edition(&world.db, "small-set").await.unwrap(),
        Some(edition)
    );
    assert_eq!(store::published_edition(&world.db, "other").await.unwrap(), None);
}

#[tokio::test]
async fn sections_and_competencies_show_what_is_beneath() {
    let world = world().await;
    world.import(&small(), true).await;
    let section = store::node_page(&world.db, &Viewer::visitor(), "small-set", 1, "A")
        .await
        .unwrap();
    assert_eq!(section.kind, NodeKind::Section);
    assert_eq!(
        section.beneath.iter().map(|node| node.depth).collect::<Vec<_>>(),
        [1, 2, 2, 2]
    );
    let competency = store::node_page(&world.db, &Viewer::visitor(), "small-set", 1, "LM 1")
        .await
        .unwrap();
    assert_eq!((competency.kind, competency.beneath.len()), (NodeKind::Competency, 3));
}

#[tokio::test]
async fn the_list_is_paged_in_one_order() {
    let world = world().await;
    for number in 0..25_u128 {
        let mut set = small();
        set.identifier = id(1_000 + number);
        world.import(&set, number != 7).await;
    }
    let (mut seen, visitor) = (Vec::new(), Viewer::visitor());
    for page in 1..=3 {
        let list = store::list(&world.db, &visitor, page).await.unwrap();
        assert_eq!((list.pages, list.may_import), (2, false));
        seen.extend(list.sets.into_iter().map(|set| set.slug));
    }
    assert_eq!(seen.len(), 24);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 24);
    let all = store::list(&world.db, &world.curator(), 2).await.unwrap();
    assert_eq!((all.sets.len(), all.may_import), (5, true));
}

#[tokio::test]
async fn a_member_sees_where_they_are_and_the_talk_that_is_open_to_them() {
    let world = world().await;
    let edition = world.import(&small(), true).await.edition;
    let node = store::node_by_code(&world.db, &edition, "LM 1.1")
        .await
        .unwrap()
        .unwrap();
    let profile = store::RoleProfileToWrite {
        slug: "manager".into(),
        title: "Manager".into(),
        description: String::new(),
        targets: vec![(node.clone(), 2)],
    };
    store::add_role_profile(&world.db, &world.library, &edition, profile)
        .await
        .unwrap();
    let setting = "
        CREATE rating:[record::id($me), record::id($node)] SET person = $me, node = $node, level = 1;
        CREATE judgement:one SET person = $me, given_by = $me, kind = 'self', node = $node, level = 0, at = d'2026-01-01T00:00:00Z';
        CREATE judgement:two SET person = $me, given_by = $me, kind = 'self', node = $node, not_my_work = true, at = d'2026-02-01T00:00:00Z';
        CREATE judgement:three SET person = $me, given_by = $me, kind = 'self', node = $node, level = 1, at = d'2026-03-01T00:00:00Z';
        CREATE type::record('plan', record::id($me)) SET person = $me, title = 'Mine';
        CREATE goal:[record::id($me), record::id($node)] SET plan = type::record('plan', record::id($me)), person = $me, node = $node, level = 2;
        LET $profile = (SELECT VALUE id FROM role_profile)[0];
        CREATE assessment:[record::id($me), record::id($profile)] SET person = $me, role_profile = $profile;
        CREATE course:open SET slug = 'open', organisation = $library, title = 'Budgets', state = 'published', lessons = 3, hours = 4;
        CREATE course:draft SET slug = 'draft', organisation = $library, title = 'Later', state = 'draft';
        CREATE resource:page SET slug = 'page', organisation = $library, title = 'One page', kind = 'article', url = 'https://a.example/', minutes = 15;
        CREATE resource:bad SET slug = 'bad', organisation = $library, title = 'Bad', kind = 'article', url = 'javascript:alert(1)';
        FOR $one IN [course:open, course:draft, resource:page, resource:bad] {
            CREATE alignment:[record::id($one), record::id($node)] SET subject = $one, node = $node, level = 2;
        };
        CREATE study_group:public SET slug = 'public', organisation = $library, title = 'Public', public = true;
        CREATE study_group:closed SET slug = 'closed', organisation = $library, title = 'Closed';
        CREATE thread:one SET study_group = study_group:public, public = true, title = 'Open talk', kind = 'question', started_by = $me, anchor = $node, posts = 3;
        CREATE thread:two SET study_group = study_group:closed, title = 'Closed talk', kind = 'discussion', started_by = $me, anchor = $node, posts = 1;";
    let learner = world.learner();
    let vars = vars! { "me" => learner.id().cloned(), "node" => node, "library" => world.library.clone() };
    world.db.run(setting, vars).await.unwrap();

    let page = store::node_page(&world.db, &learner, "small-set", 1, "LM 1.1")
        .await
        .unwrap();
    let mine = page.mine.unwrap();
    assert_eq!((mine.gap(&mine.needed[0]), mine.goal), (Some(1), Some(2)));
    let earlier: Vec<&str> = mine.earlier.iter().map(|one| one.words.as_str()).collect();
    assert_eq!(earlier, ["Not part of my work", "None"]);
    assert_eq!(mine.said.unwrap().level, Some(1));
    assert_eq!(mine.needed.len(), 1);
    assert_eq!(
        (mine.needed[0].role_profile.as_str(), mine.needed[0].level),
        ("Manager", 2)
    );
    assert_eq!(
        page.used_by
            .iter()
            .map(|one| (one.title.as_str(), one.level))
            .collect::<Vec<_>>(),
        [("Manager", 2)]
    );
    assert_eq!(
        page.learning.iter().map(|item| item.title.as_str()).collect::<Vec<_>>(),
        ["Budgets", "One page"]
    );
    assert_eq!(page.learning[0].facts, "3 lessons · 4 hours");
    assert_eq!(
        page.talk.iter().map(|talk| talk.title.as_str()).collect::<Vec<_>>(),
        ["Open talk"]
    );

    let mut member = learner;
    member.groups.push(crate::viewer::GroupLink {
        id: crate::id::GroupId::parse("closed").unwrap(),
        slug: "closed".into(),
        title: "Closed".into(),
        unread: 0,
        facilitator: false,
    });
    let page = store::node_page(&world.db, &member, "small-set", 1, "LM 1.1")
        .await
        .unwrap();
    assert_eq!(page.talk.len(), 2);

    let page = store::node_page(&world.db, &Viewer::visitor(), "small-set", 1, "LM 1.1")
        .await
        .unwrap();
    assert_eq!((page.mine, page.talk.len(), page.learning.len()), (None, 1, 2));
}

#[tokio::test]
async fn all_that_serves_a_statement_and_all_talk_about_it_has_a_page() {
    let world = world().await;
    let edition = world.import(&small(), true).await.edition;
    world
        .db
        .write(
            "LET $node = (SELECT VALUE id FROM node WHERE edition = $edition AND code = 'LM 1.1')[0];
             CREATE study_group:public SET slug = 'public', organisation = $library, title = 'Public', public = true;
             FOR $n IN 0..70 {
                LET $one = type::record('resource', string::concat('r', <string> $n));
                CREATE $one SET slug = record::id($one), organisation = $library, title = 'Same', kind = 'article', url = 'https://a.example/';
                CREATE alignment:[record::id($one), record::id($node)] SET subject = $one, node = $node, level = 2;
             };
             FOR $n IN 0..10 {
                LET $draft = type::record('course', string::concat('d', <string> $n));
                CREATE $draft SET slug = record::id($draft), organisation = $library, title = 'Later', state = 'draft';
                CREATE alignment:[record::id($draft), record::id($node)] SET subject = $draft, node = $node, level = 1;
             };
             FOR $n IN 0..20 {
                CREATE thread SET study_group = study_group:public, public = true, title = 'Talk', kind = 'question',
                    started_by = person:lea, anchor = $node, posts = 1, last_post = d'2026-01-01T00:00:00Z';
             };",
            vars! { "edition" => edition, "library" => world.library.clone() },
        )
        .await
        .unwrap();
    let (mut serving, mut talk) = (Vec::new(), Vec::new());
    for page in 1..=3 {
        let shown = store::node_pages(&world.db, &Viewer::visitor(), "small-set", 1, "LM 1.1", (page, page))
            .await
            .unwrap();
        assert_eq!((shown.learning_page, shown.learning_pages), (page, 3));
        assert_eq!((shown.talk_page, shown.talk_pages, shown.talks), (page, 3, 20));
        serving.extend(shown.learning.into_iter().map(|item| item.subject.to_add()));
        talk.extend(shown.talk.into_iter().map(|talk| talk.thread));
    }
    assert_eq!((serving.len(), talk.len()), (70, 20));
    serving.sort();
    serving.dedup();
    talk.sort();
    talk.dedup();
    assert_eq!((serving.len(), talk.len()), (70, 20), "each stands once");
}
