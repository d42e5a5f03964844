//! Who sends a request, as every request asks: read by keys, so that it costs
//! a tenth of the statement that says the same for a remote database.

use surrealdb_types::{Array, Datetime, Object, RecordIdKey, SurrealValue, Value};

use super::sessions::{GroupRow, LookingRow, SessionRow, WhoRow};
use crate::db::Snapshot;
use crate::error::Result;
use crate::fields;
use crate::id::{GroupId, PersonId};

/// The most groups that a viewer is shown.
const GROUPS: usize = 200;

fields!(WhoRow {
    name,
    timezone,
    site_administrator,
    closed,
    second_factor,
    suspended_until,
    silenced_until,
    consented,
    memberships
});

struct Opened {
    person: PersonId,
    last_used: Datetime,
    expires: Datetime,
    two_factors: bool,
}

fields!(Opened {
    person,
    last_used,
    expires,
    two_factors
});

struct Belonging {
    study_group: GroupId,
    facilitator: bool,
    posts_read: i64,
}

fields!(Belonging {
    study_group,
    facilitator,
    posts_read
});

struct Group {
    slug: String,
    title: String,
    posts: i64,
}

fields!(Group { slug, title, posts });

struct InForce {
    number: i64,
}

fields!(InForce { number });

struct Asked {
    asked_of: String,
}

fields!(Asked { asked_of });

/// What `LOOKING` says of a session's key.
pub(super) async fn by_key(snapshot: &Snapshot, key: &str) -> Result<LookingRow> {
    let nobody = LookingRow {
        session: None,
        groups: Vec::new(),
        terms: 0,
        asked_of: None,
    };
    let Some(opened) = snapshot.record::<Opened>("session", key).await? else {
        return Ok(nobody);
    };
    let me = opened.person.as_str();
    let Some(who) = snapshot.record::<WhoRow>("person", me).await? else {
        return Ok(nobody);
    };
    let groups = groups(snapshot, me).await?;
    Ok(LookingRow {
        session: Some(SessionRow {
            person: opened.person,
            who,
            last_used: opened.last_used,
            expires: opened.expires,
            two_factors: opened.two_factors,
        }),
        groups,
        terms: terms(snapshot).await?,
        asked_of: asked_of(snapshot).await?,
    })
}

/// Which version of the terms of use holds; 0 where none was written.
async fn terms(snapshot: &Snapshot) -> Result<i64> {
    let in_force = snapshot.record::<InForce>("terms_in_force", "this").await?;
    Ok(in_force.map_or(0, |terms| terms.number))
}

/// Of whom the site asks a second factor.
async fn asked_of(snapshot: &Snapshot) -> Result<Option<String>> {
    let rule = snapshot.record::<Asked>("sign_in_rule", "second_factor").await?;
    Ok(rule.map(|rule| rule.asked_of))
}

async fn groups(snapshot: &Snapshot, me: &str) -> Result<Vec<GroupRow>> {
    let mine: Vec<Belonging> = snapshot
        .range("group_membership", of(me, Value::None), of(me, Object::new()))
        .await?;
    let mut groups = Vec::with_capacity(mine.len());
    for belonging in mine.into_iter().take(GROUPS) {
        let key = belonging.study_group.as_str();
        let Some(group) = snapshot.record::<Group>("study_group", key).await? else {
            continue;
        };
        groups.push(GroupRow {
            slug: group.slug,
            title: group.title,
            unread: group.posts - belonging.posts_read,
            facilitator: belonging.facilitator,
            id: belonging.study_group,
        });
    }
    Ok(groups)
}

/// A key that begins with a person's; in the database's order nothing comes
/// before `NONE` and no text after an object.
fn of(person: &str, then: impl SurrealValue) -> RecordIdKey {
    RecordIdKey::Array(Array::from(vec![person.to_owned().into_value(), then.into_value()]))
}

#[cfg(test)]
mod tests {
    use super::super::sessions::{LOOKING, open};
    use super::*;
    use crate::db::Db;
    use crate::people::tokens;
    use crate::vars;

    /// The demonstration's people, each as the statement and as the keys have it.
    #[tokio::test(flavor = "multi_thread")]
    async fn both_ways_say_the_same() {
        let db = Db::for_test().await.unwrap();
        crate::seed::demo(&db, &crate::people::passwords::Hasher::default())
            .await
            .unwrap();
        let asked = "CREATE sign_in_rule:second_factor SET asked_of = 'role_holders', by = (SELECT VALUE id FROM person LIMIT 1)[0];";
        db.write(asked, vars! {}).await.unwrap();
        let people: Vec<PersonId> = db.rows("SELECT VALUE id FROM person;", vars! {}).await.unwrap();
        let mut groups = 0;
        for person in people {
            let key = tokens::key(&open(&db, &person, "test").await.unwrap());
            let said: LookingRow = db.read(LOOKING, vars! { "key" => key.clone() }).await.unwrap();
            let snapshot = db.snapshot().await.unwrap().unwrap();
            let read = by_key(&snapshot, &key).await.unwrap();
            snapshot.end().await;
            groups += read.groups.len();
            assert_eq!(read.asked_of.as_deref(), Some("role_holders"));
            assert_eq!(said.into_value(), read.into_value());
        }
        assert!(groups > 3, "{groups}");
        let snapshot = db.snapshot().await.unwrap().unwrap();
        assert!(by_key(&snapshot, "nobody").await.unwrap().session.is_none());
        snapshot.end().await;
    }
}
