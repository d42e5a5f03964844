//! Writing a whole edition in one transaction.

use surrealdb_types::SurrealValue;
use uuid::Uuid;

use super::LevelRow;
use super::finding::find;
use super::provider::catalogue;
use super::reading::format_word;
use crate::competencies::import::shape::{Placed, placed, rendered};
use crate::competencies::model::NodeKind;
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::exchange::ExchangeSet;
use crate::id::{EditionId, ImportId, NodeId, OrganisationId, RoleProfileId, SetId};
use crate::vars;

/// Where a set is written to.
#[derive(Debug, Clone)]
pub enum Target {
    NewSet {
        slug: String,
    },
    /// Another edition after `base`, the newest that there is.
    NewEdition {
        set: SetId,
        slug: String,
        number: u32,
        base: EditionId,
    },
    /// Over the newest edition, which is a draft.
    Draft {
        set: SetId,
        slug: String,
        number: u32,
        edition: EditionId,
    },
}

/// An edition to write.
pub struct Writing {
    pub organisation: OrganisationId,
    pub set: ExchangeSet,
    pub target: Target,
    pub publish: bool,
    /// The upload that this confirms, which then cannot be confirmed again.
    pub import: Option<ImportId>,
    /// The upload whose confirmation this takes back.
    pub undoes: Option<ImportId>,
}

#[derive(SurrealValue)]
struct NodeRecord {
    id: NodeId,
    edition: EditionId,
    identifier: String,
    parent: Option<NodeId>,
    above: Vec<NodeId>,
    beneath: i64,
    kind: String,
    kind_label: String,
    depth: i64,
    position: i64,
    address: String,
    code: String,
    external_id: String,
    title: String,
    description: String,
    description_format: String,
    description_html: String,
    knowledge: Vec<String>,
    skills: Vec<String>,
    attitudes: Vec<String>,
    behaviours: Vec<String>,
    extra: String,
}

#[derive(SurrealValue)]
struct ReferenceRecord {
    edition: EditionId,
    origin: NodeId,
    destination: NodeId,
    kind: String,
    position: i64,
    extra: String,
}

const SAVE: &str = "
    IF $import != NONE {
        IF $import.done != NONE { THROW 'import done' };
        UPDATE $import SET done = $edition, made = $made, undone = NONE RETURN NONE;
    };
    IF $undoes != NONE {
        IF $undoes.done != $edition { THROW 'This import was taken back already.' };
        UPDATE $undoes SET done = NONE, made = NONE, undone = time::now() RETURN NONE;
    };
    LET $newest = (SELECT id, number FROM edition WHERE competency_set = $set ORDER BY number DESC LIMIT 1)[0];
    IF $newest.id != $base { THROW 'This set was changed in the meantime. Look at the plan again, then confirm it.' };
    IF (SELECT VALUE id FROM competency_set WHERE organisation = $organisation AND identifier = $names.identifier AND id != $set) != [] {
        THROW 'This set was imported in the meantime. Look at the plan again, then confirm it.'
    };
    IF (SELECT VALUE id FROM edition WHERE competency_set = $set AND state IN ['published', 'retired'] LIMIT 1) = [] {
        UPSERT $set MERGE object::extend($names, $words) RETURN NONE;
    };
    LET $own = IF $number = 1 AND (SELECT VALUE id FROM edition WHERE identifier = $names.identifier AND id != $edition LIMIT 1) = [] {
        $names.identifier
    } ELSE { <string> rand::uuid::v4() };
    UPSERT $edition SET competency_set = $set, number = $number, state = 'draft', levels = $levels,
        identifier = identifier ?? $own, statements = $statements, competencies = $competencies RETURN NONE;
    UPDATE $edition MERGE object::extend($words, { found_to: 0 }) RETURN NONE;
    LET $before = (SELECT VALUE id FROM node WHERE edition = $edition);
    IF $before != [] {
        DELETE cross_reference WHERE edition = $edition RETURN NONE;
        DELETE $before RETURN NONE;
        fn::no_node_entries(array::complement($before, $nodes.id));
    };
    IF $nodes != [] { INSERT INTO node $nodes RETURN NONE };
    IF $references != [] { INSERT INTO cross_reference $references RETURN NONE };
    IF $publish { UPDATE $edition SET state = 'published', published = time::now() RETURN NONE };";

/// What of a set never changes.
#[derive(SurrealValue)]
struct NamesRecord {
    slug: String,
    identifier: String,
    organisation: OrganisationId,
}

/// What is said about a set: it stands on the edition, and on the set once the
/// edition is published.
#[derive(SurrealValue)]
struct WordsRecord {
    external_id: String,
    title: String,
    description: String,
    description_format: String,
    description_html: String,
    language: String,
    creator: String,
    licence: String,
    extra: String,
}

fn words(set: &ExchangeSet) -> WordsRecord {
    WordsRecord {
        external_id: set.external_id.clone().unwrap_or_default(),
        title: set.title.clone(),
        description: set.description.clone(),
        description_format: format_word(set.description_format).to_owned(),
        description_html: rendered(&set.description, set.description_format),
        language: set.language.clone().unwrap_or_default(),
        creator: set.creator.clone().unwrap_or_default(),
        licence: set.licence.clone().unwrap_or_default(),
        extra: set.extra.to_string(),
    }
}

/// Writes an edition; answers with its id. Either all of it is there
/// afterwards or nothing has changed.
pub async fn save(db: &Db, writing: Writing) -> Result<EditionId> {
    let Writing {
        organisation,
        set,
        target,
        publish,
        import,
        undoes,
    } = writing;
    let made = match &target {
        Target::NewSet { .. } => "set",
        Target::NewEdition { .. } => "edition",
        Target::Draft { .. } => "draft",
    };
    let (set_id, slug, number, edition, base) = match target {
        Target::NewSet { slug } => (SetId::random(), slug, 1, EditionId::random(), None),
        Target::NewEdition {
            set,
            slug,
            number,
            base,
        } => (set, slug, number, EditionId::random(), Some(base)),
        Target::Draft {
            set,
            slug,
            number,
            edition,
        } => (set, slug, number, edition.clone(), Some(edition)),
    };
    let names = NamesRecord {
        slug,
        identifier: set.identifier.to_string(),
        organisation: organisation.clone(),
    };
    let records = {
        let edition = edition.clone();
        // Cleaning thousands of descriptions takes a while.
        tokio::task::spawn_blocking(move || records(&edition, &set))
            .await
            .map_err(|error| AppError::internal("records of an edition", error))??
    };
    let (words, levels, nodes, references) = records;
    let of_kind =
        |kind: NodeKind| i64::try_from(nodes.iter().filter(|node| node.kind == kind.as_str()).count()).unwrap_or(0);
    db.write(
        SAVE,
        vars! {
            "statements" => of_kind(NodeKind::Statement), "competencies" => of_kind(NodeKind::Competency),
            "import" => import, "made" => made, "undoes" => undoes, "set" => set_id, "base" => base, "organisation" => organisation, "names" => names, "words" => words,
            "edition" => edition.clone(), "number" => i64::from(number), "levels" => levels, "nodes" => nodes,
            "references" => references, "publish" => publish, "in_bulk" => true,
        },
    )
    .await?;
    find(db, &edition).await;
    if publish {
        catalogue(db, &edition).await;
    }
    Ok(edition)
}

type Records = (WordsRecord, Vec<LevelRow>, Vec<NodeRecord>, Vec<ReferenceRecord>);

fn records(edition: &EditionId, set: &ExchangeSet) -> Result<Records> {
    let places = placed(set);
    let key = |identifier: Uuid| node_key(edition, identifier);
    let node = |(position, (node, place)): (usize, (&crate::exchange::ExchangeNode, &Placed))| {
        Ok(NodeRecord {
            id: key(node.identifier)?,
            edition: edition.clone(),
            identifier: node.identifier.to_string(),
            parent: node.parent.map(key).transpose()?,
            above: place.above.iter().map(|above| key(*above)).collect::<Result<_>>()?,
            beneath: i64::from(place.beneath),
            kind: place.kind.as_str().to_owned(),
            kind_label: node.kind.clone().unwrap_or_default(),
            depth: i64::try_from(place.above.len()).unwrap_or(0),
            position: i64::try_from(position).unwrap_or(0),
            address: place.address.clone(),
            code: node.code.clone().unwrap_or_default(),
            external_id: node.external_id.clone().unwrap_or_default(),
            title: node.title.clone(),
            description: node.description.clone(),
            description_format: format_word(node.description_format).to_owned(),
            description_html: rendered(&node.description, node.description_format),
            knowledge: node.details.knowledge.clone(),
            skills: node.details.skills.clone(),
            attitudes: node.details.attitudes.clone(),
            behaviours: node.details.behaviours.clone(),
            extra: node.extra.to_string(),
        })
    };
    let nodes = set
        .nodes
        .iter()
        .zip(&places)
        .enumerate()
        .map(node)
        .collect::<Result<Vec<_>>>()?;
    let reference = |(position, reference): (usize, &crate::exchange::ExchangeReference)| {
        Ok(ReferenceRecord {
            edition: edition.clone(),
            origin: key(reference.from)?,
            destination: key(reference.to)?,
            kind: reference.kind.clone(),
            position: i64::try_from(position).unwrap_or(0),
            extra: reference.extra.to_string(),
        })
    };
    let references = set
        .references
        .iter()
        .enumerate()
        .map(reference)
        .collect::<Result<Vec<_>>>()?;
    let level = |level: &crate::exchange::ExchangeLevel| LevelRow {
        label: level.label.clone(),
        description: level.description.clone(),
    };
    Ok((words(set), set.scale.iter().map(level).collect(), nodes, references))
}

/// The record of a node follows from its edition and identifier, so that what
/// points to a node of a draft still does after the draft was imported again.
pub fn node_key(edition: &EditionId, identifier: Uuid) -> Result<NodeId> {
    let key = Uuid::new_v5(&identifier, edition.as_str().as_bytes())
        .simple()
        .to_string();
    NodeId::parse(&key).ok_or(AppError::Internal)
}

/// Takes back an import that made a new draft: the draft goes, and with the
/// first edition its set. Either all of it is gone or nothing has changed.
pub async fn remove_draft(db: &Db, import: &ImportId) -> Result<()> {
    db.write(
        "LET $edition = $import.done;
         LET $set = $edition.competency_set;
         IF $edition.state != 'draft' { THROW 'This edition is no draft any more, so it cannot be taken back.' };
         IF (SELECT VALUE id FROM edition WHERE competency_set = $set AND number > $edition.number LIMIT 1) != [] {
             THROW 'There is a newer edition, so this one cannot be taken back.'
         };
         LET $nodes = (SELECT VALUE id FROM node WHERE edition = $edition);
         IF (SELECT VALUE id FROM role_profile WHERE edition = $edition LIMIT 1) != []
             OR (SELECT VALUE id FROM alignment WHERE node IN $nodes LIMIT 1) != [] {
             THROW 'Role profiles, courses or resources use this draft already, so it cannot be taken back.'
         };
         LET $whole = $import.made = 'set';
         UPDATE $import SET done = NONE, made = NONE, undone = time::now() RETURN NONE;
         DELETE cross_reference WHERE edition = $edition RETURN NONE;
         DELETE $nodes RETURN NONE;
         fn::no_node_entries($nodes);
         DELETE $edition RETURN NONE;
         IF $whole { DELETE $set RETURN NONE };",
        vars! { "import" => import.clone(), "in_bulk" => true },
    )
    .await
    .map(drop)
}

/// A role profile and the statements it needs, each with its level.
pub struct RoleProfileToWrite {
    pub slug: String,
    pub title: String,
    pub description: String,
    pub targets: Vec<(NodeId, u32)>,
}

#[derive(SurrealValue)]
struct TargetRow {
    node: NodeId,
    level: i64,
    position: i64,
}

/// Makes a role profile of an edition.
pub async fn add_role_profile(
    db: &Db,
    organisation: &OrganisationId,
    edition: &EditionId,
    profile: RoleProfileToWrite,
) -> Result<RoleProfileId> {
    let id = RoleProfileId::random();
    let count = i64::try_from(profile.targets.len()).unwrap_or(0);
    let target = |(position, (node, level)): (usize, (NodeId, u32))| TargetRow {
        node,
        level: i64::from(level),
        position: i64::try_from(position).unwrap_or(0),
    };
    let targets: Vec<TargetRow> = profile.targets.into_iter().enumerate().map(target).collect();
    db.write(
        "CREATE $id SET slug = $slug, edition = $edition, organisation = $organisation, title = $title,
            description = $description, statements = $count RETURN NONE;
         FOR $target IN $targets {
             CREATE type::record('target', [record::id($id), record::id($target.node)])
                SET role_profile = $id, node = $target.node, position = $target.position, level = $target.level RETURN NONE;
         };",
        vars! {
            "id" => id.clone(), "slug" => profile.slug, "edition" => edition.clone(), "organisation" => organisation.clone(),
            "title" => profile.title, "description" => profile.description, "count" => count, "targets" => targets,
        },
    )
    .await?;
    Ok(id)
}
