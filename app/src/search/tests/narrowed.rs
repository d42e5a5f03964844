//! What is found of one set, organisation or language.

use super::*;

/// A second set of another organisation in another language, beside the first,
/// which is in this state.
async fn two_sets(state: &str) -> Db {
    let db = world().await;
    db.write(
        "UPDATE node:s34 SET knowledge = ['Pumpernickel'];
         UPDATE edition:one SET state = $state;
         CREATE competency_set:rh SET slug = 'rh', identifier = 'rh', organisation = organisation:elsewhere, title = 'Rheoli';
         CREATE edition:two SET competency_set = competency_set:rh, number = 1, state = 'draft', levels = [], language = 'cy';
         CREATE node:r1 SET edition = edition:two, identifier = 'r1', kind = 'statement', depth = 1, position = 1, address = 'RH 1', code = 'RH 1',
            title = 'Darllen budget', knowledge = ['Pumpernickel'];
         UPDATE edition:two SET state = 'published';
         UPDATE study_group SET summary = 'Pumpernickel';
         CREATE course:cwrs SET slug = 'cwrs', organisation = organisation:elsewhere, title = 'Budget cyntaf', state = 'published', language = 'cy';",
        vars! { "state" => state.to_owned() },
    )
    .await
    .unwrap();
    write_due(&db).await.unwrap();
    db
}

async fn narrowed(db: &Db, viewer: &Viewer, words: &str, filters: [&str; 3]) -> Found {
    let filters = Filters::parse(filters[0], filters[1], filters[2]);
    search(db, viewer, query(words).unwrap(), None, filters, 1)
        .await
        .unwrap()
}

fn values(choices: &[(String, String)]) -> Vec<&str> {
    choices.iter().map(|(value, _)| value.as_str()).collect()
}

#[tokio::test]
async fn what_is_found_says_what_it_can_be_narrowed_to() {
    let db = two_sets("published").await;
    let found = find(&db, &Viewer::visitor(), "budget").await;
    assert_eq!(values(&found.choices.sets), ["lm", "rh"]);
    assert_eq!(values(&found.choices.organisations), ["elsewhere", "riverside"]);
    assert_eq!(found.choices.languages[1], ("cy".to_owned(), "Welsh".to_owned()));
    let languages: Vec<_> = found
        .kinds
        .iter()
        .flat_map(|kind| &kind.hits)
        .map(|hit| hit.language.as_str())
        .collect();
    assert_eq!(languages.iter().filter(|tag| **tag == "cy").count(), 2, "{found:?}");
    let money = find(&db, &Viewer::visitor(), "money").await;
    assert_eq!(
        (values(&money.choices.sets), values(&money.choices.languages)),
        (vec!["lm"], vec!["en"])
    );
    assert!(find(&db, &Viewer::visitor(), "zzz").await.choices.sets.is_empty());
}

#[tokio::test]
async fn a_filter_leaves_only_what_fits_and_counts_it() {
    let db = two_sets("published").await;
    let visitor = Viewer::visitor();
    let of = async |words: &str, filters: [&str; 3]| {
        let found = narrowed(&db, &visitor, words, filters).await;
        assert!(
            found.kinds.iter().all(|kind| kind.count as usize == kind.hits.len()),
            "{found:?}"
        );
        titles(&found)
    };
    let [weighs, reads] = ["LM 4.3 Weighs a budget", "RH 1 Darllen budget"];
    assert_eq!(of("budget", ["lm", "", ""]).await, [weighs]);
    assert_eq!(of("budget", ["rh", "", ""]).await, [reads]);
    assert_eq!(of("budget", ["", "elsewhere", ""]).await, [reads, "Budget cyntaf"]);
    assert_eq!(of("budget", ["", "", "cy"]).await, [reads, "Budget cyntaf"]);
    assert_eq!(of("budget", ["", "riverside", ""]).await.len(), PUBLIC.len() + 1);
    assert_eq!(
        of("budget", ["", "riverside", "en"]).await,
        [weighs, "Reading a budget", "Five budget questions"]
    );
    for none in [
        ["lm", "elsewhere", ""],
        ["nowhere", "", ""],
        ["", "nowhere", ""],
        ["", "", "xx"],
    ] {
        assert_eq!(of("budget", none).await, [""; 0], "{none:?}");
    }
    assert_eq!(of("pumpernickel", ["lm", "", ""]).await, ["LM 3.4 Explains a plan"]);
    assert_eq!(of("pumpernickel", ["", "elsewhere", ""]).await, [reads]);
    assert_eq!(
        of("pumpernickel", ["", "riverside", ""]).await,
        ["LM 3.4 Explains a plan", "Open budget circle"]
    );
    let slip = narrowed(&db, &visitor, "bugdet", ["lm", "", ""]).await;
    assert!(slip.replaced.is_empty() && slip.kinds.is_empty());
}

#[tokio::test]
async fn a_filter_shows_nobody_more() {
    let db = two_sets("draft").await;
    let at = ["", "riverside", ""];
    let visitor = titles(&narrowed(&db, &Viewer::visitor(), "budget", at).await);
    assert_eq!(visitor, PUBLIC);
    let member = titles(&narrowed(&db, &person("rosa", &[Role::Learner], true), "budget", at).await);
    assert_eq!(member.len(), PUBLIC.len() + 2, "{member:?}");
    let curator = titles(&narrowed(&db, &person("rosa", &[Role::Curator], false), "budget", ["lm", "", ""]).await);
    assert_eq!(curator, ["LM 4.3 Weighs a budget"]);
    // Where somebody else belongs is for those who belong near it.
    db.write(
        "CREATE membership:['ruth', 'elsewhere'] SET person = person:ruth, organisation = organisation:elsewhere, roles = ['learner'];",
        vars! {},
    )
    .await
    .unwrap();
    let rosa = person("rosa", &[Role::Learner], false);
    assert_eq!(titles(&narrowed(&db, &rosa, "ruth", at).await), ["ruth Adeyemi"]);
    assert!(
        narrowed(&db, &rosa, "ruth", ["", "elsewhere", ""])
            .await
            .kinds
            .is_empty()
    );
}
