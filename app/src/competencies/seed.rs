//! The demonstration index: *Library management*, with its role profiles.

use std::collections::BTreeMap;

use serde::Deserialize;
use uuid::Uuid;

use super::store::{self, RoleProfileToWrite, Target, Writing};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::exchange::{ExchangeDetails, ExchangeLevel, ExchangeNode, ExchangeSet};
use crate::id::{EditionId, OrganisationId};
use crate::paths;

const SOURCE: &str = include_str!("../../demo/index/library-management.toml");

/// Under which identifiers follow from codes. Fixed for ever, so that the set
/// is the same set wherever it is seeded.
const NAMESPACE: Uuid = Uuid::from_u128(0x1d9c_6c0a_52f7_4f0e_9a53_0b9f_5f3b_7a61);

#[derive(Deserialize)]
struct Source {
    title: String,
    description: String,
    language: String,
    levels: Vec<Level>,
    sections: Vec<Section>,
    role_profiles: Vec<RoleProfile>,
}

#[derive(Deserialize)]
struct Level {
    label: String,
    description: String,
}

#[derive(Deserialize)]
struct Section {
    code: String,
    title: String,
    description: String,
    competencies: Vec<Competency>,
}

#[derive(Deserialize)]
struct Competency {
    code: String,
    title: String,
    description: String,
    statements: Vec<Statement>,
}

#[derive(Deserialize)]
struct Statement {
    code: String,
    text: String,
    #[serde(flatten)]
    details: ExchangeDetails,
    /// Codes of statements to see as well.
    #[serde(default)]
    related: Vec<String>,
}

#[derive(Deserialize)]
struct RoleProfile {
    title: String,
    description: String,
    targets: BTreeMap<String, u32>,
}

/// Writes the set as a published first edition with its role profiles.
pub async fn library_management(db: &Db, organisation: &OrganisationId) -> Result<EditionId> {
    let source: Source = toml::from_str(SOURCE).map_err(|error| AppError::internal("demonstration index", error))?;
    let slug = store::free_slug(db, &paths::slug(&source.title)).await?;
    let set = exchange_set(&source);
    let writing = Writing {
        organisation: organisation.clone(),
        set: set.clone(),
        target: Target::NewSet {
            set: crate::id::SetId::random(),
            slug,
        },
        publish: true,
        import: None,
        undoes: None,
    };
    let edition = store::save(db, writing).await?;
    for profile in &source.role_profiles {
        add(db, organisation, &edition, &set, profile).await?;
    }
    Ok(edition)
}

/// A role profile, its targets in the order of the set.
async fn add(
    db: &Db,
    organisation: &OrganisationId,
    edition: &EditionId,
    set: &ExchangeSet,
    profile: &RoleProfile,
) -> Result<()> {
    let codes = set
        .nodes
        .iter()
        .filter_map(|node| Some((node.identifier, node.code.as_deref()?)));
    let mut targets = Vec::new();
    for (identifier, code) in codes {
        if let Some(level) = profile.targets.get(code) {
            targets.push((store::node_key(edition, identifier)?, *level));
        }
    }
    if targets.len() != profile.targets.len() {
        return Err(AppError::internal(
            "demonstration index",
            format!("{} names an unknown code", profile.title),
        ));
    }
    let slug = paths::slug(&profile.title);
    let profile = RoleProfileToWrite {
        slug,
        title: profile.title.clone(),
        description: profile.description.clone(),
        targets,
    };
    store::add_role_profile(db, organisation, edition, profile)
        .await
        .map(drop)
}

fn identifier(code: &str) -> Uuid {
    Uuid::new_v5(&NAMESPACE, code.as_bytes())
}

fn exchange_set(source: &Source) -> ExchangeSet {
    let node = |code: &str, parent: Option<&str>, kind: &str, title: &str, description: &str| ExchangeNode {
        identifier: identifier(code),
        parent: parent.map(identifier),
        code: Some(code.to_owned()),
        kind: Some(kind.to_owned()),
        title: title.to_owned(),
        description: description.to_owned(),
        ..ExchangeNode::default()
    };
    let mut set = ExchangeSet {
        identifier: identifier(""),
        title: source.title.clone(),
        description: source.description.clone(),
        language: Some(source.language.clone()),
        creator: Some("Carrel".into()),
        scale: source
            .levels
            .iter()
            .map(|level| ExchangeLevel {
                label: level.label.clone(),
                description: level.description.clone(),
            })
            .collect(),
        ..ExchangeSet::default()
    };
    for section in &source.sections {
        set.nodes.push(node(
            &section.code,
            None,
            "Section",
            &section.title,
            &section.description,
        ));
        for competency in &section.competencies {
            set.nodes.push(node(
                &competency.code,
                Some(&section.code),
                "Competency",
                &competency.title,
                &competency.description,
            ));
            for statement in &competency.statements {
                let mut own = node(
                    &statement.code,
                    Some(&competency.code),
                    "Statement",
                    &statement.text,
                    "",
                );
                own.details = statement.details.clone();
                set.nodes.push(own);
                set.references.extend(
                    statement
                        .related
                        .iter()
                        .map(|related| crate::exchange::ExchangeReference {
                            from: identifier(&statement.code),
                            to: identifier(related),
                            kind: crate::exchange::RELATED_TO.into(),
                            ..Default::default()
                        }),
                );
            }
        }
    }
    set
}
