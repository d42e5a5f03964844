use crate::ui::lazy_page;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::crumbs;
use super::rate_item::RateItem;
use super::sections::SectionsView;
use super::sitting_end::{AgainEnd, End};
use crate::assessments::api::{SaveRatings, load_sitting};
use crate::assessments::model::{DoneItem, Level, Part, RatePage, Said, Sitting, level_label};
use crate::assessments::sitting;
use crate::error::{AppError, Result};
use crate::id::NodeId;
use crate::language::foreign;
use crate::paths::segment;
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Disclosure, Page, Progress};

lazy_page!(
    /// Rating oneself: one statement at a time on a phone, ten on a laptop, each
    /// saved by itself.
    RATE in growth => rate
);

/// An id out of the address: absent, or one that can exist.
fn id_of(text: Option<String>) -> Result<Option<NodeId>> {
    text.map(|text| NodeId::parse(&text).ok_or(AppError::NotFound))
        .transpose()
}

fn rate() -> AnyView {
    let query = use_query_map();
    let page = load(
        move || {
            query.with(|query| {
                let number = query.get("sitting").and_then(|number| number.parse().ok());
                (
                    query.get("profile"),
                    query.get("section"),
                    query.get("statement"),
                    number,
                    query.get("by").unwrap_or_default(),
                    query.get("set").unwrap_or_default(),
                )
            })
        },
        |(profile, section, statement, number, by, set)| async move {
            load_sitting(profile, id_of(section)?, id_of(statement)?, number, by, set).await
        },
    );
    loaded(page, |page| match page {
        RatePage::Sitting(sitting) => {
            let sitting = *sitting;
            view! { <SittingView sitting/> }.into_any()
        }
        RatePage::Sections(sections) => view! { <SectionsView sections/> }.into_any(),
    })
}

/// Where one is in a sitting: which statement is shown on a phone, and what
/// was saved since the page was loaded.
#[derive(Clone, Copy)]
pub(super) struct Place {
    current: RwSignal<usize>,
    saved: RwSignal<Vec<bool>>,
    /// The level that was said last, of what is rated alone.
    level: RwSignal<Option<u32>>,
}

impl Place {
    fn new(open: usize) -> Self {
        Self {
            current: RwSignal::new(0),
            saved: RwSignal::new(vec![false; open]),
            level: RwSignal::new(None),
        }
    }

    pub fn is_at(self, at: usize) -> bool {
        self.current.get() == at
    }

    pub fn is_saved(self, at: usize) -> bool {
        self.saved.with(|saved| saved.get(at).copied().unwrap_or_default())
    }

    pub fn go(self, at: usize) {
        self.current.set(at);
    }

    /// Notes that a statement is saved.
    pub fn save(self, at: usize) {
        self.saved
            .update(|saved| saved.iter_mut().skip(at).take(1).for_each(|saved| *saved = true));
    }

    pub fn say(self, level: Option<u32>) {
        self.level.set(level);
    }

    pub fn has_reached(self, goal: u32) -> bool {
        self.level.get().is_some_and(|level| level >= goal)
    }

    /// Goes on to the next that is not saved; past the last one when there is none.
    pub fn next(self, at: usize) -> usize {
        let next = self.saved.with(|saved| {
            let open = |from: usize| (from..saved.len()).find(|at| !saved[*at]);
            open(at + 1).or_else(|| open(0)).unwrap_or(saved.len())
        });
        self.current.set(next);
        next
    }

    fn count(self) -> u32 {
        self.saved
            .with(|saved| count(saved.iter().filter(|saved| **saved).count()))
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[component]
fn SittingView(sitting: Sitting) -> impl IntoView {
    let place = Place::new(sitting.open.len());
    let alone = sitting.open.first().filter(|_| sitting.again);
    place.say(alone.and_then(|item| item.said).and_then(Said::level));
    let goal = sitting
        .goal
        .map(|goal| (goal, level_label(&sitting.levels, goal).to_lowercase()));
    let (before, open) = (count(sitting.done.len()), count(sitting.open.len()));
    let of = before + open;
    let is_over = move || !sitting.again && place.count() >= open;
    let kicker = if sitting.again {
        "One statement".to_owned()
    } else {
        format!("Sitting {} of {}", sitting.number, sitting.sittings)
    };
    let heading = match (sitting.again, &sitting.last_saved) {
        (true, Some(_)) => "Rate again".to_owned(),
        (true, None) => "Rate myself".to_owned(),
        (false, _) => sitting.title.clone(),
    };
    let anchors: Vec<String> = sitting.open.iter().map(|item| item.node.to_string()).collect();
    let anchors = StoredValue::new(anchors);
    let lang = foreign(&sitting.language);
    let action = ServerAction::<SaveRatings>::new();
    let whole = Form::of(action);
    let items = sitting
        .open
        .iter()
        .enumerate()
        .map(|(at, item)| {
            let (item, levels, lang) = (item.clone(), sitting.levels.clone(), lang.clone());
            view! { <RateItem item at levels lang anchors place again=sitting.again whole/> }
        })
        .collect_view();
    let sends = sitting.profile.clone().unwrap_or_default();
    let status = StoredValue::new(sitting.last_saved.clone());
    let is_live = RwSignal::new(false);
    Effect::new(move |_| is_live.set(true));
    let back = sitting.profile.clone();
    let (end, profile) = (sitting.more.clone(), sitting.profile.clone());
    let (again, rated, total, parts) = (sitting.again, sitting.rated, sitting.total, sitting.parts);
    let overall = move || sitting::standing((rated + place.count()).min(total), total);
    view! {
        <Page title=heading kicker=kicker crumbs=crumbs()>
            {(!again).then(|| view! {
                <div class="sitting-head">
                    <a href="/me">"Leave"</a>
                    {move || view! {
                        <Progress done=before + place.count() of=of label="Statements rated in this sitting" wide=true/>
                    }}
                </div>
                <Disclosure summary=overall><Parts parts/></Disclosure>
            })}
            <p class="meta sitting-said" role="status">{move || said(place.count(), open, again, status)}</p>
            {(open > 0).then(|| view! { <p class="meta sitting-kept">{move || kept(is_live.get(), again)}</p> })}
            <ScaleHead levels=sitting.levels/>
            {(open > 0).then(|| view! {
                <ActionForm action attr:class="sitting-form">
                    <input type="hidden" name="profile" value=sends/>
                    <input type="hidden" name="here" value=sitting.here/>
                    <FormErrors form=whole/>
                    <ol class="sitting" role="list">{items}</ol>
                </ActionForm>
            })}
            {again.then(|| view! { <AgainEnd entry=sitting.entry profile=back goal place/> })}
            <div hidden=move || !is_over()><End more=end profile/></div>
            <DoneList done=sitting.done lang profile=sitting.profile/>
        </Page>
    }
}

/// How far one was with each section when the page was loaded.
#[component]
fn Parts(parts: Vec<Part>) -> impl IntoView {
    let rows = parts
        .into_iter()
        .map(|part| {
            let label = format!("Statements rated in {}", part.title);
            view! {
                <li class="row">
                    <span class="row-main">{part.title}</span>
                    <span class="row-end"><Progress done=part.rated of=part.total label/></span>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="rows rows-tight" role="list">{rows}</ul> }
}

/// What the words of the scale mean, above the columns that they head.
#[component]
fn ScaleHead(levels: Vec<Level>) -> impl IntoView {
    let levels = levels
        .into_iter()
        .map(|level| view! { <div><dt>{level.label}</dt><dd>{level.description}</dd></div> })
        .collect_view();
    view! { <dl class="sitting-scale">{levels}</dl> }
}

/// What becomes of what is chosen: without JavaScript it waits for a button.
fn kept(is_live: bool, again: bool) -> &'static str {
    match (is_live, again) {
        (true, true) => "What you choose is saved at once.",
        (true, false) => "Each answer is saved by itself; you can leave at any time.",
        (false, true) => "",
        (false, false) => "Each button saves all that is chosen on this page; then you can leave at any time.",
    }
}

/// What is saved, and how much is left.
fn said(saved: u32, open: u32, again: bool, last: StoredValue<Option<String>>) -> String {
    let left = match open.saturating_sub(saved) {
        0 => "Nothing left in this sitting".to_owned(),
        left => format!("{} in this sitting", sitting::left(left)),
    };
    match (saved, last.get_value()) {
        (0, Some(last)) if again => format!("Last saved: {last}."),
        (0, None) if again => "Not rated yet.".into(),
        (_, _) if again => "Saved.".into(),
        (0, Some(last)) => format!("Last saved: {last}. {left}."),
        (0, None) => format!("{left}."),
        _ => format!("Saved. {left}."),
    }
}

/// What is answered in this sitting already, each with a way to change it.
#[component]
fn DoneList(done: Vec<DoneItem>, lang: Option<String>, profile: Option<String>) -> impl IntoView {
    let count = done.len();
    let suffix = profile
        .map(|slug| format!("&profile={}", segment(&slug)))
        .unwrap_or_default();
    let rows = done
        .into_iter()
        .map(|item| {
            let href = format!("/me/rate?statement={}{suffix}", item.node);
            let hidden = format!(" {}", if item.code.is_empty() { &item.title } else { &item.code });
            view! {
                <li class="row">
                    <span class="row-start">{item.code}</span>
                    <span class="row-main"><span lang=lang.clone()>{item.title}</span>" "<span class="meta">{item.said}</span></span>
                    <a class="row-end" href=href>"Change"<span class="visually-hidden">{hidden}</span></a>
                </li>
            }
        })
        .collect_view();
    (count > 0).then(|| {
        view! {
            <Disclosure summary=format!("Rated before in this sitting: {count}")>
                <ul class="rows rows-tight" role="list">{rows}</ul>
            </Disclosure>
        }
    })
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use std::collections::BTreeSet;

    use leptos_router::components::Router;
    use leptos_router::location::RequestUrl;

    use super::*;
    use crate::assessments::model::Item;

    fn item(key: &str) -> Item {
        Item {
            node: NodeId::parse(key).unwrap(),
            code: "LM 3.4".into(),
            title: "<script>alert(1)</script>".into(),
            above: "Money".into(),
            details: vec![("Knowledge".into(), vec!["Knows it".into()])],
            said: Some(Said::Level(1)),
            aimed_at: Some(1),
            note: "</textarea><script>alert(2)</script>".into(),
        }
    }

    #[test]
    fn saving_goes_on_to_what_is_open_and_then_past_the_end() {
        Owner::new().with(|| {
            let place = Place::new(3);
            place.go(1);
            let save = |at| {
                place.save(at);
                place.next(at)
            };
            assert_eq!([save(1), save(2), save(0)], [2, 0, 3]);
            assert_eq!((place.count(), place.is_at(3), place.is_saved(9)), (3, true, false));
        });
    }

    #[test]
    fn every_statement_has_ids_of_its_own_in_the_form_of_the_page() {
        let level = |label: &str| Level {
            label: label.into(),
            description: "words".into(),
        };
        let sitting = Sitting {
            title: "Branch manager".into(),
            profile: Some("manager".into()),
            here: "/me/rate?profile=manager&sitting=1".into(),
            more: None,
            entry: None,
            number: 1,
            sittings: 9,
            levels: vec![level("No skill"), level("Strong")],
            language: "cy".into(),
            open: vec![item("a"), item("b")],
            done: Vec::new(),
            total: 84,
            rated: 12,
            parts: Vec::new(),
            last_saved: None,
            again: false,
            goal: None,
        };
        let html = Owner::new().with(|| {
            leptos_meta::provide_meta_context();
            provide_context(RequestUrl::new("/me/rate?profile=manager"));
            view! { <Router><SittingView sitting/></Router> }.to_html()
        });
        let ids: Vec<&str> = html
            .split(" id=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "{ids:?}");
        assert_eq!(html.matches("<form").count(), 1, "{html}");
        assert_eq!(html.matches("role=\"group\"").count(), 2, "{html}");
        assert_eq!(html.matches(" lang=\"cy\"").count(), 4, "{html}");
        assert!(!html.contains("<script"), "{html}");
        assert_eq!(html.matches("checked").count(), 2, "{html}");
        assert_eq!(html.matches("Save and finish").count(), 1, "{html}");
    }
}
