use super::announce::provide_voice;
use super::rail::{Rail, groups_html, places_html};
use super::tab_bar::TabBar;
use super::top_bar::TopBar;
use super::{Icon, RouteAnnouncer};
use leptos::{html, prelude::*};
use leptos_router::hooks::use_location;

/// A place to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavItem {
    pub href: String,
    pub label: String,
    pub icon: Icon,
    /// What is new there; shown when not nought.
    pub count: u32,
}

impl NavItem {
    pub fn new(href: impl Into<String>, label: impl Into<String>, icon: Icon) -> Self {
        Self {
            href: href.into(),
            label: label.into(),
            icon,
            count: 0,
        }
    }

    pub fn with_count(mut self, count: u32) -> Self {
        self.count = count;
        self
    }
}

/// A group one belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavGroup {
    pub href: String,
    pub label: String,
    pub unread: u32,
}

/// Who is looking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonBadge {
    pub name: String,
    /// Their profile.
    pub href: String,
    /// Their settings.
    pub settings: String,
}

/// What stands around every page: the way past it, the rail, the top bar,
/// the bar at the foot of a phone. Must be within the router.
#[component]
pub fn Frame(
    /// The places to go, the first five also at the foot of a phone; their
    /// counts may change while one reads.
    #[prop(into)]
    nav: Signal<Vec<NavItem>>,
    #[prop(default = None, into)] person: Option<PersonBadge>,
    #[prop(default = Signal::stored(Vec::new()), into)] groups: Signal<Vec<NavGroup>>,
    /// The rest of the account menu: the form that signs out.
    #[prop(default = None, into)]
    account: Option<AnyView>,
    /// Where a visitor signs in.
    #[prop(into, default = Signal::stored("/sign-in".to_string()))]
    sign_in: Signal<String>,
    children: Children,
) -> impl IntoView {
    let main = NodeRef::<html::Main>::new();
    provide_voice();
    let path = use_location().pathname;
    let places = Memo::new(move |_| places_html(&nav.read(), &path.read()));
    let tabs = Memo::new(move |_| {
        let nav = nav.read();
        places_html(nav.get(..5).unwrap_or(&nav), &path.read())
    });
    let groups = Memo::new(move |_| groups_html(&groups.read(), &path.read()));
    view! {
        <div class="frame">
            <a class="skip" href="#main" rel="external">
                "Skip to the content"
            </a>
            <Rail places groups />
            <TopBar places groups person account sign_in />
            <main class="main" id="main" tabindex="-1" node_ref=main>
                {children()}
            </main>
            <TabBar tabs />
            <RouteAnnouncer main />
        </div>
    }
    .into_any()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use leptos_router::{components::Router, location::RequestUrl};

    fn frame_at(path: &str, person: Option<PersonBadge>) -> String {
        Owner::new().with(|| {
            provide_context(RequestUrl::new(path));
            let nav = vec![
                NavItem::new("/", "Today", Icon::Today),
                NavItem::new("/index", "Index", Icon::Index).with_count(3),
            ];
            view! {
                <Router>
                    <Frame nav person>"<script>"</Frame>
                </Router>
            }
            .to_html()
        })
    }

    #[test]
    fn the_place_one_is_in_is_marked_in_rail_menu_and_bar() {
        let html = frame_at("/index/some-set", None);
        assert_eq!(html.matches("aria-current=\"true\"").count(), 3, "{html}");
        assert_eq!(html.matches("aria-current=\"page\"").count(), 0, "{html}");
    }

    #[test]
    fn a_visitor_can_sign_in_and_a_person_has_a_menu() {
        assert!(frame_at("/", None).contains("Sign in"));
        let person = PersonBadge {
            name: "<b>Rosa".into(),
            href: "/people/1".into(),
            settings: "/me/settings".into(),
        };
        let html = frame_at("/", Some(person));
        assert!(!html.contains("Sign in") && html.contains("Profile"), "{html}");
        assert!(!html.contains("<b>") && !html.contains("<script>"), "{html}");
    }
}
