//! The editions of a set, where curators open a draft and confirm its map.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::map::{MapActions, MapView};
use crate::competencies::components::{ImportedFrom, StateChip};
use crate::competencies::model::{EditionState, counted, edition_href, edition_words};
use crate::editions::api::{DropDraft, OpenDraft, PublishSections, RetireEdition, load_editions};
use crate::editions::model::{Ahead, EditionLine, EditionsPage, SectionLine, changes_href};
use crate::outlines::pages::AllTheSame;
use crate::paths::segment;
use crate::reviews::model::rounds_href;
use crate::reviews::pages::GoesUnreviewed;
use crate::role_profiles::model::profiles_href;
use crate::ui::field::{BoxGroup, Checkbox, Confirm, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{ChipTo, Crumb, Disclosure, Notice, Page, Progress, Tone, lazy_page};

lazy_page!(EDITIONS in studio => editions);

fn editions() -> AnyView {
    let (params, query) = (use_params_map(), use_query_map());
    let open = ServerAction::<OpenDraft>::new();
    let publish = ServerAction::<PublishSections>::new();
    let retire = ServerAction::<RetireEdition>::new();
    let throw = ServerAction::<DropDraft>::new();
    let actions = MapActions::new();
    let page = load(
        move || {
            let asked = |name: &str| query.with(|query| query.get(name).unwrap_or_default());
            (
                params.with(|params| params.get("set").unwrap_or_default()),
                asked("kind"),
                asked("page").parse().ok(),
                open.version().get(),
                actions.versions(),
            )
        },
        |(set, kind, page, ..)| load_editions(set, kind, page),
    );
    loaded(
        page,
        move |page| view! { <EditionsView page open publish retire throw actions/> },
    )
}

#[component]
fn EditionsView(
    page: EditionsPage,
    open: ServerAction<OpenDraft>,
    publish: ServerAction<PublishSections>,
    retire: ServerAction<RetireEdition>,
    throw: ServerAction<DropDraft>,
    actions: MapActions,
) -> impl IntoView {
    let query = use_query_map();
    let notice = move || {
        query.with(|query| match query.get("notice").as_deref() {
            Some("opened") => Some("The draft is open. It holds all that the last edition does."),
            Some("dropped") => Some("The draft is thrown away."),
            Some("retired") => Some("The edition is retired. It stays to be read, with your reason."),
            _ => None,
        })
    };
    let slug = page.slug.clone();
    let crumbs = vec![
        Crumb::new("/studio", "Studio"),
        Crumb::new(format!("/index/{slug}"), page.title.clone()),
    ];
    let alone = page.editions.len() == 1;
    let rows = page
        .editions
        .into_iter()
        .map(|line| edition_row(&slug, line, alone, (retire, throw)))
        .collect_view();
    let may_open = page.may_open;
    let draft = may_open.then(|| view! { <OpenForm action=open set=slug.clone()/> });
    let imported = page.imported.map(|imported| view! { <ImportedFrom imported/> });
    let map = page.map.map(|map| view! { <MapView map slug=slug.clone() actions/> });
    let ahead = page
        .ahead
        .map(|ahead| view! { <AheadForm ahead slug=slug.clone() action=publish/> });
    let lede = "A published edition never changes. The next one begins as a draft of it, and a map says how each statement goes on, so that nobody’s ratings, plans and job needs are lost.";
    view! {
        <Page title=format!("Editions of {}", page.title) lede=lede.to_string() crumbs=crumbs>
            {move || notice().map(|words| view! { <Notice tone=Tone::Accent><p>{words}</p></Notice> })}
            <section>
                <h2>"Editions"</h2>
                <ul class="rows rows-ruled" role="list">{rows}</ul>
            </section>
            {imported}
            {draft}
            {ahead}
            {map}
        </Page>
    }
}

fn edition_row(
    slug: &str,
    line: EditionLine,
    alone: bool,
    (retire, throw): (ServerAction<RetireEdition>, ServerAction<DropDraft>),
) -> AnyView {
    let words = edition_words(line.number);
    let public = line.state.is_public();
    let day = if public {
        format!("published {}", line.published)
    } else {
        format!("begun {}", line.begun)
    };
    let about = format!("{} · {day}", counted(line.statements, "statement", "statements"));
    let partial = line
        .partial
        .then(|| view! { <p class="meta">"Holds only the sections that were published ahead."</p> });
    let write = (line.state == EditionState::Draft).then(|| {
        view! {
            <ChipTo href=format!("/studio/sets/{}", segment(slug)) label="Write it"/>
            <ChipTo href=rounds_href(slug) label="Review rounds"/>
        }
    });
    let roles = (line.state == EditionState::Published).then(|| {
        view! { <ChipTo href=profiles_href(slug) label="Role profiles"/> }
    });
    let retire = (line.state == EditionState::Published)
        .then(|| view! { <RetireForm action=retire edition=line.id.to_string() words=words.clone()/> });
    let drop = (line.state == EditionState::Draft)
        .then(|| view! { <DropForm action=throw edition=line.id.to_string() words=words.clone() alone/> });
    let state = if line.in_review {
        EditionState::InReview
    } else {
        line.state
    };
    let changes = (line.number > 1).then(|| {
        view! {
            <ChipTo href=changes_href(slug, line.number) label="What changed" about=format!(" in the {words}")/>
        }
    });
    let carrying = line.carrying.map(|done| {
        let text = match line.stopped {
            true => format!("Carrying over ratings, plans and job needs has stopped at {done} %. It goes on when the server starts again"),
            false => format!("Ratings, plans and job needs are being carried over: {done} % done"),
        };
        view! { <Progress done=done of=100 label="Carried over" text=text/> }
    });
    view! {
        <li class="row">
            <div class="row-main">
                <h3 class="row-title"><a href=edition_href(slug, line.number)>{words.clone()}</a></h3>
                <p class="meta">{about}</p>
                {partial}
                {carrying}
                {retire}
                {drop}
            </div>
            <div class="row-end cluster"><StateChip state=state/>{write}{roles}{changes}</div>
        </li>
    }
    .into_any()
}

#[component]
fn RetireForm(action: ServerAction<RetireEdition>, edition: String, words: String) -> impl IntoView {
    let form = Form::matching(action, &[("edition", edition.as_str())]);
    let open = form.error().get_untracked().is_some();
    view! {
        <Disclosure summary=format!("Retire the {words}…") open>
            <ActionForm action attr:class="form">
                <FormErrors form/>
                <input type="hidden" name="edition" value=edition.clone()/>
                <p>"It stays to be read and cited, and what people said stays in their history. Nobody rates themselves by it any more, until another edition follows."</p>
                <TextField form name="reason" label="Why" maxlength=500 required=true id=format!("why-{edition}")
                    hint="Readers see it at the edition."/>
                <Confirm form name="understood" id=format!("understood-{edition}") label="I know that it is never in force again"/>
                <div class="form-actions"><button class="button small danger" type="submit">"Retire it"</button></div>
            </ActionForm>
        </Disclosure>
    }
}

/// A draft was never read by others, so nothing of it has to stay.
#[component]
fn DropForm(
    action: ServerAction<DropDraft>,
    edition: String,
    words: String,
    /// Whether the set has no other edition, and goes too.
    alone: bool,
) -> impl IntoView {
    let form = Form::matching(action, &[("edition", edition.as_str())]);
    let open = form.error().get_untracked().is_some();
    let what = match alone {
        true => {
            "The draft goes with its review rounds and all that can be taken back in it, and with it the set, which has no other edition."
        }
        false => {
            "The draft goes with its review rounds and all that can be taken back in it. What is published stays as it is."
        }
    };
    view! {
        <Disclosure summary="Throw the draft away…" open>
            <ActionForm action attr:class="form">
                <FormErrors form/>
                <input type="hidden" name="edition" value=edition.clone()/>
                <p>{what}</p>
                <Confirm form name="understood" id=format!("drop-{edition}") label=format!("I know that the {words} cannot be brought back")/>
                <div class="form-actions"><button class="button small danger" type="submit">"Throw it away"</button></div>
            </ActionForm>
        </Disclosure>
    }
}

#[component]
fn OpenForm(action: ServerAction<OpenDraft>, set: String) -> impl IntoView {
    let form = Form::of(action);
    view! {
        <section>
            <h2>"The next edition"</h2>
            <p>"Open a draft that begins as a copy of the last edition, or "<a href="/studio/import">"import a newer file"</a>" of the set."</p>
            <ActionForm action>
                <FormErrors form/>
                <input type="hidden" name="set" value=set/>
                <p class="button-row"><button class="button" type="submit">"Open a draft"</button></p>
            </ActionForm>
        </section>
    }
}

/// Sections of the draft to publish now.
#[component]
fn AheadForm(ahead: Ahead, slug: String, action: ServerAction<PublishSections>) -> impl IntoView {
    let form = Form::of(action);
    let refused = form.error().get_untracked().is_some();
    let words = edition_words(ahead.number);
    let rows = ahead.sections.into_iter().enumerate();
    let rows = rows.map(|(at, line)| section(form, at, line)).collect_view();
    view! {
        <section>
            <h2>"Sections ahead of the rest"</h2>
            <p>{format!(
                "Some sections can be published before the others are ready: the {words} then holds only them, and the draft goes on after it with all that it has. What people said of the other sections stays where it is."
            )}</p>
            <Disclosure summary="Publish sections ahead…" open=refused>
                <ActionForm action attr:class="form">
                    <FormErrors form/>
                    <input type="hidden" name="edition" value=ahead.edition.to_string()/>
                    <BoxGroup form name="sections" legend="Sections">{rows}</BoxGroup>
                    <GoesUnreviewed form since=ahead.changed set=slug/>
                    <AllTheSame form name="repeated" label="They go out with these codes"/>
                    <Confirm form label="I understand that these sections can never change in this edition"/>
                    <div class="form-actions">
                        <button class="button small" type="submit">{format!("Publish as the {words}")}</button>
                    </div>
                </ActionForm>
            </Disclosure>
        </section>
    }
}

fn section(form: Form, at: usize, line: SectionLine) -> AnyView {
    let beneath = counted(line.beneath, "entry beneath", "entries beneath");
    let about = match line.waiting {
        0 => beneath,
        waiting => format!(
            "{beneath}, {} of the map to confirm first",
            counted(waiting, "row", "rows")
        ),
    };
    view! { <Checkbox form name=format!("sections[{at}]") label=line.words value=line.identifier about/> }.into_any()
}
