use super::{base, begin, draft, failed, file, forget_old, head, page, reached, ready, save_words, take_along, words};
use crate::competencies::tests::{World, small, world};
use crate::copies::tests::Folder;
use crate::error::AppError;
use crate::id::{EditionId, TypesettingId};
use crate::publications::model::{BookWords, LONGEST_WORDS, Paper, Stage};
use crate::vars;
use crate::viewer::Viewer;

const SET: &str = "small-set";

async fn with_edition(publish: bool) -> (World, EditionId) {
    let world = world().await;
    let edition = world.import(&small(), publish).await.edition;
    (world, edition)
}

fn written(introduction: &str) -> BookWords {
    BookWords {
        introduction: introduction.into(),
        ..BookWords::default()
    }
}

#[tokio::test]
async fn words_are_saved_once_and_nobody_writes_over_what_they_have_not_seen() {
    let (world, _) = with_edition(false).await;
    let (db, curator) = (&world.db, world.curator());
    let (_, empty, revision) = draft(db, &curator, SET).await.unwrap();
    assert_eq!((empty, revision), (BookWords::default(), 0));
    for _twice in 0..2 {
        save_words(db, &curator, SET, "", &written("One"), false).await.unwrap();
    }
    let (_, there, revision) = draft(db, &curator, SET).await.unwrap();
    assert_eq!((there, revision), (written("One"), 1));
    let refused = save_words(db, &curator, SET, "", &written("Two"), false)
        .await
        .unwrap_err();
    assert!(refused.at("introduction").is_some_and(|said| said.contains("One")));
    assert!(refused.at("over").is_some() && refused.at("how_to_use").is_none());
    save_words(db, &curator, SET, "", &written("Two"), true).await.unwrap();
    assert_eq!(draft(db, &curator, SET).await.unwrap().1, written("Two"));
    let long = written(&"x".repeat(LONGEST_WORDS as usize + 1));
    assert!(
        save_words(db, &curator, SET, "", &long, false)
            .await
            .unwrap_err()
            .at("introduction")
            .is_some()
    );
}

#[tokio::test]
async fn what_does_not_clash_is_saved_beside_what_does() {
    let (world, _) = with_edition(false).await;
    let (db, curator) = (&world.db, world.curator());
    let first = BookWords {
        introduction: "One".into(),
        how_to_use: "Read it".into(),
        acknowledgements: "Ana".into(),
    };
    save_words(db, &curator, SET, "", &first, false).await.unwrap();
    let filled = base(&first);
    let change = |introduction: &str, how: &str, thanks: &str| BookWords {
        introduction: introduction.into(),
        how_to_use: how.into(),
        acknowledgements: thanks.into(),
    };
    let theirs = change("Theirs", "Read it", "Ana, Bo");
    save_words(db, &curator, SET, &filled, &theirs, false).await.unwrap();
    // The introduction clashes, how to use it is mine alone, whom it thanks theirs.
    let mine = change("Mine", "Read it twice\r\nat least", "Ana");
    for saved in [true, false] {
        let refused = save_words(db, &curator, SET, &filled, &mine, false).await.unwrap_err();
        assert!(refused.at("introduction").unwrap().contains("“Theirs”"), "{refused:?}");
        assert_eq!(refused.at("over").unwrap().contains("The rest is saved."), saved);
        assert!(refused.at("how_to_use").is_none() && refused.at("acknowledgements").is_none());
        let now = draft(db, &curator, SET).await.unwrap().1;
        assert_eq!(now, change("Theirs", "Read it twice\nat least", "Ana, Bo"));
    }
    save_words(db, &curator, SET, &filled, &mine, true).await.unwrap();
    let now = draft(db, &curator, SET).await.unwrap().1;
    assert_eq!(now, change("Mine", "Read it twice\nat least", "Ana, Bo"));
    // What somebody emptied is said to be empty.
    let emptied = change("", "Read it twice\nat least", "Ana, Bo");
    save_words(db, &curator, SET, &base(&now), &emptied, false)
        .await
        .unwrap();
    let again = change("Mine again", "Read it twice\nat least", "Ana, Bo");
    let refused = save_words(db, &curator, SET, &base(&now), &again, false).await;
    assert!(refused.unwrap_err().at("introduction").unwrap().contains("emptied"));
}

#[tokio::test]
async fn words_are_for_curators_and_stay_with_what_is_published() {
    let (world, edition) = with_edition(false).await;
    let db = &world.db;
    save_words(db, &world.curator(), SET, "", &written("One"), false)
        .await
        .unwrap();
    assert_eq!(draft(db, &world.learner(), SET).await.err(), Some(AppError::NotFound));
    assert_eq!(
        draft(db, &Viewer::default(), SET).await.err(),
        Some(AppError::SignInNeeded)
    );
    assert_eq!(head(db, &world.learner(), SET, 1).await.err(), Some(AppError::NotFound));
    crate::editions::store::publish(db, &world.curator(), &edition)
        .await
        .unwrap();
    assert_eq!(draft(db, &world.curator(), SET).await.err(), Some(AppError::NotFound));
    let changed = db
        .write(
            "UPDATE book_words SET introduction = 'No' WHERE edition = $edition;",
            vars! { "edition" => edition.clone() },
        )
        .await;
    assert!(changed.is_err());
    assert_eq!(words(db, &edition).await.unwrap(), written("One"));

    crate::editions::store::open_draft(db, &world.curator(), SET)
        .await
        .unwrap();
    let (next, along, _) = draft(db, &world.curator(), SET).await.unwrap();
    assert_eq!((next.number, along), (2, written("One")));
    save_words(
        db,
        &world.curator(),
        SET,
        &base(&written("One")),
        &written("Two"),
        false,
    )
    .await
    .unwrap();
    take_along(db, &edition, &next.edition).await.unwrap();
    assert_eq!(
        words(db, &next.edition).await.unwrap(),
        written("Two"),
        "what is there stays"
    );
}

#[tokio::test]
async fn a_file_is_made_once_whoever_asks_and_again_when_it_failed() {
    let (world, edition) = with_edition(true).await;
    let db = &world.db;
    let first = begin(db, &edition, "one", Paper::A4, (true, true)).await.unwrap();
    assert!(first.begun);
    assert!(!begin(db, &edition, "one", Paper::A4, (true, true)).await.unwrap().begun);
    reached(db, &first.id, "laying_out").await.unwrap();
    let stage = async |key: &TypesettingId| file(db, &edition, Some(key), None).await.unwrap().unwrap().stage;
    assert_eq!(stage(&first.id).await, Stage::BeingMade(1));
    assert_eq!(file(db, &edition, None, None).await.unwrap(), None, "none is ready");
    failed(db, &first.id).await.unwrap();
    assert_eq!(stage(&first.id).await, Stage::Failed);
    assert!(begin(db, &edition, "one", Paper::A4, (true, true)).await.unwrap().begun);
    ready(db, &first.id, (12, 3_460_000), "日".into()).await.unwrap();
    let done = Stage::Ready {
        pages: 12,
        size: "3.4 MB".into(),
        missing: "日".into(),
    };
    assert_eq!(stage(&first.id).await, done);
    assert!(!begin(db, &edition, "one", Paper::A4, (true, true)).await.unwrap().begun);
    let shown = page(db, &Viewer::default(), (SET, 1), "").await.unwrap();
    assert_eq!(
        shown.file.map(|file| (file.id, file.stage)),
        Some((first.id.clone(), done))
    );
    assert_eq!(shown.sections, ["A Money", "B Talks"].map(str::to_owned));
    assert_eq!(
        file(db, &edition, None, Some(Paper::Letter)).await.unwrap(),
        None,
        "on that paper there is none"
    );

    db.write(
        "UPDATE typesetting SET stage = 'waiting', moved = time::now() - 1h;",
        vars! {},
    )
    .await
    .unwrap();
    assert_eq!(stage(&first.id).await, Stage::Failed, "what stands still was cut off");
    assert!(begin(db, &edition, "one", Paper::A4, (true, true)).await.unwrap().begun);
}

#[tokio::test]
async fn only_so_many_wait_and_what_nobody_asks_for_is_forgotten() {
    let (world, edition) = with_edition(true).await;
    let db = &world.db;
    for at in 0..20 {
        assert!(
            begin(db, &edition, &format!("file{at}"), Paper::A4, (false, true))
                .await
                .unwrap()
                .begun
        );
    }
    let refused = begin(db, &edition, "more", Paper::A4, (false, true)).await;
    assert!(matches!(refused.err(), Some(AppError::Conflict(_))));
    // Whoever has all of their own places asks for what is there or on its way.
    db.write("DELETE typesetting:file19;", vars! {}).await.unwrap();
    let own = begin(db, &edition, "more", Paper::A4, (false, false)).await;
    assert!(matches!(own.err(), Some(AppError::Conflict(said)) if said.contains("for you already")));
    assert!(
        !begin(db, &edition, "file7", Paper::A4, (false, false))
            .await
            .unwrap()
            .begun
    );
    assert!(
        !begin(db, &edition, "file7", Paper::A4, (false, true))
            .await
            .unwrap()
            .begun,
        "it waits already"
    );

    let folder = Folder::new();
    std::fs::create_dir_all(folder.path().join("publications")).unwrap();
    let path = |name: &str| crate::publications::path(folder.path(), &TypesettingId::parse(name).unwrap());
    for name in ["file1", "file2"] {
        std::fs::write(path(name), "pages").unwrap();
    }
    db.write("UPDATE typesetting:file1 SET asked = time::now() - 31d;", vars! {})
        .await
        .unwrap();
    forget_old(db, folder.path()).await.unwrap();
    assert!(!path("file1").exists() && path("file2").exists());
}
