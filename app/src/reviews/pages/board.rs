//! The board of a round: how far it is, and what is said of each statement.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::board_people::{People, Settings};
use super::parts::tone;
use super::signing::SignOff;
use super::since::went_out;
use crate::competencies::model::{counted, edition_href};
use crate::id::NodeId;
use crate::outlines::model::entry_href;
use crate::reviews::api::{
    AcceptWording, AskAboutAdded, ChangeReviewRound, InviteReviewer, KeepAgreed, RemindReviewers, RemoveReviewRound,
    RemoveReviewer, RenewReviewLink, SignOffReview, StrikeName, load_review_board,
};
use crate::reviews::model::{Board, BoardLine, Round, board_href, board_item_href, rounds_href, unreviewed_words};
use crate::reviews::rules::{Agreement, Gate, Only, Verdict};
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{
    Chip, ChipLink, Crumb, Disclosure, EmptyState, Notice, Page, Pager, Progress, Tone, filled, lazy_page,
};

lazy_page!(BOARD in studio => board);

/// What can be done on the page.
#[derive(Clone, Copy)]
pub(super) struct Actions {
    pub invite: ServerAction<InviteReviewer>,
    pub renew: ServerAction<RenewReviewLink>,
    pub take_out: ServerAction<RemoveReviewer>,
    pub strike: ServerAction<StrikeName>,
    pub remind: ServerAction<RemindReviewers>,
    pub change: ServerAction<ChangeReviewRound>,
    pub remove: ServerAction<RemoveReviewRound>,
    pub accept: ServerAction<AcceptWording>,
    pub keep: ServerAction<KeepAgreed>,
    pub added: ServerAction<AskAboutAdded>,
    pub sign: ServerAction<SignOffReview>,
}

fn board() -> AnyView {
    let actions = Actions {
        invite: ServerAction::new(),
        renew: ServerAction::new(),
        take_out: ServerAction::new(),
        strike: ServerAction::new(),
        remind: ServerAction::new(),
        change: ServerAction::new(),
        remove: ServerAction::new(),
        accept: ServerAction::new(),
        keep: ServerAction::new(),
        added: ServerAction::new(),
        sign: ServerAction::new(),
    };
    // What was refused keeps what was typed: the forms with texts show the board
    // anew only by the address that they lead to.
    let versions = move || {
        (
            actions.invite.version().get(),
            actions.renew.version().get(),
            actions.take_out.version().get(),
            actions.accept.version().get(),
            actions.keep.version().get(),
            actions.added.version().get(),
        )
    };
    let (params, query) = (use_params_map(), use_query_map());
    let page = load(
        move || {
            let named = params.with(|params| {
                (
                    params.get("set").unwrap_or_default(),
                    params.get("round").unwrap_or_default(),
                )
            });
            let shown = query.with(|query| {
                let page = query.get("page").and_then(|page| page.parse().ok());
                let led = query.get("notice");
                let text = |name: &str| query.get(name).unwrap_or_default();
                (text("only"), page, text("find"), led)
            });
            (named, shown, versions())
        },
        |((set, round), (only, page, find, _), _)| load_review_board(set, round, only, page, find),
    );
    loaded(page, move |page| view! { <BoardView page actions/> })
}

fn notice(word: &str) -> Option<&'static str> {
    match word {
        "opened" => Some("The round is open. Invite those who review in it."),
        "changed" => Some("Saved."),
        "sent" => Some("The letter is on its way."),
        "account" => {
            Some("They are invited: the round stands among their reviews. No mail is sent from here, so tell them.")
        }
        "there" => Some("They review in this round already. If they lost their link, make a new one in the list."),
        "in" => Some("They review in this round: it stands among their reviews."),
        "reminded" => Some("Reminded by letter: everyone who is not done."),
        "nobody" => Some("There is nobody to remind: all are done, were reminded just now, or have no address."),
        "struck" => Some("The name is taken out: nobody reads it in the acknowledgements any more."),
        "signed" => Some("Signed off. Nothing in this round changes any more."),
        _ => None,
    }
}

#[component]
fn BoardView(page: Board, actions: Actions) -> impl IntoView {
    let query = use_query_map();
    let said = move || query.with(|query| query.get("notice").as_deref().and_then(notice));
    let round = page.round.clone();
    let (set, base) = (round.set.clone(), board_href(&round.set, &round.id));
    let crumbs = vec![
        Crumb::new("/studio", "Studio"),
        Crumb::new(rounds_href(&set), format!("Review rounds of {}", round.set_title)),
    ];
    let overdue = if round.overdue { ", which has passed" } else { "" };
    let lede = format!(
        "{}, until {}{overdue}",
        counted(round.items, "statement", "statements"),
        round.due_label
    );
    let shown = page.only;
    let filters = Only::ALL
        .iter()
        .map(|only| {
            let count = match only {
                Only::All => round.items,
                Only::Unresolved => page.unresolved,
                Only::Divided => page.divided,
                Only::Silent => page.silent,
            };
            let href = match only {
                Only::All => base.clone(),
                only => format!("{base}?only={}", only.as_str()),
            };
            view! { <li><ChipLink href label=format!("{} {count}", only.label()) current=*only == shown/></li> }
        })
        .collect_view();
    let list = match shown {
        Only::All => base.clone(),
        only => format!("{base}?only={}", only.as_str()),
    };
    let none = page.lines.is_empty();
    let open = round.signed_off.is_none();
    let rows = page
        .lines
        .iter()
        .map(|line| view! { <LineView line=line.clone() round=round.clone() actions/> })
        .collect_view();
    let done = round.items.saturating_sub(page.unresolved);
    let keep = open.then(|| view! { <KeepAll round=round.id.to_string() many=page.keepable actions/> });
    view! {
        <Page title=round.title.clone() lede=lede crumbs=crumbs>
            {move || said().map(|words| view! { <Notice tone=Tone::Accent><p>{words}</p></Notice> })}
            <Progress done=done of=round.items label="Statements resolved" text=format!("{done} of {} resolved", round.items) wide=true/>
            <Standing board=page.clone() actions/>
            <People board=page.clone() actions/>
            <section id="statements">
                <h2>"Statements"</h2>
                <FormErrors form=Form::of(actions.accept)/>
                <nav aria-label="Which statements"><ul class="cluster" role="list">{filters}</ul></nav>
                {keep}
                {if none {
                    view! { <EmptyState title="Nothing of this kind"><p>"Choose another kind above."</p></EmptyState> }.into_any()
                } else {
                    view! { <ul class="rows rows-ruled" role="list">{rows}</ul> }.into_any()
                }}
                <Pager page=page.page pages=page.pages base=list/>
            </section>
            {open.then(|| view! { <Settings board=page.clone() actions/> })}
        </Page>
    }
}

/// What is left before the edition can be published, and signing off.
#[component]
fn Standing(board: Board, actions: Actions) -> impl IntoView {
    let round = &board.round;
    let report = board_href(&round.set, &round.id);
    let links = view! {
        <p class="cluster">
            <a href=format!("{report}/report.html") rel="external">"Report to print"</a>
            <a href=format!("{report}/report.csv") download="">"Report as a table (CSV)"</a>
        </p>
    };
    let body = match board.gate() {
        Gate::Unasked(many) => view! { <Added many round=round.clone() action=actions.added/> }.into_any(),
        Gate::Unresolved(_) => {
            let reason = board.gate().reason(&round.title).unwrap_or_default();
            view! { <Notice tone=Tone::Highlight><p>{reason}</p></Notice> }.into_any()
        }
        Gate::Unsigned => {
            view! { <SignOff round=round.clone() silent=board.silent unlike=board.unlike.clone() action=actions.sign/> }
                .into_any()
        }
        gate @ (Gate::Open | Gate::Unreviewed(_)) => {
            let signed = round.signed_off.clone();
            let href = edition_href(&round.set, round.edition);
            let rounds = format!("{}#new", rounds_href(&round.set));
            let changed = match gate {
                Gate::Unreviewed(_) => Some(view! {
                    <Notice tone=Tone::Highlight>
                        <p>{unreviewed_words(board.changed, board.unjudged)}" "<a href=rounds>"Ask about it in a new round"</a></p>
                    </Notice>
                }),
                _ => None,
            };
            view! {
                {changed}
                <Notice tone=Tone::Accent>
                    {signed.map(|signed| view! {
                        <p>{format!("Signed off by {} on {}.", signed.by, signed.day)}</p>
                        <p class="lines">{signed.words}</p>
                    })}
                    <p><a href=href>"The edition, where it is published"</a></p>
                </Notice>
            }
            .into_any()
        }
    };
    let emptied = view! { <Emptied headings=board.emptied set=round.set.clone()/> };
    let unreviewed = board.unreviewed.into_iter().map(went_out).collect_view();
    view! { {emptied} {body} {unreviewed} {links} }
}

/// Headings with nothing beneath them any more: they would be read, and rated, as
/// statements.
#[component]
fn Emptied(headings: Vec<(NodeId, String)>, set: String) -> impl IntoView {
    (!headings.is_empty()).then(|| {
        let rows = headings
            .into_iter()
            .map(|(node, words)| {
                let href = format!("{}#remove", entry_href(&set, &node));
                view! { <li>{words.clone()}" "<a href=href>"Remove it"<span class="visually-hidden">{format!(": {words}")}</span></a></li> }
            })
            .collect_view();
        view! {
            <Notice tone=Tone::Highlight>
                <p>"Nothing stands beneath these headings any more. As they are, they go out as statements that nobody was asked about."</p>
                <ul role="list">{rows}</ul>
            </Notice>
        }
    })
}

/// Statements that were added to the draft since; a round that is over asks no more.
#[component]
fn Added(many: u32, round: Round, action: ServerAction<AskAboutAdded>) -> impl IntoView {
    let over = round.signed_off.is_some();
    let what = match many {
        1 => "1 statement was added to the draft since this round began, and nobody is asked about it.".to_owned(),
        many => {
            format!("{many} statements were added to the draft since this round began, and nobody is asked about them.")
        }
    };
    let next = match over {
        true => "This round is over. Open another one for them: the edition cannot be published before.",
        false => "The edition cannot be published before they are resolved too.",
    };
    let id = round.id.to_string();
    view! {
        <Notice tone=Tone::Highlight><p>{what}" "{next}</p></Notice>
        {(!over).then(|| view! {
            <ActionForm action>
                <FormErrors form=Form::of(action)/>
                <input type="hidden" name="round" value=id/>
                <button class="button" type="submit">"Ask about them too"</button>
            </ActionForm>
        })}
    }
}

#[component]
fn KeepAll(round: String, many: u32, actions: Actions) -> impl IntoView {
    let kept = move || match actions.keep.value().get() {
        Some(Ok(kept)) => format!("Kept: {}.", counted(kept, "statement", "statements")),
        _ => String::new(),
    };
    let form = (many > 0).then(|| {
        view! {
            <ActionForm action=actions.keep>
                <FormErrors form=Form::of(actions.keep)/>
                <input type="hidden" name="round" value=round/>
                <button class="button quiet small" type="submit">"Keep all that everyone would keep"<span class="visually-hidden">{format!(": {many}")}</span></button>
            </ActionForm>
        }
    });
    view! { {form} <p class="meta" role="status">{kept}</p> }
}

/// How far reviewers agree, as chips.
#[component]
pub(super) fn Agreed(line: BoardLine) -> impl IntoView {
    let counts = line.counts;
    let chips = Verdict::ALL
        .iter()
        .filter(|kind| counts.of(**kind) > 0)
        .map(|kind| view! { <Chip label=format!("{} {}", counts.of(*kind), kind.as_str()) tone=tone(*kind)/> })
        .collect_view();
    let words = match counts.agreement() {
        Agreement::Silent => "No verdict yet",
        Agreement::Agreed(_) if counts.given() == 1 => "One verdict",
        Agreement::Agreed(_) => "They agree",
        Agreement::Divided => "They disagree",
    };
    view! { <p class="cluster">{chips}<span class="meta">{words}</span></p> }
}

#[component]
fn LineView(line: BoardLine, round: Round, actions: Actions) -> impl IntoView {
    let href = board_item_href(&round.set, &round.id, line.number);
    let title = line.now.clone().unwrap_or_else(|| line.asked.clone());
    let state = match &line.resolved {
        Some(resolved) => view! { <Chip label=resolved.what.label() tone=Tone::Accent/> }.into_any(),
        None => view! { <Chip label="Unresolved" tone=Tone::Highlight/> }.into_any(),
    };
    let gone = line
        .now
        .is_none()
        .then(|| view! { <Chip label="Gone from the draft"/> });
    let changed = (line.changed_since && line.now.is_some())
        .then(|| view! { <Chip label="Changed since" tone=Tone::Highlight/> });
    let again = (line.times_asked > 1).then(|| format!("asked {} times", line.times_asked));
    let comments = (line.comments > 0).then(|| counted(line.comments, "comment", "comments"));
    let convinced = line.verdicts.iter().filter(|given| given.first.is_some()).count();
    let convinced = (convinced > 0).then(|| {
        let many = counted(u32::try_from(convinced).unwrap_or(u32::MAX), "verdict", "verdicts");
        format!("{many} changed after others’ were shown")
    });
    let unlike = line
        .unlike
        .map(|why| format!("Signed off as it stood: {}", why.label()));
    let about: Vec<String> = again
        .into_iter()
        .chain(comments)
        .chain(convinced)
        .chain(unlike)
        .collect();
    let open = round.signed_off.is_none() && line.resolved.is_none();
    let suggested = open.then(|| view! { <Suggested line=line.clone() round=round.clone() actions/> });
    view! {
        <li class="row" id=format!("statement-{}", line.number)>
            {filled(line.code.clone()).map(|code| view! { <span class="row-start">{code}</span> })}
            <div class="row-main">
                <h3 class="row-title"><a href=href>{title}</a></h3>
                <Agreed line=line.clone()/>
                {(!about.is_empty()).then(|| view! { <p class="meta">{about.join(" · ")}</p> })}
                {suggested}
                {line.resolved.clone().map(|resolved| view! { <p class="meta lines">{resolved.reason}</p> })}
            </div>
            <div class="row-end cluster">{changed}{gone}{state}</div>
        </li>
    }
}

/// The wordings that are suggested, each accepted with one action.
#[component]
pub(super) fn Suggested(line: BoardLine, round: Round, actions: Actions) -> impl IntoView {
    let was = line.now.clone();
    let wordings: Vec<_> = line
        .verdicts
        .iter()
        .filter(|given| !given.wording.is_empty())
        .cloned()
        .collect();
    let (round, number) = (round.id.to_string(), line.number.to_string());
    let rows = wordings
        .iter()
        .cloned()
        .map(|given| {
            let label = format!("Accept the wording of {}", given.name);
            let reviewer = given.reviewer.as_ref().map(ToString::to_string).unwrap_or_default();
            let (round, number) = (round.clone(), number.clone());
            view! {
                <li>
                    <p><q>{given.wording}</q>" "<span class="meta">{given.name}</span></p>
                    {was.clone().map(|was| view! {
                        <ActionForm action=actions.accept>
                            <input type="hidden" name="round" value=round/>
                            <input type="hidden" name="number" value=number/>
                            <input type="hidden" name="reviewer" value=reviewer/>
                            <input type="hidden" name="was" value=was/>
                            <button class="button small" type="submit" aria-label=label>"Accept the wording"</button>
                        </ActionForm>
                    })}
                </li>
            }
        })
        .collect_view();
    (!wordings.is_empty()).then(|| {
        let words = counted(u32::try_from(wordings.len()).unwrap_or(u32::MAX), "wording", "wordings");
        view! { <Disclosure summary=format!("{words} suggested")><ul role="list">{rows}</ul></Disclosure> }
    })
}
