//! Sessions: a random token in a cookie, its hash in the database. The viewer
//! of a request is loaded here, with all that every page needs, in one round
//! trip.

use http::{HeaderMap, HeaderValue, header};
use surrealdb_types::{Datetime, SurrealValue};

use crate::db::{Answers, Db};
use crate::error::Result;
use crate::id::{GroupId, OrganisationId, PersonId, SessionId};
use crate::people::sign_in_rules::model::AskedOf;
use crate::people::tokens;
use crate::time::seconds_since;
use crate::vars;
use crate::viewer::{GroupLink, Membership, Person, Role, Viewer};

/// A session ends after this much time without use, and in any case after
/// [`LONGEST_DAYS`].
pub(super) const IDLE_DAYS: i64 = 14;
const LONGEST_DAYS: i64 = 90;
/// Sessions of one person at once; the one that was left unused for longest goes.
pub(super) const MOST: i64 = 50;
/// In seconds.
const HOUR: i64 = 3600;

/// The cookie's name; the prefix binds it to this host over TLS.
pub fn cookie_name(secure: bool) -> &'static str {
    if secure { "__Host-carrel" } else { "carrel" }
}

/// The session token that a request carries.
pub fn token_of(headers: &HeaderMap, secure: bool) -> Option<String> {
    cookie_value(headers, cookie_name(secure))
}

/// The value of a cookie that a request carries.
pub fn cookie_value(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .find_map(|value| crate::requests::cookie(value, name).map(str::to_owned))
}

/// The header that gives the browser its session, or takes it away.
pub fn cookie(token: Option<&str>, secure: bool) -> Option<HeaderValue> {
    let name = cookie_name(secure);
    let (value, age) = match token {
        Some(token) => (token, LONGEST_DAYS * 24 * 3600),
        None => ("", 0),
    };
    let secure = if secure { "; Secure" } else { "" };
    HeaderValue::from_str(&format!(
        "{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}{secure}"
    ))
    .ok()
}

#[derive(SurrealValue)]
pub(super) struct LookingRow {
    pub(super) session: Option<SessionRow>,
    pub(super) groups: Vec<GroupRow>,
    /// The version of the terms of use that holds.
    pub(super) terms: i64,
    /// Of whom the site asks a second factor.
    pub(super) asked_of: Option<String>,
}

#[derive(SurrealValue)]
pub(super) struct SessionRow {
    pub(super) person: PersonId,
    pub(super) who: WhoRow,
    pub(super) last_used: Datetime,
    pub(super) expires: Datetime,
    pub(super) two_factors: bool,
}

#[derive(SurrealValue)]
pub(super) struct WhoRow {
    pub(super) name: String,
    pub(super) timezone: String,
    pub(super) site_administrator: bool,
    pub(super) closed: Option<Datetime>,
    pub(super) second_factor: Option<Datetime>,
    pub(super) suspended_until: Option<Datetime>,
    pub(super) silenced_until: Option<Datetime>,
    pub(super) consented: Option<i64>,
    pub(super) memberships: Vec<MembershipRow>,
}

#[derive(SurrealValue)]
pub(super) struct MembershipRow {
    pub(super) organisation: OrganisationId,
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) roles: Vec<String>,
}

#[derive(SurrealValue)]
pub(super) struct GroupRow {
    pub(super) id: GroupId,
    pub(super) slug: String,
    pub(super) title: String,
    pub(super) unread: i64,
    pub(super) facilitator: bool,
}

pub(super) const LOOKING: &str = "{
    LET $opened = (SELECT person, person.{name, timezone, site_administrator, closed, second_factor, suspended_until, silenced_until, consented, memberships} AS who,
        last_used, expires, two_factors FROM ONLY type::record('session', $key));
    LET $me = IF $opened = NONE { '' } ELSE { record::id($opened.person) };
    {
        session: $opened,
        groups: (SELECT study_group AS id, study_group.slug AS slug, study_group.title AS title,
            study_group.posts - posts_read AS unread, facilitator
            FROM group_membership:[$me, NONE]..=[$me, {}] LIMIT 1000),
        terms: terms_in_force:this.number ?? 0,
        asked_of: sign_in_rule:second_factor.asked_of,
    }
};";

/// The viewer that a token stands for: a visitor when it stands for nobody.
pub async fn viewer(db: &Db, token: &str) -> Result<Viewer> {
    let key = tokens::key(token);
    let looking = look(db, &key).await?;
    let Some(session) = looking.session.filter(SessionRow::is_open) else {
        return Ok(Viewer::visitor());
    };
    let mut groups: Vec<GroupLink> = looking.groups.into_iter().map(GroupRow::into_link).collect();
    groups.sort_by(|a, b| a.title.cmp(&b.title).then_with(|| a.id.cmp(&b.id)));
    if seconds_since(&session.last_used) > HOUR {
        touch(db, &key).await?;
    }
    let who = session.who;
    let has_second_factor = who.second_factor.is_some() || session.two_factors;
    let viewer = Viewer {
        site_administrator: who.site_administrator,
        memberships: who
            .memberships
            .into_iter()
            .map(MembershipRow::into_membership)
            .collect(),
        groups,
        person: SessionId::parse(&key).map(|id| Person {
            id: session.person,
            name: who.name,
            timezone: who.timezone,
            session: id,
        }),
        second_factor_due: None,
        silenced: who.silenced_until.is_some_and(|until| seconds_since(&until) < 0),
        terms_due: who.consented.unwrap_or(0) < looking.terms,
    };
    let asked = looking.asked_of.as_deref().and_then(AskedOf::parse);
    Ok(
        match asked.filter(|asked| !has_second_factor && asked.includes(&viewer)) {
            Some(asked) => viewer.until_second_factor(asked),
            None => viewer,
        },
    )
}

async fn look(db: &Db, key: &str) -> Result<LookingRow> {
    let Some(snapshot) = db.snapshot().await? else {
        return db.read(LOOKING, vars! { "key" => key }).await;
    };
    let looking = super::looking::by_key(&snapshot, key).await;
    snapshot.end().await;
    looking
}

impl SessionRow {
    /// Neither run out nor left unused for too long, and its owner still here
    /// and not suspended.
    fn is_open(&self) -> bool {
        let used = seconds_since(&self.last_used) < IDLE_DAYS * 24 * HOUR;
        let suspended = self.who.suspended_until.as_ref();
        let suspended = suspended.is_some_and(|until| seconds_since(until) < 0);
        used && seconds_since(&self.expires) < 0 && self.who.closed.is_none() && !suspended
    }
}

impl MembershipRow {
    fn into_membership(self) -> Membership {
        Membership {
            organisation: self.organisation,
            slug: self.slug,
            name: self.name,
            roles: self.roles.iter().filter_map(|role| Role::parse(role)).collect(),
        }
    }
}

impl GroupRow {
    fn into_link(self) -> GroupLink {
        GroupLink {
            id: self.id,
            slug: self.slug,
            title: self.title,
            unread: u32::try_from(self.unread).unwrap_or(0),
            facilitator: self.facilitator,
        }
    }
}

/// Once an hour is enough to know when a session was last used.
async fn touch(db: &Db, key: &str) -> Result<()> {
    db.write(
        "UPDATE type::record('session', $key) SET last_used = time::now();",
        vars! { "key" => key },
    )
    .await
    .map(drop)
}

/// Opens a session and answers with its token.
pub async fn open(db: &Db, person: &PersonId, device: &str) -> Result<String> {
    open_with(db, person, device, Shown::FirstFactor, None).await
}

/// What whoever opens a session has shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// A password, or what a provider vouches for.
    FirstFactor,
    /// That, and a code.
    Code,
    /// A passkey: what they hold and who they are in one.
    Passkey,
}

/// The same, with what was shown. It takes the place of `before`, which the
/// browser held so far.
pub async fn open_with(
    db: &Db,
    person: &PersonId,
    device: &str,
    shown: Shown,
    before: Option<&SessionId>,
) -> Result<String> {
    let token = tokens::new();
    db.write(
        "DELETE session WHERE expires < time::now();
         IF $before != NONE { DELETE $before };
         LET $longest_unused = (SELECT id, last_used FROM session WHERE person = $person
            ORDER BY last_used DESC, id START $most);
         FOR $one IN $longest_unused { DELETE $one.id };
         CREATE type::record('session', $key) SET person = $person, device = $device, two_factors = $two_factors, confirmed = time::now(),
            factor_shown = IF $factor { time::now() } ELSE { NONE },
            expires = time::now() + duration::from_days($longest);",
        vars! { "key" => tokens::key(&token), "person" => person.clone(), "device" => device_label(device),
        "two_factors" => shown == Shown::Passkey, "factor" => shown != Shown::FirstFactor, "longest" => LONGEST_DAYS, "before" => before.cloned(), "most" => MOST - 1 },
    )
    .await?;
    Ok(token)
}

/// For so long a session counts as one whose holder has shown who they are.
pub const SURE_MINUTES: i64 = 15;

/// Whether whoever holds a session has lately shown that it is them.
pub async fn is_sure(db: &Db, session: &SessionId) -> Result<bool> {
    let sure: Option<bool> = db
        .row(
            "SELECT VALUE confirmed != NONE AND confirmed > time::now() - duration::from_mins($minutes) FROM $opened;",
            vars! { "opened" => session.clone(), "minutes" => SURE_MINUTES },
        )
        .await?;
    Ok(sure == Some(true))
}

/// Notes that they have.
pub async fn make_sure(db: &Db, session: &SessionId) -> Result<()> {
    db.write(
        "UPDATE $opened SET confirmed = time::now();",
        vars! { "opened" => session.clone() },
    )
    .await
    .map(drop)
}

/// Ends one of a person's own sessions; of others' it changes nothing.
pub async fn end(db: &Db, person: &PersonId, session: &SessionId) -> Result<()> {
    db.write(
        "DELETE $opened WHERE person = $person;",
        vars! { "opened" => session.clone(), "person" => person.clone() },
    )
    .await
    .map(drop)
}

/// Ends all sessions of a person except `kept`, and sign-ins that wait for a
/// second factor.
pub async fn end_others(db: &Db, person: &PersonId, kept: &SessionId) -> Result<()> {
    db.write(
        "DELETE session WHERE person = $person AND id != $kept;
         DELETE pending_sign_in WHERE person = $person;",
        vars! { "kept" => kept.clone(), "person" => person.clone() },
    )
    .await
    .map(drop)
}

#[derive(SurrealValue)]
struct ListedRow {
    id: SessionId,
    device: String,
    last_used: Datetime,
}

/// A person's sessions, the last used first: what [`list`] reads.
macro_rules! listed {
    () => {
        "SELECT id, device, last_used FROM session WHERE person = $person AND expires > time::now()
            AND last_used > time::now() - duration::from_days($idle)
         ORDER BY last_used DESC, id LIMIT $most;"
    };
}
pub(super) use listed;

/// What `listed!` answered with at this place.
pub(super) fn list(answers: &mut Answers, at: usize, person: &Person) -> Result<Vec<crate::people::model::Session>> {
    let rows = answers.rows::<ListedRow>(at)?;
    Ok(rows
        .into_iter()
        .map(|row| crate::people::model::Session {
            current: row.id == person.session,
            id: row.id,
            device: row.device,
            last_used: crate::time::iso(&row.last_used),
            last_used_label: crate::time::label(&row.last_used, &person.timezone),
        })
        .collect())
}

/// The browser and system out of a user agent, in words.
pub fn device_label(agent: &str) -> String {
    let browser = ["Firefox", "Edg", "OPR", "Chrome", "Safari"]
        .into_iter()
        .find(|name| agent.contains(name));
    let system = ["Android", "iPhone", "iPad", "Windows", "Mac OS X", "Linux"]
        .into_iter()
        .find(|name| agent.contains(name));
    let browser = browser.map_or("A browser", |name| match name {
        "Edg" => "Edge",
        "OPR" => "Opera",
        name => name,
    });
    match system {
        Some(system) => format!("{browser} on {}", system.replace("Mac OS X", "macOS")),
        None => browser.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_is_read_back_among_others() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_static("theme=dark; carrel=abc; x=y"));
        assert_eq!(token_of(&headers, false).as_deref(), Some("abc"));
        assert_eq!(token_of(&headers, true), None);
    }

    #[test]
    fn the_cookie_is_out_of_reach_for_scripts_and_other_sites() {
        let value = cookie(Some("abc"), true).unwrap();
        let text = value.to_str().unwrap();
        for part in ["__Host-carrel=abc", "HttpOnly", "SameSite=Lax", "Secure", "Path=/"] {
            assert!(text.contains(part), "{text}");
        }
        assert!(cookie(None, false).unwrap().to_str().unwrap().contains("Max-Age=0"));
    }

    #[test]
    fn a_device_is_named_in_words() {
        assert_eq!(
            device_label("Mozilla/5.0 (X11; Linux x86_64) Chrome/156.0 Safari/537.36"),
            "Chrome on Linux"
        );
        assert_eq!(device_label(""), "A browser");
    }
}
