//! Which programmes hold something that serves a statement.

use super::*;
use crate::competencies::store;
use crate::vars;

#[tokio::test]
async fn a_statement_names_the_programmes_of_ones_own_organisations() {
    let world = world().await;
    let edition = world.import(&small(), true).await.edition;
    let node = store::node_by_code(&world.db, &edition, "LM 1.1")
        .await
        .unwrap()
        .unwrap();
    let setting = "
        CREATE $me SET name = 'Lea', email = 'lea@x.example', timezone = 'UTC';
        CREATE type::record('membership', [record::id($me), record::id($branch)]) SET person = $me, organisation = $branch, roles = ['learner'];
        CREATE course:open SET slug = 'open', organisation = $library, title = 'Budgets', state = 'published';
        CREATE course:other SET slug = 'other', organisation = $library, title = 'Shelves', state = 'published';
        CREATE course:draft SET slug = 'draft', organisation = $library, title = 'Later', state = 'draft';
        FOR $one IN [course:open, course:draft] {
            CREATE alignment:[record::id($one), record::id($node)] SET subject = $one, node = $node, level = 2;
        };
        CREATE programme:leaders SET slug = 'leaders', organisation = $library, title = 'Leaders', courses = [course:other, course:open];
        CREATE programme:later SET slug = 'later', organisation = $library, title = 'Later', courses = [course:draft, course:other];
        CREATE programme:theirs SET slug = 'theirs', organisation = $elsewhere, title = 'Theirs', courses = [course:open];";
    let vars = vars! {
        "me" => world.learner().id().cloned(), "node" => node, "library" => world.library.clone(), "branch" => world.branch.clone(),
        "elsewhere" => world.elsewhere.clone(),
    };
    world.db.write(setting, vars).await.unwrap();
    let named = async |viewer: &Viewer| {
        let page = store::node_page(&world.db, viewer, "small-set", 1, "LM 1.1").await;
        let programmes = page.unwrap().programmes.into_iter();
        programmes.map(|one| (one.title, one.courses)).collect::<Vec<_>>()
    };
    let course = ("Budgets".to_owned(), "/courses/open".to_owned());
    assert_eq!(named(&world.learner()).await, [("Leaders".to_owned(), vec![course])]);
    assert!(named(&Viewer::visitor()).await.is_empty());
}
