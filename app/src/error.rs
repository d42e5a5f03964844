//! The one error type.
//!
//! Which to use where: what someone may not know of is [`AppError::NotFound`],
//! what they may see but not do is [`AppError::Forbidden`], what they typed is
//! [`AppError::Invalid`] with a message for each field. An expected outcome
//! ("already a member") is an enum of its own feature, not an error. What went
//! wrong inside is logged where it happened and leaves as [`AppError::Internal`].

use std::collections::BTreeMap;

use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

pub type Result<T, E = AppError> = std::result::Result<T, E>;

/// Every way in which a request can fail, as the person is told of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum AppError {
    #[error("There is nothing at this address, or it is not open to you.")]
    NotFound,
    #[error("Sign in to go on.")]
    SignInNeeded,
    #[error("Your role does not include this. Ask whoever looks after Carrel at your library if it should.")]
    Forbidden,
    #[error("{0}")]
    Invalid(FieldErrors),
    /// The thing changed in the meantime, or the step no longer applies.
    #[error("{0}")]
    Conflict(String),
    /// Too many attempts; the number is seconds to wait.
    #[error("That was tried too often. Wait {} and try again.", minutes(*.0))]
    TooMany(u32),
    /// All places for something costly are taken.
    #[error(
        "More people ask for this than Carrel can do at once just now. Nothing was changed; try again in a moment."
    )]
    Busy,
    #[error("Carrel could not be reached. What you typed is still here: try again in a moment.")]
    Offline,
    #[error("Something went wrong on our side. Nothing was saved; please try again.")]
    Internal,
}

impl AppError {
    /// The only mapping to HTTP.
    pub fn status(&self) -> u16 {
        match self {
            Self::NotFound => 404,
            Self::SignInNeeded => 401,
            Self::Forbidden => 403,
            Self::Invalid(_) => 422,
            Self::Conflict(_) => 409,
            Self::TooMany(_) => 429,
            Self::Busy | Self::Offline => 503,
            Self::Internal => 500,
        }
    }

    /// Whether the same request may go well a little later.
    pub fn passes(&self) -> bool {
        matches!(self, Self::TooMany(_) | Self::Offline | Self::Internal)
    }

    /// An error at one field.
    pub fn field(name: &str, message: impl Into<String>) -> Self {
        Self::Invalid(FieldErrors::one(name, message))
    }

    /// Logs what went wrong, with its context, and says nothing of it outside.
    pub fn internal(context: &str, error: impl std::fmt::Display) -> Self {
        #[cfg(feature = "ssr")]
        tracing::error!(context, %error, "internal error");
        // Tests have no log.
        #[cfg(test)]
        eprintln!("internal error: {context}: {error}");
        #[cfg(not(feature = "ssr"))]
        let _ = (context, error);
        Self::Internal
    }

    /// The message that belongs at `field`, if there is one.
    pub fn at(&self, field: &str) -> Option<&str> {
        match self {
            Self::Invalid(errors) => errors.get(field),
            _ => None,
        }
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(message)
            | ServerFnErrorErr::MissingArg(message)
            | ServerFnErrorErr::Deserialization(message) => Self::field("", unreadable(&message)),
            ServerFnErrorErr::Request(_) => Self::Offline,
            other => Self::internal("server function", other),
        }
    }
}

fn unreadable(message: &str) -> String {
    match message.split('`').nth(1) {
        Some(field) => format!("“{field}” is missing or cannot be read. Fill it in and send again."),
        None => "The form could not be read. Check what you typed and send it again.".into(),
    }
}

fn minutes(seconds: u32) -> String {
    match seconds {
        0..=90 => "a minute".into(),
        _ => format!("{} minutes", seconds.div_ceil(60)),
    }
}

/// Messages by field name, in order of name; the empty name stands for the
/// whole form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldErrors(BTreeMap<String, String>);

impl FieldErrors {
    pub fn one(name: &str, message: impl Into<String>) -> Self {
        let mut errors = Self::default();
        errors.add(name, message);
        errors
    }

    /// Keeps the first message of a field: one thing to mend at a time.
    pub fn add(&mut self, name: &str, message: impl Into<String>) {
        self.0.entry(name.into()).or_insert_with(|| message.into());
    }

    /// Takes the value of a parse, or notes its message at the field.
    pub fn take<T>(&mut self, name: &str, parsed: std::result::Result<T, String>) -> Option<T> {
        match parsed {
            Ok(value) => Some(value),
            Err(message) => {
                self.add(name, message);
                None
            }
        }
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, message)| (name.as_str(), message.as_str()))
    }

    /// `Ok` when nothing was noted.
    pub fn check(self) -> Result<()> {
        if self.is_empty() {
            Ok(())
        } else {
            Err(AppError::Invalid(self))
        }
    }
}

impl std::fmt::Display for FieldErrors {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (number, (_, message)) in self.iter().enumerate() {
            if number > 0 {
                f.write_str(" ")?;
            }
            f.write_str(message)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_are_pinned() {
        let table = [
            (AppError::NotFound, 404),
            (AppError::SignInNeeded, 401),
            (AppError::Forbidden, 403),
            (AppError::field("title", "Give it a title."), 422),
            (AppError::Conflict("Changed.".into()), 409),
            (AppError::TooMany(60), 429),
            (AppError::Busy, 503),
            (AppError::Offline, 503),
            (AppError::Internal, 500),
        ];
        for (error, status) in table {
            assert_eq!(error.status(), status, "{error:?}");
        }
    }

    #[test]
    fn the_first_message_of_a_field_stays() {
        let mut errors = FieldErrors::default();
        errors.add("title", "first");
        errors.add("title", "second");
        assert_eq!(errors.get("title"), Some("first"));
        assert!(errors.check().is_err());
    }

    #[test]
    fn an_internal_error_says_nothing_of_its_cause() {
        let error = AppError::internal("test", "the secret cause");
        assert!(!format!("{error} {error:?}").contains("secret"));
    }
}
