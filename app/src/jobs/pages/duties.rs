//! The duties of a job description as they are edited: statements found and added,
//! their levels, and what a new edition asks of them.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::competencies::model::{Level, counted, edition_words};
use crate::jobs::api::{AddDuty, ChangeDuty, FindDuties, RemoveDuty, SettleDuty, load_duties};
use crate::jobs::components::{MarkNote, crumbs};
use crate::jobs::model::{Adding, DutiesForm, DutyLine, Mark, duties_href, job_href};
use crate::language::foreign;
use crate::lookups::components::Choices;
use crate::plans::pages::done;
use crate::ui::field::{BareSelect, BoxGroup, Checkbox, SelectField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Combobox, EmptyState, Icon, Notice, Page, Pager, Tone, lazy_page};

lazy_page!(
    /// The statements that a job asks for.
    JOB_DUTIES in people => job_duties
);

/// Everything that can be done to duties.
#[derive(Clone, Copy)]
struct Changes {
    add: ServerAction<AddDuty>,
    change: ServerAction<ChangeDuty>,
    settle: ServerAction<SettleDuty>,
    remove: ServerAction<RemoveDuty>,
}

fn job_duties() -> AnyView {
    let (params, query) = (use_params_map(), use_query_map());
    let changes = Changes {
        add: ServerAction::new(),
        change: ServerAction::new(),
        settle: ServerAction::new(),
        remove: ServerAction::new(),
    };
    let versions = [
        done(changes.add),
        done(changes.change),
        done(changes.settle),
        done(changes.remove),
    ];
    let page = load(
        move || {
            let version: usize = versions.iter().map(|one| one.get()).sum();
            let job = params.with(|params| params.get("job").unwrap_or_default());
            let asked = |name: &str| query.with(|query| query.get(name).unwrap_or_default());
            let page: Option<u32> = asked("page").parse().ok();
            (job, page, [asked("add"), asked("q"), asked("notice")], version)
        },
        |(job, page, [add, q, _], _)| load_duties(job, page, add, q),
    );
    loaded(page, move |page| view! { <DutiesView page changes/> })
}

fn notice(word: &str) -> Option<&'static str> {
    match word {
        "added" => Some("Added."),
        "level" => Some("The level is saved."),
        "settled" => Some("Settled."),
        "out" => Some("Taken out. Here it can be added again."),
        _ => None,
    }
}

#[component]
fn DutiesView(page: DutiesForm, changes: Changes) -> impl IntoView {
    let query = use_query_map();
    let notice = move || query.with(|query| query.get("notice").as_deref().and_then(notice));
    let title = format!("Duties of {}", page.title);
    let edition = format!("{}, {}", page.edition.title, edition_words(page.edition.number));
    let lede = format!("{} of {edition}.", counted(page.count, "statement", "statements"));
    let crumbs = crumbs(Some((&page.id, page.title.as_str())));
    let lang = foreign(&page.edition.language);
    let job = page.id.to_string();
    let adding = page.adding.map(|adding| {
        let (job, levels, lang) = (job.clone(), page.levels.clone(), lang.clone());
        view! { <AddForm adding job levels lang add=changes.add/> }
    });
    let find = match page.edition.retired {
        true => {
            view! { <p class="meta">"The edition is retired, so no statement of it is added any more."</p> }.into_any()
        }
        false => {
            let (to, action) = (format!("{}?add={{id}}", duties_href(&page.id)), duties_href(&page.id));
            let suggest = format!("{}?job={}", <FindDuties as ServerFn>::PATH, page.id);
            let nothing = (!page.query.is_empty() && page.found.is_empty()).then(|| {
                let words = format!("No statement of this edition holds “{}”. Try another word.", page.query);
                view! { <p role="status">{words}</p> }
            });
            let found = (!page.found.is_empty()).then(|| {
                let to = to.clone();
                view! { <Choices choices=page.found to/> }
            });
            view! {
                <section class="stack">
                    <h2>"Add a statement"</h2>
                    <Combobox label="Find a statement" of="Statements" hint="A word, or a code such as LM 3.4." action suggest to
                        value=page.query id="find-duty"/>
                    {nothing}
                    {found}
                </section>
            }
            .into_any()
        }
    };
    let options = options(&page.levels);
    let empty = page.duties.is_empty();
    let rows = page
        .duties
        .into_iter()
        .map(|line| duty(line, &job, page.page, &options, lang.clone(), changes))
        .collect_view();
    let (changed, settled, base) = (
        Form::of(changes.change),
        Form::of(changes.settle),
        duties_href(&page.id),
    );
    let back = job_href(&page.id);
    view! {
        <Page title lede crumbs>
            {move || notice().map(|words| view! { <Notice tone=Tone::Accent><p>{words}</p></Notice> })}
            {adding}
            <section>
                <h2>"What it asks for"</h2>
                <FormErrors form=changed/>
                <FormErrors form=settled/>
                {empty.then(|| view! {
                    <EmptyState title="No duty yet" icon=Icon::Jobs>
                        <p>"Find the first statement below, and say which level the job needs."</p>
                    </EmptyState>
                })}
                <ul class="rows rows-ruled" role="list">{rows}</ul>
                <Pager page=page.page pages=page.pages base/>
            </section>
            {find}
            <p><a href=back>"Back to the job description"</a></p>
        </Page>
    }
}

/// The levels of the scale, as a form offers them.
fn options(levels: &[Level]) -> Vec<(String, String)> {
    let option = |(number, level): (u32, &Level)| (number.to_string(), level.label.clone());
    (0..).zip(levels).map(option).collect()
}

#[component]
fn AddForm(
    adding: Adding,
    job: String,
    levels: Vec<Level>,
    lang: Option<String>,
    add: ServerAction<AddDuty>,
) -> impl IntoView {
    if adding.there {
        return view! { <Notice><p>{format!("It asks for this already: {}", adding.words)}</p></Notice> }.into_any();
    }
    let form = Form::of(add);
    let options = options(&levels);
    let highest = options.last().map(|(value, _)| value.clone()).unwrap_or_default();
    let level = (!options.is_empty())
        .then(|| view! { <SelectField form name="level" label="Level that the job needs" options value=highest/> });
    view! {
        <section class="sheet">
            <h2>"Add to the job description"</h2>
            <p lang=lang>{adding.words}</p>
            <ActionForm action=add attr:class="form">
                <FormErrors form/>
                <input type="hidden" name="job" value=job/>
                <input type="hidden" name="node" value=adding.node.to_string()/>
                {level}
                <div class="form-actions"><button class="button" type="submit">"Add it"</button></div>
            </ActionForm>
        </section>
    }
    .into_any()
}

fn duty(
    line: DutyLine,
    job: &str,
    page: u32,
    options: &[(String, String)],
    lang: Option<String>,
    changes: Changes,
) -> AnyView {
    let name = match line.code.is_empty() {
        true => line.title.clone(),
        false => line.code.clone(),
    };
    let words = format!("{} {}", line.code, line.title).trim().to_owned();
    let node = line.node.to_string();
    let settle = line.mark.map(|mark| {
        let (line, job, lang) = (line.clone(), job.to_owned(), lang.clone());
        view! { <SettleForm line mark job lang settle=changes.settle/> }
    });
    let level = match line.current && !options.is_empty() {
        true => {
            let (job, node, options) = (job.to_owned(), node.clone(), options.to_vec());
            let value = line.level.map(|level| level.to_string()).unwrap_or_default();
            let (was, label) = (value.clone(), format!("Level of {name}"));
            let hidden = format!(" the level of {name}");
            view! {
                <ActionForm action=changes.change attr:class="cluster">
                    <input type="hidden" name="job" value=job/>
                    <input type="hidden" name="node" value=node/>
                    <input type="hidden" name="was" value=was/>
                    <input type="hidden" name="page" value=page.to_string()/>
                    <BareSelect name="level" label options value/>
                    <button class="button quiet small" type="submit">"Save"<span class="visually-hidden">{hidden}</span></button>
                </ActionForm>
            }
            .into_any()
        }
        false => view! { <span class="meta">{line.level_words}</span> }.into_any(),
    };
    let hidden = format!(" {name}");
    let job = job.to_owned();
    view! {
        <li class="stack">
            <span lang=lang>{words}</span>
            <div class="cluster">
                {level}
                <ActionForm action=changes.remove>
                    <input type="hidden" name="job" value=job/>
                    <input type="hidden" name="node" value=node/>
                    <button class="link-button" type="submit">"Take out"<span class="visually-hidden">{hidden}</span></button>
                </ActionForm>
            </div>
            {settle}
        </li>
    }
    .into_any()
}

/// What a new edition asks of a duty, with the ways to answer it.
#[component]
fn SettleForm(
    line: DutyLine,
    mark: Mark,
    job: String,
    lang: Option<String>,
    settle: ServerAction<SettleDuty>,
) -> impl IntoView {
    let node = line.node.to_string();
    let about = format!(": {}", line.title);
    let (fields, send) = match mark.went_on() {
        true => (().into_any(), "Confirm it"),
        false => {
            let group = format!("settle-{node}");
            let (choices, mark) = (line.choices, mark);
            (view! { <Ways choices mark group lang/> }.into_any(), "Settle it")
        }
    };
    view! {
        <MarkNote mark was=line.was number=line.number/>
        <ActionForm action=settle attr:class="form">
            <input type="hidden" name="job" value=job/>
            <input type="hidden" name="node" value=node/>
            {fields}
            <div class="form-actions">
                <button class="button small" type="submit">{send}<span class="visually-hidden">{about}</span></button>
            </div>
        </ActionForm>
    }
}

/// What stands there from now on: any of what it became, and its own words.
#[component]
fn Ways(choices: Vec<(crate::id::NodeId, String)>, mark: Mark, group: String, lang: Option<String>) -> impl IntoView {
    let form = Form::none();
    let legend = match (mark, choices.is_empty()) {
        (Mark::Retired, _) | (_, true) => "Nothing goes on from it. What stands here from now on?",
        (Mark::Split, _) => "It became several. What stands here from now on?",
        _ => "It became one with others. What stands here from now on?",
    };
    let boxes = choices
        .into_iter()
        .enumerate()
        .map(|(at, (node, words))| {
            let name = format!("chosen[{at}]");
            view! { <Checkbox form name label=words value=node.to_string()/> }
        })
        .collect_view();
    view! {
        <BoxGroup form name="chosen" legend id=group>
            <div lang=lang>{boxes}</div>
            <Checkbox form name="own" label="Its own words, as a further duty of yours"/>
        </BoxGroup>
    }
}
