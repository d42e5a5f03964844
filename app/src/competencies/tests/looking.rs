//! Looking for statements within an edition.

use super::*;
use crate::competencies::model::{Looking, SetPage};
use crate::competencies::store;
use crate::vars;

const WRITTEN: &str = "
    UPDATE node SET topics = ['Money', 'Talk'], notes = 'At the reader’s café desk.',
        sources = [{ title: 'A book', credit: 'Ada Lovelace', address: '' }] WHERE address = 'LM 1.1';
    UPDATE node SET topics = ['talk'] WHERE address = 'B';
    UPDATE node SET position = position * 10;
    CREATE resource:page SET slug = 'page', organisation = $library, title = 'One page', kind = 'article', url = 'https://a.example/';
    LET $node = (SELECT VALUE id FROM node WHERE address = 'B')[0];
    CREATE alignment:[record::id(resource:page), record::id($node)] SET subject = resource:page, node = $node, level = 2;";

/// The codes of the statements that are found.
async fn found(world: &World, reader: &Viewer, looking: Looking) -> (SetPage, Vec<String>) {
    let page = store::set_page_where(&world.db, reader, "small-set", None, looking, [1; 3])
        .await
        .unwrap();
    let codes = page.outline.iter().filter(|node| node.depth == 2 || node.code == "B");
    let codes = codes.map(|node| node.code.clone()).collect();
    (page, codes)
}

#[tokio::test]
async fn statements_are_found_by_all_that_is_written_of_them_and_by_topic() {
    let world = world().await;
    let draft = world.import(&small(), false).await.edition;
    let vars = vars! { "library" => world.library.clone() };
    world.db.write(WRITTEN, vars).await.unwrap();
    for reader in [world.curator(), Viewer::visitor()] {
        if !reader.is_signed_in() {
            assert!(store::publish_draft(&world.db, &draft).await.unwrap());
        }
        let (all, _) = found(&world, &reader, Looking::default()).await;
        assert_eq!(
            all.topics.iter().map(|topic| topic.to_lowercase()).collect::<Vec<_>>(),
            ["money", "talk"]
        );
        for words in [
            "desk",
            "lovelace",
            "book money",
            "means",
            "picture",
            "reader's cafe",
            "CAFÉ",
        ] {
            let (page, codes) = found(&world, &reader, Looking::new(words, "", "", false, None)).await;
            assert_eq!((page.found, codes), (Some(1), vec!["LM 1.1".to_owned()]), "{words}");
            assert_eq!(page.topics, all.topics);
        }
        // Markup is not what is written.
        assert_eq!(
            found(&world, &reader, Looking::new("em>", "", "", false, None))
                .await
                .0
                .found,
            Some(0)
        );
        let (_, codes) = found(&world, &reader, Looking::new("", "", "Talk", false, None)).await;
        assert_eq!(codes, ["LM 1.1", "B"]);
        let (_, codes) = found(&world, &reader, Looking::new("", "", "money", true, None)).await;
        assert!(codes.is_empty());
        // Wherever a draft leaves gaps between its lines.
        let (_, codes) = found(&world, &reader, Looking::new("", "", "", false, Some(2))).await;
        assert_eq!(codes, ["B"]);
    }
}

#[tokio::test]
async fn what_jobs_need_of_a_set_and_what_was_derived_from_it_has_pages() {
    let world = world().await;
    let edition = world.import(&small(), false).await.edition;
    assert!(store::publish_draft(&world.db, &edition).await.unwrap());
    let many = "FOR $n IN 100..220 {
            LET $key = string::concat('p', <string> $n);
            CREATE role_profile SET slug = $key, edition = $edition, organisation = $library, title = 'Same', description = '', statements = 0;
            LET $set = type::record('competency_set', $key);
            CREATE $set SET slug = $key, identifier = $key, organisation = $library, title = 'Same';
            CREATE type::record('derivation', $key) SET derived = $set, source = $edition.competency_set, edition = $edition;
         };";
    let vars = vars! { "edition" => edition, "library" => world.library.clone() };
    world.db.write(many, vars).await.unwrap();
    let (mut profiles, mut sets) = (Vec::new(), Vec::new());
    for number in 1..=3 {
        let pages = [1, number, number];
        let page = store::set_page_where(
            &world.db,
            &world.curator(),
            "small-set",
            None,
            Looking::default(),
            pages,
        )
        .await
        .unwrap();
        assert_eq!((page.role_profiles_page, page.derived_page), ((number, 3), (number, 3)));
        profiles.extend(page.role_profiles.into_iter().map(|profile| profile.slug));
        sets.extend(page.derived.into_iter().map(|set| set.slug));
    }
    for mut slugs in [profiles, sets] {
        slugs.sort_unstable();
        slugs.dedup();
        assert_eq!(slugs.len(), 120);
    }
}
