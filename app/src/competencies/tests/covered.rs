//! How many statements there is something to learn from.

use super::*;
use crate::competencies::store;
use crate::vars;

/// What the index and the set's page say to a visitor.
async fn said(world: &World) -> String {
    let list = store::list(&world.db, &Viewer::visitor(), 1).await.unwrap();
    let page = store::set_page(&world.db, &Viewer::visitor(), "small-set", None)
        .await
        .unwrap();
    let words = list.sets[0].editions[0].coverage().unwrap();
    assert_eq!(page.shown.coverage().as_ref(), Some(&words));
    words
}

const COURSES: &str = "
    CREATE course:one SET slug = 'one', organisation = $library, title = 'Budgets', state = 'draft', lessons = 3, hours = 4;
    CREATE resource:page SET slug = 'page', organisation = $library, title = 'One page', kind = 'article', url = 'https://a.example/';
    FOR $place IN ['LM 1.1', 'B', 'LM 1'] {
        LET $node = (SELECT VALUE id FROM node WHERE address = $place)[0];
        CREATE alignment:[record::id(course:one), record::id($node)] SET subject = course:one, node = $node, level = 1;
    };
    LET $node = (SELECT VALUE id FROM node WHERE address = 'B')[0];
    CREATE alignment:[record::id(resource:page), record::id($node)] SET subject = resource:page, node = $node, level = 1;";

#[tokio::test]
async fn coverage_follows_courses_and_what_they_serve() {
    let world = world().await;
    let draft = world.import(&small(), false).await.edition;
    let library = vars! { "library" => world.library.clone() };
    world.db.write(COURSES, library).await.unwrap();
    let page = store::set_page(&world.db, &world.curator(), "small-set", None)
        .await
        .unwrap();
    assert_eq!(page.shown.coverage(), None, "of a draft nothing is told");
    assert!(store::publish_draft(&world.db, &draft).await.unwrap());
    assert_eq!(said(&world).await, "1 of 4 have something to learn from");
    let steps = [
        ("UPDATE course:one SET state = 'published';", 2),
        ("UPDATE course:one SET title = 'Money';", 2),
        ("UPDATE alignment SET level = 2;", 2),
        ("UPDATE course:one SET state = 'draft';", 1),
        ("DELETE alignment WHERE subject = resource:page;", 0),
        ("UPDATE course:one SET state = 'published';", 2),
        ("DELETE alignment WHERE node.address = 'LM 1.1';", 1),
        ("DELETE alignment;", 0),
    ];
    for (step, covered) in steps {
        world.db.write(step, vars! {}).await.unwrap();
        let words = format!("{covered} of 4 have something to learn from");
        assert_eq!(said(&world).await, words, "{step}");
    }
}
