//! Bringing the schema up to date: numbered, append-only, checksummed.

use sha2::{Digest, Sha256};
use surrealdb_types::SurrealValue;

use super::steps::steps;
use super::{Answers, Db};
use crate::error::AppError;
use crate::vars;

/// One step of the schema. What was applied once is never edited.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    pub name: &'static str,
    pub sql: &'static str,
}

macro_rules! migrations {
    ($($name:literal),* $(,)?) => {
        &[$(Migration {
            name: $name,
            sql: include_str!(concat!("../../migrations/", $name, ".surql")),
        }),*]
    };
}

/// All steps, in order.
pub const MIGRATIONS: &[Migration] = migrations![
    "0001_people",
    "0002_index",
    "0003_growth",
    "0004_courses",
    "0005_groups",
    "0006_search",
    "0007_pace",
    "0008_near",
    "0009_search_entries",
    "0010_front",
    "0012_organisations",
    "0013_signing_in",
    "0015_typed_words",
    "0016_audit",
    "0017_sharing",
    "0018_copies",
    "0020_case_service",
    "0021_in_bulk",
    "0030_single_sign_on",
    "0031_passkeys",
    "0032_import_undone",
    "0033_suspensions",
    "0034_terms",
    "0035_retention",
    "0040_outlines",
    "0045_editions",
    "0046_publications",
    "0050_reviews",
    "0055_derivations",
    "0056_sections_ahead",
    "0057_old_addresses",
    "0058_replaced_drafts",
    "0060_unplaced",
    "0062_reviewed_sections",
    "0063_earlier_talk",
    "0064_review_scope",
    "0065_told_once",
    "0066_set_aside",
    "0067_missing_fonts",
    "0073_trust",
    "0090_edition_outlines",
    "0091_import_header",
    "0092_reviewers_who_left",
    "0093_second_factors",
    "0095_unreviewed",
    "0096_first_verdicts",
    "0097_struck_names",
    "0099_seen",
    "0100_origins",
    "0101_role_profiles",
    "0103_factor_shown",
    "0104_vouching",
    "0105_shown",
    "0106_judged",
    "0107_search_texts",
    "0108_texts_due",
    "0109_passed_on",
    "0110_onward",
    "0111_withdrawn",
    "0112_branches",
    "0113_coverage",
    "0114_imports_found",
    "0119_changed",
    "0120_newcomers",
    "0121_requests_told",
    "0126_records_shared",
    "0129_named",
    "0130_groups_at",
    "0132_written_references",
    "0137_past_goals",
    "0138_level_names",
    "0139_programmes_used",
    "0140_unreviewed_once",
    "0142_links_typed",
    "0143_text_pictures",
    "0147_unreviewed_short",
    "0148_unreviewed_first",
    "0150_opens_to",
    "0151_past_enrolments",
    "0153_shared_lately",
    "0159_emptied",
    "0160_dropped",
    "0162_names_folded",
    "0163_teaching_audited",
    "0164_evidence",
    "0166_teaching_changed",
    "0167_courses_deleted",
    "0170_jobs",
    "0175_evidence_files",
    "0176_evidence_put_forward",
    "0180_review_rests",
];

/// Why the schema could not be brought up to date.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum MigrateError {
    #[error("migration {0} was changed after it had been applied here")]
    Edited(String),
    #[error("this database was made by a newer Carrel: it knows {0}, which this one does not")]
    Newer(String),
    #[error("migration {0} failed; see the log")]
    Failed(String),
}

#[derive(SurrealValue)]
struct Applied {
    name: String,
    checksum: String,
}

/// How far a migration has got that was cut off.
#[derive(SurrealValue)]
struct Begun {
    /// How many steps of it are done.
    done: i64,
    /// Of the text of those.
    checksum: String,
}

impl Db {
    /// Applies what is missing and answers with the names of what it applied.
    ///
    /// What is cut off goes on where it stopped. A migration is no single
    /// transaction: an index is built from what was committed before, and the
    /// store bounds a transaction (docs/decisions/0003-database-caches.md).
    pub async fn migrate(&self, migrations: &[Migration]) -> Result<Vec<&'static str>, MigrateError> {
        let missing = self.missing(migrations).await?;
        for migration in missing {
            let failed = |error: AppError| {
                tracing::error!(migration = migration.name, %error, "a migration failed");
                MigrateError::Failed(migration.name.into())
            };
            let steps = steps(migration.sql);
            let done = self.done(migration, &steps).await?;
            for number in done..steps.len() {
                self.step(migration, &steps[..=number]).await.map_err(failed)?;
            }
            self.close_migration(migration).await.map_err(failed)?;
        }
        Ok(names(missing))
    }

    /// The names of what [`Db::migrate`] would apply. Changes nothing.
    pub async fn pending(&self, migrations: &[Migration]) -> Result<Vec<&'static str>, MigrateError> {
        let failed = |_| MigrateError::Failed("migration table".into());
        if self.is_blank().await.map_err(failed)? {
            return Ok(names(migrations));
        }
        self.missing(migrations).await.map(names)
    }

    async fn missing<'a>(&self, migrations: &'a [Migration]) -> Result<&'a [Migration], MigrateError> {
        let applied = self.applied().await?;
        for (number, row) in applied.iter().enumerate() {
            match migrations.get(number) {
                None => return Err(MigrateError::Newer(row.name.clone())),
                Some(known) if known.name != row.name => return Err(MigrateError::Newer(row.name.clone())),
                Some(known) if checksum(known.sql) != row.checksum => {
                    return Err(MigrateError::Edited(row.name.clone()));
                }
                Some(_) => {}
            }
        }
        Ok(&migrations[applied.len()..])
    }

    async fn applied(&self) -> Result<Vec<Applied>, MigrateError> {
        const TABLE: &str = "
            DEFINE TABLE IF NOT EXISTS migration SCHEMAFULL PERMISSIONS NONE;
            DEFINE FIELD IF NOT EXISTS name ON migration TYPE string;
            DEFINE FIELD IF NOT EXISTS checksum ON migration TYPE string;
            DEFINE FIELD IF NOT EXISTS at ON migration TYPE datetime DEFAULT time::now() READONLY;
            SELECT name, checksum FROM migration ORDER BY name;";
        let failed = |_| MigrateError::Failed("migration table".into());
        self.run(TABLE, vars! {}).await.map_err(failed)?.rows(4).map_err(failed)
    }

    /// How many steps of a migration were done before it was cut off.
    async fn done(&self, migration: &Migration, steps: &[&str]) -> Result<usize, MigrateError> {
        const BEGUN: &str = "
            DEFINE TABLE IF NOT EXISTS migration_begun SCHEMAFULL PERMISSIONS NONE;
            DEFINE FIELD IF NOT EXISTS done ON migration_begun TYPE int;
            DEFINE FIELD IF NOT EXISTS checksum ON migration_begun TYPE string;
            SELECT done, checksum FROM type::record('migration_begun', $name);";
        let failed = |_| MigrateError::Failed(migration.name.into());
        let vars = vars! { "name" => migration.name };
        let mut answers = self.run(BEGUN, vars).await.map_err(failed)?;
        let Some(begun) = answers.row::<Begun>(3).map_err(failed)? else {
            return Ok(0);
        };
        let done = usize::try_from(begun.done).unwrap_or(usize::MAX);
        match steps.get(..done) {
            Some(steps) if checksum(&steps.concat()) == begun.checksum => Ok(done),
            _ => Err(MigrateError::Edited(migration.name.into())),
        }
    }

    /// Does the last of these steps, and notes so with it.
    async fn step(&self, migration: &Migration, steps: &[&str]) -> crate::error::Result<()> {
        let whole = format!(
            "BEGIN;\n{}\n;\nUPSERT type::record('migration_begun', $name) SET done = $done, checksum = $checksum;\nCOMMIT;",
            steps.last().map_or("", |step| step.trim_end_matches(';'))
        );
        let vars = vars! {
            "name" => migration.name, "done" => i64::try_from(steps.len()).unwrap_or(i64::MAX),
            "checksum" => checksum(&steps.concat()),
        };
        let done = Answers::of(self.engine.once(&whole, vars).await);
        done.map(drop).map_err(|failure| failure.into_app_error(migration.name))
    }

    /// Notes that a migration is whole.
    async fn close_migration(&self, migration: &Migration) -> crate::error::Result<()> {
        const WHOLE: &str = "
            CREATE type::record('migration', $name) SET name = $name, checksum = $checksum;
            DELETE type::record('migration_begun', $name);";
        let vars = vars! { "name" => migration.name, "checksum" => checksum(migration.sql) };
        self.run(WHOLE, vars).await.map(drop)
    }
}

fn names(migrations: &[Migration]) -> Vec<&'static str> {
    migrations.iter().map(|migration| migration.name).collect()
}

fn checksum(sql: &str) -> String {
    Sha256::digest(sql.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
