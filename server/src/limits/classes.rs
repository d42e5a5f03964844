//! What is counted, and as what.

use axum::http::Method;

/// A class of actions that share a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    SignIn,
    /// Letters that somebody asks for, to whatever address.
    Letters,
    Invitations,
    Posting,
    Uploads,
    /// Pictures for texts, of a day.
    Pictures,
    Exports,
    Search,
    /// Whatever else a server function writes.
    Changes,
}

impl Class {
    pub const ALL: [Self; 9] = [
        Self::SignIn,
        Self::Letters,
        Self::Invitations,
        Self::Posting,
        Self::Uploads,
        Self::Pictures,
        Self::Exports,
        Self::Search,
        Self::Changes,
    ];

    /// The word in the configuration and in the log.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::Letters => "letters",
            Self::Invitations => "invitations",
            Self::Posting => "posting",
            Self::Uploads => "uploads",
            Self::Pictures => "pictures",
            Self::Exports => "exports",
            Self::Search => "search",
            Self::Changes => "changes",
        }
    }

    /// What a request counts as, if as anything: reading alone does not.
    pub fn of_request(method: &Method, path: &str, route: Option<&str>) -> Option<Self> {
        let writes = *method == Method::POST && path.starts_with("/api/");
        let listed = Self::of(path).or_else(|| route.and_then(Self::of));
        listed.or_else(|| writes.then_some(Self::Changes))
    }

    /// What a request at this path counts as, if as anything: the path of a
    /// server function or of a route of the router.
    pub fn of(path: &str) -> Option<Self> {
        let listed =
            |list: &[(&str, Self)], name: &str| list.iter().find(|(known, _)| *known == name).map(|(_, class)| *class);
        match path.strip_prefix("/api/") {
            Some(function) => listed(FUNCTIONS, function.rsplit('/').next().unwrap_or_default()),
            None => listed(PATHS, path),
        }
    }
}

/// Server functions, by name.
pub const FUNCTIONS: &[(&str, Class)] = &[
    ("sign_in", Class::SignIn),
    ("prove_sign_in", Class::SignIn),
    ("begin_passkey_sign_in", Class::SignIn),
    ("finish_passkey_sign_in", Class::SignIn),
    ("set_new_password", Class::SignIn),
    ("ask_for_new_password", Class::Letters),
    ("change_address", Class::Letters),
    ("confirm_own_address", Class::Letters),
    ("send_trial_letter", Class::Letters),
    ("make_password_link", Class::Letters),
    ("invite", Class::Invitations),
    ("accept_invitation", Class::Invitations),
    ("join_organisation", Class::Invitations),
    ("send_staff_links", Class::Invitations),
    ("ask_to_join", Class::Invitations),
    ("ask_as_newcomer", Class::Invitations),
    ("confirm_newcomer", Class::SignIn),
    ("invite_reviewer", Class::Invitations),
    ("renew_review_link", Class::Invitations),
    ("ask_about_added", Class::Invitations),
    ("remind_reviewers", Class::Invitations),
    ("enter_review", Class::Invitations),
    ("reply", Class::Posting),
    ("comment_in_review", Class::Posting),
    ("answer_reviewers", Class::Posting),
    ("start_thread", Class::Posting),
    ("preview_post", Class::Posting),
    ("share", Class::Posting),
    ("fetch_import", Class::Uploads),
    ("make_copy", Class::Exports),
    ("typeset", Class::Exports),
    ("search", Class::Search),
    ("find_colleagues", Class::Search),
    ("find_courses", Class::Search),
    ("find_duties", Class::Search),
    ("find_lines", Class::Search),
    ("find_links", Class::Search),
    ("find_places", Class::Search),
    ("find_readers", Class::Search),
    ("find_resources", Class::Search),
    ("find_reviewed", Class::Search),
    ("find_statements", Class::Search),
    ("load_doors", Class::Search),
    ("load_people", Class::Search),
];

/// Pages and files, as the router has them.
pub const PATHS: &[(&str, Class)] = &[
    ("/sign-in/with/{provider}", Class::SignIn),
    ("/sign-in/with/{provider}/answer", Class::SignIn),
    (
        "/organisations/{organisation}/staff/{list}/links.csv",
        Class::Invitations,
    ),
    ("/studio/import/upload", Class::Uploads),
    ("/organisations/{organisation}/staff/upload", Class::Uploads),
    ("/organisations/{organisation}/logo", Class::Uploads),
    ("/me/profile/picture", Class::Uploads),
    ("/me/evidence/new/{node}", Class::Uploads),
    ("/me/evidence/files/{evidence}", Class::Uploads),
    ("/pictures", Class::Pictures),
    ("/index/{set}/{edition}/export/case.json", Class::Exports),
    ("/index/{set}/{edition}/export/moodle.csv", Class::Exports),
    ("/index/{set}/{edition}/export/sheet.csv", Class::Exports),
    ("/index/{set}/{edition}/export/sheet.xlsx", Class::Exports),
    ("/index/{set}/{edition}/publication/{file}", Class::Exports),
    ("/studio/sets/{set}/reviews/{round}/report.csv", Class::Exports),
    ("/studio/sets/{set}/reviews/{round}/report.html", Class::Exports),
    ("/ims/case/v1p1/{*path}", Class::Exports),
    ("/me/copies/{file}", Class::Exports),
    ("/admin/audit.csv", Class::Exports),
    ("/organisations/{organisation}/audit.csv", Class::Exports),
    ("/join", Class::Search),
    ("/search", Class::Search),
    ("/people", Class::Search),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_counts_as_what_the_table_says() {
        assert_eq!(Class::of("/api/app/groups/api/reply"), Some(Class::Posting));
        assert_eq!(Class::of("/api/app/groups/api/load_thread"), None);
        assert_eq!(Class::of("/search"), Some(Class::Search));
        assert_eq!(Class::of("/reply"), None);
    }

    #[test]
    fn whatever_is_written_counts() {
        let of = |method, path| Class::of_request(&method, path, None);
        assert_eq!(
            of(Method::POST, "/api/app/assessments/api/save_ratings"),
            Some(Class::Changes)
        );
        assert_eq!(of(Method::POST, "/api/app/groups/api/reply"), Some(Class::Posting));
        assert_eq!(of(Method::GET, "/api/app/groups/api/load_thread"), None);
        assert_eq!(of(Method::POST, "/studio/import/other"), None);
    }
}
