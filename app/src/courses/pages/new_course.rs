//! Beginning a course.

use crate::ui::lazy_page;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::courses::model::NewCourseForm;
use crate::courses::rules::{LONGEST_SUMMARY, LONGEST_TITLE};
use crate::courses::writing_api::{CreateCourse, load_new_course};
use crate::organisations::choosing::components::FindPlace;
use crate::organisations::choosing::model::Purpose;
use crate::ui::field::{Checkbox, SelectField, TextArea, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Crumb, Page};

lazy_page!(NEW_COURSE in studio => new_course);

fn new_course() -> AnyView {
    let query = use_query_map();
    let form = load(
        move || query.with(|query| ["organisation", "find", "q"].map(|name| query.get(name).unwrap_or_default())),
        |[organisation, find, q]| load_new_course(organisation, find, q),
    );
    let create = ServerAction::new();
    loaded(form, move |needs| view! { <NewCourseView needs create/> })
}

#[component]
fn NewCourseView(needs: NewCourseForm, create: ServerAction<CreateCourse>) -> impl IntoView {
    let form = Form::of(create);
    let key = form.value("key", needs.key.as_str());
    let places = needs.organisations.options();
    view! {
        <Page
            title="New course"
            lede="It begins as a draft that only trainers of your organisation see. You publish it when it is ready.".to_string()
            crumbs=vec![Crumb::new("/studio", "Studio")]
            narrow=true
        >
            <FindPlace choices=needs.organisations purpose=Purpose::Training page="/studio/courses/new"/>
            <ActionForm action=create attr:class="form">
                <FormErrors form/>
                <input type="hidden" name="key" value=key/>
                <SelectField form name="organisation" label="Organisation" options=places/>
                <CourseFields form/>
                <div class="form-actions"><button class="button" type="submit">"Begin the course"</button></div>
            </ActionForm>
        </Page>
    }
}

/// What a course says of itself, in the form that begins it and in the one that
/// changes it.
#[component]
pub(super) fn CourseFields(
    form: Form,
    #[prop(optional, into)] title: String,
    #[prop(optional, into)] summary: String,
    #[prop(optional, into)] hours: String,
    #[prop(optional)] open: bool,
) -> impl IntoView {
    view! {
        <TextField form name="title" label="Title" value=title required=true maxlength=LONGEST_TITLE/>
        <TextArea form name="summary" label="Summary" value=summary rows=4 maxlength=LONGEST_SUMMARY
            hint="Two or three sentences: what one can do afterwards, and what it takes."/>
        <TextField form name="hours" label="Hours" value=hours maxlength=6
            hint="How long it takes a learner, such as 2 or 1.5."/>
        <Checkbox form name="open" label="Anyone can read the lessons, without an account" checked=open/>
    }
}
