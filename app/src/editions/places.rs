//! When a node that goes on stands elsewhere than before.

use std::collections::HashMap;
use std::hash::Hash;

/// Whether codes differ only in the number within what they stand beneath: that
/// follows when a neighbour comes or goes.
pub(super) fn is_renumbered((above, before): (&str, &str), (over, after): (&str, &str)) -> bool {
    fn number<'a>(above: &str, code: &'a str) -> Option<(&'a str, &'a str)> {
        let rest = code.strip_prefix(above)?;
        let (start, digits) = rest.split_at(rest.trim_end_matches(|c: char| c.is_ascii_digit()).len());
        (!digits.is_empty()).then_some((start, digits))
    }
    match (number(above, before), number(over, after)) {
        (Some((before, _)), Some((after, _))) => before == after,
        _ => false,
    }
}

/// Which nodes changed their order among those that they stand beside: all but
/// the most that can have kept it. `becomes` says where each is now, in reading
/// order, `sources` how many became one, and `among` of one and where it is now
/// what it is ordered among.
pub(super) fn passing<K: Eq + Hash>(
    becomes: &[Vec<usize>],
    sources: &[usize],
    among: impl Fn(usize, usize) -> K,
) -> Vec<bool> {
    let mut beside: HashMap<K, Vec<(usize, usize)>> = HashMap::new();
    for (at, goes_to) in becomes.iter().enumerate() {
        if let [now] = goes_to.as_slice()
            && sources[*now] == 1
        {
            beside.entry(among(at, *now)).or_default().push((*now, at));
        }
    }
    let mut passing = vec![false; becomes.len()];
    for mut siblings in beside.into_values() {
        siblings.sort_unstable();
        // The longest run of rising places, by the last member of each length.
        let (mut ends, mut before): (Vec<usize>, Vec<Option<usize>>) = (Vec::new(), Vec::new());
        for (index, (_, at)) in siblings.iter().enumerate() {
            let length = ends.partition_point(|end| siblings[*end].1 < *at);
            before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
            if length == ends.len() {
                ends.push(index);
            } else {
                ends[length] = index;
            }
            passing[*at] = true;
        }
        let mut kept = ends.last().copied();
        while let Some(index) = kept {
            passing[siblings[index].1] = false;
            kept = before[index];
        }
    }
    passing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_follows_from_the_place_is_no_other_code() {
        for (before, after) in [
            (("TF 4", "TF 4.2"), ("TF 4", "TF 4.1")),
            (("TF 4", "TF 4.2"), ("TF 3", "TF 3.9")),
            (("", "TF 4"), ("", "TF 12")),
        ] {
            assert!(is_renumbered(before, after), "{before:?} {after:?}");
        }
        for (before, after) in [
            (("TF 4", "TF 4.2"), ("TF 4", "TF 4.2a")),
            (("TF 4", "X.2"), ("TF 4", "TF 4.2")),
            (("", "TF 4"), ("", "LM 4")),
            (("", "C"), ("", "X")),
        ] {
            assert!(!is_renumbered(before, after), "{before:?} {after:?}");
        }
    }

    #[test]
    fn who_passes_others_moves_and_who_is_passed_does_not() {
        let moved = |goes_to: &[usize]| {
            let becomes: Vec<Vec<usize>> = goes_to.iter().map(|now| vec![*now]).collect();
            passing(&becomes, &[1; 10], |_, _| ())
        };
        assert_eq!(moved(&[0, 1, 2]), [false, false, false]);
        assert_eq!(moved(&[3, 0, 1, 2]), [true, false, false, false]);
        assert_eq!(moved(&[1, 2, 3, 0]), [false, false, false, true]);
        assert_eq!(moved(&[0, 5, 9]), [false, false, false]);
        // Each beneath its own.
        let two = |_: usize, now: usize| now < 2;
        let becomes = [vec![2], vec![0], vec![], vec![1], vec![3, 4]];
        assert_eq!(passing(&becomes, &[1; 5], two), [false; 5]);
    }
}
