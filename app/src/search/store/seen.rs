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
/// The words that stand for what is closed and yet open to the viewer: their
/// groups, and the drafts that they may write. Of each thirty are looked through,
/// so that the index leaves out what others keep closed, and still one word
/// costs no more than so many lookups.
macro_rules! own {
    () => {
        "LET $own_groups = array::map(array::slice((SELECT VALUE id FROM $groups WHERE public != true), 0, 30), |$one| fn::scope_word($one));
         LET $own_editions = array::map(array::slice($editions, 0, 30), |$one| fn::scope_word($one));
         LET $taken = array::distinct($courses);
         LET $closed = (SELECT VALUE id FROM $taken WHERE state = 'draft');
         LET $own_courses = array::map(array::slice($closed, 0, 30), |$one| fn::scope_word($one));"
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
pub(super) use {own, scopes, seen, visible};
