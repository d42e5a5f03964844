//! Writing a lesson: Markdown with a preview.

use crate::ui::lazy_page;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_params_map;

use crate::courses::model::LessonDraft;
use crate::courses::rules::{LONGEST_BODY, LONGEST_TITLE};
use crate::courses::writing_api::{PREVIEW, SaveLesson, load_lesson_draft, preview_lesson};
use crate::error::AppError;
use crate::lookups::components::LINKS;
use crate::ui::field::{Checkbox, TextField};
use crate::ui::form::{Form, FormErrors};
use crate::ui::load::{load, loaded};
use crate::ui::{Composer, Crumb, Draft, Notice, Page, Prose, Tone};

/// The id of the text.
const AREA: &str = "field-body";

lazy_page!(LESSON_EDITOR in studio => lesson_editor);

fn lesson_editor() -> AnyView {
    let params = use_params_map();
    let lesson = load(
        move || {
            params.with(|params| {
                (
                    params.get("course").unwrap_or_default(),
                    params.get("lesson").unwrap_or_default(),
                )
            })
        },
        |(course, lesson)| load_lesson_draft(course, lesson),
    );
    let save = ServerAction::new();
    loaded(lesson, move |lesson| view! { <LessonEditorView lesson save/> })
}

#[component]
fn LessonEditorView(lesson: LessonDraft, save: ServerAction<SaveLesson>) -> impl IntoView {
    let title = if lesson.slug.is_none() {
        "New lesson".to_owned()
    } else {
        format!("Edit: {}", lesson.title)
    };
    let crumbs = vec![
        Crumb::new("/studio", "Studio"),
        Crumb::new(
            format!("/studio/courses/{}", lesson.course_slug),
            lesson.course_title.clone(),
        ),
    ];
    let live = match (lesson.published, lesson.slug.is_none()) {
        (false, _) => None,
        (true, true) => Some("This course is published: the lesson stands in it for everybody as soon as you save it."),
        (true, false) => Some("This course is published: what you save is read at once."),
    };
    view! {
        <Page title=title crumbs=crumbs>
            {live.map(|words| view! { <Notice><p>{words}</p></Notice> })}
            <LessonForm lesson save/>
        </Page>
    }
}

#[component]
fn LessonForm(lesson: LessonDraft, save: ServerAction<SaveLesson>) -> impl IntoView {
    let form = Form::matching(save, &[("lesson", lesson.id.as_str())]);
    // A new lesson has a new id each time its form is loaded: the draft of any
    // new lesson of this course is taken back, with its own id.
    let form = if lesson.slug.is_none() {
        Form::matching(save, &[("course", lesson.course.as_str()), ("changed", "")])
    } else {
        form
    };
    let preview = RwSignal::new(lesson.preview.clone());
    let typed = StoredValue::new(form.value("body", &lesson.body));
    let back = format!("/studio/courses/{}", lesson.course_slug);
    let place = if lesson.slug.is_none() {
        lesson.course.to_string()
    } else {
        lesson.id.to_string()
    };
    let draft = Draft::of(&format!("lesson:{place}"), AREA);
    // What is sent need not be kept, unless it was refused.
    Effect::new(move |_| {
        if let Some(Err(_)) = save.value().get() {
            draft.keep(&draft.text());
        }
    });
    view! {
        <ActionForm action=save attr:class="form form-wide" on:submit=move |_| draft.keep("")>
            <Problems form/>
            <Unsaved draft typed preview/>
            <input type="hidden" name="course" value=lesson.course.to_string()/>
            <input type="hidden" name="lesson" value=form.value("lesson", lesson.id.as_str())/>
            <input type="hidden" name="changed" value=form.value("changed", &lesson.changed)/>
            <LessonHead form lesson=lesson.clone()/>
            <Overwrite form course=lesson.course_slug.clone() lesson=lesson.slug.clone()/>
            <Writer form course=lesson.course.to_string() body=lesson.body preview typed draft/>
            <div class="form-actions">
                <button class="button" type="submit">"Save lesson"</button>
                <button class="button quiet" type="submit" name="step" value="preview" formnovalidate=true
                    on:click=move |event| {
                        event.prevent_default();
                        render_preview(typed.get_value(), preview);
                    }
                >"Preview"</button>
                <a href=back>"Cancel"</a>
            </div>
        </ActionForm>
    }
}

#[component]
fn LessonHead(form: Form, lesson: LessonDraft) -> impl IntoView {
    let modules = (!lesson.modules.is_empty()).then(|| format!("So far: {}.", lesson.modules.join(", ")));
    let hint = format!("Lessons of one module stand together. {}", modules.unwrap_or_default());
    let minutes = match lesson.minutes {
        0 => String::new(),
        minutes => minutes.to_string(),
    };
    view! {
        <TextField form name="title" label="Title" value=lesson.title required=true maxlength=LONGEST_TITLE/>
        <div class="form-row">
            <TextField form name="module" label="Module" value=lesson.module maxlength=LONGEST_TITLE hint=hint.trim_end().to_owned()/>
            <TextField form name="minutes" label="Minutes" kind="number" value=minutes maxlength=3
                hint="How long it takes to read and do. Empty if you cannot say."/>
        </div>
    }
}

/// The text, and beside it how it will look.
#[component]
fn Writer(
    form: Form,
    course: String,
    body: String,
    preview: RwSignal<String>,
    typed: StoredValue<String>,
    draft: Draft,
) -> impl IntoView {
    let later = StoredValue::new(None::<TimeoutHandle>);
    let on_text = Callback::new(move |text: String| {
        draft.keep(&text);
        typed.set_value(text);
        if let Some(waiting) = later.get_value() {
            waiting.clear();
        }
        // The page may be left before the wait is over.
        let render = move || {
            if let Some(text) = typed.try_get_value() {
                render_preview(text, preview);
            }
        };
        later.set_value(set_timeout_with_handle(render, std::time::Duration::from_millis(400)).ok());
    });
    view! {
        <div class="writer">
            <Composer form name="body" label="Text" id=AREA value=body rows=24 required=true maxlength=LONGEST_BODY on_text links=LINKS
                pictures=format!("course={course}")
                hint="Markdown: # heading, *emphasis*, **strong**, - list, > quote, [words](https://address)."/>
            <section class="stack-tight" aria-labelledby="preview-head">
                <h2 id="preview-head">"Preview"</h2>
                <div class="composer-preview">
                    {move || match preview.get() {
                        html if html.is_empty() => {
                            view! { <p class="meta">"What you write shows here as learners will read it."</p> }.into_any()
                        }
                        html => view! { <Prose html=html/> }.into_any(),
                    }}
                </div>
            </section>
        </div>
    }
}

/// What was typed here before and never saved, to take back or to let go.
#[component]
fn Unsaved(draft: Draft, typed: StoredValue<String>, preview: RwSignal<String>) -> impl IntoView {
    let left = RwSignal::new(None::<String>);
    Effect::new(move |_| left.set(draft.left()));
    let take = move |_| {
        if let Some(text) = left.get_untracked() {
            draft.put(&text);
            typed.set_value(text.clone());
            render_preview(text, preview);
        }
        left.set(None);
    };
    let drop = move |_| {
        draft.keep("");
        left.set(None);
    };
    move || {
        left.get().map(|_| {
            view! {
                <Notice tone=Tone::Highlight>
                    <p>"You typed something here before that was not saved. This browser has kept it."</p>
                    <div class="cluster">
                        <button class="button small" type="button" on:click=take>"Take it back"</button>
                        <button class="button quiet small" type="button" on:click=drop>"Let it go"</button>
                    </div>
                </Notice>
            }
        })
    }
}

/// Asks the server, whose rules decide how it will look.
fn render_preview(text: String, preview: RwSignal<String>) {
    spawn_local(async move {
        if let Ok(html) = preview_lesson(text).await {
            preview.set(html);
        }
    });
}

/// A form that came back for its preview is no failure.
#[component]
fn Problems(form: Form) -> impl IntoView {
    let is_preview = move || matches!(form.error().get(), Some(AppError::Conflict(message)) if message == PREVIEW);
    move || {
        if is_preview() {
            view! { <Notice tone=Tone::Highlight><p>{PREVIEW}</p></Notice> }.into_any()
        } else {
            view! { <FormErrors form/> }.into_any()
        }
    }
}

/// When somebody else saved the lesson meanwhile: what to look at, and the
/// choice to replace it.
#[component]
fn Overwrite(form: Form, course: String, lesson: Option<String>) -> impl IntoView {
    let changed = move || matches!(form.error().get(), Some(AppError::Conflict(message)) if message != PREVIEW);
    let href = format!("/courses/{course}/{}", lesson.unwrap_or_default());
    move || {
        changed().then(|| {
            view! {
                <div class="stack-tight">
                    <p><a href=href.clone() target="_blank" rel="noopener">"See what is saved now (in a new tab)"</a></p>
                    <Checkbox form name="overwrite" label="Replace what is saved now with what I typed"/>
                </div>
            }
        })
    }
}
