//! Each request of the matrix brings more fields than its function has: whose
//! something is, and what somebody may. What they name is a bystander's, and
//! nothing of it is taken (mass assignment).

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use app::vars;

use super::watch;
use crate::structure::sources;
use crate::support::TestApp;

/// The key of a person and of their organisation, whom no row is about.
pub const BYSTANDER: &str = "walkbystander";

/// A role that no row gives anybody.
pub const ROLE: &str = "organisation_administrator";

/// By the names of the database, and by those that forms might have.
const FIELDS: [(&str, &str); 22] = [
    ("author", BYSTANDER),
    ("by", BYSTANDER),
    ("email", BYSTANDER),
    ("given_by", BYSTANDER),
    ("id", BYSTANDER),
    ("line[0]", BYSTANDER),
    ("made_by", BYSTANDER),
    ("memberships[0][organisation]", BYSTANDER),
    ("memberships[0][roles][0]", ROLE),
    ("opened_by", BYSTANDER),
    ("organisation", BYSTANDER),
    ("owner", BYSTANDER),
    ("person", BYSTANDER),
    ("roles[0]", ROLE),
    ("session", BYSTANDER),
    ("site_administrator", "true"),
    ("started_by", BYSTANDER),
    ("state", BYSTANDER),
    ("study_group", BYSTANDER),
    ("user", BYSTANDER),
    ("viewer[site_administrator]", "true"),
    ("written_by", BYSTANDER),
];

/// The arguments of each server function, out of the sources.
static OWN: LazyLock<BTreeMap<String, BTreeSet<String>>> = LazyLock::new(|| {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/src"), &mut files);
    let mut own = BTreeMap::new();
    for file in files {
        let text = std::fs::read_to_string(file).unwrap();
        for part in text.split("\n#[server").skip(1) {
            let Some((_, rest)) = part.split_once("pub async fn ") else {
                continue;
            };
            let (name, rest) = rest.split_once('(').unwrap();
            let (arguments, _) = rest.split_once(") -> Result").unwrap();
            let plain = arguments.replace("#[server(default)]", "");
            let names = plain.split(',').filter_map(|argument| argument.split_once(':'));
            own.insert(name.to_owned(), names.map(|(name, _)| name.trim().to_owned()).collect());
        }
    }
    own
});

/// What is sent along to a function: fields that are none of its own.
pub fn beside(function: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let own = OWN.get(function).unwrap_or_else(|| panic!("{function} has no source"));
    FIELDS
        .into_iter()
        .filter(|(field, _)| !own.contains(field.split('[').next().unwrap_or_default()))
}

/// Whether a function has an argument of this name.
pub fn takes(function: &str, argument: &str) -> bool {
    OWN.get(function).is_some_and(|own| own.contains(argument))
}

#[test]
fn a_functions_own_fields_are_left_to_it() {
    let beside = |function| beside(function).map(|(field, _)| field).collect::<Vec<_>>();
    assert!(!beside("suspend").contains(&"organisation") && beside("suspend").contains(&"roles[0]"));
    assert!(beside("reply").contains(&"author") && beside("save_about").contains(&"person"));
    assert_eq!(beside("load_viewer").len(), FIELDS.len());
}

/// What the walk of all functions relies on.
#[tokio::test]
async fn what_is_taken_from_such_fields_is_seen() {
    let app = TestApp::new().await;
    let person = "CREATE person:other SET name = 'Other', email = 'other@carrel.example', timezone = 'UTC';";
    app.db.write(person, vars! {}).await.unwrap();
    watch::begin(&app.db).await;
    for (write, seen) in [
        ("UPDATE person:other SET name = 'Another';", false),
        ("UPDATE person:other SET name = 'walkbystander';", true),
        ("UPDATE person:other SET name = 'Other';", true),
        ("UPDATE person:other SET site_administrator = true;", true),
        ("UPDATE person:other SET name = 'Another';", false),
    ] {
        app.db.write(write, vars! {}).await.unwrap();
        let foreign = watch::look(&app.db).await.foreign;
        assert_eq!(foreign.contains(&"person".to_owned()), seen, "{write}");
    }
}
