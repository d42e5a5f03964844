//! What a site lays down for signing in, in the database.

use super::model::AskedOf;
use crate::db::Db;
use crate::error::Result;
use crate::id::PersonId;
use crate::vars;

/// Of whom the site asks a second factor.
pub async fn asked_of(db: &Db) -> Result<Option<AskedOf>> {
    let word: Option<String> = db
        .row("SELECT VALUE asked_of FROM sign_in_rule:second_factor;", vars! {})
        .await?;
    Ok(word.as_deref().and_then(AskedOf::parse))
}

/// Lays down of whom it does, or that it asks nobody.
pub async fn ask_of(db: &Db, by: &PersonId, asked: Option<AskedOf>) -> Result<()> {
    db.write(
        "LET $rule = sign_in_rule:second_factor;
         IF $asked = NONE { DELETE $rule }
         ELSE IF $rule.asked_of != $asked { UPSERT $rule SET asked_of = $asked, by = $by };",
        vars! { "by" => by.clone(), "asked" => asked.map(AskedOf::as_str) },
    )
    .await
    .map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::{DbConfig, MIGRATIONS};

    async fn migrated(before: &'static str) -> Db {
        let (old, new) = MIGRATIONS.split_at(
            MIGRATIONS
                .iter()
                .position(|step| step.name == "0093_second_factors")
                .unwrap(),
        );
        let db = Db::connect(&DbConfig::for_test()).await.unwrap();
        db.migrate(old).await.unwrap();
        let mei = "CREATE person:mei SET name = 'Mei', email = 'mei@x.example', timezone = 'UTC';";
        db.write(mei, vars! {}).await.unwrap();
        db.write(before, vars! {}).await.unwrap();
        db.migrate(&[old, new].concat()).await.unwrap();
        db
    }

    async fn log(db: &Db) -> Vec<String> {
        let said =
            "SELECT VALUE string::concat(act, ': ', about) FROM audit_entry WHERE act CONTAINS 'rule' ORDER BY id;";
        db.rows(said, vars! {}).await.unwrap()
    }

    #[tokio::test]
    async fn a_rule_for_administrators_goes_on_as_it_was_and_none_stays_none() {
        let db = migrated("CREATE sign_in_rule:administrators_need_second_factor SET by = person:mei;").await;
        assert_eq!(asked_of(&db).await.unwrap(), Some(AskedOf::Administrators));
        let rules = "SELECT VALUE record::id(by) FROM sign_in_rule;";
        assert_eq!(db.rows::<String>(rules, vars! {}).await.unwrap(), ["mei"]);
        let before = ["sign_in_rule_laid: administrators_need_second_factor"];
        assert_eq!(log(&db).await, before, "bringing it up to date is nobody's act");
        assert_eq!(asked_of(&migrated("").await).await.unwrap(), None);
    }

    #[tokio::test]
    async fn it_is_laid_down_widened_and_lifted_and_noted_once_each() {
        let db = migrated("").await;
        let mei = PersonId::parse("mei").unwrap();
        for asked in [Some(AskedOf::Administrators), Some(AskedOf::Everybody), None] {
            for _ in 0..2 {
                ask_of(&db, &mei, asked).await.unwrap();
                assert_eq!(asked_of(&db).await.unwrap(), asked);
            }
        }
        let noted = [
            "sign_in_rule_laid: administrators_need_second_factor",
            "sign_in_rule_laid: everybody_need_second_factor",
            "sign_in_rule_lifted: everybody_need_second_factor",
        ];
        assert_eq!(log(&db).await, noted);
    }
}
