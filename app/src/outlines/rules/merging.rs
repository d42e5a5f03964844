//! Two curators who change the same node: what each touched alone is kept.

use serde_json::Value;

use super::step::Fields;

/// What becomes of a form that was filled against an older state.
#[derive(Debug, Clone, PartialEq)]
pub enum Merged {
    /// The fields to write; those that nobody else touched.
    Fits(Fields),
    /// Fields that both changed, each otherwise.
    Clashes(Vec<String>),
}

/// `base` is what the form was filled with, `mine` what it says now, `theirs`
/// what stands there. With `over`, mine wins where both changed a field.
pub fn merged(base: &Fields, mine: &Fields, theirs: &Fields, over: bool) -> Merged {
    let mut write = Fields::new();
    let mut clashes = Vec::new();
    for (name, wanted) in mine {
        let now = theirs.get(name).unwrap_or(&Value::Null);
        let was = base.get(name).unwrap_or(now);
        if wanted == was || wanted == now {
            continue;
        }
        if was != now && !over {
            clashes.push(name.clone());
        }
        write.insert(name.clone(), wanted.clone());
    }
    if clashes.is_empty() {
        Merged::Fits(write)
    } else {
        Merged::Clashes(clashes)
    }
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
        let Merged::Fits(write) = merge(fields("b", "n"), fields("a", "m")) else {
            panic!("clashed")
        };
        assert_eq!(write.len(), 1);
        assert_eq!(write["title"], "b");
        assert_eq!(merge(fields("a", "n"), fields("b", "m")), Merged::Fits(Fields::new()));
        assert_eq!(merge(fields("b", "n"), fields("b", "n")), Merged::Fits(Fields::new()));
    }

    #[test]
    fn what_both_changed_is_refused_unless_it_is_wanted() {
        let (base, mine, theirs) = (fields("a", "n"), fields("b", "n"), fields("c", "m"));
        assert_eq!(
            merged(&base, &mine, &theirs, false),
            Merged::Clashes(vec!["title".into()])
        );
        let Merged::Fits(write) = merged(&base, &mine, &theirs, true) else {
            panic!("clashed")
        };
        assert_eq!((write.len(), &write["title"]), (1, &Value::from("b")));
    }
}
