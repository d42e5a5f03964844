//! The things of the walk, made and put back in the database.

/// What is made once.
pub const ONCE: &str = "
    LET $node = (SELECT VALUE id FROM node WHERE code = 'LM 3.4' AND edition.number = 1 AND edition.competency_set.slug = 'library-management')[0];
    LET $course = (SELECT VALUE id FROM course WHERE slug = 'weeding-with-good-reasons')[0];
    CREATE person:walknobodys SET name = 'Nobody’s', email = 'nobodys@carrel.example', timezone = 'UTC';
    CREATE organisation:walkbystander SET slug = 'walkbystander', name = 'Bystanders', kind = 'library', timezone = 'UTC',
        line = [organisation:walkbystander];
    CREATE person:walkbystander SET name = 'Bystander', email = 'walkbystander@carrel.example', timezone = 'UTC';
    CREATE membership:['walkbystander', 'walkbystander'] SET person = person:walkbystander,
        organisation = organisation:walkbystander, roles = ['learner'];
    CREATE cohort:walkcohort SET subject = $course, organisation = $organisation, title = 'Sanderling cohort', starts = '2020-01-01',
        ends = '2099-01-01', timezone = 'Europe/London', opened_by = $trainer;
    CREATE cohort:walkrecord SET subject = $course, organisation = $organisation, title = 'Wheatear cohort', starts = '2020-01-01',
        ends = '2020-12-31', timezone = 'Europe/London', opened_by = $trainer;
    CREATE study_group:⟨walk-public⟩ SET slug = 'walk-public', organisation = $organisation, title = 'Walk in public', public = true,
        threads = 1, posts = 1;
    CREATE study_group:⟨walk-private⟩ SET slug = 'walk-private', organisation = $organisation, title = 'Quillback circle', public = false,
        threads = 1, posts = 1, subject = cohort:walkcohort;
    CREATE thread:walkpublicthread SET study_group = study_group:⟨walk-public⟩, public = true, title = 'Walk this way', kind = 'discussion',
        started_by = $member, anchor = $node, anchor_label = 'LM 3.4', posts = 1;
    CREATE thread:walkprivatethread SET study_group = study_group:⟨walk-private⟩, public = false, title = 'Quillback question', kind = 'question',
        started_by = $member, anchor = $node, anchor_label = 'LM 3.4', posts = 1;
    CREATE post:['walkpublicthread', 1] SET thread = thread:walkpublicthread, study_group = study_group:⟨walk-public⟩, number = 1,
        author = $member, body = 'In public.', html = '<p>In public.</p>', form_key = 'walk1';
    CREATE post:['walkprivatethread', 1] SET thread = thread:walkprivatethread, study_group = study_group:⟨walk-private⟩, number = 1,
        author = $member, body = 'Quillback said', html = '<p>Quillback said</p>', form_key = 'walk2';
    CREATE text_picture:⟨1x1-walkpicture⟩ SET owner = $member, place = study_group:⟨walk-private⟩, kind = 'image/webp';
    UPDATE $organisation SET takes_requests = true;
    UPSERT type::record('profile', record::id($themselves)) SET person = $themselves, about = 'About me.';
    CREATE copy:walkcopy SET person = $themselves, state = 'ready', bytes = 5;
    CREATE plan:walkplan SET person = $themselves, title = 'My plan';
    CREATE competency_set:walkset SET slug = 'turnstone', identifier = '0b2e9dd4-2d2c-4c7e-8e6c-0000000000f1', organisation = $organisation, title = 'Turnstone set';
    CREATE competency_set:walkoutline SET slug = 'turnstone-outline', identifier = '0b2e9dd4-2d2c-4c7e-8e6c-0000000000f2',
        organisation = $organisation, title = 'Turnstone outline';
    CREATE edition:walkwriting SET competency_set = competency_set:walkoutline, number = 1, state = 'draft', title = 'Turnstone outline',
        levels = [{ label: 'No', description: '' }, { label: 'Yes', description: '' }], statements = 2;
    CREATE competency_set:walkreview SET slug = 'walk-review', identifier = '0b2e9dd4-2d2c-4c7e-8e6c-0000000000f3',
        organisation = $organisation, title = 'Walk review';
    CREATE edition:walkreviewed SET competency_set = competency_set:walkreview, number = 1, state = 'draft', title = 'Walk review',
        levels = [{ label: 'No', description: '' }, { label: 'Yes', description: '' }], statements = 2;
    FOR $key IN $editions {
        CREATE type::record('edition', $key) SET competency_set = competency_set:walkset, number = <int> string::slice($key, 4) + 1,
            state = 'draft', levels = [{ label: 'No', description: '' }], statements = 1;
    };
    CREATE typesetting:walktypeset SET edition = (SELECT VALUE id FROM edition WHERE competency_set = competency_set:walkset AND number = 1)[0],
        paper = 'a4', whole = true, stage = 'ready', pages = 1, bytes = 15;
    CREATE rating SET id = [record::id($themselves), record::id($node)], person = $themselves, node = $node, level = 0, note = 'Corncrake note';
    CREATE judgement SET person = $themselves, given_by = $themselves, kind = 'self', node = $node, level = 0, note = 'Corncrake note';
";

/// The drafts and their review rounds: to make them takes most of the time.
pub const DRAFTS: &str = "
    DELETE edition_change WHERE edition = edition:walkwriting;
    DELETE cross_reference WHERE edition = edition:walkwriting;
    DELETE node WHERE edition = edition:walkwriting;
    CREATE node:walkline SET edition = edition:walkwriting, identifier = '0b2e9dd4-2d2c-4c7e-8e6c-0000000000e1', kind = 'statement', depth = 0,
        position = 1, address = '0b2e9dd4-2d2c-4c7e-8e6c-0000000000e1', title = 'Turnstone line';
    CREATE node:walkother SET edition = edition:walkwriting, identifier = '0b2e9dd4-2d2c-4c7e-8e6c-0000000000e2', kind = 'statement', depth = 0,
        position = 2, address = '0b2e9dd4-2d2c-4c7e-8e6c-0000000000e2', title = 'Turnstone other line';
    FOR $round IN (SELECT VALUE id FROM review_round WHERE edition = edition:walkreviewed) {
        LET $items = (SELECT VALUE id FROM review_item WHERE round = $round);
        FOR $item IN $items {
            DELETE verdict WHERE item = $item;
            DELETE review_comment WHERE item = $item;
        };
        DELETE $items;
    };
    DELETE review_round WHERE edition = edition:walkreviewed;
    DELETE review_rest;
    DELETE edition_change WHERE edition = edition:walkreviewed;
    DELETE node WHERE edition = edition:walkreviewed;
    CREATE node:walkasked SET edition = edition:walkreviewed, identifier = '0b2e9dd4-2d2c-4c7e-8e6c-0000000000e3', kind = 'statement', depth = 0,
        position = 1, address = '0b2e9dd4-2d2c-4c7e-8e6c-0000000000e3', title = 'Dowitcher line';
    CREATE node:walkaskedtoo SET edition = edition:walkreviewed, identifier = '0b2e9dd4-2d2c-4c7e-8e6c-0000000000e4', kind = 'statement', depth = 0,
        position = 2, address = '0b2e9dd4-2d2c-4c7e-8e6c-0000000000e4', title = 'Dowitcher other';
    FOR $key IN ['walkreview', 'walkreviewdone', 'walkreviewempty', 'walkreviewformer'] {
        LET $round = type::record('review_round', $key);
        CREATE $round SET edition = edition:walkreviewed, title = 'Walk review round', due = '2099-01-01', due_at = d'2099-01-02T00:00:00Z',
            opened_by = $administrator, items = 2;
        CREATE type::record('review_item', [$key, 1]) SET round = $round, number = 1, node = node:walkasked, title = 'Dowitcher line';
        CREATE type::record('review_item', [$key, 2]) SET round = $round, number = 2, node = node:walkaskedtoo, title = 'Dowitcher other';
    };
    UPDATE review_item SET resolution = 'dropped', reason = 'Dowitcher', node = node:walkdropped WHERE round = review_round:walkreviewdone;
    CREATE reviewer:walkreviewer SET round = review_round:walkreview, person = $reviewer;
    CREATE reviewer:walkformer SET round = review_round:walkreviewformer, person = $reviewer, revoked = time::now();
    CREATE reviewer:walkguest SET round = review_round:walkreview, name = 'Guest', email = 'dowitcher@carrel.example', given = 1;
    CREATE type::record('review_link', $link) SET reviewer = reviewer:walkguest;
    CREATE verdict:['walkguest', 2, 1] SET item = review_item:['walkreview', 2], reviewer = reviewer:walkguest, number = 2, asked = 1,
        kind = 'reword', wording = 'Dowitcher anew';
    UPDATE review_item:['walkreview', 2] SET given = 1, rewords = 1;
";

/// What is put back after whoever changed something.
pub const AGAIN: &str = "
    DELETE target WHERE role_profile = role_profile:walkprofile; DELETE role_profile WHERE string::starts_with(title, 'Pochard made');
    UPSERT role_profile:walkprofile SET slug = 'walk-profile', edition = $asked.edition, organisation = $branch, title = 'Pochard profile',
        description = 'Pochard', statements = 1;
    CREATE target SET id = ['walkprofile', record::id($asked)], role_profile = role_profile:walkprofile, node = $asked, position = 1, level = 2;
    DELETE job_description WHERE string::starts_with(title, 'Lapwing made');
    FOR $job IN [[job_description:walkjobdraft, 'Lapwing draft', 'draft'], [job_description:walkjobused, 'Jackdaw job', 'in_use']] {
        LET $one = $job[0];
        UPSERT $one SET organisation = $organisation, edition = $asked.edition, title = $job[1], state = $job[2], further = $job[1],
            purpose = '', worded = 0, changes = 0;
        UPSERT type::record('duty', [record::id($one), record::id($asked)]) SET job_description = $one, node = $asked, level = 2,
            mark = 'reworded', was = $part;
    };
    LET $first = $asked.above[0];
    UPSERT derivation:walkoutline SET derived = competency_set:walkoutline, source = $first.edition.competency_set, edition = $first.edition;
    DELETE derived_node WHERE derived = competency_set:walkoutline;
    CREATE derived_node:['walkoutline', '0b2e9dd4-2d2c-4c7e-8e6c-0000000000ea'] SET derived = competency_set:walkoutline,
        identifier = '0b2e9dd4-2d2c-4c7e-8e6c-0000000000ea', source = $first;
    FOR $n IN 0..array::len($staff) {
        LET $membership = type::record('membership', [record::id($staff[$n]), record::id($organisation)]);
        IF $membership.roles != $roles[$n] {
            UPSERT $membership SET person = $staff[$n], organisation = $organisation, roles = $roles[$n];
        };
    };
    DELETE membership WHERE organisation = $organisation AND person IN $walkers AND person NOT IN $staff;
    DELETE join_request WHERE person IN $walkers AND person != $stranger;
    UPSERT type::record('join_request', [record::id($stranger), record::id($organisation)]) SET person = $stranger,
        organisation = $organisation, message = 'Dotterel greets you';
    DELETE newcomer WHERE organisation = $organisation;
    CREATE newcomer:['walknewcomer'] SET organisation = $organisation, name = 'New person', email = 'walking-in@carrel.example',
        hash = type::record('credential', [record::id($themselves)]).hash ?? '', message = '', token = $link, expires = d'2099-01-01T00:00:00Z';
    DELETE organisation WHERE name = 'New branch';
    UPSERT organisation:walkbranch SET slug = 'walkbranch', name = 'Walk branch', kind = 'branch', timezone = 'Europe/London',
        parent = $organisation, line = array::concat([organisation:walkbranch], $organisation.line);
    UPSERT invitation:walkinvite SET organisation = $organisation, roles = ['learner'], invited_by = $administrator, name = 'Godwit Newcomer',
        email = 'godwit@carrel.example', expires = d'2099-01-01T00:00:00Z', uses_left = 1, uses = 1;
    DELETE invitation WHERE email = 'new@carrel.example';
    UPSERT staff_list:walkstaff SET person = $administrator, organisation = $organisation, content = 'name,email\nGodwit Newcomer,new@carrel.example';
    UPSERT letter:walkletter SET recipient = 'bittern@carrel.example', subject = 'Bittern', body = 'Bittern', expires = d'2099-01-01T00:00:00Z',
        state = 'given_up', tries = 10, problem = 'No answer';
    DELETE suspension WHERE person IN $walkers AND (person != $silenced OR what != 'posting');
    IF (SELECT VALUE id FROM suspension WHERE person = $silenced) = [] {
        UPSERT type::record('suspension', [record::id($silenced)]) SET person = $silenced, what = 'posting', reason = 'Rude', by = $administrator,
            last_day = '2099-01-01', until = d'2099-01-02T00:00:00Z';
    };
    UPSERT terms_in_force:this SET number = 0;
    DELETE second_factor_setup WHERE person IN $walkers;
    UPDATE $themselves SET email = 'walker-05@carrel.example', address_confirmed = NONE, second_factor = NONE;
    UPSERT type::record('password_link', $link) SET person = $themselves, by = $administrator, expires = d'2099-01-01T00:00:00Z';
    UPSERT type::record('address_check', $link) SET person = $themselves, email = 'walking@carrel.example', expires = d'2099-01-01T00:00:00Z';
    FOR $subject IN [$themselves, $organisation] {
        UPSERT type::record('picture', [record::tb($subject), record::id($subject)]) SET subject = $subject, kind = 'image/jpeg',
            hash = $picture, content = <bytes> 'picture';
    };
    LET $groups = [study_group:⟨walk-public⟩, study_group:⟨walk-private⟩];
    DELETE group_membership WHERE person IN $walkers AND !(study_group IN $groups AND person IN [$member, $facilitator, $silenced]);
    FOR $group IN $groups {
        FOR $one IN [$member, $silenced] {
            UPSERT type::record('group_membership', [record::id($one), record::id($group)]) SET person = $one, study_group = $group;
        };
        UPSERT type::record('group_membership', [record::id($facilitator), record::id($group)])
            SET person = $facilitator, study_group = $group, facilitator = true;
    };
    UPSERT cohort:walkempty SET subject = cohort:walkcohort.subject, organisation = $organisation, title = 'Sanderling empty',
        starts = '2020-01-01', ends = '2020-06-30', timezone = 'Europe/London', opened_by = $trainer;
    DELETE enrolment WHERE cohort = cohort:walkcohort AND person NOT IN [$member, $silenced];
    FOR $one IN [$member, $silenced] {
        UPSERT type::record('enrolment', ['walkcohort', record::id($one)]) SET cohort = cohort:walkcohort, person = $one, enrolled_by = $trainer;
    };
    UPSERT type::record('enrolment', ['walkrecord', record::id($themselves)]) SET cohort = cohort:walkrecord, person = $themselves,
        enrolled_by = $trainer;
    UPSERT course:walkdraft SET slug = 'dunlin', organisation = $organisation, title = 'Dunlin draft', state = 'draft', was_published = NONE,
        lessons = 1, written_by = $trainer;
    UPSERT lesson:walklesson SET course = course:walkdraft, slug = 'first', position = 0, title = 'Dunlin lesson', minutes = 5,
        body = 'Dunlin text.', html = '<p>Dunlin text.</p>', changed = d'2026-01-01T00:00:00Z';
    UPSERT action:walkaction SET plan = plan:walkplan, person = $themselves, kind = 'task', title = 'Whimbrel task', removed = NONE, done = NONE;
    UPSERT evidence:walkevidence SET person = $themselves, node = $asked, title = 'Redshank talk', body = 'Redshank',
        html = '<p>Redshank</p>', removed = NONE, attached = 'walkattached', attached_name = 'Redshank notes.txt', attached_kind = 'txt',
        attached_bytes = 14;
    UPSERT evidence:walkunattached SET person = $themselves, node = $asked, title = 'Redshank walk', body = 'Redshank',
        html = '<p>Redshank</p>', removed = NONE, attached = NONE, attached_name = NONE, attached_kind = NONE, attached_bytes = NONE;
    DELETE evidence_review WHERE person = $themselves;
    CREATE evidence_review:walkforward SET evidence = evidence:walkevidence, person = $themselves, reviewer = $trainer;
    UPDATE evidence:walkevidence SET waits = evidence_review:walkforward;
    FOR $change IN [[$asked, 'reworded'], [$part, 'split']] {
        UPSERT type::record('edition_question', [record::id($themselves), record::id($change[0])]) SET person = $themselves, node = $change[0],
            edition = $change[0].edition, kind = $change[1], answered = NONE, answer = NONE;
    };
    UPSERT session:walksession SET person = $themselves, device = 'A browser', expires = time::now() + 1d;
    UPSERT identity_provider:walkprovider SET name = 'Walk provider', issuer = 'http://127.0.0.1:1', client = 'walk', enabled = true;
    UPSERT claim_rule:walkrule SET provider = identity_provider:walkprovider, claim = '', value = '', organisation = $organisation,
        roles = ['learner'];
    FOR $key IN ['walkidentity', 'walkidentitytoo'] {
        UPSERT type::record('identity', $key) SET person = $themselves, provider = identity_provider:walkprovider,
            issuer = 'http://127.0.0.1:1', subject = $key, label = 'Walker';
    };
    UPSERT passkey:walkpasskey SET person = $themselves, name = 'Walking stick', credential = '{}';
    UPSERT sharing:walksharing SET person = $themselves, what = 'plan', role = 'manager', organisation = $organisation, purpose = 'A talk',
        begun = d'2026-01-01T00:00:00Z', last_day = '2099-01-01', until = d'2099-01-01T00:00:00Z', ended = NONE;
    UPSERT sharing:walknamed SET person = $themselves, what = 'gaps', with_person = $reviewer, purpose = 'A talk',
        begun = d'2026-01-01T00:00:00Z', last_day = '2099-01-01', until = d'2099-01-01T00:00:00Z', ended = NONE;
    UPSERT sharing:walkrecord SET person = $themselves, what = 'record', role = 'facilitator', organisation = $organisation, purpose = 'A talk',
        begun = d'2026-01-01T00:00:00Z', last_day = '2099-01-01', until = d'2099-01-01T00:00:00Z', ended = NONE;
    UPSERT sharing:walkevidence SET person = $themselves, what = 'evidence', role = 'trainer', organisation = $organisation, purpose = 'A talk',
        begun = d'2026-01-01T00:00:00Z', last_day = '2099-01-01', until = d'2099-01-01T00:00:00Z', ended = NONE;
    DELETE sharing WHERE person IN $walkers AND id NOT IN [sharing:walksharing, sharing:walknamed, sharing:walkrecord, sharing:walkevidence];
";
