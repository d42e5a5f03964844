//! What may be chosen to narrow what was found.

use surrealdb_types::{RecordId, SurrealValue};

use super::hits::of_table;
use super::ranked::Ranked;
use crate::db::Variables;
use crate::language::label;
use crate::search::model::Choices;

/// The sets, organisations and languages of what was ranked. Of more than that
/// only some is known, so there all that is published can be chosen, up to sixty.
macro_rules! choices {
    () => {
        "LET $all = IF $more { (SELECT VALUE id FROM edition WHERE state = 'published' LIMIT 60) } ELSE { [] };
         LET $editions = array::distinct(array::concat($in_edition, $all));
         LET $sets = (SELECT competency_set.slug AS slug, competency_set.title AS words FROM $editions);
         LET $places = array::distinct(array::concat($in_organisation,
            (SELECT VALUE competency_set.organisation FROM $editions), (SELECT VALUE organisation FROM $in_course),
            (SELECT VALUE organisation FROM $in_resource), (SELECT VALUE organisation FROM $in_study_group)));
         LET $organisations = (SELECT slug, name AS words FROM $places);
         LET $languages = array::distinct(array::concat((SELECT VALUE language FROM $editions), (SELECT VALUE language FROM $in_course)));"
    };
}
pub(super) use choices;

/// Tables of scopes, and the names that those are bound by.
const SCOPES: [(&str, &str); 5] = [
    ("edition", "in_edition"),
    ("course", "in_course"),
    ("resource", "in_resource"),
    ("study_group", "in_study_group"),
    ("organisation", "in_organisation"),
];

/// Binds what was found as these statements ask for it. What people belong to is
/// not among it.
pub(super) fn bind(vars: &mut Variables, ranked: &[Ranked]) {
    let mut scopes: Vec<&RecordId> = ranked
        .iter()
        .flat_map(|kind| &kind.entries)
        .map(|entry| &entry.scope)
        .collect();
    scopes.sort();
    scopes.dedup();
    for (table, name) in SCOPES {
        vars.insert(name, of_table(scopes.iter().copied(), table));
    }
    vars.insert("more", ranked.iter().any(|kind| kind.more));
}

#[derive(SurrealValue)]
struct ChoiceRow {
    slug: String,
    words: String,
}

#[derive(SurrealValue)]
pub(super) struct ChoiceRows {
    sets: Vec<ChoiceRow>,
    organisations: Vec<ChoiceRow>,
    languages: Vec<String>,
}

impl From<ChoiceRows> for Choices {
    fn from(rows: ChoiceRows) -> Self {
        let pairs = |rows: Vec<ChoiceRow>| in_order(rows.into_iter().map(|row| (row.slug, row.words)).collect());
        let languages = rows.languages.into_iter().filter(|tag| !tag.is_empty());
        Self {
            sets: pairs(rows.sets),
            organisations: pairs(rows.organisations),
            languages: in_order(
                languages
                    .map(|tag| {
                        let words = label(&tag).to_owned();
                        (tag, words)
                    })
                    .collect(),
            ),
        }
    }
}

/// By their words, each once.
fn in_order(mut choices: Vec<(String, String)>) -> Vec<(String, String)> {
    choices.sort_by_cached_key(|(value, words)| (words.to_lowercase(), value.clone()));
    choices.dedup();
    choices
}
