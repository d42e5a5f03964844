//! What the columns of a spreadsheet are called.

use super::sheet_columns::Column;
use super::sheet_columns::Column as C;

/// Each column with its words on the screen, its name in files, and the other
/// names by which it is known: lower-case letters only.
pub(super) const TABLE: [(Column, &str, &str, &[&str]); 39] = [
    (
        C::Statement,
        "Statement",
        "Full Statement",
        &[
            "statement",
            "text",
            "title",
            "name",
            "competencystatement",
            "shortname",
            "wording",
            "statementwording",
            "statementtext",
            "indicator",
            "descriptor",
            "outcome",
            "learningoutcome",
            "criterion",
            "performancecriterion",
            "task",
            "taskstatement",
        ],
    ),
    (
        C::Code,
        "Code",
        "Human Coding Scheme",
        &[
            "code",
            "number",
            "no",
            "nr",
            "ref",
            "reference",
            "refno",
            "referenceno",
            "referencenumber",
            "itemno",
            "itemcode",
            "statementcode",
            "competencycode",
            "slug",
        ],
    ),
    (
        C::Level,
        "A level of the tree",
        "Level",
        &[
            "section",
            "domain",
            "area",
            "category",
            "strand",
            "cluster",
            "competency",
            "competence",
            "unit",
            "standard",
            "skill",
            "subsection",
            "competencyarea",
            "competencydomain",
            "competencygroup",
            "theme",
            "element",
            "subcompetency",
            "topic",
            "subtopic",
        ],
    ),
    (
        C::Notes,
        "Description",
        "Notes",
        &[
            "note",
            "description",
            "explanation",
            "definition",
            "comment",
            "comments",
        ],
    ),
    (
        C::Kind,
        "Kind",
        "CF Item Type",
        &["itemtype", "type", "kind", "layer", "tier", "rowtype", "nodetype"],
    ),
    (
        C::Identifier,
        "Identifier",
        "Identifier",
        &["id", "uuid", "guid", "caseidentifier", "cfitemidentifier", "idnumber"],
    ),
    (
        C::Previous,
        "Previous identifier",
        "Previous Identifier",
        &["previousid", "oldidentifier", "oldid", "formeridentifier"],
    ),
    (
        C::Parent,
        "Parent (identifier or code)",
        "Is Child Of",
        &[
            "parent",
            "parentid",
            "parentidentifier",
            "parentcode",
            "parentidnumber",
            "childof",
        ],
    ),
    (
        C::Outline,
        "Place in the tree (1.2.3)",
        "Smart Level",
        &["outline", "outlinenumber", "hierarchy"],
    ),
    (
        C::Depth,
        "Depth (1, 2, 3)",
        "Depth",
        &["indent", "indentlevel", "outlinelevel", "indentation"],
    ),
    (
        C::Order,
        "Order among its neighbours",
        "Sequence Number",
        &["sequence", "order", "position", "sortorder"],
    ),
    (C::Knowledge, "Knowledge", "Knowledge", &[]),
    (C::Skills, "Skills", "Skills", &[]),
    (C::Attitudes, "Attitudes", "Attitudes", &["attitude"]),
    (
        C::Behaviours,
        "Behaviours",
        "Behaviours",
        &["behaviour", "behaviors", "behavior"],
    ),
    (
        C::Abbreviated,
        "Short form",
        "Abbreviated Statement",
        &["shortform", "shortstatement", "abbreviation"],
    ),
    (C::Keywords, "Keywords", "Concept Keywords", &["keywords", "tags"]),
    (C::Topics, "Topics", "Topics", &["topicareas"]),
    (
        C::Remark,
        "Notes of curators",
        "Curator Notes",
        &["curatornote", "curatorsnotes", "editorialnotes"],
    ),
    (C::Sources, "Sources", "Sources", &["source", "credits"]),
    (
        C::Meanings,
        "What each level means here",
        "Level Meanings",
        &["leveldescriptions", "whateachlevelmeanshere"],
    ),
    (C::Language, "Language", "Language", &[]),
    (C::Education, "Education level", "Education Level", &[]),
    (
        C::Related,
        "See also",
        "Is Related To",
        &[
            "seealso",
            "related",
            "relatedskills",
            "relatedstatements",
            "relatedcompetencies",
        ],
    ),
    (C::Peer, "Is a peer of", "Is Peer Of", &[]),
    (C::Part, "Is part of", "Is Part Of", &[]),
    (C::Precedes, "Comes before", "Precedes", &[]),
    (C::Replaced, "Replaced by", "Replaced By", &[]),
    (C::Exemplar, "Is an example of", "Exemplar", &[]),
    (C::SkillLevel, "Has skill level", "Has Skill Level", &[]),
    (C::Exact, "Says the same as", "Exact Match Of", &[]),
    (C::Translation, "Is a translation of", "Is Translation Of", &[]),
    (C::SetTitle, "Title of the set", "Set Title", &[]),
    (C::SetIdentifier, "Identifier of the set", "Set Identifier", &[]),
    (C::SetDescription, "Description of the set", "Set Description", &[]),
    (C::SetLanguage, "Language of the set", "Set Language", &[]),
    (C::SetCreator, "Creator of the set", "Set Creator", &[]),
    (C::SetLicence, "Licence of the set", "Set Licence", &["setlicense"]),
    (C::Scale, "Scale of the set (a line a level)", "Proficiency Scale", &[]),
];

/// What columns of a kind are called, in lower-case letters.
#[cfg(test)]
pub(crate) fn known_names(column: Column) -> Vec<String> {
    let bare = |name: &str| {
        let letters = name.chars().filter(char::is_ascii_alphabetic);
        letters.collect::<String>().to_ascii_lowercase()
    };
    let rows = TABLE.iter().filter(|(own, ..)| *own == column);
    let names = rows.flat_map(|(_, words, name, others)| [*words, *name].into_iter().chain(others.iter().copied()));
    names.map(bare).collect()
}
