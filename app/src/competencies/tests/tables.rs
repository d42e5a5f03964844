//! Real tables: in by their columns, out in each format, and in again.

use super::files::real_file;
use super::*;
use crate::competencies::export;
use crate::competencies::model::Outcome;
use crate::exchange::sheet::Column;

/// Tables of others, and what somebody would say their columns are where the
/// names do not.
const TABLES: [(&str, &[(&str, Column)]); 8] = [
    ("direct/framework/DIRECT-framework-all-in-one.csv", &[]),
    ("direct/framework/competency.csv", &[]),
    ("direct/framework/competency_domain.csv", &[]),
    ("direct/framework/learning_resource.csv", &[("slug", Column::Ignored)]), // Longer than a code may be.
    ("direct/framework/provider.csv", &[]),
    ("direct/framework/skill.csv", &[]),
    ("direct/framework/skill_level.csv", &[("level", Column::Ignored)]),
    ("onet/Scales_Reference.csv", &[("Scale Name", Column::Statement)]),
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
        let plan = async || {
            import::plan_matched(db, library, "", name, bytes.clone(), &columns)
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
