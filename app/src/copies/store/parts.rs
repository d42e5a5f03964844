//! What a copy holds, part by part. A test (server/tests/closing.rs) fails when
//! a table links to people and stands neither here nor among what is left out.

/// A part: its name in the JSON, its heading, what is read of the person `$me`,
/// in an order in which no two are alike, and the columns to show.
pub struct Part {
    pub name: &'static str,
    pub title: &'static str,
    pub sql: &'static str,
    pub columns: &'static [(&'static str, &'static str)],
}

/// Rows of one part; of more the newest. One more is asked for, to know whether
/// there are.
pub const MOST_ROWS: usize = 20_000;

/// Tables that link to people and say nothing of them: what opens their account,
/// copies of what stands elsewhere, and other people's own.
pub const LEFT_OUT: &[&str] = &[
    "copy",
    "credential",
    "passkey_challenge",
    "password_link",
    "pending_sign_in",
    "provider_visit",
    "recovery_code",
    "search_entry",
    "second_factor_setup",
    "sign_in_rule",
    "terms",
];

macro_rules! parts {
    ($($name:literal, $title:literal, $sql:literal, [$($column:literal = $heading:literal),* $(,)?];)*) => {
        &[$(Part {
            name: $name,
            title: $title,
            sql: concat!($sql, " LIMIT 20001;"),
            columns: &[$(($column, $heading)),*],
        }),*]
    };
}

#[rustfmt::skip]
pub const PARTS: &[Part] = parts![
    "profile", "Profile", "SELECT name, email, address_confirmed, title, timezone, site_administrator, created FROM $me",
        ["name" = "Name", "email" = "E-mail address", "address_confirmed" = "Address confirmed", "title" = "Job title", "timezone" = "Time zone", "site_administrator" = "Site administrator", "created" = "Since"];
    "about", "What you say of yourself", "SELECT pronouns, place, language, about, shown_pronouns, shown_place, shown_language, shown_about, shown_picture FROM profile WHERE person = $me",
        ["pronouns" = "Pronouns", "place" = "Place", "language" = "Language", "about" = "About you", "shown_pronouns" = "Pronouns are for", "shown_place" = "Place is for", "shown_language" = "Language is for", "shown_about" = "About is for", "shown_picture" = "Picture is for"];
    "picture", "Picture", "SELECT kind, hash FROM picture WHERE subject = $me",
        ["kind" = "Kind", "hash" = "SHA-256"];
    "memberships", "Organisations", "SELECT organisation.name AS organisation, roles, since, id FROM membership WHERE person = $me ORDER BY since DESC, id",
        ["organisation" = "Organisation", "roles" = "Roles", "since" = "Since"];
    "sessions", "Where you are signed in", "SELECT device, created, last_used, expires, id FROM session WHERE person = $me ORDER BY last_used DESC, id",
        ["device" = "Device", "created" = "Since", "last_used" = "Last used", "expires" = "Ends"];
    "devices", "Browsers that are known to be yours", "SELECT last_used, id FROM known_device WHERE person = $me ORDER BY last_used DESC, id",
        ["last_used" = "Last used"];
    "second_factor", "Second factor", "SELECT since FROM second_factor WHERE person = $me",
        ["since" = "On since"];
    "passkeys", "Passkeys", "SELECT name, created, last_used, id FROM passkey WHERE person = $me ORDER BY created DESC, id",
        ["name" = "Name", "created" = "Since", "last_used" = "Last used"];
    "consents", "Terms of use that you accepted", "SELECT terms.number AS version, terms.published AS published, at, id FROM consent WHERE person = $me ORDER BY at DESC, id",
        ["version" = "Version", "published" = "Published", "at" = "Accepted"];
    "identities", "Accounts elsewhere that sign you in", "SELECT provider.name AS provider, issuer, subject, label, created, last_used, id FROM identity WHERE person = $me ORDER BY created DESC, id",
        ["provider" = "Provider", "label" = "Account", "issuer" = "Issuer", "subject" = "Number there", "created" = "Since", "last_used" = "Last used"];
    "addresses", "Addresses that wait for their confirmation", "SELECT email, created, expires, id FROM address_check WHERE person = $me ORDER BY created DESC, id",
        ["email" = "Address", "created" = "Asked", "expires" = "Until"];
    "join_requests", "Organisations that you ask to join", "SELECT organisation.name AS organisation, message, created, id FROM join_request WHERE person = $me ORDER BY created DESC, id",
        ["organisation" = "Organisation", "message" = "Message", "created" = "When"];
    "suspensions", "Suspension", "SELECT what, reason, since, last_day FROM suspension WHERE person = $me",
        ["what" = "From", "reason" = "Reason", "since" = "Since", "last_day" = "Last day"];
    "ratings", "Self-ratings as new editions took them over", "SELECT node.code AS code, node.title AS statement, level, aimed_at, not_my_work, note, at, node.edition.levels.label AS levels, id FROM rating WHERE person = $me ORDER BY at DESC, id",
        ["code" = "Code", "statement" = "Statement", "level" = "Level", "aimed_at" = "Aimed at", "not_my_work" = "Not my work", "note" = "Note", "at" = "When"];
    "judgements", "Ratings and judgements of you, in order", "SELECT node.code AS code, node.title AS statement, kind, given_by.name AS given_by, level, aimed_at, not_my_work, note, at, node.edition.levels.label AS levels, id FROM judgement WHERE person = $me ORDER BY at DESC, id",
        ["code" = "Code", "statement" = "Statement", "kind" = "Kind", "given_by" = "Given by", "level" = "Level", "aimed_at" = "Aimed at", "not_my_work" = "Not my work", "note" = "Note", "at" = "When"];
    "judgements_given", "Judgements that you gave of others", "SELECT person.name AS person, node.code AS code, node.title AS statement, kind, level, note, at, node.edition.levels.label AS levels, id FROM judgement WHERE given_by = $me AND person != $me ORDER BY at DESC, id",
        ["person" = "Of", "code" = "Code", "statement" = "Statement", "kind" = "Kind", "level" = "Level", "note" = "Note", "at" = "When"];
    "evidence", "Evidence that you put down for statements", "SELECT node.code AS code, node.title AS statement, title, body, address, attached_name, attached, day, added, removed, id FROM evidence WHERE person = $me ORDER BY added DESC, id",
        ["code" = "Code", "statement" = "Statement", "title" = "What it shows", "body" = "Your words", "address" = "Address", "attached_name" = "File", "attached" = "In this copy, in the folder evidence", "day" = "When it was", "added" = "Put down", "removed" = "Taken out"];
    "evidence_put_forward", "Evidence that you put forward", "SELECT evidence.title AS evidence, reviewer.name AS reviewer, asked, finding, comment, answered, id FROM evidence_review WHERE person = $me ORDER BY asked DESC, id",
        ["evidence" = "Evidence", "reviewer" = "To", "asked" = "When", "finding" = "Answer", "comment" = "Comment", "answered" = "Answered"];
    "evidence_answered", "Evidence of others that was put forward to you", "SELECT evidence.node.title AS statement, person.name AS person, asked, finding, comment, answered, id FROM evidence_review WHERE reviewer = $me ORDER BY asked DESC, id",
        ["statement" = "For the statement", "person" = "Of", "asked" = "When", "finding" = "Answer", "comment" = "Comment", "answered" = "Answered"];
    "assessments", "Role profiles that you chose", "SELECT role_profile.title AS role_profile, chosen, id FROM assessment WHERE person = $me ORDER BY chosen DESC, id",
        ["role_profile" = "Role profile", "chosen" = "When"];
    "changes", "What new editions asked of you", "SELECT node.code AS code, node.title AS statement, kind, answered, answer, id FROM edition_question WHERE person = $me ORDER BY answered DESC, id",
        ["code" = "Code", "statement" = "Statement", "kind" = "What became of it", "answered" = "Answered", "answer" = "Answer"];
    "plans", "Plans", "SELECT title, state, created, id FROM plan WHERE person = $me ORDER BY created DESC, id",
        ["title" = "Plan", "created" = "Since"];
    "goals", "Goals", "SELECT node.code AS code, node.title AS statement, level, due, added, removed, node.edition.levels.label AS levels, id FROM goal WHERE person = $me ORDER BY added DESC, id",
        ["code" = "Code", "statement" = "Statement", "level" = "Level wanted", "due" = "By", "added" = "Added", "removed" = "Taken out"];
    "past_goals", "Goals as they were in earlier editions", "SELECT node.code AS code, node.title AS statement, level, due, added, went_on, node.edition.levels.label AS levels, id FROM past_goal WHERE person = $me ORDER BY went_on DESC, id",
        ["code" = "Code", "statement" = "Statement", "level" = "Level wanted", "due" = "By", "added" = "Added", "went_on" = "Went on"];
    "actions", "Actions", "SELECT kind, title, due, added, done, removed, id FROM action WHERE person = $me ORDER BY added DESC, id",
        ["kind" = "Kind", "title" = "Action", "due" = "By", "added" = "Added", "done" = "Done", "removed" = "Taken out"];
    "completions", "Lessons that you finished", "SELECT course.title AS course, lesson.title AS lesson, at, id FROM completion WHERE person = $me ORDER BY at DESC, id",
        ["course" = "Course", "lesson" = "Lesson", "at" = "When"];
    "enrolments", "Cohorts that you are in", "SELECT cohort.title AS cohort, enrolled_by.name AS enrolled_by, since, id FROM enrolment WHERE person = $me ORDER BY since DESC, id",
        ["cohort" = "Cohort", "enrolled_by" = "Enrolled by", "since" = "Since"];
    "past_enrolments", "Cohorts of organisations that you left", "SELECT cohort.title AS cohort, since, ended, id FROM past_enrolment WHERE person = $me ORDER BY ended DESC, id",
        ["cohort" = "Cohort", "since" = "Since", "ended" = "Until"];
    "cohorts", "Cohorts that you opened", "SELECT title, starts, ends, created, id FROM cohort WHERE opened_by = $me ORDER BY created DESC, id",
        ["title" = "Cohort", "starts" = "Starts", "ends" = "Ends", "created" = "Opened"];
    "courses", "Courses that you wrote", "SELECT title, state, created, id FROM course WHERE written_by = $me ORDER BY created DESC, id",
        ["title" = "Course", "state" = "State", "created" = "Since"];
    "groups", "Study groups", "SELECT study_group.title AS study_group, facilitator, since, id FROM group_membership WHERE person = $me ORDER BY since DESC, id",
        ["study_group" = "Group", "facilitator" = "Facilitator", "since" = "Since"];
    "threads", "Threads that you started", "SELECT study_group.title AS study_group, title, kind, quote, created, id FROM thread WHERE started_by = $me ORDER BY created DESC, id",
        ["study_group" = "Group", "title" = "Thread", "kind" = "Kind", "quote" = "Passage", "created" = "When"];
    "posts", "Posts", "SELECT study_group.title AS study_group, thread.title AS thread, number, body, created, id FROM post WHERE author = $me ORDER BY created DESC, id",
        ["study_group" = "Group", "thread" = "Thread", "number" = "Number", "body" = "Text", "created" = "When"];
    "text_pictures", "Pictures that you sent for texts", "SELECT place.title AS place, kind, created, id FROM text_picture WHERE owner = $me ORDER BY created DESC, id",
        ["place" = "For the talk or the course", "kind" = "Kind", "created" = "When"];
    "reading", "How far you have read", "SELECT thread.title AS thread, last_read, at, id FROM reading WHERE person = $me ORDER BY at DESC, id",
        ["thread" = "Thread", "last_read" = "Up to post", "at" = "When"];
    "sharings", "What you shared", "SELECT what, with_person.name AS with_person, role, organisation.name AS organisation, purpose, begun, last_day, ended, id FROM sharing WHERE person = $me ORDER BY begun DESC, id",
        ["what" = "What", "with_person" = "With", "role" = "With the role", "organisation" = "In", "purpose" = "For", "begun" = "Since", "last_day" = "Until", "ended" = "Ended"];
    "looks", "Who looked", "SELECT viewer.name AS viewer, what, at, id FROM look WHERE person = $me ORDER BY at DESC, id",
        ["viewer" = "Who", "what" = "At what", "at" = "When"];
    "looked", "At what you looked", "SELECT person.name AS person, what, at, id FROM look WHERE viewer = $me ORDER BY at DESC, id",
        ["person" = "Whose", "what" = "What", "at" = "When"];
    "invitations", "Invitations that you made", "SELECT organisation.name AS organisation, roles, created, expires, uses_left, id FROM invitation WHERE invited_by = $me ORDER BY created DESC, id",
        ["organisation" = "To", "roles" = "Roles", "created" = "When", "expires" = "Until", "uses_left" = "Uses left"];
    "imports", "Competency sets that you sent in", "SELECT organisation.name AS organisation, file_name, title, created, id FROM import WHERE person = $me ORDER BY created DESC, id",
        ["organisation" = "For", "file_name" = "File", "title" = "Title", "created" = "When"];
    "edition_changes", "What you changed in drafts of competency sets", "SELECT edition.title AS set, words, at, id FROM edition_change WHERE person = $me ORDER BY at DESC, id",
        ["set" = "Set", "words" = "What", "at" = "When"];
    "reviews", "Review rounds that you were asked into", "SELECT round.title AS round, round.edition.title AS set, invited, reminded, given, finished, named, named_as, revoked, id FROM reviewer WHERE person = $me ORDER BY invited DESC, id",
        ["round" = "Round", "set" = "Set", "invited" = "Invited", "reminded" = "Reminded", "given" = "Verdicts", "finished" = "Done", "named" = "Agrees to be named", "named_as" = "As", "revoked" = "Taken out"];
    "verdicts", "Verdicts that you gave", "SELECT item.title AS statement, kind, wording, other_words, first_kind, first_wording, asked, at, id FROM verdict WHERE reviewer IN (SELECT VALUE id FROM reviewer WHERE person = $me) ORDER BY at DESC, id",
        ["statement" = "Statement", "kind" = "Verdict", "wording" = "Wording", "other_words" = "With", "first_kind" = "Verdict before others’ were shown", "first_wording" = "Wording before", "asked" = "When asked for the time", "at" = "When"];
    "review_comments", "What you said in review rounds", "SELECT item.title AS statement, body, at, id FROM review_comment WHERE person = $me OR reviewer IN (SELECT VALUE id FROM reviewer WHERE person = $me) ORDER BY at DESC, id",
        ["statement" = "Statement", "body" = "Comment", "at" = "When"];
    "review_rounds", "Review rounds that you opened or signed off", "SELECT edition.title AS set, title, opened, due, signed_off, id FROM review_round WHERE opened_by = $me OR signed_off_by = $me ORDER BY opened DESC, id",
        ["set" = "Set", "title" = "Round", "opened" = "Opened", "due" = "Last day", "signed_off" = "Signed off"];
    "review_resolutions", "Statements that you resolved in review rounds", "SELECT round.title AS round, title, resolution, reason, resolved_at, id FROM review_item WHERE resolved_by = $me ORDER BY resolved_at DESC, id",
        ["round" = "Round", "title" = "Statement", "resolution" = "What became of it", "reason" = "Reason", "resolved_at" = "When"];
    "unreviewed", "Editions that you published with statements changed after their review", "SELECT edition.title AS set, reason, statements.now AS statements, at, id FROM unreviewed WHERE by = $me ORDER BY at DESC, id",
        ["set" = "Set", "reason" = "Reason", "statements" = "Statements", "at" = "When"];
    "staff_lists", "Lists of staff that you sent in within the day", "SELECT organisation.name AS organisation, content, created, links_made, id FROM staff_list WHERE person = $me ORDER BY created DESC, id",
        ["organisation" = "For", "content" = "List", "created" = "When", "links_made" = "Links made"];
    "form_drafts", "Forms that were refused within the hour", "SELECT form, fields, created, id FROM form_draft WHERE person = $me ORDER BY created DESC, id",
        ["form" = "Form", "fields" = "What you typed", "created" = "When"];
    "audit", "What was noted about you", "SELECT at, act, by.name AS by, whom.name AS whom, about, near AS network, id FROM (
        SELECT id, at, act, by, whom, about, IF by = $me OR by = NONE { network } ELSE { '' } AS near FROM audit_entry WHERE by = $me OR whom = $me)
        ORDER BY at DESC, id",
        ["at" = "When", "act" = "What", "by" = "By", "whom" = "To", "about" = "About", "network" = "From"];
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Parts that have a row at most.
    const SINGLE: [&str; 5] = ["profile", "about", "picture", "second_factor", "suspensions"];

    #[test]
    fn what_is_cut_is_the_oldest_of_a_total_order() {
        for part in PARTS.iter().filter(|part| !SINGLE.contains(&part.name)) {
            let order = part.sql.rsplit_once(" ORDER BY ").map(|(_, order)| order);
            let total = order.is_some_and(|order| order.ends_with(" DESC, id LIMIT 20001;"));
            assert!(total && part.sql.contains(", id FROM "), "{}", part.name);
        }
        assert!(
            PARTS
                .iter()
                .all(|part| part.sql.ends_with(&format!(" LIMIT {};", MOST_ROWS + 1)))
        );
    }
}
