//! Who reviews: inviting, private links, taking somebody out.

use super::{OVER, own};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{PersonId, ReviewRoundId, ReviewerId};
use crate::mail::{Letter, letters};
use crate::people::model::{Email, PersonName};
use crate::people::tokens;
use crate::reviews::model::MOST_REVIEWERS;
use crate::state::AppState;
use crate::vars;
use crate::viewer::{Person, Viewer};
use surrealdb_types::SurrealValue;

/// Somebody to invite.
pub enum NewReviewer {
    /// A colleague, by their account.
    Colleague(PersonId),
    Named {
        name: PersonName,
        email: Option<Email>,
    },
}

/// What inviting somebody led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Invited {
    /// They are in the round already.
    Already,
    /// They have an account, where the round stands among their reviews; a
    /// letter went there where letters are sent.
    Account { letter: bool },
    /// A letter with a private link is on its way.
    Letter,
    /// The token of the link, to be passed on.
    Link(String),
}

#[derive(SurrealValue)]
struct WhoRow {
    id: PersonId,
    name: String,
    email: String,
}

/// Somebody by their account, whom the viewer may know of and who belongs where
/// the set does.
async fn account(db: &Db, viewer: &Viewer, round: &ReviewRoundId, person: &PersonId) -> Result<Option<WhoRow>> {
    if !viewer.is(person) {
        match crate::people::store::profile(db, viewer, person).await {
            Ok(_) => {}
            Err(AppError::NotFound) => return Ok(None),
            Err(error) => return Err(error),
        }
    }
    db.row(
        "SELECT id, name, email FROM $person WHERE closed = NONE AND fn::may_review(id, $round);",
        vars! { "person" => person.clone(), "round" => round.clone() },
    )
    .await
}

/// The account of an address, if the viewer may know of it. Whether strangers
/// have one is nobody's business: they get a link like anybody else.
async fn account_of(db: &Db, viewer: &Viewer, round: &ReviewRoundId, email: &Email) -> Result<Option<WhoRow>> {
    let person: Option<PersonId> = db
        .row(
            "SELECT VALUE id FROM person WHERE email_key = $key AND closed = NONE;",
            vars! { "key" => email.key() },
        )
        .await?;
    match person {
        Some(person) => account(db, viewer, round, &person).await,
        None => Ok(None),
    }
}

/// Invites somebody to a round that the viewer curates. Inviting the same again
/// changes nothing.
pub async fn invite(
    state: &AppState,
    viewer: &Viewer,
    by: &Person,
    round: &ReviewRoundId,
    new: &NewReviewer,
) -> Result<Invited> {
    let db = &state.db;
    own(db, viewer, round).await?.going()?;
    let who = match new {
        NewReviewer::Colleague(person) => {
            let unknown = || AppError::field("person", "Choose from the list.");
            Some(account(db, viewer, round, person).await?.ok_or_else(unknown)?)
        }
        NewReviewer::Named { email: Some(email), .. } => account_of(db, viewer, round, email).await?,
        NewReviewer::Named { email: None, .. } => None,
    };
    let (name, email) = match new {
        NewReviewer::Named { name, email } if who.is_none() => (
            name.as_str().to_owned(),
            email
                .as_ref()
                .map_or_else(String::new, |email| email.as_str().to_owned()),
        ),
        _ => (String::new(), String::new()),
    };
    let key = match &who {
        Some(who) => format!("{round} person {}", who.id),
        None if email.is_empty() => format!("{round} name {}", name.to_lowercase()),
        None => format!("{round} address {}", email.to_lowercase()),
    };
    let token = who.is_none().then(tokens::new);
    let to = who.as_ref().map_or(email.as_str(), |who| who.email.as_str());
    let called = who.as_ref().map_or(name.as_str(), |who| who.name.as_str());
    let round_words = round_words(db, round).await?;
    let site = state.site.public_url.as_str();
    let letters: Vec<Letter> = match to.is_empty() {
        true => Vec::new(),
        false => state.outbox.letters(|| {
            let href = address(site, round, token.as_deref());
            letters::review_invitation(to, called, &by.name, &round_words, site, &href)
        }),
    };
    let sent = !letters.is_empty();
    let mut answers = db
        .write(
            "IF $round.signed_off != NONE { THROW $over };
             LET $reviewer = type::record('reviewer', IF $round.secret = NONE { $key } ELSE { crypto::sha256(string::concat($round.secret, ' ', $key)) });
             LET $there = record::exists($reviewer) AND $reviewer.revoked = NONE;
             IF !$there {
                IF count(SELECT VALUE id FROM reviewer WHERE round = $round AND revoked = NONE) >= $most { THROW 'More people cannot review in one round.' };
                UPSERT $reviewer SET round = $round, person = $person, name = $name, email = $email, invited = time::now(), revoked = NONE RETURN NONE;
                IF $link != NONE { CREATE type::record('review_link', $link) SET reviewer = $reviewer RETURN NONE };
                IF $letters != [] { INSERT INTO letter $letters RETURN NONE };
             };
             SELECT VALUE $there FROM $reviewer;",
            vars! {
                "round" => round.clone(), "over" => OVER, "key" => tokens::key(&key), "person" => who.as_ref().map(|who| who.id.clone()),
                "name" => name, "email" => email, "link" => token.as_deref().map(tokens::key), "letters" => letters,
                "most" => i64::try_from(MOST_REVIEWERS).unwrap_or(0),
            },
        )
        .await?;
    if answers.row::<bool>(4)? == Some(true) {
        return Ok(Invited::Already);
    }
    if sent {
        state.outbox.ring();
    }
    Ok(match token {
        None => Invited::Account { letter: sent },
        Some(_) if sent => Invited::Letter,
        Some(token) => Invited::Link(token),
    })
}

/// Where somebody reviews: by a private link, else by their account.
pub(super) fn address(site: &str, round: &ReviewRoundId, token: Option<&str>) -> String {
    match token {
        Some(token) => format!("{site}/reviews/link/{token}"),
        None => format!("{site}/reviews/{round}"),
    }
}

/// What letters say of a round.
pub(super) async fn round_words(db: &Db, round: &ReviewRoundId) -> Result<letters::ReviewWords> {
    #[derive(SurrealValue)]
    struct Row {
        title: String,
        set_title: String,
        due: String,
    }
    let row: Option<Row> = db
        .row(
            "SELECT title, edition.title ?? edition.competency_set.title AS set_title, due FROM $round;",
            vars! { "round" => round.clone() },
        )
        .await?;
    let row = row.ok_or(AppError::NotFound)?;
    Ok(letters::ReviewWords {
        round: row.title,
        set: row.set_title,
        due: crate::time::day_label(&row.due),
    })
}

/// Makes a new private link; those from before work no more. Answers with its
/// token.
pub async fn renew_link(db: &Db, viewer: &Viewer, round: &ReviewRoundId, reviewer: &ReviewerId) -> Result<String> {
    own(db, viewer, round).await?.going()?;
    let token = tokens::new();
    db.write(
        "IF $round.signed_off != NONE { THROW $over };
         IF (SELECT VALUE id FROM $reviewer WHERE round = $round AND person = NONE AND revoked = NONE) = [] { THROW 'not found' };
         DELETE review_link WHERE reviewer = $reviewer RETURN NONE;
         CREATE type::record('review_link', $link) SET reviewer = $reviewer RETURN NONE;",
        vars! { "round" => round.clone(), "over" => OVER, "reviewer" => reviewer.clone(), "link" => tokens::key(&token) },
    )
    .await?;
    Ok(token)
}

/// Takes somebody out of a round at once, and their links with them. What they
/// said stays; of whom nothing is there, nothing stays.
pub async fn remove_reviewer(db: &Db, viewer: &Viewer, round: &ReviewRoundId, reviewer: &ReviewerId) -> Result<()> {
    own(db, viewer, round).await?.going()?;
    db.write(
        "LET $found = (SELECT VALUE id FROM $reviewer WHERE round = $round)[0];
         IF $found = NONE { THROW 'not found' };
         DELETE review_link WHERE reviewer = $found RETURN NONE;
         LET $said = (SELECT VALUE id FROM verdict WHERE reviewer = $found LIMIT 1) != []
            OR (SELECT VALUE id FROM review_comment WHERE reviewer = $found LIMIT 1) != [];
         IF $said { UPDATE $found SET revoked = revoked ?? time::now(), email = '' RETURN NONE } ELSE { DELETE $found RETURN NONE };",
        vars! { "round" => round.clone(), "reviewer" => reviewer.clone() },
    )
    .await
    .map(drop)
}
