//! Levels of one scale on the next: pure rules. A level is known by its label, since
//! one may have been put in, taken out or moved.

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

fn number(at: usize) -> i64 {
    i64::try_from(at).unwrap_or(i64::MAX)
}

impl Levels {
    /// By the labels of both, the lowest level first. What no label of the later
    /// scale says stands above what was below it, for the time being.
    pub fn between(old: &[String], new: &[String]) -> Self {
        let old: Vec<String> = old.iter().map(|label| folded(label)).collect();
        let new: Vec<String> = new.iter().map(|label| folded(label)).collect();
        let highest = number(new.len().saturating_sub(1));
        let same = old == new;
        let found = |at: usize| match same {
            true => Some(at),
            false => only(&old, &old[at]).and_then(|_| only(&new, &old[at])),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn between(old: &str, new: &str) -> Levels {
        let labels = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
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

    #[test]
    fn a_scale_that_says_the_same_keeps_all() {
        let same = between("a b b", "A b B");
        assert_eq!((same.fitted(Some(2)), same.unknown().len()), ((Some(2), true), 0));
        // What stands past the end of the scale it was given by.
        assert_eq!(same.fitted(Some(7)), (Some(2), false));
        assert_eq!(Levels::default().fitted(Some(1)), (Some(0), false));
    }
}
