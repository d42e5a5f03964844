//! What stands in fields of forms and in addresses: each constructor over the
//! whole of it and over each of its lines.

use std::fmt::Debug;

use super::text;
use crate::assessments::{gaps, model as assessments};
use crate::competencies::model as competencies;
use crate::courses::rules as courses;
use crate::evidence::forward::model as forward;
use crate::evidence::model as evidence;
use crate::groups::model as groups;
use crate::jobs;
use crate::organisations::choosing::model as choosing;
use crate::organisations::model::{self as organisations, TypedFields};
use crate::people::model::{Email, PersonName};
use crate::people::{passkeys, second_factor, sign_in_rules, suspension};
use crate::pictures::model as pictures;
use crate::profiles::model as profiles;
use crate::role_profiles::model as role_profiles;
use crate::single_sign_on::model as single_sign_on;
use crate::viewer::Role;
use crate::{
    audit, derivations, display, editions, exchange, id, invitations, joining, language, lookups, outlines, paths,
    plans,
};
use crate::{programmes, resources, retention, search, setup, sharing, terms, time};

pub(super) fn all(bytes: &[u8]) {
    let text = text(bytes);
    let mut lines: Vec<&str> = text.lines().take(12).collect();
    lines.push(&text);
    for line in &lines {
        texts(line);
        names(line);
        numbers(line);
        words(line);
    }
    lines.resize(6, "");
    together(&lines);
}

/// What is kept is what was typed, tidied, and as typed again.
fn tidied<T>(
    parsed: Result<T, String>,
    shown: impl Fn(&T) -> &str,
    again: impl Fn(&str) -> Result<T, String>,
    most: usize,
) where
    T: PartialEq + Debug,
{
    let Ok(parsed) = parsed else { return };
    let kept = shown(&parsed);
    assert!((1..=most).contains(&kept.chars().count()), "{kept:?}");
    assert!(!kept.contains('\0'));
    assert_eq!(again(kept).as_ref(), Ok(&parsed), "{kept:?}");
}

/// The same of a single line, which hides nothing.
fn line<T>(parse: impl Fn(&str) -> Result<T, String>, text: &str, shown: impl Fn(&T) -> &str, most: usize)
where
    T: PartialEq + Debug,
{
    if let Ok(parsed) = &parse(text) {
        assert!(!shown(parsed).chars().any(crate::text::is_hidden), "{parsed:?}");
    }
    tidied(parse(text), shown, parse, most);
}

fn texts(text: &str) {
    line(PersonName::parse, text, PersonName::as_str, 120);
    line(groups::ThreadTitle::parse, text, groups::ThreadTitle::as_str, 200);
    line(courses::Title::parse, text, courses::Title::as_str, 200);
    line(
        competencies::SetTitle::parse,
        text,
        competencies::SetTitle::as_str,
        competencies::SetTitle::MOST,
    );
    line(
        organisations::OrganisationName::parse,
        text,
        organisations::OrganisationName::as_str,
        200,
    );
    line(
        role_profiles::ProfileTitle::parse,
        text,
        role_profiles::ProfileTitle::as_str,
        role_profiles::ProfileTitle::MOST,
    );
    line(
        jobs::model::JobTitle::parse,
        text,
        jobs::model::JobTitle::as_str,
        jobs::model::JobTitle::MOST,
    );
    if let Ok(condition) = jobs::rules::parse_condition(text) {
        assert!(!condition.chars().any(crate::text::is_hidden));
        assert_eq!(jobs::rules::parse_condition(&condition), Ok(condition));
    }
    assert!(jobs::questions::question(text, "en").ends_with('.'));
    line(
        plans::model::ActionTitle::parse,
        text,
        plans::model::ActionTitle::as_str,
        300,
    );
    line(setup::model::SiteName::parse, text, setup::model::SiteName::as_str, 80);
    line(
        sharing::model::Purpose::parse,
        text,
        sharing::model::Purpose::as_str,
        300,
    );
    line(
        suspension::model::Reason::parse,
        text,
        suspension::model::Reason::as_str,
        500,
    );
    line(
        passkeys::model::PasskeyName::parse,
        text,
        passkeys::model::PasskeyName::as_str,
        60,
    );
    line(
        evidence::EvidenceTitle::parse,
        text,
        evidence::EvidenceTitle::as_str,
        evidence::EvidenceTitle::MOST,
    );
    if let Ok(body) = evidence::EvidenceBody::parse(text) {
        let again = evidence::EvidenceBody::parse(body.as_str());
        assert!(body.as_str().chars().count() <= evidence::EvidenceBody::MOST);
        assert_eq!(again, Ok(body));
    }
    if let Ok(comment) = forward::AnswerComment::parse(text) {
        assert!(comment.as_str().chars().count() <= forward::AnswerComment::MOST);
        assert_eq!(forward::AnswerComment::parse(comment.as_str()), Ok(comment));
    }
    if let Ok(address) = evidence::WebAddress::parse(text) {
        let kept = address.as_str();
        assert!(kept.is_empty() || kept.starts_with("https://") || kept.starts_with("http://"));
        assert!(!kept.chars().any(|c| c.is_whitespace() || crate::text::is_hidden(c)));
    }
    tidied(
        groups::PostBody::parse(text),
        groups::PostBody::as_str,
        groups::PostBody::parse,
        20_000,
    );
    tidied(
        terms::model::TermsBody::parse(text),
        terms::model::TermsBody::as_str,
        terms::model::TermsBody::parse,
        50_000,
    );
    for (body, most) in [
        (courses::parse_body(text), courses::LONGEST_BODY as usize),
        (joining::model::parse_message(text), 500),
        (jobs::rules::parse_text(text), jobs::model::LONGEST_TEXT as usize),
        (assessments::parse_note(text), assessments::NOTE_LENGTH),
        (
            role_profiles::parse_description(text),
            role_profiles::LONGEST_DESCRIPTION as usize,
        ),
    ] {
        assert!(body.map_or(true, |body| body.chars().count() <= most
            && !body.contains(['\0', '\r'])));
    }
    drop(groups::Quote::parse(text));
    assert!(crate::text::line(text, "A text", 50).map_or(true, |line| line.chars().count() <= 50));
}

fn names(text: &str) {
    for levels in [0, 4] {
        let parse = crate::role_profiles::rules::parse_needed;
        if let Ok(Some(level)) = parse(text, levels) {
            assert!(level < levels);
        }
        let many = text.split(',').count();
        if let Ok(base) = crate::role_profiles::rules::parse_base(text, many, levels) {
            let again = crate::role_profiles::rules::base(&base);
            assert_eq!(crate::role_profiles::rules::parse_base(&again, many, levels), Ok(base));
        }
    }
    if let Ok(email) = Email::parse(text) {
        assert!(email.as_str().len() <= 254 && email.key().contains('@'));
        assert_eq!(Email::parse(email.as_str()).as_ref(), Ok(&email));
    }
    if let Ok(key) = groups::FormKey::parse(text) {
        assert!(id::is_key(key.as_str()));
    }
    if let Some(id) = id::PersonId::parse(text) {
        assert!(id::is_key(id.as_str()) && paths::segment(id.as_str()) == id.as_str());
    }
    if let Ok(domains) = joining::model::Domains::parse(text) {
        assert!(domains.as_slice().len() <= 10);
        let again = joining::model::Domains::parse(&domains.as_slice().join(" "));
        assert_eq!(again, Ok(domains));
    }
    if let Ok(number) = crate::competencies::api::parse_number(text) {
        assert_eq!(number.to_string(), text);
    }
    if let Some((picture, width, height)) = pictures::of_address(text) {
        assert_eq!(pictures::href(&picture), text);
        assert!(width.max(height) <= pictures::SIDE && width.min(height) > 0);
    }
    for kind in ["node", "lesson", "course", text] {
        if let Ok(Some(anchor)) = groups::Anchor::parse(kind, text) {
            assert!(id::is_key(text), "{anchor:?}");
        }
    }
    if let Ok(code) = second_factor::model::Passcode::parse(text) {
        let (second_factor::model::Passcode::App(plain) | second_factor::model::Passcode::Recovery(plain)) = code;
        assert!(plain.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    }
    assert!(!language::is_language(text) || text.len() <= 20);
}

fn numbers(text: &str) {
    for levels in [0, 1, 4, 50] {
        assert!(assessments::parse_level(text, levels).map_or(true, |level| level < levels));
        assert!(assessments::parse_aim(text, levels).map_or(true, |aim| aim.is_none_or(|level| level < levels)));
        if let Ok(said) = assessments::Said::parse(text, levels) {
            assert_eq!(assessments::Said::parse(&said.value(), levels), Ok(said));
        }
    }
}

/// Words of forms: what is known is written as it was read.
fn words(text: &str) {
    let known = [
        Role::parse(text).map(Role::as_str),
        display::model::Theme::parse(text).map(display::model::Theme::as_str),
        profiles::Audience::parse(text).map(profiles::Audience::as_str),
        outlines::model::Way::parse(text).map(outlines::model::Way::as_str),
        outlines::model::Seek::parse(text).map(outlines::model::Seek::as_str),
        suspension::model::Barred::parse(text).map(suspension::model::Barred::as_str),
        sign_in_rules::model::AskedOf::parse(text).map(sign_in_rules::model::AskedOf::as_str),
        plans::model::ActionKind::parse(text).map(plans::model::ActionKind::as_str),
        organisations::Kind::parse(text).map(organisations::Kind::as_str),
        choosing::Purpose::parse(text).map(choosing::Purpose::as_str),
        resources::model::Kind::parse(text).map(resources::model::Kind::as_str),
        sharing::model::What::parse(text).map(sharing::model::What::as_str),
        competencies::NodeKind::parse(text).map(competencies::NodeKind::as_str),
        competencies::EditionState::parse(text).map(competencies::EditionState::as_str),
    ];
    for word in known.into_iter().flatten() {
        assert_eq!(word, text);
    }
    for (_, value) in search::model::Filters::parse(text, text, text).pairs() {
        assert!(value.chars().count() <= search::model::FILTER_CHARACTERS);
    }
    drop((
        audit::model::Act::parse(text),
        sign_in_rules::model::parse_asked_of(text),
        derivations::model::Difference::parse(text),
        derivations::model::Shown::parse(text),
        editions::model::Kind::parse(text),
        exchange::case::Class::parse(text),
        exchange::sheet::Column::parse(text),
        gaps::Sort::parse(text),
        groups::ThreadKind::parse(text),
        lookups::model::What::parse(text),
        plans::model::Adding::parse(text),
        programmes::model::Shelf::parse(text),
        programmes::model::parse_helpers(text),
        retention::model::Kept::parse(text),
        search::model::Kind::parse(text),
        sharing::model::With::parse_role(text),
    ));
}

/// Forms of several fields.
fn together(lines: &[&str]) {
    let [a, b, c, d, e, f] = [0, 1, 2, 3, 4, 5].map(|line| lines[line]);
    if let Ok(fields) = courses::CourseFields::parse(a, b, c, true) {
        assert!(fields.hours.is_finite() && fields.hours >= 0.0);
    }
    if let Ok(fields) = courses::LessonFields::parse(a, b, c, d) {
        assert!((0..=100_000).contains(&fields.minutes));
    }
    if let Ok(about) = profiles::About::parse(a, b, c, d) {
        assert!(about.about.chars().count() <= 20_000);
    }
    drop(profiles::ShownTo::parse([a, b, c, d, e]));
    if let Ok(asked) = pictures::Asked::parse(a, b, c) {
        assert!(asked.query().split('=').nth(1).is_some_and(id::is_key));
    }
    if let Ok(provider) = single_sign_on::ProviderFields::parse(a, b, c, d) {
        assert!(provider.issuer.starts_with("http") && !provider.issuer.contains(['?', '#', '@']));
        assert!(provider.key().is_none_or(|key| id::is_key(key.as_str())));
    }
    if let Ok(asked) = single_sign_on::Asked::parse(a, b) {
        assert_eq!(asked.claim.is_empty(), asked.value.is_empty());
    }
    let typed = TypedFields {
        name: a,
        kind: b,
        place: c,
        timezone: d,
        language: e,
    };
    drop(organisations::OrganisationFields::parse(typed, time::is_zone));
    let roles: Vec<String> = [a, b, f].map(str::to_owned).into();
    if let Ok(roles) = organisations::parse_roles(&roles) {
        assert!(!roles.is_empty() && roles.len() <= Role::ALL.len());
    }
    if let Ok(terms) = invitations::model::Terms::parse(&roles, c.parse().ok(), d.parse().ok(), e) {
        assert!((1..=500).contains(&terms.uses) && (1..=90).contains(&terms.days));
    }
}
