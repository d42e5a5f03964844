//! What a text can lead to and whom it can name, while it is written.

use surrealdb_types::SurrealValue;

use super::{code_in, words_of};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{GroupId, PersonId, ThreadId};
use crate::lookups::model::{OFFERED, Offer};
use crate::markdown::linking::folded;
use crate::paths::segment;
use crate::search::words;
use crate::vars;
use crate::viewer::Viewer;

/// What of a kind begins like what was typed.
macro_rules! begun {
    ($kind:literal, $seen:literal) => {
        concat!(
            "(SELECT VALUE subject FROM search_entry WHERE typed @1@ ",
            $kind,
            " AND ",
            $seen,
            " LIMIT 40)"
        )
    };
}

const LINKS: &str = concat!(
    "{ LET $coded = IF $code = '' { [] } ELSE { ",
    begun!("$statement", "string::starts_with(code, $code) AND scope.state = 'published'"),
    " };
     LET $statements = IF $coded != [] { $coded } ELSE { ",
    begun!("$statement", "scope.state = 'published'"),
    " };
     LET $lessons = ",
    begun!("$lesson", "scope.state = 'published'"),
    ";
     LET $courses = ",
    begun!("$course", "scope.state = 'published'"),
    ";
     LET $resources = ",
    begun!("$resource", "true"),
    ";
     LET $threads = ",
    begun!("$thread", "(scope.public = true OR scope IN $groups)"),
    ";
     array::concat(
        (SELECT 0 AS kind, code, title, edition.competency_set.title AS place, edition.language AS language,
            ['index', edition.competency_set.slug, <string> edition.number, address] AS path FROM $statements),
        (SELECT 1 AS kind, '' AS code, title, course.title AS place, course.language AS language,
            ['courses', course.slug, slug] AS path FROM $lessons),
        (SELECT 2 AS kind, '' AS code, title, organisation.name AS place, language, ['courses', slug] AS path FROM $courses),
        (SELECT 3 AS kind, '' AS code, title, publisher AS place, NONE AS language, ['resources', slug] AS path FROM $resources),
        (SELECT 4 AS kind, '' AS code, title, study_group.title AS place, NONE AS language,
            ['groups', study_group.slug, record::id(id)] AS path FROM $threads)) };"
);

/// The kinds of [`LINKS`] in their order: the name that a query is bound by, the
/// sign before its words (migration 0009), and the word on the screen.
const LINKED: [(&str, char, &str); 5] = [
    ("statement", '!', "Statement"),
    ("lesson", '%', "Lesson"),
    ("course", '$', "Course"),
    ("resource", '&', "Resource"),
    ("thread", '=', "Thread"),
];

/// The place of threads there.
const THREAD: i64 = 4;

#[derive(SurrealValue)]
struct LinkRow {
    /// Its place in [`LINKED`].
    kind: i64,
    code: String,
    title: String,
    place: Option<String>,
    language: Option<String>,
    path: Vec<String>,
}

/// The one page that is called so, by its code, its title or both: a published
/// statement, lesson, course or resource. Nothing where several are.
pub async fn page(db: &Db, viewer: &Viewer, name: &str) -> Result<Option<Offer>> {
    let name = folded(name);
    let rows = rows(db, viewer, &name).await?.into_iter();
    let offers = rows.filter(|row| row.kind != THREAD).map(|row| row.into_offer(""));
    let called = |offer: &Offer| {
        let both = format!("{} {}", offer.code, offer.title);
        [&offer.code, &offer.title, &both]
            .iter()
            .any(|words| folded(words) == name)
    };
    let mut fitting = offers.filter(called);
    Ok(fitting.next().filter(|_| fitting.next().is_none()))
}

/// What a text can lead to, the best of each kind before the next of any.
pub async fn links(db: &Db, viewer: &Viewer, query: &str) -> Result<Vec<Offer>> {
    let rows = rows(db, viewer, query).await?;
    let mut taken = [0_usize; LINKED.len()];
    let mut offers: Vec<(usize, i64, Offer)> = rows
        .into_iter()
        .filter_map(|row| {
            let kind = usize::try_from(row.kind).ok().filter(|kind| *kind < LINKED.len())?;
            taken[kind] += 1;
            Some((taken[kind], row.kind, row.into_offer(LINKED[kind].2)))
        })
        .collect();
    offers.sort_by_key(|(nth, kind, _)| (*nth, *kind));
    Ok(offers.into_iter().map(|(_, _, offer)| offer).take(OFFERED).collect())
}

/// What begins like a query, the best first.
async fn rows(db: &Db, viewer: &Viewer, query: &str) -> Result<Vec<LinkRow>> {
    let Some((wanted, begun)) = words_of(query) else {
        return Ok(Vec::new());
    };
    let typed = wanted.join(" ");
    let mut vars = vars! { "groups" => own_groups(viewer), "code" => code_in(&typed) };
    for (name, sign, _) in LINKED {
        vars.insert(name, format!("{sign} {begun}"));
    }
    let mut rows: Vec<LinkRow> = db.read(LINKS, vars).await?;
    rows.sort_by_cached_key(|row| {
        let title = words::of_query(&row.title).join(" ");
        let no_code = words::of_query(&row.code) != wanted;
        (no_code, !title.starts_with(&typed), title, row.path.clone())
    });
    Ok(rows)
}

impl LinkRow {
    fn into_offer(self, kind: &str) -> Offer {
        let path: Vec<_> = self.path.iter().map(|part| segment(part)).collect();
        let place = self.place.filter(|place| !place.is_empty());
        Offer {
            href: format!("/{}", path.join("/")),
            code: self.code,
            title: self.title,
            place: place.map_or_else(|| kind.to_owned(), |place| format!("{kind} · {place}")),
            language: self.language.unwrap_or_default(),
        }
    }
}

const READERS: &str = concat!(
    "{ LET $place = IF $thread = NONE { $group } ELSE { (SELECT VALUE study_group FROM ONLY $thread) };
     LET $of = IF $place = NONE { NONE } ELSE { (SELECT id, public FROM ONLY $place) };
     IF $of = NONE OR !($of.public OR $of.id IN $groups) { RETURN NONE };
     LET $key = record::id($of.id);
     LET $fitting = IF $of.id NOT IN $groups { [] } ELSE { ",
    begun!(
        "$typed",
        "scope.closed = NONE AND record::exists(type::record('group_membership', [record::id(scope), $key]))"
    ),
    " };
     { member: $of.id IN $groups, people: (SELECT id, name, title FROM $fitting) } };"
);

#[derive(SurrealValue)]
struct ReaderRow {
    id: PersonId,
    name: String,
    title: Option<String>,
}

#[derive(SurrealValue)]
struct ReadersRow {
    member: bool,
    people: Vec<ReaderRow>,
}

/// Members of a group of the viewer's, or of the group of a thread, whose names
/// begin like what was typed.
pub async fn readers(
    db: &Db,
    viewer: &Viewer,
    group: Option<GroupId>,
    thread: Option<ThreadId>,
    query: &str,
) -> Result<Vec<Offer>> {
    let Some((wanted, begun)) = words_of(query) else {
        return Ok(Vec::new());
    };
    let vars = vars! {
        "group" => group, "thread" => thread, "groups" => own_groups(viewer), "typed" => format!("~ {begun}"),
    };
    let found: Option<ReadersRow> = db.read(READERS, vars).await?;
    let mut found = found.ok_or(AppError::NotFound)?;
    if !found.member {
        return Err(AppError::Forbidden);
    }
    let typed = wanted.join(" ");
    found.people.sort_by_cached_key(|row| {
        let name = words::of_query(&row.name).join(" ");
        (!name.starts_with(&typed), name, row.id.clone())
    });
    let offer = |row: ReaderRow| Offer {
        href: format!("/people/{}", segment(row.id.as_str())),
        code: String::new(),
        title: row.name,
        place: row.title.unwrap_or_default(),
        language: String::new(),
    };
    Ok(found.people.into_iter().take(OFFERED).map(offer).collect())
}

/// The groups that the viewer belongs to.
fn own_groups(viewer: &Viewer) -> Vec<GroupId> {
    viewer.groups.iter().map(|group| group.id.clone()).collect()
}
