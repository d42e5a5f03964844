//! What is found by what it says.

use super::*;
use crate::search::model::Hit;

/// Says `text` in posts of both groups, in a lesson of each course, in the
/// details of the statement and in all descriptions.
pub(super) async fn said(text: &str) -> Db {
    let db = world().await;
    // The longest post is as long as what is looked through of a text.
    db.write(
        "UPDATE lesson SET body = $text, html = $html;
         UPDATE course SET summary = $text;
         UPDATE resource SET summary = $text;
         UPDATE programme SET summary = $text;
         UPDATE study_group SET summary = $text;
         UPDATE node:s34 SET knowledge = ['Something else', $text];
         UPDATE node:c3 SET description = $text, description_html = $html;
         CREATE post:['whisper', 1] SET thread = thread:whisper, study_group = study_group:closed, number = 1, author = person:rosa, body = $post, html = $html, form_key = 'a';
         CREATE post:['said', 1] SET thread = thread:said, study_group = study_group:open, number = 1, author = person:rosa, body = $post, html = $html, form_key = 'b';",
        vars! { "text" => text.to_owned(), "post" => text.chars().take(20_000).collect::<String>(), "html" => crate::markdown::render(text) },
    )
    .await
    .unwrap();
    db
}

pub(super) async fn run(db: &Db, sql: &'static str) {
    db.write(sql, vars! {}).await.unwrap();
}

fn hits(found: &Found) -> Vec<&Hit> {
    found.kinds.iter().flat_map(|kind| &kind.hits).collect()
}

fn text(hit: &Hit) -> String {
    hit.excerpt.iter().map(|piece| piece.text.as_str()).collect()
}

#[tokio::test]
async fn a_visitor_finds_what_is_public_by_what_it_says_and_nothing_else() {
    let db = said("We weighed *pumpernickels* twice.").await;
    let found = find(&db, &Viewer::visitor(), "pumpernickel weighing").await;
    assert_eq!(titles(&found), PUBLIC);
    for hit in hits(&found) {
        assert_eq!(text(hit).replace('*', ""), "We weighed pumpernickels twice.", "{hit:?}");
        let marks: Vec<_> = hit
            .excerpt
            .iter()
            .filter(|piece| piece.marked)
            .map(|piece| piece.text.as_str())
            .collect();
        assert_eq!(marks, ["weighed", "pumpernickels"], "{hit:?}");
        assert!(hit.title.iter().all(|piece| !piece.marked));
    }
    assert_eq!(hits(&found)[4].href, "/groups/open/said?page=1#post-1");
    assert_eq!(hits(&found)[1].href, "/courses/open/shown");
}

#[tokio::test]
async fn who_may_see_it_finds_it_by_what_it_says() {
    let db = said("Pumpernickel").await;
    let of = async |viewer: &Viewer| titles(&find(&db, viewer, "pumpernickel").await);
    let with = |more: &[&str]| {
        let mut all: Vec<String> = PUBLIC.iter().chain(more).map(|title| (*title).to_owned()).collect();
        all.sort();
        all
    };
    for (viewer, more) in [
        (
            person("rosa", &[Role::Learner], true),
            vec!["Closed budget circle", "Our budget worries"],
        ),
        (person("ruth", &[Role::Learner], false), vec![]),
        (
            person("rosa", &[Role::Trainer], false),
            vec!["Budget secrets", "Hidden budget"],
        ),
        (
            person("rosa", &[Role::Curator], false),
            vec!["LM 3 Money", "LM 3.4 Explains a plan"],
        ),
        (
            person("olga", &[Role::Curator, Role::Trainer], false),
            vec!["Budget leaders"],
        ),
    ] {
        let mut found = of(&viewer).await;
        found.sort();
        assert_eq!(found, with(&more), "{:?}", viewer.person);
    }
    run(&db, "UPDATE edition:one SET state = 'published';").await;
    assert_eq!(of(&Viewer::visitor()).await, PUBLIC, "it follows");
    assert_eq!(write_due(&db).await, Ok(1));
    assert_eq!(
        of(&Viewer::visitor()).await[..2],
        ["LM 3.4 Explains a plan", "LM 3 Money"]
    );
    run(&db, "UPDATE edition:one SET state = 'retired';").await;
    assert_eq!(of(&Viewer::visitor()).await, PUBLIC, "at once");
    write_due(&db).await.unwrap();
    let left: Vec<String> = db
        .rows(
            "SELECT VALUE words FROM search_text WHERE scope = edition:one;",
            vars! {},
        )
        .await
        .unwrap();
    assert_eq!(left, [""; 0]);
}

#[tokio::test]
async fn what_is_opened_or_closed_is_found_so() {
    let db = said("Pumpernickel").await;
    run(
        &db,
        "UPDATE study_group:closed SET public = true; UPDATE course:draft SET state = 'published', open = true;",
    )
    .await;
    let found = find(&db, &Viewer::visitor(), "pumpernickel").await;
    assert_eq!(titles(&found).len(), PUBLIC.len() + 4, "{found:?}");
    run(
        &db,
        "UPDATE study_group SET public = false; UPDATE course SET state = 'draft';",
    )
    .await;
    assert_eq!(
        titles(&find(&db, &Viewer::visitor(), "pumpernickel").await),
        ["Short budget takes"]
    );
}

#[tokio::test]
async fn what_is_edited_removed_or_gone_is_found_no_more() {
    let db = said("Pumpernickel").await;
    let found = async || titles(&find(&db, &Viewer::visitor(), "pumpernickel").await);
    run(
        &db,
        "UPDATE post:['said', 1] SET body = 'Rye', html = '<p>Rye</p>'; DELETE lesson:shown;",
    )
    .await;
    assert_eq!(
        found().await,
        ["Reading a budget", "Short budget takes", "Open budget circle"]
    );
    assert_eq!(
        titles(&find(&db, &Viewer::visitor(), "rye").await),
        ["Said of the budget"]
    );
    run(
        &db,
        "UPDATE course:open SET summary = ''; UPDATE resource:takes SET summary = '<>'; DELETE study_group:open;",
    )
    .await;
    assert_eq!(found().await, [""; 0]);
    run(
        &db,
        "DELETE post:['whisper', 1]; DELETE course:draft; DELETE programme:leaders; DELETE node WHERE true;",
    )
    .await;
    let left: Vec<String> = db.rows("SELECT VALUE words FROM search_text;", vars! {}).await.unwrap();
    assert_eq!(left.len(), 1, "the closed group alone: {left:?}");
}

#[tokio::test]
async fn a_thread_that_is_gone_leaves_nothing() {
    let db = said("Pumpernickel").await;
    run(&db, "DELETE thread:said;").await;
    assert!(!titles(&find(&db, &Viewer::visitor(), "pumpernickel").await).contains(&"Said of the budget".to_owned()));
    let left: Vec<String> = db
        .rows(
            "SELECT VALUE words FROM search_text WHERE subject = thread:said;",
            vars! {},
        )
        .await
        .unwrap();
    assert_eq!(left, [""; 0]);
}

#[tokio::test]
async fn posts_go_with_their_author_where_they_say_so() {
    let db = said("Pumpernickel").await;
    let rosa = PersonId::parse("rosa").unwrap();
    crate::people::store::close(&db, &rosa, true).await.unwrap();
    for word in ["pumpernickel", "taken author closed"] {
        let found = find(&db, &Viewer::visitor(), word).await;
        let thread = found.kinds.iter().find(|kind| kind.kind == Kind::Thread);
        assert!(
            thread.is_none_or(|kind| kind.hits.iter().all(|hit| hit.excerpt.is_empty())),
            "{found:?}"
        );
    }
}

#[tokio::test]
async fn titles_come_first_and_nothing_twice() {
    let db = said("The budget, again the budget").await;
    let found = find(&db, &Viewer::visitor(), "budget").await;
    assert_eq!(titles(&found), PUBLIC);
    assert!(hits(&found).iter().all(|hit| hit.excerpt.is_empty()));
    run(
        &db,
        "CREATE resource:loud SET slug = 'loud', organisation = organisation:riverside, title = 'Money', summary = 'budget budget budget',
            kind = 'video', url = 'https://example.org/';",
    )
    .await;
    let found = find(&db, &Viewer::visitor(), "budget").await;
    let resources = found.kinds.iter().find(|kind| kind.kind == Kind::Resource).unwrap();
    let order: Vec<_> = resources.hits.iter().map(Hit::text).collect();
    assert_eq!(order, ["Short budget takes", "Money"]);
}

#[tokio::test]
async fn a_thread_is_found_once_and_kinds_are_bounded() {
    let db = world().await;
    run(
        &db,
        "FOR $n IN 1..=60 {
            LET $thread = type::record('thread', string::concat('t', <string> $n));
            CREATE $thread SET study_group = IF $n > 40 { study_group:closed } ELSE { study_group:open },
                title = string::concat('Talk ', <string> $n), kind = 'discussion', started_by = person:rosa;
            FOR $post IN 1..=2 {
                CREATE type::record('post', [record::id($thread), $post]) SET thread = $thread, study_group = $thread.study_group,
                    number = $post, author = person:rosa, body = 'Pumpernickel', html = '<p>Pumpernickel</p>',
                    form_key = string::concat(<string> $n, '-', <string> $post);
            };
         };",
    )
    .await;
    let all = find(&db, &Viewer::visitor(), "pumpernickel").await;
    assert_eq!(
        (all.kinds[0].count_label(), all.kinds[0].hits.len()),
        ("30+".to_owned(), 5)
    );
    let one = async |viewer: &Viewer| {
        search(
            &db,
            viewer,
            "pumpernickel".into(),
            Some(Kind::Thread),
            Filters::default(),
            1,
        )
        .await
        .unwrap()
    };
    assert_eq!(one(&Viewer::visitor()).await.kinds[0].count_label(), "40");
    assert_eq!(
        one(&person("rosa", &[Role::Learner], true)).await.kinds[0].count_label(),
        "60"
    );
    let mut seen = Vec::new();
    for page in 1..=4 {
        let found = search(
            &db,
            &Viewer::visitor(),
            "pumpernickel".into(),
            Some(Kind::Thread),
            Filters::default(),
            page,
        )
        .await
        .unwrap();
        seen.extend(titles(&found));
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 40);
}

#[tokio::test]
async fn a_post_is_led_to_on_its_page() {
    let db = world().await;
    run(
        &db,
        "FOR $n IN 1..=140 {
            CREATE type::record('post', ['said', $n]) SET thread = thread:said, study_group = study_group:open, number = $n,
                author = person:rosa, body = 'x', html = IF $n = 77 { '<p>Pumpernickel</p>' } ELSE { '<p>Rye</p>' },
                form_key = <string> $n;
         };",
    )
    .await;
    let found = find(&db, &Viewer::visitor(), "pumpernickel").await;
    let page = crate::groups::model::page_of(77);
    assert_eq!(hits(&found)[0].href, format!("/groups/open/said?page={page}#post-77"));
    let rye = find(&db, &Viewer::visitor(), "rye").await;
    assert_eq!(
        rye.kinds[0].count_label(),
        "1+",
        "as many posts as are looked at are of one thread"
    );
}

#[tokio::test]
async fn an_excerpt_is_text_whatever_it_holds() {
    let hostile = "Lead. <script>alert(1)</script> & \"q\" <b onclick=x>pumpernickel</b> &lt;i&gt; = @ ! $1 zzq";
    let db = said(hostile).await;
    let found = find(&db, &Viewer::visitor(), "pumpernickel").await;
    assert_eq!(titles(&found), PUBLIC);
    let post = text(hits(&found)[4]);
    assert!(
        post.contains("<script>alert(1)</script> & \"q\" <b onclick=x>pumpernickel</b>"),
        "{post}"
    );
    for sign in ["=", "@", "! zzq"] {
        assert!(
            titles(&find(&db, &Viewer::visitor(), sign).await).len() <= PUBLIC.len(),
            "{sign}"
        );
    }
    let long = format!("{}pumpernickel {}", "rye ".repeat(3_000), "bread ".repeat(3_000));
    let db = said(&long).await;
    let found = find(&db, &Viewer::visitor(), "pumpernickel").await;
    for hit in hits(&found) {
        let text = text(hit);
        assert!(
            text.starts_with("… rye") && text.contains("rye pumpernickel bread"),
            "{text}"
        );
        assert!(text.chars().count() <= crate::search::model::EXCERPT + 4, "{text}");
    }
    let beyond = said(&format!("{} pumpernickel", "rye ".repeat(5_000))).await;
    assert!(
        titles(&find(&beyond, &Viewer::visitor(), "pumpernickel").await).is_empty(),
        "so much is looked through"
    );
}

#[tokio::test]
async fn a_slip_is_put_right_by_what_only_a_post_says_for_whom_it_is() {
    let db = world().await;
    run(
        &db,
        "CREATE post:['whisper', 1] SET thread = thread:whisper, study_group = study_group:closed, number = 1, author = person:rosa,
            body = 'Pumpernickel', html = '<p>Pumpernickel</p>', form_key = 'a';",
    )
    .await;
    let member = find(&db, &person("rosa", &[Role::Learner], true), "pumpernikel").await;
    assert_eq!(member.replaced, [("pumpernikel".to_owned(), "pumpernickel".to_owned())]);
    assert_eq!(titles(&member), ["Our budget worries"]);
    let both = find(&db, &person("rosa", &[Role::Learner], true), "pumpernickle").await;
    assert_eq!(both.replaced[0].1, "pumpernickel");
    for viewer in [
        Viewer::visitor(),
        person("ruth", &[Role::Learner], false),
        person("olga", &[Role::Curator], false),
    ] {
        let found = find(&db, &viewer, "pumpernikel").await;
        assert!(found.replaced.is_empty() && found.kinds.is_empty(), "{found:?}");
        assert!(find(&db, &viewer, "pumpernickel").await.kinds.is_empty());
    }
}

#[tokio::test]
async fn what_was_there_before_is_found_once_it_was_gone_through() {
    let db = said("Pumpernickel").await;
    run(
        &db,
        "UPDATE edition:one SET state = 'published';
         FOR $n IN 2..=250 {
            CREATE type::record('post', ['said', $n]) SET thread = thread:said, study_group = study_group:open, number = $n,
                author = person:rosa, body = 'x', html = '<p>Rye</p>', form_key = <string> $n;
         };",
    )
    .await;
    write_due(&db).await.unwrap();
    let words = "SELECT VALUE [<string> id, words] FROM search_text ORDER BY id;";
    let before: Vec<Vec<String>> = db.rows(words, vars! {}).await.unwrap();
    assert!(before.len() > 250, "{}", before.len());
    run(&db, "DELETE search_text; DELETE known_word WHERE true;").await;
    let migration = crate::db::MIGRATIONS
        .iter()
        .find(|one| one.name == "0108_texts_due")
        .unwrap();
    run(&db, migration.sql).await;
    assert_eq!(write_due(&db).await, Ok(7));
    assert_eq!(write_due(&db).await, Ok(0));
    let after: Vec<Vec<String>> = db.rows(words, vars! {}).await.unwrap();
    assert_eq!(after, before);
    assert_eq!(
        find(&db, &Viewer::visitor(), "pumpernikel").await.replaced.len(),
        1,
        "its words are known"
    );
}
