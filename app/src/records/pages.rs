use crate::ui::lazy_page;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::load_record;
use super::components::RecordBody;
use super::model::LearningRecord;
use crate::assessments::pages::growth_tabs;
use crate::start::use_viewer;
use crate::ui::load::{load, loaded};
use crate::ui::{Crumb, EmptyState, Icon, Page};

lazy_page!(
    /// My record of learning, made to be printed as well.
    RECORD in growth => record_page
);

/// The pages of the lists of a record that the address asks for.
pub fn pages_asked() -> impl Fn() -> [Option<u32>; 3] + Copy {
    let query = use_query_map();
    move || {
        let page = |name: &str| query.with(|query| query.get(name).and_then(|page| page.parse().ok()));
        ["courses", "cohorts", "tasks"].map(page)
    }
}

fn record_page() -> AnyView {
    let pages = pages_asked();
    let record = load(pages, |[courses, cohorts, tasks]| load_record(courses, cohorts, tasks));
    loaded(record, |record| view! { <RecordView record/> })
}

#[component]
fn RecordView(record: LearningRecord) -> impl IntoView {
    let owner = use_viewer().with_untracked(|viewer| viewer.person.as_ref().map(|person| person.name.clone()));
    let none = record.is_empty();
    let whose = "Only you see this, and those you share it with.";
    let lede = match none {
        true => format!("What you finished, the cohorts you were in and what you did at work. {whose}"),
        false => format!("{}. {whose}", record.words()),
    };
    let action = view! { <a class="button" href="/courses">"See the courses"</a> }.into_any();
    view! {
        <Page title="My record of learning" lede=lede kicker=owner crumbs=vec![Crumb::new("/me", "My growth")]>
            {growth_tabs()}
            {none.then(|| view! {
                <EmptyState title="Nothing finished yet" icon=Icon::Growth action=action>
                    <p>"Each lesson that you finish stands here with its day, each cohort that you are in, and each task at work that is done in your plan."</p>
                </EmptyState>
            })}
            <RecordBody record base="/me/record"/>
            {(!none).then(|| view! { <p class="no-print"><a href="/me/sharing?what=record#share">"Share my record with somebody"</a></p> })}
        </Page>
    }
}
