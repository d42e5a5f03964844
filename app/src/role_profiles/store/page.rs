//! A role profile as it is edited: its sections, and the statements of the one
//! that is open.

use super::tree::{Tree, tree};
use super::{Own, count, own_fields};
use crate::competencies::model::Level;
use crate::db::Db;
use crate::error::Result;
use crate::organisations::choosing::model::{Purpose, Wanted};
use crate::organisations::choosing::store::choices;
use crate::role_profiles::model::{OpenSection, ProfilePage, STATEMENTS, SectionLine, SetHead, StatementLine};
use crate::role_profiles::rules::{Section, base};
use crate::vars;
use crate::viewer::Viewer;

const LOAD: &str = concat!(
    "LET $profile = (SELECT VALUE id FROM role_profile WHERE slug = $slug AND edition.competency_set.slug = $set)[0];
     LET $edition = $profile.edition;
     SELECT ",
    own_fields!(),
    " FROM $profile;
     (SELECT VALUE id FROM assessment WHERE role_profile = $profile LIMIT 1) != [];",
    tree!("$edition", "$profile")
);

/// The role profile of that name, if the viewer may change it, with a page of the
/// section of that key; the organisation that is wanted, else its own, is offered first.
pub async fn profile_page(
    db: &Db,
    viewer: &Viewer,
    set: &str,
    slug: &str,
    (section, page): (&str, u32),
    wanted: &Wanted,
) -> Result<ProfilePage> {
    let vars = vars! { "set" => set.to_owned(), "slug" => slug.to_owned(), "me" => viewer.id().cloned() };
    let mut answers = db.run(LOAD, vars).await?;
    let own = Own::seen(answers.row::<Own>(2)?, viewer)?;
    let wanted = Wanted {
        chosen: wanted.chosen.clone().or_else(|| Some(own.organisation.clone())),
        find: wanted.find.clone(),
    };
    let chosen = answers.row::<bool>(3)?.unwrap_or(false);
    let tree = Tree::new(answers.rows(4)?, answers.rows(5)?);
    let asked = match (section, tree.sections.as_slice()) {
        ("", [only]) => Some(only),
        (key, _) => tree.section(key),
    };
    let open = asked.map(|section| open_section(&tree, section, page));
    let sections: Vec<SectionLine> = tree.sections.iter().map(|section| line(&tree, section)).collect();
    Ok(ProfilePage {
        organisations: choices(db, viewer, Purpose::Sets, &wanted).await?,
        organisation_id: wanted.chosen.as_ref().unwrap_or(&own.organisation).to_string(),
        organisation: own.organisation_name,
        set: SetHead {
            slug: own.set,
            title: own.set_title,
            number: Some(count(own.number)),
        },
        number: count(own.number),
        language: own.language,
        needed: sections.iter().map(|section| section.needed).sum(),
        statements: sections.iter().map(|section| section.statements).sum(),
        levels: own
            .levels
            .into_iter()
            .map(|row| Level {
                label: row.label,
                description: row.description,
            })
            .collect(),
        id: own.id,
        slug: own.slug,
        title: own.title,
        description: own.description,
        sections,
        open,
        chosen,
        retired: own.state != "published",
    })
}

fn line(tree: &Tree, section: &Section) -> SectionLine {
    SectionLine {
        key: section.key.clone(),
        words: section.words.clone(),
        statements: u32::try_from(section.statements.len()).unwrap_or(u32::MAX),
        needed: tree.needed(section),
    }
}

fn open_section(tree: &Tree, section: &Section, page: u32) -> OpenSection {
    let pages = section.statements.len().div_ceil(STATEMENTS).max(1);
    let page = usize::try_from(page).unwrap_or(1).clamp(1, pages);
    let shown = section.statements.iter().skip((page - 1) * STATEMENTS).take(STATEMENTS);
    let mut above = None;
    let statements: Vec<StatementLine> = shown
        .map(|(at, heading)| {
            let node = &tree.nodes[*at];
            let fresh = *heading != above;
            above = *heading;
            let words = |at: usize| {
                let head = &tree.nodes[at];
                format!("{} {}", head.code, head.title).trim().to_owned()
            };
            StatementLine {
                node: node.id.clone(),
                code: node.code.clone(),
                title: node.title.clone(),
                heading: heading.filter(|_| fresh).map(words),
                level: tree.level(*at),
            }
        })
        .collect();
    let levels: Vec<Option<u32>> = statements.iter().map(|line| line.level).collect();
    OpenSection {
        key: section.key.clone(),
        words: section.words.clone(),
        base: base(&levels),
        statements,
        whole: u32::try_from(section.statements.len()).unwrap_or(u32::MAX),
        page: u32::try_from(page).unwrap_or(1),
        pages: u32::try_from(pages).unwrap_or(1),
    }
}
