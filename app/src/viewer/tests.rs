use super::*;

fn organisation(key: &str) -> OrganisationId {
    OrganisationId::parse(key).unwrap()
}

fn viewer(roles: &[Role]) -> Viewer {
    Viewer {
        person: Some(Person {
            id: PersonId::parse("rosa").unwrap(),
            name: "Rosa".into(),
            timezone: "Europe/London".into(),
            session: SessionId::parse("s").unwrap(),
        }),
        memberships: vec![Membership {
            organisation: organisation("system"),
            slug: String::new(),
            name: "System".into(),
            roles: roles.to_vec(),
        }],
        ..Viewer::default()
    }
}

#[test]
fn a_role_reaches_down_the_tree_and_nowhere_else() {
    let viewer = viewer(&[Role::Trainer]);
    let branch = [organisation("branch"), organisation("library"), organisation("system")];
    assert!(viewer.may_train(&branch));
    assert!(!viewer.may_train(&[organisation("state")]));
    assert!(!viewer.may_train(&[organisation("other"), organisation("state")]));
    assert!(!viewer.may_curate(&branch));
}

#[test]
fn an_administrator_may_what_their_staff_may() {
    let viewer = viewer(&[Role::OrganisationAdministrator]);
    let line = [organisation("library"), organisation("system")];
    assert!(viewer.may_train(&line) && viewer.may_curate(&line) && viewer.may_administer(&line));
}

#[test]
fn trainers_and_managers_see_progress() {
    let line = [organisation("branch"), organisation("system")];
    assert!(viewer(&[Role::Trainer]).may_see_progress(&line));
    assert!(viewer(&[Role::Manager]).may_see_progress(&line));
    assert!(!viewer(&[Role::Learner, Role::Facilitator]).may_see_progress(&line));
}

#[test]
fn managers_and_administrators_write_job_descriptions() {
    let line = [organisation("branch"), organisation("system")];
    for role in [Role::Manager, Role::OrganisationAdministrator] {
        assert!(viewer(&[role]).may_write_jobs(&line) && viewer(&[role]).writes_jobs());
        assert!(!viewer(&[role]).may_write_jobs(&[organisation("other")]));
    }
    let others = viewer(&[Role::Curator, Role::Trainer, Role::Learner]);
    assert!(!others.may_write_jobs(&line) && !others.writes_jobs());
    assert!(!Viewer::visitor().writes_jobs());
}

#[test]
fn a_visitor_may_nothing() {
    let visitor = Viewer {
        site_administrator: true,
        ..Viewer::default()
    };
    assert!(!visitor.may_administer(&[organisation("system")]) && !visitor.may_rule_site());
    let group = GroupId::parse("g").unwrap();
    assert!(!visitor.may_post_in(&group) && !visitor.may_read_group(&group, false));
    assert!(visitor.may_read_group(&group, true));
}

#[test]
fn who_lets_someone_in_looks_after_them_alone() {
    let administrator = viewer(&[Role::OrganisationAdministrator]);
    let own = vec![organisation("branch"), organisation("system")];
    let other = vec![organisation("other")];
    assert!(administrator.may_let_in(false, std::slice::from_ref(&own)));
    assert!(!administrator.may_let_in(false, &[own.clone(), other]));
    assert!(!administrator.may_let_in(true, std::slice::from_ref(&own)));
    assert!(!administrator.may_let_in(false, &[]));
    assert!(!viewer(&[Role::Manager]).may_let_in(false, &[own]));
}

#[test]
fn an_administrators_rights_rest_until_there_is_a_second_factor() {
    let administrator = Viewer {
        site_administrator: true,
        ..viewer(&[Role::Trainer, Role::OrganisationAdministrator])
    };
    assert!(administrator.administers_somewhere() && administrator.may_rule_site());
    let resting = administrator.clone().until_second_factor(AskedOf::Administrators);
    let line = [organisation("system")];
    assert!(!resting.may_administer(&line) && !resting.may_rule_site() && !resting.may_curate(&line));
    assert!(resting.may_train(&line) && !resting.second_factor_first());
    for asked in [AskedOf::RoleHolders, AskedOf::Everybody] {
        let resting = administrator.clone().until_second_factor(asked);
        assert!(resting.second_factor_first() && !resting.may_train(&line) && !resting.may_rule_site());
        assert!(resting.memberships.is_empty() && resting.groups.is_empty() && resting.is_signed_in());
    }
}

#[test]
fn every_role_has_one_word() {
    for role in Role::ALL {
        assert_eq!(Role::parse(role.as_str()), Some(role));
    }
    assert_eq!(Role::parse("owner"), None);
}
