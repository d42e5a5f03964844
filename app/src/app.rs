//! The document and the route table: the one place that lists pages.

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::{SsrMode, path};

use crate::assessments::pages::{GAPS, GROWTH, RATE};
use crate::audit::pages::{ORGANISATION_AUDIT, SITE_AUDIT};
use crate::competencies::pages::{IMPORT_PLAN, IMPORT_SET, INDEX, SET_TREE, STATEMENT};
use crate::courses::pages::{CATALOGUE, COURSE_EDITOR, COURSE_PAGE, LESSON_EDITOR, LESSON_PAGE, NEW_COURSE};
use crate::display::pages::DISPLAY;
use crate::editions::pages::{CHANGES, EDITIONS, MY_CHANGES};
use crate::groups::pages::{GROUP_PAGE, GROUPS, THREAD_PAGE};
use crate::home::pages::HOME;
use crate::invitations::pages::INVITATIONS;
use crate::joining::pages::{DOOR, REQUESTS};
use crate::mail::pages::MAIL;
use crate::organisations::pages::{MEMBER_PAGE, ORGANISATION_PAGE, ORGANISATION_SETTINGS};
use crate::parts::pages::STYLE;
use crate::people::address::pages::{ADDRESS, CONFIRM_ADDRESS};
use crate::people::directory::pages::PEOPLE;
use crate::people::new_password::pages::{FORGOTTEN, PASSWORD_LINK, RESET};
use crate::people::pages::{JOIN, PROFILE_PAGE, SETTINGS_PAGE, SIGN_IN};
use crate::people::passkeys::pages::PASSKEYS;
use crate::people::second_factor::pages::{SECOND_FACTOR, SIGN_IN_CODE};
use crate::people::sign_in_rules::pages::SIGN_IN_RULES;
use crate::plans::pages::PLAN_PAGE;
use crate::profiles::pages::OWN_PROFILE;
use crate::programmes::pages::{COHORT_PAGE, NEW_COHORT, STUDIO};
use crate::resources::pages::{RESOURCE_PAGE, RESOURCES};
use crate::search::pages::SEARCH_PAGE;
use crate::setup::pages::SETUP;
use crate::sharing::pages::{SHARED_GAPS, SHARED_PLAN, SHARING};
use crate::single_sign_on::pages::{LINKED, PROVIDER, PROVIDERS};
use crate::site_frame::SiteFrame;
use crate::staff::pages::{STAFF, STAFF_LIST};
use crate::ui::page_error::PageError;

/// Every page's path, in the order of the routes below. The browser tests walk
/// the same list, and a test holds the two together.
pub const ROUTES: &[&str] = &[
    "/",
    "/sign-in",
    "/sign-in/code",
    "/sign-in/forgotten",
    "/sign-in/reset/:token",
    "/confirm-address/:token",
    "/join/:token",
    "/setup",
    "/index",
    "/index/:set",
    "/index/:set/:edition",
    "/index/:set/:edition/changes",
    "/index/:set/:edition/:code",
    "/courses",
    "/courses/:course",
    "/courses/:course/:lesson",
    "/resources",
    "/resources/:resource",
    "/cohorts/:cohort",
    "/groups",
    "/groups/:group",
    "/groups/:group/:thread",
    "/me",
    "/me/rate",
    "/me/gaps",
    "/me/plan",
    "/me/changes",
    "/me/profile",
    "/me/sharing",
    "/me/settings",
    "/me/settings/address",
    "/me/settings/passkeys",
    "/me/settings/second-factor",
    "/me/settings/single-sign-on",
    "/people",
    "/people/:person",
    "/people/:person/gaps",
    "/people/:person/plan",
    "/organisations/:organisation",
    "/organisations/:organisation/settings",
    "/organisations/:organisation/invitations",
    "/organisations/:organisation/requests",
    "/organisations/:organisation/join",
    "/organisations/:organisation/people/:person",
    "/organisations/:organisation/staff",
    "/organisations/:organisation/staff/:list",
    "/organisations/:organisation/audit",
    "/search",
    "/display",
    "/admin/mail",
    "/admin/password-link",
    "/admin/providers",
    "/admin/providers/:provider",
    "/admin/sign-in",
    "/admin/style",
    "/admin/audit",
    "/studio",
    "/studio/import",
    "/studio/import/:import",
    "/studio/sets/:set/editions",
    "/studio/courses/new",
    "/studio/courses/:course",
    "/studio/courses/:course/:lesson",
    "/studio/cohorts/new",
];

/// The pages that search engines may list; all others say `noindex`, and so
/// does what is not there for a visitor.
pub const PUBLIC: &[&str] = &[
    "/",
    "/index",
    "/index/:set",
    "/index/:set/:edition",
    "/index/:set/:edition/changes",
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

#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    crate::start::provide_start();
    view! {
        <Title text="Carrel"/>
        <Router>
            <SiteFrame>
                <FlatRoutes fallback=|| view! { <PageError error=crate::error::AppError::NotFound/> }>
                    <Route path=path!("/") view=HOME ssr=SsrMode::Async/>
                    <Route path=path!("/sign-in") view=SIGN_IN ssr=SsrMode::Async/>
                    <Route path=path!("/sign-in/code") view=SIGN_IN_CODE ssr=SsrMode::Async/>
                    <Route path=path!("/sign-in/forgotten") view=FORGOTTEN ssr=SsrMode::Async/>
                    <Route path=path!("/sign-in/reset/:token") view=RESET ssr=SsrMode::Async/>
                    <Route path=path!("/confirm-address/:token") view=CONFIRM_ADDRESS ssr=SsrMode::Async/>
                    <Route path=path!("/join/:token") view=JOIN ssr=SsrMode::Async/>
                    <Route path=path!("/setup") view=SETUP ssr=SsrMode::Async/>
                    <Route path=path!("/index") view=INDEX ssr=SsrMode::Async/>
                    <Route path=path!("/index/:set") view=SET_TREE ssr=SsrMode::Async/>
                    <Route path=path!("/index/:set/:edition") view=SET_TREE ssr=SsrMode::Async/>
                    <Route path=path!("/index/:set/:edition/changes") view=CHANGES ssr=SsrMode::Async/>
                    <Route path=path!("/index/:set/:edition/:code") view=STATEMENT ssr=SsrMode::Async/>
                    <Route path=path!("/courses") view=CATALOGUE ssr=SsrMode::Async/>
                    <Route path=path!("/courses/:course") view=COURSE_PAGE ssr=SsrMode::Async/>
                    <Route path=path!("/courses/:course/:lesson") view=LESSON_PAGE ssr=SsrMode::Async/>
                    <Route path=path!("/resources") view=RESOURCES ssr=SsrMode::Async/>
                    <Route path=path!("/resources/:resource") view=RESOURCE_PAGE ssr=SsrMode::Async/>
                    <Route path=path!("/cohorts/:cohort") view=COHORT_PAGE ssr=SsrMode::Async/>
                    <Route path=path!("/groups") view=GROUPS ssr=SsrMode::Async/>
                    <Route path=path!("/groups/:group") view=GROUP_PAGE ssr=SsrMode::Async/>
                    <Route path=path!("/groups/:group/:thread") view=THREAD_PAGE ssr=SsrMode::Async/>
                    <Route path=path!("/me") view=GROWTH ssr=SsrMode::Async/>
                    <Route path=path!("/me/rate") view=RATE ssr=SsrMode::Async/>
                    <Route path=path!("/me/gaps") view=GAPS ssr=SsrMode::Async/>
                    <Route path=path!("/me/plan") view=PLAN_PAGE ssr=SsrMode::Async/>
                    <Route path=path!("/me/changes") view=MY_CHANGES ssr=SsrMode::Async/>
                    <Route path=path!("/me/profile") view=OWN_PROFILE ssr=SsrMode::Async/>
                    <Route path=path!("/me/sharing") view=SHARING ssr=SsrMode::Async/>
                    <Route path=path!("/me/settings") view=SETTINGS_PAGE ssr=SsrMode::Async/>
                    <Route path=path!("/me/settings/address") view=ADDRESS ssr=SsrMode::Async/>
                    <Route path=path!("/me/settings/passkeys") view=PASSKEYS ssr=SsrMode::Async/>
                    <Route path=path!("/me/settings/second-factor") view=SECOND_FACTOR ssr=SsrMode::Async/>
                    <Route path=path!("/me/settings/single-sign-on") view=LINKED ssr=SsrMode::Async/>
                    <Route path=path!("/people") view=PEOPLE ssr=SsrMode::Async/>
                    <Route path=path!("/people/:person") view=PROFILE_PAGE ssr=SsrMode::Async/>
                    <Route path=path!("/people/:person/gaps") view=SHARED_GAPS ssr=SsrMode::Async/>
                    <Route path=path!("/people/:person/plan") view=SHARED_PLAN ssr=SsrMode::Async/>
                    <Route path=path!("/organisations/:organisation") view=ORGANISATION_PAGE ssr=SsrMode::Async/>
                    <Route path=path!("/organisations/:organisation/settings") view=ORGANISATION_SETTINGS ssr=SsrMode::Async/>
                    <Route path=path!("/organisations/:organisation/invitations") view=INVITATIONS ssr=SsrMode::Async/>
                    <Route path=path!("/organisations/:organisation/requests") view=REQUESTS ssr=SsrMode::Async/>
                    <Route path=path!("/organisations/:organisation/join") view=DOOR ssr=SsrMode::Async/>
                    <Route path=path!("/organisations/:organisation/people/:person") view=MEMBER_PAGE ssr=SsrMode::Async/>
                    <Route path=path!("/organisations/:organisation/staff") view=STAFF ssr=SsrMode::Async/>
                    <Route path=path!("/organisations/:organisation/staff/:list") view=STAFF_LIST ssr=SsrMode::Async/>
                    <Route path=path!("/organisations/:organisation/audit") view=ORGANISATION_AUDIT ssr=SsrMode::Async/>
                    <Route path=path!("/search") view=SEARCH_PAGE ssr=SsrMode::Async/>
                    <Route path=path!("/display") view=DISPLAY ssr=SsrMode::Async/>
                    <Route path=path!("/admin/mail") view=MAIL ssr=SsrMode::Async/>
                    <Route path=path!("/admin/password-link") view=PASSWORD_LINK ssr=SsrMode::Async/>
                    <Route path=path!("/admin/providers") view=PROVIDERS ssr=SsrMode::Async/>
                    <Route path=path!("/admin/providers/:provider") view=PROVIDER ssr=SsrMode::Async/>
                    <Route path=path!("/admin/sign-in") view=SIGN_IN_RULES ssr=SsrMode::Async/>
                    <Route path=path!("/admin/style") view=STYLE ssr=SsrMode::Async/>
                    <Route path=path!("/admin/audit") view=SITE_AUDIT ssr=SsrMode::Async/>
                    <Route path=path!("/studio") view=STUDIO ssr=SsrMode::Async/>
                    <Route path=path!("/studio/import") view=IMPORT_SET ssr=SsrMode::Async/>
                    <Route path=path!("/studio/import/:import") view=IMPORT_PLAN ssr=SsrMode::Async/>
                    <Route path=path!("/studio/sets/:set/editions") view=EDITIONS ssr=SsrMode::Async/>
                    <Route path=path!("/studio/courses/new") view=NEW_COURSE ssr=SsrMode::Async/>
                    <Route path=path!("/studio/courses/:course") view=COURSE_EDITOR ssr=SsrMode::Async/>
                    <Route path=path!("/studio/courses/:course/:lesson") view=LESSON_EDITOR ssr=SsrMode::Async/>
                    <Route path=path!("/studio/cohorts/new") view=NEW_COHORT ssr=SsrMode::Async/>
                </FlatRoutes>
            </SiteFrame>
        </Router>
    }
}
