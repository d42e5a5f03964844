//! Competency sets with one published edition each, the large one with two.

use app::competencies::store::{Target, Writing, published_edition, save, stored_set};
use app::db::Db;
use app::editions::store::publish_as_suggested;
use app::error::AppError;
use surrealdb_types::{Datetime, RecordId, SurrealValue};
use uuid::Uuid;

use super::keys::{self, at};
use super::profiles::{self, PER_SET};
use super::size::Size;
use super::{Page, store, words};
use crate::random::Random;

#[derive(SurrealValue)]
struct Set {
    id: RecordId,
    slug: String,
    identifier: String,
    organisation: RecordId,
    title: String,
    description: String,
}

#[derive(SurrealValue)]
struct Edition {
    id: RecordId,
    competency_set: RecordId,
    identifier: String,
    number: i64,
    state: String,
    levels: Vec<Level>,
    statements: i64,
    competencies: i64,
    created: Datetime,
}

#[derive(SurrealValue)]
struct Level {
    label: String,
    description: String,
}

#[derive(SurrealValue)]
struct Node {
    id: RecordId,
    edition: RecordId,
    identifier: String,
    parent: Option<RecordId>,
    above: Vec<RecordId>,
    beneath: i64,
    kind: String,
    depth: i64,
    position: i64,
    address: String,
    code: String,
    title: String,
    description: String,
    knowledge: Vec<String>,
    skills: Vec<String>,
    attitudes: Vec<String>,
    behaviours: Vec<String>,
}

#[derive(SurrealValue)]
struct CrossReference {
    id: RecordId,
    edition: RecordId,
    origin: RecordId,
    destination: RecordId,
    kind: String,
    position: i64,
}

/// What a branch of a tree asks for when it is opened.
const BRANCH: &str = <app::competencies::api::LoadBranch as server_fn::ServerFn>::PATH;

/// A statement of a set, by its number from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    pub node: RecordId,
    /// Where its page is.
    pub path: String,
    pub title: String,
}

/// What the rest of the data refers to.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Index {
    pub statements: Vec<Vec<Statement>>,
    /// The statements of each role profile, as numbers within its set.
    pub profiles: Vec<Vec<usize>>,
    /// The large set: its tree, a statement in its middle, its CASE package, a
    /// branch, and what its second edition changed.
    pub large: Vec<Page>,
}

pub async fn fill(db: &Db, size: &Size, seed: u64) -> Result<Index, String> {
    let mut index = Index::default();
    for number in 0..size.sets {
        let mut random = Random::new(seed, &format!("set {number}"));
        let mut nodes = nodes(number, size, &mut random);
        store::insert(db, "competency_set", vec![set(number)]).await?;
        store::insert(db, "edition", vec![edition(number, size)]).await?;
        let statements = statements(number, &nodes);
        let references = references(number, &statements, &mut random);
        store::insert(db, "node", std::mem::take(&mut nodes)).await?;
        store::insert(db, "cross_reference", references).await?;
        for _ in 0..PER_SET {
            let chosen = profiles::add(db, index.profiles.len(), &statements, &mut random).await?;
            index.profiles.push(chosen);
        }
        index.statements.push(statements);
    }
    index.large = large(db, size, seed).await?;
    store::publish(db).await?;
    let again = second_edition(db, &slug(size.sets)).await;
    index.large.push(again.map_err(|error| error.to_string())?);
    Ok(index)
}

/// The large set once more, every tenth node in other words; answers with what
/// changed.
async fn second_edition(db: &Db, slug: &str) -> Result<Page, AppError> {
    let base = published_edition(db, slug).await?.ok_or(AppError::NotFound)?;
    let mut stored = stored_set(db, &base).await?;
    for node in stored.set.nodes.iter_mut().step_by(10) {
        node.title.push_str(", and says why");
    }
    let writing = Writing {
        organisation: stored.line.into_iter().next().ok_or(AppError::NotFound)?,
        set: stored.set,
        target: Target::NewEdition {
            set: stored.set_id,
            slug: slug.to_owned(),
            number: 2,
            base,
        },
        publish: false,
        import: None,
        undoes: None,
    };
    let draft = save(db, writing).await?;
    publish_as_suggested(db, &draft).await?;
    Ok(Page::new(format!("/index/{slug}/2/changes"), "and says why"))
}

/// One more set, as large as real ones get; nothing refers to it.
async fn large(db: &Db, size: &Size, seed: u64) -> Result<Vec<Page>, String> {
    let number = size.sets;
    let size = Size {
        statements: size.large_set,
        ..*size
    };
    let mut random = Random::new(seed, "large set");
    let nodes = nodes(number, &size, &mut random);
    store::insert(db, "competency_set", vec![set(number)]).await?;
    store::insert(db, "edition", vec![edition(number, &size)]).await?;
    let statements = statements(number, &nodes);
    store::insert(db, "node", nodes).await?;
    let middle = &statements[statements.len() / 2];
    let package = format!("/ims/case/v1p1/CFPackages/{}", identifier(&slug(number)));
    let last = statements.last().map(|last| last.title.clone()).unwrap_or_default();
    let section = size.statements / Size::PER_SECTION;
    let branch = format!("{BRANCH}?set={}&edition=1&code={section}", slug(number));
    Ok(vec![
        Page::new(format!("/index/{}/1", slug(number)), &statements[0].title),
        Page::new(&middle.path, &middle.title),
        Page::new(package, &last),
        Page::new(branch, &last),
    ])
}

fn set(number: usize) -> Set {
    Set {
        id: keys::set(number),
        slug: slug(number),
        identifier: identifier(&slug(number)),
        organisation: keys::organisation(number),
        title: format!("Library work {number}"),
        description: "What good work looks like.".into(),
    }
}

fn slug(set: usize) -> String {
    format!("library-work-{set}")
}

fn identifier(name: &str) -> String {
    Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes()).to_string()
}

fn edition(set: usize, size: &Size) -> Edition {
    let labels = ["No skill", "Minimal", "Moderate", "Strong"];
    let level = |label: &str| Level {
        label: label.into(),
        description: format!("{label}: how it shows in the work."),
    };
    Edition {
        id: keys::edition(set),
        competency_set: keys::set(set),
        identifier: identifier(&slug(set)),
        number: 1,
        state: "draft".into(),
        levels: labels.into_iter().map(level).collect(),
        statements: size.statements as i64,
        competencies: (size.statements / Size::PER_COMPETENCY) as i64,
        created: at(0),
    }
}

/// Sections, competencies and statements in reading order.
fn nodes(set: usize, size: &Size, random: &mut Random) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::new();
    let mut parents = [None, None];
    for number in 0..size.statements {
        let (section, within) = (1 + number / Size::PER_SECTION, number % Size::PER_SECTION);
        let (competency, statement) = (1 + within / Size::PER_COMPETENCY, 1 + within % Size::PER_COMPETENCY);
        if within == 0 {
            let node = Node::plain(
                set,
                nodes.len(),
                "section",
                format!("{section}"),
                None,
                words::title(random),
            );
            parents[0] = Some(node.id.clone());
            nodes.push(node);
        }
        if statement == 1 {
            let code = format!("{section}.{competency}");
            let node = Node::plain(
                set,
                nodes.len(),
                "competency",
                code,
                parents[0].clone(),
                words::title(random),
            );
            parents[1] = Some(node.id.clone());
            nodes.push(node);
        }
        let code = format!("{section}.{competency}.{statement}");
        let title = format!("{} ({code})", words::statement(random));
        let mut node = Node::plain(set, nodes.len(), "statement", code, parents[1].clone(), title);
        for details in [
            &mut node.knowledge,
            &mut node.skills,
            &mut node.attitudes,
            &mut node.behaviours,
        ] {
            *details = (0..3).map(|_| words::sentence(random)).collect();
        }
        nodes.push(node);
    }
    place(&mut nodes);
    nodes
}

/// Notes for each node what stands above it and how much beneath; parents
/// stand before their children.
fn place(nodes: &mut [Node]) {
    for at in 0..nodes.len() {
        let Some(parent) = nodes[at].parent.clone() else {
            continue;
        };
        let above = nodes[..at]
            .iter()
            .find(|node| node.id == parent)
            .map(|node| node.above.clone());
        nodes[at].above = above.unwrap_or_default();
        nodes[at].above.push(parent);
    }
    for at in (0..nodes.len()).rev() {
        let more = nodes[at].beneath + 1;
        let Some(parent) = nodes[at].parent.clone() else {
            continue;
        };
        if let Some(parent) = nodes[..at].iter_mut().find(|node| node.id == parent) {
            parent.beneath += more;
        }
    }
}

impl Node {
    fn plain(set: usize, place: usize, kind: &str, code: String, parent: Option<RecordId>, title: String) -> Self {
        Self {
            id: keys::node(set, place),
            edition: keys::edition(set),
            identifier: identifier(&format!("{} {code}", slug(set))),
            parent,
            above: Vec::new(),
            beneath: 0,
            kind: kind.into(),
            depth: code.matches('.').count() as i64,
            position: place as i64,
            address: code.clone(),
            code,
            title,
            description: String::new(),
            knowledge: Vec::new(),
            skills: Vec::new(),
            attitudes: Vec::new(),
            behaviours: Vec::new(),
        }
    }
}

fn statements(set: usize, nodes: &[Node]) -> Vec<Statement> {
    let statement = |node: &Node| Statement {
        node: node.id.clone(),
        path: format!("/index/{}/1/{}", slug(set), node.address),
        title: node.title.clone(),
    };
    nodes
        .iter()
        .filter(|node| node.kind == "statement")
        .map(statement)
        .collect()
}

/// Every third statement refers to another one.
fn references(set: usize, statements: &[Statement], random: &mut Random) -> Vec<CrossReference> {
    let reference = |number: usize| CrossReference {
        id: keys::reference(set * 100_000 + number),
        edition: keys::edition(set),
        origin: statements[number].node.clone(),
        destination: statements[(number + 1 + random.below(statements.len() - 1)) % statements.len()]
            .node
            .clone(),
        kind: "related".into(),
        position: number as i64,
    };
    (0..statements.len()).step_by(3).map(reference).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_a_tree_in_reading_order() {
        let nodes = nodes(0, &Size::S, &mut Random::new(1, "tree"));
        let count = |kind: &str| nodes.iter().filter(|node| node.kind == kind).count();
        assert_eq!(
            (count("section"), count("competency"), count("statement")),
            (3, 30, 150)
        );
        for node in &nodes {
            let parent = nodes.iter().find(|other| Some(&other.id) == node.parent.as_ref());
            assert_eq!(
                parent.map(|parent| parent.depth),
                (node.depth > 0).then(|| node.depth - 1),
                "{}",
                node.code
            );
            assert!(parent.is_none_or(|parent| parent.position < node.position));
            assert_eq!(node.above.len() as i64, node.depth);
        }
        for section in nodes.iter().filter(|node| node.kind == "section") {
            assert_eq!(section.beneath, 60);
        }
    }
}
