//! Every server function, with a valid request each, and what each actor
//! hears. `{who}` in a field stands for the actor's own two digits.

mod administration;
mod jobs;
mod organisations;
mod people;
mod reviews;

pub use organisations::administered;

use super::actors::Actor;
use super::actors::Actor::*;
use super::fixture::*;
use super::told::Told::{Forbidden, Invalid, NotFound, Nothing};
use super::told::{Cells, all, hidden_from_all_but, only, open, signed_in};

/// A server function with a request, and what each actor hears.
#[derive(Clone)]
pub struct Row {
    pub section: &'static str,
    pub function: &'static str,
    /// What the request is about, in words.
    pub about: &'static str,
    pub cells: Cells,
    pub fields: Vec<(&'static str, String)>,
}

struct Rows {
    section: &'static str,
    rows: Vec<Row>,
}

impl Rows {
    fn section(&mut self, section: &'static str) {
        self.section = section;
    }

    fn add(&mut self, function: &'static str, about: &'static str, cells: Cells, fields: &[(&'static str, &str)]) {
        let fields = fields.iter().map(|(name, value)| (*name, (*value).to_owned()));
        // Refused before anything else is looked at, whatever it is about.
        let cells = match app::people::suspension::words::are_read_by_others(&super::path(function)) {
            true => cells.says(),
            false => cells,
        };
        self.rows.push(Row {
            section: self.section,
            function,
            about,
            cells,
            fields: fields.collect(),
        });
    }
}

/// Who writes courses of the organisation and runs its cohorts.
const TRAINERS: [Actor; 3] = [Trainer, Administrator, Site];
/// Who writes its competency sets.
const CURATORS: [Actor; 3] = [Curator, Administrator, Site];
const GROUP: [Actor; 2] = [Member, Facilitator];
/// Who knows of a cohort: its people and those who see its progress.
const COHORT_PEOPLE: [Actor; 6] = [Member, Facilitator, Trainer, Manager, Administrator, Site];

/// All of them, in the order of docs/permissions.md.
pub fn rows(ids: &Ids) -> Vec<Row> {
    let mut rows = Rows {
        section: "",
        rows: Vec::new(),
    };
    reading(&mut rows, ids);
    growth(&mut rows, ids);
    learning(&mut rows, ids);
    talk(&mut rows, ids);
    courses(&mut rows, ids);
    cohorts(&mut rows, ids);
    // Before any set is published that says what nobody else reads.
    jobs::rows(&mut rows, ids);
    sets(&mut rows, ids);
    role_profiles(&mut rows, ids);
    outlines(&mut rows, ids);
    reviews::rows(&mut rows, ids);
    organisations::rows(&mut rows, ids);
    people::rows(&mut rows, ids);
    administration::rows(&mut rows, ids);
    rows.rows
}

#[rustfmt::skip]
fn reading(rows: &mut Rows, ids: &Ids) {
    rows.section("Reading what is published");
    rows.add("load_viewer", "who one is", open(), &[]);
    rows.add("load_front", "the front page", open(), &[]);
    rows.add("load_parts", "the style page, on somebody’s own machine", open(), &[]);
    rows.add("load_display", "how this browser shows Carrel", open(), &[]);
    rows.add("save_display", "how this browser shows Carrel", open(), &[("theme", "dark"), ("density", "compact")]);
    rows.add("load_sets", "the index", open(), &[]);
    rows.add("load_set", "a published edition", open(), &[("set", "library-management")]);
    rows.add("load_set", "a draft edition", hidden_from_all_but(&CURATORS), &[("set", "turnstone"), ("edition", "1")]);
    rows.add("load_changes", "a published edition", open(), &[("set", "library-management"), ("edition", "1")]);
    rows.add("load_publication", "of a published edition", open(), &[("set", "library-management"), ("edition", "1")]);
    rows.add("load_publication", "of a draft edition", hidden_from_all_but(&CURATORS), &[("set", "library-management"), ("edition", "2")]);
    rows.add("typeset", "a published edition", open(), &[("set", "library-management"), ("edition", "1")]);
    rows.add("typeset", "sections of a published edition", signed_in(), &[("set", "library-management"), ("edition", "1"), ("sections[0]", "0")]);
    rows.add("typeset", "a draft edition", hidden_from_all_but(&CURATORS), &[("set", "library-management"), ("edition", "2"), ("sections[0]", "0")]);
    rows.add("load_changes", "a draft edition", hidden_from_all_but(&CURATORS), &[("set", "library-management"), ("edition", "2")]);
    rows.add("load_node", "a published statement", open(), &[("set", "library-management"), ("edition", "1"), ("code", "LM 3.4")]);
    rows.add("load_branch", "of a published edition", open(), &[("set", "library-management"), ("edition", "1"), ("code", "LM 3.4")]);
    rows.add("load_branch", "of a draft edition", hidden_from_all_but(&CURATORS), &[("set", "library-management"), ("edition", "2"), ("code", "LM 3.4")]);
    rows.add("load_catalogue", "the courses", open(), &[]);
    rows.add("load_course", "a published course", open(), &[("course", "reading-a-budget")]);
    rows.add("load_course", "a draft course", hidden_from_all_but(&TRAINERS), &[("course", "dunlin")]);
    rows.add("load_resources", "the resources", open(), &[]);
    rows.add("load_resource", "a resource", open(), &[("slug", &ids.resource_slug)]);
    for word in ["quillback", "dunlin", "whimbrel", "corncrake", "turnstone", "sanderling", "ptarmigan"] {
        rows.add("search", "what one may see", open(), &[("q", word)]);
    }
    rows.add("find_statements", "while one types", open(), &[("q", "turnst")]);
    rows.add("find_courses", "while one types, drafts that one may change too", open(), &[("q", "dunl"), ("drafts", "true")]);
    rows.add("find_resources", "while one types", open(), &[("q", "budg")]);
    for word in ["quillback", "dunlin", "whimbrel", "corncrake", "turnstone", "sanderling"] {
        rows.add("find_links", "while one writes, what one may see", open(), &[("q", word)]);
    }
}

#[rustfmt::skip]
fn growth(rows: &mut Rows, ids: &Ids) {
    rows.section("One’s own growth");
    let mut own = |function, fields: &[(&'static str, &str)]| rows.add(function, "one’s own", signed_in(), fields);
    own("load_today", &[]);
    own("load_growth", &[]);
    own("choose_profile", &[("profile", "branch-manager")]);
    own("load_sitting", &[("profile", "branch-manager")]);
    let level: &'static str = format!("levels[n-{}]", ids.statement).leak();
    own("save_ratings", &[("profile", "branch-manager"), (level, "2")]);
    own("load_gaps", &[("profile", "branch-manager")]);
    own("put_profile_away", &[("profile", "branch-manager")]);
    own("load_record", &[]);
    own("load_my_changes", &[]);
    own("load_plan", &[]);
    own("add_goal", &[("node", &ids.statement), ("level", "3"), ("due", "2099-03-01")]);
    own("change_goal", &[("node", &ids.statement), ("level", "2")]);
    own("remove_goal", &[("node", &ids.statement)]);
    own("restore_goal", &[("node", &ids.statement)]);
    own("add_course", &[("course", &ids.course)]);
    own("add_resource", &[("resource", &ids.resource)]);
    own("add_task", &[("title", "Draft a budget story"), ("key", "0b2e9dd42d2c4c7e8e6c0000000001{who}")]);
    own("add_conversation", &[("title", "Ask Helen"), ("key", "0b2e9dd42d2c4c7e8e6c0000000002{who}")]);
    own("load_evidence", &[("statement", &ids.statement)]);
    rows.add("load_evidence", "of a statement of a draft", only(&[], NotFound), &[("statement", LINE)]);
    for function in ["change_evidence", "remove_evidence", "restore_evidence"] {
        let fields = [("evidence", EVIDENCE), ("title", "Redshank talk"), ("body", "Redshank")];
        rows.add(function, "a piece of somebody’s evidence", only(&[Themselves], NotFound), &fields);
    }
    rows.add("load_waiting_evidence", "what is put forward to one", signed_in(), &[]);
    rows.add("put_evidence_forward", "a piece of somebody’s evidence", only(&[Themselves], NotFound), &[("evidence", EVIDENCE_WITHOUT), ("reviewer", &ids.trainer), ("key", "0b2e9dd42d2c4c7e8e6c000000000e{who}")]);
    rows.add("take_evidence_back", "somebody’s", only(&[Themselves], Nothing), &[("review", EVIDENCE_REVIEW)]);
    rows.add("answer_evidence", "what somebody put forward to the trainer", only(&[Trainer], NotFound), &[("review", EVIDENCE_REVIEW), ("finding", "supports"), ("comment", "Seen.")]);
    rows.add("add_group", "a public group, to one’s own plan", only(&GROUP, NotFound), &[("group", PUBLIC_GROUP)]);
    rows.add("add_group", "a private group, to one’s own plan", only(&GROUP, NotFound), &[("group", PRIVATE_GROUP)]);
    rows.add("confirm_change", "what a new edition asks somebody", only(&[Themselves], NotFound), &[("node", &ids.statement)]);
    let chosen = [("node", ids.part.as_str()), ("level", "1"), ("goal", "true")];
    rows.add("choose_change", "what a new edition asks somebody", only(&[Themselves], NotFound), &chosen);
    for function in ["set_action_done", "change_action", "remove_action", "restore_action"] {
        let fields = [("action", ACTION), ("done", "true")];
        rows.add(function, "an action of somebody’s plan", only(&[Themselves], NotFound), &fields);
    }
}

#[rustfmt::skip]
fn learning(rows: &mut Rows, ids: &Ids) {
    rows.section("Learning");
    rows.add("load_lesson", "a lesson of a published course", signed_in(), &[("course", "weeding-with-good-reasons"), ("lesson", "criteria-aloud")]);
    rows.add("load_lesson", "a lesson of a draft", hidden_from_all_but(&TRAINERS), &[("course", "dunlin"), ("lesson", "first")]);
    rows.add("load_beside", "talk beside a lesson, of groups one may read", open(), &[("lesson", &ids.lesson), ("course", &ids.course)]);
    rows.add("finish_lesson", "a lesson of a published course", signed_in(), &[("lesson", &ids.lesson)]);
    rows.add("finish_lesson", "a lesson of a draft", only(&TRAINERS, NotFound), &[("lesson", DRAFT_LESSON)]);
    rows.add("reopen_lesson", "a lesson of a published course", signed_in(), &[("lesson", &ids.lesson)]);
}

#[rustfmt::skip]
fn talk(rows: &mut Rows, _: &Ids) {
    rows.section("Study groups");
    rows.add("load_groups", "the groups that one may read", open(), &[]);
    rows.add("load_group", "a public group", open(), &[("group", PUBLIC_GROUP)]);
    rows.add("load_group", "a private group", hidden_from_all_but(&GROUP), &[("group", PRIVATE_GROUP)]);
    rows.add("load_thread", "a thread of a public group", open(), &[("group", PUBLIC_GROUP), ("thread", PUBLIC_THREAD)]);
    rows.add("load_thread", "a thread of a private group", hidden_from_all_but(&GROUP), &[("group", PRIVATE_GROUP), ("thread", PRIVATE_THREAD)]);
    rows.add("load_thread", "a private thread under a public group", all(NotFound), &[("group", PUBLIC_GROUP), ("thread", PRIVATE_THREAD)]);
    rows.add("load_posts_after", "a thread of a public group", open(), &[("thread", PUBLIC_THREAD), ("after", "0")]);
    rows.add("load_posts_after", "a thread of a private group", hidden_from_all_but(&GROUP), &[("thread", PRIVATE_THREAD), ("after", "0")]);
    rows.add("preview_post", "a text of one’s own", signed_in(), &[("body", "*hello*")]);
    rows.add("preview_post", "a text with a name, for a private group", signed_in(), &[("body", "@rosa"), ("group", PRIVATE_GROUP)]);
    rows.add("find_readers", "to name in a public group", only(&GROUP, Forbidden), &[("group", PUBLIC_GROUP), ("q", "ro")]);
    rows.add("find_readers", "to name in a thread of a private group", only(&GROUP, NotFound), &[("thread", PRIVATE_THREAD), ("q", "ro")]);
    for (group, thread, about, refusal) in [
        (PUBLIC_GROUP, PUBLIC_THREAD, "a public group", Forbidden),
        (PRIVATE_GROUP, PRIVATE_THREAD, "a private group", NotFound),
    ] {
        let key = if refusal == Forbidden { "0b2e9dd42d2c4c7e8e6c000000000a{who}" } else { "0b2e9dd42d2c4c7e8e6c000000000b{who}" };
        rows.add("reply", about, only(&GROUP, refusal).says(), &[("thread", thread), ("body", "Yes."), ("form_key", key)]);
        let key = if refusal == Forbidden { "0b2e9dd42d2c4c7e8e6c000000000c{who}" } else { "0b2e9dd42d2c4c7e8e6c000000000d{who}" };
        let fields = [("group", group), ("title", "A thread"), ("kind", "discussion"), ("body", "Hello."), ("form_key", key)];
        rows.add("start_thread", about, only(&GROUP, refusal).says(), &fields);
    }
    rows.add("join_group", "a public group", signed_in(), &[("group", PUBLIC_GROUP)]);
    rows.add("join_group", "a private group", only(&GROUP, NotFound), &[("group", PRIVATE_GROUP)]);
    let leave = |refusal| only(&[Member], refusal).but(super::told::Told::Other(409), &[Facilitator]);
    rows.add("leave_group", "a public group, the last facilitator not", leave(Nothing), &[("group", PUBLIC_GROUP)]);
    rows.add("leave_group", "a private group, the last facilitator not", leave(NotFound), &[("group", PRIVATE_GROUP)]);
}

#[rustfmt::skip]
fn courses(rows: &mut Rows, ids: &Ids) {
    rows.section("Writing courses");
    let writers = [Stranger, Trainer, Curator, Administrator, Site];
    rows.add("load_studio", "what one may write", only(&writers, Forbidden), &[]);
    let writers = [Stranger, Trainer, Administrator, Site];
    rows.add("load_new_course", "the form", only(&writers, Forbidden), &[]);
    rows.add("find_places", "to write job descriptions for", only(&[Stranger, Manager, Administrator, Site], Forbidden), &[("purpose", "jobs"), ("q", "river")]);
    rows.add("find_places", "to write courses for", only(&writers, Forbidden), &[("purpose", "training"), ("q", "river")]);
    rows.add("create_course", "for the organisation", only(&TRAINERS, Forbidden), &[("key", "0b2e9dd42d2c4c7e8e6c0000000004{who}"), ("organisation", &ids.organisation), ("title", "A new course")]);
    rows.add("load_course_draft", "a draft", only(&TRAINERS, NotFound), &[("course", "dunlin")]);
    rows.add("load_lesson_draft", "of a draft", only(&TRAINERS, NotFound), &[("course", "dunlin"), ("lesson", "first")]);
    for (course, refusal, about) in [(DRAFT, NotFound, "a draft"), (ids.course.as_str(), Forbidden, "a published course")] {
        rows.add("save_course", about, only(&TRAINERS, refusal), &[("course", course), ("title", if course == DRAFT { "Dunlin draft" } else { "Weeding with good reasons" })]);
        rows.add("align_course", about, only(&TRAINERS, refusal), &[("course", course), ("node", &ids.statement), ("level", "2")]);
        rows.add("unalign_course", about, only(&TRAINERS, refusal), &[("course", course), ("node", &ids.statement)]);
        rows.add("publish_course", about, only(&TRAINERS, refusal).says(), &[("course", course), ("published", "true")]);
    }
    rows.add("save_lesson", "of a draft", only(&TRAINERS, NotFound), &[("course", DRAFT), ("lesson", "0b2e9dd42d2c4c7e8e6c0000000005{who}"), ("title", "One"), ("minutes", "5"), ("body", "Text.")]);
    rows.add("move_lesson", "of a draft", only(&TRAINERS, NotFound), &[("lesson", DRAFT_LESSON), ("to", "0")]);
    rows.add("move_lesson", "of a published course", only(&TRAINERS, Forbidden), &[("lesson", &ids.lesson), ("to", "0")]);
    rows.add("delete_lesson", "of a draft", only(&TRAINERS, NotFound), &[("lesson", DRAFT_LESSON), ("confirm", "Dunlin lesson")]);
    rows.add("delete_lesson", "of a published course", only(&[], Forbidden).but(Invalid, &TRAINERS), &[("lesson", &ids.lesson), ("confirm", "Another name")]);
    rows.add("delete_course", "a draft", only(&TRAINERS, NotFound), &[("course", DRAFT), ("confirm", "Dunlin draft")]);
    rows.add("delete_course", "a published course", only(&[], Forbidden).but(super::told::Told::Other(409), &TRAINERS), &[("course", &ids.course), ("confirm", "Weeding with good reasons")]);
    rows.add("preview_lesson", "a text of one’s own", only(&writers, Forbidden), &[("markdown", "# x")]);
}

#[rustfmt::skip]
fn cohorts(rows: &mut Rows, ids: &Ids) {
    rows.section("Cohorts");
    let writers = [Stranger, Trainer, Administrator, Site];
    rows.add("load_new_cohort", "the form", only(&writers, Forbidden), &[]);
    rows.add("open_cohort", "for the organisation", only(&TRAINERS, Forbidden), &[("key", "0b2e9dd42d2c4c7e8e6c0000000006{who}"), ("organisation", &ids.organisation), ("course", &ids.course), ("title", "Spring"), ("starts", "2098-03-01"), ("ends", "2098-04-01"), ("timezone", "Europe/London")]);
    rows.add("load_cohort", "a cohort", only(&COHORT_PEOPLE, NotFound), &[("cohort", COHORT)]);
    let enrols = only(&TRAINERS, NotFound).but(Forbidden, &[Member, Facilitator, Manager]);
    rows.add("enrol", "somebody of the organisation", enrols, &[("cohort", COHORT), ("person", &ids.colleague)]);
    rows.add("load_cohort_draft", "a cohort", enrols, &[("cohort", COHORT)]);
    rows.add("save_cohort", "a cohort", enrols, &[("cohort", COHORT), ("title", "Sanderling cohort"), ("starts", "2020-01-01"), ("ends", "2099-01-01"), ("timezone", "Europe/London"), ("facilitators[0]", &ids.facilitator)]);
    let empty = only(&TRAINERS, NotFound).but(Forbidden, &[Manager]);
    rows.add("delete_cohort", "that nobody has to do with", empty, &[("cohort", EMPTY_COHORT), ("confirm", "Sanderling empty")]);
    rows.add("delete_cohort", "in which somebody is enrolled", enrols.but(super::told::Told::Other(409), &TRAINERS), &[("cohort", COHORT), ("confirm", "Sanderling cohort")]);
    rows.add("find_colleagues", "while one types", enrols, &[("cohort", COHORT), ("q", "ptarm")]);
    rows.add("enrol_by_email", "somebody of the organisation", enrols, &[("cohort", COHORT), ("email", "lucy@riverside.example")]);
    rows.add("enrol_by_email", "somebody of another organisation", enrols.but(Invalid, &[Trainer, Administrator]), &[("cohort", COHORT), ("email", "walker-03@carrel.example")]);
    rows.add("remove_from_cohort", "a cohort", enrols, &[("cohort", COHORT), ("person", &ids.colleague)]);
}

#[rustfmt::skip]
fn sets(rows: &mut Rows, ids: &Ids) {
    rows.section("Competency sets");
    let writers = [Stranger, Curator, Administrator, Site];
    rows.add("load_import_form", "the form", only(&writers, Forbidden), &[]);
    rows.add("find_places", "to write sets for", only(&writers, Forbidden), &[("purpose", "sets"), ("q", "river")]);
    rows.add("load_import", "a file that the curator sent", only(&CURATORS, NotFound), &[("import", &ids.import)]);
    let may_ask = only(&[], Forbidden).but(Invalid, &writers);
    rows.add("fetch_import", "an address that is not public", may_ask, &[("organisation", &ids.organisation), ("address", "http://127.0.0.1:1/set.json")]);
    rows.add("match_columns", "a file that the curator sent", only(&CURATORS, NotFound), &[("import", &ids.import)]);
    rows.add("undo_import", "a file that the curator sent", only(&CURATORS, NotFound), &[("import", &ids.import)]);
    rows.add("confirm_import", "a file that the curator sent", only(&CURATORS, NotFound), &[("import", &ids.import)]);
    rows.add("load_editions", "of a published set", only(&CURATORS, Forbidden), &[("set", "library-management")]);
    rows.add("load_editions", "of a set that is a draft", only(&CURATORS, NotFound), &[("set", "turnstone")]);
    rows.add("open_draft", "of a published set", only(&CURATORS, Forbidden), &[("set", "library-management")]);
    rows.add("open_draft", "of a set that is a draft", only(&CURATORS, NotFound), &[("set", "turnstone")]);
    let (draft, row) = (("edition", ids.draft.as_str()), ids.mapped.as_str());
    rows.add("confirm_mappings", "of a draft", only(&CURATORS, NotFound), &[draft, ("looked[0]", row)]);
    rows.add("confirm_same", "of a draft", only(&CURATORS, NotFound), &[draft]);
    let node = row.split(':').next().unwrap_or_default();
    rows.add("change_mapping", "of a draft", only(&CURATORS, NotFound), &[draft, ("identifier", node), ("becomes", node)]);
    rows.add("name_levels", "of a draft", only(&CURATORS, NotFound), &[draft]);
    rows.add("publish_sections", "of a draft", only(&[], NotFound).but(Invalid, &CURATORS), &[draft, ("sections[0]", "0b2e9dd4-2d2c-4c7e-8e6c-0000000000e9"), ("understood", "true")]);
    rows.add("retire_edition", "a draft, which is none", only(&[], NotFound).but(super::told::Told::Other(409), &CURATORS), &[draft, ("understood", "true"), ("reason", "Turnstone")]);
    rows.add("drop_draft", "a draft, without a tick", only(&[], NotFound).but(Invalid, &CURATORS), &[draft]);
    rows.add("publish_edition", "a draft", only(&CURATORS, NotFound), &[("edition", "walk{who}"), ("understood", "true")]);
}

#[rustfmt::skip]
fn role_profiles(rows: &mut Rows, ids: &Ids) {
    rows.section("Role profiles");
    let (writers, set) = ([Stranger, Curator, Administrator, Site], ("set", "library-management"));
    rows.add("load_role_profiles", "of a published set", only(&writers, Forbidden), &[set]);
    rows.add("load_role_profiles", "of a set that is a draft", only(&CURATORS, NotFound), &[("set", "turnstone-outline")]);
    rows.add("load_new_role_profile", "of a published set", only(&writers, Forbidden), &[set]);
    let fields = |set: &'static str| [("set", set), ("key", "0b2e9dd4-2d2c-4c7e-8e6c-000000000d{who}"), ("organisation", ids.organisation.as_str()), ("title", "Pochard made")];
    rows.add("make_role_profile", "for the organisation", only(&CURATORS, Forbidden).but(Invalid, &[Stranger]), &fields("library-management"));
    rows.add("make_role_profile", "of a set that is a draft", only(&[], NotFound).but(super::told::Told::Other(409), &CURATORS), &fields("turnstone-outline"));
    rows.add("load_role_profile", "of a branch", only(&CURATORS, NotFound), &[set, ("profile", ROLE_PROFILE_SLUG)]);
    rows.add("load_role_profile", "of whoever owns the set", only(&CURATORS, Forbidden), &[set, ("profile", "branch-manager")]);
    let profile = ("profile", ROLE_PROFILE);
    rows.add("save_role_profile", "of a branch", only(&CURATORS, NotFound), &[profile, ("title", "Pochard profile"), ("organisation", &ids.branch)]);
    rows.add("save_role_levels", "of a branch", only(&CURATORS, NotFound), &[profile, ("section", &ids.section), ("whole", "1")]);
    rows.add("remove_role_profile", "of a branch", only(&CURATORS, NotFound), &[profile, ("confirm", "Pochard profile")]);
    for function in ["choose_profile", "put_profile_away", "load_sitting", "load_gaps"] {
        rows.add(function, "of an organisation that they do not belong to", only(&[], NotFound), &[("profile", ROLE_PROFILE_SLUG)]);
    }
}

#[rustfmt::skip]
fn outlines(rows: &mut Rows, ids: &Ids) {
    rows.section("Writing drafts of competency sets");
    let writers = [Stranger, Curator, Administrator, Site];
    rows.add("load_new_set", "the form", only(&writers, Forbidden), &[]);
    rows.add("load_derive_form", "from a published edition", only(&writers, Forbidden), &[("set", "library-management"), ("edition", "1")]);
    let derives = only(&CURATORS, Forbidden).but(Invalid, &[Stranger]);
    rows.add("derive_set", "for the organisation", derives, &[("set", "library-management"), ("edition", "1"), ("key", "0b2e9dd4-2d2c-4c7e-8e6c-000000000b{who}"), ("organisation", &ids.organisation), ("title", "Our own set")]);
    rows.add("derive_set", "from a draft", only(&[], Forbidden).but(NotFound, &writers), &[("set", "turnstone"), ("edition", "1"), ("key", "0b2e9dd4-2d2c-4c7e-8e6c-000000000c{who}"), ("organisation", &ids.organisation), ("title", "Our own set")]);
    rows.add("load_source", "of a derived draft", only(&CURATORS, NotFound), &[("set", "turnstone-outline")]);
    let decides = only(&CURATORS, NotFound);
    rows.add("take_update", "of a derived draft", decides, &[("set", "turnstone-outline"), ("node", &ids.offered), ("looked", &ids.offered_print)]);
    rows.add("leave_update", "of a derived draft", decides, &[("set", "turnstone-outline"), ("node", &ids.offered), ("looked", &ids.offered_print)]);
    let stale = only(&[], NotFound).but(super::told::Told::Other(409), &CURATORS);
    rows.add("take_update", "that was decided in the meantime", stale, &[("set", "turnstone-outline"), ("node", &ids.offered), ("looked", "0000")]);
    let begins = only(&CURATORS, Forbidden).but(Invalid, &[Stranger]);
    rows.add("create_set", "for the organisation", begins, &[("key", "0b2e9dd4-2d2c-4c7e-8e6c-0000000009{who}"), ("organisation", &ids.organisation), ("title", "A new set"), ("language", "en")]);
    let mut own = |function, about, fields: &[(&'static str, &str)]| rows.add(function, about, only(&CURATORS, NotFound), fields);
    own("load_outline", "a draft", &[("set", "turnstone-outline")]);
    own("load_book_words", "around a draft", &[("set", "turnstone-outline")]);
    own("save_book_words", "around a draft", &[("set", "turnstone-outline"), ("introduction", "Turnstone words"), ("over", "true")]);
    own("load_entry", "a line of a draft", &[("set", "turnstone-outline"), ("node", LINE)]);
    own("stay_in_draft", "at a line of it", &[("edition", WRITING), ("node", LINE)]);
    own("find_lines", "for a line of a draft", &[("node", LINE), ("what", "reference"), ("q", "turnst")]);
    own("add_entries", "to a draft", &[("edition", WRITING), ("spot", "top"), ("text", "Turnstone addition"), ("plain", "true")]);
    own("save_entry", "a line of a draft", &[("node", LINE), ("base", "{}"), ("title", "Turnstone changed")]);
    own("rename_entry", "a line of a draft", &[("node", LINE), ("was", "Turnstone line"), ("title", "Turnstone anew")]);
    own("save_frame", "a draft", &[("edition", WRITING), ("base", "{}"), ("title", "Turnstone outline"), ("language", "en"), ("levels", "No\nYes")]);
    own("move_entry", "a line of a draft", &[("step", "down walkline")]);
    own("remove_entry", "a line of a draft", &[("node", LINE), ("understood", "true")]);
    own("split_entry", "a line of a draft", &[("node", LINE), ("texts", "Turnstone one\nTurnstone two")]);
    own("merge_entries", "lines of a draft", &[("node", LINE), ("others[0]", OTHER_LINE), ("title", "Turnstone both")]);
    own("link_entries", "lines of a draft", &[("node", LINE), ("to", "Turnstone other line"), ("kind", "precedes")]);
    own("link_entries", "a line of a draft and a statement of another set", &[("node", LINE), ("chosen", &ids.statement), ("kind", "precedes")]);
    own("unlink_entries", "lines of a draft", &[("node", LINE), ("to", OTHER_LINE), ("kind", "precedes")]);
    let nothing = only(&[], NotFound).but(super::told::Told::Other(409), &CURATORS);
    rows.add("undo_step", "a draft in which one has done nothing", nothing, &[("edition", WRITING)]);
    rows.add("remove_entry", "a line of a published edition", nothing, &[("node", &ids.statement), ("understood", "true")]);
}
