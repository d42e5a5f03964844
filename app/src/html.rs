//! HTML that may be shown as it is.

use std::cell::Cell;
use std::ops::Deref;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Long HTML, cleaned when it was written.
///
/// A document holds what it shows, and beside it the data for the browser to
/// take over with. There this text is left out: the browser keeps what stands
/// in the document. Server functions answer with it whole. What a page loaded
/// is cloned on its way into the view: that copies nothing here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html(Arc<str>);

thread_local! {
    static BESIDE_DOCUMENT: Cell<bool> = const { Cell::new(false) };
}

/// Runs `write`, which writes the data beside a document.
pub fn beside_document<T>(write: impl FnOnce() -> T) -> T {
    let before = BESIDE_DOCUMENT.replace(true);
    let written = write();
    BESIDE_DOCUMENT.set(before);
    written
}

impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(if BESIDE_DOCUMENT.get() { "" } else { &self.0 })
    }
}

impl<'de> Deserialize<'de> for Html {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

impl Deref for Html {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl From<String> for Html {
    fn from(html: String) -> Self {
        Self(html.into())
    }
}

impl From<Html> for String {
    fn from(html: Html) -> Self {
        html.0.as_ref().to_owned()
    }
}

/// A text for an element or a quoted attribute.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_stands_once_in_a_document() {
        let html = Html::from("<p>Long.</p>".to_owned());
        assert_eq!(beside_document(|| serde_json::to_string(&html).unwrap()), "\"\"");
        assert_eq!(serde_json::to_string(&html).unwrap(), "\"<p>Long.</p>\"");
        assert_eq!(serde_json::from_str::<Html>("\"<p>Long.</p>\"").unwrap(), html);
    }
}
