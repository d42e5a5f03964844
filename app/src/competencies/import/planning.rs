//! What a file would change, and changing it.

use uuid::Uuid;

use super::keeping::keep;
use super::previewing::{outcome, preview, title_of, with_columns};
use crate::competencies::model::{Applied, EditionState, FIRST_SCALE, Outcome, Preview};
use crate::competencies::store::{self, Stored, Target, Writing};
use crate::db::Db;
use crate::error::{AppError, Result};
use crate::exchange::sheet::{Column, Sheet};
use crate::exchange::{self, ExchangeLevel, ExchangeOrigin, ExchangeSet, Limits, Opened, Parsed, Problem, Severity};
use crate::id::{EditionId, ImportId, OrganisationId, SetId};
use crate::paths;

/// A file that was read, and what importing it would do.
pub struct PlannedImport {
    pub organisation: OrganisationId,
    pub preview: Preview,
    /// What would be written; none when the file was refused.
    set: Option<ExchangeSet>,
    base: Option<Base>,
    import: Option<ImportId>,
}

/// The newest edition of the set that is there.
struct Base {
    set: SetId,
    slug: String,
    edition: EditionId,
    number: u32,
    state: EditionState,
}

impl PlannedImport {
    /// Whether the file must be put right first.
    pub fn is_refused(&self) -> bool {
        self.set.is_none()
    }

    /// Whether a draft holds exactly what is in the file.
    pub(super) fn is_held_by_a_draft(&self) -> bool {
        let draft = self.base.as_ref().is_some_and(|base| base.state == EditionState::Draft);
        draft && matches!(self.preview.outcome, Outcome::Unchanged { .. })
    }

    /// Puts back what the draft was before the upload was confirmed.
    pub(super) async fn restore(self, db: &Db, import: &ImportId, before: ExchangeSet) -> Result<()> {
        let (target, ..) = target(db, self.base.as_ref(), &before.title).await?;
        let writing = Writing {
            organisation: self.organisation,
            set: before,
            target,
            publish: false,
            import: None,
            undoes: Some(import.clone()),
        };
        store::save(db, writing).await.map(drop)
    }

    /// Ties the plan to the upload that it confirms.
    pub(super) fn confirming(mut self, import: ImportId) -> Self {
        self.preview.import = Some(import.clone());
        self.import = Some(import);
        self
    }
}

/// Reads a file and compares it with what the organisation has. An empty title
/// keeps the name of the set that is there, or takes the file's own.
pub async fn plan(
    db: &Db,
    organisation: &OrganisationId,
    title: &str,
    file_name: &str,
    bytes: Vec<u8>,
) -> Result<PlannedImport> {
    plan_matched(db, organisation, title, file_name, bytes, &Matched::default()).await
}

/// What was said of a table, nothing where it speaks for itself, and of all files.
#[derive(Default)]
pub struct Matched {
    pub columns: Vec<Column>,
    /// The row that names the columns.
    pub header: Option<u32>,
    /// The most that is taken in of any file.
    pub limits: Limits,
}

/// As [`plan`], of a table of which this was said, within limits.
pub async fn plan_matched(
    db: &Db,
    organisation: &OrganisationId,
    title: &str,
    file_name: &str,
    bytes: Vec<u8>,
    matched: &Matched,
) -> Result<PlannedImport> {
    let (name, limits) = (file_name.to_owned(), matched.limits);
    let opened = tokio::task::spawn_blocking(move || exchange::open(&name, &bytes, limits))
        .await
        .map_err(|error| AppError::internal("reading a file", error))?;
    match opened {
        Opened::Read(parsed) => plan_parsed(db, organisation, title, file_name, *parsed).await,
        Opened::Sheet(sheet) => plan_sheet(db, organisation, title, file_name, *sheet, matched).await,
    }
}

/// As [`plan`], of a set that is already in hand.
pub async fn plan_parsed(
    db: &Db,
    organisation: &OrganisationId,
    title: &str,
    file_name: &str,
    parsed: Parsed,
) -> Result<PlannedImport> {
    let current = match &parsed.set {
        Some(set) => newest(db, organisation, set.identifier).await?,
        None => None,
    };
    compared(organisation, title, file_name, parsed, current).await
}

/// A table does not say which set it is: the one that holds its statements,
/// else the one of its name, else a new one.
async fn plan_sheet(
    db: &Db,
    organisation: &OrganisationId,
    title: &str,
    file_name: &str,
    mut sheet: Sheet,
    matched: &Matched,
) -> Result<PlannedImport> {
    if let Some(header) = matched.header {
        sheet = sheet.beneath(header as usize);
    }
    let heads = sheet.heads();
    let shown = sheet.columns();
    let suggested: Vec<Column> = shown.iter().map(|column| column.suggested).collect();
    let columns = if matched.columns.len() == shown.len() {
        matched.columns.clone()
    } else {
        suggested
    };
    let name = title_of(title, None, &sheet.title(&columns).unwrap_or_default(), file_name);
    let own = sheet.set_identifier(&columns);
    let known = match store::set_of_nodes(db, organisation, &sheet.identifiers(&columns)).await? {
        None => store::set_of_title(db, organisation, &name).await?,
        known => known,
    };
    let identifier = known.or(own).unwrap_or_else(|| exchange::set_identifier(&name));
    let current = newest(db, organisation, identifier).await?;
    let language = match &current {
        Some(_) => None,
        None => store::language_of(db, organisation).await?,
    };
    let (mut read, held) = {
        let (columns, name) = (columns.clone(), name.clone());
        let reading = move || {
            let parsed = sheet.read(&columns, identifier, &name, current.as_ref().map(|stored| &stored.set));
            (parsed, current)
        };
        tokio::task::spawn_blocking(reading)
            .await
            .map_err(|error| AppError::internal("reading a table", error))?
    };
    leave_out_unknown(db, &mut read).await?;
    if let Some(set) = read.set.as_mut().filter(|_| held.is_none()) {
        set.language = set.language.take().or(language);
    }
    let mut planned = compared(organisation, title, file_name, read, held).await?;
    with_columns(&mut planned.preview, shown, &columns, heads);
    Ok(planned)
}

/// Takes out references to what no set holds that is published here, and says so.
async fn leave_out_unknown(db: &Db, read: &mut Parsed) -> Result<()> {
    let Some(set) = read.set.as_mut().filter(|set| !set.origins.is_empty()) else {
        return Ok(());
    };
    let known = store::published_among(db, &set.origins).await?;
    let (there, unknown): (Vec<_>, Vec<_>) = std::mem::take(&mut set.origins)
        .into_iter()
        .partition(|origin| known.contains_key(&origin.to));
    let titled = |origin: ExchangeOrigin| ExchangeOrigin {
        title: known.get(&origin.to).cloned().unwrap_or_default(),
        ..origin
    };
    let there = there.into_iter().map(titled).collect();
    set.origins = there;
    for origin in unknown {
        let node = set.nodes.iter().find(|node| node.identifier == origin.from);
        let message = format!(
            "“{}” refers to {}, which is neither in the table nor published here; this is left out.",
            node.map_or("", |node| node.title.as_str()),
            origin.to
        );
        read.problems.push(Problem {
            place: "file".into(),
            message,
            severity: Severity::Skipped,
        });
    }
    Ok(())
}

/// What no scale is said of is rated by Carrel's usual one: without any, nobody
/// could rate themselves by the set once it is published.
fn with_scale(parsed: &mut Parsed) {
    let Some(set) = parsed.set.as_mut().filter(|set| set.scale.is_empty()) else {
        return;
    };
    set.scale = FIRST_SCALE.map(level).to_vec();
    let labels = FIRST_SCALE.map(|(label, _)| label).join(", ");
    parsed.problems.push(Problem {
        place: "file".into(),
        message: format!("The file has no proficiency scale; Carrel’s usual one is taken: {labels}."),
        severity: Severity::Noted,
    });
}

/// What statements are rated by where a file does not say.
fn level((label, description): (&str, &str)) -> ExchangeLevel {
    ExchangeLevel {
        label: label.to_owned(),
        description: description.to_owned(),
    }
}

async fn newest(db: &Db, organisation: &OrganisationId, set: Uuid) -> Result<Option<Stored>> {
    match store::latest(db, organisation, set).await? {
        Some(edition) => Ok(Some(store::stored_set(db, &edition).await?)),
        None => Ok(None),
    }
}

async fn compared(
    organisation: &OrganisationId,
    title: &str,
    file_name: &str,
    mut parsed: Parsed,
    current: Option<Stored>,
) -> Result<PlannedImport> {
    let format = parsed.format;
    if let Some(set) = &mut parsed.set {
        set.title = title_of(title, current.as_ref(), &set.title, file_name);
        if let Some(current) = &current {
            keep(set, format, &current.set);
        }
    }
    with_scale(&mut parsed);
    let refused = parsed.refused();
    let plan = parsed
        .set
        .as_ref()
        .zip(current.as_ref())
        .map(|(set, current)| exchange::compare(&current.set, set));
    let mut outcome = if refused {
        Outcome::Refused
    } else {
        outcome(current.as_ref(), plan.as_ref())
    };
    let replacing = parsed
        .set
        .as_ref()
        .filter(|_| matches!(outcome, Outcome::ReplacesDraft { .. }));
    if let Some(set) = replacing
        && !store::fits_a_draft(set).await?
    {
        outcome = Outcome::Refused;
        parsed.problems.insert(
            0,
            Problem {
                place: "file".into(),
                message: store::TOO_LARGE.into(),
                severity: Severity::Refused,
            },
        );
    }
    let refused = parsed.refused();
    let preview = preview(&parsed, current.as_ref(), plan.as_ref(), outcome, file_name);
    Ok(PlannedImport {
        organisation: organisation.clone(),
        preview,
        set: parsed.set.filter(|_| !refused),
        base: current.map(|stored| Base {
            set: stored.set_id,
            slug: stored.slug,
            edition: stored.edition,
            number: stored.number,
            state: stored.state,
        }),
        import: None,
    })
}

/// Writes what was planned, and publishes it when asked to. A plan that
/// changes nothing writes nothing.
pub async fn apply(db: &Db, planned: &PlannedImport, publish: bool) -> Result<Applied> {
    let Some(set) = &planned.set else {
        return Err(AppError::Conflict(
            "This file has problems that must be put right first. Nothing was imported.".into(),
        ));
    };
    let applied = |slug: &str, number: u32, edition: &EditionId, written: bool, published: bool| Applied {
        set: slug.to_owned(),
        number,
        edition: edition.clone(),
        written,
        published,
    };
    let organisation = &planned.organisation;
    match (&planned.preview.outcome, &planned.base) {
        (Outcome::Refused | Outcome::InReview { .. } | Outcome::Done { .. }, _) => Err(AppError::Conflict(
            "The newest edition is being reviewed, so it cannot be changed now. Nothing was imported.".into(),
        )),
        (Outcome::Unchanged { .. }, Some(base)) => {
            let published = publish && store::publish_draft(db, &base.edition).await?;
            Ok(applied(
                &base.slug,
                base.number,
                &base.edition,
                published,
                published || base.state == EditionState::Published,
            ))
        }
        (_, base) => {
            let (target, slug, number) = target(db, base.as_ref(), &set.title).await?;
            let import = planned.import.clone();
            let writing = Writing {
                organisation: organisation.clone(),
                set: set.clone(),
                target,
                publish,
                import,
                undoes: None,
            };
            if let (Target::Draft { edition, .. }, Some(import)) = (&writing.target, &writing.import) {
                let before = store::stored_set(db, edition).await?;
                store::keep_replaced(db, import, &before.set).await?;
            }
            let edition = store::save(db, writing).await?;
            Ok(applied(&slug, number, &edition, true, publish))
        }
    }
}

async fn target(db: &Db, base: Option<&Base>, title: &str) -> Result<(Target, String, u32)> {
    let Some(Base {
        set,
        slug,
        edition,
        number,
        state,
    }) = base
    else {
        let slug = store::free_slug(db, &paths::slug(title)).await?;
        let set = SetId::random();
        return Ok((
            Target::NewSet {
                set,
                slug: slug.clone(),
            },
            slug,
            1,
        ));
    };
    let (set, slug, number, edition) = (set.clone(), slug.clone(), *number, edition.clone());
    if *state == EditionState::Draft {
        Ok((
            Target::Draft {
                set,
                slug: slug.clone(),
                number,
                edition,
            },
            slug,
            number,
        ))
    } else {
        let number = number + 1;
        Ok((
            Target::NewEdition {
                set,
                slug: slug.clone(),
                number,
                base: edition,
            },
            slug,
            number,
        ))
    }
}
