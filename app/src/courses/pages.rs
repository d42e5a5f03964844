//! Pages of this feature.

use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

pub struct Catalogue;

#[lazy_route]
impl LazyRoute for Catalogue {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <p>"Catalogue"</p> }.into_any()
    }
}

pub struct CourseEditor;

#[lazy_route]
impl LazyRoute for CourseEditor {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <p>"CourseEditor"</p> }.into_any()
    }
}

pub struct CoursePage;

#[lazy_route]
impl LazyRoute for CoursePage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <p>"CoursePage"</p> }.into_any()
    }
}

pub struct LessonEditor;

#[lazy_route]
impl LazyRoute for LessonEditor {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <p>"LessonEditor"</p> }.into_any()
    }
}

pub struct LessonPage;

#[lazy_route]
impl LazyRoute for LessonPage {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <p>"LessonPage"</p> }.into_any()
    }
}

pub struct NewCourse;

#[lazy_route]
impl LazyRoute for NewCourse {
    fn data() -> Self {
        Self
    }

    fn view(_this: Self) -> AnyView {
        view! { <p>"NewCourse"</p> }.into_any()
    }
}
