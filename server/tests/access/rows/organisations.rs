//! Organisations: their shape, their people, and ways to join them.

use super::super::fixture::*;
use super::super::told::Told::{Forbidden, NotFound, Nothing, Other};
use super::super::told::{Cells, all, hidden_from_all_but, only, open, signed_in};
use super::Rows;
use crate::access::actors::Actor;
use crate::access::actors::Actor::*;

/// Who looks after the organisation; its other people see that they may not.
pub fn administered() -> Cells {
    only(&[Administrator, Site], Forbidden).but(NotFound, &[Stranger])
}

#[rustfmt::skip]
pub fn rows(rows: &mut Rows, ids: &Ids) {
    rows.section("Organisations");
    let (here, people) = (("organisation", ids.organisation.as_str()), [Actor::STAFF.as_slice(), &[Site]].concat());
    rows.add("load_organisation", "an organisation", hidden_from_all_but(&people), &[("slug", "riverside")]);
    rows.add("load_running_cohorts", "of an organisation", hidden_from_all_but(&people), &[("slug", "riverside")]);
    rows.add("load_organisation_settings", "an organisation", administered(), &[("slug", "riverside")]);
    let new = [("key", "0b2e9dd42d2c4c7e8e6c0000000007{who}"), ("name", "New branch"), ("kind", "branch"), ("timezone", "Europe/London"), ("language", "en")];
    rows.add("create_organisation", "beneath an organisation", administered(), &[new.as_slice(), &[("parent", &ids.organisation)]].concat());
    rows.add("create_organisation", "at the top", only(&[Site], Forbidden), &new);
    rows.add("save_organisation", "an organisation", administered(), &[here, ("name", "Riverside Libraries"), ("kind", "library"), ("timezone", "Europe/London"), ("language", "en")]);
    rows.add("move_organisation", "a branch, beneath another", administered(), &[("organisation", BRANCH), ("parent", &ids.branch)]);
    rows.add("move_organisation", "a branch, to the top", only(&[Site], Forbidden).but(NotFound, &[Stranger]), &[("organisation", BRANCH)]);
    rows.add("remove_logo", "an organisation’s", administered(), &[here]);
    rows.add("load_member", "one of its people", administered(), &[("slug", "riverside"), ("person", &ids.colleague)]);
    rows.add("change_roles", "one of its people", administered(), &[here, ("person", &ids.colleague), ("roles[0]", "learner"), ("roles[1]", "manager")]);
    rows.add("take_out", "one of its people", administered(), &[here, ("person", &ids.colleague), ("understood", "true")]);
    let colleague = [here, ("person", ids.colleague.as_str())];
    rows.add("suspend", "one of its people", administered(), &[colleague.as_slice(), &[("what", "signing_in"), ("reason", "A reason"), ("last_day", &ids.soon)]].concat());
    rows.add("lift_suspension", "one of its people", administered(), &colleague);
    rows.add("end_sessions_of", "one of its people", administered(), &colleague);
    rows.add("suspend", "a site administrator, who is nobody’s", administered().but(NotFound, &[Administrator, Site]), &[here, ("person", &ids.site), ("what", "posting"), ("reason", "A reason"), ("last_day", &ids.soon)]);
    let nobodys = [("person", NOBODYS)];
    rows.add("load_unplaced", "somebody of no organisation", only(&[Site], Forbidden), &nobodys);
    rows.add("suspend", "somebody of no organisation", only(&[Site], Forbidden), &[nobodys.as_slice(), &[("what", "signing_in"), ("reason", "A reason"), ("last_day", &ids.soon)]].concat());
    rows.add("lift_suspension", "somebody of no organisation", only(&[Site], Forbidden), &nobodys);
    rows.add("end_sessions_of", "somebody of no organisation", only(&[Site], Forbidden), &nobodys);
    rows.add("suspend", "somebody’s, without naming it", only(&[], Forbidden).but(NotFound, &[Site]), &[("person", &ids.colleague), ("what", "posting"), ("reason", "A reason"), ("last_day", &ids.soon)]);
    rows.add("leave_organisation", "one’s own", signed_in().but(Nothing, &[Stranger, Site]), &[here, ("understood", "true")]);
    rows.section("Joining");
    rows.add("load_invitations", "of an organisation", administered(), &[("slug", "riverside")]);
    rows.add("invite", "to an organisation", administered(), &[here, ("key", "inviteform"), ("roles[0]", "learner"), ("uses", "1"), ("days", "7")]);
    rows.add("withdraw_invitation", "of an organisation", administered(), &[here, ("invitation", INVITE)]);
    rows.add("load_invitation", "with its link", open(), &[("token", &ids.invitation)]);
    rows.add("accept_invitation", "with its link", open(), &[("token", &ids.invitation), ("name", "New person"), ("email", "new-{who}@carrel.example"), ("password", crate::support::PASSWORD)]);
    rows.add("join_organisation", "with an invitation’s link", signed_in(), &[("token", &ids.invitation)]);
    rows.add("load_doors", "those that take people without an invitation", open(), &[("q", "riverside")]);
    rows.add("load_door", "an organisation that takes requests", open(), &[("slug", "riverside")]);
    rows.add("load_door", "one that takes none", only(&[], NotFound), &[("slug", "millbrook")]);
    rows.add("ask_to_join", "an organisation that takes requests", signed_in().says(), &[here, ("message", "Hello.")]);
    rows.add("ask_to_join", "one that takes none", only(&[], NotFound), &[("organisation", &ids.branch)]);
    let new = [("name", "New person"), ("email", "newcomer-{who}@carrel.example"), ("password", crate::support::PASSWORD)];
    rows.add("ask_as_newcomer", "an organisation that takes requests", open(), &[new.as_slice(), &[here]].concat());
    rows.add("ask_as_newcomer", "one that takes none", all(NotFound), &[new.as_slice(), &[("organisation", &ids.branch)]].concat());
    rows.add("load_newcomer", "with a letter’s link", open(), &[("token", TOKEN)]);
    rows.add("confirm_newcomer", "with a letter’s link", open(), &[("token", TOKEN), ("password", crate::support::PASSWORD)]);
    rows.add("confirm_newcomer", "without its link", all(NotFound), &[("token", "none"), ("password", crate::support::PASSWORD)]);
    rows.add("withdraw_request", "one’s own", signed_in(), &[here]);
    rows.add("load_requests", "of an organisation", administered(), &[("slug", "riverside")]);
    rows.add("save_joining", "of an organisation", administered(), &[here, ("takes_requests", "true"), ("domains", "")]);
    rows.add("accept_request", "of an organisation", administered(), &[here, ("person", &ids.stranger)]);
    rows.add("decline_request", "of an organisation", administered(), &[here, ("person", &ids.stranger)]);
    rows.add("load_staff_form", "of an organisation", administered(), &[("slug", "riverside")]);
    rows.add("load_staff_list", "that its administrator sent in", only(&[Administrator, Site], NotFound), &[("list", STAFF_LIST)]);
    rows.add("send_staff_links", "where no mail is sent", only(&[], NotFound).but(Other(409), &[Administrator, Site]), &[("list", STAFF_LIST)]);
    rows.section("Setting up");
    let token = [("token", "walktoken")];
    rows.add("load_setup", "an installation that is set up", all(NotFound), &token);
    let first = [("site", "X"), ("organisation", "X"), ("kind", "library"), ("timezone", "UTC"), ("language", "en"), ("name", "X"), ("email", "x-{who}@carrel.example"), ("password", crate::support::PASSWORD)];
    rows.add("set_up", "an installation that is set up", all(NotFound), &[token.as_slice(), &first].concat());
}
