//! What a job needs of a section, statement by statement. A plain form, so that
//! what stands in it and what is saved are the same after each time, and what was
//! refused comes back as it was typed.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::competencies::model::{Level, counted, level_word};
use crate::language::foreign;
use crate::outlines::pages::Over;
use crate::role_profiles::api::SaveRoleLevels;
use crate::role_profiles::model::{
    NOT_NEEDED, OpenSection, ProfilePage, StatementLine, level_field, needed_word, section_href,
};
use crate::start::use_draft;
use crate::ui::Pager;
use crate::ui::field::SelectField;
use crate::ui::form::{Form, FormErrors};

/// The form of this very section, as it was sent before it was refused.
fn form_of(section: &OpenSection) -> Form {
    let path = <SaveRoleLevels as ServerFn>::PATH;
    let own = use_draft().is_some_and(|draft| {
        let says = |name: &str, value: &str| draft.fields.get(name).is_some_and(|have| have == value);
        says("section", &section.key) && says("page", &section.page.to_string())
    });
    match own {
        true => Form::plain(path),
        false => Form::none(),
    }
}

#[component]
pub(super) fn SectionForm(page: ProfilePage, section: OpenSection) -> impl IntoView {
    let path = <SaveRoleLevels as ServerFn>::PATH;
    let form = form_of(&section);
    let options = options(&page.levels);
    let base = form.value("base", &section.base);
    let rows = section
        .statements
        .into_iter()
        .map(|line| statement(form, line, &options, foreign(&page.language)))
        .collect::<Vec<_>>();
    let mut whole = vec![(String::new(), "As chosen by each statement".to_owned())];
    whole.extend(options);
    let all = match section.pages > 1 {
        true => format!(
            "One level for all {} of the section, on all its pages",
            counted(section.whole, "statement", "statements")
        ),
        false => "One level for the whole section".to_owned(),
    };
    let here = section_href(&page.set.slug, &page.slug, &section.key, 1);
    view! {
        <form method="post" action=path class="form">
            <FormErrors form/>
            <input type="hidden" name="profile" value=page.id.to_string()/>
            <input type="hidden" name="section" value=section.key/>
            <input type="hidden" name="page" value=section.page.to_string()/>
            <input type="hidden" name="base" value=base/>
            <SelectField form name="whole" label=all options=whole
                hint="Sets every statement here to it when you save, whatever is chosen beneath."/>
            {rows}
            <Over form/>
            <div class="form-actions"><button class="button" type="submit">"Save and go on"</button></div>
        </form>
        <Pager page=section.page pages=section.pages base=here label="Pages of the section"/>
    }
}

/// The same where nothing is chosen any more.
#[component]
pub(super) fn SectionRead(page: ProfilePage, section: OpenSection) -> impl IntoView {
    let here = section_href(&page.set.slug, &page.slug, &section.key, 1);
    let rows = section
        .statements
        .into_iter()
        .map(|line| {
            let needed = match line.level {
                Some(level) => level_word(&page.levels, level),
                None => "Not needed".to_owned(),
            };
            let lang = foreign(&page.language);
            let heading = line
                .heading
                .map(|words| view! { <li><h4 lang=lang.clone()>{words}</h4></li> });
            let words = format!("{} {}", line.code, line.title).trim().to_owned();
            view! {
                {heading}
                <li class="split"><span lang=lang>{words}</span><span class="meta">{needed}</span></li>
            }
        })
        .collect_view();
    view! {
        <ul class="rows rows-tight" role="list">{rows}</ul>
        <Pager page=section.page pages=section.pages base=here label="Pages of the section"/>
    }
}

/// What can be chosen: that it is not needed, and each level.
fn options(levels: &[Level]) -> Vec<(String, String)> {
    let level = |(number, level): (u32, &Level)| (needed_word(Some(number)), level.label.clone());
    let mut options = vec![(NOT_NEEDED.to_owned(), "Not needed".to_owned())];
    options.extend((0..).zip(levels).map(level));
    options
}

fn statement(form: Form, line: StatementLine, options: &[(String, String)], lang: Option<String>) -> AnyView {
    let node = line.node.to_string();
    let (name, id) = (level_field(&node), format!("level-{node}"));
    let label = format!("{} {}", line.code, line.title).trim().to_owned();
    let heading = line.heading.map(|words| view! { <h4 lang=lang.clone()>{words}</h4> });
    view! {
        {heading}
        <SelectField form name label options=options.to_vec() value=needed_word(line.level) id beside=true lang/>
    }
    .into_any()
}
