//! Who may make and change role profiles.

use super::*;
use crate::organisations::choosing::model::Wanted;
use crate::role_profiles::store::Words;

#[tokio::test]
async fn only_curators_of_its_organisation_change_it() {
    let (world, _) = world().await;
    let (slug, id, _) = with_one(&world, &cora(&world), &new(1, "Manager", &world.library)).await;
    let (hidden, hidden_id, _) = with_one(&world, &brock(&world), &new(2, "Branch’s", &world.branch)).await;
    let db = &world.db;
    let words = Words {
        title: "Taken over".into(),
        description: String::new(),
        organisation: world.library.to_string(),
    };
    let others = [
        (Viewer::visitor(), AppError::SignInNeeded, AppError::SignInNeeded),
        (
            viewer("lea", &world.library, Role::Learner),
            AppError::Forbidden,
            AppError::NotFound,
        ),
        (
            viewer("lea", &world.library, Role::Trainer),
            AppError::Forbidden,
            AppError::NotFound,
        ),
        (sten(&world), AppError::Forbidden, AppError::NotFound),
    ];
    for (other, open, closed) in others {
        for (slug, id, refusal) in [(&slug, &id, open), (&hidden, &hidden_id, closed)] {
            let heard = [
                page(&world, &other, slug, "").await.map(drop),
                store::save_words(db, &other, id, &words).await.map(drop),
                store::save_levels(db, &other, id, &Sent::default()).await.map(drop),
                store::remove(db, &other, id, "Manager").await.map(drop),
            ];
            for (number, heard) in heard.into_iter().enumerate() {
                assert_eq!(heard, Err(refusal.clone()), "{number}");
            }
        }
    }
    // Roles reach down the tree: the library's curator may, and the branch's not up.
    assert!(page(&world, &cora(&world), &hidden, "").await.is_ok());
    assert_eq!(page(&world, &brock(&world), &slug, "").await, Err(AppError::Forbidden));
    let saved = "SELECT VALUE title FROM role_profile ORDER BY title;";
    assert_eq!(
        db.rows::<String>(saved, vars! {}).await.unwrap(),
        ["Branch’s", "Manager"]
    );
}

#[tokio::test]
async fn one_is_made_for_ones_own_organisation_of_any_published_set() {
    let (world, _) = world().await;
    let refused = make(&world, &brock(&world), &new(1, "Manager", &world.library))
        .await
        .unwrap_err();
    assert!(refused.at("organisation").is_some());
    let refused = make(&world, &brock(&world), &new(1, " ", &world.branch))
        .await
        .unwrap_err();
    assert!(refused.at("title").is_some() && refused.at("organisation").is_none());
    for (other, refusal) in [
        (Viewer::visitor(), AppError::SignInNeeded),
        (viewer("lea", &world.library, Role::Learner), AppError::Forbidden),
    ] {
        let new = new(1, "Manager", &world.library);
        assert_eq!(make(&world, &other, &new).await, Err(refusal.clone()));
        assert_eq!(
            store::new_form(&world.db, &other, SET, &Wanted::default(), "")
                .await
                .map(drop),
            Err(refusal.clone())
        );
        assert_eq!(
            store::profiles_page(&world.db, &other, SET, 1).await.map(drop),
            Err(refusal)
        );
    }
    // The same title in three places, in one only once.
    for (key, viewer, organisation, slug) in [
        (1, brock(&world), &world.branch, "manager-branch"),
        (2, cora(&world), &world.library, "manager-library"),
        (3, sten(&world), &world.elsewhere, "manager-elsewhere"),
    ] {
        assert_eq!(
            make(&world, &viewer, &new(key, "Manager", organisation)).await,
            Ok(slug.into())
        );
    }
    let twice = make(&world, &brock(&world), &new(4, "MANAGER", &world.branch))
        .await
        .unwrap_err();
    assert!(twice.at("title").is_some());
    let acts = "SELECT VALUE about FROM audit_entry WHERE act = 'role_profile_made' LIMIT 1;";
    assert_eq!(
        world.db.row::<String>(acts, vars! {}).await,
        Ok(Some("Small set: Manager".into()))
    );
}

#[tokio::test]
async fn nothing_is_made_of_what_is_not_published() {
    let world = empty().await;
    world.import(&small(), false).await;
    let cora = cora(&world);
    let made = make(&world, &cora, &new(1, "Manager", &world.library)).await;
    assert!(matches!(made, Err(AppError::Conflict(_))), "{made:?}");
    let form = store::new_form(&world.db, &cora, SET, &Wanted::default(), "")
        .await
        .unwrap();
    assert_eq!((form.set.number, form.sources.len()), (None, 0));
    // A draft of others does not exist.
    let other = sten(&world);
    assert_eq!(
        store::profiles_page(&world.db, &other, SET, 1).await,
        Err(AppError::NotFound)
    );
    assert_eq!(
        make(&world, &other, &new(1, "Manager", &world.elsewhere)).await,
        Err(AppError::NotFound)
    );
}

#[tokio::test]
async fn it_is_called_otherwise_and_given_to_another_of_ones_organisations() {
    let (world, _) = world().await;
    let cora = cora(&world);
    let (slug, id, _) = with_one(&world, &cora, &new(1, "Manager", &world.library)).await;
    make(&world, &cora, &new(2, "Librarian", &world.branch)).await.unwrap();
    let words = |title: &str, organisation: &OrganisationId| Words {
        title: title.into(),
        description: "Runs a place.".into(),
        organisation: organisation.to_string(),
    };
    let db = &world.db;
    let taken = store::save_words(db, &cora, &id, &words("librarian", &world.branch)).await;
    assert!(taken.unwrap_err().at("title").is_some());
    let elsewhere = store::save_words(db, &cora, &id, &words("Manager", &world.elsewhere)).await;
    assert!(elsewhere.unwrap_err().at("organisation").is_some());
    store::save_words(db, &cora, &id, &words("Branch manager", &world.branch))
        .await
        .unwrap();
    let page = page(&world, &cora, &slug, "").await.unwrap();
    assert_eq!(
        (page.title.as_str(), page.organisation.as_str(), page.needed),
        ("Branch manager", "branch", 1)
    );
}

#[tokio::test]
async fn the_list_is_paged_in_a_total_order() {
    let (world, edition) = world().await;
    let many = "FOR $n IN 1..=35 { CREATE role_profile SET slug = 'p' + <string> $n, edition = $edition, organisation = $library, title = 'Same' };";
    let vars = vars! { "edition" => edition, "library" => world.library.clone() };
    world.db.run(many, vars).await.unwrap();
    let mut slugs = std::collections::BTreeSet::new();
    let mut listed = 0;
    for number in 1..=2 {
        let page = store::profiles_page(&world.db, &cora(&world), SET, number)
            .await
            .unwrap();
        assert_eq!((page.page, page.pages), (number, 2));
        listed += page.profiles.len();
        slugs.extend(page.profiles.into_iter().map(|line| line.slug));
    }
    assert_eq!((listed, slugs.len()), (35, 35));
    let seen = store::profiles_page(&world.db, &sten(&world), SET, 1).await.unwrap();
    assert!(seen.profiles.iter().all(|line| !line.may_edit));
}
