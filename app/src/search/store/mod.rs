//! Search in the database. What a viewer may not see is left out by the
//! statement itself, before anything is counted or ranked.

mod choices;
mod hits;
mod nearest;
mod ranked;
mod seen;
mod texts;

use super::model::{FIRST, Filters, Found, FoundKind, Hit, Kind, MOST_OF_ONE, PAGE};
use super::words;
use crate::db::{Db, Variables};
use crate::error::Result;
use crate::paths::slug;
use crate::programmes::store::curates_at;
use crate::vars;
use crate::viewer::Viewer;

use ranked::{Entry, Ranked};

pub use texts::write_due;

/// All kinds, or one page of one kind, of what fits the filters.
pub async fn search(
    db: &Db,
    viewer: &Viewer,
    query: String,
    only: Option<Kind>,
    filters: Filters,
    page: u32,
) -> Result<Found> {
    let whole = words::of_query(&query);
    let mut looked_for = words::telling(&whole);
    let (mut ranked, own) = ranked::ranked(db, viewer, &looked_for, &whole, only, &filters).await?;
    let mut replaced = Vec::new();
    // A word that a filter leaves out is known all the same.
    if filters.is_empty() && ranked.iter().all(|kind| kind.entries.is_empty()) {
        replaced = nearest::replace(db, viewer, &own, &mut looked_for).await?;
        if !replaced.is_empty() {
            (ranked, _) = ranked::ranked(db, viewer, &looked_for, &looked_for, only, &filters).await?;
        }
    }
    let page = page.clamp(1, (MOST_OF_ONE / PAGE) as u32);
    let shown: Vec<_> = ranked.iter().map(|kind| kind.shown(only, page)).collect();
    let mut hits = hits::hits(db, &shown.concat(), &ranked, &looked_for).await?;
    let kinds = ranked.iter().zip(shown).filter(|(kind, _)| !kind.entries.is_empty());
    let kinds: Vec<_> = kinds
        .map(|(kind, shown)| FoundKind {
            kind: kind.kind,
            count: kind.entries.len() as u32,
            more: kind.more,
            hits: hits.take(&shown),
        })
        .collect();
    let named =
        |kind: &FoundKind| kind.kind == Kind::Person && kind.hits.first().is_some_and(|hit| is_named(hit, &looked_for));
    Ok(Found {
        people_first: kinds.iter().any(named),
        query,
        replaced,
        only,
        page,
        filters,
        choices: hits.choices,
        kinds,
    })
}

/// Whether every word stands in a title as it was typed, but for its accents.
fn is_named(hit: &Hit, looked_for: &[String]) -> bool {
    let plain = |word: &String| {
        Some(slug(word))
            .filter(|slug| !slug.is_empty())
            .unwrap_or_else(|| word.clone())
    };
    let title: Vec<_> = words::of_text(&hit.text()).iter().map(plain).collect();
    looked_for.iter().all(|word| title.contains(&plain(word)))
}

impl Ranked {
    /// The best of each kind, or a page of the only one.
    fn shown(&self, only: Option<Kind>, page: u32) -> Vec<Entry> {
        let (skip, take) = match only {
            None => (0, FIRST),
            Some(kind) if kind == self.kind => ((page as usize - 1) * PAGE, PAGE),
            Some(_) => (0, 0),
        };
        self.entries.iter().skip(skip).take(take).cloned().collect()
    }
}

/// Who is looking, as the statements ask for it.
fn looking(viewer: &Viewer) -> Variables {
    vars! {
        "me" => viewer.id().cloned(),
        "everywhere" => viewer.is_signed_in() && viewer.site_administrator,
        "groups" => viewer.groups.iter().map(|group| group.id.clone()).collect::<Vec<_>>(),
        "workplaces" => viewer.memberships.iter().map(|place| place.organisation.clone()).collect::<Vec<_>>(),
        "trains" => crate::courses::store::trains_at(viewer),
        "curates" => curates_at(viewer),
    }
}
