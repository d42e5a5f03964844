use leptos::prelude::*;

use super::field::TextField;
use super::form::Form;

/// A day and a time of day, with the zone that they are meant in said beside
/// them. They are sent as two fields, `day` and `time`, since that is what
/// browsers and people fill in best.
#[component]
pub fn MomentField(
    form: Form,
    #[prop(into)] legend: String,
    day: &'static str,
    time: &'static str,
    /// YYYY-MM-DD and HH:MM.
    #[prop(optional)]
    value: (String, String),
    /// An IANA name such as `Europe/London`.
    #[prop(into)]
    zone: String,
    /// Tells fields of the same name on one page apart.
    #[prop(into)]
    id: String,
) -> impl IntoView {
    let zone_id = format!("{id}-zone");
    let described = zone_id.clone();
    let (day_id, time_id) = (format!("{id}-{day}"), format!("{id}-{time}"));
    view! {
        <fieldset class="field moment-field" aria-describedby=described>
            <legend>{legend}</legend>
            <p class="field-hint" id=zone_id>"As clocks show it in "<b>{zone.replace('_', " ")}</b>"."</p>
            <div class="form-row">
                <TextField form name=day label="Day" kind="date" value=value.0 id=day_id/>
                <TextField form name=time label="Time" kind="time" value=value.1 id=time_id/>
            </div>
        </fieldset>
    }
    .into_any()
}
