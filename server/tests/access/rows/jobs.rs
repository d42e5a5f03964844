//! Job descriptions.

use super::super::actors::Actor;
use super::super::actors::Actor::*;
use super::super::fixture::*;
use super::super::told::Told::{Forbidden, Invalid, NotFound, Other, Yes};
use super::super::told::{all, hidden_from_all_but, only, signed_in};
use super::Rows;

/// Who writes those of the organisation.
const MANAGERS: [Actor; 3] = [Manager, Administrator, Site];

#[rustfmt::skip]
pub fn rows(rows: &mut Rows, ids: &Ids) {
    rows.section("Job descriptions");
    let writers = [Stranger, Manager, Administrator, Site];
    let (draft, used) = (("job", JOB), ("job", JOB_IN_USE));
    let readers = hidden_from_all_but(&Actor::STAFF).but(Yes, &[Site]);
    rows.add("load_jobs", "those that one may see", signed_in(), &[]);
    rows.add("load_jobs", "of an organisation", signed_in(), &[("place", "riverside")]);
    rows.add("load_new_job", "the form", only(&writers, Forbidden), &[]);
    let made = |from: &'static str| [("key", "0b2e9dd4-2d2c-4c7e-8e6c-000000000e{who}"), ("organisation", ids.organisation.as_str()), ("title", "Lapwing made"), ("from", from)];
    rows.add("make_job", "for the organisation", only(&MANAGERS, Forbidden).but(Invalid, &[Stranger]), &made("profile-branch-manager"));
    rows.add("make_job", "from a role profile of a branch", only(&MANAGERS, Forbidden).but(Invalid, &[Stranger]), &made("profile-walk-profile"));
    rows.add("load_job", "a draft", hidden_from_all_but(&MANAGERS), &[draft]);
    rows.add("load_job", "the questions of a draft", hidden_from_all_but(&MANAGERS), &[draft, ("face", "questions")]);
    rows.add("load_job", "in use", readers, &[used]);
    rows.add("load_job", "the person specification of one in use", readers, &[used, ("face", "person-specification")]);
    rows.add("load_job", "in an edition that it never was of", all(NotFound), &[used, ("edition", "7")]);
    let own = |rows: &mut Rows, function: &'static str, fields: &[(&'static str, &str)]| {
        let with = |job: (&'static str, &'static str)| [&[job][..], fields].concat();
        rows.add(function, "a draft", only(&MANAGERS, NotFound), &with(draft));
        rows.add(function, "in use", only(&MANAGERS, Forbidden).but(NotFound, &[Stranger]), &with(used));
    };
    let (asked, part) = (("node", ids.statement.as_str()), ("node", ids.part.as_str()));
    own(rows, "load_job_words", &[]);
    own(rows, "save_job", &[("title", "Lapwing draft"), ("purpose", "Lapwing"), ("base", "0")]);
    own(rows, "load_duties", &[("q", "budget")]);
    own(rows, "find_duties", &[("q", "budget")]);
    own(rows, "add_duty", &[part, ("level", "1")]);
    own(rows, "change_duty", &[asked, ("level", "1"), ("was", "2")]);
    own(rows, "settle_duty", &[asked]);
    own(rows, "remove_duty", &[asked]);
    own(rows, "set_job_state", &[("to", "in_use")]);
    rows.add("save_job", "that somebody else saved", only(&[], NotFound).but(Invalid, &MANAGERS), &[draft, ("title", "Lapwing anew"), ("base", "7")]);
    rows.add("add_duty", "a statement of a draft", only(&[], NotFound), &[draft, ("node", LINE), ("level", "1")]);
    rows.add("remove_job", "a draft", only(&MANAGERS, NotFound), &[draft, ("confirm", "Lapwing draft")]);
    rows.add("remove_job", "in use", only(&[], Forbidden).but(NotFound, &[Stranger]).but(Other(409), &MANAGERS), &[used, ("confirm", "Jackdaw job")]);
}
