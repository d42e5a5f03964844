//! The generated data set: the same for the same seed.

mod courses;
mod groups;
mod growth;
mod index;
mod keys;
mod people;
mod profiles;
pub mod size;
pub mod store;
mod threads;
mod words;

use app::db::{Db, MIGRATIONS};
use app::id::PersonId;
use app::people::sessions;
use serde::{Deserialize, Serialize};

use size::Size;

/// A page and a text that its answer holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    pub path: String,
    pub marker: String,
}

impl Page {
    pub fn new(path: impl Into<String>, marker: &str) -> Self {
        Self {
            path: path.into(),
            marker: marker.to_owned(),
        }
    }
}

/// A thread to reply to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyTo {
    pub thread: String,
    pub page: String,
}

/// What the load needs to know of the data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Landmarks {
    /// Session tokens, one for each connection.
    pub sessions: Vec<String>,
    pub front: Page,
    pub statements: Vec<Page>,
    /// The large set: its tree, a statement in its middle, its CASE package, a
    /// branch, and what its second edition changed.
    pub large: Vec<Page>,
    pub courses: Vec<Page>,
    pub lessons: Vec<Page>,
    pub private_thread: Page,
    pub public_thread: Page,
    pub gaps: Vec<Page>,
    /// One thread for each connection, each in another group.
    pub replies: Vec<ReplyTo>,
}

/// How many different statements and lessons the load asks for.
const VARIETY: usize = 96;

/// Fills an empty database.
pub async fn fill(db: &Db, size: &Size, seed: u64) -> Result<Landmarks, String> {
    db.migrate(MIGRATIONS).await.map_err(|error| error.to_string())?;
    people::fill(db, size, seed).await?;
    let index = index::fill(db, size, seed).await?;
    let pages = courses::fill(db, size, seed, &index).await?;
    growth::fill(db, size, seed, &index).await?;
    groups::fill(db, size, seed, &index).await?;
    store::find_texts(db).await?;
    let statements = index.statements.iter().flatten();
    let statements = statements
        .map(|statement| Page::new(&statement.path, &statement.title))
        .collect();
    let thread = |number| {
        // Rendered, not only carried along for the browser code.
        let marker = format!("{}</p>", threads::last_words(number, Size::LONG_THREAD));
        Page::new(threads::path(number, size), &marker)
    };
    Ok(Landmarks {
        sessions: open_sessions(db).await?,
        front: Page::new("/", "</html>"),
        statements: spread(statements),
        large: index.large.clone(),
        courses: spread(pages.courses),
        lessons: spread(pages.lessons),
        private_thread: thread(1),
        public_thread: thread(0),
        gaps: (0..Size::CONNECTIONS).map(|person| gap_page(person, &index)).collect(),
        replies: (0..Size::CONNECTIONS).map(|person| reply_to(person, size)).collect(),
    })
}

/// The organisation that the curator imports for.
pub fn curated() -> String {
    keys::key(&keys::organisation(people::CURATOR))
}

async fn open_sessions(db: &Db) -> Result<Vec<String>, String> {
    let mut tokens = Vec::new();
    for number in 0..Size::CONNECTIONS {
        let person = PersonId::parse(&keys::key(&keys::person(number))).ok_or("a person's key is none")?;
        tokens.push(
            sessions::open(db, &person, "bench")
                .await
                .map_err(|error| error.to_string())?,
        );
    }
    Ok(tokens)
}

/// Some of many, from all over.
fn spread(pages: Vec<Page>) -> Vec<Page> {
    let step = (pages.len() / VARIETY).max(1);
    pages.into_iter().step_by(step).take(VARIETY).collect()
}

fn gap_page(person: usize, index: &index::Index) -> Page {
    Page::new("/me/gaps", &profiles::title(person % index.profiles.len()))
}

/// The second thread of the group that has the person's number.
fn reply_to(person: usize, size: &Size) -> ReplyTo {
    let thread = person + size.groups;
    ReplyTo {
        thread: keys::key(&keys::thread(thread)),
        page: threads::path(thread, size),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use app::db::DbConfig;

    use super::*;

    /// What is of one process: random keys, and when something was done.
    const OWN: [&str; 4] = ["session", "audit_entry", "migration", "sequence"];

    /// What holds keys that an import makes at random.
    const OF_IMPORTS: &[&str] = &[
        "carry_over",
        "case_object",
        "edition",
        "edition_outline",
        "node",
        "search_entry",
        "search_text",
        "statement_map",
    ];

    /// All rows by their table, without the times that the database set.
    async fn rows(db: &Db) -> BTreeMap<String, String> {
        let file = tempfile::NamedTempFile::new().unwrap();
        db.export(file.path()).await.unwrap();
        let text = std::fs::read_to_string(file.path()).unwrap();
        let mut tables = BTreeMap::<String, String>::new();
        let mut table = None;
        for line in text.lines() {
            if let Some(heading) = line.strip_prefix("-- TABLE") {
                table = heading.strip_prefix(" DATA: ").map(str::to_owned);
            } else if let Some(table) = table.as_ref().filter(|table| !OWN.contains(&table.as_str())) {
                tables.entry(table.clone()).or_default().push_str(&untimed(line));
            }
        }
        tables
    }

    fn untimed(line: &str) -> String {
        let mut parts = line.split("d'");
        let mut text = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            text.push_str(part.split_once('\'').map_or(part, |(_, rest)| rest));
        }
        text
    }

    #[tokio::test]
    async fn the_same_seed_fills_a_database_alike() {
        let small = Size {
            people: 12,
            threads: 40,
            posts: 200,
            plans: 4,
            large_set: 100,
            ratings: 50,
            ..Size::S
        };
        let mut all = Vec::new();
        for seed in [7, 7, 8] {
            let db = Db::connect(&DbConfig::for_test()).await.unwrap();
            let filled = fill(&db, &small, seed).await.unwrap();
            assert_eq!(store::posts(&db).await.unwrap(), 200);
            assert_eq!(filled.sessions.len(), Size::CONNECTIONS);
            let landmarks = Landmarks {
                sessions: Vec::new(),
                ..filled
            };
            all.push((landmarks, rows(&db).await));
        }
        assert_eq!(all[0].0, all[1].0);
        assert!(all[0].1.len() > 20, "{:?}", all[0].1.keys());
        let differing = all[0]
            .1
            .iter()
            .filter(|(table, rows)| all[1].1.get(*table) != Some(*rows));
        let differing: Vec<&str> = differing.map(|(table, _)| table.as_str()).collect();
        assert_eq!(differing, OF_IMPORTS, "and what else differs?");
        assert_ne!(all[0].1, all[2].1, "another seed says the same");
    }
}
