//! Who reviews in a round, and what holds for it.

use leptos::prelude::*;

use super::board::Actions;
use super::rounds::remind_options;
use crate::competencies::model::counted;
use crate::outlines::pages::empty;
use crate::reviews::api::{RemoveReviewRound, StrikeName as Strike};
use crate::reviews::model::{Board, LONGEST_WORDS, MOST_SUGGESTED, ReviewerLine, Round, board_href};
use crate::ui::field::{Checkbox, Confirm, SelectField, TextArea, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::{Chip, CopyButton, Disclosure, Progress, Tone};

/// The fields of the form that invites.
const INVITED: [&str; 2] = ["invite-name", "invite-email"];

#[component]
pub(super) fn People(board: Board, actions: Actions) -> impl IntoView {
    let round = board.round.clone();
    let open = round.signed_off.is_none();
    let link = board.link.clone().map(|(name, link)| {
        let for_whom = format!(
            "Pass this link on to {name}; it opens this round alone, and is shown to this browser for ten minutes: "
        );
        view! {
            <p class="sheet">
                {for_whom}<a class="wrap" href=link.clone() rel="external" id="made-link">{link.clone()}</a>" "
                <CopyButton of="made-link"/>
            </p>
        }
    });
    // Who is invited is in the list; the form waits for the next.
    Effect::new(move |_| {
        if matches!(actions.invite.value().get(), Some(Ok(()))) {
            INVITED.iter().for_each(|field| empty(field));
        }
    });
    let none = board.reviewers.is_empty();
    let slow = board.reviewers.iter().any(|one| !one.revoked && one.finished.is_none());
    let rows = board
        .reviewers
        .iter()
        .map(|line| view! { <Person line=line.clone() round=round.clone() actions/> })
        .collect_view();
    let remind = (open && slow && board.mail).then(|| {
        view! {
            <ActionForm action=actions.remind>
                <FormErrors form=Form::of(actions.remind)/>
                <input type="hidden" name="round" value=round.id.to_string()/>
                <button class="button quiet small" type="submit">"Remind those who are not done"</button>
            </ActionForm>
        }
    });
    let invite = open.then(|| view! { <Invite board=board.clone() actions/> });
    view! {
        <section id="reviewers">
            <h2>"Reviewers"</h2>
            <div role="status">{link}</div>
            <FormErrors form=Form::of(actions.take_out)/>
            <FormErrors form=Form::of(actions.renew)/>
            {if none {
                view! { <p class="meta">"Nobody is invited yet."</p> }.into_any()
            } else {
                view! { <ul class="rows rows-ruled rows-tight" role="list">{rows}</ul> }.into_any()
            }}
            {remind}
            {invite}
        </section>
    }
}

#[component]
fn Person(line: ReviewerLine, round: Round, actions: Actions) -> impl IntoView {
    let open = round.signed_off.is_none() && !line.revoked;
    let fields = || (round.id.to_string(), line.id.to_string(), line.name.clone());
    let renew = (open && line.by_link).then(|| {
        let ((id, key, name), set) = (fields(), round.set.clone());
        view! {
            <ActionForm action=actions.renew>
                <input type="hidden" name="set" value=set/>
                <input type="hidden" name="round" value=id/>
                <input type="hidden" name="reviewer" value=key/>
                <button class="button quiet small" type="submit" aria-label=format!("Make a new link for {name}")>"New link"</button>
            </ActionForm>
        }
    });
    let take_out = open.then(|| {
        let (id, key, name) = fields();
        view! {
            <ActionForm action=actions.take_out>
                <input type="hidden" name="round" value=id/>
                <input type="hidden" name="reviewer" value=key/>
                <button class="button quiet small" type="submit" aria-label=format!("Take out {name}")>"Take out"</button>
            </ActionForm>
        }
    });
    let strike = line.named.then(|| {
        let (id, key, name) = fields();
        view! { <StrikeName round=id reviewer=key name action=actions.strike/> }
    });
    let mut about = Vec::new();
    about.push(if line.by_link {
        "by a private link".to_owned()
    } else {
        "with an account".to_owned()
    });
    if !line.email.is_empty() {
        about.push(line.email.clone());
    }
    about.extend(line.reminded.as_ref().map(|day| format!("reminded {day}")));
    if line.named {
        about.push("agrees to be named".into());
    }
    let state = match (line.revoked, &line.finished) {
        (true, _) => Some(view! { <Chip label="Taken out"/> }),
        (false, Some(_)) => Some(view! { <Chip label="Done" tone=Tone::Accent/> }),
        (false, None) => None,
    };
    view! {
        <li class="row">
            <div class="row-main">
                <h3 class="row-title">{line.name.clone()}</h3>
                <p class="meta">{about.join(" · ")}</p>
                <Progress done=line.given of=round.items label=format!("Verdicts of {}", line.name)/>
                {strike}
            </div>
            <div class="row-end cluster">{state}{renew}{take_out}</div>
        </li>
    }
}

/// For a reviewer who asks not to be thanked by name after all.
#[component]
fn StrikeName(round: String, reviewer: String, name: String, action: ServerAction<Strike>) -> impl IntoView {
    let form = Form::matching(action, &[("reviewer", reviewer.as_str())]);
    let open = form.error().get_untracked().is_some();
    view! {
        <Disclosure summary=format!("Take {name} out of the acknowledgements…") open>
            <ActionForm action attr:class="form">
                <FormErrors form/>
                <input type="hidden" name="round" value=round/>
                <input type="hidden" name="reviewer" value=reviewer.clone()/>
                <p class="meta">"When they ask for it. Published editions stay as they are; their page, report and files made from now on leave the name out."</p>
                <Confirm form id=format!("strike-{reviewer}") label="I understand that only they can put it back, and only while the round goes on"/>
                <div class="form-actions"><button class="button quiet small" type="submit">"Take the name out"</button></div>
            </ActionForm>
        </Disclosure>
    }
}

#[component]
fn Invite(board: Board, actions: Actions) -> impl IntoView {
    let round = board.round;
    let form = Form::matching(actions.invite, &[("round", round.id.as_str()), ("person", "")]);
    let colleague = Form::matching(actions.invite, &[("round", round.id.as_str()), ("name", "")]);
    let (id, set, mail) = (round.id.to_string(), round.set.clone(), board.mail);
    let finding = (board.more_suggested || !board.find.is_empty()).then(|| {
        view! { <FindReviewer page=board_href(&round.set, &round.id) find=board.find none=board.suggested.is_empty() more=board.more_suggested/> }
    });
    let some = !board.suggested.is_empty();
    let from_list = some.then(|| {
        let (id, set) = (id.clone(), set.clone());
        view! {
            <ActionForm action=actions.invite attr:class="form">
                <input type="hidden" name="round" value=id/>
                <input type="hidden" name="set" value=set/>
                <input type="hidden" name="name" value=""/>
                <SelectField form=colleague name="person" label="Who reviews at the organisation" options=board.suggested id="invite-person"/>
                <div class="form-actions"><button class="button small" type="submit">"Invite them"</button></div>
            </ActionForm>
        }
    });
    let hint = if mail {
        "Where there is one, the invitation goes there by letter. Without it, you get a link to pass on."
    } else {
        "A colleague’s address finds their account. Anybody else gets a private link, which you pass on."
    };
    view! {
        <Disclosure summary="Invite reviewers…" open=true>
            {finding}
            {from_list}
            <ActionForm action=actions.invite attr:class="form">
                <FormErrors form/>
                <input type="hidden" name="round" value=id/>
                <input type="hidden" name="set" value=set/>
                <input type="hidden" name="person" value=""/>
                <TextField form name="name" label="Name" maxlength=120 autocomplete="off" id=INVITED[0]/>
                <TextField form name="email" label="E-mail address" kind="email" maxlength=254 autocomplete="off" hint id=INVITED[1]/>
                <div class="form-actions"><button class="button small" type="submit">"Invite"</button></div>
            </ActionForm>
        </Disclosure>
    }
}

/// Where those who could review are many, one looks for them by name: the list
/// beneath holds whom it finds.
#[component]
fn FindReviewer(page: String, find: String, none: bool, more: bool) -> impl IntoView {
    let words = find.clone();
    view! {
        <form class="form-inline" method="get" action=format!("{page}#invite") role="search" aria-label="Reviewers of the organisation" id="invite">
            <TextField form=Form::none() name="find" label="Part of a name" kind="search" value=find maxlength=120/>
            <button class="button quiet small" type="submit">"Find"</button>
        </form>
        {none.then(|| view! { <p role="status">{format!("No reviewer of the organisation has “{words}” in their name, or they review here already.")}</p> })}
        {more.then(|| view! { <p class="meta">{format!("The first {MOST_SUGGESTED} stand in the list. A part of the name finds any other.")}</p> })}
    }
}

/// Ends a round in which something was said, and takes that away.
#[component]
fn CallOff(round: String, action: ServerAction<RemoveReviewRound>) -> impl IntoView {
    let form = Form::matching(action, &[("round", round.as_str())]);
    let open = form.error().get_untracked().is_some();
    view! {
        <Disclosure summary="Call the round off…" open>
            <ActionForm action attr:class="form">
                <FormErrors form/>
                <input type="hidden" name="round" value=round/>
                <p>"Verdicts and comments go with it, and its private links open nothing any more. Tell the reviewers; the draft stays as it is."</p>
                <Confirm form id="call-off" label="I know that what was said in it cannot be brought back"/>
                <div class="form-actions"><button class="button small danger" type="submit">"Call it off"</button></div>
            </ActionForm>
        </Disclosure>
    }
}

/// What holds for the round.
#[component]
pub(super) fn Settings(board: Board, actions: Actions) -> impl IntoView {
    let round = board.round;
    let form = Form::matching(actions.change, &[("round", round.id.as_str())]);
    let open = form.error().get_untracked().is_some();
    let id = round.id.to_string();
    let options = {
        let mut options = remind_options();
        let own = round.remind_days.to_string();
        if !options.iter().any(|(days, _)| *days == own) {
            options.push((own, format!("{} before", counted(round.remind_days, "day", "days"))));
        }
        options
    };
    let call_off = (!board.untouched).then(|| view! { <CallOff round=id.clone() action=actions.remove/> });
    let remove = board.untouched.then(|| {
        let id = id.clone();
        view! {
            <ActionForm action=actions.remove>
                <FormErrors form=Form::of(actions.remove)/>
                <input type="hidden" name="round" value=id/>
                <p class="meta">"Nobody has said anything yet. "<button class="button quiet small" type="submit">"Remove the round"</button></p>
            </ActionForm>
        }
    });
    view! {
        <Disclosure summary="Due date, words and rules…" open>
            <ActionForm action=actions.change attr:class="form">
                <FormErrors form/>
                <input type="hidden" name="round" value=id/>
                <TextField form name="title" label="Title" value=round.title maxlength=200 required=true/>
                <TextArea form name="words" label="What you want to know" value=round.words rows=4 maxlength=LONGEST_WORDS hint="Markdown works."/>
                <div class="form-row">
                    <TextField form name="due" label="Last day" kind="date" value=round.due required=true/>
                    <SelectField form name="remind_days" label="Remind who is not done" options value=round.remind_days.to_string()/>
                </div>
                <Checkbox form name="blind" label="Reviewers see what others say only after their own verdict" checked=round.blind/>
                <div class="form-actions"><button class="button small" type="submit">"Save"</button></div>
            </ActionForm>
            {remove}
        </Disclosure>
        {call_off}
    }
}
