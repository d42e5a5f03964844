//! Editing a role profile: its words, its sections, removing it.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::crumbs;
use super::levels::{SectionForm, SectionRead};
use crate::competencies::model::{counted, edition_words};
use crate::jobs::model::new_job_href;
use crate::language::foreign;
use crate::organisations::choosing::components::FindPlace;
use crate::organisations::choosing::model::Purpose;
use crate::paths::segment;
use crate::role_profiles::api::{RemoveRoleProfile, SaveRoleProfile, load_role_profile};
use crate::role_profiles::model::{
    LONGEST_DESCRIPTION, ProfilePage, ProfileTitle, SectionLine, new_profile_href, profile_href, profiles_href,
    section_href,
};
use crate::start::use_viewer;
use crate::ui::field::{SelectField, TextArea, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{ChipTo, Crumb, Disclosure, EmptyState, Icon, Notice, Page, Tone, lazy_page};
use crate::viewer::Viewer;

lazy_page!(
    /// What one kind of job needs.
    ROLE_PROFILE in studio => role_profile
);

fn role_profile() -> AnyView {
    let (params, query) = (use_params_map(), use_query_map());
    let (save, remove) = (ServerAction::new(), ServerAction::new());
    let page = load(
        move || {
            let part = |name: &str| params.with(|params| params.get(name).unwrap_or_default());
            let (section, page) = query.with(|query| {
                let page = query.get("page").and_then(|page| page.parse().ok());
                (query.get("section").unwrap_or_default(), page)
            });
            let place =
                query.with(|query| ["organisation", "find", "q"].map(|name| query.get(name).unwrap_or_default()));
            (
                part("set"),
                part("profile"),
                (section, page),
                place,
                save.version().get(),
            )
        },
        |(set, profile, (section, page), [organisation, find, q], _)| {
            load_role_profile(set, profile, section, page, organisation, find, q)
        },
    );
    loaded(page, move |page| view! { <ProfileView page save remove/> })
}

fn notice(word: &str) -> Option<&'static str> {
    match word {
        "made" => Some("The role profile is made. Say next, section by section, which level each statement needs."),
        "words" => Some("Saved."),
        "saved" => Some("Saved. Here is what comes next."),
        "all" => Some("Saved. That was the last section."),
        _ => None,
    }
}

#[component]
fn ProfileView(
    page: ProfilePage,
    save: ServerAction<SaveRoleProfile>,
    remove: ServerAction<RemoveRoleProfile>,
) -> impl IntoView {
    let query = use_query_map();
    let notice = move || query.with(|query| query.get("notice").as_deref().and_then(notice));
    let mut crumbs = crumbs(&page.set);
    crumbs.push(Crumb::new(profiles_href(&page.set.slug), "Role profiles"));
    let kicker = format!("{} · {}", page.organisation, edition_words(page.number));
    let lede = format!(
        "{} of {} needed.",
        page.needed,
        counted(page.statements, "statement", "statements")
    );
    let follow = page.chosen.then(|| {
        view! { <p class="meta">"People have chosen this role profile. Whatever you save here counts for them at once: their gaps follow the new levels, and their ratings and plans stay as they are."</p> }
    });
    let sections = if page.levels.is_empty() {
        view! {
            <EmptyState title="This set has no proficiency scale" icon=Icon::Index>
                <p>"Without levels nothing can be rated. Its next edition needs a scale first."</p>
            </EmptyState>
        }
        .into_any()
    } else {
        view! { <Sections page=page.clone()/> }.into_any()
    };
    if page.retired {
        return view! {
            <Page title=page.title.clone() kicker=kicker lede=lede crumbs=crumbs>
                <Notice><p>"The edition that this role profile is of is retired, so it is read here as it was and not changed any more. What went on from it is a role profile of the later edition."</p></Notice>
                <p>{page.description.clone()}</p>
                <section>
                    <h2>"What the job needed"</h2>
                    {sections}
                </section>
            </Page>
        }
        .into_any();
    }
    let seen = format!("/me?profile={}", segment(&page.slug));
    let copy = format!("{}?copy={}", new_profile_href(&page.set.slug), segment(&page.slug));
    let job = use_viewer().with_untracked(Viewer::writes_jobs).then(|| {
        let href = new_job_href(&page.slug);
        view! { <ChipTo href label="Write a job description from it"/> }
    });
    view! {
        <Page title=page.title.clone() kicker=kicker lede=lede crumbs=crumbs>
            {move || notice().map(|words| view! { <Notice tone=Tone::Accent><p>{words}</p></Notice> })}
            {follow}
            <p class="cluster no-print">
                <ChipTo href=copy label="Copy it"/>
                <ChipTo href=seen label="As people find it"/>
                {job}
            </p>
            <section>
                <h2>"What the job needs"</h2>
                {sections}
            </section>
            <section>
                <h2>"Title and organisation"</h2>
                <WordsForm page=page.clone() save/>
            </section>
            <RemoveForm page remove/>
        </Page>
    }
    .into_any()
}

/// All sections, the open one with its statements.
#[component]
fn Sections(page: ProfilePage) -> impl IntoView {
    if page.sections.is_empty() {
        return view! { <p class="meta">"There is no statement in this edition."</p> }.into_any();
    }
    let mut open = page.open.clone();
    let rows = page
        .sections
        .iter()
        .map(|line| {
            let section = open.take_if(|open| open.key == line.key);
            let href = format!("{}#section", section_href(&page.set.slug, &page.slug, &line.key, 1));
            let body = section.map(|section| match page.retired {
                true => view! { <SectionRead page=page.clone() section/> }.into_any(),
                false => view! { <SectionForm page=page.clone() section/> }.into_any(),
            });
            section_row(line, href, foreign(&page.language), body.is_some(), body.into_any())
        })
        .collect_view();
    view! { <ul class="rows rows-ruled" role="list">{rows}</ul> }.into_any()
}

fn section_row(line: &SectionLine, href: String, lang: Option<String>, open: bool, body: AnyView) -> AnyView {
    let facts = format!("{} of {} needed", line.needed, line.statements);
    let words = line.words.clone();
    let title = match open {
        true => view! { <span>{words}</span> }.into_any(),
        false => view! { <a href=href>{words}</a> }.into_any(),
    };
    view! {
        <li id=open.then_some("section")>
            <div class="split"><h3 class="row-title" lang=lang>{title}</h3><span class="meta">{facts}</span></div>
            {body}
        </li>
    }
    .into_any()
}

#[component]
fn WordsForm(page: ProfilePage, save: ServerAction<SaveRoleProfile>) -> impl IntoView {
    let form = Form::of(save);
    let places = page.organisations.options();
    let address = profile_href(&page.set.slug, &page.slug);
    view! {
        <FindPlace choices=page.organisations purpose=Purpose::Sets page=address/>
        <ActionForm action=save attr:class="form">
            <FormErrors form/>
            <input type="hidden" name="profile" value=page.id.to_string()/>
            <TextField form name="title" label="Title" value=page.title required=true
                maxlength=u32::try_from(ProfileTitle::MOST).unwrap_or(120)/>
            <TextArea form name="description" label="Description" value=page.description rows=3 maxlength=LONGEST_DESCRIPTION/>
            <SelectField form name="organisation" label="Organisation" options=places value=page.organisation_id
                hint="Its people, and those of all organisations beneath it, can choose this role profile. Whoever had chosen it and is none of them does not see it any longer."/>
            <div class="form-actions"><button class="button" type="submit">"Save title and organisation"</button></div>
        </ActionForm>
    }
}

#[component]
fn RemoveForm(page: ProfilePage, remove: ServerAction<RemoveRoleProfile>) -> impl IntoView {
    let form = Form::of(remove);
    let refused = form.error().get_untracked().is_some();
    let chosen = match page.chosen {
        true => {
            "People have chosen it. They keep their ratings and their plans, with the levels that stand in them, but it goes from their growth: their gaps are then those to another role that they chose, or none until they choose one. This cannot be taken back."
        }
        false => "Nobody has chosen it so far. This cannot be taken back.",
    };
    view! {
        <section>
            <Disclosure summary="Remove this role profile…" open=refused>
                <ActionForm action=remove attr:class="form">
                    <FormErrors form/>
                    <p>{chosen}</p>
                    <input type="hidden" name="profile" value=page.id.to_string()/>
                    <TextField form name="confirm" label="Type its title to remove it" required=true
                        hint=format!("It is called {}.", page.title)/>
                    <div class="form-actions"><button class="button small" type="submit">"Remove it"</button></div>
                </ActionForm>
            </Disclosure>
        </section>
    }
}
