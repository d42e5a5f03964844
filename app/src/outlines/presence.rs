//! Who has a draft open, as their pages say it every half minute: kept within the
//! process, since nobody needs it a minute later.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::model::{Label, Present};
use crate::id::{EditionId, PersonId};

/// Whoever was silent for so long is gone: two of their pages' words were missed.
const SILENT: Duration = Duration::from_secs(75);
/// People who are told of at one draft.
const MOST: usize = 50;

struct Seen {
    name: String,
    at: Instant,
    line: Option<Label>,
}

/// Those who have drafts open.
#[derive(Clone, Default)]
pub struct Drafts(Arc<Mutex<HashMap<EditionId, HashMap<PersonId, Seen>>>>);

impl Drafts {
    /// Somebody has this draft open, at a line of it or at its outline.
    pub fn seen(&self, edition: &EditionId, (person, name): (&PersonId, &str), line: Option<Label>) {
        self.seen_at(edition, (person, name), line, Instant::now());
    }

    fn seen_at(&self, edition: &EditionId, (person, name): (&PersonId, &str), line: Option<Label>, at: Instant) {
        let mut drafts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for people in drafts.values_mut() {
            people.retain(|_, seen| at.saturating_duration_since(seen.at) < SILENT);
        }
        drafts.retain(|_, people| !people.is_empty());
        let seen = Seen {
            name: name.to_owned(),
            at,
            line,
        };
        drafts.entry(edition.clone()).or_default().insert(person.clone(), seen);
    }

    /// Everybody else who has it open, by name.
    pub fn others(&self, edition: &EditionId, me: Option<&PersonId>) -> Vec<Present> {
        let drafts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let people = drafts.get(edition).into_iter().flatten();
        let there = people.filter(|(person, seen)| Some(*person) != me && seen.at.elapsed() < SILENT);
        let mut there: Vec<(Present, &PersonId)> = there
            .map(|(person, seen)| {
                let present = Present {
                    name: seen.name.clone(),
                    line: seen.line.clone(),
                };
                (present, person)
            })
            .collect();
        there.sort_by(|(one, own), (other, theirs)| (&one.name, own).cmp(&(&other.name, theirs)));
        there.into_iter().take(MOST).map(|(present, _)| present).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::NodeId;

    #[test]
    fn others_are_there_with_what_they_have_open_until_they_are_silent() {
        let drafts = Drafts::default();
        let [one, two] = ["one", "two"].map(|key| EditionId::parse(key).unwrap());
        let [ana, ciro] = ["ana", "ciro"].map(|key| PersonId::parse(key).unwrap());
        let line = Label {
            id: NodeId::parse("n").unwrap(),
            code: "X 1".into(),
            title: "Listens".into(),
        };
        drafts.seen(&one, (&ana, "Ana"), None);
        drafts.seen(&one, (&ciro, "Ciro"), Some(line.clone()));
        let names = |edition, me| {
            let there = drafts.others(edition, me).into_iter();
            there.map(|one| (one.name, one.line)).collect::<Vec<_>>()
        };
        assert_eq!(names(&one, Some(&ana)), [("Ciro".to_owned(), Some(line))]);
        assert_eq!(names(&one, Some(&ciro)), [("Ana".to_owned(), None)]);
        assert_eq!(names(&one, None).len(), 2);
        assert_eq!(names(&two, None), []);
        // Whoever closed the page is gone.
        let Some(before) = Instant::now().checked_sub(SILENT) else {
            return;
        };
        drafts.seen_at(&one, (&ciro, "Ciro"), None, before);
        assert_eq!(names(&one, Some(&ana)), []);
    }
}
