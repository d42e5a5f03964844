//! Fields: a label, a hint, the control, and the error at it.

use std::borrow::Cow;

use leptos::prelude::*;

use super::form::Form;

/// The ids that tie a field's hint and error to its control.
fn described_by(id: &str, hint: bool) -> String {
    if hint {
        format!("{id}-error {id}-hint")
    } else {
        format!("{id}-error")
    }
}

#[component]
fn Hints(id: String, hint: Option<String>, error: Signal<Option<String>>) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    view! {
        {hint.map(|hint| view! { <p class="field-hint" id=hint_id>{hint}</p> })}
        <p class="field-error" id=format!("{id}-error")>{move || error.get()}</p>
    }
}

/// A line of text; `kind` is the HTML type (text, email, password, date,
/// number, search, url).
#[component]
pub fn TextField(
    form: Form,
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] value: String,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional)] required: bool,
    #[prop(default = 300)] maxlength: u32,
    #[prop(optional)] autocomplete: Option<&'static str>,
    /// Tells fields of the same name on one page apart.
    #[prop(optional, into)]
    id: Option<String>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| format!("field-{name}"));
    let error = form.field(name, &id);
    let value = if kind == "password" {
        String::new()
    } else {
        form.value(name, &value)
    };
    let described = described_by(&id, hint.is_some());
    // Days, times and numbers have no length in HTML.
    let maxlength = matches!(kind, "text" | "email" | "password" | "search" | "url").then_some(maxlength);
    view! {
        <div class="field" data-invalid=move || error.get().map(|_| "")>
            <label for=id.clone()>{label}</label>
            <input
                id=id.clone() name=name type=kind value=value
                required=required maxlength=maxlength autocomplete=autocomplete
                aria-describedby=described
                aria-invalid=move || error.get().map(|_| "true")
            />
            <Hints id hint error/>
        </div>
    }
}

/// Several lines of text.
///
/// The framework renders a textarea's children unescaped and its `prop:value`
/// not at all on the server, so the text goes in as escaped HTML.
#[component]
pub fn TextArea(
    form: Form,
    /// One of several has what it is of in its name.
    #[prop(into)]
    name: Cow<'static, str>,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(optional, into)] value: String,
    #[prop(default = 6)] rows: u32,
    #[prop(optional)] required: bool,
    #[prop(default = 20_000)] maxlength: u32,
    #[prop(optional, into)] id: Option<String>,
    /// Runs when the text changes.
    #[prop(optional, into)]
    on_text: Option<Callback<String>>,
    /// What stands between its name and the text.
    #[prop(optional)]
    tools: Option<AnyView>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| format!("field-{name}"));
    let error = form.field(name.clone(), &id);
    let text = textarea_html(&form.value(&name, &value));
    let described = described_by(&id, hint.is_some());
    view! {
        <div class="field" data-invalid=move || error.get().map(|_| "")>
            <label for=id.clone()>{label}</label>
            {tools}
            <textarea
                id=id.clone() name=name.into_owned() rows=rows required=required maxlength=maxlength
                aria-describedby=described
                aria-invalid=move || error.get().map(|_| "true")
                on:input=move |event| {
                    if let Some(on_text) = on_text {
                        on_text.run(event_target_value(&event));
                    }
                }
                inner_html=text
            ></textarea>
            <Hints id hint error/>
        </div>
    }
}

/// Text as it stands inside a textarea. HTML drops one line break at its
/// start, so a text that begins with one gets another.
fn textarea_html(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    if escaped.starts_with('\n') {
        format!("\n{escaped}")
    } else {
        escaped
    }
}

/// One of a list; `options` are values with their words.
#[component]
pub fn SelectField(
    form: Form,
    /// One of several has its place in its name.
    #[prop(into)]
    name: Cow<'static, str>,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    options: Vec<(String, String)>,
    #[prop(optional, into)] value: String,
    #[prop(optional, into)] id: Option<String>,
    #[prop(optional)] autocomplete: Option<&'static str>,
    /// What its label is written in, where that is not the interface's language.
    #[prop(default = None)]
    lang: Option<String>,
    /// Beside its label once there is room: one of many that are worked through.
    #[prop(optional)]
    beside: bool,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| format!("field-{name}"));
    let error = form.field(name.clone(), &id);
    let chosen = form.value(&name, &value);
    let described = described_by(&id, hint.is_some());
    let options = options_of(options, &chosen);
    let class = if beside { "field need" } else { "field" };
    view! {
        <div class=class data-invalid=move || error.get().map(|_| "")>
            <label for=id.clone() lang=lang>{label}</label>
            <select
                id=id.clone() name=name.into_owned() autocomplete=autocomplete
                aria-describedby=described
                aria-invalid=move || error.get().map(|_| "true")
            >
                {options}
            </select>
            <Hints id hint error/>
        </div>
    }
}

/// The same within a table or beside a button, where what it is of stands in sight:
/// its name is for those who do not see where it stands.
#[component]
pub fn BareSelect(
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    options: Vec<(String, String)>,
    #[prop(into)] value: String,
    #[prop(optional)] required: bool,
) -> impl IntoView {
    let options = options_of(options, &value);
    view! { <select name=name aria-label=label required=required>{options}</select> }
}

/// One of a list that stands in groups, in a form that looks for something: `any`
/// stands for all.
#[component]
pub fn GroupedSelect(
    name: &'static str,
    #[prop(into)] label: String,
    any: &'static str,
    groups: Vec<(String, Vec<(String, String)>)>,
    #[prop(into)] value: String,
    #[prop(optional, into)] id: Option<String>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| format!("field-{name}"));
    let groups = groups
        .into_iter()
        .map(|(group, options)| view! { <optgroup label=group>{options_of(options, &value)}</optgroup> })
        .collect_view();
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select id=id name=name><option value="">{any}</option>{groups}</select>
        </div>
    }
}

fn options_of(options: Vec<(String, String)>, chosen: &str) -> impl IntoView + use<> {
    options
        .into_iter()
        .map(|(value, words)| {
            let selected = value == chosen;
            view! { <option value=value selected=selected>{words}</option> }
        })
        .collect_view()
}

/// A box to tick; one of several has its place in its name.
#[component]
pub fn Checkbox(
    form: Form,
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional)] checked: bool,
    #[prop(default = "true".into(), into)] value: String,
    /// What is said of it beside its label.
    #[prop(optional, into)]
    about: Option<String>,
) -> impl IntoView {
    let checked = form.is_ticked(&name, checked);
    let about = about.map(|about| view! { " "<span class="meta">{about}</span> });
    view! {
        <label class="choice">
            <input type="checkbox" name=name value=value checked=checked/>
            <span>{label}{about}</span>
        </label>
    }
}

/// A box to tick before something is done, with the error at it where it is not.
#[component]
pub fn Confirm(
    form: Form,
    #[prop(default = "understood")] name: &'static str,
    #[prop(into)] label: String,
    /// Tells boxes of the same name on one page apart.
    #[prop(optional, into)]
    id: Option<String>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| format!("field-{name}"));
    let error = form.field(name, &id);
    let error_id = format!("{id}-error");
    let checked = form.is_ticked(name, false);
    view! {
        <div class="field" data-invalid=move || error.get().map(|_| "")>
            <label class="choice">
                <input
                    type="checkbox" id=id name=name value="true" checked=checked
                    aria-describedby=error_id.clone()
                    aria-invalid=move || error.get().map(|_| "true")
                />
                <span>{label}</span>
            </label>
            <p class="field-error" id=error_id>{move || error.get()}</p>
        </div>
    }
    .into_any()
}

/// Boxes that belong together (the children), with one error for all.
#[component]
pub fn BoxGroup(
    form: Form,
    name: &'static str,
    #[prop(into)] legend: String,
    /// Tells groups of the same name on one page apart.
    #[prop(optional, into)]
    id: Option<String>,
    children: Children,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| format!("field-{name}"));
    let error = form.field(name, &id);
    let error_id = format!("{id}-error");
    let described = error_id.clone();
    view! {
        <fieldset class="field" id=id tabindex="-1" aria-describedby=described data-invalid=move || error.get().map(|_| "")>
            <legend>{legend}</legend>
            {children()}
            <p class="field-error" id=error_id>{move || error.get()}</p>
        </fieldset>
    }
    .into_any()
}

/// Words to choose one of, each with a plain description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub description: String,
}

/// A group of radio buttons with words, not stars.
#[component]
pub fn RadioGroup(
    form: Form,
    /// One of several has what it is of in its name.
    #[prop(into)]
    name: Cow<'static, str>,
    #[prop(into)] legend: String,
    choices: Vec<Choice>,
    #[prop(optional, into)] value: String,
    /// Hides the legend from sight where a heading says the same.
    #[prop(optional)]
    quiet_legend: bool,
    /// Side by side, once there is room.
    #[prop(optional)]
    row: bool,
    /// The keys 1, 2, … choose, from anywhere on the page.
    #[prop(optional)]
    keyed: bool,
    /// Tells groups of the same name on one page apart.
    #[prop(optional, into)]
    id: Option<String>,
) -> impl IntoView {
    let id = id.unwrap_or_else(|| format!("field-{name}"));
    let error = form.field(name.clone(), &id);
    let chosen = form.value(&name, &value);
    let error_id = format!("{id}-error");
    // The first is where the error leads to.
    let mut first = Some(id);
    let class = if row {
        "field options options-row"
    } else {
        "field options"
    };
    let choices = (1..)
        .zip(choices)
        .map(|(place, choice): (u32, Choice)| {
            let checked = choice.value == chosen;
            let key = keyed.then(|| place.to_string());
            view! {
                <label class="option">
                    <input type="radio" id=first.take() name=name.to_string() value=choice.value checked=checked aria-keyshortcuts=key/>
                    <span class="option-text">
                        <b>{choice.label}</b>
                        <span>{choice.description}</span>
                    </span>
                </label>
            }
        })
        .collect_view();
    let described = error_id.clone();
    view! {
        <fieldset class=class aria-describedby=described data-invalid=move || error.get().map(|_| "")>
            <legend class:visually-hidden=quiet_legend>{legend}</legend>
            {choices}
            <p class="field-error" id=error_id>{move || error.get()}</p>
        </fieldset>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_stays_text_in_a_textarea() {
        let owner = Owner::new();
        let html = owner.with(|| {
            view! { <TextArea form=Form::none() name="body" label="Body" value="</textarea><script>alert(1)</script> & \"x\""/> }
                .to_html()
        });
        assert!(
            html.contains("&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; \"x\""),
            "{html}"
        );
        assert!(!html.contains("<script"));
    }

    #[test]
    fn a_line_break_at_the_start_is_kept() {
        assert_eq!(textarea_html("\none"), "\n\none");
        assert_eq!(textarea_html("one\n"), "one\n");
    }
}
