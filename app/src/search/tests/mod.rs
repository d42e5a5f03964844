mod closed;
mod named;
mod narrowed;
mod texts;
mod titles;

use super::model::{Filters, Found, Kind, query};
use super::store::{search, write_due};
use crate::db::Db;
use crate::id::{GroupId, OrganisationId, PersonId, SessionId};
use crate::vars;
use crate::viewer::{GroupLink, Membership, Person, Role, Viewer};

/// What visitors find of a word of all titles.
const PUBLIC: [&str; 5] = [
    "Reading a budget",
    "Five budget questions",
    "Short budget takes",
    "Open budget circle",
    "Said of the budget",
];

async fn world() -> Db {
    let db = Db::for_test().await.unwrap();
    db.write(
        "CREATE organisation:riverside SET slug = 'riverside', name = 'Riverside', kind = 'library', timezone = 'UTC', line = [organisation:riverside];
         CREATE organisation:elsewhere SET slug = 'elsewhere', name = 'Elsewhere', kind = 'library', timezone = 'UTC', line = [organisation:elsewhere];
         FOR $name IN ['rosa', 'ruth', 'gone', 'olga'] {
            CREATE type::record('person', $name) SET name = string::concat($name, ' Adeyemi'), email = string::concat($name, '@x.example'), timezone = 'UTC';
            LET $at = IF $name = 'olga' { organisation:elsewhere } ELSE { organisation:riverside };
            CREATE type::record('membership', [$name, record::id($at)]) SET person = type::record('person', $name), organisation = $at, roles = ['learner'];
         };
         UPDATE person:gone SET closed = time::now();
         CREATE course:open SET slug = 'open', organisation = organisation:riverside, title = 'Reading a budget', state = 'published', open = true;
         CREATE course:draft SET slug = 'draft', organisation = organisation:riverside, title = 'Budget secrets', state = 'draft';
         CREATE lesson:shown SET course = course:open, slug = 'shown', position = 1, title = 'Five budget questions', body = '', html = '';
         CREATE lesson:hidden SET course = course:draft, slug = 'hidden', position = 1, title = 'Hidden budget', body = '', html = '';
         CREATE resource:takes SET slug = 'short-takes', organisation = organisation:riverside, title = 'Short budget takes', kind = 'video', url = 'https://example.org/';
         CREATE programme:leaders SET slug = 'leaders', organisation = organisation:elsewhere, title = 'Budget leaders';
         CREATE study_group:closed SET slug = 'closed', organisation = organisation:riverside, title = 'Closed budget circle', public = false;
         CREATE study_group:open SET slug = 'open', organisation = organisation:riverside, title = 'Open budget circle', public = true;
         CREATE thread:whisper SET study_group = study_group:closed, title = 'Our budget worries', kind = 'discussion', started_by = person:rosa;
         CREATE thread:said SET study_group = study_group:open, public = true, title = 'Said of the budget', kind = 'discussion', started_by = person:rosa;
         CREATE competency_set:lm SET slug = 'lm', identifier = 'lm', organisation = organisation:riverside, title = 'Library management';
         CREATE edition:one SET competency_set = competency_set:lm, number = 1, state = 'draft', levels = [];
         CREATE node:c3 SET edition = edition:one, identifier = 'c3', kind = 'competency', depth = 1, position = 1, address = 'LM 3', code = 'LM 3', title = 'Money';
         CREATE node:s34 SET edition = edition:one, identifier = 's34', kind = 'statement', depth = 2, position = 2, address = 'LM 3.4', code = 'LM 3.4', title = 'Explains a plan';
         CREATE node:s43 SET edition = edition:one, identifier = 's43', kind = 'statement', depth = 2, position = 3, address = 'LM 4.3', code = 'LM 4.3', title = 'Weighs a budget';",
        vars! {},
    )
    .await
    .unwrap();
    db
}

/// Somebody of Riverside with these roles, in the closed group or not.
fn person(key: &str, roles: &[Role], member: bool) -> Viewer {
    let group = GroupLink {
        id: GroupId::parse("closed").unwrap(),
        slug: "closed".into(),
        title: "Closed".into(),
        unread: 0,
        facilitator: false,
    };
    Viewer {
        person: Some(Person {
            id: PersonId::parse(key).unwrap(),
            name: key.into(),
            timezone: "UTC".into(),
            session: SessionId::parse("s").unwrap(),
        }),
        memberships: vec![Membership {
            organisation: OrganisationId::parse(if key == "olga" { "elsewhere" } else { "riverside" }).unwrap(),
            slug: String::new(),
            name: String::new(),
            roles: roles.to_vec(),
        }],
        groups: member.then_some(group).into_iter().collect(),
        ..Viewer::default()
    }
}

async fn find(db: &Db, viewer: &Viewer, words: &str) -> Found {
    search(db, viewer, query(words).unwrap(), None, Filters::default(), 1)
        .await
        .unwrap()
}

fn titles(found: &Found) -> Vec<String> {
    let hits = found.kinds.iter().flat_map(|kind| &kind.hits);
    hits.map(|hit| hit.text()).collect()
}
