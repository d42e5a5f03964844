//! Parts that show something; `controls` holds those that ask for something.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::load_parts;
use super::controls::{Buttons, Fields, Finding, Writing};
use super::waiting::{Errors, Header, Waiting};
use crate::id::PersonId;
use crate::programmes::components::ProgressGrid;
use crate::programmes::model::{Participant, Step};
use crate::ui::load::{load, loaded};
use crate::ui::{
    Avatar, Cell, ChartPoint, Chip, ChipLink, ChipTo, CopyButton, Count, Crumb, Disclosure, EmptyState, GapBar,
    HeatChart, HeatRow, Icon, IconView, LevelDots, LineChart, Moment, Notice, OlderPager, Page, Pager, Portrait, Post,
    Progress, Prose, PutBack, Ring, Row, TabLink, Table, Tabs, TakenOut, Tone, Tree, TreeNode, lazy_page, undo,
    write_unread_line,
};

lazy_page!(
    /// What Carrel is made of, to look at and to test.
    STYLE in studio => style
);

fn style() -> AnyView {
    let page = load(|| (), |()| load_parts());
    loaded(page, |()| view! { <StyleView/> })
}

#[component]
fn StyleView() -> impl IntoView {
    let query = use_query_map();
    let theme = Memo::new(move |_| match query.with(|query| query.get("theme")).as_deref() {
        Some("light") => Some("light"),
        Some("dark") => Some("dark"),
        _ => None,
    });
    let view = move || {
        [
            (None, "As chosen", "/admin/style"),
            (Some("light"), "Light", "/admin/style?theme=light"),
            (Some("dark"), "Dark", "/admin/style?theme=dark"),
        ]
        .map(|(value, label, href)| view! { <ChipLink href label current=theme.get() == value/> })
        .into_iter()
        .collect_view()
    };
    view! {
        <div class="specimen" data-theme=move || theme.get()>
            <Page
                title="Parts"
                kicker="Style".to_string()
                lede="Every part of the interface in every state.".to_string()
                crumbs=vec![Crumb::new("/studio", "Studio")]
            >
                <p class="cluster">{view}</p>
                <Header/>
                <Words/>
                <Buttons/>
                <Fields/>
                <Finding/>
                <Marks/>
                <Figures/>
                <Talk/>
                <Lists/>
                <Waiting/>
                <Errors/>
            </Page>
        </div>
    }
}

#[component]
fn Words() -> impl IntoView {
    let prose = "<p>Reading text in the book serif, with <a href=\"/index\">a link</a>, <strong>weight</strong> and \
                 <em>stress</em>.</p><blockquote><p>A passage that somebody quoted.</p></blockquote><ul><li>One thing</li>\
                 <li>Another</li></ul><pre tabindex=\"0\"><code>a line of code</code></pre>";
    view! {
        <section>
            <h2>"Words"</h2>
            <h3>"A heading of the third level"</h3>
            <p>"Text of the interface, with "<a href="/index">"a link"</a>", "<b>"weight"</b>" and "<small>"something small"</small>"."</p>
            <p class="meta">"What is said beside it"</p>
            <p>"Keys: "<kbd>"g"</kbd>" then "<kbd>"t"</kbd></p>
            <Prose html=prose/>
        </section>
    }
}

#[component]
fn Marks() -> impl IntoView {
    let notices = [
        (Tone::Plain, "Something to know."),
        (Tone::Accent, "Saved."),
        (Tone::Highlight, "Two things are new."),
        (Tone::Danger, "That did not work; nothing was saved."),
    ];
    view! {
        <section>
            <h2>"Marks and messages"</h2>
            <p class="cluster">
                <Chip label="Plain"/>
                <Chip label="Reached" tone=Tone::Accent/>
                <Chip label="New" tone=Tone::Highlight/>
                <Chip label="Failed" tone=Tone::Danger/>
                <Count count=3/>
            </p>
            <p class="cluster">
                <ChipLink href="/courses" label="A list seen otherwise"/>
                <ChipTo href="/courses" label="A way on" about=" from a part"/>
                <ChipTo href="/groups" label="3 new" tone=Tone::Highlight/>
                <span id="copied">"LM 3.7"</span>
                <CopyButton of="copied"/>
            </p>
            <p class="cluster">
                <Avatar name="Rosa Marín"/>" Rosa Marín "
                <Avatar name="Joseph Otieno" small=true/>" Joseph Otieno"
            </p>
            <p class="cluster">
                <Portrait name="Rosa Marín" href=Some("/icon.svg".to_owned())/>" A picture "
                <Portrait name="Nobody’s" href=None/>" None yet"
            </p>
            <div class="stack">
                {notices.map(|(tone, words)| view! { <Notice tone>{words}</Notice> }).into_iter().collect_view()}
            </div>
            <p class="meta">"Said "<Moment iso="2027-01-15T09:00:00Z" label="on Friday"/></p>
            <p class="cluster">{Icon::ALL.map(|icon| view! { <IconView icon/> }).into_iter().collect_view()}</p>
            <EmptyState
                title="No groups yet"
                icon=Icon::Groups
                action=view! { <a class="button" href="/groups">"Find a group"</a> }.into_any()
            >
                <p>"What belongs here, and the first step."</p>
            </EmptyState>
            <PutBack removed=taken_out()/>
        </section>
    }
}

/// One that has just gone, and one that went before it; here nothing is put back.
fn taken_out() -> Vec<TakenOut> {
    let each = [("a goal", true), ("a task", false)].map(|(title, fresh)| TakenOut {
        title: title.into(),
        fresh,
        form: view! { <form action="/admin/style">{undo(title)}</form> }.into_any(),
    });
    each.into()
}

#[component]
fn Figures() -> impl IntoView {
    let points = [("Jan", 20), ("Apr", 31), ("Jul", 42), ("Nov", 57)].map(|(label, value)| ChartPoint {
        label: label.into(),
        value,
        text: format!("{value} of 84"),
    });
    let heat = [("Planning", [5, 2]), ("Money", [0, 7])].map(|(label, values)| HeatRow {
        label: label.into(),
        values: values.to_vec(),
    });
    view! {
        <section>
            <h2>"Figures"</h2>
            <div class="columns">
                <div class="stack">
                    <Progress done=0 of=6 label="Lessons, none done"/>
                    <Progress done=3 of=6 label="Lessons, some done"/>
                    <Progress done=6 of=6 label="Lessons, all done"/>
                    <p class="cluster">
                        <Ring done=0 of=4 label="Steps, none taken"/>
                        <Ring done=3 of=4 label="Steps, some taken"/>
                        <Ring done=4 of=4 label="Steps, all taken"/>
                    </p>
                    <GapBar current=1 target=3 of=4 label="Minimal, strong is needed"/>
                    <GapBar target=3 of=4 label="Not known yet, strong is needed"/>
                    <LevelDots level=2 of=4 label="Moderate"/>
                </div>
                <LineChart title="Statements at level, looked at once" points=points[..1].to_vec() max=84/>
                <LineChart title="Statements at level" points=points.to_vec() max=84/>
                <HeatChart title="Where the gaps are" of="Competency" columns=vec!["At level".into(), "Gap".into()] rows=heat.to_vec()/>
            </div>
        </section>
    }
}

#[component]
fn Talk() -> impl IntoView {
    view! {
        <section>
            <h2>"Talk"</h2>
            <div class="posts">
                <Post author="Tomás Ortega" when_iso="2026-11-20T09:00:00Z" when_label="Friday" html="<p>What was said.</p>" id="post-1"/>
                <div inner_html=unread_line()></div>
                <Post author="Joseph Otieno" badge="facilitator".to_string() when_iso="2026-11-21T09:00:00Z" when_label="Saturday"
                    html="<p>What was answered.</p>" id="post-2" you=true/>
            </div>
            <Writing/>
        </section>
    }
}

fn unread_line() -> String {
    let mut html = String::new();
    write_unread_line("1 new since yesterday", "first-new", &mut html);
    html
}

fn tree() -> Vec<TreeNode> {
    let leaf = |id: &str, code: &str, text: &str| TreeNode {
        id: id.into(),
        code: Some(code.into()),
        text: text.into(),
        href: "/index".into(),
        badge: Some("strong".into()),
        ..TreeNode::default()
    };
    vec![TreeNode {
        id: "specimen-branch".into(),
        text: "A branch that opens in place".into(),
        children: vec![
            leaf("specimen-leaf-1", "LM 3.1", "A statement"),
            leaf("specimen-leaf-2", "LM 3.2", "Another"),
        ],
        ..TreeNode::default()
    }]
}

fn cohort() -> (Vec<Step>, Vec<Participant>) {
    let steps = ["Where money comes from", "Restricted and not", "Carry-over"].map(|title| Step {
        title: title.into(),
        href: "/courses".into(),
    });
    let people = [
        ("Rosa Marín", [true, true, false]),
        (LONG, [false; 3]),
        (ARABIC, [true; 3]),
    ];
    let people = people.into_iter().filter_map(|(name, done)| {
        Some(Participant {
            person: PersonId::parse("specimen")?,
            name: name.into(),
            title: String::new(),
            done: done.to_vec(),
        })
    });
    (steps.to_vec(), people.collect())
}

/// Names that try what holds them.
const LONG: &str = "Taumatawhakatangihangakoauauotamateaturipukakapikimaungahoronukupokaiwhenuakitanatahu";
const ARABIC: &str = "نور الهدى (عبد الله)";

#[component]
fn Lists() -> impl IntoView {
    let (steps, people) = cohort();
    let counted = [("/admin/style", "Here", 3), ("/studio", "Elsewhere", 120)].map(|(href, label, count)| TabLink {
        count,
        ..TabLink::new(href, label)
    });
    let counted = counted.to_vec();
    view! {
        <section>
            <h2>"Lists and ways on"</h2>
            <Tabs label="Views with counts" tabs=counted/>
            <Tabs label="Views" tabs=vec![TabLink::new("/admin/style", "Here"), TabLink::new("/studio", "Elsewhere")]/>
            <ul class="rows">
                <li><a class="row-title" href="/courses">"A row"</a><p class="meta">"and what is said of it"</p></li>
                <li><b>"Another row"</b><p class="meta late">"was due yesterday"</p></li>
            </ul>
            <ul class="rows rows-ruled" role="list">
                <li class="row-media"><Avatar name=LONG/><div class="row"><div><a href="/people">{LONG}</a></div><Chip label="A name without spaces"/></div></li>
                <li class="row-media"><Avatar name=ARABIC/><div class="row"><div><a href="/people">{ARABIC}</a>" 3 posts"</div><Chip label="Written from right to left"/></div></li>
            </ul>
            <Tree nodes=tree() open_depth=1/>
            <Disclosure summary="More"><p>"What unfolds."</p></Disclosure>
            <Table caption="A table, cards on a phone" head=vec!["Course".to_string(), "Lessons".to_string()]>
                <Row><Cell label="Course" heading=true>"Reading a budget"</Cell><Cell label="Lessons">"7"</Cell></Row>
                <Row><Cell label="Course" heading=true>"Measures that matter"</Cell><Cell label="Lessons">"3"</Cell></Row>
            </Table>
            <Table caption="Two short columns, a table everywhere" narrow=true head=vec!["Key".to_string(), "What it does".to_string()]>
                <Row><Cell label="Key" heading=true><kbd>"j"</kbd></Cell><Cell label="What it does">"Next"</Cell></Row>
            </Table>
            <ProgressGrid steps people caption="A grid: people down, lessons across"/>
            <Pager page=1 pages=12 base="/admin/style" label="Pages, at the first"/>
            <Pager page=3 pages=12 base="/admin/style"/>
            <Pager page=12 pages=12 base="/admin/style" label="Pages, at the last"/>
            <OlderPager newest="/admin/style".to_owned() older="/admin/style?before=specimen".to_owned() label="Newest and older"/>
        </section>
    }
}
