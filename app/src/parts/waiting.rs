//! What a page shows while something is under way, lost or not to be done.

use leptos::prelude::*;

use crate::error::AppError;
use crate::ui::field::{Checkbox, SelectField, TextField};
use crate::ui::form::Form;
use crate::ui::page_error::{ErrorWays, heading};
use crate::ui::{BrandMark, FieldGroup, FileField, NoticesLink, Skeleton, Upload};

#[component]
pub(super) fn Waiting() -> impl IntoView {
    let lost = Form::refused(AppError::field(
        "lost",
        "The file did not arrive. Nothing was saved; send it again.",
    ));
    view! {
        <section>
            <h2>"Waiting and lost"</h2>
            <div class="stack">
                <div class="busy"></div>
                <p class="banner">"No connection. What you typed stays on this page; Carrel tries again every few seconds."</p>
                <Upload label="A file under way" sent=40/>
                <FileField form=lost name="lost" label="A file that was lost on its way" hint="At most 20 MB." accept=".csv" id="lost-file"/>
            </div>
            <Skeleton/>
        </section>
    }
}

/// What the header has, or will have.
#[component]
pub(super) fn Header() -> impl IntoView {
    let links = [0, 3, 120].map(|count| view! { <NoticesLink href="/admin/style" count/> });
    view! {
        <section>
            <h2>"The header"</h2>
            <p class="cluster"><BrandMark/>{links.into_iter().collect_view()}</p>
        </section>
    }
}

/// Fields that say something and take nothing.
#[component]
pub(super) fn Disabled() -> impl IntoView {
    let form = Form::none();
    let options = vec![("a".to_string(), "Course".to_string())];
    view! {
        <form class="form" method="get" action="/admin/style">
            <FieldGroup legend="Not to be changed now" disabled=true>
                <TextField form name="title" label="Title" value="Reading a budget" id="disabled-title"/>
                <SelectField form name="kind" label="Kind" options id="disabled-kind"/>
                <Checkbox form name="agree" label="The others" checked=true/>
            </FieldGroup>
        </form>
    }
}

/// Pages that could not be shown.
#[component]
pub(super) fn Errors() -> impl IntoView {
    let sign_in = || Some("/sign-in".to_owned());
    let again = || Some("/admin/style".to_owned());
    let changed = AppError::Conflict("Somebody else changed it in the meantime.".into());
    let errors = vec![
        (AppError::NotFound, None, None),
        (AppError::SignInNeeded, sign_in(), None),
        (AppError::Forbidden, None, None),
        (changed, None, again()),
        (AppError::TooMany(120), None, again()),
        (AppError::Busy, None, again()),
        (AppError::Offline, None, again()),
        (AppError::Internal, None, again()),
    ];
    let errors = errors
        .into_iter()
        .map(|(error, next, again)| view! { <div class="stack"><h3>{heading(&error)}</h3><ErrorWays error next again/></div> })
        .collect_view();
    view! {
        <section>
            <h2>"Error pages"</h2>
            <div class="columns">
                {errors}
                <div class="stack"><h3>"Your session has ended"</h3><ErrorWays error=AppError::SignInNeeded next=sign_in()/></div>
            </div>
        </section>
    }
}
