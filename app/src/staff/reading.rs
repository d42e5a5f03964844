//! Reading a list of staff: a table with a header, however its columns are
//! ordered, separated and named.

use std::collections::HashMap;

use super::columns::{self, Column};
use super::model::{Entry, MOST_ROWS};
use crate::exchange::undo;
use crate::people::model::{Email, PersonName};
use crate::text::visible;
use crate::viewer::Role;

/// A row as far as it could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// As a spreadsheet counts, the header being 1.
    pub number: u32,
    pub entry: Entry,
    pub problems: Vec<String>,
}

/// The rows of a list, and the columns that are not kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Table {
    pub rows: Vec<Read>,
    pub ignored: Vec<String>,
}

const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// Reads a list, or says why it is none.
pub fn read(text: &str) -> Result<Table, String> {
    // Lines end alike, so that empty ones can be counted.
    let text = text
        .trim_start_matches('\u{feff}')
        .replace("\r\n", "\n")
        .replace('\r', "\n");
    let text = text.as_str();
    let readings = DELIMITERS.map(|delimiter| headings(text, delimiter));
    let known = readings.iter().position(|headings| columns::know_whom(headings));
    let known = known.ok_or_else(|| columns::missing(&readings))?;
    let (headings, delimiter) = (&readings[known], DELIMITERS[known]);
    let mut at = HashMap::new();
    let mut ignored = Vec::new();
    for (number, (heading, column)) in headings.iter().zip(columns::of(headings)).enumerate() {
        match column {
            Some(column) if !at.contains_key(&column) => drop(at.insert(column, number)),
            _ if heading.trim().is_empty() => {}
            _ => ignored.push(columns::shown(heading)),
        }
    }
    if at.contains_key(&Column::Email)
        && let Some(number) = at.remove(&Column::Username)
    {
        ignored.push(visible(headings[number].trim()));
    }
    Ok(Table {
        rows: rows(text, delimiter, &at)?,
        ignored,
    })
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes())
}

fn headings(text: &str, delimiter: u8) -> Vec<String> {
    let first = reader(text, delimiter).records().next();
    first
        .and_then(Result::ok)
        .map(|record| record.iter().map(str::to_owned).collect())
        .unwrap_or_default()
}

fn rows(text: &str, delimiter: u8, at: &HashMap<Column, usize>) -> Result<Vec<Read>, String> {
    let mut rows = Vec::new();
    let mut seen: HashMap<String, u32> = HashMap::new();
    let mut empty = 0;
    for (count, record) in (1_u32..).zip(reader(text, delimiter).records()) {
        let Ok(record) = record else {
            return Err(format!("Row {} cannot be read.", count + empty));
        };
        empty += empty_lines_before(text, &record);
        let number = count + empty;
        if count == 1 {
            continue;
        }
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if rows.len() >= MOST_ROWS {
            return Err(format!("A list has at most {MOST_ROWS} people. Divide this one."));
        }
        let cell = |column| {
            let cell = at.get(&column).and_then(|place| record.get(*place)).unwrap_or_default();
            undo(cell.trim()).trim().to_owned()
        };
        let mut row = entry(number, cell);
        let key = row.entry.email.to_lowercase();
        match seen.get(&key) {
            Some(earlier) if !key.is_empty() => {
                row.problems.push(format!("The same address stands in row {earlier}."));
            }
            _ => drop(seen.insert(key, number)),
        }
        rows.push(row);
    }
    if rows.is_empty() {
        return Err("There is nobody in this list beneath its header.".into());
    }
    Ok(rows)
}

/// The lines that the reader passes over in front of a record, which a spreadsheet
/// counts.
fn empty_lines_before(text: &str, record: &csv::StringRecord) -> u32 {
    let start = record
        .position()
        .and_then(|position| usize::try_from(position.byte()).ok());
    let rest = start.and_then(|start| text.as_bytes().get(start..)).unwrap_or_default();
    rest.iter().take_while(|byte| **byte == b'\n').map(|_| 1).sum()
}

fn entry(number: u32, cell: impl Fn(Column) -> String) -> Read {
    let mut problems = Vec::new();
    let mut take = |parsed: Result<String, String>, typed: String| {
        parsed.unwrap_or_else(|problem| {
            problems.push(problem);
            visible(&typed).chars().take(254).collect()
        })
    };
    let name = match cell(Column::Name) {
        name if name.is_empty() => format!("{} {}", cell(Column::First), cell(Column::Last))
            .trim()
            .to_owned(),
        name => name,
    };
    let email = match cell(Column::Email) {
        email if email.is_empty() => cell(Column::Username),
        email => email,
    };
    let name = take(PersonName::parse(&name).map(|name| name.as_str().to_owned()), name);
    let email = take(Email::parse(&email).map(|email| email.as_str().to_owned()), email);
    let title = cell(Column::Title);
    let title = take(crate::text::line(&title, "A job title", 120), title);
    let roles = roles(&cell(Column::Roles)).unwrap_or_else(|problem| {
        problems.push(problem);
        Vec::new()
    });
    for (column, word) in [(Column::Suspended, "Suspended"), (Column::Deleted, "Deleted")] {
        if matches!(cell(column).to_lowercase().as_str(), "1" | "true" | "yes") {
            problems.push(format!("{word} in Moodle."));
        }
    }
    // Moodle writes 99 for "the server's".
    let timezone = Some(cell(Column::Timezone)).filter(|zone| crate::time::is_zone(zone));
    Read {
        number,
        entry: Entry {
            name,
            email,
            title,
            roles,
            timezone: timezone.unwrap_or_default(),
        },
        problems,
    }
}

/// Roles between commas, semicolons, bars or slashes, by their words on the
/// screen or in forms; learner where nothing is said.
fn roles(text: &str) -> Result<Vec<Role>, String> {
    let mut roles = Vec::new();
    for word in text
        .split([',', ';', '|', '/'])
        .map(str::trim)
        .filter(|word| !word.is_empty())
    {
        let plain = word.to_lowercase().replace([' ', '-'], "_");
        let role = Role::parse(&plain).ok_or_else(|| {
            let short: String = visible(word).chars().take(40).collect();
            format!("“{short}” is not a role.")
        })?;
        roles.push(role);
    }
    roles.sort();
    roles.dedup();
    if roles.is_empty() {
        roles.push(Role::Learner);
    }
    Ok(roles)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_list_is_read() {
        let table =
            read("Name,E-mail,Job title,Roles\nRosa Marín,rosa@x.example,Branch manager,Learner; Trainer\n").unwrap();
        let row = &table.rows[0];
        assert_eq!((row.number, row.problems.len()), (2, 0));
        assert_eq!(row.entry.name, "Rosa Marín");
        assert_eq!(row.entry.roles, [Role::Learner, Role::Trainer]);
    }

    #[test]
    fn moodles_columns_are_known_and_others_named() {
        let text = "\u{feff}username;firstname;lastname;email;department;timezone;lang\r\nsam;Sam;Hale;sam@x.example;Lending;Europe/London;en\r\nliz;Liz;Ode;liz@x.example;;99;en\r\n";
        let table = read(text).unwrap();
        assert_eq!(table.ignored, ["department", "lang", "username"]);
        assert_eq!(
            (table.rows[0].entry.name.as_str(), table.rows[0].entry.timezone.as_str()),
            ("Sam Hale", "Europe/London")
        );
        assert_eq!(table.rows[1].entry.timezone, "");
        assert_eq!(table.rows[1].entry.roles, [Role::Learner]);
        let table = read("username\tfullname\nsam@x.example\tSam Hale\n").unwrap();
        assert_eq!(table.rows[0].entry.email, "sam@x.example");
    }

    #[test]
    fn columns_have_names_in_other_languages() {
        for header in [
            "Vorname;Nachname;E-Mail;Filiale",
            "Vorname;Name;E-Mail-Adresse;Filiale",
            "Prénom;Nom;Courriel;Site",
            "Nombre;Apellidos;Correo electrónico;Sede",
            "Voornaam;Achternaam;E-mailadres;Filiaal",
            "Imię;Nazwisko;Adres e-mail;Filia",
        ] {
            let table = read(&format!("{header}\nMaya;Lindqvist;maya@x.example;South\n")).unwrap();
            let entry = &table.rows[0].entry;
            assert_eq!(
                (entry.name.as_str(), entry.email.as_str(), table.ignored.len()),
                ("Maya Lindqvist", "maya@x.example", 1),
                "{header}"
            );
        }
        for header in ["Nom,Courriel", "Nombre,Correo", "Imię i nazwisko,Mail", "Naam,Mail"] {
            let table = read(&format!("{header}\nMaya Lindqvist,maya@x.example\n")).unwrap();
            assert_eq!(table.rows[0].entry.name, "Maya Lindqvist", "{header}");
        }
    }

    #[test]
    fn what_columns_were_found_and_missed_is_said() {
        let said = read("Vorname;Etternavn;E-Mail\nMaya;Lindqvist;maya@x.example\n").unwrap_err();
        assert!(said.contains("Not among them: a last name."), "{said}");
        assert!(said.contains("“Vorname”, “Etternavn”, “E-Mail”"), "{said}");
        let said = read("a,b\n1,2").unwrap_err();
        assert!(
            said.contains("an e-mail address; a name, or a first and a last name."),
            "{said}"
        );
    }

    #[test]
    fn nothing_hidden_is_shown_of_a_row_that_is_refused() {
        let text = "Name,Email,\u{202e}gnitirw\nA\u{202e}nna,a\u{2066}b@x.example,x\n";
        let table = read(text).unwrap();
        let row = &table.rows[0];
        assert_eq!(row.problems.len(), 2);
        assert_eq!(
            (row.entry.name.as_str(), row.entry.email.as_str()),
            ("Anna", "ab@x.example")
        );
        assert_eq!(table.ignored, ["gnitirw"]);
    }

    #[test]
    fn what_is_wrong_stands_at_its_row() {
        let text =
            "name,email,roles\n,rosa@x.example,\nSam,sam,\nLiz,liz@x.example,owner\n\nLiz,LIZ@x.example,learner\n";
        let table = read(text).unwrap();
        let problems: Vec<_> = table.rows.iter().map(|row| (row.number, row.problems.len())).collect();
        assert_eq!(problems.len(), 4);
        assert!(problems.iter().all(|(_, problems)| *problems == 1), "{:?}", table.rows);
        assert!(table.rows[3].problems[0].contains("row 4"), "{:?}", table.rows[3]);
    }

    #[test]
    fn rows_are_numbered_as_in_the_file() {
        for end in ["\n", "\r\n"] {
            let lines = [
                "name,email",
                "",
                "Sam,sam@x.example",
                "",
                "",
                "\"Liz",
                "Ode\",liz@x.example",
                ",",
                "Ann,ann@x.example",
            ];
            let table = read(&lines.join(end)).unwrap();
            let numbers: Vec<_> = table.rows.iter().map(|row| row.number).collect();
            assert_eq!(numbers, [3, 6, 8], "a cell of two lines is one row");
        }
    }

    #[test]
    fn whom_moodle_lets_in_no_more_gets_no_link() {
        let text = "username,firstname,lastname,email,suspended,deleted\n\
             a,A,A,a@x.example,1,0\nb,B,B,b@x.example,0,1\nc,C,C,c@x.example,0,\n";
        let table = read(text).unwrap();
        let problems: Vec<_> = table.rows.iter().map(|row| row.problems.join(" ")).collect();
        assert_eq!(problems, ["Suspended in Moodle.", "Deleted in Moodle.", ""]);
        assert_eq!(table.ignored, ["username"]);
    }

    #[test]
    fn what_is_no_list_is_refused() {
        for text in ["", "a,b\n1,2", "name,email\n", "email\nx@y.example", "\"name,email\nx"] {
            assert!(read(text).is_err(), "{text}");
        }
        let many = format!("name,email\n{}", "A,a@x.example\n".repeat(MOST_ROWS + 1));
        assert!(read(&many).unwrap_err().contains("at most"));
    }

    #[test]
    fn a_guarded_cell_is_read_without_its_guard() {
        let table = read("name,email\n'=Rosa,rosa@x.example\n").unwrap();
        assert_eq!(table.rows[0].entry.name, "=Rosa");
    }
}
