//! What the page knows before anything is loaded: who looks at it, and what
//! was typed into a form that was refused. Written into the document by the
//! server, read from there by the browser, so that both render the same.

use std::collections::BTreeMap;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::error::AppError;
use crate::viewer::Viewer;

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Start {
    pub viewer: Viewer,
    pub draft: Option<FormDraft>,
    /// This browser held a session that has ended.
    #[serde(default)]
    pub ended: bool,
    /// What this installation is called; empty where nobody said so.
    pub site: String,
}

/// A form that was sent without JavaScript and refused: kept on the server for
/// a short while under a random id that the address carries.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FormDraft {
    /// The address that the form was sent to.
    pub form: String,
    /// What was typed, without passwords.
    pub fields: BTreeMap<String, String>,
    pub error: AppError,
}

/// The id of the element that carries the start.
pub const ELEMENT: &str = "start-data";

impl Start {
    /// JSON that is safe inside a `<script>` element.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self)
            .unwrap_or_else(|_| "{}".into())
            .replace('<', "\\u003c")
    }

    /// From the request on the server, from the document in the browser.
    pub fn read() -> Self {
        #[cfg(feature = "ssr")]
        let start = Self {
            viewer: crate::state::viewer(),
            draft: crate::state::extension(),
            ended: crate::state::extension::<SessionEnded>().is_some(),
            site: use_context::<crate::state::AppState>().map_or_else(String::new, |state| state.site.name.get()),
        };
        #[cfg(not(feature = "ssr"))]
        let start = document()
            .get_element_by_id(ELEMENT)
            .and_then(|element| element.text_content())
            .and_then(|text| serde_json::from_slice(text.as_bytes()).ok())
            .unwrap_or_default();
        start
    }
}

/// Makes the start known to all pages.
pub fn provide_start() {
    let Start {
        viewer,
        draft,
        ended,
        site,
    } = Start::read();
    provide_context(RwSignal::new(viewer));
    provide_context(StoredValue::new(draft));
    provide_context(Ended(StoredValue::new(ended)));
    provide_context(SiteTitle(site));
}

/// Stands in the request of a browser whose session has ended.
#[derive(Debug, Clone, Copy)]
pub struct SessionEnded;

#[derive(Clone, Copy)]
struct Ended(StoredValue<bool>);

/// Whether this browser held a session that has ended, as the server said or as
/// the page found out.
pub fn use_session_ended() -> StoredValue<bool> {
    use_context().map_or_else(StoredValue::default, |Ended(ended)| ended)
}

#[derive(Clone)]
struct SiteTitle(String);

/// What this installation is called, if somebody said so.
pub fn use_site_name() -> Option<String> {
    let SiteTitle(name) = use_context()?;
    (!name.is_empty()).then_some(name)
}

/// The viewer, as pages decide what to offer; the server decides again.
pub fn use_viewer() -> RwSignal<Viewer> {
    use_context().unwrap_or_default()
}

/// The refused form that this page load brought back, if there is one.
pub fn use_draft() -> Option<FormDraft> {
    use_context::<StoredValue<Option<FormDraft>>>()?.get_value()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_cannot_end_the_script() {
        let draft = FormDraft {
            form: "/api/x".into(),
            fields: [("body".into(), "</script><script>alert(1)</script>".into())].into(),
            error: AppError::SignInNeeded,
        };
        let start = Start {
            draft: Some(draft),
            ..Start::default()
        };
        let json = start.to_json();
        assert!(!json.contains('<'));
        assert_eq!(serde_json::from_str::<Start>(&json).unwrap(), start);
    }
}
