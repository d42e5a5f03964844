//! Parts of the forms in which an organisation is chosen.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::FindPlaces;
use super::model::{Choices, FIND, LookedFor, OFFERED, Purpose};
use crate::lookups::components::Choices as Links;
use crate::paths::segment;
use crate::ui::Combobox;

/// Where organisations are many, one is looked for before the form is filled in:
/// it stands first in the form's list. `kept` is what else the address says.
#[component]
pub fn FindPlace(
    choices: Choices,
    purpose: Purpose,
    /// The page of the form.
    #[prop(into)]
    page: String,
    #[prop(optional)] kept: Vec<(&'static str, String)>,
) -> impl IntoView {
    choices.looked_for.map(|looked_for| {
        let to = address(&page, &kept);
        let mut with = vec![("find", FIND.to_owned())];
        with.extend(kept);
        let suggest = format!("{}?purpose={}", <FindPlaces as ServerFn>::PATH, purpose.as_str());
        let hint = format!(
            "A part of its name. The form offers {OFFERED} of {}: choose any other here before you fill it in.",
            looked_for.count
        );
        view! {
            <section>
                <h2>"For which organisation?"</h2>
                <div class="stack">
                    <Combobox label="Find an organisation" of="Organisations" hint action=page with suggest to=to.clone()
                        value=looked_for.query.clone() id="find-organisation"/>
                    <Found looked_for to/>
                </div>
            </section>
        }
    })
}

/// The address of the form with the organisation that is chosen.
fn address(page: &str, kept: &[(&'static str, String)]) -> String {
    let kept: String = kept
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}&", segment(value)))
        .collect();
    format!("{page}?{kept}organisation={{id}}")
}

#[component]
fn Found(looked_for: LookedFor, to: String) -> impl IntoView {
    if looked_for.query.is_empty() {
        return ().into_any();
    }
    if looked_for.found.is_empty() {
        let words = format!("No organisation of yours has “{}” in its name.", looked_for.query);
        return view! { <p role="status">{words}</p> }.into_any();
    }
    let choices = looked_for
        .found
        .into_iter()
        .map(super::model::Choosable::suggestion)
        .collect();
    let more = looked_for
        .more
        .then(|| view! { <p class="meta">"There are more. Another part of the name narrows it down."</p> });
    view! { <Links choices to/>{more} }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_keeps_what_else_it_says() {
        assert_eq!(address("/studio/sets/new", &[]), "/studio/sets/new?organisation={id}");
        let kept = [("course", "a&b".to_owned()), ("with", String::new())];
        assert_eq!(address("/x", &kept), "/x?course=a%26b&organisation={id}");
    }
}
