//! What Carrel adds to a package of its own, known again when it is read.

use serde_json::Value;
use uuid::Uuid;

use super::case_fields::Object;

/// Identifiers that Carrel derives for what it adds to a package. Knowing them
/// again, reading does not keep as foreign what writing would add anyway.
pub(super) struct Generated(Uuid);

impl Generated {
    pub fn new(set: Uuid) -> Self {
        Self(set)
    }

    pub fn item_type(&self, kind: &str) -> String {
        Uuid::new_v5(&self.0, format!("CFItemType:{kind}").as_bytes()).to_string()
    }

    pub fn licence(&self) -> String {
        Uuid::new_v5(&self.0, b"CFLicense").to_string()
    }

    /// Takes out of what was read what Carrel itself had added.
    pub fn remove_from(&self, document: &mut Object, definitions: &mut Object) {
        let is = |value: &Value, identifier: &str| value.get("identifier").and_then(Value::as_str) == Some(identifier);
        if document.get("licenseURI").is_some_and(|link| is(link, &self.licence())) {
            document.remove("licenseURI");
        }
        let mut retain = |key: &str, foreign: &dyn Fn(&Value) -> bool| {
            if let Some(Value::Array(list)) = definitions.get_mut(key) {
                list.retain(foreign);
                if list.is_empty() {
                    definitions.remove(key);
                }
            }
        };
        retain("CFLicenses", &|licence| !is(licence, &self.licence()));
        retain("CFItemTypes", &|kind| {
            let title = kind.get("title").and_then(Value::as_str).unwrap_or_default();
            !is(kind, &self.item_type(title))
        });
    }
}
