use leptos::prelude::*;

use super::api::{MakeCopy, load_copy};
use super::model::{CopyStatus, DAYS, State};
use crate::ui::form::{Form, FormErrors};
use crate::ui::{Notice, Progress, Tone};

/// Taking along everything about oneself, on the settings page.
#[component]
pub fn CopySection(copy: Option<CopyStatus>) -> impl IntoView {
    let action: ServerAction<MakeCopy> = ServerAction::new();
    let form = Form::of(action);
    let copy = RwSignal::new(copy);
    follow(copy, action);
    let idle =
        move || copy.with(|copy| !matches!(copy.as_ref().map(|copy| &copy.state), Some(State::BeingMade { .. })));
    view! {
        <section id="copy">
            <h2>"Everything about you"</h2>
            <p>{format!("A zip file with one page to read and the same as JSON for other programs: your profile, ratings, evidence, plans, posts, courses, sharings and what was noted about you. It is yours alone to download, for {DAYS} days.")}</p>
            <div role="status">{move || copy.get().map(standing)}</div>
            {move || idle().then(|| view! {
                <ActionForm action attr:class="form">
                    <FormErrors form/>
                    <div class="form-actions"><button class="button quiet" type="submit">"Make a copy"</button></div>
                </ActionForm>
            })}
        </section>
    }
}

fn standing(copy: CopyStatus) -> AnyView {
    match copy.state {
        State::BeingMade { done, of } => view! {
            <p>"Your copy is being made. You can leave this page. "<a href="/me/settings#copy" rel="external">"See how far it is"</a></p>
            <Progress done of label="Parts of your copy"/>
        }
        .into_any(),
        State::Ready { size, until } => view! {
            <p>
                <a class="button" href=format!("/me/copies/{}.zip", copy.id) download="" rel="external">{format!("Download ({size})")}</a>
            </p>
            <p class="meta">{format!("Made {}, kept until {until}.", copy.asked)}</p>
        }
        .into_any(),
        State::Failed => view! {
            <Notice tone=Tone::Danger>"Your copy could not be made. Try again; if it fails once more, tell whoever looks after Carrel."</Notice>
        }
        .into_any(),
    }
}

/// Looks every two seconds while a copy is being made, in the browser.
fn follow(copy: RwSignal<Option<CopyStatus>>, action: ServerAction<MakeCopy>) {
    let refresh = move || {
        leptos::task::spawn_local(async move {
            if let Ok(now) = load_copy().await {
                let _gone_meanwhile = copy.try_set(now);
            }
        });
    };
    Effect::new(move |_| {
        if action.value().with(|value| matches!(value, Some(Ok(())))) {
            refresh();
        }
    });
    Effect::new(move |_| {
        let making = copy.with(|copy| matches!(copy.as_ref().map(|copy| &copy.state), Some(State::BeingMade { .. })));
        if making {
            set_timeout(refresh, std::time::Duration::from_secs(2));
        }
    });
}
