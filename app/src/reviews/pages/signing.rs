//! Signing a round off, where all of it is resolved.

use leptos::prelude::*;

use crate::competencies::model::counted;
use crate::reviews::api::SignOffReview;
use crate::reviews::model::{LONGEST_REASON, Round, Unlike, UnlikeReview, board_item_href};
use crate::ui::FieldGroup;
use crate::ui::field::{Confirm, TextArea};
use crate::ui::form::{Form, FormErrors};

/// The form that signs off: what is not what was reviewed stands in it, and has
/// to be said. `silent`: how many nobody gave a verdict on.
#[component]
pub(super) fn SignOff(
    round: Round,
    silent: u32,
    unlike: UnlikeReview,
    action: ServerAction<SignOffReview>,
) -> impl IntoView {
    let form = Form::of(action);
    let hint = match unlike.many {
        0 => "They stand in the report.",
        _ => "Where something is signed off as it stands: why.",
    };
    view! {
        <section class="sheet">
            <h2>"Sign the round off"</h2>
            <p>"All statements are resolved. Once the round is signed off, nothing in it changes, and the edition can be published."</p>
            {(silent > 0).then(|| view! {
                <p>{format!(
                    "Nobody gave a verdict on {}. What nobody judged is signed off, but not reviewed: one tick says so where the edition is published.",
                    counted(silent, "statement", "statements")
                )}</p>
            })}
            <ActionForm action attr:class="form">
                <FormErrors form/>
                <input type="hidden" name="round" value=round.id.to_string()/>
                <AsItStands form unlike round=round.clone()/>
                <TextArea form name="words" label="Words for the record" rows=2 maxlength=LONGEST_REASON hint=hint/>
                <Confirm form label=format!("I sign off “{}”", round.title)/>
                <div class="form-actions"><button class="button" type="submit">"Sign off"</button></div>
            </ActionForm>
        </section>
    }
}

/// What is not what was reviewed. Nothing where all of it is.
#[component]
fn AsItStands(form: Form, unlike: UnlikeReview, round: Round) -> impl IntoView {
    (unlike.many > 0).then(|| {
        let left = usize::try_from(unlike.many)
            .unwrap_or(0)
            .saturating_sub(unlike.lines.len());
        let is = if unlike.many == 1 { "is" } else { "are" };
        let what = format!(
            "{} {is} not what was reviewed. Resolve it again, ask the reviewers again, or sign it off as it stands: the round keeps that.",
            counted(unlike.many, "statement", "statements")
        );
        let label = match unlike.many {
            1 => "I sign it off as it stands now".to_owned(),
            many => format!("I sign these {many} off as they stand now"),
        };
        let rows = unlike.lines.into_iter().map(|line| row(&round, line)).collect_view();
        view! {
            <FieldGroup legend="Not what was reviewed">
                <p>{what}</p>
                <ul class="rows rows-ruled rows-tight" role="list">{rows}</ul>
                {(left > 0).then(|| view! { <p class="meta">{format!("And {left} more.")}</p> })}
                <input type="hidden" name="looked" value=unlike.print/>
                <Confirm form name="as_it_stands" label=label/>
            </FieldGroup>
        }
    })
}

fn row(round: &Round, line: Unlike) -> impl IntoView + use<> {
    view! {
        <li class="row">
            <span class="row-start">{line.code}</span>
            <div class="row-main">
                <p><a href=board_item_href(&round.set, &round.id, line.number)>{line.title}</a></p>
                <p class="meta">{line.why.label()}</p>
            </div>
        </li>
    }
}
