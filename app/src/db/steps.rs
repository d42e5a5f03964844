//! The statements of a migration, one by one.

/// What is done at once: a statement, or a `LET` with all up to the next blank
/// line, where what it binds is known.
pub(super) fn steps(sql: &str) -> Vec<&str> {
    let mut steps = Vec::new();
    let (mut begin, mut depth, mut at) = (0, 0_u32, 0);
    while let Some(next) = sql[at..].chars().next() {
        let rest = &sql[at..];
        match next {
            '-' if rest.starts_with("--") => at += rest.find('\n').unwrap_or(rest.len()),
            '\'' | '"' | '`' => at += quoted(rest, next),
            _ => {
                at += next.len_utf8();
                match next {
                    '{' | '[' | '(' => depth += 1,
                    '}' | ']' | ')' => depth = depth.saturating_sub(1),
                    ';' if depth == 0 && !goes_on(&sql[begin..at], &sql[at..]) => {
                        steps.push(sql[begin..at].trim());
                        begin = at;
                    }
                    _ => {}
                }
            }
        }
    }
    if !without_comments(&sql[begin..]).is_empty() {
        steps.push(sql[begin..].trim());
    }
    steps
}

/// How long a text in quotes is, with them.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if letter == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Whether what follows needs what the step binds.
fn goes_on(step: &str, rest: &str) -> bool {
    without_comments(step).starts_with("LET ") && !rest.starts_with("\n\n") && !without_comments(rest).is_empty()
}

/// The text from its first statement on.
fn without_comments(text: &str) -> &str {
    let mut text = text.trim();
    while text.starts_with("--") {
        text = text.split_once('\n').map_or("", |(_, rest)| rest).trim_start();
    }
    text
}

#[cfg(test)]
mod tests {
    use surrealdb_core::syn;

    use super::*;
    use crate::db::MIGRATIONS;

    #[test]
    fn a_statement_ends_where_it_ends() {
        let sql =
            "-- It's one; or two.\nDEFINE TABLE a;\nDEFINE FUNCTION fn::b() { RETURN 'x;\\';'; };\n\n-- The end.\n";
        assert_eq!(
            steps(sql),
            [
                "-- It's one; or two.\nDEFINE TABLE a;",
                "DEFINE FUNCTION fn::b() { RETURN 'x;\\';'; };"
            ]
        );
        assert_eq!(
            steps("LET $a = 1;\nCREATE $a;\n\nCREATE b"),
            ["LET $a = 1;\nCREATE $a;", "CREATE b"]
        );
        assert!(steps("-- nothing").is_empty());
    }

    #[test]
    fn the_database_finds_the_same_statements() {
        let count = |sql: &str| syn::parse(sql).unwrap().expressions.len();
        for migration in MIGRATIONS {
            let steps = steps(migration.sql);
            let all: usize = steps.iter().map(|step| count(step)).sum();
            assert_eq!(all, count(migration.sql), "{}", migration.name);
            for step in steps {
                let several = without_comments(step).starts_with("LET ");
                assert!(several || count(step) == 1, "{}: {step}", migration.name);
            }
        }
    }
}
