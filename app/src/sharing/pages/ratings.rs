use leptos::prelude::*;

use crate::assessments::gaps::{Rated, Ratings};
use crate::id::PersonId;
use crate::language::foreign;
use crate::sharing::model::What;
use crate::ui::{Cell, EmptyState, Pager, Row, Table};

const HEAD: [&str; 3] = ["Statement", "Now", "Rated"];

/// What somebody says of themselves while there is no role to measure it by.
#[component]
pub fn RatingsBody(ratings: Ratings, person: PersonId, name: String) -> impl IntoView {
    if ratings.lines.is_empty() {
        return view! {
            <EmptyState title="Nothing rated yet">
                <p>{format!("Gaps stand here once {name} has chosen a role profile and rated statements.")}</p>
            </EmptyState>
        }
        .into_any();
    }
    let rows = ratings.lines.into_iter().map(row).collect_view();
    let base = format!("/people/{person}/{}", What::Gaps.as_str());
    view! {
        <p>{format!("{name} has no role profile on the list just now, so there are no gaps to show. These are the ratings.")}</p>
        <Table caption="Every statement that was rated, the latest first" head=HEAD.map(str::to_owned).to_vec()>{rows}</Table>
        <Pager page=ratings.page pages=ratings.pages base/>
    }
    .into_any()
}

fn row(rated: Rated) -> impl IntoView {
    let code = (!rated.code.is_empty()).then(|| format!("{} ", rated.code));
    view! {
        <Row>
            <Cell label=HEAD[0] heading=true>
                <a class="quiet-link" href=rated.href lang=foreign(&rated.language)>
                    {code.map(|code| view! { <span class="code">{code}</span> })}{rated.title}
                </a>
            </Cell>
            <Cell label=HEAD[1]>{rated.now}</Cell>
            <Cell label=HEAD[2]>{rated.rated_on}</Cell>
        </Row>
    }
}
