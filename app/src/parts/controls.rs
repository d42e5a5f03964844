use leptos::prelude::*;

use super::waiting::Disabled;
use crate::error::{AppError, FieldErrors};
use crate::lookups::components::{Finder, LINKS};
use crate::lookups::model::{Found, Suggestion, What};
use crate::ui::field::{
    BareSelect, BoxGroup, Checkbox, Choice, Confirm, GroupedSelect, RadioGroup, SelectField, TextArea, TextField,
};
use crate::ui::form::{Form, FormErrors};
use crate::ui::{Composer, Dialog, FileField, Icon, IconView, LineMenu, Menu, MomentField, Prose, SaveStatus};

#[component]
pub(super) fn Buttons() -> impl IntoView {
    view! {
        <section>
            <h2>"Buttons"</h2>
            <p class="cluster">
                <button class="button" type="button">"Do it"</button>
                <button class="button quiet" type="button">"Or this"</button>
                <button class="button danger" type="button">"Remove"</button>
                <button class="button danger solid" type="button">"Remove for good"</button>
                <button class="button quiet" type="button" aria-pressed="true">"Chosen"</button>
                <button class="button" type="button" aria-busy="true">"Under way"</button>
                <button class="button" type="button" disabled=true>"Not now"</button>
                <button class="button quiet small" type="button">"Small"</button>
                <button class="link-button" type="button">"Like a link"</button>
                <a class="button quiet" href="/admin/style"><IconView icon=Icon::Download/>"With an icon"</a>
            </p>
            <p class="cluster"><button class="button" type="button">"Save"</button><SaveStatus words="Saved."/></p>
            <div class="cluster">
                <Menu label="More to do" face=view! { <IconView icon=Icon::Menu/> }.into_any() opens_to_end=true>
                    <p class="menu-title">"A menu"</p>
                    <a href="/courses">"One way"</a>
                    <a href="/groups">"Another"</a>
                </Menu>
                <LineMenu label="What to do with a line"><a href="/studio">"Edit"</a></LineMenu>
            </div>
            <Dialog id="specimen-dialog" labelled="specimen-dialog-title" open=true>
                <h2 id="specimen-dialog-title">"A dialog"</h2>
                <p>"Over the page, Escape and its button close it."</p>
            </Dialog>
            <Dialog id="specimen-sheet" labelled="specimen-sheet-title" sheet=true open=true>
                <h2 id="specimen-sheet-title">"A sheet"</h2>
                <p>"On a phone it rises from the foot of the page."</p>
            </Dialog>
        </section>
    }
}

fn levels() -> Vec<Choice> {
    [
        ("0", "No skill", "I have not done this."),
        ("1", "Minimal", "With help."),
        ("2", "Strong", "I show others."),
    ]
    .map(|(value, label, description)| Choice {
        value: value.into(),
        label: label.into(),
        description: description.into(),
    })
    .to_vec()
}

/// Fields as they are, and as they come back refused.
#[component]
pub(super) fn Fields() -> impl IntoView {
    let mut errors = FieldErrors::one("title", "Give it a title.");
    errors.add("text", "Write a sentence at least.");
    errors.add("day", "Enter a day, like 2027-01-15.");
    errors.add("kind", "Choose one.");
    errors.add("time", "Enter a time, like 18:30.");
    errors.add("file", "Choose a file of at most 20 MB.");
    errors.add("level", "Choose a level.");
    errors.add("whom", "Choose somebody.");
    errors.add("understood", "Tick the box to go on.");
    errors.add("", "Somebody else changed it in the meantime.");
    view! {
        <section>
            <h2>"Fields"</h2>
            <div class="columns">
                <FieldSet form=Form::none() name="plain"/>
                <FieldSet form=Form::refused(AppError::Invalid(errors)) name="refused"/>
            </div>
            <Disabled/>
        </section>
    }
}

#[component]
fn FieldSet(form: Form, name: &'static str) -> impl IntoView {
    let id = |field: &str| format!("{name}-{field}");
    let options = vec![
        ("a".to_string(), "Course".to_string()),
        ("b".to_string(), "Resource".to_string()),
    ];
    view! {
        <form class="form" method="get" action="/admin/style">
            <FormErrors form/>
            <TextField form name="title" label="Title" hint="As others will read it." id=id("title")/>
            <TextField form name="day" label="Day" kind="date" id=id("day")/>
            <SelectField form name="kind" label="Kind" options=options.clone() id=id("kind")/>
            <SelectField form name="level[0]" label="A statement that is worked through with many others" options=options.clone()
                id=id("line") beside=true/>
            <GroupedSelect name="act" label="One of several groups" any="Anything" groups=vec![("All of a kind".into(), options.clone())] value="" id=id("act")/>
            <p class="cluster">"Within a line: "<BareSelect name="beside" label=format!("What it is, {name}") options value="b"/></p>
            <TextArea form name="text" label="Text" rows=3 id=id("text")/>
            <RadioGroup form name="level" legend="Level" choices=levels() value="1" id=id("level")/>
            <MomentField form legend="It begins" day="begins" time="time" zone="Europe/London" id=id("begins")
                value=("2027-01-15".to_owned(), "18:30".to_owned())/>
            <FileField form name="file" label="File" hint="At most 20 MB." accept=".csv" id=id("file")/>
            <BoxGroup form name="whom" legend="Whom to tell" id=id("whom")>
                <Checkbox form name="agree" label="The others" checked=true/>
                <Checkbox form name="more" label="Everybody else"/>
            </BoxGroup>
            <Confirm form label="I understand that it stays so" id=id("understood")/>
        </form>
    }
}

/// Somebody is named in it.
const PREVIEWED: &str =
    "<p>We print totals <em>and</em> a box beneath, as <a href=\"/people/rosa\">@Rosa Marín</a> showed.</p>";

/// What a post is written in, with its preview.
#[component]
pub(super) fn Writing() -> impl IntoView {
    let form = Form::none();
    view! {
        <form class="composer" method="get" action="/admin/style">
            <Composer form name="body" label="Reply" rows=3 id="specimen-reply" links=LINKS
                value="We print totals *and* a box beneath, as [@Rosa Marín](/people/rosa) showed."/>
            <div class="composer-preview"><p class="meta">"Preview"</p><Prose html=PREVIEWED/></div>
            <div class="composer-bar">
                <button class="button quiet" type="submit">"Preview"</button>
                <button class="button" type="submit">"Reply"</button>
            </div>
            <Naming/>
        </form>
    }
}

/// As `frontend/writing.js` makes it after an `@`.
#[component]
fn Naming() -> impl IntoView {
    view! {
        <div class="specimen-open">
            <TextArea form=Form::none() name="naming" label="Reply, while one names somebody" rows=2 id="specimen-naming" value="Ask @ro"/>
            <div class="composer-offers">
                <ul id="specimen-naming-offers" class="combobox-list" role="listbox" aria-label="What fits">
                    <li id="specimen-naming-offers-0" role="option" aria-selected="true">
                        <span><mark>"Ro"</mark>"sa Marín"</span>" "<small>"Librarian"</small>
                    </li>
                    <li id="specimen-naming-offers-1" role="option" aria-selected="false"><span>"Tom "<mark>"Ro"</mark>"wan"</span></li>
                </ul>
            </div>
        </div>
    }
}

/// Finding one of many: before, found, nothing found, and while one types.
#[component]
pub(super) fn Finding() -> impl IntoView {
    let to = "/index/library-management/1/{word}";
    let found = |what, query: &str, suggestions| {
        Some(Found {
            what,
            query: query.into(),
            suggestions,
        })
    };
    let one = Suggestion {
        id: "s34".into(),
        word: "LM 3.4".into(),
        code: "LM 3.4".into(),
        title: "Explains the library’s budget in plain words".into(),
        place: "Library management".into(),
        language: "en".into(),
    };
    view! {
        <section>
            <h2>"Finding one of many"</h2>
            <div class="columns">
                <Finder what=What::Statement label="Find a statement" hint="It offers what fits while you type." action="/admin/style" to
                    found=found(What::Statement, "budget", vec![one])/>
                <Finder what=What::Course label="Find a course" action="/admin/style" to="/courses/{word}" found=None/>
                <Finder what=What::Resource label="Find a resource" action="/admin/style" to="/resources/{word}"
                    found=found(What::Resource, "zzqxzz", Vec::new())/>
                <Offering/>
            </div>
        </section>
    }
}

/// As `frontend/fields.js` makes it while one types.
#[component]
fn Offering() -> impl IntoView {
    view! {
        <div class="combobox specimen-open">
            <div class="field">
                <label for="specimen-box">"Find a statement, while one types"</label>
                <div class="combobox-line">
                    <input id="specimen-box" type="text" value="budg" autocomplete="off" role="combobox" aria-autocomplete="list"
                        aria-expanded="true" aria-controls="specimen-list" aria-activedescendant="specimen-list-0"/>
                    <ul id="specimen-list" class="combobox-list" role="listbox" aria-label="Statements">
                        <li id="specimen-list-0" role="option" aria-selected="true">
                            <span>"LM 3.4 Explains the "<mark>"budg"</mark>"et to trustees"</span>" "<small>"Library management"</small>
                        </li>
                        <li id="specimen-list-1" role="option" aria-selected="false">
                            <span>"LM 3.1 Reads a "<mark>"budg"</mark>"et"</span>" "<small>"Library management"</small>
                        </li>
                    </ul>
                </div>
            </div>
        </div>
    }
}
