//! Every page of the route table, with an address each.

use super::actors::Actor;
use super::actors::Actor::*;
use super::fixture::*;
use super::rows::administered;
use super::told::Told::{Forbidden, NotFound};
use super::told::{Cells, all, hidden_from_all_but, only, open, signed_in};

/// A page at an address, and what each actor hears.
pub struct PageRow {
    /// As [`app::app::PAGES`] has it.
    pub route: &'static str,
    pub about: &'static str,
    pub address: String,
    pub cells: Cells,
}

#[rustfmt::skip]
pub fn pages(ids: &Ids) -> Vec<PageRow> {
    let page = |route, about, address: &str, cells| PageRow { route, about, address: address.to_owned(), cells };
    let trainers = [Trainer, Administrator, Site];
    let curators = [Curator, Administrator, Site];
    let group = [Member, Facilitator];
    let cohort = [Member, Facilitator, Trainer, Manager, Administrator, Site];
    let (staff, writers) = (Actor::STAFF, [Stranger, Trainer, Administrator, Site]);
    let import = format!("/studio/import/{}", ids.import);
    vec![
        page("/", "the front page, or Today", "/", open()),
        page("/sign-in", "", "/sign-in", open()),
        page("/sign-in/code", "nobody waits for a code", "/sign-in/code", open()),
        page("/sign-in/forgotten", "", "/sign-in/forgotten", open()),
        page("/sign-in/reset/:token", "with its link", &format!("/sign-in/reset/{TOKEN}"), open()),
        page("/sign-in/reset/:token", "without", "/sign-in/reset/none", all(NotFound)),
        page("/confirm-address/:token", "with its link", &format!("/confirm-address/{TOKEN}"), open()),
        page("/setup", "an installation that is set up", "/setup?token=none", all(NotFound)),
        page("/join/:token", "with an invitation’s link", &format!("/join/{}", ids.invitation), open()),
        page("/index", "", "/index", open()),
        page("/index/:set", "a published set", "/index/library-management", open()),
        page("/index/:set", "a set that is a draft", "/index/turnstone", hidden_from_all_but(&curators)),
        page("/index/:set/:edition", "a published edition", "/index/library-management/1", open()),
        page("/index/:set/:edition", "a draft edition", "/index/turnstone/1", hidden_from_all_but(&curators)),
        page("/index/:set/:edition/:code", "a published statement", "/index/library-management/1/LM%203.4", open()),
        page("/index/:set/:edition/changes", "a published edition", "/index/library-management/1/changes", open()),
        page("/index/:set/:edition/publication", "of a published edition", "/index/library-management/1/publication", open()),
        page("/index/:set/:edition/publication", "of a draft edition", "/index/turnstone/1/publication", hidden_from_all_but(&curators)),
        page("/index/:set/:edition/changes", "a draft edition", "/index/turnstone/1/changes", hidden_from_all_but(&curators)),
        page("/courses", "", "/courses", open()),
        page("/courses/:course", "a published course", "/courses/reading-a-budget", open()),
        page("/courses/:course", "a draft course", "/courses/dunlin", hidden_from_all_but(&trainers)),
        page("/courses/:course/:lesson", "a lesson of a published course", "/courses/weeding-with-good-reasons/criteria-aloud", signed_in()),
        page("/courses/:course/:lesson", "a lesson of a draft", "/courses/dunlin/first", hidden_from_all_but(&trainers)),
        page("/resources", "", "/resources", open()),
        page("/resources/:resource", "", &format!("/resources/{}", ids.resource_slug), open()),
        page("/cohorts/:cohort", "", &format!("/cohorts/{COHORT}"), only(&cohort, NotFound)),
        page("/groups", "", "/groups", open()),
        page("/groups/:group", "a public group", &format!("/groups/{PUBLIC_GROUP}"), open()),
        page("/groups/:group", "a private group", &format!("/groups/{PRIVATE_GROUP}"), hidden_from_all_but(&group)),
        page("/groups/:group/:thread", "of a public group", &format!("/groups/{PUBLIC_GROUP}/{PUBLIC_THREAD}"), open()),
        page("/groups/:group/:thread", "of a private group", &format!("/groups/{PRIVATE_GROUP}/{PRIVATE_THREAD}"), hidden_from_all_but(&group)),
        page("/me", "", "/me", signed_in()),
        page("/me/rate", "", "/me/rate?profile=branch-manager", signed_in()),
        page("/me/gaps", "", "/me/gaps?profile=branch-manager", signed_in()),
        page("/me/gaps", "to a role of another organisation", &format!("/me/gaps?profile={ROLE_PROFILE_SLUG}"), only(&[], NotFound)),
        page("/me/plan", "", "/me/plan", signed_in()),
        page("/me/record", "", "/me/record", signed_in()),
        page("/me/changes", "", "/me/changes", signed_in()),
        page("/me/profile", "", "/me/profile", signed_in()),
        page("/me/settings", "", "/me/settings", signed_in()),
        page("/me/settings/address", "", "/me/settings/address", signed_in()),
        page("/me/settings/second-factor", "", "/me/settings/second-factor", signed_in()),
        page("/me/settings/passkeys", "", "/me/settings/passkeys", signed_in()),
        page("/me/settings/single-sign-on", "", "/me/settings/single-sign-on", signed_in()),
        page("/people", "", "/people?q=ptarmigan", signed_in()),
        page("/people/:person", "", &format!("/people/{}", ids.person), hidden_from_all_but(&staff).but(super::told::Told::Yes, &[Site])),
        page("/organisations/:organisation", "", "/organisations/riverside", hidden_from_all_but(&staff).but(super::told::Told::Yes, &[Site])),
        page("/organisations/:organisation/settings", "", "/organisations/riverside/settings", administered()),
        page("/organisations/:organisation/invitations", "", "/organisations/riverside/invitations", administered()),
        page("/organisations/:organisation/requests", "", "/organisations/riverside/requests", administered()),
        page("/organisations/:organisation/join", "that takes requests", "/organisations/riverside/join", signed_in()),
        page("/organisations/:organisation/join", "that takes none", "/organisations/millbrook/join", only(&[], NotFound)),
        page("/organisations/:organisation/people/:person", "", &format!("/organisations/riverside/people/{}", ids.colleague), administered()),
        page("/organisations/:organisation/staff", "", "/organisations/riverside/staff", administered()),
        page("/organisations/:organisation/staff/:list", "", &format!("/organisations/riverside/staff/{STAFF_LIST}"), only(&[Administrator, Site], NotFound)),
        page("/me/sharing", "", "/me/sharing", signed_in()),
        page("/people/:person/gaps", "shared with the reviewer", &format!("/people/{}/gaps", ids.person), hidden_from_all_but(&[Reviewer])),
        page("/people/:person/plan", "shared with managers", &format!("/people/{}/plan", ids.person), hidden_from_all_but(&[Manager])),
        page("/people/:person/record", "shared with facilitators", &format!("/people/{}/record", ids.person), hidden_from_all_but(&[Facilitator])),
        page("/organisations/:organisation/audit", "", "/organisations/riverside/audit", hidden_from_all_but(&[Administrator, Site])),
        page("/admin/mail", "", "/admin/mail", only(&[Site], Forbidden)),
        page("/admin/password-link", "", "/admin/password-link", only(&[Stranger, Administrator, Site], Forbidden)),
        page("/admin/people", "", "/admin/people", only(&[Site], Forbidden)),
        page("/admin/people", "somebody who belongs to no organisation", &format!("/admin/people?person={}", ids.site), only(&[Site], Forbidden)),
        page("/admin/people", "a member of an organisation", &format!("/admin/people?person={}", ids.colleague), only(&[], Forbidden).but(NotFound, &[Site])),
        page("/admin/providers", "", "/admin/providers", only(&[Site], Forbidden)),
        page("/admin/providers/:provider", "", &format!("/admin/providers/{PROVIDER}"), only(&[Site], Forbidden)),
        page("/admin/retention", "", "/admin/retention", only(&[Site], Forbidden)),
        page("/admin/sign-in", "", "/admin/sign-in", only(&[Site], Forbidden)),
        page("/admin/audit", "the site’s audit log", "/admin/audit", hidden_from_all_but(&[Site])),
        page("/search", "", "/search?q=quillback+dunlin", open()),
        page("/display", "", "/display", open()),
        page("/terms", "", "/terms", open()),
        page("/admin/style", "on somebody’s own machine", "/admin/style", open()),
        page("/studio", "", "/studio", only(&[Stranger, Trainer, Curator, Administrator, Site], Forbidden)),
        page("/studio/import", "", "/studio/import", only(&[Stranger, Curator, Administrator, Site], Forbidden)),
        page("/studio/import/:import", "a file that the curator sent", &import, only(&curators, NotFound)),
        page("/studio/sets/:set/editions", "a published set", "/studio/sets/library-management/editions", only(&curators, Forbidden)),
        page("/studio/sets/:set/profiles", "a published set", "/studio/sets/library-management/profiles", only(&[Stranger, Curator, Administrator, Site], Forbidden)),
        page("/studio/sets/:set/profiles", "a set that is a draft", "/studio/sets/turnstone/profiles", only(&curators, NotFound)),
        page("/studio/sets/:set/profiles/new", "of a published set", "/studio/sets/library-management/profiles/new", only(&[Stranger, Curator, Administrator, Site], Forbidden)),
        page("/studio/sets/:set/profiles/:profile", "of a branch", &format!("/studio/sets/library-management/profiles/{ROLE_PROFILE_SLUG}"), only(&curators, NotFound)),
        page("/studio/sets/:set/profiles/:profile", "of whoever owns the set", "/studio/sets/library-management/profiles/branch-manager", only(&curators, Forbidden)),
        page("/studio/sets/:set/source", "a derived set that is a draft", "/studio/sets/turnstone-outline/source", only(&curators, NotFound)),
        page("/index/:set/:edition/derive", "", "/index/library-management/1/derive", only(&[Stranger, Curator, Administrator, Site], Forbidden)),
        page("/studio/sets/:set/editions", "a set that is a draft", "/studio/sets/turnstone/editions", only(&curators, NotFound)),
        page("/studio/sets/:set/book", "around a draft", "/studio/sets/turnstone-outline/book", only(&curators, NotFound)),
        page("/studio/courses/new", "", "/studio/courses/new", only(&writers, Forbidden)),
        page("/studio/courses/:course", "a draft", "/studio/courses/dunlin", only(&trainers, NotFound)),
        page("/studio/courses/:course/:lesson", "of a draft", "/studio/courses/dunlin/first", only(&trainers, NotFound)),
        page("/studio/cohorts/new", "", "/studio/cohorts/new", only(&writers, Forbidden)),
        page("/studio/sets/new", "", "/studio/sets/new", only(&[Stranger, Curator, Administrator, Site], Forbidden)),
        page("/studio/sets/:set", "a draft", "/studio/sets/turnstone-outline", only(&curators, NotFound)),
        page("/studio/sets/:set/reviews", "of a draft", "/studio/sets/walk-review/reviews", only(&curators, NotFound)),
        page("/studio/sets/:set/reviews/:round", "of a draft", &format!("/studio/sets/walk-review/reviews/{REVIEW}"), only(&curators, NotFound)),
        page("/studio/sets/:set/reviews/:round/:item", "of a draft", &format!("/studio/sets/walk-review/reviews/{REVIEW}/1"), only(&curators, NotFound)),
        page("/reviews", "", "/reviews", signed_in()),
        page("/reviews/link/:token", "a link that works", &format!("/reviews/link/{TOKEN}"), open()),
        page("/reviews/link/:token", "a link that is none", "/reviews/link/none", super::told::all(NotFound)),
        page("/reviews/:round", "that one reviews in", &format!("/reviews/{REVIEW}"), only(&[Reviewer], NotFound)),
        page("/reviews/:round", "that one was taken out of", &format!("/reviews/{FORMER_REVIEW}"), only(&[], NotFound)),
        page("/reviews/:round/:item", "of a round that one reviews in", &format!("/reviews/{REVIEW}/1"), only(&[Reviewer], NotFound)),
        page("/studio/sets/:set/nodes/:node", "a line of a draft", &format!("/studio/sets/turnstone-outline/nodes/{LINE}"), only(&curators, NotFound)),
    ]
}
