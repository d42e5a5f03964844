//! Asking to join, and answering those who ask.

use crate::ui::lazy_page;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::api::{AcceptRequest, AskToJoin, DeclineRequest, SaveJoining, WithdrawRequest, load_door, load_requests};
use super::model::{Asking, Door, Requests, Standing};
use super::newcomers::pages::ForNewcomers;
use crate::organisations::components::{OrganisationTabs, back_to};
use crate::ui::field::{Checkbox, TextArea, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Avatar, EmptyState, Icon, Moment, Notice, Page, Pager, SaveStatus, Tone};

lazy_page!(DOOR in people => door_page);

fn door_page() -> AnyView {
    let (params, query) = (use_params_map(), use_query_map());
    let (ask, withdraw) = (ServerAction::new(), ServerAction::new());
    let door = load(
        move || {
            let slug = params.with(|params| params.get("organisation").unwrap_or_default());
            // What was done is shown with what came of it.
            let done = query.with(|query| query.get("notice").unwrap_or_default());
            (slug, done, withdraw.version().get())
        },
        |(slug, ..)| load_door(slug),
    );
    loaded(door, move |door| view! { <DoorView door ask withdraw/> })
}

#[component]
fn DoorView(door: Door, ask: ServerAction<AskToJoin>, withdraw: ServerAction<WithdrawRequest>) -> impl IntoView {
    let id = door.organisation.to_string();
    let (title, join) = (format!("Join {}", door.name), format!("Join {}", door.name));
    let body = match door.standing {
        Standing::Member => view! {
            <p>"You belong to it. "<a href=format!("/organisations/{}", door.slug)>{format!("Go to {}", door.name)}</a></p>
        }
        .into_any(),
        Standing::Asked => view! {
            <Notice tone=Tone::Accent><p>"You asked to join. Whoever looks after it will answer; you need not wait here."</p></Notice>
            <ActionForm action=withdraw>
                <input type="hidden" name="organisation" value=id/>
                <button class="button quiet" type="submit">"Take my request back"</button>
            </ActionForm>
        }
        .into_any(),
        Standing::Welcome => view! {
            <p>"Your e-mail address is one of theirs, so you can join right away."</p>
            <ActionForm action=ask attr:class="form">
                <FormErrors form=Form::of(ask)/>
                <input type="hidden" name="organisation" value=id/>
                <div class="form-actions"><button class="button" type="submit">{join}</button></div>
            </ActionForm>
        }
        .into_any(),
        Standing::Newcomer => view! { <ForNewcomers door=door.clone()/> }.into_any(),
        Standing::MayAsk => view! { <AskForm id by_address=door.by_address action=ask/> }.into_any(),
    };
    let lede = match door.standing {
        Standing::Newcomer => "An account is made for you; your ratings and plans will be yours alone.",
        _ => "What you belong to already stays, and your ratings and plans stay yours alone.",
    };
    view! {
        <Page title=title narrow=true lede=lede.to_string()>
            {body}
        </Page>
    }
}

#[component]
fn AskForm(id: String, by_address: bool, action: ServerAction<AskToJoin>) -> impl IntoView {
    let form = Form::of(action);
    view! {
        {by_address.then(|| view! {
            <p class="meta">"With a confirmed e-mail address of theirs you would join without asking: confirm it in your settings first."</p>
        })}
        <ActionForm action attr:class="form">
            <FormErrors form/>
            <input type="hidden" name="organisation" value=id/>
            <TextArea form name="message" label="A word to whoever looks after it" rows=3 maxlength=500
                hint="Optional: where you work there, or who knows you."/>
            <div class="form-actions"><button class="button" type="submit">"Ask to join"</button></div>
        </ActionForm>
    }
}

lazy_page!(REQUESTS in studio => requests_page);

#[derive(Clone, Copy)]
struct Actions {
    save: ServerAction<SaveJoining>,
    accept: ServerAction<AcceptRequest>,
    decline: ServerAction<DeclineRequest>,
}

fn requests_page() -> AnyView {
    let (params, query) = (use_params_map(), use_query_map());
    let actions = Actions {
        save: ServerAction::new(),
        accept: ServerAction::new(),
        decline: ServerAction::new(),
    };
    let requests = load(
        move || {
            let slug = params.with(|params| params.get("organisation").unwrap_or_default());
            let page = query.with(|query| query.get("page").and_then(|page| page.parse().ok()));
            let changes = (
                actions.save.version().get(),
                actions.accept.version().get(),
                actions.decline.version().get(),
            );
            (slug, page, changes)
        },
        |(slug, page, _)| load_requests(slug, page),
    );
    loaded(requests, move |requests| view! { <RequestsView requests actions/> })
}

#[component]
fn RequestsView(requests: Requests, actions: Actions) -> impl IntoView {
    let crumbs = back_to(&requests.slug, &requests.name);
    let base = format!("/organisations/{}/requests", requests.slug);
    let organisation = requests.organisation.to_string();
    let none = requests.asking.is_empty();
    let rows = requests
        .asking
        .clone()
        .into_iter()
        .map(|asking| view! { <AskingRow asking organisation=organisation.clone() actions/> })
        .collect_view();
    let list = if none {
        view! {
            <EmptyState title="Nobody asks" icon=Icon::People>
                <p>"People who ask to join stand here until you answer."</p>
            </EmptyState>
        }
        .into_any()
    } else {
        view! { <ul class="rows rows-ruled" role="list">{rows}</ul> }.into_any()
    };
    let (page, pages) = (requests.page, requests.pages);
    view! {
        <Page title="Requests to join" crumbs=crumbs narrow=true>
            <OrganisationTabs slug=requests.slug.clone() asking=requests.count/>
            <section>
                <h2>"Who asks"</h2>
                <FormErrors form=Form::of(actions.accept)/>
                <FormErrors form=Form::of(actions.decline)/>
                {list}
                <Pager page pages base/>
            </section>
            <JoiningForm requests action=actions.save/>
        </Page>
    }
}

#[component]
fn AskingRow(asking: Asking, organisation: String, actions: Actions) -> impl IntoView {
    let (person, other) = (asking.person.to_string(), asking.person.to_string());
    let of = organisation.clone();
    let accept = format!("Take in {}", asking.name);
    let decline = format!("Decline {}", asking.name);
    let new = asking.newcomer.map(|(email, confirmed)| {
        let sure = match confirmed {
            true => "who answered a letter to it",
            false => "which no letter has confirmed: be sure that it is them",
        };
        format!("Has no account yet. Asks with {email}, {sure}.")
    });
    let said = [asking.title, asking.message, new.unwrap_or_default()];
    let said = said
        .into_iter()
        .filter(|words| !words.is_empty())
        .map(|words| view! { <p>{words}</p> })
        .collect_view();
    view! {
        <li class="row">
            <Avatar name=asking.name.clone()/>
            <div>
                <b>{asking.name}</b>
                {said}
                <p class="meta">"Asked "<Moment iso=asking.at_iso label=asking.at/></p>
            </div>
            <ActionForm action=actions.accept>
                <input type="hidden" name="organisation" value=of/>
                <input type="hidden" name="person" value=other/>
                <button class="button small" type="submit" aria-label=accept>"Take in"</button>
            </ActionForm>
            <ActionForm action=actions.decline>
                <input type="hidden" name="organisation" value=organisation/>
                <input type="hidden" name="person" value=person/>
                <button class="button quiet small" type="submit" aria-label=decline>"Decline"</button>
            </ActionForm>
        </li>
    }
}

#[component]
fn JoiningForm(requests: Requests, action: ServerAction<SaveJoining>) -> impl IntoView {
    let form = Form::of(action);
    let saved = move || action.value().with(|value| matches!(value, Some(Ok(()))));
    let join_at = requests.join_at.clone();
    view! {
        <section>
            <h2>"Who may join without an invitation"</h2>
            <ActionForm action attr:class="form">
                <FormErrors form/>
                <input type="hidden" name="organisation" value=requests.organisation.to_string()/>
                <Checkbox form name="takes_requests" label="People may ask to join" checked=requests.takes_requests/>
                <TextField form name="domains" label="Domains of your e-mail addresses" value=requests.domains.join(", ")
                    maxlength=2_600
                    hint="Such as library.example. Whoever has a confirmed address of one joins as a learner without asking."/>
                <div class="form-actions">
                    <button class="button quiet" type="submit">"Save"</button>
                    <SaveStatus words=move || if saved() { "Saved." } else { "" }/>
                </div>
            </ActionForm>
            <p>"Pass this address on: "<a class="wrap" href=join_at.clone() rel="external">{join_at.clone()}</a>". While people may join so, they also "<a href="/join">"find you by name"</a>"."</p>
        </section>
    }
}
