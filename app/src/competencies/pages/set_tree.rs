//! One edition of a set, as a tree.

use crate::ui::lazy_page;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::looking::{Find, asked};
use super::marked_up::TermSetData;
use super::set_side::{Derived, DerivedFrom, Downloads, Facts};
use super::statement_side::Cite;
use crate::competencies::api::{PublishEdition, load_set};
use crate::competencies::components::{Outline, Scale, StateChip};
use crate::competencies::model::{
    EditionCard, EditionState, RoleProfileCard, SetPage, counted, edition_href, edition_words,
};
use crate::editions::model::editions_href;
use crate::id::ImportId;
use crate::outlines::pages::AllTheSame;
use crate::paths::{segment, sign_in_from};
use crate::reviews::model::{ChangedSince, Hindrance, board_href, rounds_href};
use crate::reviews::pages::GoesUnreviewed;
use crate::role_profiles::model::profiles_href;
use crate::start::use_viewer;
use crate::ui::field::Confirm;
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{ChipTo, Crumb, Disclosure, Notice, Page, Pager, Prose, Tone};
use crate::viewer::Viewer;

lazy_page!(SET_TREE in people => set_tree);

fn set_tree() -> AnyView {
    let (params, query) = (use_params_map(), use_query_map());
    let publish = ServerAction::new();
    let set = load(
        move || {
            let (set, edition) = params.with(|params| (params.get("set").unwrap_or_default(), params.get("edition")));
            let page = |name: &str| query.with(|query| query.get(name).and_then(|page| page.parse().ok()));
            let pages = ["page", "profiles", "derived"].map(page);
            (set, edition, query.with(asked), pages, publish.version().get())
        },
        |(set, edition, looking, [page, profiles, derived], _)| {
            load_set(
                set,
                edition,
                looking.words,
                looking.kind,
                looking.topic,
                looking.learning,
                looking.level,
                page,
                profiles,
                derived,
            )
        },
    );
    loaded(set, move |set| view! { <SetView set publish/> })
}

fn notice(word: &str) -> Option<&'static str> {
    match word {
        "published" => Some("Published. Everyone can read this edition now, and it will not change any more."),
        "imported" => Some("Imported. This is what was in the file."),
        "unchanged" => Some("Everything in the file was here already, so nothing was changed."),
        _ => None,
    }
}

#[component]
fn SetView(mut set: SetPage, publish: ServerAction<PublishEdition>) -> impl IntoView {
    let outline = std::mem::take(&mut set.outline);
    let top = outline.iter().map(|node| node.depth).min();
    let terms = outline.iter().filter(|node| Some(node.depth) == top && node.page == 0);
    let terms: Vec<_> = terms.cloned().collect();
    let (citation, case) = (set.citation(), set.case_href());
    let query = use_query_map();
    let notice = move || query.with(|query| query.get("notice").as_deref().and_then(notice));
    let imported = move || {
        let import = query.with(|query| query.get("import").and_then(|import| ImportId::parse(&import)));
        import.map(|import| format!("/studio/import/{import}"))
    };
    let shown = set.shown.clone();
    let editions = set.editions.clone();
    let slug = set.slug.clone();
    let language = Some(set.language.clone()).filter(|language| !language.is_empty());
    let ahead = ahead_words(&set);
    let size = size(&shown, outline.is_empty() && set.found.is_none());
    let coverage = shown.coverage().map(|words| {
        let href = format!("{}?learning=true", edition_href(&set.slug, shown.number));
        view! { <a class="meta" href=href>{words}</a> }
    });
    let kicker = format!("{} · {}", set.owner, edition_words(shown.number));
    let draft = set.may_curate && shown.state == EditionState::Draft;
    let earlier = |edition: &EditionCard| edition.number < shown.number && edition.state.is_public();
    let map = set.editions.iter().any(earlier).then(|| editions_href(&set.slug));
    let edition = set.edition.to_string();
    let (page, pages) = (set.page, set.pages);
    let here = format!("{}?{}", edition_href(&set.slug, shown.number), set.looking.query());
    let name = format!("{}, {}", set.title, edition_words(shown.number).to_ascii_lowercase());
    let (find, data) = (
        view! { <Find set=set.clone()/> },
        view! { <TermSetData set=set.clone() terms/> },
    );
    let state = if set.in_review.is_some() {
        EditionState::InReview
    } else {
        shown.state
    };
    let reviewed = set.acknowledged.join(", ");
    let withdrawn = set.withdrawn;
    let unreviewed = (set.unreviewed > 0).then(|| {
        let words = match set.unreviewed {
            1 => "1 statement was not reviewed as it stands here.".to_owned(),
            many => format!("{many} statements were not reviewed as they stand here."),
        };
        view! { <p class="meta">{words}</p> }
    });
    // What was looked for is shown with all that it stands in.
    let open_depth = if set.found.is_some() { 30 } else { 1 };
    let (profiles, profiles_page) = (set.role_profiles, set.role_profiles_page);
    let open = shown.state == EditionState::Published;
    let whose = set.may_profile.then(|| set.slug.clone());
    let scaleless = set.levels.is_empty();
    // Also where nobody has said yet what a job needs of it.
    let rates =
        !scaleless && shown.state == EditionState::Published && use_viewer().with_untracked(Viewer::is_signed_in);
    let rate = rates.then(|| {
        let href = format!("/me/rate?by=section&set={}", segment(&slug));
        view! { <p class="button-row"><a class="button quiet" href=href>"Rate section by section"</a></p> }
    });
    let side = view! {
        <Facts editions=editions shown=shown.clone() slug=slug.clone() creator=set.creator licence=set.licence may_curate=set.may_curate/>
        {(!set.levels.is_empty()).then(|| view! {
            <section><h2>"How it is rated"</h2><Scale levels=set.levels/></section>
        })}
        {(!reviewed.is_empty()).then(|| view! { <section><h2>"Reviewed by"</h2><p>{reviewed}</p>{unreviewed}</section> })}
        <Derived set=slug.clone() number=shown.number derived=set.derived page=set.derived_page may_derive=set.may_derive/>
        <Downloads slug=slug.clone() number=shown.number/>
        <Cite citation case/>
    }
    .into_any();
    let source = set.derived_from.map(
        |source| view! { <DerivedFrom source set=slug.clone() differs=set.may_curate || shown.state.is_public()/> },
    );
    view! {
        <Page title=set.title kicker=kicker crumbs=vec![Crumb::new("/index", "Index")] side=side>
            {data}
            {move || notice().map(|words| {
                let back = imported().map(|href| view! { <p><a href=href>"See what was read, or take the import back"</a></p> });
                view! { <Notice tone=Tone::Accent><p>{words}</p>{back}</Notice> }
            })}
            {draft.then(|| view! { <PublishForm action=publish edition=edition name=name review=set.in_review.clone() changed=set.changed.clone() set=slug.clone() href=format!("/studio/sets/{}", crate::paths::segment(&slug)) empty=shown.statements == 0 scaleless=scaleless map=map/> })}
            <div class="cluster"><StateChip state=state/><span class="meta">{size}</span>{coverage}</div>
            {(!withdrawn.is_empty()).then(|| view! { <Notice tone=Tone::Highlight><p>{withdrawn}</p></Notice> })}
            {rate}
            {source}
            {ahead}
            {(!set.description_html.is_empty()).then(|| view! { <Prose html=set.description_html lang=language.clone()/> })}
            <section lang=language>
                <h2 lang="en">"The statements"</h2>
                {find}
                <Outline nodes=outline set=slug number=shown.number open_depth=open_depth/>
                <Pager page=page pages=pages base=here.clone() label="Pages of the statements"/>
            </section>
            {(!profiles.is_empty() || profiles_page.1 > 1 || whose.is_some()).then(|| view! { <Profiles profiles page=profiles_page here set=whose open/> })}
        </Page>
    }
}

/// What of the set stands in another edition that counts too.
fn ahead_words(set: &SetPage) -> Option<AnyView> {
    let link = |edition: &EditionCard| {
        view! { <li><a href=edition_href(&set.slug, edition.number)>{edition_words(edition.number)}</a></li> }
    };
    let counts =
        |edition: &&EditionCard| edition.state == EditionState::Published && edition.number != set.shown.number;
    let (words, others): (_, Vec<&EditionCard>) = if set.shown.partial {
        let words = "This edition holds only the sections that were published ahead. The others stand in:";
        (words, set.editions.iter().filter(counts).collect())
    } else {
        let later = |edition: &&EditionCard| edition.partial && edition.number > set.shown.number;
        let words = "Some sections of the next edition are published ahead:";
        (words, set.editions.iter().filter(counts).filter(later).collect())
    };
    if others.is_empty() {
        let words =
            "This edition holds only the sections that were published ahead. The others are still being written.";
        return set
            .shown
            .partial
            .then(|| view! { <Notice tone=Tone::Accent><p>{words}</p></Notice> }.into_any());
    }
    let links = others.into_iter().map(link).collect_view();
    Some(view! { <Notice tone=Tone::Accent><p>{words}</p><ul role="list">{links}</ul></Notice> }.into_any())
}

fn size(edition: &EditionCard, empty: bool) -> String {
    if empty {
        return "Nothing in it yet".into();
    }
    let competencies = (edition.competencies > 0).then(|| counted(edition.competencies, "competency", "competencies"));
    let parts = [
        competencies,
        Some(counted(edition.statements, "statement", "statements")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[component]
fn PublishForm(
    action: ServerAction<PublishEdition>,
    edition: String,
    name: String,
    href: String,
    set: String,
    /// What keeps it from being published.
    review: Option<Hindrance>,
    /// What was changed after its review.
    changed: ChangedSince,
    empty: bool,
    /// Whether it has no proficiency scale.
    scaleless: bool,
    /// Where its map from the edition before is confirmed, when there is one.
    map: Option<String>,
) -> impl IntoView {
    let form = Form::of(action);
    let refused = form.error().get_untracked().is_some();
    let may = !empty && !scaleless && review.is_none();
    let scale = format!("{href}#whole");
    let review = match review {
        Some(review) => {
            let href = board_href(&set, &review.round);
            view! { <p>{review.reason}" "<a href=href>"The board of the round"</a></p> }.into_any()
        }
        None if changed.many > 0 => view! { <p>{changed.words()}</p> }.into_any(),
        None => {
            view! { <p><a href=rounds_href(&set)>"Let experts review it"</a>" before it is published."</p> }.into_any()
        }
    };
    view! {
        <Notice tone=Tone::Highlight>
            <p>"This is a draft: only curators see it. A published edition is open to everyone and never changes."</p>
            <p><a href=href>"Write it in the studio"</a></p>
            {map.map(|href| view! {
                <p><a href=href>"How each statement goes on"</a>" is confirmed before: people’s ratings and plans follow it."</p>
            })}
            {review}
            {empty.then(|| view! { <p class="meta">"There is no statement in it yet, so there is nothing to publish."</p> })}
            {(scaleless && !empty).then(|| view! {
                <p>"It has no proficiency scale, so nobody could rate themselves by it. "<a href=scale>"Write one"</a>", then publish it."</p>
            })}
            {may.then(|| view! {
                <Disclosure summary="Publish this edition…" open=refused>
                    <ActionForm action attr:class="form">
                        <FormErrors form/>
                        <input type="hidden" name="edition" value=edition/>
                        <GoesUnreviewed form since=changed set=set.clone()/>
                        <AllTheSame form name="repeated" label="It goes out with these codes"/>
                        <Confirm form label=format!("I understand that {name} can never change once it is published")/>
                        <div class="form-actions">
                            <button class="button small" type="submit">"Publish"<span class="visually-hidden">{format!(" {name}")}</span></button>
                        </div>
                    </ActionForm>
                </Disclosure>
            })}
        </Notice>
    }
}

/// What jobs need of it, or needed while it was in force. `set` is there for those who may make role profiles.
#[component]
fn Profiles(
    profiles: Vec<RoleProfileCard>,
    /// Which page of them, and of how many.
    page: (u32, u32),
    here: String,
    set: Option<String>,
    /// Whether the edition is in force.
    open: bool,
) -> impl IntoView {
    let none = profiles.is_empty() && page.1 < 2;
    let visitor = !use_viewer().with_untracked(Viewer::is_signed_in);
    let rows = profiles
        .into_iter()
        .map(|profile| {
            let (page, words) = match (open, visitor) {
                (true, false) => ("/me", "Rate yourself"),
                (true, true) => ("/me", "Sign in to rate yourself"),
                (false, false) => ("/me/gaps", "See the gaps as they were"),
                (false, true) => ("/me/gaps", "Sign in to see the gaps as they were"),
            };
            let href = format!("{page}?profile={}", segment(&profile.slug));
            let href = if visitor { sign_in_from(&href) } else { href };
            view! {
                <li class="row">
                    <div class="row-main">
                        <h3 class="row-title">{profile.title.clone()}</h3>
                        <p class="meta">{profile.description}</p>
                    </div>
                    <div class="row-end cluster">
                        <span class="meta">{format!("{} · {}", profile.organisation, counted(profile.statements, "statement", "statements"))}</span>
                        <ChipTo href label=words about=format!(" as {}", profile.title)/>
                    </div>
                </li>
            }
        })
        .collect_view();
    let make = set.map(|set| {
        let href = profiles_href(&set);
        let words = if none {
            "Make the first role profile"
        } else {
            "Make and change role profiles"
        };
        view! { <p><a href=href>{words}</a></p> }
    });
    view! {
        <section>
            <h2>"Role profiles"</h2>
            {none.then(|| view! { <p class="meta">"Nobody has said yet which of these statements a kind of job needs. People can still rate themselves section by section."</p> })}
            {(!none).then(|| view! { <ul class="rows rows-ruled rows-tight" role="list">{rows}</ul> })}
            <Pager page=page.0 pages=page.1 base=here name="profiles" label="Pages of role profiles"/>
            {make}
        </section>
    }
}
