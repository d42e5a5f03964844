//! The page of a statement of an earlier edition says where it goes on.

use super::*;
use crate::competencies::model::Onward;
use crate::competencies::store::{edition_of, moved, node_page};

/// A kind, and the editions and addresses where it stands now.
fn told(onward: Option<Onward>) -> (Option<Kind>, Vec<(u32, String)>) {
    let Some(onward) = onward else {
        return (None, Vec::new());
    };
    let to = onward.to.into_iter().map(|named| (named.edition, named.address));
    (Some(onward.kind), to.collect())
}

async fn onward(world: &World, number: u32, address: &str) -> (Option<Kind>, Vec<(u32, String)>) {
    let page = node_page(&world.db, &Viewer::visitor(), SET, number, address).await;
    told(page.unwrap().onward)
}

fn to(number: u32, addresses: &[&str]) -> Vec<(u32, String)> {
    addresses
        .iter()
        .map(|address| (number, (*address).to_owned()))
        .collect()
}

#[tokio::test]
async fn what_became_of_a_statement_is_said_where_it_stood_for_each_kind() {
    let editions = revised().await;
    let Editions { world, .. } = &editions;
    assert_eq!(onward(world, 1, "B").await, (None, Vec::new()), "a draft says nothing");
    published(&editions).await;
    let no_code = small().nodes[4].identifier.to_string();
    assert_eq!(onward(world, 1, "LM 1.1").await, (Some(Kind::Same), to(2, &["LM 1.1"])));
    let reworded = onward(world, 1, "a/b%#é?").await;
    assert_eq!(reworded, (Some(Kind::Reworded), to(2, &["a/b%#é?"])));
    assert_eq!(onward(world, 1, "B").await, (Some(Kind::Split), to(2, &["B", "B2"])));
    assert_eq!(onward(world, 1, &no_code).await, (Some(Kind::Retired), Vec::new()));
    assert_eq!(onward(world, 2, "B").await, (None, Vec::new()));
    let came_from = async |number: u32, address: &str| {
        let page = node_page(&world.db, &Viewer::visitor(), SET, number, address).await;
        let from = page.unwrap().came_from.into_iter();
        from.map(|named| (named.edition, named.address)).collect::<Vec<_>>()
    };
    assert_eq!(came_from(2, "B2").await, to(1, &["B"]));
    assert_eq!(came_from(2, "B").await, Vec::new(), "it has its own name still");

    // Through another map: what was split is one again, and one moved.
    let curator = world.curator();
    assert_eq!(store::open_draft(&world.db, &curator, SET).await, Ok(3));
    let third = edition_of(&world.db, SET, Some(3)).await.unwrap().unwrap();
    let moves = "UPDATE node SET code = 'LM 9', address = 'LM 9' WHERE edition = $edition AND address = 'LM 1.1';";
    world
        .db
        .write(moves, vars! { "edition" => third.clone() })
        .await
        .unwrap();
    for number in [5, 6] {
        let identifier = match number {
            5 => small().nodes[5].identifier.to_string(),
            _ => "0b2e9dd4-2d2c-4c7e-8e6c-000000000007".to_owned(),
        };
        store::change(&world.db, &curator, &third, &identifier, "B", false)
            .await
            .unwrap();
    }
    store::publish_as_suggested(&world.db, &third).await.unwrap();
    assert_eq!(onward(world, 1, "B").await, (Some(Kind::Split), to(3, &["B"])));
    assert_eq!(onward(world, 2, "B2").await, (Some(Kind::Merged), to(3, &["B"])));
    assert_eq!(onward(world, 2, "LM 1.1").await, (Some(Kind::Moved), to(3, &["LM 9"])));
    assert_eq!(onward(world, 1, "LM 1.1").await, (Some(Kind::Same), to(3, &["LM 9"])));
    assert_eq!(came_from(3, "B").await, to(2, &["B2"]));
    // Old codes are followed through both maps.
    let led = async |number: u32, address: &str| {
        let led = moved(&world.db, &Viewer::visitor(), SET, number, address).await;
        led.unwrap()
    };
    assert_eq!(led(3, "LM 1.1").await.as_deref(), Some("/index/small-set/3/LM%209"));
}

/// A statement that has another identifier in the second edition and another code
/// in the third.
#[tokio::test]
async fn an_old_code_is_followed_through_several_maps() {
    let Editions { world, second, .. } = opened().await;
    let curator = world.curator();
    let renames = "UPDATE node SET identifier = '0b2e9dd4-2d2c-4c7e-8e6c-0000000000ff', code = 'B 2', address = 'B 2'
        WHERE edition = $edition AND address = 'B';";
    world
        .db
        .write(renames, vars! { "edition" => second.clone() })
        .await
        .unwrap();
    store::publish_as_suggested(&world.db, &second).await.unwrap();
    assert_eq!(store::open_draft(&world.db, &curator, SET).await, Ok(3));
    let third = edition_of(&world.db, SET, Some(3)).await.unwrap().unwrap();
    let codes = "UPDATE node SET code = 'B 3', address = 'B 3' WHERE edition = $edition AND address = 'B 2';";
    world
        .db
        .write(codes, vars! { "edition" => third.clone() })
        .await
        .unwrap();
    store::publish_as_suggested(&world.db, &third).await.unwrap();
    // Its page knows the way back through both, whatever it was called.
    let page = node_page(&world.db, &Viewer::visitor(), SET, 3, "B 3").await.unwrap();
    let from = page.came_from.into_iter().map(|named| (named.edition, named.address));
    assert_eq!(from.collect::<Vec<_>>(), to(1, &["B"]));
    for old in ["B", "B 2"] {
        let led = moved(&world.db, &Viewer::visitor(), SET, 3, old).await.unwrap();
        assert_eq!(led.as_deref(), Some("/index/small-set/3/B%203"), "{old}");
    }
}
