//! One update of the source: what changed, and what to do about it.

use leptos::prelude::*;

use super::source::Actions;
use crate::competencies::model::counted;
use crate::derivations::model::{FIELDS, Offer, OfferedField, Update, field_label};
use crate::editions::pages::Difference;
use crate::ui::field::{Choice, RadioGroup, TextArea};
use crate::ui::form::{Form, FormErrors};
use crate::ui::{Chip, ChipTo, Tone};

#[component]
pub(super) fn OfferView(offer: Offer, set: String, draft: bool, actions: Actions) -> impl IntoView {
    let tone = match offer.update {
        Update::Changed => Tone::Highlight,
        Update::New => Tone::Accent,
        Update::Gone => Tone::Danger,
    };
    let fields = offer.fields.iter().cloned().map(field).collect_view();
    let place = (!offer.place.is_empty()).then(|| {
        let words = match offer.update {
            Update::Changed => format!("Moves: {}", offer.place.to_lowercase()),
            _ => offer.place.clone(),
        };
        view! { <p class="meta">{words}</p> }
    });
    let beneath = (offer.beneath > 0).then(|| {
        let entries = counted(offer.beneath, "entry", "entries");
        let words = match offer.update {
            Update::Gone => format!("With {entries} beneath it"),
            _ => format!("{entries} beneath it, offered after it"),
        };
        view! { <p class="meta">{words}</p> }
    });
    let hindered = (!offer.hindered.is_empty()).then(|| view! { <p class="meta">{offer.hindered.clone()}</p> });
    let own = offer
        .own
        .clone()
        .filter(|_| offer.update != Update::New)
        .map(|href| view! { <ChipTo href label="Yours" about=format!(": {}", offer.words)/> });
    let gone = (offer.update == Update::Gone).then(|| view! { <p>"The source has it no more."</p> });
    let may_take = draft && offer.hindered.is_empty();
    let forms = view! { <Forms offer=offer.clone() set may_take actions/> };
    view! {
        <li class="row">
            <div class="row-main">
                <h2 class="row-title"><a href=offer.href.clone()>{offer.words.clone()}</a></h2>
                {gone}
                {(!offer.story.is_empty()).then(|| view! { <p class="meta">{offer.story.clone()}</p> })}
                {fields}
                {place}
                {beneath}
                {hindered}
                {forms}
            </div>
            <div class="row-end cluster">{own}<Chip label=offer.update.label() tone/></div>
        </li>
    }
}

/// A text as the source changed it, and as it was adapted here.
fn field(field: OfferedField) -> AnyView {
    let label = field_label(&field.name);
    let mine = field.clash.then(|| {
        view! { <dt>{format!("{label}, as you adapted it")}</dt><dd><Difference pieces=field.mine/></dd> }
    });
    view! {
        <dl class="facts">
            <dt>{format!("{label}, as the source changed it")}</dt>
            <dd><Difference pieces=field.theirs/></dd>
            {mine}
        </dl>
    }
    .into_any()
}

fn choices() -> Vec<Choice> {
    let choice = |value: &str, label: &str, description: &str| Choice {
        value: value.into(),
        label: label.into(),
        description: description.into(),
    };
    vec![
        choice("theirs", "The source’s words", "Yours are given up"),
        choice("mine", "My words", "Only what you did not adapt is taken over"),
        choice("written", "As written below", "Both made one by you"),
    ]
}

/// What is decided about, as it was looked at.
fn hidden((set, node, print): &(String, String, String)) -> AnyView {
    view! {
        <input type="hidden" name="set" value=set.clone()/>
        <input type="hidden" name="node" value=node.clone()/>
        <input type="hidden" name="looked" value=print.clone()/>
    }
    .into_any()
}

#[component]
fn Forms(offer: Offer, set: String, may_take: bool, actions: Actions) -> impl IntoView {
    let (clashing, looked) = (offer.clashes(), (set, offer.node.clone(), offer.print.clone()));
    let form = Form::matching(actions.take, &[("node", offer.node.as_str())]);
    let clashes = clashing.then(|| {
        let texts = FIELDS.iter().filter_map(|(name, label)| {
            let field = offer.fields.iter().find(|field| field.clash && field.name == *name)?;
            let id = format!("{name}-{}", offer.node);
            Some(view! { <TextArea form name=*name label=format!("{label}, written by you") value=field.text.clone() rows=3 id/> })
        });
        let texts = texts.collect_view();
        view! {
            <RadioGroup form name="choice" legend="Whose words count" choices=choices() id=format!("choice-{}", offer.node)/>
            {texts}
        }
    });
    let label = match offer.update {
        Update::Gone => "Remove it here too",
        _ => "Take over",
    };
    let words = offer.words.clone();
    let take = may_take.then(|| {
        let hidden = hidden(&looked);
        view! {
            <ActionForm action=actions.take attr:class="form">
                {clashing.then(|| view! { <FormErrors form/> })}
                {hidden}
                {clashes}
                <button class="button small" type="submit">{label}<span class="visually-hidden">{format!(": {words}")}</span></button>
            </ActionForm>
        }
    });
    let words = offer.words.clone();
    view! {
        <div class="cluster">
            {take}
            <ActionForm action=actions.leave>
                {hidden(&looked)}
                <button class="button small quiet" type="submit">
                    "Leave as it is"<span class="visually-hidden">{format!(": {words}")}</span>
                </button>
            </ActionForm>
        </div>
    }
}
