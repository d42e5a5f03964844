//! What of an outline stands open.

use super::*;

#[tokio::test]
async fn several_branches_stand_open_and_one_is_closed_alone() {
    let world = world("A\n  B\n    C\nD\n  E\n").await;
    let (a, b, d) = (world.node("A").await, world.node("B").await, world.node("D").await);
    let draft = async |open: &[&NodeId]| {
        let open: Vec<&str> = open.iter().map(|node| node.as_str()).collect();
        let page = store::outline_page(&world.db, &world.cora(), &world.set, &open.join(","), 1).await;
        page.unwrap().draft.unwrap()
    };
    let shown = |draft: &crate::outlines::model::Draft| {
        let titles: Vec<&str> = draft.lines.iter().map(|line| line.title.as_str()).collect();
        titles.join(" ")
    };
    let both = draft(&[&b, &d]).await;
    assert_eq!(
        (shown(&both).as_str(), both.open.as_ref().unwrap().title.as_str()),
        ("A B C D E", "D")
    );
    assert_eq!(both.with_open(&a), [b.clone(), d.clone(), a.clone()]);
    assert_eq!(both.with_closed(&d, None), std::slice::from_ref(&b));
    // What stands beneath it closes with it; that beneath which it stands does not.
    assert_eq!(both.with_closed(&a, None), std::slice::from_ref(&d));
    assert_eq!(both.with_closed(&b, Some(&a)), [d.clone(), a.clone()]);
    assert_eq!(shown(&draft(&[&d, &a]).await), "A B D E");
}
