//! What those do who look after the site or an organisation.

use super::super::fixture::*;
use super::super::told::Told::{Forbidden, Invalid, NotFound, Other};
use super::super::told::{hidden_from_all_but, only, open};
use super::Rows;
use crate::access::actors::Actor::*;

#[rustfmt::skip]
pub fn rows(rows: &mut Rows, _: &Ids) {
    rows.section("Administration");
    rows.add("load_audit", "the site’s audit log", hidden_from_all_but(&[Site]), &[]);
    rows.add("load_audit", "an organisation’s audit log", hidden_from_all_but(&[Administrator, Site]), &[("organisation", "riverside")]);
    rows.add("keep_audit", "how long the log is kept", only(&[Site], NotFound), &[("days", "365")]);
    rows.add("load_retention", "how long things are kept", only(&[Site], Forbidden), &[]);
    rows.add("save_retention", "how long things are kept", only(&[Site], Forbidden), &[("looks", "90"), ("sharings", "365"), ("letters", "30"), ("devices", "365"), ("suspensions", "365")]);
    rows.add("load_mail", "the outbox", only(&[Site], Forbidden), &[]);
    rows.add("send_trial_letter", "where no mail is sent", only(&[], Forbidden).but(Other(409), &[Site]), &[]);
    rows.add("try_letter_again", "a letter that could not be sent", only(&[Site], Forbidden), &[("letter", LETTER)]);
    rows.add("load_sign_in_rules", "of the site", only(&[Site], Forbidden), &[]);
    rows.add("save_sign_in_rules", "of the site", only(&[Site], Forbidden), &[("asked_of", "nobody")]);
    rows.add("save_sign_in_rules", "of the site, without a second factor of one’s own", only(&[], Forbidden).but(Invalid, &[Site]), &[("asked_of", "everybody")]);
    rows.section("Terms of use");
    rows.add("load_terms", "that hold", open(), &[]);
    rows.add("accept_terms", "that do not hold", only(&[], Other(409)), &[("number", "7"), ("next", "/")]);
    rows.add("publish_terms", "the next version", only(&[Site], Forbidden), &[("number", "0"), ("body", "Be kind.")]);
    rows.section("Providers of single sign-on");
    let provider = [("provider", PROVIDER), ("name", "Walk provider"), ("issuer", "http://127.0.0.1:1"), ("client", "walk")];
    rows.add("load_providers", "all of them", only(&[Site], Forbidden), &[]);
    rows.add("load_provider", "one", only(&[Site], Forbidden), &provider[..1]);
    rows.add("add_provider", "at an address that is not public", only(&[], Forbidden).but(Invalid, &[Site]), &provider[1..]);
    rows.add("save_provider", "switched off", only(&[Site], Forbidden), &provider);
    rows.add("remove_provider", "one", only(&[Site], Forbidden), &[provider[0], ("understood", "true")]);
    rows.add("add_claim_rule", "who joins", only(&[Site], Forbidden), &[provider[0], ("organisation", "riverside"), ("roles[0]", "trainer")]);
    rows.add("remove_claim_rule", "who joins", only(&[Site], Forbidden), &[("rule", CLAIM_RULE)]);
}
