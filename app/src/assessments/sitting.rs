//! Sittings: a list of statements in reading order is cut into tens, so that
//! where someone stopped follows from what is rated and nothing else.

/// Statements in a sitting.
pub const SITTING: u32 = 10;

/// What reading and answering one statement takes, in seconds.
const SECONDS: u32 = 20;

/// How many sittings so many statements make.
pub fn sittings(statements: u32) -> u32 {
    statements.div_ceil(SITTING)
}

/// The sitting, from 1, that holds the first statement not rated yet.
pub fn resume(rated: &[bool]) -> Option<u32> {
    rated.iter().position(|rated| !rated).map(sitting_of)
}

/// The next sitting after `this` with something to rate, from the start again
/// when there is none behind it.
pub fn after(rated: &[bool], this: u32) -> Option<u32> {
    let open = || {
        (0..)
            .zip(rated)
            .filter(|(_, rated)| !**rated)
            .map(|(at, _)| sitting_of(at))
    };
    open()
        .find(|sitting| *sitting > this)
        .or_else(|| open().find(|sitting| *sitting != this))
}

/// The statements of a sitting, as a range of the whole list.
pub fn range(sitting: u32, statements: u32) -> std::ops::Range<usize> {
    let start = sitting.saturating_sub(1).saturating_mul(SITTING).min(statements);
    let end = start.saturating_add(SITTING).min(statements);
    start as usize..end as usize
}

fn sitting_of(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX) / SITTING + 1
}

/// Minutes for so many statements, rounded up.
pub fn minutes(statements: u32) -> u32 {
    statements.saturating_mul(SECONDS).div_ceil(60)
}

/// "About 6 minutes left".
pub fn left(statements: u32) -> String {
    match minutes(statements) {
        0 => "Nothing left to rate".into(),
        1 => "About a minute left".into(),
        minutes => format!("About {minutes} minutes left"),
    }
}

/// "12 of 84 in all, about 24 minutes left".
pub fn standing(rated: u32, total: u32) -> String {
    format!(
        "{rated} of {total} in all, {}",
        left(total.saturating_sub(rated)).to_lowercase()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rated(total: usize, done: &[usize]) -> Vec<bool> {
        (0..total).map(|at| done.contains(&at)).collect()
    }

    #[test]
    fn one_goes_on_at_the_first_statement_not_rated() {
        assert_eq!(resume(&rated(84, &[])), Some(1));
        assert_eq!(resume(&rated(84, &(0..12).collect::<Vec<_>>())), Some(2));
        assert_eq!(resume(&rated(25, &[0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11])), Some(1));
        assert_eq!(resume(&rated(3, &[0, 1, 2])), None);
        assert_eq!(resume(&[]), None);
    }

    #[test]
    fn ten_more_is_behind_this_sitting_then_before_it() {
        assert_eq!(after(&rated(30, &[]), 1), Some(2));
        assert_eq!(after(&rated(30, &(10..30).collect::<Vec<_>>()), 3), Some(1));
        assert_eq!(after(&rated(10, &[]), 1), None);
    }

    #[test]
    fn the_last_sitting_may_be_short() {
        assert_eq!((sittings(84), range(9, 84)), (9, 80..84));
        assert_eq!(range(1, 4), 0..4);
        assert!(range(u32::MAX, 84).is_empty());
        assert_eq!(range(0, 84), 0..10);
    }

    #[test]
    fn every_statement_stands_in_exactly_one_sitting() {
        for total in 0..45 {
            let all: Vec<usize> = (1..=sittings(total))
                .flat_map(|sitting| range(sitting, total))
                .collect();
            assert_eq!(all, (0..total as usize).collect::<Vec<_>>());
        }
    }

    #[test]
    fn twenty_seconds_a_statement() {
        assert_eq!(
            (minutes(0), minutes(1), minutes(3), minutes(4), minutes(84)),
            (0, 1, 1, 2, 28)
        );
        assert_eq!(left(6), "About 2 minutes left");
        assert_eq!(standing(12, 84), "12 of 84 in all, about 24 minutes left");
        assert_eq!(standing(3, 3), "3 of 3 in all, nothing left to rate");
    }
}
