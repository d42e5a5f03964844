use leptos::prelude::*;

/// A table that becomes cards on a phone, and scrolls by keyboard too where it is
/// wider than its place. Its rows are `Row`s of `Cell`s.
#[component]
pub fn Table(
    /// What the table shows.
    #[prop(into)]
    caption: String,
    /// The heading of each column.
    head: Vec<String>,
    /// Two short columns: a table on a phone as well.
    #[prop(optional)]
    narrow: bool,
    children: Children,
) -> impl IntoView {
    let class = if narrow { "table" } else { "table table-cards" };
    let head = head
        .into_iter()
        .map(|text| view! { <th scope="col">{text}</th> })
        .collect_view();
    let label = caption.clone();
    view! {
        <div class="table-wrap" role="region" aria-label=label tabindex="0">
            <table class=class>
                <caption>{caption}</caption>
                <thead>
                    <tr>{head}</tr>
                </thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// One row of a `Table`.
#[component]
pub fn Row(children: Children) -> impl IntoView {
    view! { <tr>{children()}</tr> }.into_any()
}

/// The content of a cell, where there is any: what is empty is left out of a card,
/// and an empty text is not (the framework writes a space for it).
pub fn filled(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

/// One value of a `Row`.
#[component]
pub fn Cell(
    /// The heading of its column again, shown on a phone.
    #[prop(into)]
    label: String,
    /// The cell that names the row.
    #[prop(optional)]
    heading: bool,
    /// A number: set in figures of one width, at the end of the column.
    #[prop(optional)]
    num: bool,
    children: Children,
) -> impl IntoView {
    let class = num.then_some("num");
    if heading {
        view! { <th scope="row">{children()}</th> }.into_any()
    } else {
        view! { <td class=class data-label=label>{children()}</td> }.into_any()
    }
}
