//! People, what they show each other, and how they sign in.

use super::super::fixture::*;
use super::super::told::Told::{Forbidden, Invalid, NotFound, Nothing, Other};
use super::super::told::{all, hidden_from_all_but, only, open, signed_in};
use super::Rows;
use crate::access::actors::Actor;
use crate::access::actors::Actor::*;
use crate::support::PASSWORD;

#[rustfmt::skip]
pub fn rows(rows: &mut Rows, ids: &Ids) {
    rows.section("People");
    let people = [Actor::STAFF.as_slice(), &[Site]].concat();
    rows.add("load_people", "the colleagues", signed_in(), &[("q", "ptarmigan"), ("organisation", "riverside")]);
    rows.add("load_profile", "a person", hidden_from_all_but(&people), &[("person", &ids.person)]);
    rows.add("load_own_profile", "one’s own", signed_in(), &[]);
    rows.add("save_about", "one’s own", signed_in(), &[("pronouns", "she/her"), ("about", "Hello."), ("shown_pronouns", "members"), ("shown_place", "nobody"), ("shown_language", "colleagues"), ("shown_about", "colleagues"), ("shown_picture", "colleagues")]);
    rows.add("remove_picture", "one’s own", signed_in(), &[]);
    rows.section("Sharing");
    rows.add("load_sharing", "one’s own", signed_in(), &[]);
    rows.add("share", "one’s own, with a colleague", signed_in().but(Invalid, &[Stranger, Trainer]), &[("what", "gaps"), ("with", "person"), ("email", "walker-08@carrel.example"), ("purpose", "Our talk"), ("last_day", &ids.soon)]);
    rows.add("share", "one’s own, with managers of the organisation", signed_in().but(Invalid, &[Stranger, Site]), &[("what", "plan"), ("with", &format!("manager-{}", ids.organisation)), ("purpose", "Our talk"), ("last_day", &ids.soon)]);
    rows.add("end_sharing", "somebody’s", only(&[Themselves], Nothing), &[("sharing", SHARING)]);
    rows.add("load_shared_gaps", "what somebody shares with the reviewer", hidden_from_all_but(&[Reviewer]), &[("person", &ids.person)]);
    rows.add("load_shared_plan", "what somebody shares with managers", hidden_from_all_but(&[Manager]), &[("person", &ids.person)]);
    rows.section("One’s own account");
    rows.add("sign_in", "with the password", open(), &[("email", "walker-05@carrel.example"), ("password", PASSWORD)]);
    rows.add("sign_out", "of one’s own session", open().but(Nothing, &Actor::NOBODY), &[]);
    rows.add("load_settings", "one’s own", signed_in(), &[]);
    rows.add("save_profile", "one’s own", signed_in(), &[("name", "Walker {who}"), ("title", ""), ("timezone", "Europe/London")]);
    rows.add("load_copy", "everything about oneself", signed_in(), &[]);
    rows.add("make_copy", "everything about oneself", signed_in(), &[]);
    rows.add("end_session", "a session of somebody’s", only(&[Themselves], Nothing), &[("session", SESSION)]);
    rows.add("end_other_sessions", "one’s own", signed_in(), &[]);
    rows.add("change_password", "one’s own, without knowing it", only(&[], Invalid), &[("current", "x"), ("password", "harbour violet ladder nine")]);
    rows.add("close_account", "one’s own, without the password", only(&[], Invalid), &[("password", "x"), ("confirm", "x")]);
    rows.section("Second factors");
    let by_password = [("password", PASSWORD)];
    let codes = [("password", PASSWORD), ("passcode", "123456")];
    rows.add("load_second_factor", "one’s own", signed_in(), &[]);
    rows.add("begin_second_factor", "with the password of somebody", only(&[Themselves], Invalid), &by_password);
    rows.add("confirm_second_factor", "none is being set up", only(&[], Other(409)), &[("passcode", "123456")]);
    rows.add("renew_recovery_codes", "without holding it", only(&[], Invalid), &codes);
    rows.add("remove_second_factor", "without holding it", only(&[], Invalid), &codes);
    rows.add("put_codes_away", "of this browser", signed_in(), &[]);
    rows.add("load_pending_sign_in", "of this browser", open(), &[]);
    rows.add("prove_sign_in", "nobody waits for a code in this browser", all(Other(409)), &[("passcode", "123456")]);
    rows.section("Addresses and new passwords");
    rows.add("load_address", "one’s own", signed_in(), &[]);
    rows.add("change_address", "with the password of somebody", only(&[Themselves], Invalid), &[("email", "another@carrel.example"), ("password", PASSWORD)]);
    rows.add("confirm_own_address", "one’s own, where no mail is sent", signed_in(), &[]);
    rows.add("load_address_check", "with its link", open(), &[("token", TOKEN)]);
    rows.add("confirm_address", "with its link", open(), &[("token", TOKEN)]);
    rows.add("confirm_address", "without its link", all(NotFound), &[("token", "none")]);
    rows.add("load_forgotten", "whether mail is sent", open(), &[]);
    rows.add("ask_for_new_password", "where no mail is sent", all(Other(409)), &[("email", "walker-05@carrel.example")]);
    rows.add("load_password_link", "with its link", open(), &[("token", TOKEN)]);
    rows.add("set_new_password", "with its link", open(), &[("token", TOKEN), ("password", PASSWORD)]);
    rows.add("set_new_password", "without its link", all(NotFound), &[("token", "none"), ("password", PASSWORD)]);
    let administrators = only(&[Stranger, Administrator, Site], Forbidden);
    rows.add("load_made_link", "of this browser", administrators, &[]);
    rows.add("make_password_link", "to somebody of the organisation", administrators.but(Invalid, &[Stranger]), &[("email", "walker-05@carrel.example")]);
    rows.add("make_password_link", "to a site administrator", administrators.but(Invalid, &[Stranger, Administrator]), &[("email", "walker-13@carrel.example")]);
}
