//! Moodle's scale and taxonomy cells.

use serde_json::{Value, json};

use super::text::line;
use super::{ExchangeLevel, ExchangeSet};

/// The words a taxonomy may consist of, one for each of the first four levels
/// of the tree (Moodle, core_competency\competency_framework).
const TAXONOMIES: [&str; 11] = [
    "behaviour",
    "competency",
    "concept",
    "domain",
    "indicator",
    "level",
    "outcome",
    "practice",
    "proficiency",
    "skill",
    "value",
];

/// What Moodle takes where no taxonomy is given.
const DEFAULT_TAXONOMY: &str = "competency";

/// Stands for a comma within a level's label, which Moodle cannot express.
const SMALL_COMMA: &str = "\u{fe50}";

/// What a framework without a scale gets, since Moodle requires one.
pub(super) const DEFAULT_SCALE: &str = "Not yet competent,Competent";

/// `Not yet competent,Competent`, lowest first.
pub(super) fn read_levels(values: &str) -> Vec<ExchangeLevel> {
    let labels = values.split(',').map(line).filter(|label| !label.is_empty());
    let levels = labels.map(|label| ExchangeLevel {
        label: label.replace(SMALL_COMMA, ","),
        description: String::new(),
    });
    levels.collect()
}

/// The scale and its configuration: as they came while the labels are the same.
pub(super) fn write_levels(set: &ExchangeSet) -> (String, String) {
    let labels = set
        .scale
        .iter()
        .map(|level| line(&level.label).replace(',', SMALL_COMMA));
    let mut values = labels.collect::<Vec<_>>().join(",");
    if values.is_empty() {
        values = DEFAULT_SCALE.into();
    }
    let kept = |key: &str| set.extra.get("moodle")?.get(key)?.as_str();
    let same = kept("scale_values").is_some_and(|kept| read_levels(kept) == read_levels(&values));
    let configuration = kept("scale_configuration").filter(|_| same);
    let configuration = configuration.map_or_else(|| configure(read_levels(&values).len()), str::to_owned);
    (values, configuration)
}

/// Moodle needs a default value and at least one that counts as proficient:
/// the lowest, and the upper half. The first entry's scale is found by Moodle.
fn configure(levels: usize) -> String {
    let mut entries = vec![json!({ "scaleid": "0" })];
    for id in 1..=levels {
        let flag = |set: bool| Value::from(u8::from(set));
        entries.push(json!({
            "id": id,
            "scaledefault": flag(id == 1),
            "proficient": flag(id * 2 > levels),
        }));
    }
    Value::Array(entries).to_string()
}

/// The word for a node at this depth, 1 at the top. Beyond what is given Moodle
/// falls back on "competency".
pub(super) fn kind_at(taxonomy: &str, depth: u32) -> String {
    let at = usize::try_from(depth).unwrap_or(usize::MAX).saturating_sub(1);
    let word = taxonomy.split(',').nth(at).map(line).filter(|word| !word.is_empty());
    word.unwrap_or_else(|| DEFAULT_TAXONOMY.into())
}

/// The taxonomy with a word for each of the four depths, as Moodle writes it.
pub(super) fn whole_taxonomy(taxonomy: &str) -> String {
    let words: Vec<String> = (1..=4).map(|depth| kind_at(taxonomy, depth)).collect();
    words.join(",")
}

/// Words of a taxonomy that Moodle does not know.
pub(super) fn unknown_words(taxonomy: &str) -> Vec<String> {
    let words = taxonomy.split(',').map(line).filter(|word| !word.is_empty());
    words.filter(|word| !TAXONOMIES.contains(&word.as_str())).collect()
}

/// The taxonomy of a set: at each of the four depths the word that most nodes
/// there have, else the one it came with.
pub(super) fn write_taxonomy(set: &ExchangeSet) -> String {
    let kept = set
        .extra
        .pointer("/moodle/taxonomy")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let depths = set.depths();
    let words = (1..=4).map(|depth| {
        let here = set.nodes.iter().zip(&depths).filter(|(_, own)| **own == depth);
        let mut counts = [0_usize; TAXONOMIES.len()];
        for kind in here.filter_map(|(node, _)| node.kind.as_deref()) {
            if let Some(at) = TAXONOMIES.iter().position(|word| word.eq_ignore_ascii_case(kind)) {
                counts[at] += 1;
            }
        }
        let most = counts
            .iter()
            .zip(TAXONOMIES)
            .filter(|(count, _)| **count > 0)
            .max_by_key(|(count, _)| **count);
        match most {
            Some((_, word)) => word.to_owned(),
            None if unknown_words(kept).is_empty() => kind_at(kept, depth),
            None => DEFAULT_TAXONOMY.to_owned(),
        }
    });
    words.collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_with_commas_survive() {
        let scale = ["None, yet", "Some"].map(|label| ExchangeLevel {
            label: label.into(),
            description: String::new(),
        });
        let set = ExchangeSet {
            scale: scale.to_vec(),
            ..ExchangeSet::default()
        };
        let (values, configuration) = write_levels(&set);
        assert_eq!(read_levels(&values), scale);
        assert!(
            configuration.contains(r#""id":2,"proficient":1,"scaledefault":0"#),
            "{configuration}"
        );
    }

    #[test]
    fn taxonomies_go_by_depth() {
        assert_eq!(kind_at("domain,skill", 2), "skill");
        assert_eq!(kind_at("domain,skill", 5), "competency");
        assert_eq!(kind_at("", u32::MAX), "competency");
        assert_eq!(unknown_words("skill, magic,"), ["magic"]);
    }
}
