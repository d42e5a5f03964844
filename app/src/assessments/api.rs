//! What the browser may ask of one's own assessments. Nobody names a person
//! here: it is always the one who is signed in.

use std::collections::HashMap;

use leptos::prelude::*;

use super::gaps::GapPage;
use super::model::{GrowthPage, RatePage};
use crate::error::Result;
use crate::id::NodeId;

#[server(input = server_fn::codec::GetUrl)]
pub async fn load_growth(
    #[server(default)] profile: String,
    #[server(default)] page: Option<u32>,
) -> Result<GrowthPage> {
    let (_, person) = crate::state::signed_in()?;
    super::store::growth(&crate::state::db(), &person, &profile, page.unwrap_or(1)).await
}

/// The next sitting; where no role profile is chosen yet, and for `by` =
/// `section`, what can be rated section by section.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_sitting(
    #[server(default)] profile: Option<String>,
    #[server(default)] section: Option<NodeId>,
    #[server(default)] statement: Option<NodeId>,
    #[server(default)] sitting: Option<u32>,
    #[server(default)] by: String,
    #[server(default)] set: String,
) -> Result<RatePage> {
    use super::model::Asked;

    let (_, person) = crate::state::signed_in()?;
    let db = crate::state::db();
    let asked = Asked {
        profile: profile.filter(|slug| !slug.is_empty()),
        section,
        statement,
        sitting,
    };
    let found = match by.as_str() {
        "section" => None,
        _ => super::store::sitting(&db, &person, &asked).await?,
    };
    match found {
        Some(sitting) => Ok(RatePage::Sitting(Box::new(sitting))),
        None => super::store::sections(&db, &person.id, &set)
            .await
            .map(RatePage::Sections),
    }
}

/// The gaps to a role profile, or nothing when none is chosen yet.
#[server(input = server_fn::codec::GetUrl)]
pub async fn load_gaps(#[server(default)] profile: String, #[server(default)] sort: String) -> Result<Option<GapPage>> {
    use super::gaps::Sort;

    let (_, person) = crate::state::signed_in()?;
    super::store::gaps(&crate::state::db(), &person, &profile, Sort::parse(&sort)).await
}

/// Chooses a role profile to rate against.
#[server]
pub async fn choose_profile(profile: String) -> Result<()> {
    let (_, person) = crate::state::signed_in()?;
    super::store::choose(&crate::state::db(), &person.id, &profile).await
}

/// Takes a role profile off one's list; ratings stay. The page then says so, with the
/// way back.
#[server]
pub async fn put_profile_away(profile: String) -> Result<()> {
    let (_, person) = crate::state::signed_in()?;
    super::store::put_away(&crate::state::db(), &person.id, &profile).await?;
    leptos_axum::redirect(&format!("/me?away={}", crate::paths::segment(&profile)));
    Ok(())
}

/// Saves what is said of the statements of a page: with JavaScript one by one, as it is
/// chosen; without, all that was chosen, by the button of the statement `pressed`. The
/// browser then goes on to `here`, the address of the sitting.
#[server]
pub async fn save_ratings(
    #[server(default)] profile: String,
    #[server(default)] levels: HashMap<String, String>,
    #[server(default)] aims: HashMap<String, String>,
    #[server(default)] notes: HashMap<String, String>,
    #[server(default)] pressed: String,
    #[server(default)] here: String,
) -> Result<()> {
    use super::store::{Sent, save};

    let (_, person) = crate::state::signed_in()?;
    let by_node = |sent: HashMap<String, String>| {
        let node = |key: String| key.trim_start_matches(super::model::KEY).to_owned();
        sent.into_iter().map(|(key, text)| (node(key), text)).collect()
    };
    let sent = Sent {
        profile,
        levels: by_node(levels),
        aims: by_node(aims),
        notes: by_node(notes),
        pressed,
    };
    save(&crate::state::db(), &person.id, &sent).await?;
    let plain = crate::state::header(http::header::ACCEPT).is_some_and(|accept| accept.contains("text/html"));
    if plain && !here.is_empty() {
        leptos_axum::redirect(&crate::paths::local(&here));
    }
    Ok(())
}
