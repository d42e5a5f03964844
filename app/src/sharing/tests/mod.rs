//! For whom something shared is there, and when it is there no more.

mod evidence;
mod fresh;

use super::model::{Purpose, What, With};
use super::store::{self, NewSharing};
use crate::db::Db;
use crate::error::AppError;
use crate::id::OrganisationId;
use crate::people::tests::{id, viewer};
use crate::vars;
use crate::viewer::{Role, Viewer};

/// Rosa works at the branch; Helen manages the library above it, Mo another
/// library, Sam is a colleague.
async fn world() -> Db {
    let db = Db::for_test().await.unwrap();
    db.write(
        "CREATE organisation:library SET slug = 'library', name = 'Library', kind = 'library', timezone = 'UTC', line = [organisation:library];
         CREATE organisation:branch SET slug = 'branch', name = 'Branch', kind = 'branch', timezone = 'UTC', parent = organisation:library,
            line = [organisation:branch, organisation:library];
         CREATE organisation:other SET slug = 'other', name = 'Other', kind = 'library', timezone = 'UTC', line = [organisation:other];
         FOR $one IN [['rosa', 'branch', ['learner']], ['sam', 'branch', ['learner']], ['helen', 'library', ['manager']], ['mo', 'other', ['manager', 'trainer']]] {
            LET $person = type::record('person', $one[0]);
            CREATE $person SET name = string::capitalize($one[0]), email = string::concat($one[0], '@x.example'), timezone = 'UTC';
            CREATE type::record('membership', [$one[0], $one[1]]) SET person = $person, organisation = type::record('organisation', $one[1]), roles = $one[2];
         };
         CREATE plan:p SET person = person:rosa, title = 'Plan';
         CREATE action:a SET plan = plan:p, person = person:rosa, kind = 'task', title = 'Shadow the manager';
         CREATE study_group:secret SET slug = 'secret', organisation = organisation:branch, title = 'Secret circle';
         CREATE action:g SET plan = plan:p, person = person:rosa, kind = 'group', subject = study_group:secret, title = 'Secret circle';",
        vars! {},
    )
    .await
    .unwrap();
    db
}

fn with_managers() -> With {
    With::Role(Role::Manager, OrganisationId::parse("branch").unwrap())
}

/// Rosa shares something until a day of the next month.
async fn share(db: &Db, what: What, with: With) {
    let rosa = viewer(db, "rosa").await.person.unwrap();
    let last_day = jiff::Zoned::now()
        .date()
        .saturating_add(jiff::ToSpan::days(20))
        .to_string();
    let new = NewSharing {
        what,
        with,
        purpose: Purpose::parse("Our talk").unwrap(),
        last_day,
    };
    store::share(db, &rosa, &new).await.unwrap();
}

async fn sees(db: &Db, name: &str) -> bool {
    match store::plan(db, &viewer(db, name).await, &id("rosa")).await {
        Ok(_) => true,
        Err(AppError::NotFound) => false,
        Err(error) => panic!("{error}"),
    }
}

#[tokio::test]
async fn nothing_is_there_before_it_is_shared_and_only_what_was() {
    let db = world().await;
    for name in ["helen", "sam", "mo", "rosa"] {
        assert!(!sees(&db, name).await, "{name}");
    }
    share(&db, What::Plan, with_managers()).await;
    let heard: Vec<bool> = [sees(&db, "helen").await, sees(&db, "sam").await, sees(&db, "mo").await].into();
    assert_eq!(heard, [true, false, false]);
    let helen = viewer(&db, "helen").await;
    assert_eq!(
        store::gaps(&db, &helen, &id("rosa"), "", 1).await,
        Err(AppError::NotFound),
        "the gaps were not shared"
    );
    assert_eq!(
        store::plan(&db, &Viewer::visitor(), &id("rosa")).await,
        Err(AppError::NotFound)
    );
    share(&db, What::Gaps, With::Person(id("sam"))).await;
    let sam = viewer(&db, "sam").await;
    let (gaps, ratings) = store::gaps(&db, &sam, &id("rosa"), "", 1).await.unwrap().content;
    assert!(gaps.is_none() && ratings.lines.is_empty());
    assert!(!sees(&db, "sam").await);
}

#[tokio::test]
async fn a_plan_names_no_group_that_the_reader_is_not_in() {
    let db = world().await;
    share(&db, What::Plan, with_managers()).await;
    let titles = |shared: super::model::SharedPlan| {
        shared
            .content
            .1
            .into_iter()
            .map(|action| action.title)
            .collect::<Vec<_>>()
    };
    let seen = titles(
        store::plan(&db, &viewer(&db, "helen").await, &id("rosa"))
            .await
            .unwrap(),
    );
    assert_eq!(
        seen,
        ["A study group that you are not in", "Shadow the manager"].map(str::to_owned)
    );
}

#[tokio::test]
async fn it_ends_at_once_and_with_its_date() {
    let db = world().await;
    share(&db, What::Plan, with_managers()).await;
    let sharing = store::page(
        &db,
        &viewer(&db, "rosa").await,
        &viewer(&db, "rosa").await.person.unwrap(),
        (1, 1),
    )
    .await
    .unwrap()
    .mine[0]
        .id
        .clone();
    store::end(&db, &id("sam"), &sharing).await.unwrap();
    assert!(sees(&db, "helen").await, "nobody else ends it");
    store::end(&db, &id("rosa"), &sharing).await.unwrap();
    assert!(!sees(&db, "helen").await);
    share(&db, What::Plan, with_managers()).await;
    assert!(sees(&db, "helen").await, "shared anew");
    db.write("UPDATE sharing SET until = time::now() - 1s;", vars! {})
        .await
        .unwrap();
    assert!(!sees(&db, "helen").await);
}

#[tokio::test]
async fn it_ends_with_the_role_and_with_leaving_the_organisation() {
    for (what, sql) in [
        (
            "the role is lost",
            "UPDATE membership:['helen', 'library'] SET roles = ['learner'];",
        ),
        ("the manager leaves", "DELETE membership:['helen', 'library'];"),
        ("the person leaves", "DELETE membership:['rosa', 'branch'];"),
        ("the account is closed", "UPDATE person:rosa SET closed = time::now();"),
    ] {
        let db = world().await;
        share(&db, What::Plan, with_managers()).await;
        assert!(sees(&db, "helen").await);
        db.write(sql, vars! {}).await.unwrap();
        assert!(!sees(&db, "helen").await, "{what}");
    }
    let db = world().await;
    share(&db, What::Plan, With::Person(id("sam"))).await;
    assert!(sees(&db, "sam").await);
    db.write("DELETE membership:['sam', 'branch'];", vars! {})
        .await
        .unwrap();
    assert!(!sees(&db, "sam").await, "a colleague who left is none");
}

#[tokio::test]
async fn a_profile_leads_to_what_is_shown_to_whoever_looks() {
    let db = world().await;
    share(&db, What::Plan, with_managers()).await;
    share(&db, What::Gaps, With::Person(id("sam"))).await;
    for (who, shown) in [("helen", vec![What::Plan]), ("sam", vec![What::Gaps]), ("rosa", vec![])] {
        let viewer = viewer(&db, who).await;
        let profile = crate::people::store::profile(&db, &viewer, &id("rosa")).await.unwrap();
        assert_eq!(profile.shares, shown, "{who}");
    }
}

#[tokio::test]
async fn who_looked_is_noted_once_a_day() {
    let db = world().await;
    share(&db, What::Plan, with_managers()).await;
    for _ in 0..3 {
        assert!(sees(&db, "helen").await);
    }
    assert!(!sees(&db, "mo").await);
    let rosa = viewer(&db, "rosa").await;
    let page = store::page(&db, &rosa, rosa.person.as_ref().unwrap(), (1, 1))
        .await
        .unwrap();
    let looks: Vec<_> = page
        .looks
        .iter()
        .map(|look| (look.viewer.as_str(), look.what))
        .collect();
    assert_eq!(looks, [("Helen", What::Plan)]);
}

#[tokio::test]
async fn the_page_lists_what_is_mine_and_what_is_shown_to_me() {
    let db = world().await;
    share(&db, What::Plan, with_managers()).await;
    share(&db, What::Gaps, With::Person(id("helen"))).await;
    share(&db, What::Plan, With::Person(id("helen"))).await;
    let page = |name: &'static str| {
        let db = db.clone();
        async move {
            let viewer = viewer(&db, name).await;
            store::page(&db, &viewer, viewer.person.as_ref().unwrap(), (1, 1))
                .await
                .unwrap()
        }
    };
    let rosa = page("rosa").await;
    let mut with: Vec<_> = rosa
        .mine
        .iter()
        .map(|shown| (shown.what.as_str(), shown.with.as_str()))
        .collect();
    with.sort_unstable();
    assert_eq!(
        with,
        [("gaps", "Helen"), ("plan", "Helen"), ("plan", "Managers of Branch")]
    );
    let words: Vec<_> = rosa.choices.iter().map(|(_, words)| words.as_str()).collect();
    assert_eq!(
        words,
        ["Managers of Branch", "Trainers of Branch", "Facilitators of Branch"]
    );
    let helen = page("helen").await;
    let mut shown: Vec<_> = helen
        .with_me
        .iter()
        .map(|one| (one.name.as_str(), one.what.as_str()))
        .collect();
    shown.sort_unstable();
    assert_eq!(shown, [("Rosa", "gaps"), ("Rosa", "plan")], "each once");
    assert!(page("mo").await.with_me.is_empty() && page("sam").await.with_me.is_empty());
}

#[tokio::test]
async fn one_shares_with_colleagues_and_in_ones_own_organisations() {
    let db = world().await;
    let rosa = viewer(&db, "rosa").await;
    let email = |text: &str| crate::people::model::Email::parse(text).unwrap();
    assert_eq!(
        store::colleague(&db, &rosa, &email("Helen@x.example")).await,
        Ok(id("helen"))
    );
    for stranger in ["mo@x.example", "nobody@x.example"] {
        let heard = store::colleague(&db, &rosa, &email(stranger)).await;
        assert_eq!(
            heard,
            Err(AppError::field("email", "None of your colleagues has this address.")),
            "{stranger}"
        );
    }
    assert!(store::colleague(&db, &rosa, &email("rosa@x.example")).await.is_err());
    let place = |name: &str| OrganisationId::parse(name).unwrap();
    assert!(store::may_choose(&rosa, &With::Role(Role::Manager, place("branch"))));
    assert!(!store::may_choose(&rosa, &With::Role(Role::Manager, place("library"))));
    assert!(!store::may_choose(&rosa, &With::Role(Role::Curator, place("branch"))));
}

#[test]
fn a_last_day_lies_within_a_year() {
    let today = crate::time::today("UTC");
    assert_eq!(store::last_day(&today, "UTC"), Ok(today));
    for bad in ["", "2020-01-01", "2099-01-01", "soon"] {
        assert!(store::last_day(bad, "UTC").is_err(), "{bad}");
    }
}

#[tokio::test]
async fn what_holds_is_shown_however_much_is_over() {
    let db = world().await;
    let long_ago =
        "CREATE sharing:old SET person = person:rosa, what = 'gaps', with_person = person:helen, purpose = 'Talk',
            last_day = '2099-01-01', until = d'2099-01-02T00:00:00Z', begun = d'2020-01-01T00:00:00Z';
        FOR $n IN 0..120 {
            CREATE sharing SET person = person:rosa, what = 'plan', with_person = person:helen, purpose = 'Talk',
                last_day = '2021-01-01', until = d'2021-01-02T00:00:00Z', begun = d'2020-12-01T00:00:00Z';
        };";
    db.write(long_ago, vars! {}).await.unwrap();
    let rosa = viewer(&db, "rosa").await;
    let page = store::page(&db, &rosa, rosa.person.as_ref().unwrap(), (1, 1))
        .await
        .unwrap();
    assert_eq!((page.mine.len(), page.past.len()), (1, 20));
}

#[tokio::test]
async fn everybody_who_looked_and_everything_shared_with_one_has_a_page() {
    let db = world().await;
    db.write(
        "FOR $n IN 100..230 {
            CREATE look SET person = person:rosa, what = 'plan', viewer = person:helen, at = d'2026-01-01T00:00:00Z';
            LET $person = type::record('person', string::concat('many', <string> $n));
            CREATE $person SET name = 'Same Name', email = string::concat(<string> $n, '@x.example'), timezone = 'UTC';
            CREATE type::record('membership', [record::id($person), 'branch']) SET person = $person, organisation = organisation:branch,
                roles = ['learner'];
            CREATE sharing SET person = $person, what = 'plan', role = 'manager', organisation = organisation:branch, purpose = 'Talk',
                last_day = '2099-01-01', until = d'2099-01-02T00:00:00Z', begun = d'2026-01-01T00:00:00Z';
         };",
        vars! {},
    )
    .await
    .unwrap();
    let (rosa, helen) = (viewer(&db, "rosa").await, viewer(&db, "helen").await);
    let (mut looks, mut people) = (0, Vec::new());
    for page in 1..=3 {
        let mine = store::page(&db, &rosa, rosa.person.as_ref().unwrap(), (page, 1))
            .await
            .unwrap();
        assert_eq!((mine.looks_page, mine.looks_pages), (page, 3));
        looks += mine.looks.len();
        let hers = store::page(&db, &helen, helen.person.as_ref().unwrap(), (1, page))
            .await
            .unwrap();
        assert_eq!((hers.with_me_page, hers.with_me_pages), (page, 3));
        people.extend(hers.with_me.into_iter().map(|shown| shown.person));
    }
    people.sort();
    people.dedup();
    assert_eq!((looks, people.len()), (130, 130));
}

#[tokio::test]
async fn who_left_takes_no_place_among_what_is_shared_with_one() {
    let db = world().await;
    db.write(
        "FOR $n IN 100..160 {
            LET $person = type::record('person', string::concat('left', <string> $n));
            CREATE $person SET name = 'Anna', email = string::concat(<string> $n, '@x.example'), timezone = 'UTC';
            CREATE sharing SET person = $person, what = 'plan', role = 'manager', organisation = organisation:branch, purpose = 'Talk',
                last_day = '2099-01-01', until = d'2099-01-02T00:00:00Z', begun = d'2026-01-01T00:00:00Z';
         };",
        vars! {},
    )
    .await
    .unwrap();
    share(&db, What::Plan, with_managers()).await;
    let helen = viewer(&db, "helen").await;
    let page = store::page(&db, &helen, helen.person.as_ref().unwrap(), (1, 1))
        .await
        .unwrap();
    let names: Vec<_> = page.with_me.iter().map(|shown| shown.name.as_str()).collect();
    assert_eq!((names, page.with_me_pages), (vec!["Rosa"], 1));
}

#[tokio::test]
async fn a_look_has_its_day_where_the_person_is_who_shares() {
    let db = world().await;
    db.write(
        "UPDATE person:rosa SET timezone = 'Pacific/Kiritimati'; UPDATE person:helen SET timezone = 'Pacific/Pago_Pago';",
        vars! {},
    )
    .await
    .unwrap();
    share(&db, What::Plan, with_managers()).await;
    assert!(sees(&db, "helen").await);
    let days: Vec<String> = db
        .rows("SELECT VALUE record::id(id)[2] FROM look;", vars! {})
        .await
        .unwrap();
    assert_eq!(days, [crate::time::today("Pacific/Kiritimati")]);
}

#[tokio::test]
async fn a_record_is_shared_with_facilitators_and_nobody_else() {
    let db = world().await;
    db.write(
        "UPDATE membership:['sam', 'branch'] SET roles = ['facilitator'];",
        vars! {},
    )
    .await
    .unwrap();
    let facilitators = With::parse_role("facilitator-branch").unwrap();
    share(&db, What::Record, facilitators).await;
    for (name, seen) in [("sam", true), ("helen", false), ("mo", false), ("rosa", false)] {
        let heard = store::record(&db, &viewer(&db, name).await, &id("rosa"), [1, 1]).await;
        assert_eq!(heard.is_ok(), seen, "{name}");
    }
    assert!(!sees(&db, "sam").await, "the plan was not shared");
    let rosa = viewer(&db, "rosa").await;
    let page = store::page(&db, &rosa, rosa.person.as_ref().unwrap(), (1, 1))
        .await
        .unwrap();
    let looks: Vec<_> = page.looks.iter().map(|look| look.what).collect();
    assert_eq!(
        (page.mine[0].with.as_str(), looks),
        ("Facilitators of Branch", vec![What::Record])
    );
}
