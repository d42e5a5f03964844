use leptos::prelude::*;
use leptos_router::hooks::use_location;
use leptos_router::location::Location;

const OF_THE_ACCOUNT: [&str; 2] = ["/me/settings", "/me/profile"];

/// Whether a link points to where one is: `page` for the very page, `true`
/// for a page beneath it, nothing elsewhere. The home page has nothing
/// beneath it; settings and the profile stand beneath no place to go, whatever
/// their address says.
pub fn is_here(href: &str, pathname: &str) -> Option<&'static str> {
    let target = href.split(['?', '#']).next().unwrap_or_default();
    if target == pathname {
        Some("page")
    } else if OF_THE_ACCOUNT
        .iter()
        .any(|page| target == "/me" && pathname.starts_with(page))
    {
        None
    } else if target.len() > 1 && pathname.strip_prefix(target).is_some_and(|rest| rest.starts_with('/')) {
        Some("true")
    } else {
        None
    }
}

/// The `aria-current` of a link to `href`, following the address. Must be
/// called within the router.
pub fn use_here(href: String) -> impl Fn() -> Option<&'static str> + Clone + Send + Sync {
    let pathname = use_location().pathname;
    move || is_here(&href, &pathname.read())
}

/// The address that one is at, or on the way to: path and query, untracked.
/// Must be called within the router.
pub fn use_address() -> impl Fn() -> String + Copy + Send + Sync {
    let Location { pathname, search, .. } = use_location();
    move || address(&pathname.read_untracked(), &search.read_untracked())
}

/// A path with its query, whether or not that brings its mark.
pub fn address(path: &str, search: &str) -> String {
    match search.trim_start_matches('?') {
        "" => path.to_owned(),
        search => format!("{path}?{search}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{address, is_here};

    #[test]
    fn an_address_has_one_mark_where_there_is_a_query() {
        assert_eq!(address("/index", ""), "/index");
        assert_eq!(address("/index", "?"), "/index");
        assert_eq!(address("/index", "page=2"), "/index?page=2");
        assert_eq!(address("/index", "?page=2"), "/index?page=2");
    }

    #[test]
    fn a_section_is_current_on_its_pages_and_beneath() {
        assert_eq!(is_here("/index", "/index"), Some("page"));
        assert_eq!(is_here("/index?sort=code", "/index"), Some("page"));
        assert_eq!(is_here("/index", "/index/library-management"), Some("true"));
        assert_eq!(is_here("/index", "/indexes"), None);
    }

    #[test]
    fn the_account_is_no_part_of_ones_growth() {
        assert_eq!(is_here("/me", "/me/gaps"), Some("true"));
        assert_eq!(is_here("/me", "/me/settings/passkeys"), None);
        assert_eq!(is_here("/me/settings", "/me/settings/passkeys"), Some("true"));
    }

    #[test]
    fn home_is_current_only_at_home() {
        assert_eq!(is_here("/", "/"), Some("page"));
        assert_eq!(is_here("/", "/courses"), None);
    }
}
