//! What a viewer may see of what can be found, as the statements ask for it.

/// Names what of the drafts and of the people the viewer may see.
macro_rules! scopes {
    () => {
        "LET $editions = IF $everywhere OR $curates != [] {
            (SELECT VALUE id FROM edition WHERE state IN ['draft', 'in_review']
                AND ($everywhere OR competency_set.organisation.line CONTAINSANY $curates))
         } ELSE { [] };
         LET $trained = IF $everywhere OR $trains != [] {
            (SELECT VALUE id FROM course WHERE state = 'draft' AND ($everywhere OR organisation.line CONTAINSANY $trains))
         } ELSE { [] };
         LET $enrolled = IF $me != NONE { (SELECT VALUE cohort.subject FROM enrolment WHERE person = $me) } ELSE { [] };
         LET $courses = array::concat($trained, $enrolled);
         LET $lines = array::flatten((SELECT VALUE line FROM $workplaces));
         LET $near = IF $workplaces != [] {
            (SELECT VALUE id FROM organisation WHERE id IN $lines OR line CONTAINSANY $workplaces)
         } ELSE { [] };"
    };
}
/// What fits the filters and may be seen; none where nothing was chosen. Up to
/// sixty are looked through one by one, so that a word which stands in
/// thousands of posts of others is not looked at in each of them.
macro_rules! within {
    () => {
        "LET $at = IF $organisation = NONE { NONE } ELSE { (SELECT VALUE id FROM organisation WHERE slug = $organisation)[0] ?? false };
         LET $within_editions = IF $set = NONE AND $at = NONE AND $language = NONE { NONE } ELSE {
            (SELECT VALUE id FROM edition WHERE (state = 'published' OR id IN $editions)
                AND ($set = NONE OR competency_set.slug = $set) AND ($at = NONE OR competency_set.organisation = $at)
                AND ($language = NONE OR language = $language))
         };
         LET $within_courses = IF $at = NONE AND $language = NONE { NONE } ELSE {
            (SELECT VALUE id FROM course WHERE (state = 'published' OR id IN $courses)
                AND ($at = NONE OR organisation = $at) AND ($language = NONE OR language = $language))
         };
         LET $within_groups = IF $at = NONE { NONE } ELSE {
            (SELECT VALUE id FROM study_group WHERE organisation = $at AND (public = true OR id IN $groups))
         };
         LET $few_editions = $within_editions != NONE AND array::len($within_editions ?? []) <= 60;
         LET $few_courses = $within_courses != NONE AND array::len($within_courses ?? []) <= 60;
         LET $few_groups = $within_groups != NONE AND array::len($within_groups ?? []) <= 60;"
    };
}
/// Whether an entry fits the filters, by its kind. Somebody's organisations are
/// for those who belong near them.
macro_rules! fits {
    (index) => {
        "($within_editions = NONE OR scope IN $within_editions)"
    };
    (courses) => {
        "($within_courses = NONE OR scope IN $within_courses)"
    };
    (lessons_said) => {
        fits!(courses)
    };
    (groups) => {
        "($within_groups = NONE OR scope IN $within_groups)"
    };
    (resources) => {
        "($at = NONE OR scope.organisation = $at)"
    };
    (programmes) => {
        "($at = NONE OR scope = $at)"
    };
    (people) => {
        "($at = NONE OR (($everywhere OR $at IN $near) AND scope.memberships.organisation CONTAINS $at))"
    };
}
/// Whether few scopes fit the filters, and whether none does.
macro_rules! few {
    (index) => {
        "$few_editions"
    };
    (courses) => {
        "$few_courses"
    };
    (lessons_said) => {
        few!(courses)
    };
    (groups) => {
        "$few_groups"
    };
    ($seen:ident) => {
        "false"
    };
}
macro_rules! nowhere {
    (index) => {
        "$within_editions = []"
    };
    (courses) => {
        "$within_courses = []"
    };
    (groups) => {
        "$within_groups = []"
    };
    ($seen:ident) => {
        "false"
    };
}
/// Whether an entry fits and may be seen.
macro_rules! shown {
    ($kind:ident) => {
        concat!(fits!($kind), " AND ", seen!($kind))
    };
}
/// The words that stand for what is closed and yet open to the viewer: their
/// groups, and the drafts that they may write. Of each thirty are looked through,
/// so that the index leaves out what others keep closed, and still one word
/// costs no more than so many lookups. Where few fit the filters it is those.
macro_rules! own {
    () => {
        "LET $private = IF $few_groups { $within_groups } ELSE { array::slice((SELECT VALUE id FROM $groups WHERE public != true), 0, 30) };
         LET $own_groups = array::map($private, |$one| fn::scope_word($one));
         LET $drafts = IF $few_editions { $within_editions } ELSE { array::slice($editions, 0, 30) };
         LET $own_editions = array::map($drafts, |$one| fn::scope_word($one));
         LET $taken = array::distinct($courses);
         LET $closed = IF $few_courses { $within_courses } ELSE { array::slice((SELECT VALUE id FROM $taken WHERE state = 'draft'), 0, 30) };
         LET $own_courses = array::map($closed, |$one| fn::scope_word($one));"
    };
}
/// Whether the viewer may see an entry, by its kind. A scope's state is asked
/// for when it is looked for, so that nothing has to follow it.
macro_rules! seen {
    (index) => {
        "(scope.state = 'published' OR scope IN $editions)"
    };
    (courses) => {
        "(scope.state = 'published' OR scope IN $courses)"
    };
    // What a lesson says, beside its title, is for people with an account, unless
    // the course is open to everybody.
    (lessons_said) => {
        "((scope.state = 'published' AND ($me != NONE OR scope.open = true)) OR scope IN $courses)"
    };
    (resources) => {
        "true"
    };
    (programmes) => {
        "($everywhere OR scope IN $near)"
    };
    (groups) => {
        "(scope.public = true OR scope IN $groups)"
    };
    (people) => {
        "($me != NONE AND scope.closed = NONE AND ($everywhere OR scope = $me
            OR scope.memberships.organisation CONTAINSANY $near
            OR (SELECT VALUE study_group FROM group_membership WHERE person = $parent.scope) CONTAINSANY $groups))"
    };
}
/// The same by the kind that an entry or, with `lessons_said`, a text has.
macro_rules! visible {
    ($lessons:ident) => {
        concat!(
            "(IF kind IN ['group', 'thread'] { ",
            seen!(groups),
            " } ELSE IF kind IN ['statement', 'competency'] { ",
            seen!(index),
            " } ELSE IF kind = 'course' { ",
            seen!(courses),
            " } ELSE IF kind = 'lesson' { ",
            seen!($lessons),
            " } ELSE IF kind = 'person' { ",
            seen!(people),
            " } ELSE IF kind = 'programme' { ",
            seen!(programmes),
            " } ELSE { ",
            seen!(resources),
            " })"
        )
    };
}
pub(super) use {few, fits, nowhere, own, scopes, seen, shown, visible, within};
