//! The frame around every page, filled for the viewer.

use std::time::Duration;

use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_query_map};

use leptos::server_fn::ServerFn;

use crate::paths::{segment, sign_in_from};
use crate::people::api::{SignOut, load_viewer};
use crate::people::sign_in_rules::model::AskedOf;
use crate::start::{use_session_ended, use_viewer};
use crate::ui::{Frame, Icon, NavGroup, NavItem, Notice, PersonBadge, Tone, address};
use crate::viewer::Viewer;

fn places(viewer: &Viewer) -> Vec<NavItem> {
    if !viewer.is_signed_in() {
        return vec![
            NavItem::new("/", "Welcome", Icon::Today),
            NavItem::new("/index", "Index", Icon::Index),
            NavItem::new("/courses", "Courses", Icon::Courses),
            NavItem::new("/groups", "Groups", Icon::Groups),
            NavItem::new("/resources", "Resources", Icon::Resources),
            NavItem::new("/display", "Display and keys", Icon::Settings),
        ];
    }
    let mut places = vec![
        NavItem::new("/", "Today", Icon::Today),
        NavItem::new("/index", "Index", Icon::Index),
        NavItem::new("/courses", "Courses", Icon::Courses),
        NavItem::new("/groups", "Groups", Icon::Groups).with_count(viewer.unread()),
        NavItem::new("/me", "My growth", Icon::Person),
        NavItem::new("/resources", "Resources", Icon::Resources),
        NavItem::new("/people", "People", Icon::People),
    ];
    if viewer.writes_jobs() {
        places.push(NavItem::new("/jobs", "Jobs", Icon::Jobs));
    }
    if viewer.may_use_studio() {
        places.push(NavItem::new("/studio", "Studio", Icon::Studio));
    }
    places
}

fn groups(viewer: &Viewer) -> Vec<NavGroup> {
    viewer
        .groups
        .iter()
        .map(|group| NavGroup {
            href: format!("/groups/{}", group.slug),
            label: group.title.clone(),
            unread: group.unread,
        })
        .collect()
}

/// How often a tab in the background asks what is unread, for the count on its
/// icon, and how many times: nobody stays signed in by a tab that was forgotten.
const ASKED_EVERY: Duration = Duration::from_secs(5 * 60);
const MOST_ASKED: u32 = 24;

/// Unread counts move on while someone goes from page to page, and for a while
/// when they look at another tab; whoever comes back to this one sees them as they are.
fn keep_fresh(viewer: RwSignal<Viewer>) {
    let pathname = use_location().pathname;
    let ended = use_session_ended();
    let ask = move || {
        if !viewer.with_untracked(Viewer::is_signed_in) {
            return;
        }
        leptos::task::spawn_local(async move {
            if let Ok(fresh) = load_viewer().await {
                if !fresh.is_signed_in() {
                    ended.set_value(true);
                }
                viewer.set(fresh);
            }
        });
    };
    Effect::new(move |before: Option<String>| {
        let here = pathname.get();
        if before.is_some_and(|before| before != here) {
            ask();
        }
        here
    });
    let asked = StoredValue::new(0);
    Effect::new(move |_| {
        set_interval(
            move || {
                let hidden = document().hidden();
                asked.update_value(|asked| *asked = if hidden { *asked + 1 } else { 0 });
                if hidden && asked.get_value() <= MOST_ASKED {
                    ask();
                }
            },
            ASKED_EVERY,
        );
        window_event_listener_untyped("visibilitychange", move |_| {
            if !document().hidden() {
                ask();
            }
        });
    });
}

/// Says why a second factor is asked for, and leads to both ways to have one.
#[component]
fn SecondFactorDue(asked: AskedOf) -> impl IntoView {
    let next = use_query_map().with_untracked(|query| query.get("next"));
    let to = |page: &str| match &next {
        Some(next) => format!("{page}?next={}", segment(next)),
        None => page.to_owned(),
    };
    let (set_up, passkeys, sign_in) = (
        to("/me/settings/second-factor"),
        to("/me/settings/passkeys"),
        to("/sign-in"),
    );
    let rests = match asked {
        AskedOf::Administrators => {
            "Administrators need a second factor here. Your administrator’s rights rest until you "
        }
        AskedOf::RoleHolders => {
            "Everybody with a role beyond learner needs a second factor here, and a facilitator too: such an account opens what others wrote. Nothing that you typed is lost: you go on once you "
        }
        AskedOf::Everybody => {
            "Everybody needs a second factor here. Nothing that you typed is lost: you go on once you "
        }
    };
    view! {
        <div class="page-notice">
            <Notice tone=Tone::Highlight>
                {rests}<a href=set_up>"set one up"</a>", or "
                <a href=passkeys>"make a passkey"</a>" and "
                <a href=sign_in>"sign in with it"</a>"."
            </Notice>
        </div>
    }
}

/// How many of somebody's organisations their menu leads to.
const MOST_WORKPLACES: usize = 5;

/// Wraps all pages; must stand inside the router.
#[component]
pub fn SiteFrame(children: Children) -> impl IntoView {
    let viewer = use_viewer();
    keep_fresh(viewer);
    let person = viewer.with_untracked(|viewer| {
        viewer.person.as_ref().map(|person| PersonBadge {
            name: person.name.clone(),
            href: format!("/people/{}", person.id),
            settings: "/me/settings".into(),
        })
    });
    let account = person.is_some().then(|| {
        let workplaces = viewer.with_untracked(|viewer| viewer.memberships.clone());
        let workplaces = workplaces.into_iter().take(MOST_WORKPLACES).map(|workplace| {
            view! { <a class="menu-item" href=format!("/organisations/{}", workplace.slug)>{workplace.name}</a> }
        });
        view! {
            {workplaces.collect_view()}
            {viewer.with_untracked(Viewer::administers_somewhere).then(|| view! {
                <a class="menu-item" href="/admin/password-link">"Let someone in"</a>
            })}
            {viewer.with_untracked(Viewer::may_rule_site).then(|| view! {
                <a class="menu-item" href="/admin/sign-in">"How people sign in"</a>
                <a class="menu-item" href="/admin/people">"People of no organisation"</a>
                <a class="menu-item" href="/admin/mail">"Mail"</a>
                <a class="menu-item" href="/admin/audit">"Audit log"</a>
                <a class="menu-item" href="/admin/style">"Parts of the interface"</a>
            })}
            <a class="menu-item" href="/display">"Display and keys"</a>
            <form method="post" action={<SignOut as ServerFn>::PATH}>
                <button class="menu-item" type="submit">"Sign out"</button>
            </form>
        }
        .into_any()
    });
    let second_factor_due = viewer.with_untracked(|viewer| viewer.second_factor_due);
    let nav = Signal::derive(move || viewer.with(places));
    let groups = Signal::derive(move || viewer.with(groups));
    let location = use_location();
    let sign_in = Signal::derive(move || sign_in_from(&address(&location.pathname.read(), &location.search.read())));
    view! {
        <Frame nav groups person account sign_in>
            {second_factor_due.map(|asked| view! { <SecondFactorDue asked/> })}
            {children()}
        </Frame>
    }
}
