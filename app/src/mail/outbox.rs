//! The outbox as features use it: they write letters, and their transaction
//! keeps them with `IF $letters != [] { INSERT INTO letter $letters RETURN NONE }`.

use std::sync::Arc;

use surrealdb_types::{Datetime, SurrealValue};
use tokio::sync::Notify;

use crate::id::LetterId;

/// A letter to one address: plain text.
#[derive(Debug, Clone, PartialEq, SurrealValue)]
pub struct Letter {
    pub id: LetterId,
    pub recipient: String,
    pub subject: String,
    pub body: String,
    /// When it is of no use any more.
    pub expires: Datetime,
}

impl Letter {
    /// A letter that is of use for so many hours.
    pub fn new(recipient: &str, subject: &str, body: String, hours: u32) -> Self {
        let one_line = |c: char| if crate::text::is_hidden(c) { ' ' } else { c };
        Self {
            id: LetterId::random(),
            recipient: recipient.to_owned(),
            // Whatever a name in it holds, a subject is one line.
            subject: subject.chars().map(one_line).take(200).collect(),
            body,
            expires: crate::time::in_hours(hours),
        }
    }
}

/// Whether letters are sent here, and the bell that says there are new ones.
#[derive(Clone, Default)]
pub struct Outbox {
    from: Option<Arc<str>>,
    bell: Arc<Notify>,
}

impl Outbox {
    /// Of an installation whose letters come from this address.
    pub fn from(address: &str) -> Self {
        Self {
            from: Some(address.into()),
            bell: Arc::default(),
        }
    }

    pub fn address(&self) -> Option<&str> {
        self.from.as_deref()
    }

    pub fn is_open(&self) -> bool {
        self.from.is_some()
    }

    /// What a transaction lays into the outbox: nothing where no mail is sent.
    pub fn letters(&self, write: impl FnOnce() -> Letter) -> Vec<Letter> {
        if self.is_open() { vec![write()] } else { Vec::new() }
    }

    /// To be called once the transaction is through.
    pub fn ring(&self) {
        self.bell.notify_one();
    }

    pub(super) async fn rung(&self) {
        self.bell.notified().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_one_line() {
        let letter = Letter::new("rosa@riverside.example", "Hello\r\nBcc: x@y.org", String::new(), 1);
        assert_eq!(letter.subject, "Hello  Bcc: x@y.org");
    }

    #[test]
    fn without_mail_nothing_is_written() {
        let write = || Letter::new("rosa@riverside.example", "Hello", String::new(), 1);
        assert!(Outbox::default().letters(write).is_empty());
        assert_eq!(Outbox::from("carrel@riverside.example").letters(write).len(), 1);
    }
}
