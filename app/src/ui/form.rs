//! What a form shows of its last attempt: the error at its field, and what was
//! typed. With JavaScript both stay in the page; without, they come back with
//! the page as a form draft.

use std::borrow::Cow;

use leptos::html;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::error::AppError;
use crate::start::{FormDraft, use_draft};

/// The state of one form; cheap to copy into its fields.
#[derive(Clone, Copy)]
pub struct Form {
    error: Signal<Option<AppError>>,
    draft: StoredValue<Option<FormDraft>>,
    /// The names of its fields and the ids of their controls, in the page's order.
    fields: StoredValue<Vec<(Cow<'static, str>, String)>>,
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
        Self::new(error, draft)
    }

    /// A form that is sent by plain HTML to `path`.
    pub fn plain(path: &str) -> Self {
        let draft = use_draft().filter(|draft| draft.form == path);
        let refused = draft.as_ref().map(|draft| draft.error.clone());
        Self::new(Signal::derive(move || refused.clone()), draft)
    }

    /// A form as it looks when it was refused.
    pub fn refused(error: AppError) -> Self {
        Self::new(Signal::derive(move || Some(error.clone())), None)
    }

    /// A form that sends nothing by itself, such as a search.
    pub fn none() -> Self {
        Self::new(Signal::derive(|| None), None)
    }

    fn new(error: Signal<Option<AppError>>, draft: Option<FormDraft>) -> Self {
        Self {
            error,
            draft: StoredValue::new(draft),
            fields: StoredValue::new(Vec::new()),
        }
    }

    pub fn error(self) -> Signal<Option<AppError>> {
        self.error
    }

    /// The message at `field`, whose control has this id: what leads there from
    /// the errors above the form.
    pub(crate) fn field(self, field: impl Into<Cow<'static, str>>, id: &str) -> Signal<Option<String>> {
        let field = field.into();
        self.fields
            .update_value(|fields| fields.push((field.clone(), id.to_owned())));
        self.at(field)
    }

    /// The message at `field`.
    pub fn at(self, field: impl Into<Cow<'static, str>>) -> Signal<Option<String>> {
        let field = field.into();
        Signal::derive(move || self.error.with(|error| error.as_ref()?.at(&field).map(str::to_owned)))
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

/// For a form of `action` that adds something and stays on the page: each time it
/// went well its element begins anew, since what was typed is there now.
pub fn begins_anew<S>(action: ServerAction<S>) -> NodeRef<html::Form>
where
    S: ServerFn<Error = AppError> + Clone + Send + Sync + 'static,
    S::Output: Clone + Send + Sync + 'static,
{
    let element = NodeRef::<html::Form>::new();
    let (version, value) = (action.version(), action.value());
    Effect::new(move |before: Option<usize>| {
        let now = version.get();
        let went_well = value.with_untracked(|value| matches!(value, Some(Ok(_))));
        let again = before.is_some_and(|before| before != now);
        if let Some(form) = element.get_untracked().filter(|_| again && went_well) {
            form.reset();
        }
        now
    });
    element
}

/// What went wrong, above the form: each message leads to its field, in the
/// order in which the fields stand. It is read out as it appears; where the form
/// came back with a new page, it has the focus.
#[component]
pub fn FormErrors(form: Form) -> impl IntoView {
    let came_back = form.draft.with_value(Option::is_some);
    move || {
        form.error().get().map(|error| {
            let retry = matches!(error, AppError::SignInNeeded);
            let messages = messages(&error, &form.fields.read_value());
            let body = match messages.len() {
                1 => messages.into_iter().map(|line| view! { <p>{message(line)}</p> }).collect_view().into_any(),
                many => view! {
                    <p><b>{format!("{many} things to put right:")}</b></p>
                    <ul>{messages.into_iter().map(|line| view! { <li>{message(line)}</li> }).collect_view()}</ul>
                }
                .into_any(),
            };
            view! {
                <div class="form-errors" role="alert" tabindex="-1" autofocus=came_back>
                    {body}
                    {retry.then(|| view! { <p><a href="/sign-in" target="_blank" rel="noopener">"Sign in in a new tab"</a>", then send this again."</p> })}
                </div>
            }
        })
    }
}

/// A message, and the id of the control that it is about.
type Line = (Option<String>, String);

/// What is about the whole form comes first, then field by field.
fn messages(error: &AppError, fields: &[(Cow<'static, str>, String)]) -> Vec<Line> {
    let AppError::Invalid(errors) = error else {
        return vec![(None, error.to_string())];
    };
    let place = |name: &str| fields.iter().position(|(field, _)| &**field == name);
    let mut lines: Vec<_> = errors.iter().map(|(name, message)| (place(name), message)).collect();
    lines.sort_by_key(|(place, _)| *place);
    let id = |place: usize| fields.get(place).map(|(_, id)| id.clone());
    lines
        .into_iter()
        .map(|(place, message)| (place.and_then(id), message.to_owned()))
        .collect()
}

// The browser goes there by itself, which also moves the focus into the field.
fn message((id, words): Line) -> AnyView {
    match id {
        Some(id) => view! { <a href=format!("#{id}") rel="external">{words}</a> }.into_any(),
        None => words.into_any(),
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::error::FieldErrors;
    use crate::ui::field::{Checkbox, TextField};

    fn refused(names: &[&str]) -> AppError {
        let mut errors = FieldErrors::default();
        for name in names {
            errors.add(name, format!("Mend <{name}>."));
        }
        AppError::Invalid(errors)
    }

    fn html(error: AppError) -> String {
        Owner::new().with(|| {
            let form = Form::refused(error);
            view! {
                <form>
                    <FormErrors form/>
                    <TextField form name="title" label="Title" id="own-title"/>
                    <TextField form name="day" label="Day"/>
                    <Checkbox form name="agree" label="Yes"/>
                </form>
            }
            .to_html()
        })
    }

    #[test]
    fn messages_stand_in_the_order_of_the_fields_and_lead_to_them() {
        let html = html(refused(&["day", "title", ""]));
        let at = |words: &str| {
            html.find(words)
                .unwrap_or_else(|| panic!("{words} is missing from {html}"))
        };
        assert!(html.contains("3 things to put right:"), "{html}");
        let (whole, title, day) = (
            at("<li>Mend &lt;&gt;."),
            at("href=\"#own-title\""),
            at("href=\"#field-day\""),
        );
        assert!(whole < title && title < day, "{html}");
        assert!(
            html.contains("id=\"own-title\"") && html.contains("id=\"field-day\""),
            "{html}"
        );
    }

    #[test]
    fn one_message_is_a_sentence_and_no_list() {
        let one = html(refused(&["day"]));
        assert!(
            one.contains("<p><a href=\"#field-day\"") && !one.contains("<ul"),
            "{one}"
        );
        let whole = html(AppError::Conflict("It changed.".into()));
        assert!(whole.contains("<p>It changed.") && !whole.contains("<ul"), "{whole}");
    }

    #[test]
    fn what_is_fine_says_nothing() {
        let html = Owner::new().with(|| view! { <FormErrors form=Form::none()/> }.to_html());
        assert!(!html.contains("form-errors"), "{html}");
    }
}
