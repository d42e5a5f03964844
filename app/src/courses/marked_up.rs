//! What search engines and other programs read on a course's page and a resource's:
//! schema.org with the terms of the Learning Resource Metadata Initiative, as
//! microdata. Its addresses are those of the page's own site.

use leptos::prelude::*;

use super::model::Aligned;

const ALIGNMENT: &str = "https://schema.org/AlignmentObject";

/// Something to learn from, and the statements that it teaches.
#[component]
pub fn LearningData(
    /// The type's name, such as `Course`.
    kind: &'static str,
    name: String,
    description: String,
    url: String,
    /// Who offers it; empty when nobody is named.
    by: String,
    /// Empty when it is not known.
    language: String,
    aligned: Vec<Aligned>,
) -> impl IntoView {
    let taught = aligned.into_iter().map(|one| {
        view! {
            <link itemprop="teaches" href=one.href.clone()/>
            <div itemprop="educationalAlignment" itemscope=true itemtype=ALIGNMENT>
                <meta itemprop="alignmentType" content="teaches"/>
                <meta itemprop="targetName" content=one.title/>
                <link itemprop="targetUrl" href=one.href/>
            </div>
        }
    });
    let some =
        |name: &'static str, text: String| (!text.is_empty()).then(|| view! { <meta itemprop=name content=text/> });
    let by = (!by.is_empty()).then(|| {
        view! {
            <div itemprop="provider" itemscope=true itemtype="https://schema.org/Organization">
                <meta itemprop="name" content=by/>
            </div>
        }
    });
    view! {
        <div hidden=true itemscope=true itemtype=format!("https://schema.org/{kind}")>
            <meta itemprop="name" content=name/>
            {some("description", description)}
            {some("inLanguage", language)}
            <link itemprop="url" href=url/>
            {by}
            {taught.collect_view()}
        </div>
    }
}
