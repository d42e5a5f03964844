//! Rubrics and the proficiency scale: CFRubric > CFRubricCriterion >
//! CFRubricCriterionLevel (CASE 1.1 §CFRubric).

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::case_classes::RUBRIC;
use super::case_links::as_uuid;
use super::case_shape::{complete, normalise};
use super::report::Report;
use super::text::{bounded, cut, line};
use super::{ExchangeLevel, bounds};

/// What the rubrics of a package come to.
#[derive(Default)]
pub(super) struct Scale {
    pub levels: Vec<ExchangeLevel>,
    /// The rubric the scale was read from, unless Carrel wrote it.
    pub kept: Option<Value>,
    pub others: Vec<Value>,
}

/// The first rubric that rates the set as a whole is its scale; others (for
/// single items) are kept for the way back.
pub(super) fn read(rubrics: Vec<Map<String, Value>>, set: Uuid, report: &mut Report) -> Scale {
    let mut scale = Scale::default();
    for rubric in rubrics {
        let rubric = Value::Object(rubric);
        let levels = if scale.levels.is_empty() {
            levels(&rubric)
        } else {
            Vec::new()
        };
        if levels.is_empty() {
            report.lenient(
                "A rubric is not used as the scale; it is kept for the way back",
                "CFRubrics",
            );
            scale.others.push(rubric);
            continue;
        }
        let own = rubric.get("identifier").and_then(as_uuid) == Some(identifier(set));
        if !own {
            report.lenient("The levels of a rubric are taken as the proficiency scale", "CFRubrics");
        }
        scale.kept = (!own).then_some(rubric);
        scale.levels = levels;
    }
    if scale.levels.len() > bounds::LEVELS {
        report.refuse(
            "CFRubrics",
            format!("The scale has more than {} levels.", bounds::LEVELS),
        );
        scale.levels.truncate(bounds::LEVELS);
    }
    for level in &mut scale.levels {
        let label = std::mem::take(&mut level.label);
        level.label = bounded(label, "label of a level", bounds::CODE, "CFRubrics", report);
        let description = std::mem::take(&mut level.description);
        level.description = bounded(
            description,
            "description of a level",
            bounds::STATEMENT,
            "CFRubrics",
            report,
        );
    }
    scale
}

/// The levels of the first criterion that is not about one item, lowest first:
/// by score where every level has one, else by position, else as in the file.
fn levels(rubric: &Value) -> Vec<ExchangeLevel> {
    let list = |of: &Value, key: &str| of.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    let criteria = list(rubric, "CFRubricCriteria");
    let general = criteria.iter().filter(|criterion| criterion.get("CFItemURI").is_none());
    let Some(mut levels) = general
        .map(|criterion| list(criterion, "CFRubricCriterionLevels"))
        .find(|levels| !levels.is_empty())
    else {
        return Vec::new();
    };
    let number = |level: &Value, key: &str| level.get(key).and_then(Value::as_f64);
    let by = if levels.iter().all(|level| number(level, "score").is_some()) {
        "score"
    } else {
        "position"
    };
    let rank = |level: &Value| number(level, by).unwrap_or(f64::MAX);
    levels.sort_by(|a, b| rank(a).total_cmp(&rank(b)));
    let text = |level: &Value, key: &str| level.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let described = levels.iter().enumerate().map(|(at, level)| {
        let description = text(level, "description");
        let label = [line(&text(level, "quality")), line(cut(&description, bounds::CODE))];
        let label = label.into_iter().find(|label| !label.is_empty());
        ExchangeLevel {
            label: label.unwrap_or_else(|| format!("Level {}", at + 1)),
            description,
        }
    });
    described.collect()
}

/// The rubric for the scale: the one it came from while it still says the
/// same, else a new one.
pub(super) fn write(
    scale: &[ExchangeLevel],
    kept: Option<&Value>,
    set: Uuid,
    base: &str,
    last_change: &str,
) -> Option<Value> {
    let kept = kept
        .cloned()
        .map(|kept| normalise(&RUBRIC, kept, &mut Report::default()));
    let unchanged = kept.filter(|kept| levels(&Value::Object(kept.clone())) == scale);
    if scale.is_empty() {
        return None;
    }
    let mut rubric = unchanged.unwrap_or_else(|| generated(scale, set));
    complete(&RUBRIC, &mut rubric, &set, base, last_change);
    Some(Value::Object(rubric))
}

fn identifier(set: Uuid) -> Uuid {
    Uuid::new_v5(&set, b"CFRubric:scale")
}

fn generated(scale: &[ExchangeLevel], set: Uuid) -> Map<String, Value> {
    let levels = scale.iter().enumerate().map(|(at, level)| {
        let mut written = json!({ "quality": level.label, "score": at, "position": at + 1 });
        if !level.description.is_empty() {
            written["description"] = level.description.as_str().into();
        }
        written
    });
    let criterion = json!({
        "category": "Proficiency",
        "position": 1,
        "CFRubricCriterionLevels": levels.collect::<Vec<_>>(),
    });
    Map::from_iter([
        ("identifier".to_owned(), identifier(set).to_string().into()),
        ("title".to_owned(), "Proficiency scale".into()),
        ("CFRubricCriteria".to_owned(), json!([criterion])),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_run_from_low_to_high() {
        let rubric = json!({ "CFRubricCriteria": [
            { "CFItemURI": {}, "CFRubricCriterionLevels": [{ "quality": "no" }] },
            { "CFRubricCriterionLevels": [
                { "quality": "Strong", "score": 3, "position": 1 },
                { "description": "Weak at it", "score": 1, "position": 2 },
                { "score": 2 },
            ] },
        ]});
        let found = levels(&rubric);
        let labels: Vec<_> = found.iter().map(|level| level.label.as_str()).collect();
        assert_eq!(labels, ["Weak at it", "Level 2", "Strong"]);
    }

    #[test]
    fn a_written_scale_reads_back_and_a_changed_one_is_written_anew() {
        let level = |label: &str| ExchangeLevel {
            label: label.into(),
            description: format!("{label}!"),
        };
        let scale = [level("a"), level("b")];
        let set = Uuid::from_u128(7);
        let write = |scale: &[ExchangeLevel], kept| write(scale, kept, set, "b", "2026-01-01T00:00:00Z");
        let Some(Value::Object(first)) = write(&scale, None) else {
            panic!("no rubric")
        };
        let back = read(vec![first.clone()], set, &mut Report::default());
        assert_eq!((back.levels.as_slice(), back.kept.is_none()), (&scale[..], true));
        let foreign = read(vec![first.clone()], Uuid::nil(), &mut Report::default());
        assert!(foreign.kept.is_some());
        assert_eq!(write(&scale, foreign.kept.as_ref()), Some(Value::Object(first)));
        let other = write(&scale[..1], foreign.kept.as_ref());
        assert_eq!(levels(&other.unwrap_or_default()), &scale[..1]);
        assert!(write(&[], None).is_none());
    }
}
