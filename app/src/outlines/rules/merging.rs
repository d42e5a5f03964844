//! Two curators who change the same node: what each touched alone is kept.

use serde_json::Value;

use super::step::Fields;

/// What becomes of a form that was filled against an older state.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Merged {
    /// The fields to write: those that nobody else touched.
    pub fits: Fields,
    /// Fields that both changed, each otherwise; they stay as they are.
    pub clashes: Vec<String>,
}

/// `base` is what the form was filled with, `mine` what it says now, `theirs`
/// what stands there. With `over`, mine wins where both changed a field.
pub fn merged(base: &Fields, mine: &Fields, theirs: &Fields, over: bool) -> Merged {
    let mut merged = Merged::default();
    for (name, wanted) in mine {
        let now = theirs.get(name).unwrap_or(&Value::Null);
        let was = base.get(name).unwrap_or(now);
        if wanted == was || wanted == now {
            continue;
        }
        if was != now && !over {
            merged.clashes.push(name.clone());
        } else {
            merged.fits.insert(name.clone(), wanted.clone());
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(title: &str, notes: &str) -> Fields {
        [("title", title), ("notes", notes)]
            .into_iter()
            .map(|(name, text)| (name.to_owned(), Value::from(text)))
            .collect()
    }

    #[test]
    fn what_only_one_touched_is_kept_of_both() {
        let merge = |mine: Fields, theirs: Fields| merged(&fields("a", "n"), &mine, &theirs, false);
        let write = merge(fields("b", "n"), fields("a", "m"));
        assert_eq!((write.fits.len(), &write.fits["title"]), (1, &Value::from("b")));
        assert!(write.clashes.is_empty());
        assert_eq!(merge(fields("a", "n"), fields("b", "m")), Merged::default());
        assert_eq!(merge(fields("b", "n"), fields("b", "n")), Merged::default());
    }

    #[test]
    fn what_both_changed_stays_unless_it_is_wanted_and_the_rest_is_written() {
        let (base, mine, theirs) = (fields("a", "n"), fields("b", "o"), fields("c", "n"));
        let one = merged(&base, &mine, &theirs, false);
        assert_eq!(one.clashes, ["title"]);
        assert_eq!((one.fits.len(), &one.fits["notes"]), (1, &Value::from("o")));
        let all = merged(&base, &mine, &theirs, true);
        assert!(all.clashes.is_empty());
        assert_eq!((all.fits.len(), &all.fits["title"]), (2, &Value::from("b")));
    }

    /// Whatever three texts each of two fields has: what is written is mine and
    /// was nobody else's, and sending the form once more writes nothing more.
    #[test]
    fn any_form_sent_twice_writes_once_and_touches_nothing_of_others() {
        let texts = ["a", "b", "c"];
        for case in 0..3_usize.pow(6) {
            let text = |at: u32| texts[case / 3_usize.pow(at) % 3];
            let (base, mine) = (fields(text(0), text(1)), fields(text(2), text(3)));
            let theirs = fields(text(4), text(5));
            let first = merged(&base, &mine, &theirs, false);
            let mut now = theirs.clone();
            now.extend(first.fits.clone());
            for (name, value) in &now {
                let touched = base[name] != theirs[name];
                assert!(
                    value == &theirs[name] || (value == &mine[name] && !touched),
                    "{case} {name}"
                );
                let lost = value != &mine[name] && mine[name] != base[name];
                assert_eq!(first.clashes.contains(name), lost, "{case} {name}");
            }
            let again = merged(&base, &mine, &now, false);
            assert_eq!((again.fits.len(), &again.clashes), (0, &first.clashes), "{case}");
        }
    }
}
