//! Form drafts in the database: short-lived, under random ids, each for whoever
//! typed it alone: their person, or the browser that holds its cookie.

use http::HeaderValue;
use surrealdb_types::SurrealValue;

use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::PersonId;
use crate::people::tokens;
use crate::start::FormDraft;
use crate::vars;

/// How many drafts a person has at most, and all visitors together; the
/// oldest go first.
const MOST: i64 = 20;
const MOST_OF_VISITORS: i64 = 1_000;

/// Keeps what was typed; answers with the id for the address.
pub async fn store(db: &Db, person: Option<&PersonId>, draft: &FormDraft) -> Result<String> {
    let id = tokens::new();
    let json = |value: serde_json::Result<String>| value.map_err(|error| AppError::internal("form draft", error));
    db.write(
        "DELETE form_draft WHERE created < time::now() - 1h;
         LET $oldest = (SELECT id, created FROM form_draft WHERE person = $person ORDER BY created DESC START $most);
         FOR $draft IN $oldest { DELETE $draft.id };
         CREATE type::record('form_draft', $key) SET person = $person, form = $form, fields = $fields, error = $error;",
        vars! {
            "key" => tokens::key(&id), "person" => person.cloned(),
            "most" => if person.is_some() { MOST } else { MOST_OF_VISITORS } - 1, "form" => draft.form.clone(),
            "fields" => json(serde_json::to_string(&draft.fields))?, "error" => json(serde_json::to_string(&draft.error))?,
        },
    )
    .await?;
    Ok(id)
}

#[derive(SurrealValue)]
struct DraftRow {
    person: Option<PersonId>,
    form: String,
    fields: String,
    error: String,
}

/// The cookie that holds the id of a draft for the browser it was typed in.
/// The prefix binds it to this host over TLS.
pub fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-carrel-draft" } else { "carrel-draft" }
}

/// The header that gives a browser the id of its draft.
pub fn cookie(id: &str, secure: bool) -> Option<HeaderValue> {
    let name = cookie_name(secure);
    let secure = if secure { "; Secure" } else { "" };
    HeaderValue::from_str(&format!(
        "{name}={id}; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600{secure}"
    ))
    .ok()
}

/// What was typed. Someone's draft is nobody else's, also not a visitor's;
/// what a visitor typed (or someone whose session ended) is for the browser
/// that holds its id in a cookie, not for whoever follows a link.
pub async fn load(db: &Db, viewer: Option<&PersonId>, id: &str, held: Option<&str>) -> Option<FormDraft> {
    let row: DraftRow = db
        .row(
            "SELECT person, form, fields, error FROM type::record('form_draft', $key) WHERE created > time::now() - 1h;",
            vars! { "key" => tokens::key(id) },
        )
        .await
        .ok()??;
    let theirs = match &row.person {
        Some(person) => Some(person) == viewer,
        None => held == Some(id),
    };
    if !theirs {
        return None;
    }
    Some(FormDraft {
        form: row.form,
        fields: serde_json::from_str(&row.fields).ok()?,
        error: serde_json::from_str(&row.error).ok()?,
    })
}
