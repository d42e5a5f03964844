//! The links of a list, as a table for whoever passes them on.

use crate::error::{AppError, Result};
use crate::exchange::guard;
use crate::viewer::Role;

/// Someone's link.
pub struct Link {
    pub name: String,
    pub email: String,
    pub roles: Vec<Role>,
    pub href: String,
}

/// The table as CSV. No cell runs as a formula in a spreadsheet.
pub fn csv(links: &[Link]) -> Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let failed = |error: csv::Error| AppError::internal("links", error);
    writer
        .write_record(["Name", "E-mail", "Roles", "Link"])
        .map_err(failed)?;
    for link in links {
        let roles = link
            .roles
            .iter()
            .map(|role| role.label())
            .collect::<Vec<_>>()
            .join("; ");
        let cells = [&link.name, &link.email, &roles, &link.href];
        writer.write_record(cells.map(|cell| guard(cell))).map_err(failed)?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| AppError::internal("links", error))?;
    String::from_utf8(bytes).map_err(|error| AppError::internal("links", error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_runs() {
        let link = Link {
            name: "=HYPERLINK(\"http://evil.example\")".into(),
            email: "+a@x.example".into(),
            roles: vec![Role::Learner, Role::Trainer],
            href: "https://carrel.example/join/x".into(),
        };
        let text = csv(&[link]).unwrap();
        let row = text.lines().nth(1).unwrap();
        assert_eq!(
            row,
            "\"'=HYPERLINK(\"\"http://evil.example\"\")\",'+a@x.example,Learner; Trainer,https://carrel.example/join/x"
        );
    }
}
