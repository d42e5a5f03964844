//! What one says of oneself, with whom it is for.

use crate::ui::lazy_page;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::{RemovePicture, SaveAbout, load_own_profile};
use super::model::{About, Audience, OwnProfile, PICTURE_UPLOAD, ShownTo};
use crate::ui::field::{SelectField, TextArea, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Crumb, FileField, Notice, Page, Portrait, Tone};

lazy_page!(OWN_PROFILE in people => own_profile_page);

fn own_profile_page() -> AnyView {
    let (save, remove) = (ServerAction::new(), ServerAction::new());
    let profile = load(move || remove.version().get(), |_| load_own_profile());
    loaded(profile, move |profile| view! { <OwnProfileView profile save remove/> })
}

#[component]
fn OwnProfileView(
    profile: OwnProfile,
    save: ServerAction<SaveAbout>,
    remove: ServerAction<RemovePicture>,
) -> impl IntoView {
    let kept = use_query_map().with_untracked(|query| query.get("notice").as_deref() == Some("picture"));
    let crumbs = vec![Crumb::new(format!("/people/{}", profile.person), profile.name.clone())];
    view! {
        <Page title="Profile" crumbs=crumbs narrow=true
            lede="Everything here is optional. Colleagues are those who find you: people of your organisations, of those above and beneath, and of your groups.".to_string()>
            {kept.then(|| view! { <Notice tone=Tone::Accent><p>"This is your picture now."</p></Notice> })}
            <section>
                <h2>"Picture"</h2>
                <PictureForm name=profile.name.clone() href=profile.picture.clone() path=PICTURE_UPLOAD.to_owned()
                    hint="JPEG, PNG or WebP, at most 2 MB. A square is cut out of its middle; where and when it was taken is not kept."/>
                {profile.picture.is_some().then(|| view! {
                    <ActionForm action=remove><button class="button quiet" type="submit">"Take it away"</button></ActionForm>
                })}
            </section>
            <AboutForm about=profile.about shown=profile.shown action=save/>
        </Page>
    }
}

/// A plain form: a file travels without the browser code as well.
#[component]
pub fn PictureForm(
    #[prop(into)] name: String,
    href: Option<String>,
    path: String,
    #[prop(into)] hint: String,
) -> impl IntoView {
    let form = Form::plain(&path);
    view! {
        <div class="row-media">
            <Portrait name href/>
            <form class="form" method="post" enctype="multipart/form-data" action=path>
                <FormErrors form/>
                <FileField form name="file" label="Picture file" required=true accept="image/jpeg,image/png,image/webp" hint/>
                <div class="form-actions"><button class="button quiet" type="submit">"Use this picture"</button></div>
            </form>
        </div>
    }
}

#[component]
fn AboutForm(about: About, shown: ShownTo, action: ServerAction<SaveAbout>) -> impl IntoView {
    let form = Form::of(action);
    let mut languages = vec![(String::new(), "Not said".to_owned())];
    languages.extend(crate::language::options());
    view! {
        <section>
            <h2>"About you"</h2>
            <ActionForm action attr:class="form">
                <FormErrors form/>
                <div class="form-row">
                    <TextField form name="pronouns" label="Pronouns" value=about.pronouns maxlength=40/>
                    <ShownField form name="shown_pronouns" what="Pronouns" value=shown.pronouns/>
                </div>
                <div class="form-row">
                    <TextField form name="place" label="Where you work" value=about.place maxlength=120/>
                    <ShownField form name="shown_place" what="Where you work" value=shown.place/>
                </div>
                <div class="form-row">
                    <SelectField form name="language" label="Language" options=languages value=about.language autocomplete="language"/>
                    <ShownField form name="shown_language" what="Language" value=shown.language/>
                </div>
                <TextArea form name="about" label="A few words" value=about.about maxlength=1_000 rows=4
                    hint="At most 1,000 characters, as plain text."/>
                <div class="form-row">
                    <ShownField form name="shown_about" what="A few words" value=shown.about/>
                    <ShownField form name="shown_picture" what="Picture" value=shown.picture/>
                </div>
                <div class="form-actions"><button class="button" type="submit">"Save"</button></div>
            </ActionForm>
        </section>
    }
}

#[component]
fn ShownField(form: Form, name: &'static str, what: &'static str, value: Audience) -> impl IntoView {
    view! { <SelectField form name label=format!("{what}: shown to") options=Audience::options() value=value.as_str()/> }
}

/// What someone says of themselves, as far as the viewer may see it; nothing
/// where there is nothing.
#[component]
pub fn SaidOfThemselves(#[prop(into)] name: String, about: About, picture: Option<String>) -> impl IntoView {
    let facts = [
        ("Pronouns", about.pronouns),
        ("Place", about.place),
        ("Language", crate::language::label(&about.language).to_owned()),
    ];
    let facts: Vec<_> = facts.into_iter().filter(|(_, said)| !said.is_empty()).collect();
    let has_facts = !facts.is_empty();
    let facts = facts
        .into_iter()
        .map(|(word, said)| view! { <dt>{word}</dt><dd>{said}</dd> })
        .collect_view();
    let lines = about
        .about
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| view! { <p>{line.to_owned()}</p> })
        .collect_view();
    let portrait = picture.map(|href| view! { <Portrait name href=Some(href)/> });
    (portrait.is_some() || has_facts || !about.about.is_empty()).then(|| {
        view! {
            <div class="stack">
                {portrait}
                {has_facts.then(|| view! { <dl class="facts">{facts}</dl> })}
                {lines}
            </div>
        }
    })
}
