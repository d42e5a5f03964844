//! Coming to a review: by a private link, or from the list of one's own.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::competencies::model::counted;
use crate::reviews::model::{LinkPage, MyReviews, MyRound, review_href};
use crate::reviews::reviewing_api::{EnterReview, WithdrawName, load_my_reviews, load_review_link};
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Chip, EmptyState, Icon, Notice, Page, Progress, Tone, lazy_page};

lazy_page!(REVIEW_LINK in studio => link_page);
lazy_page!(MY_REVIEWS in studio => my_reviews);

fn link_page() -> AnyView {
    let params = use_params_map();
    let token = move || params.with(|params| params.get("token").unwrap_or_default());
    let link = load(token, load_review_link);
    loaded(link, move |link| view! { <LinkView link token=token()/> })
}

/// A plain form: the cookie that it gives holds for the page that follows.
#[component]
fn LinkView(link: LinkPage, token: String) -> impl IntoView {
    let path = <EnterReview as ServerFn>::PATH;
    let form = Form::plain(path);
    let (lede, enter) = match link.over {
        true => (
            format!(
                "{} is not asking any more: the review of {} is over.",
                link.by, link.set_title
            ),
            "See what you said",
        ),
        false => (
            format!(
                "{} asks for your view of {}, until {}.",
                link.by, link.set_title, link.due_label
            ),
            "Begin the review",
        ),
    };
    view! {
        <Page title=format!("Review: {}", link.title) lede=lede narrow=true>
            <p>"This link is for "<b>{link.name.clone()}</b>" alone: whoever has it reviews in this name. You need no account."</p>
            <p class="meta">"Carrel keeps it in a cookie of this browser, for this round and nothing else. Your verdicts and comments are read by the curators, and by other reviewers with your name."</p>
            <form class="form" method="post" action=path>
                <FormErrors form/>
                <input type="hidden" name="token" value=token/>
                <div class="form-actions"><button class="button" type="submit">{enter}</button></div>
            </form>
        </Page>
    }
}

fn my_reviews() -> AnyView {
    let withdraw = ServerAction::<WithdrawName>::new();
    let page = load(move || withdraw.version().get(), |_| load_my_reviews());
    loaded(page, move |page| view! { <MineView page withdraw/> })
}

#[component]
fn MineView(page: MyReviews, withdraw: ServerAction<WithdrawName>) -> impl IntoView {
    let query = use_query_map();
    let withdrawn = move || query.with(|query| query.get("notice").as_deref() == Some("withdrawn"));
    let none = page.rounds.is_empty();
    let rows = page
        .rounds
        .into_iter()
        .map(|round| view! { <MineRow round withdraw/> })
        .collect_view();
    view! {
        <Page title="Reviews" lede="Drafts of competency sets that you were asked to review.".to_string()>
            {move || withdrawn().then(|| view! { <Notice tone=Tone::Accent>"Your name is taken out of the acknowledgements."</Notice> })}
            {if none {
                view! {
                    <EmptyState title="Nothing to review" icon=Icon::Check>
                        <p>"When a curator asks you to review the draft of a competency set, it appears here."</p>
                    </EmptyState>
                }
                .into_any()
            } else {
                view! { <ul class="rows rows-ruled" role="list">{rows}</ul> }.into_any()
            }}
        </Page>
    }
}

#[component]
fn MineRow(round: MyRound, withdraw: ServerAction<WithdrawName>) -> impl IntoView {
    let state = match (round.over, round.finished) {
        (true, _) => view! { <Chip label="Signed off" tone=Tone::Accent/> }.into_any(),
        (false, true) => view! { <Chip label="You are done" tone=Tone::Accent/> }.into_any(),
        (false, false) => {
            let label = format!("Verdicts given in {}", round.title);
            view! { <Progress done=round.given of=round.items label/> }.into_any()
        }
    };
    let about = format!(
        "{} · {} · until {}",
        round.set_title,
        counted(round.items, "statement", "statements"),
        round.due_label
    );
    if !round.still {
        return view! { <Left round about withdraw/> }.into_any();
    }
    view! {
        <li class="row">
            <div class="row-main">
                <h2 class="row-title"><a href=review_href(&round.id)>{round.title}</a></h2>
                <p class="meta">{about}</p>
            </div>
            <div class="row-end">{state}</div>
        </li>
    }
    .into_any()
}

/// A round that one left, and whose edition thanks one by name.
#[component]
fn Left(round: MyRound, about: String, withdraw: ServerAction<WithdrawName>) -> impl IntoView {
    let label = format!("Take my name out of {}", round.title);
    view! {
        <li class="row">
            <div class="row-main">
                <h2 class="row-title">{round.title}</h2>
                <p class="meta">{about}</p>
                <p>"You are not in this review any more; it thanks you by name."</p>
            </div>
            <ActionForm action=withdraw>
                <input type="hidden" name="round" value=round.id.to_string()/>
                <button class="button quiet small" type="submit" aria-label=label>"Take my name out"</button>
            </ActionForm>
        </li>
    }
}
