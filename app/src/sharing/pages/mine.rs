use crate::ui::lazy_page;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::assessments::pages::growth_tabs;
use crate::sharing::api::{EndSharing, Share, load_sharing};
use crate::sharing::model::{Look, PAST, SharingPage, Shown, ShownToMe, What};
use crate::ui::field::{Choice, RadioGroup, SelectField, TextField};
use crate::ui::form::{Form, FormErrors, begins_anew};
use crate::ui::load::{load, loaded};
use crate::ui::{Crumb, Disclosure, EmptyState, Notice, Page, Pager, Tone};

lazy_page!(
    /// What I share, who looked, and what is shared with me.
    SHARING in growth => sharing
);

fn sharing() -> AnyView {
    let (share, end) = (ServerAction::<Share>::new(), ServerAction::<EndSharing>::new());
    let query = use_query_map();
    let page = load(
        move || {
            // A refused form stays as it was typed.
            let shared = share.value().with(|value| matches!(value, Some(Ok(()))));
            let page = |name: &str| query.with(|query| query.get(name).and_then(|page| page.parse().ok()));
            let pages = (page("looks"), page("others"));
            (shared.then(|| share.version().get()), end.version().get(), pages)
        },
        |(_, _, (looks, others))| load_sharing(looks, others),
    );
    loaded(page, move |page| view! { <SharingView page share end/> })
}

#[component]
fn SharingView(page: SharingPage, share: ServerAction<Share>, end: ServerAction<EndSharing>) -> impl IntoView {
    let (notice, what) = use_query_map().with_untracked(|query| {
        let what = query.get("what").and_then(|what| What::parse(&what));
        (query.get("notice").as_deref().and_then(notice_words), what)
    });
    let none = page.mine.is_empty();
    let mine = page
        .mine
        .into_iter()
        .map(|shown| view! { <MineRow shown end/> })
        .collect_view();
    let lede = "Your self-ratings, gaps, plan, record of learning and evidence are yours alone until you share them. You choose with whom, for what and until when, and can end it at any time.";
    view! {
        <Page title="Sharing" lede=lede.to_string() crumbs=vec![Crumb::new("/me", "My growth")] narrow=true>
            {growth_tabs()}
            {notice.map(|words| view! { <Notice tone=Tone::Accent><p>{words}</p></Notice> })}
            <section>
                <h2>"What I share"</h2>
                {if none {
                    view! { <EmptyState title="Nothing is shared"><p>"Nobody but you sees your self-ratings, gaps, plan, record of learning or evidence."</p></EmptyState> }.into_any()
                } else {
                    view! { <ul class="rows rows-ruled" role="list">{mine}</ul> }.into_any()
                }}
            </section>
            <ShareForm action=share what choices=page.choices last_day=page.last_day/>
            <Looks looks=page.looks/>
            <Pager page=page.looks_page pages=page.looks_pages base="/me/sharing" name="looks" label="Pages of who looked"/>
            <WithMe with_me=page.with_me/>
            <Pager page=page.with_me_page pages=page.with_me_pages base="/me/sharing" name="others" label="Pages of what is shared with me"/>
            <Past past=page.past/>
        </Page>
    }
}

/// What was just done.
fn notice_words(notice: &str) -> Option<&'static str> {
    match notice {
        "shared" => Some("Shared. It stands below until its date, or until you end it."),
        "ended" => Some("Ended. It is not shown in this way any more."),
        _ => None,
    }
}

#[component]
fn MineRow(shown: Shown, end: ServerAction<EndSharing>) -> impl IntoView {
    let hidden = format!(": {} with {}", shown.what.label(), shown.with);
    view! {
        <li class="row">
            <div class="row-main">
                <b>{shown.what.label()}</b>" with "<b>{shown.with}</b>
                <p class="meta">{format!("{}, {}", shown.purpose, shown.until)}</p>
            </div>
            <ActionForm action=end>
                <input type="hidden" name="sharing" value=shown.id.to_string()/>
                <button class="button quiet small" type="submit">"End now"<span class="visually-hidden">{hidden}</span></button>
            </ActionForm>
        </li>
    }
}

#[component]
fn ShareForm(
    action: ServerAction<Share>,
    /// What one came to share.
    what: Option<What>,
    choices: Vec<(String, String)>,
    last_day: String,
) -> impl IntoView {
    let (form, element) = (Form::of(action), begins_anew(action));
    let chosen = what.map_or("", What::as_str);
    let kinds = What::ALL.map(|what| Choice {
        value: what.as_str().into(),
        label: what.label().into(),
        description: match what {
            What::Gaps => {
                "The level you give yourself in each statement beside the level a role needs; your notes stay yours."
                    .into()
            }
            What::Plan => "Your goals, actions and dates, as they are each time somebody looks.".into(),
            What::Record => {
                "Courses and lessons you finished, with their days, and cohorts you were in. Who may not know of a course or cohort does not read its name."
                    .into()
            }
            What::Evidence => "All that you put down for statements, as it is each time somebody looks.".into(),
        },
    });
    let person = ("person".to_owned(), "A colleague, by e-mail address".to_owned());
    let choices = choices.into_iter().chain([person]).collect();
    view! {
        <section id="share">
            <h2>"Share something"</h2>
            <ActionForm action node_ref=element attr:class="form">
                <FormErrors form/>
                <RadioGroup form name="what" legend="What" choices=kinds.to_vec() value=chosen/>
                <SelectField form name="with" label="With whom" options=choices
                    hint="A role is whoever holds it in the organisation or above it, as long as you belong there."/>
                <div class="with-person">
                    <TextField form name="email" label="E-mail address" kind="email" maxlength=254 hint="Of your colleague."/>
                </div>
                <TextField form name="purpose" label="What for" maxlength=300 hint="They see this, such as: our talk in spring."/>
                <TextField form name="last_day" label="Last day" kind="date" value=last_day hint="They can look until this day is over."/>
                <div class="form-actions"><button class="button" type="submit">"Share"</button></div>
            </ActionForm>
        </section>
    }
}

#[component]
fn Looks(looks: Vec<Look>) -> impl IntoView {
    let none = looks.is_empty();
    let rows = looks
        .into_iter()
        .map(
            |look| view! { <li>{format!("{} looked at your {} on {}", look.viewer, look.what.words(), look.day)}</li> },
        )
        .collect_view();
    view! {
        <section>
            <h2>"Who looked"</h2>
            {if none {
                view! { <p class="meta">"Nobody has looked yet. Each day that somebody does is noted here."</p> }.into_any()
            } else {
                view! { <ul class="rows rows-tight" role="list">{rows}</ul> }.into_any()
            }}
        </section>
    }
}

#[component]
fn WithMe(with_me: Vec<ShownToMe>) -> impl IntoView {
    let none = with_me.is_empty();
    let rows = with_me
        .into_iter()
        .map(|shown| {
            let href = format!("/people/{}/{}", shown.person, shown.what.as_str());
            view! {
                <li class="row">
                    <div class="row-main">
                        <a href=href>{format!("{}: {}", shown.name, shown.what.words())}</a>
                        <p class="meta">{format!("{}, {}", shown.purpose, shown.until)}</p>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! {
        <section>
            <h2>"Shared with me"</h2>
            {if none {
                view! { <p class="meta">"Nobody shares anything with you now."</p> }.into_any()
            } else {
                view! { <ul class="rows rows-ruled" role="list">{rows}</ul> }.into_any()
            }}
        </section>
    }
}

#[component]
fn Past(past: Vec<Shown>) -> impl IntoView {
    let some = !past.is_empty();
    let summary = match past.len() {
        PAST => format!("What is over, the latest {PAST}"),
        _ => "What is over".to_owned(),
    };
    let rows = past
        .into_iter()
        .map(|shown| view! { <li>{format!("{} with {}, {}: {}", shown.what.label(), shown.with, shown.until, shown.purpose)}</li> })
        .collect_view();
    some.then(|| {
        view! {
            <Disclosure summary><ul class="rows rows-tight" role="list">{rows}</ul></Disclosure>
        }
    })
}
