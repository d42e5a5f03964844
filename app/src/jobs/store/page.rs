//! A job description as it is read, in each of its faces.

use surrealdb_types::SurrealValue;

use super::changing::{TextsRow, text_fields};
use super::{LevelRow, count, reach};
use crate::competencies::model::{Level, level_word, node_href};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::id::{EditionId, JobId, NodeId, OrganisationId};
use crate::jobs::model::{Duty, DutyGroup, EditionHead, Face, JobPage, Mark, Specification, State};
use crate::jobs::questions::question;
use crate::jobs::rules::{Details, is_essential, specification};
use crate::viewer::Viewer;

#[derive(SurrealValue)]
struct HeadRow {
    title: String,
    state: String,
    built_from: String,
    organisation_name: String,
    organisation_slug: String,
    line: Vec<OrganisationId>,
    number: i64,
    edition_state: String,
    edition_title: String,
    language: String,
    set: String,
}

#[derive(SurrealValue)]
struct DutyRow {
    node: NodeId,
    level: Option<i64>,
    mark: Option<String>,
    was_title: Option<String>,
    edition: EditionId,
    code: String,
    title: String,
    address: String,
    number: i64,
    set: String,
    heading_code: Option<String>,
    heading: Option<String>,
    knowledge: Vec<String>,
    skills: Vec<String>,
    attitudes: Vec<String>,
    behaviours: Vec<String>,
}

#[derive(SurrealValue)]
struct ScaleRow {
    id: EditionId,
    levels: Vec<LevelRow>,
}

/// Duties stand in the order of their edition; those that stay at an earlier one
/// where they stood in that. Bound by what one may hold, and what stays beside.
const LOAD: &str = concat!(
    "LET $homes = fn::homes($me);
     LET $seen = (SELECT VALUE id FROM $job WHERE $all OR organisation.line CONTAINSANY $leads
        OR (state = 'in_use' AND organisation IN $homes))[0];
     SELECT title, state, built_from, organisation.name AS organisation_name, organisation.slug AS organisation_slug,
        organisation.line AS line, edition.number AS number, edition.state AS edition_state, edition.title AS edition_title,
        edition.language AS language, edition.competency_set.slug AS set FROM $seen;
     SELECT ",
    text_fields!(),
    " FROM $seen;
     LET $rows = IF $asked = NONE { (SELECT node, level, mark, was FROM duty WHERE job_description = $seen) }
        ELSE { (SELECT node, level, mark, was FROM past_duty WHERE job_description = $seen AND edition.number = $asked) };
     SELECT node, level, mark, was.title AS was_title, node.edition AS edition, node.code AS code, node.title AS title,
        node.address AS address, node.edition.number AS number, node.edition.competency_set.slug AS set,
        node.parent.code AS heading_code, node.parent.title AS heading, node.position AS position,
        IF $details { node.knowledge } ELSE { [] } AS knowledge, IF $details { node.skills } ELSE { [] } AS skills,
        IF $details { node.attitudes } ELSE { [] } AS attitudes, IF $details { node.behaviours } ELSE { [] } AS behaviours
        FROM $rows ORDER BY position, number, node LIMIT 1000;
     LET $editions = array::distinct($rows.node.edition);
     SELECT id, levels FROM $editions;
     array::sort(array::distinct((SELECT VALUE edition.number FROM past_duty WHERE job_description = $seen)));
     count((SELECT VALUE id FROM duty WHERE job_description = $seen AND mark != NONE));"
);

/// One of its faces, with its duties as they stand or, where an earlier edition is
/// asked for, as they were.
pub async fn job_page(db: &Db, viewer: &Viewer, job: &JobId, face: Face, asked: Option<u32>) -> Result<JobPage> {
    let mut vars = reach(viewer);
    vars.insert("job", job.clone());
    vars.insert("asked", asked.map(i64::from));
    vars.insert("details", matches!(face, Face::Specification | Face::Questions));
    let mut answers = db.run(LOAD, vars).await?;
    let head = answers.row::<HeadRow>(2)?.ok_or(AppError::NotFound)?;
    let texts = answers.row::<TextsRow>(3)?.ok_or(AppError::NotFound)?;
    let rows = answers.rows::<DutyRow>(5)?;
    let scales = answers
        .rows::<ScaleRow>(7)?
        .into_iter()
        .map(Scale::from)
        .collect::<Vec<_>>();
    let earlier: Vec<u32> = answers.rows::<i64>(8)?.into_iter().map(count).collect();
    if asked.is_some_and(|asked| !earlier.contains(&asked)) {
        return Err(AppError::NotFound);
    }
    let waiting = count(answers.row::<i64>(9)?.unwrap_or(0));
    let specification = match face {
        Face::Specification => specification(&rows.iter().map(|row| row.details(&scales)).collect::<Vec<_>>()),
        _ => Specification::default(),
    };
    let language = head.language.clone();
    Ok(JobPage {
        id: job.clone(),
        title: head.title,
        organisation: head.organisation_name,
        organisation_slug: head.organisation_slug,
        state: State::parse(&head.state).unwrap_or(State::Draft),
        built_from: head.built_from,
        edition: EditionHead {
            set: head.set,
            title: head.edition_title,
            number: count(head.number),
            retired: head.edition_state != "published",
            language: head.language,
        },
        texts: texts.into(),
        groups: groups(rows, &scales, face, &language),
        face,
        specification,
        waiting,
        earlier,
        shown: asked,
        may_write: viewer.may_write_jobs(&head.line),
    })
}

/// The levels of an edition that some duties are of.
struct Scale {
    edition: EditionId,
    levels: Vec<Level>,
}

impl From<ScaleRow> for Scale {
    fn from(row: ScaleRow) -> Self {
        Self {
            edition: row.id,
            levels: row.levels.into_iter().map(Level::from).collect(),
        }
    }
}

impl DutyRow {
    fn levels<'a>(&self, scales: &'a [Scale]) -> &'a [Level] {
        let own = scales.iter().find(|scale| scale.edition == self.edition);
        own.map_or(&[][..], |scale| scale.levels.as_slice())
    }

    fn details(&self, scales: &[Scale]) -> Details {
        let levels = u32::try_from(self.levels(scales).len()).unwrap_or(0);
        Details {
            title: self.title.clone(),
            essential: is_essential(self.level.map(count), levels),
            knowledge: self.knowledge.clone(),
            skills: self.skills.clone(),
            attitudes: self.attitudes.clone(),
        }
    }

    /// What stands above it.
    fn heading(&self) -> String {
        let code = self.heading_code.as_deref().unwrap_or_default();
        let title = self.heading.as_deref().unwrap_or_default();
        format!("{code} {title}").trim().to_owned()
    }

    fn duty(self, scales: &[Scale], face: Face, language: &str) -> Duty {
        let level = self.level.map(|level| level_word(self.levels(scales), count(level)));
        let number = count(self.number);
        let asks = face == Face::Questions;
        Duty {
            href: node_href(&self.set, number, &self.address),
            question: if asks {
                question(&self.title, language)
            } else {
                String::new()
            },
            behaviours: if asks { self.behaviours } else { Vec::new() },
            level: level.unwrap_or_default(),
            mark: self.mark.as_deref().and_then(Mark::parse),
            was: self.was_title,
            node: self.node,
            code: self.code,
            title: self.title,
            number,
        }
    }
}

/// The duties beneath their headings, each heading once, in the order of the first
/// duty beneath it.
fn groups(rows: Vec<DutyRow>, scales: &[Scale], face: Face, language: &str) -> Vec<DutyGroup> {
    let mut groups: Vec<DutyGroup> = Vec::new();
    for row in rows {
        let heading = row.heading();
        let duty = row.duty(scales, face, language);
        match groups.iter_mut().find(|group| group.heading == heading) {
            Some(group) => group.duties.push(duty),
            None => groups.push(DutyGroup {
                heading,
                duties: vec![duty],
            }),
        }
    }
    groups
}
