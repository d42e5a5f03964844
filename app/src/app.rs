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
use crate::groups::pages::{GROUP_PAGE, GROUPS, THREAD_PAGE};
use crate::home::pages::HOME;
use crate::organisations::pages::ORGANISATION_PAGE;
use crate::parts::pages::STYLE;
use crate::people::pages::{JOIN, PROFILE_PAGE, SETTINGS_PAGE, SIGN_IN};
use crate::plans::pages::PLAN_PAGE;
use crate::programmes::pages::{COHORT_PAGE, NEW_COHORT, STUDIO};
use crate::resources::pages::{RESOURCE_PAGE, RESOURCES};
use crate::search::pages::SEARCH_PAGE;
use crate::sharing::pages::{SHARED_GAPS, SHARED_PLAN, SHARING};
use crate::site_frame::SiteFrame;
use crate::ui::page_error::PageError;

/// Every page's path, in the order of the routes below. The browser tests walk
/// the same list, and a test holds the two together.
pub const ROUTES: &[&str] = &[
    "/",
    "/sign-in",
    "/join/:token",
    "/index",
    "/index/:set",
    "/index/:set/:edition",
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
    "/me/sharing",
    "/me/settings",
    "/people/:person",
    "/people/:person/gaps",
    "/people/:person/plan",
    "/organisations/:organisation",
    "/organisations/:organisation/audit",
    "/search",
    "/display",
    "/admin/style",
    "/admin/audit",
    "/studio",
    "/studio/import",
    "/studio/import/:import",
    "/studio/courses/new",
    "/studio/courses/:course",
    "/studio/courses/:course/:lesson",
    "/studio/cohorts/new",
];

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
                    <Route path=path!("/join/:token") view=JOIN ssr=SsrMode::Async/>
                    <Route path=path!("/index") view=INDEX ssr=SsrMode::Async/>
                    <Route path=path!("/index/:set") view=SET_TREE ssr=SsrMode::Async/>
                    <Route path=path!("/index/:set/:edition") view=SET_TREE ssr=SsrMode::Async/>
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
                    <Route path=path!("/me/sharing") view=SHARING ssr=SsrMode::Async/>
                    <Route path=path!("/me/settings") view=SETTINGS_PAGE ssr=SsrMode::Async/>
                    <Route path=path!("/people/:person") view=PROFILE_PAGE ssr=SsrMode::Async/>
                    <Route path=path!("/people/:person/gaps") view=SHARED_GAPS ssr=SsrMode::Async/>
                    <Route path=path!("/people/:person/plan") view=SHARED_PLAN ssr=SsrMode::Async/>
                    <Route path=path!("/organisations/:organisation") view=ORGANISATION_PAGE ssr=SsrMode::Async/>
                    <Route path=path!("/organisations/:organisation/audit") view=ORGANISATION_AUDIT ssr=SsrMode::Async/>
                    <Route path=path!("/search") view=SEARCH_PAGE ssr=SsrMode::Async/>
                    <Route path=path!("/display") view=DISPLAY ssr=SsrMode::Async/>
                    <Route path=path!("/admin/style") view=STYLE ssr=SsrMode::Async/>
                    <Route path=path!("/admin/audit") view=SITE_AUDIT ssr=SsrMode::Async/>
                    <Route path=path!("/studio") view=STUDIO ssr=SsrMode::Async/>
                    <Route path=path!("/studio/import") view=IMPORT_SET ssr=SsrMode::Async/>
                    <Route path=path!("/studio/import/:import") view=IMPORT_PLAN ssr=SsrMode::Async/>
                    <Route path=path!("/studio/courses/new") view=NEW_COURSE ssr=SsrMode::Async/>
                    <Route path=path!("/studio/courses/:course") view=COURSE_EDITOR ssr=SsrMode::Async/>
                    <Route path=path!("/studio/courses/:course/:lesson") view=LESSON_EDITOR ssr=SsrMode::Async/>
                    <Route path=path!("/studio/cohorts/new") view=NEW_COHORT ssr=SsrMode::Async/>
                </FlatRoutes>
            </SiteFrame>
        </Router>
    }
}
