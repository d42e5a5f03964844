//! Real tables: in by their columns, out in each format, and in again.

use super::files::real_file;
use super::*;
use crate::competencies::export;
use crate::competencies::model::Outcome;
use crate::exchange;
use crate::exchange::sheet::Column;

/// Tables of others, and what somebody would say their columns are where the
/// names do not.
const TABLES: [(&str, &[(&str, Column)]); 12] = [
    ("direct/framework/DIRECT-framework-all-in-one.csv", &[]),
    ("direct/framework/competency.csv", &[]),
    ("direct/framework/competency_domain.csv", &[]),
    ("direct/framework/learning_resource.csv", &[("slug", Column::Ignored)]), // Longer than a code may be.
    ("direct/framework/provider.csv", &[]),
    ("direct/framework/skill.csv", &[]),
    ("direct/framework/skill_level.csv", &[("level", Column::Ignored)]),
    ("onet/Occupation_Data.csv", &[]),
    ("onet/Task_Statements.csv", &[]),
    ("onet/Skills.csv", &[]),
    ("onet/Alternate_Titles.csv", &[]),
    ("onet/Scales_Reference.csv", &[]),
];

#[tokio::test]
async fn real_tables_come_in_and_go_both_ways() {
    let world = world().await;
    for (path, said) in TABLES {
        let Some(bytes) = real_file("real_tables_come_in_and_go_both_ways", path) else {
            return;
        };
        let (db, library) = (&world.db, &world.library);
        let name = path.rsplit('/').next().unwrap();
        let suggested = import::plan(db, library, "", name, bytes.clone()).await.unwrap();
        let columns: Vec<Column> = suggested
            .preview
            .columns
            .iter()
            .map(|column| match said.iter().find(|(name, _)| *name == column.name) {
                Some((_, said)) => *said,
                None => Column::parse(&column.chosen).unwrap(),
            })
            .collect();
        let matched = import::Matched {
            columns,
            ..Default::default()
        };
        let plan = async || {
            import::plan_matched(db, library, "", name, bytes.clone(), &matched)
                .await
                .unwrap()
        };
        let planned = plan().await;
        assert!(!planned.is_refused(), "{path}: {:?}", planned.preview.remarks);
        let rows = bytes.iter().filter(|byte| **byte == b'\n').count();
        let nodes = planned.preview.sections + planned.preview.competencies + planned.preview.statements;
        assert!(nodes > 3, "{path}: {nodes} of {rows} lines");
        let applied = import::apply(db, &planned, true).await.unwrap();
        let unchanged = |again: &import::PlannedImport, from: &str| {
            let outcome = &again.preview.outcome;
            assert!(
                matches!(outcome, Outcome::Unchanged { .. }),
                "{path} from {from}: {outcome:?}, {} new, {} changed, {} moved, {} missing, {:?}",
                again.preview.new,
                again.preview.changed,
                again.preview.moved,
                again.preview.missing,
                again.preview.set_fields
            );
        };
        unchanged(&plan().await, "itself");
        let (anyone, set) = (Viewer::visitor(), applied.set.as_str());
        let package = export::case_package(db, &anyone, set, 1, "https://carrel.example").await;
        let ways = [
            ("case.json", serde_json::to_vec(&package.unwrap()).unwrap()),
            (
                "sheet.csv",
                export::sheet_csv(db, &anyone, set, 1).await.unwrap().into_bytes(),
            ),
            ("sheet.xlsx", export::workbook(db, &anyone, set, 1).await.unwrap()),
        ];
        for (ending, out) in ways {
            let again = import::plan(db, library, "", &format!("{set}.{ending}"), out)
                .await
                .unwrap();
            unchanged(&again, ending);
        }
    }
}

#[tokio::test]
async fn a_table_brings_a_scale_to_rate_by_and_can_have_its_header_elsewhere() {
    let world = world().await;
    let (db, library) = (&world.db, &world.library);
    let bytes = b"Ours,this year\nOur words,Number\nReads a budget,1\nFinds money,2\n".to_vec();
    let plan = async |matched: import::Matched| {
        import::plan_matched(db, library, "Ours", "ours.csv", bytes.clone(), &matched)
            .await
            .unwrap()
    };
    let first = plan(import::Matched::default()).await.preview;
    let heads: Vec<u32> = first.heads.iter().map(|head| head.0).collect();
    assert_eq!((first.header, heads), (2, vec![1, 2, 3, 4]));
    let columns = vec![Column::Statement, Column::Code];
    let matched = |header| import::Matched {
        columns: columns.clone(),
        header,
        ..Default::default()
    };
    assert_eq!(plan(matched(Some(1))).await.preview.statements, 3);
    let planned = plan(matched(None)).await;
    assert_eq!(planned.preview.levels.len(), 4);
    let applied = import::apply(db, &planned, true).await.unwrap();
    let page = crate::competencies::store::set_page(db, &Viewer::visitor(), &applied.set, None)
        .await
        .unwrap();
    assert_eq!(
        (page.levels.len(), page.language.as_str(), page.outline.len()),
        (4, "en", 2)
    );
    assert!(matches!(
        plan(matched(None)).await.preview.outcome,
        Outcome::Unchanged { .. }
    ));
}

#[tokio::test]
async fn a_table_that_says_nothing_of_a_scale_is_told_so_and_one_that_does_brings_its_own() {
    let world = world().await;
    let (db, library) = (&world.db, &world.library);
    let plain = b"Full Statement,Human Coding Scheme\nReads a budget,1\n".to_vec();
    let planned = import::plan(db, library, "", "plain.csv", plain).await.unwrap();
    let told = |planned: &import::PlannedImport| {
        let remarks = planned.preview.remarks.iter();
        remarks.filter(|remark| remark.message.contains("usual one")).count()
    };
    assert_eq!((told(&planned), planned.preview.levels.len()), (1, 4));
    // What was written elsewhere is there as it was: scale, licence and all.
    world.import(&small(), true).await;
    let out = export::workbook(db, &Viewer::visitor(), "small-set", 1).await.unwrap();
    let planned = import::plan(db, &world.elsewhere, "", "any.xlsx", out).await.unwrap();
    assert_eq!((told(&planned), planned.preview.outcome.clone()), (0, Outcome::NewSet));
    let applied = import::apply(db, &planned, true).await.unwrap();
    let (one, other) = (
        export::exchange_set(db, &Viewer::visitor(), "small-set", Some(1))
            .await
            .unwrap(),
        export::exchange_set(db, &Viewer::visitor(), &applied.set, Some(1))
            .await
            .unwrap(),
    );
    assert_eq!(exchange::compare(&one, &other).set_fields, Vec::<String>::new());
}

/// A package with one statement and no scale.
fn without_a_scale() -> Vec<u8> {
    br#"{"CFDocument": {"identifier": "c9453732-d851-5118-9503-5c7da64a4ce1", "uri": "https://example.org/d", "title": "No scale",
        "creator": "A consortium", "lastChangeDateTime": "2021-03-02T10:00:00+00:00", "adoptionStatus": "Adopted", "language": "en"},
      "CFItems": [{"identifier": "0e0a0f6c-5b6e-5f4e-9d3a-6f1f2f7f0a11", "uri": "https://example.org/i", "humanCodingScheme": "1",
        "fullStatement": "Reads a budget", "lastChangeDateTime": "2021-03-02T10:00:00+00:00",
        "CFDocumentURI": {"title": "No scale", "identifier": "c9453732-d851-5118-9503-5c7da64a4ce1", "uri": "https://example.org/d"}}],
      "CFAssociations": []}"#
    .to_vec()
}

#[tokio::test]
async fn a_package_without_a_scale_is_rated_by_the_usual_one_and_none_is_published_without_any() {
    let world = world().await;
    let (db, library) = (&world.db, &world.library);
    let plan = async || {
        import::plan(db, library, "", "any.json", without_a_scale())
            .await
            .unwrap()
    };
    let planned = plan().await;
    let told = |planned: &import::PlannedImport| {
        let remarks = planned.preview.remarks.iter();
        remarks.filter(|remark| remark.message.contains("usual one")).count()
    };
    assert_eq!((told(&planned), planned.preview.levels.len()), (1, 4));
    let applied = import::apply(db, &planned, false).await.unwrap();
    // The same file once more: what it does not say of a scale stays as it is.
    let again = plan().await;
    assert_eq!(told(&again), 0);
    assert!(matches!(again.preview.outcome, Outcome::Unchanged { .. }));
    // As sets were imported once.
    let bare = "UPDATE $edition SET levels = [] RETURN NONE;";
    let vars = crate::vars! { "edition" => applied.edition.clone() };
    db.write(bare, vars).await.unwrap();
    let refused = crate::competencies::store::publish_draft(db, &applied.edition).await;
    assert!(refused.unwrap_err().to_string().contains("proficiency scale"));
    let cured = plan().await;
    assert_eq!(told(&cured), 1);
    import::apply(db, &cured, true).await.unwrap();
}
