//! Review rounds: what curators do in them, and what reviewers do. Private links
//! are asked about in server/tests/reviews.rs, where browsers hold them.

use super::super::actors::Actor::Reviewer;
use super::super::fixture::*;
use super::super::told::Told::{NotFound, Other};
use super::super::told::{all, only, open, signed_in};
use super::{CURATORS, Rows};

#[rustfmt::skip]
pub fn rows(rows: &mut Rows, ids: &Ids) {
    rows.section("Review rounds");
    let round = ("round", REVIEW);
    let set = ("set", "walk-review");
    let item = ("number", "1");
    let mut own = |function, about, fields: &[(&'static str, &str)]| rows.add(function, about, only(&CURATORS, NotFound), fields);
    own("load_review_rounds", "of a draft", &[set]);
    own("load_review_board", "a round", &[set, round]);
    own("load_review_board_item", "a statement of a round", &[set, round, item]);
    own("open_review_round", "of a draft", &[("edition", REVIEWED), ("key", "k{who}"), ("title", "Another"), ("due", &ids.soon)]);
    own("change_review_round", "a round", &[round, ("title", "Changed"), ("due", &ids.soon)]);
    own("remove_review_round", "a round in which nothing was said", &[("round", DONE_REVIEW_EMPTY)]);
    own("invite_reviewer", "somebody without an account", &[set, round, ("name", "Guest {who}")]);
    own("renew_review_link", "of somebody without an account", &[set, round, ("reviewer", GUEST)]);
    own("remove_reviewer", "from a round", &[round, ("reviewer", GUEST)]);
    own("strike_name", "of a reviewer", &[round, ("reviewer", GUEST), ("understood", "true")]);
    own("resolve_review_item", "a statement of a round", &[set, round, item, ("resolution", "kept"), ("reason", "Fine.")]);
    own("accept_wording", "that somebody suggests", &[round, ("number", "2"), ("reviewer", GUEST), ("was", "Dowitcher other")]);
    own("ask_again", "a statement of a round", &[set, round, item, ("asked", "1"), ("words", "Once more?")]);
    own("keep_agreed", "of a round", &[round]);
    own("ask_about_added", "to the draft of a round", &[round]);
    own("sign_off_review", "a round in which all is resolved", &[("round", DONE_REVIEW), ("understood", "true")]);
    let unmailed = only(&[], NotFound).but(Other(409), &CURATORS);
    rows.add("remind_reviewers", "where no mail is sent", unmailed, &[round]);
    rows.add("remove_review_round", "a round in which something was said", unmailed, &[round]);
    rows.add("sign_off_review", "a round in which something is not resolved", unmailed, &[round, ("understood", "true")]);
    let curators = only(&CURATORS, NotFound).says();
    rows.add("answer_reviewers", "a statement of a round", curators, &[round, item, ("key", "k{who}"), ("body", "Dowitcher answer")]);

    let both = only(&[Reviewer, CURATORS[0], CURATORS[1], CURATORS[2]], NotFound);
    rows.add("find_reviewed", "statements of a round’s draft", both, &[round, ("q", "dowitcher")]);
    rows.add("load_my_reviews", "one’s own", signed_in(), &[]);
    let mut own = |function, about, fields: &[(&'static str, &str)]| rows.add(function, about, only(&[Reviewer], NotFound), fields);
    own("load_review", "a round that one reviews in", &[round]);
    own("load_review_item", "a statement of it", &[round, item]);
    own("give_verdict", "on a statement of it", &[round, item, ("verdict", "keep")]);
    own("comment_in_review", "on a statement of it", &[round, item, ("key", "k{who}"), ("body", "Dowitcher comment")]);
    own("finish_review", "a round that one reviews in", &[round, ("done", "true"), ("named", "true")]);
    own("withdraw_name", "a round that one was taken out of", &[("round", FORMER_REVIEW)]);
    rows.add("load_review", "a round that one was taken out of", only(&[], NotFound), &[("round", FORMER_REVIEW)]);
    rows.add("load_review_link", "whoever holds a link", open(), &[("token", TOKEN)]);
    rows.add("load_review_link", "a link that is none", all(NotFound), &[("token", "none")]);
    rows.add("enter_review", "whoever holds a link", open(), &[("token", TOKEN)]);
    rows.add("enter_review", "a link that is none", all(NotFound), &[("token", "none")]);
    rows.add("leave_review", "this browser’s link", open(), &[round]);
}
