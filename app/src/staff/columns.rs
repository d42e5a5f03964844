//! What the columns of a list of staff are, by their headings. The names that
//! Moodle gives to the columns of its users (tool_uploaduser) are known, and what
//! names and addresses are called in German, French, Spanish, Dutch and Polish.

use crate::text::visible;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Column {
    Name,
    First,
    Last,
    Email,
    Username,
    Title,
    Roles,
    Timezone,
    Suspended,
    Deleted,
}

const NAME: &[&str] = &[
    "name",
    "fullname",
    "displayname",
    "vollständigername",
    "nomcomplet",
    "prénometnom",
    "nombrecompleto",
    "nombreyapellidos",
    "naam",
    "volledigenaam",
    "imięinazwisko",
    "imieinazwisko",
];
const FIRST: &[&str] = &[
    "firstname",
    "givenname",
    "forename",
    "vorname",
    "prénom",
    "prenom",
    "nombre",
    "nombres",
    "voornaam",
    "imię",
    "imie",
];
const LAST: &[&str] = &[
    "lastname",
    "surname",
    "familyname",
    "nachname",
    "familienname",
    "nom",
    "nomdefamille",
    "apellido",
    "apellidos",
    "achternaam",
    "familienaam",
    "nazwisko",
];
const EMAIL: &[&str] = &[
    "email",
    "emailaddress",
    "mail",
    "emailadresse",
    "mailadresse",
    "courriel",
    "adressecourriel",
    "adresseemail",
    "adressemail",
    "correo",
    "correoelectrónico",
    "correoelectronico",
    "emailadres",
    "mailadres",
    "adresemail",
    "adresmail",
];

/// The letters of a heading alone.
fn plain(heading: &str) -> String {
    heading.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

fn by_heading(plain: &str) -> Option<Column> {
    let named = [
        (NAME, Column::Name),
        (FIRST, Column::First),
        (LAST, Column::Last),
        (EMAIL, Column::Email),
    ];
    if let Some((_, column)) = named.into_iter().find(|(names, _)| names.contains(&plain)) {
        return Some(column);
    }
    Some(match plain {
        "username" | "login" => Column::Username,
        "title" | "jobtitle" | "position" => Column::Title,
        "roles" | "role" => Column::Roles,
        "timezone" => Column::Timezone,
        "suspended" => Column::Suspended,
        "deleted" => Column::Deleted,
        _ => return None,
    })
}

/// What each column is. A name beside a first name is the last one, and what is
/// a part of a name elsewhere ("nom", "nombre") is all of it where it stands alone.
pub(super) fn of(headings: &[String]) -> Vec<Option<Column>> {
    let plain: Vec<String> = headings.iter().map(|heading| plain(heading)).collect();
    let columns: Vec<Option<Column>> = plain.iter().map(|plain| by_heading(plain)).collect();
    let has = |column| columns.contains(&Some(column));
    let (name, first, last) = (has(Column::Name), has(Column::First), has(Column::Last));
    let is = |(column, plain): (&Option<Column>, &String)| match (column, plain.as_str()) {
        (Some(Column::Name), _) if first && !last => Some(Column::Last),
        (Some(Column::Last), "nom") if !name && !first => Some(Column::Name),
        (Some(Column::First), "nombre") if !name && !last => Some(Column::Name),
        (column, _) => *column,
    };
    columns.iter().zip(&plain).map(is).collect()
}

/// Whether the columns say who somebody is and where they are written to.
pub(super) fn know_whom(headings: &[String]) -> bool {
    lacking(headings).is_empty()
}

fn lacking(headings: &[String]) -> Vec<&'static str> {
    let columns = of(headings);
    let has = |column| columns.contains(&Some(column));
    let address = has(Column::Email) || has(Column::Username);
    let name = match (has(Column::Name), has(Column::First), has(Column::Last)) {
        (true, ..) | (_, true, true) => None,
        (_, true, false) => Some("a last name"),
        (_, false, true) => Some("a first name"),
        _ => Some("a name, or a first and a last name"),
    };
    let address = (!address).then_some("an e-mail address");
    address.into_iter().chain(name).collect()
}

/// A heading as a sentence may hold it.
pub(super) fn shown(heading: &str) -> String {
    visible(heading.trim()).chars().take(60).collect()
}

/// So many columns are named of a list that is refused.
const NAMED: usize = 12;

/// What to say of a list whose columns do not suffice, of the readings that its
/// separators give: the one with most columns.
pub(super) fn missing(readings: &[Vec<String>]) -> String {
    let headings = readings.iter().max_by_key(|headings| headings.len());
    let headings = headings.map(Vec::as_slice).unwrap_or_default();
    let found: Vec<String> = headings
        .iter()
        .map(|heading| shown(heading))
        .filter(|heading| !heading.is_empty())
        .map(|heading| format!("“{heading}”"))
        .collect();
    let more = if found.len() > NAMED { " and more" } else { "" };
    let found = match found.as_slice() {
        [] => "Nothing stands there.".to_owned(),
        found => format!("It has {}{more}.", found[..found.len().min(NAMED)].join(", ")),
    };
    let lacking = lacking(headings).join("; ");
    format!("The first row names the columns. Not among them: {lacking}. {found}")
}
