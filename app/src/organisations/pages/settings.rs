//! What those who look after an organisation may change of it.

use crate::ui::lazy_page;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::organisations::api::{CreateOrganisation, MoveOrganisation, SaveOrganisation, load_organisation_settings};
use crate::organisations::components::{OrganisationTabs, back_to};
use crate::organisations::model::{Kind, OrganisationSettings, Place};
use crate::profiles::api::RemoveLogo;
use crate::profiles::model::logo_upload;
use crate::profiles::pages::PictureForm;
use crate::ui::field::{SelectField, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{EmptyState, Page};

lazy_page!(ORGANISATION_SETTINGS in studio => settings_page);

#[derive(Clone, Copy)]
struct Actions {
    save: ServerAction<SaveOrganisation>,
    create: ServerAction<CreateOrganisation>,
    change_place: ServerAction<MoveOrganisation>,
    remove_logo: ServerAction<RemoveLogo>,
}

fn settings_page() -> AnyView {
    let (params, query) = (use_params_map(), use_query_map());
    let actions = Actions {
        save: ServerAction::new(),
        create: ServerAction::new(),
        change_place: ServerAction::new(),
        remove_logo: ServerAction::new(),
    };
    let settings = load(
        move || {
            let slug = params.with(|params| params.get("organisation").unwrap_or_default());
            let find = query.with(|query| query.get("find").unwrap_or_default());
            (slug, find, actions.remove_logo.version().get())
        },
        |(slug, find, _)| load_organisation_settings(slug, find),
    );
    loaded(settings, move |settings| view! { <SettingsView settings actions/> })
}

#[component]
fn SettingsView(settings: OrganisationSettings, actions: Actions) -> impl IntoView {
    let crumbs = back_to(&settings.slug, &settings.name);
    let moving =
        (settings.may_move).then(|| view! { <MoveForms settings=settings.clone() action=actions.change_place/> });
    let creating = (settings.has_room || settings.may_top)
        .then(|| view! { <CreateForm settings=settings.clone() action=actions.create/> });
    view! {
        <Page title="Settings" crumbs=crumbs narrow=true>
            <OrganisationTabs slug=settings.slug.clone() asking=settings.asking/>
            <EditForm settings=settings.clone() action=actions.save/>
            <LogoForms settings action=actions.remove_logo/>
            {creating}
            {moving}
        </Page>
    }
}

#[component]
fn EditForm(settings: OrganisationSettings, action: ServerAction<SaveOrganisation>) -> impl IntoView {
    let form = Form::of(action);
    view! {
        <section>
            <h2>"About it"</h2>
            <ActionForm action attr:class="form">
                <FormErrors form/>
                <input type="hidden" name="organisation" value=settings.id.to_string()/>
                <TextField form name="name" label="Name" value=settings.name required=true maxlength=200/>
                <SelectField form name="kind" label="Kind" options=Kind::options() value=settings.kind.as_str()/>
                <TextField form name="place" label="Place" value=settings.place maxlength=200/>
                <SelectField form name="timezone" label="Time zone" options=settings.zones value=settings.timezone/>
                <SelectField form name="language" label="Language of its content" options=crate::language::options() value=settings.language/>
                <div class="form-actions"><button class="button" type="submit">"Save"</button></div>
            </ActionForm>
        </section>
    }
}

#[component]
fn LogoForms(settings: OrganisationSettings, action: ServerAction<RemoveLogo>) -> impl IntoView {
    view! {
        <section>
            <h2>"Logo"</h2>
            <PictureForm name=settings.name href=settings.logo.clone() path=logo_upload(&settings.slug)
                hint="JPEG, PNG or WebP, at most 2 MB. Its members see it."/>
            {settings.logo.is_some().then(|| view! {
                <ActionForm action>
                    <input type="hidden" name="organisation" value=settings.id.to_string()/>
                    <button class="button quiet" type="submit">"Take it away"</button>
                </ActionForm>
            })}
        </section>
    }
}

/// Its fields have ids of their own beside those of the form above.
#[component]
fn CreateForm(settings: OrganisationSettings, action: ServerAction<CreateOrganisation>) -> impl IntoView {
    let form = Form::of(action);
    let mut places = Vec::new();
    if settings.has_room {
        places.push((settings.id.to_string(), format!("Beneath {}", settings.name)));
    }
    if settings.may_top {
        places.push((String::new(), "At the top, beneath nothing".into()));
    }
    let first = places.first().map(|(value, _)| value.clone()).unwrap_or_default();
    let heading = "Another organisation";
    view! {
        <section id="another">
            <h2>{heading}</h2>
            <ActionForm action attr:class="form">
                <FormErrors form/>
                <input type="hidden" name="key" value=form.value("key", settings.key.as_str())/>
                <input type="hidden" name="timezone" value=settings.timezone/>
                <input type="hidden" name="language" value=settings.language/>
                <TextField form name="name" id="new-name" label="Name" required=true maxlength=200/>
                <SelectField form name="kind" id="new-kind" label="Kind" options=Kind::options() value=settings.kind.beneath().as_str()/>
                <TextField form name="place" id="new-place" label="Place" maxlength=200/>
                <SelectField form name="parent" id="new-parent" label="Where it stands" options=places value=first/>
                <div class="form-actions"><button class="button" type="submit">"Make it"</button></div>
            </ActionForm>
        </section>
    }
}

/// Looking for another place, then going there.
#[component]
fn MoveForms(settings: OrganisationSettings, action: ServerAction<MoveOrganisation>) -> impl IntoView {
    let form = Form::of(action);
    let stands = match &settings.parent {
        Some(parent) => format!("{} stands beneath {}.", settings.name, parent.name),
        None => format!("{} stands at the top.", settings.name),
    };
    let id = settings.id.to_string();
    let found = settings.found.clone();
    let nothing = found.is_empty() && !settings.find.is_empty();
    let rows = found
        .into_iter()
        .map(|place| view! { <TargetRow place organisation=id.clone() action/> })
        .collect_view();
    let top = (settings.may_top && settings.parent.is_some()).then(|| {
        view! {
            <ActionForm action>
                <input type="hidden" name="organisation" value=id.clone()/>
                <input type="hidden" name="parent" value=""/>
                <button class="button quiet" type="submit">"Move it to the top"</button>
            </ActionForm>
        }
    });
    view! {
        <section id="move">
            <h2>"Move it"</h2>
            <p>{stands}" What stands beneath it moves with it; its people and content stay where they are."</p>
            <p>"Another place is found by a part of its name, among those that you look after."</p>
            <FormErrors form/>
            <form class="form-inline" method="get" action=format!("/organisations/{}/settings#move", settings.slug)>
                <TextField form=Form::none() name="find" kind="search" label="Beneath which organisation" value=settings.find maxlength=120/>
                <button class="button quiet" type="submit">"Find"</button>
            </form>
            {nothing.then(|| view! {
                <EmptyState title="None found"><p>"No other organisation that you look after has this in its name."</p></EmptyState>
            })}
            <ul class="rows rows-tight" role="list">{rows}</ul>
            {top}
        </section>
    }
}

#[component]
fn TargetRow(place: Place, organisation: String, action: ServerAction<MoveOrganisation>) -> impl IntoView {
    let label = format!("Move here, beneath {}", place.name);
    view! {
        <li class="row">
            <div>
                <b>{place.name}</b>
                {(!place.within.is_empty()).then(|| view! { <p class="meta">{format!("Beneath {}", place.within)}</p> })}
            </div>
            <ActionForm action>
                <input type="hidden" name="organisation" value=organisation/>
                <input type="hidden" name="parent" value=place.id.to_string()/>
                <button class="button quiet small" type="submit" aria-label=label>"Move here"</button>
            </ActionForm>
        </li>
    }
}
