//! Theme, density and keys.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::use_query_map;

use super::api::{SaveDisplay, load_display};
use super::model::Display;
use crate::ui::field::{Checkbox, Choice, RadioGroup};
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Cell, Notice, Page, Row, Table, Tone, lazy_page};

lazy_page!(
    /// How Carrel looks in this browser. A plain form: the document itself changes.
    DISPLAY in people => display
);

fn display() -> AnyView {
    let page = load(|| (), |()| load_display());
    loaded(page, |display| view! { <DisplayView display/> })
}

#[component]
fn DisplayView(display: Display) -> impl IntoView {
    let path = <SaveDisplay as ServerFn>::PATH;
    let form = Form::plain(path);
    let kept = use_query_map().with_untracked(|query| query.get("notice").as_deref() == Some("kept"));
    let density = if display.compact { "compact" } else { "comfortable" };
    view! {
        <Page
            title="Display and keys"
            lede="Kept in this browser, whether you are signed in or not.".to_string()
            narrow=true
        >
            {kept.then(|| view! { <Notice tone=Tone::Accent>"Kept for this browser."</Notice> })}
            <form class="form" method="post" action=path>
                <FormErrors form/>
                <RadioGroup form name="theme" legend="Theme" choices=themes() value=display.theme.as_str() row=true/>
                <RadioGroup form name="density" legend="Density" choices=densities() value=density row=true/>
                <Checkbox form name="keys" label="Single keys do what is listed below" checked=display.keys/>
                <div class="form-actions"><button class="button" type="submit">"Keep"</button></div>
            </form>
            <section id="keys">
                <h2>"Keys"</h2>
                <p class="meta">"They rest while you type, and leave every key of a screen reader alone. In a tree, letters that a line begins with lead to that line."</p>
                <Table caption="Keys and what they do" narrow=true head=vec!["Key".to_string(), "What it does".to_string()]>
                    {KEYS.map(key_row).into_iter().collect_view()}
                </Table>
            </section>
        </Page>
    }
}

fn choice(value: &str, label: &str, description: &str) -> Choice {
    Choice {
        value: value.into(),
        label: label.into(),
        description: description.into(),
    }
}

fn themes() -> Vec<Choice> {
    vec![
        choice(
            "system",
            "As my device",
            "Light by day, dark by night, if it is set so.",
        ),
        choice("light", "Light", "Ink on paper."),
        choice("dark", "Dark", "Paper on slate."),
    ]
}

fn densities() -> Vec<Choice> {
    vec![
        choice("comfortable", "Comfortable", "Room around everything."),
        choice("compact", "Compact", "More on one screen."),
    ]
}

/// Keys, parted by spaces, with what they do (frontend/shell.js).
const KEYS: [(&str, &str); 14] = [
    ("j", "Next item of a list, tree or thread"),
    ("k", "Item before"),
    ("o", "Open the item (so does Enter)"),
    ("r", "Reply"),
    ("/", "Search"),
    ("g t", "Go to Today"),
    ("g i", "Go to the index"),
    ("g c", "Go to the courses"),
    ("g g", "Go to the study groups"),
    ("g m", "Go to My growth"),
    ("g p", "Go to my plan"),
    ("g r", "Go to the resources"),
    ("g d", "Go to this page"),
    ("?", "Show these keys"),
];

fn key_row((keys, words): (&'static str, &'static str)) -> impl IntoView {
    let keys = keys.split(' ').enumerate().map(|(at, key)| {
        view! { {(at > 0).then_some(" then ")} <kbd>{key}</kbd> }
    });
    view! {
        <Row>
            <Cell label="Key" heading=true>{keys.collect_view()}</Cell>
            <Cell label="What it does">{words}</Cell>
        </Row>
    }
}
