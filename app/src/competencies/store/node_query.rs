//! All that a statement's page asks, in one round trip; `node_page` reads the answers
//! by their number.

pub(super) const PAGE: &str = "
    LET $set = (SELECT VALUE id FROM competency_set WHERE slug = $slug)[0];
    LET $edition = (SELECT VALUE id FROM edition WHERE competency_set = $set AND number = $number)[0];
    LET $node = (SELECT VALUE id FROM node WHERE edition = $edition AND address = $address)[0];
    LET $at = $node.position ?? 0;
    LET $beneath = IF $node = NONE { NONE } ELSE { fn::beneath($node) };
    SELECT id, identifier, kind, kind_label, code, title, description_html, knowledge, skills, attitudes, behaviours, depth,
        notes ?? '' AS notes, topics ?? [] AS topics, sources ?? [] AS sources, level_descriptions ?? [] AS level_descriptions,
        above.{ address, code, title } AS above FROM $node;
    SELECT { number: number, state: state, statements: statements, competencies: competencies,
            created: created, published: published, partial: partial } AS edition, levels, competency_set.slug AS set,
        title AS set_title, language, creator, licence, published ?? created AS since,
        competency_set.organisation.name AS owner, competency_set.organisation.line AS line FROM $edition;
    $beneath;
    { LET $near = (SELECT position, address, code, title, kind FROM node WHERE edition = $edition AND position < $at
            ORDER BY position DESC LIMIT 12);
        IF 'statement' IN $near.kind { $near } ELSE { (SELECT position, address, code, title, kind FROM node
            WHERE edition = $edition AND position < $at AND kind = 'statement' ORDER BY position DESC LIMIT 1) } };
    { LET $near = (SELECT position, address, code, title, kind FROM node WHERE edition = $edition AND position > $at
            ORDER BY position LIMIT 12);
        IF 'statement' IN $near.kind { $near } ELSE { (SELECT position, address, code, title, kind FROM node
            WHERE edition = $edition AND position > $at AND kind = 'statement' ORDER BY position LIMIT 1) } };
    SELECT kind, position, destination.address AS address, destination.code AS code, destination.title AS title
        FROM cross_reference WHERE origin = $node ORDER BY position LIMIT 1000;
    SELECT kind, position, origin.address AS address, origin.code AS code, origin.title AS title
        FROM cross_reference WHERE destination = $node ORDER BY position LIMIT 1000;
    IF $node = NONE { [] } ELSE {
        LET $homes = fn::homes($me);
        (SELECT role_profile.title AS title, role_profile.slug AS slug, role_profile.organisation.name AS organisation, level
            FROM target WHERE node = $node AND fn::profile_open(role_profile, $homes) ORDER BY title, slug LIMIT 200) };
    SELECT subject, level, subject.title AS title, subject.slug AS slug, subject.kind AS kind, subject.url AS url,
        subject.minutes AS minutes, subject.hours AS hours, subject.lessons AS lessons, subject.state AS state,
        subject.publisher AS publisher FROM alignment WHERE node = $node
        AND (subject.state = NONE OR subject.state = 'published') ORDER BY level, title, subject LIMIT $learning START $learned;
    $node.identifier;
    IF $me != NONE AND $node != NONE {
        (SELECT level, not_my_work, at FROM type::record('rating', [record::id($me), record::id($node)])) } ELSE { [] };
    IF $me != NONE AND $node != NONE {
        IF $edition.state != 'retired' {
            (SELECT chosen, role_profile.title AS role_profile,
                type::record('target', [record::id(role_profile), record::id($node)]).level AS level
                FROM fn::chosen_profiles($me))
        } ELSE {
            (SELECT role_profile.title AS role_profile, level FROM (SELECT role_profile, array::filter(
                array::map(fn::profile_line(role_profile, 25), |$one| type::record('target', [record::id($one), record::id($node)]).level),
                |$level| $level != NONE)[0] AS level FROM fn::chosen_profiles($me)))
        } } ELSE { [] };
    LET $identifier = $node.identifier;
    SELECT edition.number AS number, edition.state AS state, address FROM node
        WHERE identifier = $identifier AND edition.competency_set = $set LIMIT 200;
    LET $unmapped = IF $node = NONE { [] } ELSE { (SELECT VALUE id FROM node WHERE identifier = $identifier
        AND edition.competency_set = $set AND edition.number < $number AND edition.state IN ['published', 'retired']
        AND (SELECT VALUE id FROM statement_map WHERE node = $parent.id AND edition.number <= $number
            AND edition.state IN ['published', 'retired']) = []) };
    LET $here = IF $node = NONE { [] } ELSE { array::union([$node], $unmapped) };
    LET $about = array::union($here, fn::earlier($here, 25));
    SELECT id, title, kind, posts, last_post, study_group.slug AS group_slug, study_group.title AS group_title, anchor,
        anchor.code AS code, anchor.title AS words, anchor.edition.number AS number
        FROM thread WHERE anchor IN $about AND (public = true OR study_group IN $groups) ORDER BY last_post DESC, id LIMIT $talks START $talked;
    count(SELECT VALUE id FROM thread WHERE anchor IN $about AND (public = true OR study_group IN $groups));
    SELECT node, kind, becomes FROM statement_map WHERE node IN $about AND edition.number <= $number
        AND edition.state IN ['published', 'retired'];
    count(SELECT VALUE id FROM alignment WHERE node = $node AND (subject.state = NONE OR subject.state = 'published'));
    { LET $led = (SELECT source, kind, fn::in_force(source) AS nodes FROM origin WHERE edition = $edition AND identifier = $identifier
            AND source.edition.state IN ['published', 'retired'] ORDER BY source LIMIT 200);
        [{ links: $led, nodes: (SELECT id, address, code, title, edition.number AS number, edition.competency_set.slug AS slug,
            edition.title AS set_title FROM array::distinct(array::flatten($led.nodes))) }] };
    SELECT kind, node.address AS address, node.code AS code, node.title AS title, number, slug, set_title FROM (SELECT id, kind,
        (SELECT VALUE id FROM node WHERE edition = $parent.edition AND identifier = $parent.identifier)[0] AS node, edition.number AS number,
        edition.competency_set.slug AS slug, edition.title AS set_title FROM origin
        WHERE source IN $about AND edition.state = 'published' ORDER BY id LIMIT 200) WHERE node != NONE;
    IF $node = NONE { [] } ELSE {
        (SELECT kind, edition.number AS number FROM statement_map WHERE node = $node
            AND edition.state IN ['published', 'retired'] ORDER BY number LIMIT 1) };
    LET $onward = IF $node = NONE { [] } ELSE { fn::onward([$node], 1000000, 25) };
    SELECT position, address, code, title, edition.number AS number FROM $onward ORDER BY number, position LIMIT 20;
    IF $node = NONE { [] } ELSE {
        LET $direct = array::concat((SELECT VALUE node FROM statement_map WHERE leads = $node),
            (SELECT VALUE node FROM statement_map WHERE edition = $edition AND kind = 'split' AND becomes CONTAINS $node));
        (SELECT position, address, code, title, edition.number AS number FROM array::distinct(array::concat($direct, $about))
            WHERE identifier != $identifier ORDER BY number DESC, position LIMIT 20) };
    IF $me = NONE OR $node = NONE { [] } ELSE {
        (SELECT level FROM type::record('goal', [record::id($me), record::id($node)]) WHERE removed = NONE) };
    IF $me = NONE OR $node = NONE { [] } ELSE {
        (SELECT at, level, not_my_work, node.edition.levels.label AS labels FROM judgement
            WHERE person = $me AND node IN $about AND given_by = $me ORDER BY at DESC LIMIT 4) };
    IF $me = NONE OR $node = NONE { [] } ELSE {
        (SELECT level FROM type::record('past_goal', [record::id($me), record::id($node)])) };
    IF $me = NONE OR $node = NONE { [] } ELSE {
        LET $homes = fn::homes($me);
        LET $served = (SELECT VALUE subject FROM alignment WHERE node = $node AND subject.state = 'published');
        IF $served = [] { [] } ELSE {
            (SELECT title, owner, through.{ title, slug } AS courses FROM (SELECT id, title, organisation.name AS owner,
                array::intersect(courses, $served) AS through FROM programme
                WHERE organisation IN $homes AND courses CONTAINSANY $served ORDER BY title, id LIMIT 13)) } };
    IF $me = NONE OR $node = NONE { 0 } ELSE {
        LET $put = (SELECT VALUE node FROM evidence WHERE person = $me AND node IN $about AND removed = NONE);
        IF $put = [] { 0 } ELSE {
            LET $place = fn::stands_at($node, 25);
            count(SELECT VALUE id FROM evidence WHERE person = $me AND node IN $put AND removed = NONE
                AND fn::stands_at(node, 25) = $place) } };";
