//! The document and the route table: the one place that lists pages.

use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::{Lazy, SsrMode, path};

use crate::assessments::pages::{Gaps, Growth, Rate};
use crate::competencies::pages::{ImportPlan, ImportSet, Index, SetTree, Statement};
use crate::courses::pages::{Catalogue, CourseEditor, CoursePage, LessonEditor, LessonPage, NewCourse};
use crate::groups::pages::{GroupPage, Groups, ThreadPage};
use crate::home::pages::Home;
use crate::organisations::pages::OrganisationPage;
use crate::people::pages::{Join, ProfilePage, SettingsPage, SignIn};
use crate::plans::pages::PlanPage;
use crate::programmes::pages::{CohortPage, NewCohort, Studio};
use crate::resources::pages::Resources;
use crate::search::pages::SearchPage;
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
    "/cohorts/:cohort",
    "/groups",
    "/groups/:group",
    "/groups/:group/:thread",
    "/me",
    "/me/rate",
    "/me/gaps",
    "/me/plan",
    "/me/settings",
    "/people/:person",
    "/organisations/:organisation",
    "/search",
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
                    <Route path=path!("/") view={Lazy::<Home>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/sign-in") view={Lazy::<SignIn>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/join/:token") view={Lazy::<Join>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/index") view={Lazy::<Index>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/index/:set") view={Lazy::<SetTree>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/index/:set/:edition") view={Lazy::<SetTree>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/index/:set/:edition/:code") view={Lazy::<Statement>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/courses") view={Lazy::<Catalogue>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/courses/:course") view={Lazy::<CoursePage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/courses/:course/:lesson") view={Lazy::<LessonPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/resources") view={Lazy::<Resources>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/cohorts/:cohort") view={Lazy::<CohortPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/groups") view={Lazy::<Groups>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/groups/:group") view={Lazy::<GroupPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/groups/:group/:thread") view={Lazy::<ThreadPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/me") view={Lazy::<Growth>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/me/rate") view={Lazy::<Rate>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/me/gaps") view={Lazy::<Gaps>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/me/plan") view={Lazy::<PlanPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/me/settings") view={Lazy::<SettingsPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/people/:person") view={Lazy::<ProfilePage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/organisations/:organisation") view={Lazy::<OrganisationPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/search") view={Lazy::<SearchPage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/studio") view={Lazy::<Studio>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/studio/import") view={Lazy::<ImportSet>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/studio/import/:import") view={Lazy::<ImportPlan>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/studio/courses/new") view={Lazy::<NewCourse>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/studio/courses/:course") view={Lazy::<CourseEditor>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/studio/courses/:course/:lesson") view={Lazy::<LessonEditor>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/studio/cohorts/new") view={Lazy::<NewCohort>::new()} ssr=SsrMode::Async/>
                </FlatRoutes>
            </SiteFrame>
        </Router>
    }
}
