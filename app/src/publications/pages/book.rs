//! The words that stand around the index in its publication.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::outlines::pages::Over;
use crate::publications::api::{SaveBookWords, load_book_words};
use crate::publications::model::{BookWordsPage, LONGEST_WORDS, publication_href};
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Composer, Crumb, Notice, Page, Tone, lazy_page};

lazy_page!(BOOK in studio => book);

fn book() -> AnyView {
    let params = use_params_map();
    let save = ServerAction::<SaveBookWords>::new();
    let page = load(
        move || {
            (
                params.with(|params| params.get("set").unwrap_or_default()),
                save.version().get(),
            )
        },
        |(set, _)| load_book_words(set),
    );
    loaded(page, move |page| view! { <BookView page save/> })
}

#[component]
fn BookView(page: BookWordsPage, save: ServerAction<SaveBookWords>) -> impl IntoView {
    let form = Form::of(save);
    let query = use_query_map();
    let saved = move || query.with(|query| query.get("notice").as_deref() == Some("saved"));
    let BookWordsPage {
        slug,
        title,
        number,
        words,
        base,
        ..
    } = page;
    let crumbs = vec![
        Crumb::new("/studio", "Studio"),
        Crumb::new(format!("/studio/sets/{}", crate::paths::segment(&slug)), title.clone()),
    ];
    let lede = "What the publication of this draft says before and after its statements, in Markdown. It goes along into the next edition.";
    view! {
        <Page title=format!("The book: {title}") lede=lede.to_string() crumbs=crumbs>
            {move || saved().then(|| view! { <Notice tone=Tone::Accent><p>"Saved."</p></Notice> })}
            <ActionForm action=save attr:class="form">
                <FormErrors form/>
                <input type="hidden" name="set" value=slug.clone()/>
                <input type="hidden" name="base" value=form.value("base", &base)/>
                <Composer form name="introduction" id="field-introduction" label="Introduction" value=words.introduction rows=10 maxlength=LONGEST_WORDS
                    hint="Left empty, the description of the set stands here."/>
                <Composer form name="how_to_use" id="field-how_to_use" label="How to use it" value=words.how_to_use rows=8 maxlength=LONGEST_WORDS
                    hint="Left empty, two general sentences stand here. The proficiency scale follows."/>
                <Composer form name="acknowledgements" id="field-acknowledgements" label="Acknowledgements" value=words.acknowledgements rows=8 maxlength=LONGEST_WORDS
                    hint="Reviewers who agreed are named after these."/>
                <Over form/>
                <div class="form-actions">
                    <button class="button" type="submit">"Save"</button>
                    <a class="button quiet" href=publication_href(&slug, number)>"See it typeset"</a>
                </div>
            </ActionForm>
        </Page>
    }
}
