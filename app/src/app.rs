//! The document and the route table: the one place that lists pages.

use std::sync::LazyLock;

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::RouteMatchId;
use leptos_router::components::{FlatRoutes, Router};

use crate::assessments::pages::{GAPS, GROWTH, RATE};
use crate::audit::pages::{ORGANISATION_AUDIT, SITE_AUDIT};
use crate::competencies::pages::{IMPORT_PLAN, IMPORT_SET, INDEX, SET_TREE, STATEMENT};
use crate::courses::pages::{CATALOGUE, COURSE_EDITOR, COURSE_PAGE, LESSON_EDITOR, LESSON_PAGE, NEW_COURSE};
use crate::derivations::pages::{DERIVE, SOURCE};
use crate::display::pages::DISPLAY;
use crate::editions::pages::{CHANGES, EDITIONS, MY_CHANGES};
use crate::evidence::forward::pages::EVIDENCE_WAITING;
use crate::evidence::pages::EVIDENCE;
use crate::groups::pages::{GROUP_PAGE, GROUPS, THREAD_PAGE};
use crate::home::pages::HOME;
use crate::invitations::pages::INVITATIONS;
use crate::jobs::pages::{JOB, JOB_DUTIES, JOB_WORDS, JOBS, NEW_JOB};
use crate::joining::finding::pages::DOORS;
use crate::joining::pages::{DOOR, REQUESTS};
use crate::mail::pages::MAIL;
use crate::organisations::pages::{MEMBER_PAGE, ORGANISATION_PAGE, ORGANISATION_SETTINGS};
use crate::outlines::pages::{ENTRY, NEW_SET, OUTLINE};
use crate::parts::pages::STYLE;
use crate::people::address::pages::{ADDRESS, CONFIRM_ADDRESS};
use crate::people::directory::pages::PEOPLE;
use crate::people::new_password::pages::{FORGOTTEN, PASSWORD_LINK, RESET};
use crate::people::pages::{JOIN, PROFILE_PAGE, SETTINGS_PAGE, SIGN_IN};
use crate::people::passkeys::pages::PASSKEYS;
use crate::people::second_factor::pages::{SECOND_FACTOR, SIGN_IN_CODE};
use crate::people::sign_in_rules::pages::SIGN_IN_RULES;
use crate::people::unplaced::pages::UNPLACED;
use crate::plans::pages::PLAN_PAGE;
use crate::profiles::pages::OWN_PROFILE;
use crate::programmes::pages::{COHORT_FORM, COHORT_PAGE, STUDIO};
use crate::publications::pages::{BOOK, PUBLICATION};
use crate::records::pages::RECORD;
use crate::resources::pages::{RESOURCE_PAGE, RESOURCES};
use crate::retention::pages::RETENTION;
use crate::reviews::pages::{BOARD, BOARD_ITEM, MY_REVIEWS, REVIEW, REVIEW_ITEM, REVIEW_LINK, ROUNDS};
use crate::role_profiles::pages::{NEW_ROLE_PROFILE, ROLE_PROFILE, ROLE_PROFILES};
use crate::search::pages::SEARCH_PAGE;
use crate::setup::pages::SETUP;
use crate::sharing::pages::{SHARED_EVIDENCE, SHARED_GAPS, SHARED_PLAN, SHARED_RECORD, SHARING};
use crate::single_sign_on::pages::{LINKED, PROVIDER, PROVIDERS};
use crate::site_frame::SiteFrame;
use crate::staff::pages::{STAFF, STAFF_LIST};
use crate::terms::pages::TERMS;
use crate::ui::page_error::PageError;
use crate::ui::{LazyPage, PageTable, new_ids};

/// The route table: every page with its path, the more exact before the more
/// general. The browser tests walk the same list.
pub const PAGES: &[(&str, LazyPage)] = &[
    ("/", HOME),
    ("/sign-in", SIGN_IN),
    ("/sign-in/code", SIGN_IN_CODE),
    ("/sign-in/forgotten", FORGOTTEN),
    ("/sign-in/reset/:token", RESET),
    ("/confirm-address/:token", CONFIRM_ADDRESS),
    ("/join", DOORS),
    ("/join/:token", JOIN),
    ("/setup", SETUP),
    ("/index", INDEX),
    ("/index/:set", SET_TREE),
    ("/index/:set/:edition", SET_TREE),
    ("/index/:set/:edition/derive", DERIVE),
    ("/index/:set/:edition/changes", CHANGES),
    ("/index/:set/:edition/publication", PUBLICATION),
    ("/index/:set/:edition/:code", STATEMENT),
    ("/courses", CATALOGUE),
    ("/courses/:course", COURSE_PAGE),
    ("/courses/:course/:lesson", LESSON_PAGE),
    ("/resources", RESOURCES),
    ("/resources/:resource", RESOURCE_PAGE),
    ("/cohorts/:cohort", COHORT_PAGE),
    ("/cohorts/:cohort/edit", COHORT_FORM),
    ("/groups", GROUPS),
    ("/groups/:group", GROUP_PAGE),
    ("/groups/:group/:thread", THREAD_PAGE),
    ("/me", GROWTH),
    ("/me/rate", RATE),
    ("/me/gaps", GAPS),
    ("/me/plan", PLAN_PAGE),
    ("/me/changes", MY_CHANGES),
    ("/me/profile", OWN_PROFILE),
    ("/me/record", RECORD),
    ("/me/evidence", EVIDENCE),
    ("/me/evidence/waiting", EVIDENCE_WAITING),
    ("/me/sharing", SHARING),
    ("/me/settings", SETTINGS_PAGE),
    ("/me/settings/address", ADDRESS),
    ("/me/settings/passkeys", PASSKEYS),
    ("/me/settings/second-factor", SECOND_FACTOR),
    ("/me/settings/single-sign-on", LINKED),
    ("/jobs", JOBS),
    ("/jobs/new", NEW_JOB),
    ("/jobs/:job", JOB),
    ("/jobs/:job/edit", JOB_WORDS),
    ("/jobs/:job/duties", JOB_DUTIES),
    ("/jobs/:job/:face", JOB),
    ("/people", PEOPLE),
    ("/people/:person", PROFILE_PAGE),
    ("/people/:person/gaps", SHARED_GAPS),
    ("/people/:person/plan", SHARED_PLAN),
    ("/people/:person/record", SHARED_RECORD),
    ("/people/:person/evidence", SHARED_EVIDENCE),
    ("/organisations/:organisation", ORGANISATION_PAGE),
    ("/organisations/:organisation/settings", ORGANISATION_SETTINGS),
    ("/organisations/:organisation/invitations", INVITATIONS),
    ("/organisations/:organisation/requests", REQUESTS),
    ("/organisations/:organisation/join", DOOR),
    ("/organisations/:organisation/cohorts", STUDIO),
    ("/organisations/:organisation/people/:person", MEMBER_PAGE),
    ("/organisations/:organisation/staff", STAFF),
    ("/organisations/:organisation/staff/:list", STAFF_LIST),
    ("/organisations/:organisation/audit", ORGANISATION_AUDIT),
    ("/reviews", MY_REVIEWS),
    ("/reviews/link/:token", REVIEW_LINK),
    ("/reviews/:round", REVIEW),
    ("/reviews/:round/:item", REVIEW_ITEM),
    ("/search", SEARCH_PAGE),
    ("/display", DISPLAY),
    ("/terms", TERMS),
    ("/admin/mail", MAIL),
    ("/admin/password-link", PASSWORD_LINK),
    ("/admin/people", UNPLACED),
    ("/admin/providers", PROVIDERS),
    ("/admin/providers/:provider", PROVIDER),
    ("/admin/retention", RETENTION),
    ("/admin/sign-in", SIGN_IN_RULES),
    ("/admin/style", STYLE),
    ("/admin/audit", SITE_AUDIT),
    ("/studio", STUDIO),
    ("/studio/import", IMPORT_SET),
    ("/studio/import/:import", IMPORT_PLAN),
    ("/studio/sets/:set/book", BOOK),
    ("/studio/sets/:set/editions", EDITIONS),
    ("/studio/sets/:set/source", SOURCE),
    ("/studio/sets/:set/profiles", ROLE_PROFILES),
    ("/studio/sets/:set/profiles/new", NEW_ROLE_PROFILE),
    ("/studio/sets/:set/profiles/:profile", ROLE_PROFILE),
    ("/studio/courses/new", NEW_COURSE),
    ("/studio/courses/:course", COURSE_EDITOR),
    ("/studio/courses/:course/:lesson", LESSON_EDITOR),
    ("/studio/cohorts/new", COHORT_FORM),
    ("/studio/sets/new", NEW_SET),
    ("/studio/sets/:set", OUTLINE),
    ("/studio/sets/:set/nodes/:node", ENTRY),
    ("/studio/sets/:set/reviews", ROUNDS),
    ("/studio/sets/:set/reviews/:round", BOARD),
    ("/studio/sets/:set/reviews/:round/:item", BOARD_ITEM),
];

/// Every page's path.
pub fn routes() -> impl Iterator<Item = &'static str> {
    PAGES.iter().map(|(path, _)| *path)
}

/// The pages that search engines may list; all others say `noindex`, and so
/// does what is not there for a visitor.
pub const PUBLIC: &[&str] = &[
    "/",
    "/index",
    "/index/:set",
    "/index/:set/:edition",
    "/index/:set/:edition/changes",
    "/index/:set/:edition/publication",
    "/index/:set/:edition/:code",
    "/courses",
    "/courses/:course",
    "/courses/:course/:lesson",
    "/resources",
    "/resources/:resource",
    "/groups",
    "/groups/:group",
    "/groups/:group/:thread",
];

/// Whether a path is public, with its parameters as `:set` or as `{set}`.
pub fn is_public(path: &str) -> bool {
    let plain = |path: &str| path.replace([':', '{', '}'], "");
    PUBLIC.iter().any(|public| plain(public) == plain(path))
}

static IDS: LazyLock<Vec<RouteMatchId>> = LazyLock::new(|| new_ids(PAGES));

#[component(transparent)]
fn Pages() -> PageTable {
    PageTable::new(PAGES, &IDS)
}

#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    crate::start::provide_start();
    view! {
        <Title text="Carrel"/>
        <Router>
            <SiteFrame>
                <FlatRoutes fallback=|| view! { <PageError error=crate::error::AppError::NotFound/> }>
                    <Pages/>
                </FlatRoutes>
            </SiteFrame>
        </Router>
    }
}
