//! How mail stands, for site administrators.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::{SendTrialLetter, TryLetterAgain, load_mail};
use super::model::{MailState, StuckLetter};
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{EmptyState, Notice, Page, Tone, lazy_page};

lazy_page!(
    /// What is in the outbox.
    MAIL in studio => mail
);

fn mail() -> AnyView {
    let (trial, again) = (ServerAction::new(), ServerAction::new());
    let page = load(move || (trial.version().get(), again.version().get()), |_| load_mail());
    loaded(page, move |page| view! { <MailView page trial again/> })
}

#[component]
fn MailView(
    page: MailState,
    trial: ServerAction<SendTrialLetter>,
    again: ServerAction<TryLetterAgain>,
) -> impl IntoView {
    let waiting = match page.waiting {
        0 => "No letter waits.".to_owned(),
        1 => "One letter waits to be sent.".to_owned(),
        many => format!("{many} letters wait to be sent."),
    };
    let body = match page.from {
        None => view! { <NoMail/> }.into_any(),
        Some(from) => view! {
            <p>{format!("Letters come from {from}. {waiting}")}</p>
            <TrialForm action=trial/>
            <Stuck letters=page.stuck count=page.stuck_count action=again/>
        }
        .into_any(),
    };
    view! {
        <Page title="Mail" narrow=true
            lede="Carrel sends few letters: links to a new password, to confirm an address, invitations, and warnings.".to_string()>
            {body}
        </Page>
    }
}

#[component]
fn NoMail() -> impl IntoView {
    view! {
        <Notice tone=Tone::Highlight>
            "No mail is configured. Everything works without: you see links on the screen and pass them on yourself."
        </Notice>
        <p>"To let Carrel send mail, give it "<code>"CARREL_SMTP"</code>" (such as "<code class="wrap">"smtps://user:password@mail.example.org"</code>") and "<code>"CARREL_MAIL_FROM"</code>" (the address that letters come from), and start it again."</p>
    }
}

#[component]
fn TrialForm(action: ServerAction<SendTrialLetter>) -> impl IntoView {
    let form = Form::of(action);
    let asked = use_query_map().with_untracked(|query| query.get("notice").as_deref() == Some("trial"));
    view! {
        <ActionForm action>
            <FormErrors form/>
            <button class="button quiet" type="submit">"Send me a letter"</button>
        </ActionForm>
        {asked.then(|| view! { <Notice tone=Tone::Accent>"A letter is on its way to your own address."</Notice> })}
    }
}

#[component]
fn Stuck(letters: Vec<StuckLetter>, count: u32, action: ServerAction<TryLetterAgain>) -> impl IntoView {
    let (none, shown) = (letters.is_empty(), letters.len());
    let more = (count as usize > shown)
        .then(|| view! { <p class="meta">{format!("These are the latest {shown} of {count}.")}</p> });
    let rows = letters
        .into_iter()
        .map(|letter| view! { <StuckRow letter action/> })
        .collect_view();
    view! {
        <section>
            <h2>"What could not be sent"</h2>
            {if none {
                view! { <EmptyState title="Nothing">"Letters that a mail server did not take stand here, with what it said."</EmptyState> }.into_any()
            } else {
                view! { <ul class="rows">{rows}</ul>{more} }.into_any()
            }}
        </section>
    }
}

#[component]
fn StuckRow(letter: StuckLetter, action: ServerAction<TryLetterAgain>) -> impl IntoView {
    let id = letter.id.to_string();
    let form = Form::matching(action, &[("letter", &id)]);
    let tried = if letter.given_up {
        "given up"
    } else {
        "tried again by itself"
    };
    view! {
        <li class="row">
            <div>
                <b>{letter.subject}</b>
                <p class="wrap">{letter.recipient}</p>
                <p class="meta wrap">{format!("Written {}, {tried} after {} tries. {}", letter.written, letter.tries, letter.problem)}</p>
                <FormErrors form/>
            </div>
            <ActionForm action>
                <input type="hidden" name="letter" value=id/>
                <button class="button quiet small" type="submit">"Try again"</button>
            </ActionForm>
        </li>
    }
}
