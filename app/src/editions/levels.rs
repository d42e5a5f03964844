//! Levels of one scale on the next: pure rules. A level is known by its label, since
//! one may have been put in, taken out or moved. What is called otherwise now, a
//! curator says; only what has no answer is asked of people.

use super::likeness;

/// A scale, and what its curators said that levels of earlier ones are called on it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scale {
    pub labels: Vec<String>,
    /// Each old label with the one it has now; with an empty one people are asked.
    pub named: Vec<(String, String)>,
}

/// How the levels of an earlier scale stand on a later one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Levels {
    /// Each with whether it is the same level for certain.
    now: Vec<(i64, bool)>,
    highest: i64,
}

fn folded(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Where the one label stands that is called so.
fn only(labels: &[String], label: &str) -> Option<usize> {
    let mut places = (0..labels.len()).filter(|at| labels[*at] == label);
    places.next().filter(|_| places.next().is_none())
}

fn all_folded(labels: &[String]) -> Vec<String> {
    labels.iter().map(|label| folded(label)).collect()
}

fn number(at: usize) -> i64 {
    i64::try_from(at).unwrap_or(i64::MAX)
}

impl Levels {
    /// By the labels of both, the lowest level first.
    pub fn between(old: &[String], new: &[String]) -> Self {
        let scale = Scale {
            labels: new.to_vec(),
            named: Vec::new(),
        };
        Self::through(old, &[scale])
    }

    /// From a scale through those of later editions to the last of them, by labels
    /// and by what was said of those that changed. What neither says stands above
    /// what was below it, for the time being.
    pub fn through(old: &[String], later: &[Scale]) -> Self {
        let old = all_folded(old);
        let later: Vec<Scale> = later.iter().map(Scale::folded).collect();
        let new = later.last().map(|scale| scale.labels.clone()).unwrap_or_default();
        let highest = number(new.len().saturating_sub(1));
        let same = later.iter().all(|scale| scale.labels == old);
        let found = |at: usize| match same {
            true => Some(at),
            false => {
                only(&old, &old[at])?;
                let name = later.iter().fold(old[at].as_str(), |name, scale| scale.name(name));
                only(&new, name)
            }
        };
        let mut now: Vec<(i64, bool)> = Vec::with_capacity(old.len());
        for at in 0..old.len() {
            let level = match (found(at), now.last()) {
                (Some(place), _) => (number(place), true),
                (None, Some((below, _))) => ((below + 1).min(highest), false),
                (None, None) => (0, false),
            };
            now.push(level);
        }
        Self { now, highest }
    }

    /// A level on the later scale, and whether it is the same for certain.
    pub fn fitted(&self, level: Option<i64>) -> (Option<i64>, bool) {
        let Some(level) = level else {
            return (None, true);
        };
        let place = usize::try_from(level).ok();
        let now = place.and_then(|place| self.now.get(place).copied());
        let (level, certain) = now.unwrap_or((level.clamp(0, self.highest), level <= self.highest));
        (Some(level), certain)
    }

    /// The places of earlier levels that no label of the later scale says.
    pub fn unknown(&self) -> Vec<usize> {
        let unsure = self.now.iter().enumerate().filter(|(_, (_, certain))| !certain);
        unsure.map(|(at, _)| at).collect()
    }
}

impl Scale {
    fn folded(&self) -> Self {
        let pair = |(was, now): &(String, String)| (folded(was), folded(now));
        Self {
            labels: all_folded(&self.labels),
            named: self.named.iter().map(pair).collect(),
        }
    }

    /// What a level of the scale before is called on this one. What it has itself
    /// it goes on with, whatever was said once.
    fn name<'a>(&'a self, name: &'a str) -> &'a str {
        if self.labels.iter().any(|label| label == name) {
            return name;
        }
        let said = self.named.iter().find(|(was, now)| was == name && !now.is_empty());
        said.map_or(name, |(_, now)| now)
    }
}

/// What each level may be called on a later scale that does not have its label: what
/// is alike, else what stands in its place between the same neighbours.
pub fn suggested(old: &[String], new: &[String]) -> Vec<Option<usize>> {
    let by_label = Levels::between(old, new);
    let certain = |(level, certain): &(i64, bool)| usize::try_from(*level).ok().filter(|_| *certain);
    let mut found: Vec<Option<usize>> = by_label.now.iter().map(certain).collect();
    let free = |found: &[Option<usize>], at: usize| !found.contains(&Some(at));
    let left: Vec<(usize, &str)> = (0..old.len())
        .filter(|at| found[*at].is_none())
        .map(|at| (at, old[at].as_str()))
        .collect();
    let there: Vec<(usize, &str)> = (0..new.len())
        .filter(|at| free(&found, *at))
        .map(|at| (at, new[at].as_str()))
        .collect();
    for (was, now) in likeness::pairs(&left, &there) {
        found[was] = Some(now);
    }
    let mut at = 0;
    while at < old.len() {
        let run = found[at..].iter().take_while(|one| one.is_none()).count();
        let below = match at {
            0 => Some(0),
            _ => found[at - 1].map(|below| below + 1),
        };
        let above = found.get(at + run).copied().flatten().unwrap_or(new.len());
        if let Some(below) = below.filter(|below| run > 0 && below + run == above)
            && (below..above).all(|place| free(&found, place))
        {
            for step in 0..run {
                found[at + step] = Some(below + step);
            }
        }
        at += run.max(1);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(old: &str, new: &str) -> Levels {
        Levels::between(&labels(old), &labels(new))
    }

    #[test]
    fn a_level_keeps_its_label_wherever_it_stands() {
        let levels = between("none some much", "None a-little Some much");
        assert_eq!(levels.fitted(Some(0)), (Some(0), true));
        assert_eq!(levels.fitted(Some(1)), (Some(2), true));
        assert_eq!(levels.fitted(Some(2)), (Some(3), true));
        let turned = between("none some much", "much some none");
        assert_eq!(turned.fitted(Some(0)), (Some(2), true));
        assert!(turned.unknown().is_empty());
        assert_eq!(turned.fitted(None), (None, true));
    }

    #[test]
    fn what_no_label_says_is_asked() {
        let renamed = between("none some much", "none fair much");
        assert_eq!(renamed.fitted(Some(1)), (Some(1), false));
        assert_eq!((renamed.fitted(Some(2)), renamed.unknown()), ((Some(2), true), vec![1]));
        let shorter = between("none some much most", "none some much");
        assert_eq!(shorter.fitted(Some(3)), (Some(2), false));
        let twice = between("none some some", "none some more");
        assert_eq!(twice.unknown(), [1, 2]);
    }

    fn labels(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    fn scale(text: &str, named: &[(&str, &str)]) -> Scale {
        let pair = |(was, now): &(&str, &str)| ((*was).to_owned(), (*now).to_owned());
        Scale {
            labels: labels(text),
            named: named.iter().map(pair).collect(),
        }
    }

    #[test]
    fn what_a_curator_said_asks_nobody() {
        let old = labels("none some much");
        let said = scale("none fair much", &[("Some", "fair"), ("much", "none")]);
        let levels = Levels::through(&old, std::slice::from_ref(&said));
        assert_eq!(
            (levels.fitted(Some(1)), levels.fitted(Some(2))),
            ((Some(1), true), (Some(2), true))
        );
        // Through another edition, and where people are to be asked.
        let later = scale("nothing fair most", &[("much", "most"), ("none", "")]);
        let levels = Levels::through(&old, &[said, later]);
        assert_eq!(
            (levels.fitted(Some(1)), levels.fitted(Some(2))),
            ((Some(1), true), (Some(2), true))
        );
        assert_eq!((levels.fitted(Some(0)), levels.unknown()), ((Some(0), false), vec![0]));
        // What was said of a level that is not there says nothing.
        let gone = scale("none fine much", &[("some", "fair")]);
        assert_eq!(Levels::through(&old, &[gone]).unknown(), [1]);
    }

    #[test]
    fn a_level_is_suggested_by_its_label_and_by_its_place() {
        let of = |old: &str, new: &str| suggested(&labels(old), &labels(new));
        assert_eq!(of("none some much", "none fair much"), [Some(0), Some(1), Some(2)]);
        assert_eq!(of("a b c", "x y z"), [Some(0), Some(1), Some(2)]);
        assert_eq!(of("none some much", "none fair good much"), [Some(0), None, Some(3)]);
        assert_eq!(of("none some much", "much fair none"), [Some(2), None, Some(0)]);
        let words = |text: &str| text.split(';').map(str::to_owned).collect::<Vec<_>>();
        let alike = suggested(
            &words("No skill;Some;Expert skill"),
            &words("None;Expert skills;Some skill;Master"),
        );
        assert_eq!(alike[1], Some(2));
    }

    /// Whatever the scales and whatever was said: no level leaves the scale, what
    /// keeps its label or was named is itself and asks nobody, and all else asks.
    #[test]
    fn only_what_nobody_named_is_asked_whatever_the_scales() {
        const LABELS: [&str; 9] = [
            "none", "little", "some", "fair", "good", "strong", "most", "Some", "all",
        ];
        let mut seed = 0x2545_f491_4f6c_dd1d_u64;
        let mut below = |most: usize| {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            usize::try_from(seed % most.max(1) as u64).unwrap()
        };
        for round in 0..3_000 {
            let mut draw = |most: usize| {
                (0..1 + below(most))
                    .map(|_| LABELS[below(9)].to_owned())
                    .collect::<Vec<_>>()
            };
            let (old, new) = (draw(6), draw(6));
            let mut named: Vec<(String, String)> = Vec::new();
            for label in &old {
                if below(2) == 0 && !named.iter().any(|(was, _)| folded(was) == folded(label)) {
                    let now = [new[below(new.len())].clone(), String::new(), "gone".to_owned()];
                    named.push((label.clone(), now[below(3)].clone()));
                }
            }
            let levels = Levels::through(
                &old,
                &[Scale {
                    labels: new.clone(),
                    named: named.clone(),
                }],
            );
            let plain = Levels::between(&old, &new);
            let (was, now) = (all_folded(&old), all_folded(&new));
            for at in 0..old.len() {
                let (level, certain) = levels.fitted(Some(number(at)));
                let level = usize::try_from(level.unwrap()).unwrap();
                assert!(level < new.len(), "round {round}");
                let said = named
                    .iter()
                    .find(|(one, _)| folded(one) == was[at])
                    .map(|(_, now)| folded(now));
                let by_label = plain.fitted(Some(number(at)));
                if by_label.1 {
                    assert_eq!(
                        (level, certain),
                        (usize::try_from(by_label.0.unwrap()).unwrap(), true),
                        "round {round}"
                    );
                } else if let Some(said) = said.filter(|said| only(&now, said).is_some() && !now.contains(&was[at])) {
                    let own = only(&was, &was[at]).is_some();
                    assert_eq!(certain, own, "round {round}: what stood twice is asked");
                    assert!(!own || now[level] == said, "round {round}");
                } else {
                    assert!(!certain, "round {round}: {old:?} {new:?} {named:?}");
                }
            }
            let suggested = suggested(&old, &new);
            assert_eq!(suggested.len(), old.len());
            assert!(suggested.iter().flatten().all(|at| *at < new.len()), "round {round}");
        }
    }

    #[test]
    fn a_scale_that_says_the_same_keeps_all() {
        let same = between("a b b", "A b B");
        assert_eq!((same.fitted(Some(2)), same.unknown().len()), ((Some(2), true), 0));
        // What stands past the end of the scale it was given by.
        assert_eq!(same.fitted(Some(7)), (Some(2), false));
        assert_eq!(Levels::default().fitted(Some(1)), (Some(0), false));
    }
}
