use leptos::prelude::*;
use leptos::tachys::html::InertElement;

/// The icons of the interface, drawn for it on a 24-unit grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    Today,
    Index,
    Courses,
    Resources,
    Programmes,
    Groups,
    Growth,
    Person,
    People,
    Jobs,
    Studio,
    Organisation,
    Settings,
    Search,
    Bell,
    SignOut,
    Menu,
    Close,
    Check,
    Plus,
    Arrow,
    External,
    Link,
    Download,
    Trash,
    Clock,
    Calendar,
    Quote,
    Award,
    Lock,
    Info,
    Warning,
}

impl Icon {
    pub const ALL: [Self; 32] = [
        Self::Today,
        Self::Index,
        Self::Courses,
        Self::Resources,
        Self::Programmes,
        Self::Groups,
        Self::Growth,
        Self::Person,
        Self::People,
        Self::Jobs,
        Self::Studio,
        Self::Organisation,
        Self::Settings,
        Self::Search,
        Self::Bell,
        Self::SignOut,
        Self::Menu,
        Self::Close,
        Self::Check,
        Self::Plus,
        Self::Arrow,
        Self::External,
        Self::Link,
        Self::Download,
        Self::Trash,
        Self::Clock,
        Self::Calendar,
        Self::Quote,
        Self::Award,
        Self::Lock,
        Self::Info,
        Self::Warning,
    ];

    fn path(self) -> &'static str {
        match self {
            Icon::Today => "M4 11l8-7 8 7v8a1 1 0 0 1-1 1h-4v-6H9v6H5a1 1 0 0 1-1-1z",
            Icon::Index => "M5 4h12a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H5zM8.5 4v16M12 9h3.5M12 13h3.5",
            Icon::Courses => "M12 6c-2-1.5-5-2-9-2v14c4 0 7 .5 9 2 2-1.5 5-2 9-2V4c-4 0-7 .5-9 2zM12 6v14",
            Icon::Resources => "M4 4h4v16H4zM8 4h4v16H8zM13.5 5l3.5-1 4 15-3.5 1z",
            Icon::Programmes => "M3 19l6.5-11 4 6.5L16 11l5 8z",
            Icon::Groups => "M3 4h12v9H8l-5 4zM18 8h3v12l-4-3h-7",
            Icon::Growth => "M12 21v-9M12 13c0-4-3-7-8-7 0 5 3 7 8 7zM12 10c0-3 3-6 8-6 0 4-3 7-8 7",
            Icon::Person => "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c.5-4 3.5-6 7.5-6s7 2 7.5 6",
            Icon::People => {
                "M9 12a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c.5-3.5 3-5.5 6.5-5.5s6 2 6.5 5.5M16 5.5a3.5 3.5 0 0 1 0 6.5M18 15c2 .7 3.2 2.5 3.5 5"
            }
            Icon::Jobs => "M3 8h18v11H3zM9 8V5h6v3M3 13h18",
            Icon::Studio => "M4 20l1-4.5L16 4.5 19.5 8l-11 11zM13.5 7l3.5 3.5",
            Icon::Organisation => "M3 9l9-5 9 5zM5 9v9M10 9v9M14 9v9M19 9v9M3 20h18",
            Icon::Settings => "M4 7h8M18 7h2M4 17h2M12 17h8M15 4.5v5M9 14.5v5",
            Icon::Search => "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L21 21",
            Icon::Bell => "M6 16v-5a6 6 0 1 1 12 0v5l2 2H4zM10 21h4",
            Icon::SignOut => "M13 4H5v16h8M10 12h10M17 8.5l3.5 3.5-3.5 3.5",
            Icon::Menu => "M4 7h16M4 12h16M4 17h16",
            Icon::Close => "M6 6l12 12M18 6L6 18",
            Icon::Check => "M5 12.5l4.5 4.5L19 7",
            Icon::Plus => "M12 5v14M5 12h14",
            Icon::Arrow => "M5 12h14M13 6l6 6-6 6",
            Icon::External => "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
            Icon::Link => {
                "M10 14a4 4 0 0 0 6 0l3-3a4.2 4.2 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4.2 4.2 0 0 0 6 6l1-1"
            }
            Icon::Download => "M12 4v11M7 11l5 5 5-5M4 20h16",
            Icon::Trash => "M4 7h16M9.5 7V4h5v3M6.5 7l1 13h9l1-13",
            Icon::Clock => "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2",
            Icon::Calendar => "M4 6h16v14H4zM4 10.5h16M8 3v5M16 3v5",
            Icon::Quote => "M10 7c-3.5 1-5 3-5 6v4h5v-4.5H7M20 7c-3.5 1-5 3-5 6v4h5v-4.5h-3",
            Icon::Award => "M12 15a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM8.5 14L7 21l5-2.5 5 2.5-1.5-7",
            Icon::Lock => "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
            Icon::Info => "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5.5M12 7.5v.01",
            Icon::Warning => "M12 4l9 16H3zM12 10v4.5M12 17.2v.01",
        }
    }
}

/// An icon in the colour and size of the text about it. It is hidden from
/// assistive technology: the words beside it carry the meaning. A page holds
/// dozens that never change, so each is one piece of HTML.
#[component]
pub fn IconView(
    icon: Icon,
    /// Larger, for an empty state.
    #[prop(optional)]
    large: bool,
) -> impl IntoView {
    InertElement::new(icon_html(icon, large))
}

/// The same within a larger piece of HTML.
pub fn icon_html(icon: Icon, large: bool) -> String {
    let class = if large { "icon icon-large" } else { "icon" };
    let path = icon.path();
    format!(
        "<svg class=\"{class}\" viewBox=\"0 0 24 24\" width=\"20\" height=\"20\" aria-hidden=\"true\"><path d=\"{path}\"></path></svg>"
    )
}

/// The mark of the house: a reading desk with three books on its shelf.
#[component]
pub fn BrandMark() -> impl IntoView {
    InertElement::new(BRAND_MARK)
}

/// The mark and the name, leading home.
pub fn brand_html(class: &str) -> String {
    format!("<a class=\"{class}\" href=\"/\">{BRAND_MARK}Carrel</a>")
}

const BRAND_MARK: &str = "<svg class=\"brand-mark\" viewBox=\"0 0 28 24\" width=\"28\" height=\"24\" fill=\"none\" \
    stroke=\"currentColor\" stroke-width=\"2.2\" stroke-linecap=\"round\" stroke-linejoin=\"round\" aria-hidden=\"true\">\
    <path d=\"M3 22V4a1.5 1.5 0 0 1 1.5-1.5h19A1.5 1.5 0 0 1 25 4v18M3 13.5h22\"></path>\
    <path class=\"books\" d=\"M9.5 12.8V7.5M13.5 12.8V6.5M17.2 12.8l1.8-5.3\"></path></svg>";
