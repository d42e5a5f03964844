//! What a form shows of its last attempt: the error at its field, and what was
//! typed. With JavaScript both stay in the page; without, they come back with
//! the page as a form draft.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::error::AppError;
use crate::start::{FormDraft, use_draft};

/// The state of one form; cheap to copy into its fields.
#[derive(Clone, Copy)]
pub struct Form {
    error: Signal<Option<AppError>>,
    draft: StoredValue<Option<FormDraft>>,
}

impl Form {
    /// The form of `action`.
    pub fn of<S>(action: ServerAction<S>) -> Self
    where
        S: ServerFn<Error = AppError> + Clone + Send + Sync + 'static,
        S::Output: Clone + Send + Sync + 'static,
    {
        Self::matching(action, &[])
    }

    /// One of several forms of the same action on a page: it takes back the
    /// draft whose fields have these values.
    pub fn matching<S>(action: ServerAction<S>, fields: &[(&str, &str)]) -> Self
    where
        S: ServerFn<Error = AppError> + Clone + Send + Sync + 'static,
        S::Output: Clone + Send + Sync + 'static,
    {
        let draft = use_draft().filter(|draft| {
            draft.form == S::PATH
                && fields
                    .iter()
                    .all(|(name, value)| draft.fields.get(*name).is_some_and(|have| have == value))
        });
        let refused = draft.as_ref().map(|draft| draft.error.clone());
        // Before anything was sent, the framework fills in what the address
        // says, which anybody can make up.
        let (value, version) = (action.value(), action.version());
        let error = Signal::derive(move || match value.get() {
            Some(Err(error)) if version.get() > 0 => Some(error),
            Some(Ok(_)) => None,
            _ => refused.clone(),
        });
        Self {
            error,
            draft: StoredValue::new(draft),
        }
    }

    /// A form that is sent by plain HTML to `path`.
    pub fn plain(path: &str) -> Self {
        let draft = use_draft().filter(|draft| draft.form == path);
        let refused = draft.as_ref().map(|draft| draft.error.clone());
        Self {
            error: Signal::derive(move || refused.clone()),
            draft: StoredValue::new(draft),
        }
    }

    /// A form as it looks when it was refused.
    pub fn refused(error: AppError) -> Self {
        Self {
            error: Signal::derive(move || Some(error.clone())),
            draft: StoredValue::new(None),
        }
    }

    /// A form that sends nothing by itself, such as a search.
    pub fn none() -> Self {
        Self {
            error: Signal::derive(|| None),
            draft: StoredValue::new(None),
        }
    }

    pub fn error(self) -> Signal<Option<AppError>> {
        self.error
    }

    /// The message at `field`.
    pub fn at(self, field: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || self.error.with(|error| error.as_ref()?.at(field).map(str::to_owned)))
    }

    /// What was typed into `field` before it was refused, else `initial`.
    pub fn value(self, field: &str, initial: &str) -> String {
        self.draft.with_value(|draft| {
            draft.as_ref().map_or_else(
                || initial.to_owned(),
                |draft| draft.fields.get(field).cloned().unwrap_or_default(),
            )
        })
    }

    /// Whether a checkbox was ticked before it was refused, else `initial`.
    pub fn is_ticked(self, field: &str, initial: bool) -> bool {
        self.draft
            .with_value(|draft| draft.as_ref().map_or(initial, |draft| draft.fields.contains_key(field)))
    }
}

/// What went wrong, above the form, with the sentence of each field. Focus
/// moves here when it appears.
#[component]
pub fn FormErrors(form: Form) -> impl IntoView {
    move || {
        form.error().get().map(|error| {
            let retry = matches!(error, AppError::SignInNeeded);
            view! {
                <div class="form-errors" role="alert">
                    <p>{error.to_string()}</p>
                    {retry.then(|| view! { <p><a href="/sign-in" target="_blank" rel="noopener">"Sign in in a new tab"</a>", then send this again."</p> })}
                </div>
            }
        })
    }
}
