//! Deriving a set: a draft that is a copy of an edition, each node with its link.

use std::collections::HashMap;

use surrealdb_types::SurrealValue;
use uuid::Uuid;

use crate::competencies::model::SetTitle;
use crate::competencies::store::{Target, Writing, free_slug, node_key, save, stored_set};
use crate::db::Db;
use crate::derivations::model::DeriveForm;
use crate::derivations::rules::own_identifier;
use crate::error::{AppError, FieldErrors, Result};
use crate::exchange::ExchangeSet;
use crate::id::{EditionId, NodeId, OrganisationId, SetId};
use crate::organisations::choosing::model::Wanted;
use crate::organisations::choosing::store::owner;
use crate::outlines::store::take_along;
use crate::vars;
use crate::viewer::Viewer;

/// Links that one transaction writes.
const ROWS: usize = 1_000;

/// A derived set as its form says it.
#[derive(Debug, Clone, Default)]
pub struct NewDerived {
    /// The form's own key: sent twice, it makes one set.
    pub key: Uuid,
    pub organisation: String,
    pub title: String,
    /// Its name in addresses; empty: by its title.
    pub name: String,
}

#[derive(SurrealValue)]
struct SourceRow {
    id: EditionId,
    set: SetId,
    title: String,
    licence: String,
    owner: String,
    nodes: i64,
    state: String,
}

/// A published edition; nothing else can be derived from.
async fn source(db: &Db, set: &str, number: u32) -> Result<SourceRow> {
    let mut answers = db
        .run(
            "LET $set = (SELECT VALUE id FROM competency_set WHERE slug = $slug)[0];
             LET $edition = (SELECT VALUE id FROM edition WHERE competency_set = $set AND number = $number)[0];
             SELECT id, competency_set AS set, title, licence, competency_set.organisation.name AS owner, state,
                count(SELECT VALUE id FROM node WHERE edition = $edition) AS nodes FROM $edition;",
            vars! { "slug" => set.to_owned(), "number" => i64::from(number) },
        )
        .await?;
    answers
        .row::<SourceRow>(2)?
        .filter(|row| matches!(row.state.as_str(), "published" | "retired"))
        .ok_or(AppError::NotFound)
}

/// What the form that derives a set from an edition needs.
pub async fn derive_form(db: &Db, viewer: &Viewer, set: &str, number: u32, wanted: &Wanted) -> Result<DeriveForm> {
    let source = source(db, set, number).await?;
    let organisations = crate::competencies::import::form(db, viewer, wanted)
        .await?
        .organisations;
    Ok(DeriveForm {
        set: set.to_owned(),
        number,
        title: source.title,
        owner: source.owner,
        licence: source.licence,
        nodes: u32::try_from(source.nodes).unwrap_or(0),
        key: Uuid::new_v4().to_string(),
        organisations,
    })
}

/// Derives a set from a published edition; answers with its name in addresses.
pub async fn derive(db: &Db, viewer: &Viewer, set: &str, number: u32, new: &NewDerived) -> Result<String> {
    match derived(db, viewer, set, number, new).await {
        // Sent twice at once, the second leads to what the first is making.
        Err(error @ (AppError::Conflict(_) | AppError::Invalid(_))) => match meanwhile(db, viewer, new).await? {
            Some(slug) => Ok(slug),
            None => Err(error),
        },
        done => done,
    }
}

/// What the same form, sent at the same moment, has made: waited for while it is
/// being written.
async fn meanwhile(db: &Db, viewer: &Viewer, new: &NewDerived) -> Result<Option<String>> {
    let own = SetId::parse(&new.key.simple().to_string()).ok_or(AppError::Internal)?;
    let Some(organisation) = owner(db, viewer, &new.organisation).await? else {
        return Ok(None);
    };
    for _ in 0..WAITS {
        let made = made(db, &own, &organisation).await?;
        let begun: Option<bool> = db
            .row("RETURN [record::exists($own)];", vars! { "own" => own.clone() })
            .await?;
        if made.is_some() || begun != Some(true) {
            return Ok(made);
        }
        tokio::time::sleep(WAIT).await;
    }
    Ok(None)
}

/// How often, and how long each time, a form that was sent twice waits.
const WAITS: u32 = 100;
const WAIT: std::time::Duration = std::time::Duration::from_millis(50);

async fn derived(db: &Db, viewer: &Viewer, set: &str, number: u32, new: &NewDerived) -> Result<String> {
    crate::competencies::import::may_import(viewer)?;
    let source = source(db, set, number).await?;
    let own = SetId::parse(&new.key.simple().to_string()).ok_or(AppError::Internal)?;
    let mut errors = FieldErrors::default();
    let organisation = owner(db, viewer, &new.organisation).await?;
    if organisation.is_none() {
        errors.add("organisation", "Choose one of your organisations.");
    }
    let title = errors.take("title", SetTitle::parse(&new.title));
    if let Some(organisation) = &organisation
        && let Some(slug) = made(db, &own, organisation).await?
    {
        return Ok(slug);
    }
    let slug = match &title {
        Some(title) => errors.take("name", name(db, &new.name, title).await?),
        None => None,
    };
    errors.check()?;
    let (Some(organisation), Some(title), Some(slug)) = (organisation, title, slug) else {
        return Err(AppError::Internal);
    };
    let stored = stored_set(db, &source.id).await?;
    let (copy, links) = copied(stored.set, &source, new.key, title.as_str())?;
    link(db, &own, links).await?;
    let writing = Writing {
        organisation: organisation.clone(),
        set: copy,
        target: Target::NewSet {
            set: own.clone(),
            slug: slug.clone(),
        },
        publish: false,
        import: None,
        undoes: None,
    };
    let edition = match save(db, writing).await {
        Ok(edition) => edition,
        Err(error) => {
            unlink(db, &own).await;
            return Err(error);
        }
    };
    take_along(db, &source.id, &edition).await?;
    db.write(
        "UPSERT type::record('derivation', record::id($own)) SET derived = $own, source = $set, edition = $edition RETURN NONE;",
        vars! { "own" => own, "set" => source.set, "edition" => source.id },
    )
    .await?;
    Ok(slug)
}

/// The name in addresses: as it was typed, where nobody has it, else by the title.
async fn name(db: &Db, typed: &str, title: &SetTitle) -> Result<std::result::Result<String, String>> {
    let typed = typed.trim();
    if typed.is_empty() {
        let wanted = match crate::paths::slug(title.as_str()) {
            slug if slug == "new" => "set".to_owned(),
            slug => slug,
        };
        return free_slug(db, &wanted).await.map(Ok);
    }
    if crate::paths::slug(typed) != typed || typed == "new" {
        let message = "A name has only small letters, digits and hyphens between, such as “our-library”.";
        return Ok(Err(message.into()));
    }
    let free = free_slug(db, typed).await? == typed;
    Ok(if free {
        Ok(typed.to_owned())
    } else {
        Err("Another set has this name already.".into())
    })
}

/// The set that a form's key has made for this organisation, with its link to
/// the source. What another one made by it is nobody's business.
async fn made(db: &Db, own: &SetId, organisation: &OrganisationId) -> Result<Option<String>> {
    db.row(
        "SELECT VALUE slug FROM $own WHERE organisation = $organisation AND record::exists(type::record('derivation', record::id($own)));",
        vars! { "own" => own.clone(), "organisation" => organisation.clone() },
    )
    .await
}

#[derive(SurrealValue)]
struct LinkRow {
    derived: SetId,
    identifier: String,
    source: NodeId,
}

/// The edition under identifiers of its own, and from which node each is.
fn copied(
    mut set: ExchangeSet,
    source: &SourceRow,
    key: Uuid,
    title: &str,
) -> Result<(ExchangeSet, Vec<(Uuid, NodeId)>)> {
    let own = |identifier: Uuid| own_identifier(key, identifier);
    let mut links = Vec::with_capacity(set.nodes.len());
    let mut names: HashMap<Uuid, Uuid> = HashMap::with_capacity(set.nodes.len());
    for node in &mut set.nodes {
        let named = own(node.identifier);
        links.push((named, node_key(&source.id, node.identifier)?));
        names.insert(node.identifier, named);
        node.identifier = named;
        node.parent = node.parent.map(own);
        node.remarks.came_from = None;
        // Associations have identifiers of their own, which no two sets share.
        if let Some(case) = node.extra.get_mut("case").and_then(serde_json::Value::as_object_mut) {
            case.remove("CFAssociation");
        }
    }
    for reference in &mut set.references {
        if let Some(kept) = reference.extra.as_object_mut() {
            kept.remove("identifier");
            kept.remove("uri");
        }
        reference.from = own(reference.from);
        reference.to = own(reference.to);
    }
    // What of the original stays uninterpreted speaks of its own identifiers.
    set.origins = Vec::new();
    set.extra = serde_json::Value::Null;
    set.external_id = None;
    set.identifier = key;
    title.clone_into(&mut set.title);
    // Whoever wrote the source is credited still.
    set.creator = set.creator.filter(|creator| !creator.is_empty());
    if set.creator.is_none() {
        set.creator = Some(source.owner.clone());
    }
    Ok((set, links))
}

async fn link(db: &Db, own: &SetId, links: Vec<(Uuid, NodeId)>) -> Result<()> {
    let mut rows: Vec<LinkRow> = links
        .into_iter()
        .map(|(identifier, source)| LinkRow {
            derived: own.clone(),
            identifier: identifier.to_string(),
            source,
        })
        .collect();
    while !rows.is_empty() {
        let part: Vec<LinkRow> = rows.drain(..rows.len().min(ROWS)).collect();
        db.write(
            "IF record::exists($own) { THROW 'This form was used already. Load the page again.' };
             LET $named = array::map($rows, |$row| object::extend($row, {
                id: type::record('derived_node', [record::id($row.derived), $row.identifier]) }));
             INSERT INTO derived_node $named ON DUPLICATE KEY UPDATE source = $input.source RETURN NONE;",
            vars! { "rows" => part, "own" => own.clone() },
        )
        .await?;
    }
    Ok(())
}

/// Takes links away whose set could not be written.
async fn unlink(db: &Db, own: &SetId) {
    let gone = db.write(
        "IF !record::exists($own) { DELETE derived_node WHERE derived = $own RETURN NONE };",
        vars! { "own" => own.clone() },
    );
    if let Err(error) = gone.await {
        tracing::error!(%error, "links of a derived set could not be taken away");
    }
}
