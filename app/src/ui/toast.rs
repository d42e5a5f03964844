use super::{Icon, IconView};
use leptos::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq)]
struct Toast {
    id: u32,
    text: String,
}

/// Short words about what just happened, such as "Saved". They stay until
/// dismissed or crowded out, so that nobody has to read fast.
#[derive(Clone, Copy)]
pub struct Toasts(RwSignal<Vec<Toast>>);

const SHOWN: usize = 3;

impl Toasts {
    /// Says something. To be called from handlers and effects only.
    pub fn say(self, text: impl Into<String>) {
        let text = text.into();
        self.0.update(|toasts| {
            let id = toasts.last().map_or(0, |toast| toast.id.wrapping_add(1));
            toasts.push(Toast { id, text });
            if toasts.len() > SHOWN {
                toasts.remove(0);
            }
        });
    }

    fn dismiss(self, id: u32) {
        self.0.update(|toasts| toasts.retain(|toast| toast.id != id));
    }
}

/// Puts the toasts into context, once for the whole application; they are
/// then had with `expect_context::<Toasts>()`.
pub fn provide_toasts() -> Toasts {
    let toasts = Toasts(RwSignal::new(Vec::new()));
    provide_context(toasts);
    toasts
}

/// Where the toasts appear. Rendered once, empty, by the application's shell.
#[component]
pub fn ToastRegion(toasts: Toasts) -> impl IntoView {
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For each=move || toasts.0.get() key=|toast| toast.id let:toast>
                <div class="toast">
                    <span>{toast.text}</span>
                    <button type="button" on:click=move |_| toasts.dismiss(toast.id)>
                        <span class="visually-hidden">"Dismiss"</span>
                        <IconView icon=Icon::Close />
                    </button>
                </div>
            </For>
        </div>
    }
}
