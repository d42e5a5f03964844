//! What is open to somebody who is asked for a second factor before they go on.

use server_fn::ServerFn;

use super::api;
use crate::people::{api as account, passkeys::api as passkeys};
use crate::single_sign_on::api as single_sign_on;
use crate::terms::api::LoadTerms;

/// The pages of both ways to have one, of the password that they need, and of
/// signing in with a passkey; the account's own, where one may also leave.
const PAGES: [&str; 5] = [
    "/me/settings/second-factor",
    "/me/settings/passkeys",
    "/me/settings/single-sign-on",
    "/me/settings",
    "/terms",
];

/// Whether they may ask for this: to set one up, to sign in with one, or to
/// leave. What is theirs they take along once they have one: a copy holds
/// everything about them.
pub fn is_open_before(path: &str) -> bool {
    let functions = [
        api::LoadSecondFactor::PATH,
        api::BeginSecondFactor::PATH,
        api::ConfirmSecondFactor::PATH,
        api::LoadPendingSignIn::PATH,
        api::ProveSignIn::PATH,
        passkeys::LoadPasskeys::PATH,
        passkeys::BeginPasskey::PATH,
        passkeys::FinishPasskey::PATH,
        passkeys::BeginPasskeySignIn::PATH,
        passkeys::FinishPasskeySignIn::PATH,
        single_sign_on::LoadWaysIn::PATH,
        single_sign_on::LoadLinked::PATH,
        single_sign_on::SetFirstPassword::PATH,
        account::LoadViewer::PATH,
        account::LoadSettings::PATH,
        account::SignIn::PATH,
        account::SignOut::PATH,
        account::CloseAccount::PATH,
        // Their settings say how far a copy is; none is made or fetched before.
        crate::copies::api::LoadCopy::PATH,
        LoadTerms::PATH,
    ];
    let pages = PAGES.contains(&path) || path == "/sign-in" || path.starts_with("/sign-in/");
    pages || functions.contains(&path)
}
