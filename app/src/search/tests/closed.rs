//! What is closed is not found by what it says.

use super::texts::{run, said};
use super::*;

/// Its page asks visitors to sign in: so does what it says, but for its title.
#[tokio::test]
async fn a_visitor_reads_no_lesson_of_a_course_that_is_not_open_by_searching() {
    let db = said("Pumpernickel").await;
    run(&db, "UPDATE course:open SET open = false;").await;
    let lesson = "Five budget questions".to_owned();
    let visitor = Viewer::visitor();
    let read = titles(&find(&db, &visitor, "pumpernickel").await);
    assert_eq!(read.len(), PUBLIC.len() - 1, "{read:?}");
    assert!(!read.contains(&lesson));
    assert!(titles(&find(&db, &visitor, "questions").await).contains(&lesson));
    // Nor is one of its words what another was meant to be.
    run(&db, "UPDATE lesson:shown SET html = '<p>Zibeline</p>';").await;
    let found = find(&db, &visitor, "zibelime").await;
    assert!(found.replaced.is_empty() && found.kinds.is_empty(), "{found:?}");
    let rosa = person("rosa", &[Role::Learner], false);
    let found = find(&db, &rosa, "zibelime").await;
    assert_eq!((titles(&found), found.replaced.len()), (vec![lesson], 1));
}
