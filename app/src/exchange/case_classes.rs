//! The classes of a CASE 1.1 package as one table: which keys each has, and
//! which must be there. CASE 1.1 information model, data classes; no class but
//! the extensions allows further keys, and none allows null. Every class also
//! has a change time (lastChangeDateTime), which is written anew and not read.

/// What a key may hold.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Text,
    Texts,
    Integer,
    Number,
    Date,
    Identifier,
    /// LinkURI: title, identifier, uri.
    Link,
    /// LinkGenURI, the end of an association: may have a target type too.
    End,
    Links,
    Extension,
    Many(&'static Class),
}

/// One class: its name, its keys, and those that must be there.
pub(super) struct Class {
    pub name: &'static str,
    pub keys: &'static [(&'static str, Kind)],
    pub required: &'static [&'static str],
}

use Kind::{Date, End, Extension, Identifier, Integer, Link, Links, Many, Text, Texts};

const BASE: &[&str] = &[];
const TITLED: &[&str] = &["title"];
const CODED: &[&str] = &["title", "hierarchyCode"];

pub(super) static DOCUMENT: Class = Class {
    name: "CFDocument",
    keys: &[
        ("identifier", Identifier),
        ("uri", Text),
        ("frameworkType", Text),
        ("caseVersion", Text),
        ("creator", Text),
        ("title", Text),
        ("officialSourceURL", Text),
        ("publisher", Text),
        ("description", Text),
        ("subject", Texts),
        ("subjectURI", Links),
        ("language", Text),
        ("version", Text),
        ("adoptionStatus", Text),
        ("statusStartDate", Date),
        ("statusEndDate", Date),
        ("licenseURI", Link),
        ("notes", Text),
        ("extensions", Extension),
    ],
    required: BASE,
};
pub(super) static ITEM: Class = Class {
    name: "CFItem",
    keys: &[
        ("identifier", Identifier),
        ("fullStatement", Text),
        ("alternativeLabel", Text),
        ("CFItemType", Text),
        ("uri", Text),
        ("humanCodingScheme", Text),
        ("listEnumeration", Text),
        ("abbreviatedStatement", Text),
        ("conceptKeywords", Texts),
        ("conceptKeywordsURI", Link),
        ("notes", Text),
        ("subject", Texts),
        ("subjectURI", Links),
        ("language", Text),
        ("educationLevel", Texts),
        ("CFItemTypeURI", Link),
        ("licenseURI", Link),
        ("statusStartDate", Date),
        ("statusEndDate", Date),
        ("extensions", Extension),
    ],
    required: BASE,
};
pub(super) static ASSOCIATION: Class = Class {
    name: "CFAssociation",
    keys: &[
        ("identifier", Identifier),
        ("associationType", Text),
        ("sequenceNumber", Integer),
        ("uri", Text),
        ("originNodeURI", End),
        ("destinationNodeURI", End),
        ("CFAssociationGroupingURI", Link),
        ("notes", Text),
        ("extensions", Extension),
    ],
    required: BASE,
};
pub(super) static RUBRIC: Class = Class {
    name: "CFRubric",
    keys: &[
        ("identifier", Identifier),
        ("uri", Text),
        ("title", Text),
        ("description", Text),
        ("CFRubricCriteria", Many(&CRITERION)),
        ("extensions", Extension),
    ],
    required: BASE,
};
pub(super) static CRITERION: Class = Class {
    name: "CFRubricCriterion",
    keys: &[
        ("identifier", Identifier),
        ("uri", Text),
        ("category", Text),
        ("description", Text),
        ("CFItemURI", Link),
        ("weight", Kind::Number),
        ("position", Integer),
        ("rubricId", Identifier),
        ("CFRubricCriterionLevels", Many(&LEVEL)),
        ("extensions", Extension),
    ],
    required: BASE,
};
pub(super) static LEVEL: Class = Class {
    name: "CFRubricCriterionLevel",
    // Its extensions are a list in the official schema, an object elsewhere;
    // nobody is known to write them, so they are not kept.
    keys: &[
        ("identifier", Identifier),
        ("uri", Text),
        ("description", Text),
        ("quality", Text),
        ("score", Kind::Number),
        ("feedback", Text),
        ("position", Integer),
        ("rubricCriterionId", Identifier),
    ],
    required: BASE,
};
pub(super) static DEFINITIONS: Class = Class {
    name: "CFDefinitions",
    keys: &[
        ("CFConcepts", Many(&CONCEPT)),
        ("CFSubjects", Many(&SUBJECT)),
        ("CFLicenses", Many(&LICENSE)),
        ("CFItemTypes", Many(&ITEM_TYPE)),
        ("CFAssociationGroupings", Many(&GROUPING)),
        ("extensions", Extension),
    ],
    required: BASE,
};
static CONCEPT: Class = Class {
    name: "CFConcept",
    keys: &[
        ("identifier", Identifier),
        ("uri", Text),
        ("title", Text),
        ("keywords", Text),
        ("hierarchyCode", Text),
        ("description", Text),
        ("extensions", Extension),
    ],
    required: CODED,
};
static SUBJECT: Class = Class {
    name: "CFSubject",
    keys: &[
        ("identifier", Identifier),
        ("uri", Text),
        ("title", Text),
        ("hierarchyCode", Text),
        ("description", Text),
        ("extensions", Extension),
    ],
    required: CODED,
};
pub(super) static LICENSE: Class = Class {
    name: "CFLicense",
    keys: &[
        ("identifier", Identifier),
        ("uri", Text),
        ("title", Text),
        ("description", Text),
        ("licenseText", Text),
        ("extensions", Extension),
    ],
    required: &["title", "licenseText"],
};
pub(super) static ITEM_TYPE: Class = Class {
    name: "CFItemType",
    keys: &[
        ("identifier", Identifier),
        ("uri", Text),
        ("title", Text),
        ("description", Text),
        ("hierarchyCode", Text),
        ("typeCode", Text),
        ("extensions", Extension),
    ],
    required: &["title", "description", "hierarchyCode"],
};
static GROUPING: Class = Class {
    name: "CFAssociationGrouping",
    keys: &[
        ("identifier", Identifier),
        ("uri", Text),
        ("title", Text),
        ("description", Text),
        ("extensions", Extension),
    ],
    required: TITLED,
};
