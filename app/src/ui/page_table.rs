use std::borrow::Cow;
use std::sync::LazyLock;

use leptos_router::{
    ChooseView, GeneratedRouteData, MatchInterface, MatchNestedRoutes, MatchParams, Method, PathSegment, RouteMatchId,
    SsrMode,
};

use super::LazyPage;

/// All pages with their paths, such as `/index/:set`; of several that match an
/// address the first is shown. Data, where the router's own route definitions
/// are a type each: those cost everyone's first download some hundred bytes a
/// page, and the server as many allocations with each request.
#[derive(Debug, Clone, Copy)]
pub struct PageTable {
    pages: &'static [(&'static str, LazyPage)],
    ids: &'static LazyLock<Vec<RouteMatchId>>,
}

impl PageTable {
    /// `ids` has one for each page, always the same, so that the router knows
    /// a page again of which only the parameters change: see [`new_ids`].
    pub const fn new(pages: &'static [(&'static str, LazyPage)], ids: &'static LazyLock<Vec<RouteMatchId>>) -> Self {
        Self { pages, ids }
    }
}

/// An id for each of the pages.
pub fn new_ids(pages: &[(&str, LazyPage)]) -> Vec<RouteMatchId> {
    pages.iter().map(|_| RouteMatchId::new_from_route_id()).collect()
}

/// A page that an address leads to.
pub struct MatchedPage {
    id: RouteMatchId,
    path: String,
    params: Vec<(Cow<'static, str>, String)>,
    page: LazyPage,
}

/// The parameters of `path` where it matches `pattern`: as many parts, each the
/// same or, for a parameter, not empty. A slash at the end makes no difference.
fn params(pattern: &'static str, path: &str) -> Option<Vec<(Cow<'static, str>, String)>> {
    let path = path.strip_suffix('/').unwrap_or(path);
    let pattern = pattern.strip_suffix('/').unwrap_or(pattern);
    let mut parts = path.split('/');
    let mut params = Vec::new();
    for expected in pattern.split('/') {
        let part = parts.next()?;
        match expected.strip_prefix(':') {
            Some(name) if !part.is_empty() => params.push((Cow::Borrowed(name), part.to_owned())),
            None if part == expected => {}
            _ => return None,
        }
    }
    parts.next().is_none().then_some(params)
}

fn segments(pattern: &'static str) -> Vec<PathSegment> {
    let segment = |part: &'static str| match part.strip_prefix(':') {
        Some(name) => PathSegment::Param(name.into()),
        None => PathSegment::Static(part.into()),
    };
    pattern.trim_start_matches('/').split('/').map(segment).collect()
}

impl MatchNestedRoutes for PageTable {
    type Data = ();
    type Match = MatchedPage;

    fn match_nested<'a>(&'a self, path: &'a str) -> (Option<(RouteMatchId, Self::Match)>, &'a str) {
        let found = self
            .pages
            .iter()
            .zip(self.ids.iter())
            .find_map(|((pattern, page), id)| {
                let matched = MatchedPage {
                    id: *id,
                    params: params(pattern, path)?,
                    path: path.to_owned(),
                    page: *page,
                };
                Some((*id, matched))
            });
        (found, "")
    }

    fn generate_routes(&self) -> impl IntoIterator<Item = GeneratedRouteData> + '_ {
        self.pages.iter().map(|(pattern, _)| GeneratedRouteData {
            segments: segments(pattern),
            ssr_mode: SsrMode::Async,
            methods: [Method::Get].into(),
            regenerate: Vec::new(),
        })
    }

    fn optional(&self) -> bool {
        false
    }
}

impl MatchParams for MatchedPage {
    fn to_params(&self) -> Vec<(Cow<'static, str>, String)> {
        self.params.clone()
    }
}

impl MatchInterface for MatchedPage {
    type Child = ();

    fn as_id(&self) -> RouteMatchId {
        self.id
    }

    fn as_matched(&self) -> &str {
        &self.path
    }

    fn into_view_and_child(self) -> (impl ChooseView, Option<Self::Child>) {
        (self.page, None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(pattern: &'static str, path: &str) -> Option<Vec<String>> {
        params(pattern, path).map(|params| {
            params
                .into_iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect()
        })
    }

    #[test]
    fn an_address_matches_part_by_part() {
        assert_eq!(found("/", "/"), Some(vec![]));
        assert_eq!(found("/", "/index"), None);
        assert_eq!(found("/index", "/index/"), Some(vec![]));
        assert_eq!(found("/index", "/indexes"), None);
        let set_and_code = Some(vec!["set=a".to_owned(), "code=LM%203.4".to_owned()]);
        assert_eq!(found("/index/:set/1/:code", "/index/a/1/LM%203.4"), set_and_code);
        assert_eq!(found("/index/:set", "/index/a/1"), None);
        assert_eq!(found("/index/:set", "/index//"), None);
    }

    #[test]
    fn a_path_has_a_segment_for_each_part() {
        assert_eq!(segments("/"), [PathSegment::Static("".into())]);
        let set = [PathSegment::Static("index".into()), PathSegment::Param("set".into())];
        assert_eq!(segments("/index/:set"), set);
    }
}
