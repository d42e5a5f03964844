//! Assessments against a real database.

mod saving;

use super::gaps::{Sort, Standing};
use super::model::{Asked, NOT_MY_WORK, Said};
use super::store::{self, Rating};
use crate::db::Db;
use crate::error::AppError;
use crate::id::{NodeId, PersonId, SessionId};
use crate::vars;
use crate::viewer::{Person, Viewer};

/// A small library: a published edition with two competencies of twelve
/// statements each, a draft, and a role profile of either.
pub(crate) struct World {
    pub db: Db,
    pub rosa: Person,
    pub jonas: Person,
}

pub(crate) fn node(number: i64) -> NodeId {
    NodeId::parse(&format!("s{number}")).unwrap()
}

pub(crate) fn viewer(person: &Person) -> Viewer {
    Viewer {
        person: Some(person.clone()),
        ..Viewer::default()
    }
}

fn person(key: &str) -> Person {
    Person {
        id: PersonId::parse(key).unwrap(),
        name: key.into(),
        timezone: "Europe/London".into(),
        session: SessionId::parse("s").unwrap(),
    }
}

const WORLD: &str = "
    CREATE organisation:library SET slug = 'library', name = 'Library', kind = 'library', timezone = 'UTC', line = [organisation:library];
    CREATE person:rosa SET name = 'Rosa', email = 'rosa@x.example', timezone = 'Europe/London';
    CREATE person:jonas SET name = 'Jonas', email = 'jonas@x.example', timezone = 'Europe/London';
    CREATE competency_set:lm SET slug = 'lm', identifier = 'lm', organisation = organisation:library, title = 'Library management';
    LET $levels = [
        { label: 'No skill', description: 'not done' }, { label: 'Minimal', description: 'can help' },
        { label: 'Moderate', description: 'with help' }, { label: 'Strong', description: 'could teach' }];
    FOR $edition IN [{ id: edition:one, number: 1, p: '' }, { id: edition:draft, number: 2, p: 'd' }] {
        CREATE $edition.id SET competency_set = competency_set:lm, number = $edition.number, state = 'draft', levels = $levels;
        LET $section = type::record('node', $edition.p + 'section');
        CREATE $section SET edition = $edition.id, identifier = 'section', kind = 'section', depth = 0, position = 0,
            address = 'A', code = 'A', title = 'Direction';
        FOR $c IN [0, 1] {
            LET $competency = type::record('node', $edition.p + 'c' + <string>$c);
            CREATE $competency SET edition = $edition.id, identifier = 'c' + <string>$c, parent = $section, kind = 'competency',
                depth = 1, position = 1 + $c * 13, address = 'LM ' + <string>$c, code = 'LM ' + <string>$c,
                title = ['Money', 'People'][$c];
            FOR $s IN 1..=12 {
                LET $n = $c * 12 + $s;
                CREATE type::record('node', $edition.p + 's' + <string>$n) SET edition = $edition.id, identifier = 's' + <string>$n,
                    parent = $competency, kind = 'statement', depth = 2, position = 1 + $c * 13 + $s,
                    address = 'LM ' + <string>$c + '.' + <string>$s, code = 'LM ' + <string>$c + '.' + <string>$s,
                    title = 'Statement ' + <string>$n, knowledge = ['Knows it'], behaviours = ['Does it'];
            };
        };
    };
    UPDATE edition:one SET state = 'published', published = time::now();
    FOR $profile IN [{ id: role_profile:manager, edition: edition:one, p: '', slug: 'manager' },
                     { id: role_profile:future, edition: edition:draft, p: 'd', slug: 'future' }] {
        CREATE $profile.id SET slug = $profile.slug, edition = $profile.edition, organisation = organisation:library,
            title = 'Branch manager', statements = 23;
        FOR $n IN 1..=23 {
            LET $node = type::record('node', $profile.p + 's' + <string>$n);
            CREATE type::record('target', [record::id($profile.id), record::id($node)]) SET role_profile = $profile.id,
                node = $node, position = $n, level = IF $n <= 12 { 3 } ELSE { 2 };
        };
    };";

pub(crate) async fn world() -> World {
    let db = Db::for_test().await.unwrap();
    db.run(WORLD, vars! {}).await.unwrap();
    World {
        db,
        rosa: person("rosa"),
        jonas: person("jonas"),
    }
}

impl World {
    pub async fn rate(&self, person: &Person, number: i64, level: &str) -> crate::error::Result<()> {
        let rating = Rating {
            profile: "manager".into(),
            level: level.into(),
            ..Rating::default()
        };
        store::save_one(&self.db, &person.id, &node(number), &rating).await
    }

    async fn judgements(&self) -> usize {
        let rows: Vec<i64> = self.db.rows("SELECT VALUE 1 FROM judgement;", vars! {}).await.unwrap();
        rows.len()
    }
}

fn asked(profile: &str) -> Asked {
    Asked {
        profile: Some(profile.into()),
        ..Asked::default()
    }
}

#[tokio::test]
async fn a_rating_is_kept_and_the_same_one_twice_changes_nothing() {
    let world = world().await;
    world.rate(&world.rosa, 1, "2").await.unwrap();
    world.rate(&world.rosa, 1, "2").await.unwrap();
    assert_eq!(world.judgements().await, 1);
    world.rate(&world.rosa, 1, NOT_MY_WORK).await.unwrap();
    world.rate(&world.rosa, 1, "2").await.unwrap();
    assert_eq!(world.judgements().await, 3, "what was said before stays beside it");
    let again = Asked {
        statement: Some(node(1)),
        ..Asked::default()
    };
    let sitting = store::sitting(&world.db, &world.rosa, &again).await.unwrap().unwrap();
    assert_eq!(sitting.open[0].said, Some(Said::Level(2)));
    assert!(sitting.last_saved.unwrap().starts_with("LM 0.1, Moderate"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_rating_sent_twice_at_once_is_one_judgement() {
    let world = std::sync::Arc::new(world().await);
    let tasks: Vec<_> = (0..4)
        .map(|_| {
            let world = world.clone();
            tokio::spawn(async move { world.rate(&world.rosa, 5, "3").await })
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    assert_eq!(world.judgements().await, 1);
}

#[tokio::test]
async fn what_cannot_be_rated_is_refused_and_nothing_is_saved() {
    let world = world().await;
    for level in ["", "4", "-1", "x"] {
        let error = world.rate(&world.rosa, 1, level).await.unwrap_err();
        assert!(error.at("levels[n-s1]").is_some(), "{level}");
    }
    let long = Rating {
        level: "1".into(),
        aimed_at: "9".into(),
        note: "x".repeat(3_000),
        ..Rating::default()
    };
    let error = store::save_one(&world.db, &world.rosa.id, &node(1), &long)
        .await
        .unwrap_err();
    assert!(error.at("aims[n-s1]").is_some() && error.at("notes[n-s1]").is_some());
    // A statement of the edition that the role does not need, of a draft, a
    // competency, and nothing at all.
    let draft = NodeId::parse("ds1").unwrap();
    let competency = NodeId::parse("c0").unwrap();
    let plain = Rating {
        level: "1".into(),
        ..Rating::default()
    };
    assert_eq!(world.rate(&world.rosa, 24, "1").await, Err(AppError::NotFound));
    for node in [draft, competency, NodeId::parse("nowhere").unwrap()] {
        assert_eq!(
            store::save_one(&world.db, &world.rosa.id, &node, &plain).await,
            Err(AppError::NotFound),
            "{node}"
        );
    }
    store::save_one(&world.db, &world.rosa.id, &node(24), &plain)
        .await
        .unwrap();
    assert_eq!(world.judgements().await, 1);
}

#[tokio::test]
async fn a_sitting_goes_on_where_one_stopped() {
    let world = world().await;
    let load = async |asked: Asked| store::sitting(&world.db, &world.rosa, &asked).await;
    assert_eq!(load(Asked::default()).await.unwrap(), None, "nothing is chosen");
    store::choose(&world.db, &world.rosa.id, "manager").await.unwrap();
    let first = load(Asked::default()).await.unwrap().unwrap();
    assert_eq!(
        (first.number, first.sittings, first.open.len(), first.done.len()),
        (1, 3, 10, 0)
    );
    assert_eq!(first.open[0].above, "Money");
    assert_eq!(first.open[0].details.len(), 2);
    assert_eq!(first.here, "/me/rate?profile=manager&sitting=1");
    for number in 1..=3 {
        world.rate(&world.rosa, number, "1").await.unwrap();
    }
    let again = load(asked("manager")).await.unwrap().unwrap();
    assert_eq!((again.number, again.open.len(), again.done.len()), (1, 7, 3));
    assert_eq!(again.open[0].node, node(4));
    for number in 4..=10 {
        world.rate(&world.rosa, number, "1").await.unwrap();
    }
    let over = load(Asked {
        sitting: Some(1),
        ..asked("manager")
    })
    .await
    .unwrap()
    .unwrap();
    assert!(over.open.is_empty());
    assert_eq!(over.more.as_deref(), Some("/me/rate?profile=manager&sitting=2"));
    assert_eq!(load(asked("manager")).await.unwrap().unwrap().number, 2);
    let far = load(Asked {
        sitting: Some(u32::MAX),
        ..asked("manager")
    })
    .await
    .unwrap()
    .unwrap();
    assert_eq!((far.number, far.open.len()), (3, 3));
}

#[tokio::test]
async fn a_section_can_be_rated_alone_or_as_far_as_a_role_needs_it() {
    let world = world().await;
    let people = NodeId::parse("c1").unwrap();
    let whole = Asked {
        section: Some(people.clone()),
        ..Asked::default()
    };
    let whole = store::sitting(&world.db, &world.rosa, &whole).await.unwrap().unwrap();
    assert_eq!((whole.sittings, whole.open[0].node.clone()), (2, node(13)));
    let part = Asked {
        section: Some(people),
        sitting: Some(2),
        ..asked("manager")
    };
    let part = store::sitting(&world.db, &world.rosa, &part).await.unwrap().unwrap();
    assert_eq!(part.open.len(), 1, "the role needs eleven of the twelve");
    let elsewhere = [
        Asked {
            section: Some(NodeId::parse("dc1").unwrap()),
            ..Asked::default()
        },
        Asked {
            section: Some(NodeId::parse("dc1").unwrap()),
            ..asked("manager")
        },
        Asked {
            section: Some(node(1)),
            ..Asked::default()
        },
        Asked {
            statement: Some(NodeId::parse("ds1").unwrap()),
            ..Asked::default()
        },
        Asked {
            statement: Some(node(24)),
            ..asked("manager")
        },
        asked("future"),
        asked("nowhere"),
    ];
    for asked in elsewhere {
        assert_eq!(
            store::sitting(&world.db, &world.rosa, &asked).await,
            Err(AppError::NotFound),
            "{asked:?}"
        );
    }
}

#[tokio::test]
async fn gaps_are_the_persons_own() {
    let world = world().await;
    store::choose(&world.db, &world.rosa.id, "manager").await.unwrap();
    world.rate(&world.rosa, 1, "1").await.unwrap();
    world.rate(&world.rosa, 2, "3").await.unwrap();
    world.rate(&world.rosa, 13, "0").await.unwrap();
    world.rate(&world.rosa, 14, NOT_MY_WORK).await.unwrap();
    let page = store::gaps(&world.db, &world.rosa, "", Sort::Size)
        .await
        .unwrap()
        .unwrap();
    let counts = page.counts;
    assert_eq!(
        (counts.gaps, counts.at_level, counts.not_rated, counts.not_my_work),
        (2, 1, 19, 1)
    );
    assert_eq!(page.language, "en");
    // Two levels missing in each: in reading order.
    assert_eq!(
        page.groups
            .iter()
            .map(|group| group.heading.title.as_str())
            .collect::<Vec<_>>(),
        ["Money", "People"]
    );
    assert_eq!(page.groups[0].heading.section, "Direction");
    let first = &page.groups[0].lines[0];
    assert_eq!(
        (first.words(&page.levels), first.standing()),
        ("Minimal now, strong needed".into(), Standing::Gap)
    );
    assert_eq!(first.href, "/index/lm/1/LM%200.1");
    assert!(!first.rated_on.is_empty());
    let theirs = store::gaps(&world.db, &world.jonas, "manager", Sort::Section)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(theirs.counts.not_rated, 23, "nothing of Rosa's shows");
    assert_eq!(store::gaps(&world.db, &world.jonas, "", Sort::Size).await, Ok(None));
    assert_eq!(
        store::gaps(&world.db, &world.jonas, "future", Sort::Size).await,
        Err(AppError::NotFound)
    );
    assert_eq!(
        store::gaps(&world.db, &world.jonas, "'; REMOVE TABLE rating; --", Sort::Size).await,
        Err(AppError::NotFound)
    );
}

#[tokio::test]
async fn a_role_profile_is_chosen_once_and_can_be_put_away() {
    let world = world().await;
    for _ in 0..2 {
        store::choose(&world.db, &world.rosa.id, "manager").await.unwrap();
    }
    world.rate(&world.rosa, 1, "3").await.unwrap();
    world.rate(&world.rosa, 2, NOT_MY_WORK).await.unwrap();
    let progress = store::progress(&world.db, &world.rosa.id).await.unwrap().unwrap();
    assert_eq!(
        (
            progress.rated,
            progress.total,
            progress.counted,
            progress.at_level,
            progress.sitting
        ),
        (2, 23, 22, 1, Some(1)),
        "what is not part of one's work counts nowhere but as answered"
    );
    let growth = store::growth(&world.db, &world.rosa, "", 1).await.unwrap();
    assert_eq!(growth.chosen, [progress]);
    assert_eq!(
        growth.history.iter().map(|point| point.at_level).collect::<Vec<_>>(),
        [1]
    );
    assert_eq!(growth.choices, [], "what is chosen is no other role");
    assert_eq!(store::progress(&world.db, &world.jonas.id).await, Ok(None));
    for slug in ["future", "nowhere"] {
        assert_eq!(
            store::choose(&world.db, &world.rosa.id, slug).await,
            Err(AppError::NotFound)
        );
    }
    store::put_away(&world.db, &world.rosa.id, "manager").await.unwrap();
    assert_eq!(store::progress(&world.db, &world.rosa.id).await, Ok(None));
    store::choose(&world.db, &world.rosa.id, "manager").await.unwrap();
    assert_eq!(
        store::progress(&world.db, &world.rosa.id).await.unwrap().unwrap().rated,
        2,
        "ratings stay"
    );
}

#[tokio::test]
async fn the_choice_is_paged_in_a_total_order_and_offers_what_is_asked_for() {
    let world = world().await;
    let more = "FOR $n IN 1..=19 { CREATE role_profile SET slug = 'p' + <string>$n, edition = edition:one,
        organisation = organisation:library, title = 'Librarian', statements = 0 };";
    world.db.run(more, vars! {}).await.unwrap();
    let mut slugs = Vec::new();
    for page in 1..=2 {
        let growth = store::growth(&world.db, &world.rosa, "p7", page).await.unwrap();
        assert_eq!((growth.page, growth.pages), (page, 2));
        assert_eq!(growth.offered.unwrap().slug, "p7");
        slugs.extend(growth.choices.into_iter().map(|choice| choice.slug));
    }
    let unique: std::collections::BTreeSet<_> = slugs.iter().collect();
    assert_eq!((slugs.len(), unique.len()), (20, 20));
    assert!(!slugs.contains(&"future".into()), "drafts are not offered");
    assert_eq!(
        store::growth(&world.db, &world.rosa, "future", 1)
            .await
            .unwrap()
            .offered,
        None
    );
}
