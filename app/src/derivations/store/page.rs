//! A derived set beside its source, as its curators see it.

use uuid::Uuid;

use super::reading::{Both, Edition, both, both_public};
use crate::competencies::model::{EditionState, node_href};
use crate::db::Db;
use crate::derivations::model::{
    Difference, Differing, FIELDS, Offer, OfferedField, Shown, SourceLink, SourcePage, Update,
};
use crate::derivations::rules::{Differs, Hindered, Offered, Story, differences, offers, taken_after_all};
use crate::editions::differences as pieces;
use crate::editions::model::Kind;
use crate::error::{AppError, Result};
use crate::outlines::model::entry_href;
use crate::outlines::rules::Outline;
use crate::viewer::Viewer;

/// Updates, and differences, on a page.
const OFFERS: usize = 10;
const DIFFERENCES: usize = 30;

/// What of a derived set differs from its source, and what the source offers. Who
/// does not curate it sees what differs in its last public edition.
pub async fn source_page(db: &Db, viewer: &Viewer, set: &str, shown: Shown, page: u32) -> Result<SourcePage> {
    let (both, may_curate) = match both(db, viewer, set).await {
        Ok(both) => (both, true),
        Err(AppError::Forbidden | AppError::SignInNeeded) => (both_public(db, viewer, set).await?, false),
        Err(error) => return Err(error),
    };
    // Thousands of texts are compared.
    let set = set.to_owned();
    tokio::task::spawn_blocking(move || Shows { both, set, may_curate }.page(shown, page))
        .await
        .map_err(|error| AppError::internal("differences", error))
}

struct Shows {
    both: Both,
    set: String,
    may_curate: bool,
}

fn part<T>(rows: Vec<T>, page: u32, each: usize) -> Vec<T> {
    let before = usize::try_from(page.saturating_sub(1)).unwrap_or(0);
    rows.into_iter().skip(before.saturating_mul(each)).take(each).collect()
}

fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// "LM 3.4 Reads a budget".
fn named(outline: &Outline, identifier: Uuid) -> Option<String> {
    let node = outline.nodes.iter().find(|node| node.identifier == identifier)?;
    Some(
        format!("{} {}", node.content.code, node.content.title)
            .trim()
            .to_owned(),
    )
}

impl Shows {
    fn page(&self, shown: Shown, page: u32) -> SourcePage {
        let both = &self.both;
        let beside = both.beside(&both.own.loaded.outline);
        let waiting = offers(&beside);
        let owns: Vec<Uuid> = waiting.iter().map(|offer| offer.own).collect();
        let found = differences(&beside, &owns);
        // What is offered is for those who can take it over.
        let waiting = if self.may_curate { waiting } else { Vec::new() };
        let many = |kind: Difference| small(found.iter().filter(|one| one.kind == kind).count());
        let counts: Vec<(Difference, u32)> = Difference::ALL.into_iter().map(|kind| (kind, many(kind))).collect();
        let shown = match shown {
            Shown::First if waiting.is_empty() => Shown::All,
            shown => shown,
        };
        let wanted = |one: &Differs| match shown {
            Shown::First => false,
            Shown::All => true,
            Shown::Only(kind) => one.kind == kind,
        };
        let count = waiting.len();
        let listed: Vec<Differs> = found.into_iter().filter(wanted).collect();
        let pages = match shown {
            Shown::First => count.div_ceil(OFFERS),
            _ => listed.len().div_ceil(DIFFERENCES),
        };
        let pages = small(pages).max(1);
        let page = page.clamp(1, pages);
        let shown_offers = if shown == Shown::First { waiting } else { Vec::new() };
        SourcePage {
            set: self.set.clone(),
            title: both.title.clone(),
            source: SourceLink {
                slug: both.source.slug.clone(),
                number: both.source.compared,
                title: both.source.title.clone(),
                owner: both.source.owner.clone(),
            },
            newest: both.newest.number,
            may_curate: self.may_curate,
            draft: both.own.state == EditionState::Draft,
            waiting: small(count),
            counts,
            shown,
            offers: part(shown_offers, page, OFFERS)
                .iter()
                .map(|offer| self.offer(offer))
                .collect(),
            differences: part(listed, page, DIFFERENCES)
                .iter()
                .map(|one| self.differing(one))
                .collect(),
            page,
            pages,
        }
    }

    fn own(&self) -> &Edition {
        &self.both.own
    }

    /// Where a node of the source is read: in the newest edition that has it.
    fn source_href(&self, source: Uuid) -> String {
        let slug = &self.both.source.slug;
        match self.both.newest.address_of(source) {
            Some(address) => node_href(slug, self.both.newest.number, address),
            None => match self.both.addresses.get(&source) {
                Some((number, address)) => node_href(slug, *number, address),
                None => String::new(),
            },
        }
    }

    /// Where a node of the derived set is written, or read where there is no draft.
    fn own_href(&self, own: Uuid) -> Option<String> {
        let edition = self.own();
        if edition.state == EditionState::Draft {
            return Some(entry_href(&self.set, &edition.id_of(own)?));
        }
        Some(node_href(&self.set, edition.number, edition.address_of(own)?))
    }

    fn source_words(&self, source: Uuid) -> String {
        named(&self.both.newest.loaded.outline, source).unwrap_or_else(|| {
            let link = self.both.links.iter().find(|link| link.source.identifier == source);
            link.map(|link| {
                let content = &link.source.content;
                format!("{} {}", content.code, content.title).trim().to_owned()
            })
            .unwrap_or_default()
        })
    }

    fn offer(&self, offer: &Offered) -> Offer {
        let outline = &self.own().loaded.outline;
        let own_words = named(outline, offer.own);
        let field = |text: &crate::derivations::rules::Text| OfferedField {
            name: FIELDS[text.field].0.to_owned(),
            clash: text.clashes(),
            theirs: pieces(&text.before, &text.theirs),
            mine: if text.clashes() {
                pieces(&text.before, &text.mine)
            } else {
                Vec::new()
            },
            text: text.mine.clone(),
        };
        Offer {
            node: offer.source.to_string(),
            print: offer.print(),
            update: offer.update,
            words: match offer.update {
                Update::New => self.source_words(offer.source),
                _ => own_words.unwrap_or_else(|| self.source_words(offer.source)),
            },
            href: self.source_href(offer.source),
            own: self.own_href(offer.own),
            fields: offer.texts.iter().map(field).collect(),
            place: offer.place.map(|place| self.place(place)).unwrap_or_default(),
            hindered: match offer.hindered {
                Some(Hindered::ParentFirst) => "What it stands beneath is new too. Take that over first.".into(),
                Some(Hindered::Beneath) => {
                    "Beneath it stands what the source still has, or what is your own. Move that first.".into()
                }
                None => String::new(),
            },
            beneath: small(offer.beneath),
            story: self.story(offer),
        }
    }

    /// What of an offer was split or merged in the source.
    fn story(&self, offer: &Offered) -> String {
        let stories = &self.both.stories;
        let titles = |story: &Story| {
            let quoted: Vec<String> = story.titles.iter().map(|title| format!("“{title}”")).collect();
            quoted.join(", ")
        };
        match (stories.from.get(&offer.source), stories.into.get(&offer.source)) {
            (Some(story), _) if story.kind == Kind::Split => {
                format!("The source split {}; this is part of it.", titles(story))
            }
            (Some(story), _) => format!("The source merged {} into this.", titles(story)),
            (None, Some(story)) if story.kind == Kind::Split => format!("The source split it into {}.", titles(story)),
            (None, Some(story)) => format!("The source merged it into {}.", titles(story)),
            (None, None) => String::new(),
        }
    }

    fn place(&self, place: crate::outlines::rules::Place) -> String {
        let outline = &self.own().loaded.outline;
        let words = |identifier: Option<Uuid>| identifier.and_then(|identifier| named(outline, identifier));
        let beneath =
            words(place.parent).map_or_else(|| "At the top".to_owned(), |parent| format!("Beneath “{parent}”"));
        match words(place.after) {
            Some(after) => format!("{beneath}, after “{after}”"),
            None => format!("{beneath}, as the first"),
        }
    }

    fn differing(&self, one: &Differs) -> Differing {
        let outline = &self.own().loaded.outline;
        let (own, source) = (one.own, one.source);
        let words = match (own, source) {
            (Some(own), _) => named(outline, own).unwrap_or_default(),
            (None, Some(source)) => self.source_words(source),
            (None, None) => String::new(),
        };
        let top = || "the top".to_owned();
        let fields = one
            .fields
            .iter()
            .map(|(field, was, is)| (FIELDS[*field].1.to_owned(), pieces(was, is)));
        let after_all = source
            .filter(|_| one.kind == Difference::LeftOut && self.own().state == EditionState::Draft)
            .and_then(|source| taken_after_all(&self.both.beside(outline), source));
        Differing {
            kind: one.kind,
            node: source.map(|source| source.to_string()).unwrap_or_default(),
            words,
            href: match own {
                Some(own) => self.own_href(own).unwrap_or_default(),
                None => source.map(|source| self.source_href(source)).unwrap_or_default(),
            },
            fields: fields.collect(),
            place: one.place.map(|(was, is)| {
                (
                    was.map_or_else(top, |was| self.source_words(was)),
                    is.map_or_else(top, |is| named(outline, is).unwrap_or_default()),
                )
            }),
            beneath: small(one.beneath),
            print: after_all.map(|offer| offer.print()),
        }
    }
}
