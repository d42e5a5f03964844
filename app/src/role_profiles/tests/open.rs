//! To whom role profiles are open: their organisation's people, those beneath it,
//! and of whoever owns the set everyone.

use super::*;
use crate::assessments::gaps::Sort;
use crate::assessments::model::Asked;
use crate::assessments::store::{
    Rating, choose, gaps, growth, progress, put_away, save_one as save, sections, sitting,
};
use crate::competencies::store::{node_page, set_page};
use crate::organisations::choosing::model::Wanted;

/// The titles that somebody may choose.
async fn offered(world: &World, person: &Person) -> Vec<String> {
    let growth = growth(&world.db, person, "", 1).await.unwrap();
    growth.choices.into_iter().map(|choice| choice.title).collect()
}

async fn shown(world: &World, viewer: &Viewer) -> Vec<String> {
    let set = set_page(&world.db, viewer, SET, None).await.unwrap();
    set.role_profiles.into_iter().map(|card| card.title).collect()
}

async fn needed(world: &World, viewer: &Viewer) -> Vec<String> {
    let node = node_page(&world.db, viewer, SET, 1, "LM 1.1").await.unwrap();
    node.used_by.into_iter().map(|one| one.title).collect()
}

#[tokio::test]
async fn each_organisation_sees_its_own_and_those_above() {
    let (world, _) = world().await;
    with_one(&world, &cora(&world), &new(1, "Library’s", &world.library)).await;
    with_one(&world, &brock(&world), &new(2, "Branch’s", &world.branch)).await;
    with_one(&world, &sten(&world), &new(3, "Stranger’s", &world.elsewhere)).await;
    let (lea, bea, eli) = (
        person("lea", &world.library),
        person("bea", &world.branch),
        person("eli", &world.elsewhere),
    );
    assert_eq!(offered(&world, &lea).await, ["Library’s"]);
    assert_eq!(offered(&world, &bea).await, ["Branch’s", "Library’s"]);
    assert_eq!(offered(&world, &eli).await, ["Library’s", "Stranger’s"]);
    for (who, organisation, expected) in [
        ("lea", &world.library, vec!["Library’s"]),
        ("bea", &world.branch, vec!["Branch’s", "Library’s"]),
        ("eli", &world.elsewhere, vec!["Library’s", "Stranger’s"]),
    ] {
        let viewer = viewer(who, organisation, Role::Learner);
        assert_eq!(shown(&world, &viewer).await, expected, "{who}");
        assert_eq!(needed(&world, &viewer).await, expected, "{who}");
    }
    // Visitors see what the owner of a public set says in public.
    assert_eq!(shown(&world, &Viewer::visitor()).await, ["Library’s"]);
    assert_eq!(needed(&world, &Viewer::visitor()).await, ["Library’s"]);
}

#[tokio::test]
async fn a_strangers_role_profile_does_not_exist() {
    let (world, _) = world().await;
    let (slug, _, node) = with_one(&world, &sten(&world), &new(1, "Stranger’s", &world.elsewhere)).await;
    let (db, lea) = (&world.db, person("lea", &world.library));
    let asked = |statement: Option<NodeId>| Asked {
        profile: Some(slug.clone()),
        statement,
        ..Asked::default()
    };
    let rating = Rating {
        profile: slug.clone(),
        level: "1".into(),
        ..Rating::default()
    };
    assert_eq!(choose(db, &lea.id, &slug).await, Err(AppError::NotFound));
    assert_eq!(put_away(db, &lea.id, &slug).await, Err(AppError::NotFound));
    assert_eq!(gaps(db, &lea, &slug, Sort::Size).await, Err(AppError::NotFound));
    assert_eq!(sitting(db, &lea, &asked(None)).await, Err(AppError::NotFound));
    assert_eq!(
        sitting(db, &lea, &asked(Some(node.clone()))).await,
        Err(AppError::NotFound)
    );
    assert_eq!(save(db, &lea.id, &node, &rating).await, Err(AppError::NotFound));
    assert_eq!(growth(db, &lea, &slug, 1).await.unwrap().offered, None);
    let sections = sections(db, &lea.id, "").await.unwrap();
    assert_eq!((sections.roles, sections.sets[0].roles), (false, false));
    // In the studio neither.
    let copy = NewProfile {
        copy: slug.clone(),
        ..new(2, "Copied", &world.library)
    };
    assert!(
        make(&world, &cora(&world), &copy)
            .await
            .unwrap_err()
            .at("copy")
            .is_some()
    );
    let form = store::new_form(db, &cora(&world), SET, &Wanted::default(), "")
        .await
        .unwrap();
    assert_eq!(form.sources, []);
    assert_eq!(
        store::profiles_page(db, &cora(&world), SET, 1).await.unwrap().profiles,
        []
    );
}

#[tokio::test]
async fn whoever_leaves_sees_it_no_longer_and_keeps_what_they_rated() {
    let (world, _) = world().await;
    let (slug, _, node) = with_one(&world, &brock(&world), &new(1, "Branch’s", &world.branch)).await;
    let (db, bea) = (&world.db, person("bea", &world.branch));
    choose(db, &bea.id, &slug).await.unwrap();
    let rating = Rating {
        profile: slug.clone(),
        level: "1".into(),
        ..Rating::default()
    };
    save(db, &bea.id, &node, &rating).await.unwrap();
    assert_eq!(progress(db, &bea.id).await.unwrap().unwrap().rated, 1);
    let leaves = "DELETE membership WHERE person = $person;";
    db.write(leaves, vars! { "person" => bea.id.clone() }).await.unwrap();
    assert_eq!(progress(db, &bea.id).await, Ok(None));
    assert_eq!(gaps(db, &bea, "", Sort::Size).await, Ok(None));
    assert_eq!(gaps(db, &bea, &slug, Sort::Size).await, Err(AppError::NotFound));
    let kept = "count(SELECT VALUE id FROM rating WHERE level = 1);";
    assert_eq!(db.row::<i64>(kept, vars! {}).await, Ok(Some(1)));
    // Back again, it is there again; and it can be put away in between.
    let back = "CREATE type::record('membership', ['bea', record::id($branch)]) SET person = $person, organisation = $branch, roles = ['learner'];";
    let vars = vars! { "person" => bea.id.clone(), "branch" => world.branch.clone() };
    db.write(back, vars).await.unwrap();
    assert_eq!(progress(db, &bea.id).await.unwrap().unwrap().rated, 1);
}

#[tokio::test]
async fn a_set_without_any_is_rated_by_section() {
    let (world, _) = world().await;
    let (db, lea) = (&world.db, person("lea", &world.library));
    let places = sections(db, &lea.id, "").await.unwrap();
    assert_eq!(
        (places.roles, places.chosen, places.shown.as_deref()),
        (false, false, Some(SET))
    );
    let [(money, words)] = places.sections.as_slice() else {
        panic!("{places:?}");
    };
    assert_eq!(words.title, "A Money");
    let asked = Asked {
        section: Some(money.clone()),
        ..Asked::default()
    };
    let first = sitting(db, &lea, &asked).await.unwrap().unwrap();
    assert_eq!((first.total, first.rated, first.profile), (3, 0, None));
    let rating = Rating {
        level: "1".into(),
        ..Rating::default()
    };
    save(db, &lea.id, &first.open[0].node, &rating).await.unwrap();
    let then = sitting(db, &lea, &asked).await.unwrap().unwrap();
    assert_eq!((then.total, then.rated), (3, 1));
    // A role profile that is made later finds what was rated.
    let (slug, _, _) = with_one(&world, &cora(&world), &new(1, "Manager", &world.library)).await;
    choose(db, &lea.id, &slug).await.unwrap();
    let gaps = gaps(db, &lea, "", Sort::Size).await.unwrap().unwrap();
    assert_eq!((gaps.counts.gaps, gaps.counts.not_rated), (1, 0));
    let places = sections(db, &lea.id, SET).await.unwrap();
    assert_eq!((places.roles, places.chosen, places.sets[0].roles), (true, true, true));
}

#[tokio::test]
async fn gaps_follow_what_is_saved_and_ratings_stay_when_it_is_removed() {
    let (world, _) = world().await;
    let cora = cora(&world);
    let (slug, id, node) = with_one(&world, &cora, &new(1, "Manager", &world.library)).await;
    let (db, lea) = (&world.db, person("lea", &world.library));
    choose(db, &lea.id, &slug).await.unwrap();
    let rating = Rating {
        level: "1".into(),
        ..Rating::default()
    };
    save(db, &lea.id, &node, &rating).await.unwrap();
    crate::plans::store::add_goal(db, &lea.id, &node, "2", "")
        .await
        .unwrap();
    let many = async || gaps(db, &lea, &slug, Sort::Size).await.unwrap().unwrap().counts.gaps;
    assert_eq!(many().await, 1);
    let (_, section) = open(&world, &cora, &slug, "A Money").await;
    store::save_levels(db, &cora, &id, &sent(&section, &[(0, "1")]))
        .await
        .unwrap();
    assert_eq!(many().await, 0);
    assert!(page(&world, &cora, &slug, "").await.unwrap().chosen);

    let refused = store::remove(db, &cora, &id, "Another").await.unwrap_err();
    assert!(refused.at("confirm").is_some());
    store::remove(db, &cora, &id, " manager ").await.unwrap();
    assert_eq!(page(&world, &cora, &slug, "").await, Err(AppError::NotFound));
    assert_eq!(gaps(db, &lea, "", Sort::Size).await, Ok(None));
    let left =
        "[count(SELECT VALUE id FROM rating), count(SELECT VALUE id FROM goal), count(SELECT VALUE id FROM target),
        count(SELECT VALUE id FROM assessment), count(SELECT VALUE id FROM role_profile)];";
    assert_eq!(db.rows::<i64>(left, vars! {}).await.unwrap(), [1, 1, 0, 0, 0]);
    let acts = "SELECT VALUE act FROM (SELECT act, id FROM audit_entry WHERE string::starts_with(act, 'role_profile') ORDER BY id);";
    assert_eq!(
        db.rows::<String>(acts, vars! {}).await.unwrap(),
        [
            "role_profile_made",
            "role_profile_changed",
            "role_profile_changed",
            "role_profile_removed"
        ]
    );
}
