//! Several providers: what one says of somebody is nothing that another said.

use super::*;

const CITY: &str = "/sign-in/with/city-library";

/// A second provider, by which everybody joins the library.
async fn city(world: &World) -> Provider {
    let provider = Provider::open().await;
    let fields = [
        ("name", "City library"),
        ("issuer", provider.issuer()),
        ("client", CLIENT),
    ];
    let added = [fields.as_slice(), &[("secret", SECRET)]].concat();
    let added = world.app.call(&format!("{API}/add_provider"), &added, &world.mei).await;
    assert_eq!(added.location(), "/admin/providers/city-library?notice=added");
    let saved = [fields.as_slice(), &[("provider", "city-library"), ("enabled", "true")]].concat();
    let saved = world
        .app
        .call(&format!("{API}/save_provider"), &saved, &world.mei)
        .await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
    let everybody = [
        ("provider", "city-library"),
        ("claim", ""),
        ("value", ""),
        ("organisation", "library"),
        ("roles[0]", "learner"),
    ];
    let added = world
        .app
        .call(&format!("{API}/add_claim_rule"), &everybody, &world.mei)
        .await;
    assert_eq!(added.status, StatusCode::OK, "{}", added.body);
    provider
}

async fn visit_city(world: &World, city: &Provider, claims: Value) -> Answer {
    let (address, browser) = go(&world.app, CITY, &Someone::default()).await;
    let query = city.let_in(&address, claims, Lie::None);
    world.app.get(&format!("{CITY}/answer?{query}"), &browser).await
}

/// Who was signed in, as their settings name them.
async fn is_signed_in(world: &World, answer: &Answer, name: &str) -> bool {
    let someone = answer.session().unwrap();
    world.app.get("/me/settings", &someone).await.body.contains(name)
}

#[tokio::test]
async fn the_same_subject_at_another_provider_is_somebody_else() {
    let world = world().await;
    rule(&world, "", "").await;
    let city = city(&world).await;
    visit(&world, lea(), Lie::None).await;
    let mut other = lea();
    other["name"] = json!("Orla Finch");
    // The address of somebody here opens nothing of theirs.
    let answer = visit_city(&world, &city, other.clone()).await;
    let page = told(&world.app, &answer, &Someone::default()).await;
    assert!(page.contains("Sign in to it, then link"), "{page}");
    other["email"] = json!("orla@city.example");
    let answer = visit_city(&world, &city, other.clone()).await;
    assert!(is_signed_in(&world, &answer, "Orla Finch").await);
    assert_eq!(people(&world.app).await, 4);
    // Each comes back as who they are.
    let lea_again = visit(&world, lea(), Lie::None).await;
    assert!(is_signed_in(&world, &lea_again, "Léa Novak").await);
    let orla_again = visit_city(&world, &city, other).await;
    assert!(is_signed_in(&world, &orla_again, "Orla Finch").await);
    assert_eq!(people(&world.app).await, 4);
}

#[tokio::test]
async fn one_links_accounts_of_several_and_comes_in_by_each() {
    let world = world().await;
    let city = city(&world).await;
    link(&world, &world.rosa, lea()).await;
    let page = world.app.get(LINKED, &world.rosa).await.body;
    let proof = page.split("?link=").nth(1).unwrap().split('"').next().unwrap();
    let (address, browser) = go(&world.app, &format!("{CITY}?link={proof}"), &world.rosa).await;
    let query = city.let_in(&address, json!({ "sub": "77", "name": "Rosa" }), Lie::None);
    let linked = world.app.get(&format!("{CITY}/answer?{query}"), &browser).await;
    assert_eq!(linked.location(), "/me/settings/single-sign-on?notice=linked");
    for answer in [
        visit(&world, lea(), Lie::None).await,
        visit_city(&world, &city, json!({ "sub": "77" })).await,
    ] {
        assert!(is_signed_in(&world, &answer, "rosa").await);
    }
    // The subjects are not those of the other provider.
    let stranger = json!({ "sub": "77", "name": "Somebody", "email": "somebody@library.example" });
    assert!(visit(&world, stranger, Lie::None).await.session().is_none());
    assert_eq!(people(&world.app).await, 2);
}
