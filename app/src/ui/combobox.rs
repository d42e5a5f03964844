use leptos::prelude::*;

/// A field that finds one of many: a search form of its own, whose page lists
/// what was found. With JavaScript it offers what fits while one types, after
/// the ARIA pattern of a combobox with a listbox (`frontend/fields.js`).
#[component]
pub fn Combobox(
    #[prop(into)] label: String,
    /// What is looked for, as the name of the search.
    of: &'static str,
    #[prop(optional, into)] hint: Option<String>,
    /// Where the form leads, with what was typed as `q`.
    #[prop(into)]
    action: String,
    /// What else the form sends.
    #[prop(optional)]
    with: Vec<(&'static str, String)>,
    /// The server function that says what fits; it is asked with `q`.
    #[prop(into)]
    suggest: String,
    /// The address of what is chosen, with `{id}` or `{word}` in it.
    #[prop(into)]
    to: String,
    /// What was searched for.
    #[prop(optional, into)]
    value: String,
    /// Tells the fields of one page apart.
    #[prop(into)]
    id: String,
) -> impl IntoView {
    let hint = hint.filter(|hint| !hint.is_empty());
    let hint_id = format!("{id}-hint");
    let described = hint.is_some().then(|| hint_id.clone());
    let hidden = with
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    view! {
        <form class="combobox" method="get" action=action role="search" aria-label=of data-suggest=suggest data-to=to>
            {hidden}
            <div class="field">
                <label for=id.clone()>{label}</label>
                {hint.map(|hint| view! { <p class="field-hint" id=hint_id>{hint}</p> })}
                <div class="combobox-line">
                    <input
                        id=id name="q" type="text" inputmode="search" enterkeyhint="search" value=value maxlength="120"
                        autocomplete="off" autocapitalize="none" spellcheck="false" aria-describedby=described
                    />
                    <button class="button quiet" type="submit">"Find"</button>
                </div>
            </div>
        </form>
    }
    .into_any()
}

/// Empties the field with this id, where something was done with what was typed:
/// the page that comes then keeps the field as it is.
pub fn empty_field(id: &str) {
    use leptos::wasm_bindgen::JsCast;

    let field = document()
        .get_element_by_id(id)
        .and_then(|field| field.dyn_into::<web_sys::HtmlInputElement>().ok());
    if let Some(field) = field {
        field.set_value("");
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn without_javascript_it_is_a_search_form_and_says_no_more() {
        let html = Owner::new().with(|| {
            view! {
                <Combobox
                    label="Find a statement" of="Statements" action="/me/plan#add" with=vec![("find", "statement".to_owned())]
                    suggest="/api/find" to="/me/plan?add=node-{id}" value="<b>" id="goal"
                />
            }
            .to_html()
        });
        for part in [
            "method=\"get\"",
            "action=\"/me/plan#add\"",
            "name=\"find\" value=\"statement\"",
            "value=\"&lt;b&gt;\"",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        // What is not there cannot be announced.
        assert!(!html.contains("role=\"combobox\""), "{html}");
    }
}
