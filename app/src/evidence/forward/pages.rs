use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::{AnswerEvidence, load_waiting_evidence};
use super::model::{AnswerComment, Finding, Waiting, WaitingPage};
use crate::evidence::components::{PieceWords, StatementHead};
use crate::plans::pages::done;
use crate::ui::field::{Choice, RadioGroup, TextArea};
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{EmptyState, Page, Pager, lazy_page};

lazy_page!(
    /// Evidence that others put forward to one, to answer.
    EVIDENCE_WAITING in growth => waiting_page
);

fn waiting_page() -> AnyView {
    let query = use_query_map();
    let answer = ServerAction::<AnswerEvidence>::new();
    let answered = done(answer);
    let page = load(
        move || {
            let page = query.with(|query| query.get("page").and_then(|page| page.parse().ok()));
            (page, answered.get())
        },
        |(page, _)| load_waiting_evidence(page),
    );
    loaded(page, move |page| view! { <WaitingView page answer/> })
}

#[component]
fn WaitingView(page: WaitingPage, answer: ServerAction<AnswerEvidence>) -> impl IntoView {
    let none = page.waiting.is_empty();
    let rows = page
        .waiting
        .into_iter()
        .map(|waiting| view! { <WaitingRow waiting answer/> })
        .collect_view();
    let lede = "Colleagues whom you manage or train ask what you find of these. Each is shown to you until you answer, or until they take it back.";
    view! {
        <Page title="Evidence put forward to you" lede=lede.to_string()>
            {none.then(|| view! {
                <EmptyState title="Nothing waits for you">
                    <p>"What somebody puts forward to you stands here until you answer."</p>
                </EmptyState>
            })}
            {rows}
            <Pager page=page.page pages=page.pages base="/me/evidence/waiting".to_string()/>
        </Page>
    }
}

#[component]
fn WaitingRow(waiting: Waiting, answer: ServerAction<AnswerEvidence>) -> impl IntoView {
    let id = waiting.id.to_string();
    let form = Form::matching(answer, &[("review", &id)]);
    let choices: Vec<Choice> = Finding::ALL
        .into_iter()
        .map(|finding| Choice {
            value: finding.as_str().into(),
            label: finding.label().into(),
            description: String::new(),
        })
        .collect();
    let hidden = format!(" about {}", waiting.piece.title);
    let href = format!("/people/{}", waiting.person);
    let most = u32::try_from(AnswerComment::MOST).unwrap_or(u32::MAX);
    let (choice, comment) = (format!("finding-{id}"), format!("comment-{id}"));
    view! {
        <section>
            <StatementHead statement=waiting.statement/>
            <p class="meta"><a href=href>{waiting.name}</a>{format!(" put it forward on {}", waiting.on)}</p>
            <PieceWords piece=waiting.piece/>
            <ActionForm action=answer attr:class="form">
                <FormErrors form/>
                <input type="hidden" name="review" value=id/>
                <RadioGroup form name="finding" legend="What you find" choices row=true id=choice/>
                <TextArea form name="comment" label="What you say to it" rows=3 maxlength=most id=comment
                    hint="Only they read it. Say what is missing where it does not support the statement yet."/>
                <div class="form-actions">
                    <button class="button" type="submit">"Answer"<span class="visually-hidden">{hidden}</span></button>
                </div>
            </ActionForm>
        </section>
    }
}
