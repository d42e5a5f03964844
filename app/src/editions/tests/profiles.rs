//! Role profiles that were made in the studio follow the map.

use super::*;
use crate::organisations::choosing::model::Wanted;
use crate::role_profiles::model::level_field;
use crate::role_profiles::store as profiles;

#[tokio::test]
async fn what_a_branch_made_of_anothers_set_goes_on_in_its_next_edition() {
    let editions = revised().await;
    let Editions { world, first, second } = &editions;
    let (db, curator) = (&world.db, viewer("brock", &world.branch, Role::Curator));
    let new = profiles::NewProfile {
        key: uuid::Uuid::from_u128(1),
        title: "Children’s librarian".into(),
        organisation: world.branch.to_string(),
        ..profiles::NewProfile::default()
    };
    let slug = profiles::make(db, &curator, SET, &new).await.unwrap();
    let page =
        async |section: &str| profiles::profile_page(db, &curator, SET, &slug, (section, 1), &Wanted::default()).await;
    let made = page("").await.unwrap();
    for line in &made.sections {
        let whole = profiles::Sent {
            section: line.key.clone(),
            whole: "2".into(),
            ..profiles::Sent::default()
        };
        profiles::save_levels(db, &curator, &made.id, &whole).await.unwrap();
    }
    assert_eq!(page("").await.unwrap().needed, 4);
    let member = "CREATE person:lea SET name = 'Lea', email = 'lea@x.example', timezone = 'UTC';
        CREATE type::record('membership', ['lea', record::id($branch)]) SET person = person:lea, organisation = $branch, roles = ['learner'];";
    db.write(member, vars! { "branch" => world.branch.clone() })
        .await
        .unwrap();
    let me = person(world);
    choose(db, &me.id, &slug).await.unwrap();
    rate(world, &node(world, first, "LM 1.1").await, "1").await.unwrap();

    published(&editions).await;

    // What has no code is gone, B is two now; the organisation is the same.
    let next = page("").await.unwrap();
    assert_eq!((next.number, next.needed, next.organisation.as_str()), (2, 4, "branch"));
    assert!(next.id != made.id && next.chosen);
    let gaps = gaps(db, &me, "", Sort::Size).await.unwrap().unwrap();
    assert_eq!((gaps.slug.as_str(), gaps.counts.gaps), (slug.as_str(), 1));
    // The new one is written from now on, the old one stays as it was.
    let same = node(world, second, "LM 1.1").await;
    let section = page(&next.sections[0].key).await.unwrap().open.unwrap();
    let at = section.statements.iter().position(|line| line.node == same).unwrap();
    assert_eq!(section.statements[at].level, Some(2), "{}", level_field(same.as_str()));
    let sent = profiles::Sent {
        section: section.key.clone(),
        page: 1,
        base: section.base.clone(),
        levels: [(same.to_string(), "1".to_owned())].into(),
        ..profiles::Sent::default()
    };
    profiles::save_levels(db, &curator, &next.id, &sent).await.unwrap();
    let old = profiles::save_levels(db, &curator, &made.id, &sent).await;
    assert!(matches!(old, Err(AppError::Conflict(_))), "{old:?}");
    // Whoever might have changed it reads it, under the name of its edition.
    let kept = format!("{slug}-edition-1");
    let read = profiles::profile_page(db, &curator, SET, &kept, (&section.key, 1), &Wanted::default())
        .await
        .unwrap();
    assert_eq!((read.retired, read.number, read.needed), (true, 1, 4));
    let listed = profiles::profiles_page(db, &curator, SET, 1).await.unwrap().profiles;
    let listed: Vec<_> = listed.iter().map(|line| (line.slug.as_str(), line.retired)).collect();
    assert_eq!(listed, [(slug.as_str(), false), (kept.as_str(), true)]);
    let levels = "SELECT VALUE level FROM target WHERE role_profile = $profile ORDER BY level;";
    let of = async |profile: &crate::id::RoleProfileId| {
        let levels = db.rows::<i64>(levels, vars! { "profile" => profile.clone() }).await;
        levels.unwrap()
    };
    assert_eq!(of(&made.id).await, [2, 2, 2, 2]);
    assert_eq!(of(&next.id).await, [1, 2, 2, 2]);
    // Carrying over notes nothing in the audit log, and once more changes nothing.
    let acts = "count(SELECT VALUE id FROM audit_entry WHERE act = 'role_profile_made');";
    assert_eq!(many(world, acts).await, 1);
    let again = "UPDATE carry_over SET done = NONE, position = 0;";
    db.write(again, vars! {}).await.unwrap();
    store::carry_over_missing(db).await.unwrap();
    assert_eq!(of(&next.id).await, [1, 2, 2, 2]);
}
