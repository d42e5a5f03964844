//! In the matrix each function is done for somebody: a request that everyone is
//! refused proves little. Those that it cannot do are named, with the test that
//! does them.

use std::collections::BTreeSet;
use std::path::Path;

use super::actors::Actor;
use super::fixture::Ids;
use super::rows::rows;
use super::told::Told;
use crate::structure::sources;

const NO_MAIL: &str = "the world sends no mail";
const NO_NAME: &str = "a site that is reached by a number has no passkeys";
const SET_UP: &str = "the world is set up";
const ONE_FACTOR: &str = "a code is of a device, and of its half minute";

/// What nobody does in the matrix, why, and which test does it.
#[rustfmt::skip]
const ELSEWHERE: &[(&str, &str, &str)] = &[
    ("accept_terms", "with terms that hold everyone is asked first", "whoever_has_not_accepted_is_asked_and_comes_back"),
    ("add_provider", "it asks the provider, which is none here", "only_site_administrators_look_after_providers"),
    ("ask_for_new_password", NO_MAIL, "a_letter_leads_to_a_new_password_once"),
    ("begin_passkey", NO_NAME, "a_passkey_is_ones_own_and_needs_the_password"),
    ("begin_passkey_sign_in", NO_NAME, "it_signs_in_without_an_address_a_password_or_a_code"),
    ("close_account", "whoever it is about would be gone for the rows after it", "a_closed_account_leaves_its_groups_and_frees_its_address"),
    ("confirm_second_factor", ONE_FACTOR, "it_is_begun_with_the_password_and_confirmed_by_a_code"),
    ("drop_draft", "the rows after it need the draft", "a_draft_that_was_never_published_is_thrown_away_with_all_that_hangs_on_it"),
    ("fetch_import", "nothing is asked outside", "an_address_is_fetched_for_curators_and_only_from_outside"),
    ("finish_passkey", NO_NAME, "a_passkey_is_ones_own_and_needs_the_password"),
    ("finish_passkey_sign_in", NO_NAME, "it_signs_in_without_an_address_a_password_or_a_code"),
    ("load_setup", SET_UP, "an_empty_installation_is_set_up_once"),
    ("prove_sign_in", ONE_FACTOR, "signing_in_takes_the_password_and_a_code_that_works_once"),
    ("publish_sections", "what is published stays, and the rows after it need the draft", "the_rest_of_a_first_edition_goes_on_as_a_draft"),
    ("remind_reviewers", NO_MAIL, "letters_carry_links_and_remind_once"),
    ("remove_second_factor", ONE_FACTOR, "it_is_switched_off_with_both_and_nothing_of_it_is_left"),
    ("renew_recovery_codes", ONE_FACTOR, "a_recovery_code_opens_once_and_new_ones_replace_the_old"),
    ("retire_edition", "what is retired stays, and the rows after it need what is published", "an_edition_is_retired_by_curators_with_a_reason_and_another_can_follow"),
    ("send_staff_links", NO_MAIL, "the_links_of_a_list_go_by_letter"),
    ("send_trial_letter", NO_MAIL, "letters_are_tried_again_and_given_up"),
    ("set_first_password", "the cast signs in with none or has one", "a_first_password_needs_a_fresh_sign_in"),
    ("set_up", SET_UP, "an_empty_installation_is_set_up_once"),
    ("undo_step", "each begins with nothing to take back", "lines_are_added_moved_and_removed_and_all_of_it_is_taken_back"),
];

#[test]
fn each_function_is_done_for_somebody_or_by_a_test_of_its_own() {
    let rows = rows(&Ids::default());
    let done = |function: &str| {
        let mut asked = rows.iter().filter(|row| row.function == function);
        asked.any(|row| Actor::ALL.iter().any(|actor| row.cells.of(*actor) == Told::Yes))
    };
    let all: BTreeSet<&str> = rows.iter().map(|row| row.function).collect();
    let undone: BTreeSet<&str> = all.into_iter().filter(|function| !done(function)).collect();
    let named: BTreeSet<&str> = ELSEWHERE.iter().map(|(function, ..)| *function).collect();
    assert_eq!(undone, named, "give it a row that succeeds, or say where it does");
}

#[test]
fn the_tests_that_do_the_rest_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    for folder in ["app/src", "server/tests"] {
        sources(&root.join(folder), &mut files);
    }
    let all: String = files
        .iter()
        .map(|file| std::fs::read_to_string(file).unwrap())
        .collect();
    for (function, why, test) in ELSEWHERE {
        let there = all.contains(&format!("]\nasync fn {test}("));
        assert!(there && !why.is_empty(), "{function}: there is no test {test}");
    }
}
