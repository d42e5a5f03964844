//! How much two texts share.
//!
//! The measure is Dice's: twice the number of different words that both have,
//! divided by the sum of the different words of each, little words that stand
//! everywhere left aside. 1 is the same words, 0 none in common.

use std::collections::{BTreeSet, HashMap};

/// From here on two texts are taken for one that was reworded.
pub const THRESHOLD: f64 = 0.6;

/// Words that say nothing of what a text is about.
const LITTLE: [&str; 18] = [
    "a", "an", "and", "are", "as", "at", "by", "for", "from", "in", "is", "it", "of", "on", "or", "the", "to", "with",
];

/// The different words of a text, in lower case; little ones only where there
/// are no others.
fn words(text: &str) -> BTreeSet<String> {
    let lower = text.to_lowercase();
    let all = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let all: BTreeSet<String> = all.map(str::to_owned).collect();
    let telling = all.iter().filter(|word| !LITTLE.contains(&word.as_str()));
    let telling: BTreeSet<String> = telling.cloned().collect();
    if telling.is_empty() { all } else { telling }
}

/// The likeness of two texts by the measure above.
#[cfg(test)]
pub fn likeness(a: &str, b: &str) -> f64 {
    let (a, b) = (words(a), words(b));
    dice(a.intersection(&b).count(), a.len(), b.len())
}

fn dice(shared: usize, a: usize, b: usize) -> f64 {
    if a + b == 0 {
        return 0.0;
    }
    // Texts have some hundred words: exact in a float.
    #[expect(clippy::cast_precision_loss, reason = "counts of words are small")]
    let measure = (2 * shared) as f64 / (a + b) as f64;
    measure
}

/// Pairs of old and new texts that are alike, each text in one pair at most:
/// the likest first, of equals the first in order.
pub fn pairs(old: &[(usize, &str)], new: &[(usize, &str)]) -> Vec<(usize, usize)> {
    let old_words: Vec<BTreeSet<String>> = old.iter().map(|(_, text)| words(text)).collect();
    let new_words: Vec<BTreeSet<String>> = new.iter().map(|(_, text)| words(text)).collect();
    let mut index: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, words) in new_words.iter().enumerate() {
        for word in words {
            index.entry(word).or_default().push(at);
        }
    }
    let mut alike: Vec<(f64, usize, usize)> = Vec::new();
    let mut shared = vec![0_usize; new.len()];
    for (at, words) in old_words.iter().enumerate() {
        let mut met: Vec<usize> = Vec::new();
        for found in words.iter().filter_map(|word| index.get(word.as_str())) {
            for other in found {
                if shared[*other] == 0 {
                    met.push(*other);
                }
                shared[*other] += 1;
            }
        }
        for other in met {
            let measure = dice(std::mem::take(&mut shared[other]), words.len(), new_words[other].len());
            if measure >= THRESHOLD {
                alike.push((measure, at, other));
            }
        }
    }
    alike.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut old_taken, mut new_taken) = (vec![false; old.len()], vec![false; new.len()]);
    let mut pairs = Vec::new();
    for (_, a, b) in alike {
        if !old_taken[a] && !new_taken[b] {
            (old_taken[a], new_taken[b]) = (true, true);
            pairs.push((old[a].0, new[b].0));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_both_have_count() {
        assert!((likeness("Explains the budget", "explains the BUDGET!") - 1.0).abs() < 1e-9);
        assert!(likeness("Explains the budget", "Explains the library budget") >= THRESHOLD);
        assert!(likeness("Has an awkward code", "Keeps no code") < THRESHOLD);
        assert!(likeness("", "").abs() < 1e-9 && likeness("a", "b").abs() < 1e-9);
    }

    #[test]
    fn the_likest_find_each_other_first() {
        let old = [(4, "reads a budget aloud"), (7, "reads a budget")];
        let new = [(1, "reads a budget"), (2, "reads the budget aloud"), (3, "sings")];
        assert_eq!(pairs(&old, &new), [(4, 2), (7, 1)]);
        assert_eq!(pairs(&[], &new), []);
    }
}
