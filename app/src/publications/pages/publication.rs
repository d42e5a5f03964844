//! An edition in all forms that people read it in, and its typesetting.

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::competencies::model::{counted, edition_href, edition_words};
use crate::publications::api::{Typeset, load_publication};
use crate::publications::model::{Paper, PublicationPage, STAGES, Stage, Typesetting};
use crate::start::use_viewer;
use crate::ui::field::{Checkbox, Choice, RadioGroup};
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Crumb, FieldGroup, Notice, Page, Progress, Tone, lazy_page};
use crate::viewer::Viewer;

lazy_page!(PUBLICATION in people => publication);

fn publication() -> AnyView {
    let (params, query) = (use_params_map(), use_query_map());
    let typeset = ServerAction::<Typeset>::new();
    let page = load(
        move || {
            let asked = |name: &str| params.with(|params| params.get(name).unwrap_or_default());
            let file = query.with(|query| query.get("file").unwrap_or_default());
            (asked("set"), asked("edition"), file, typeset.version().get())
        },
        |(set, edition, file, _)| load_publication(set, edition, file),
    );
    loaded(page, move |page| view! { <PublicationView page typeset/> })
}

#[component]
fn PublicationView(page: PublicationPage, typeset: ServerAction<Typeset>) -> impl IntoView {
    let edition = edition_words(page.number);
    let base = edition_href(&page.slug, page.number);
    let crumbs = vec![
        Crumb::new("/index", "Index"),
        Crumb::new(base.clone(), page.title.clone()),
    ];
    let title = format!("{}, {edition}, to read and to print", page.title);
    let file = RwSignal::new(page.file.clone());
    follow(file, page.slug.clone(), page.number);
    let shown = base.clone();
    view! {
        <Page title crumbs=crumbs>
            <section id="typeset">
                <h2>"Typeset, as PDF"</h2>
                <p>"A book with cover, contents, index of topics and sources, for paper and for screens; tagged for those who listen to it."</p>
                <div role="status">{move || file.get().map(|file| standing(&shown, &file))}</div>
                <Asking typeset slug=page.slug number=page.number sections=page.sections/>
            </section>
            <section>
                <h2>"Other forms"</h2>
                <ul class="rows rows-tight" role="list">
                    <li><a href=format!("{base}/publication/book.html") rel="external">"To print from the browser"</a>" "<span class="meta">"A4, "<a href=format!("{base}/publication/book.html?size=letter") rel="external">"or US Letter"</a></span></li>
                    <li><a href=format!("{base}/publication/book.epub") download="">"Electronic book"</a>" "<span class="meta">"EPUB"</span></li>
                    <li><a href=format!("{base}/publication/book.docx") download="">"Document to work on"</a>" "<span class="meta">"Word, A4, "<a href=format!("{base}/publication/book.docx?size=letter") download="">"or US Letter"</a></span></li>
                </ul>
            </section>
        </Page>
    }
}

/// What one asks for: the paper and, where there are several, the sections.
#[component]
fn Asking(typeset: ServerAction<Typeset>, slug: String, number: u32, sections: Vec<String>) -> impl IntoView {
    let form = Form::of(typeset);
    let papers = vec![
        Choice {
            value: Paper::A4.word().into(),
            label: Paper::A4.label().into(),
            description: "210 × 297 mm".into(),
        },
        Choice {
            value: Paper::Letter.word().into(),
            label: Paper::Letter.label().into(),
            description: "8½ × 11 inches".into(),
        },
    ];
    let choice = |(at, label): (usize, String)| {
        view! { <Checkbox form name=format!("sections[{at}]") label value=at.to_string()/> }
    };
    let several = sections.len() > 1;
    let member = use_viewer().with_untracked(Viewer::is_signed_in);
    let sign_in =
        (several && !member).then(|| view! { <p class="meta">"Whoever is signed in may choose sections of it."</p> });
    let sections = (several && member).then(|| {
        let choices = sections.into_iter().enumerate().map(choice).collect_view();
        view! {
            <FieldGroup legend="Only these sections" hint="Without any ticked, all of the edition is in it.">{choices}</FieldGroup>
        }
    });
    view! {
        <ActionForm action=typeset attr:class="form">
            <FormErrors form/>
            <input type="hidden" name="set" value=slug/>
            <input type="hidden" name="edition" value=number.to_string()/>
            <RadioGroup form name="paper" legend="Paper" choices=papers value=Paper::A4.word() row=true/>
            {sections}
            {sign_in}
            <div class="form-actions"><button class="button" type="submit">"Typeset it"</button></div>
        </ActionForm>
    }
}

fn standing(base: &str, file: &Typesetting) -> AnyView {
    let Typesetting {
        id,
        paper,
        whole,
        stage,
    } = file;
    let what = if *whole {
        "the whole edition"
    } else {
        "the sections you chose"
    };
    match stage {
        Stage::BeingMade(done) => {
            let words = ["Waiting for its turn", "Laying out the pages", "Writing the file"];
            let words = words.get(*done as usize).copied().unwrap_or_default();
            view! {
                <p>
                    {format!("Being typeset on {}: {what}. You can leave this page. ", paper.label())}
                    <a href=format!("{base}/publication?file={id}#typeset") rel="external">"See how far it is"</a>
                </p>
                <Progress done=*done of=STAGES label="Typesetting" text=words.to_owned()/>
            }
            .into_any()
        }
        Stage::Ready { pages, size, missing } => {
            let about = format!("{}, {}, {what}.", counted(*pages, "page", "pages"), paper.label());
            let empty = (!missing.is_empty()).then(|| {
                format!(
                    "No font on this server shows some of its characters, so they stand empty in the PDF: {missing}. \
                     Whoever looks after Carrel can install one; the other forms hold them."
                )
            });
            view! {
                <p class="button-row">
                    <a class="button" href=format!("{base}/publication/book.pdf?file={id}") download="" rel="external">{format!("Download the PDF ({size})")}</a>
                </p>
                <p class="meta">{about}</p>
                {empty.map(|words| view! { <Notice tone=Tone::Highlight><p>{words}</p></Notice> })}
            }
            .into_any()
        }
        Stage::Failed => view! {
            <Notice tone=Tone::Danger><p>"This book could not be typeset. Ask again; if it fails once more, tell whoever looks after Carrel."</p></Notice>
        }
        .into_any(),
    }
}

/// Looks every second while a file is being made, in the browser.
fn follow(file: RwSignal<Option<Typesetting>>, slug: String, number: u32) {
    let being_made = move || {
        file.with(|file| match file {
            Some(Typesetting {
                id,
                stage: Stage::BeingMade(_),
                ..
            }) => Some(id.to_string()),
            _ => None,
        })
    };
    Effect::new(move |_| {
        let Some(id) = being_made() else { return };
        let slug = slug.clone();
        let look = move || {
            leptos::task::spawn_local(async move {
                // Without an answer it is tried again with the next look.
                let now = load_publication(slug, number.to_string(), id).await;
                let _gone_meanwhile = file.try_update(|file| {
                    if let Ok(page) = now {
                        *file = page.file;
                    }
                });
            });
        };
        set_timeout(look, std::time::Duration::from_secs(1));
    });
}
