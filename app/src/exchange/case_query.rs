//! What a list of the service of CASE is asked for in its query: which part of
//! it, in which order, and what of each document.
//!
//! The standard leaves the form to its REST binding, which it shares with the
//! other services of 1EdTech: `filter=title~'library' AND language='en'`.

use std::cmp::Ordering;

use serde_json::Value;

/// Documents in one answer when nothing else is asked for.
const PAGE: usize = 100;
/// And at most.
const MOST: usize = 1000;
/// Characters of a filter.
const FILTER: usize = 1000;
/// What a document may have.
const FIELDS: [&str; 21] = [
    "identifier",
    "uri",
    "frameworkType",
    "caseVersion",
    "creator",
    "title",
    "lastChangeDateTime",
    "officialSourceURL",
    "publisher",
    "description",
    "subject",
    "subjectURI",
    "language",
    "version",
    "adoptionStatus",
    "statusStartDate",
    "statusEndDate",
    "licenseURI",
    "notes",
    "extensions",
    "CFPackageURI",
];
/// What a document must have, whatever is asked for.
const REQUIRED: [&str; 6] = [
    "identifier",
    "uri",
    "creator",
    "title",
    "lastChangeDateTime",
    "CFPackageURI",
];

/// Why a list cannot be given.
#[derive(Debug, PartialEq, Eq)]
pub enum Ask {
    /// A parameter has no such value; what it may be.
    Invalid(String),
    /// The filter names a field that documents do not have.
    Field(String),
    /// No document is so.
    Nothing(String),
}

/// A request for a list.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Query {
    limit: Option<usize>,
    offset: usize,
    sort: Option<String>,
    descending: bool,
    filter: Vec<Vec<Condition>>,
    fields: Vec<String>,
}

#[derive(Debug, PartialEq, Eq)]
struct Condition {
    field: String,
    predicate: Predicate,
    value: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Predicate {
    Equal,
    Not,
    Least,
    More,
    Most,
    Less,
    Contains,
}

/// Longest first, so that `>=` is not read as `>`.
const PREDICATES: [(&str, Predicate); 7] = [
    ("!=", Predicate::Not),
    (">=", Predicate::Least),
    ("<=", Predicate::Most),
    ("=", Predicate::Equal),
    (">", Predicate::More),
    ("<", Predicate::Less),
    ("~", Predicate::Contains),
];

/// One page of a list.
pub struct Page {
    pub documents: Vec<Value>,
    pub total: usize,
    /// The offsets of the pages before and after, where there are any.
    pub before: Option<usize>,
    pub after: Option<usize>,
    /// Where the last page begins when pages are counted from the start.
    pub last: usize,
    pub limit: usize,
}

impl Query {
    /// Reads the parameters of a request; those that the standard does not know
    /// are passed over.
    ///
    /// # Errors
    /// [`Ask::Invalid`] for numbers out of bounds, an unknown order or a
    /// parameter that stands twice; [`Ask::Field`] and [`Ask::Nothing`] for a
    /// filter that no document could be held against.
    pub fn parse(pairs: &[(String, String)]) -> Result<Self, Ask> {
        let mut query = Self::default();
        let mut seen: Vec<&str> = Vec::new();
        for (name, value) in pairs {
            let known = ["limit", "offset", "sort", "orderBy", "filter"].contains(&name.as_str());
            if known && seen.contains(&name.as_str()) {
                return Err(Ask::Invalid(format!("“{name}” stands twice.")));
            }
            seen.push(name);
            match name.as_str() {
                "limit" => query.limit = Some(number(name, value, 1)?),
                "offset" => query.offset = number(name, value, 0)?,
                // The order is the service's own where the field is unknown.
                "sort" => query.sort = is_field(value).then(|| value.clone()),
                "orderBy" => {
                    query.descending = match value.as_str() {
                        "asc" => false,
                        "desc" => true,
                        _ => return Err(Ask::Invalid("“orderBy” is asc or desc.".into())),
                    }
                }
                "filter" => query.filter = filter(value)?,
                "fields" => query
                    .fields
                    .extend(value.split(',').map(|field| field.trim().to_owned())),
                _ => {}
            }
        }
        // All of a document is given where one field is unknown.
        if !query.fields.iter().all(|field| is_field(field)) {
            query.fields.clear();
        }
        Ok(query)
    }

    /// Offset and length of what is asked for where that is a part of all
    /// documents in the service's own order.
    pub fn part(&self) -> Option<(u32, u32)> {
        let plain = self.filter.is_empty() && self.sort.is_none();
        let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        plain.then(|| (number(self.offset), number(self.limit())))
    }

    /// The page that is asked for, out of all documents.
    ///
    /// # Errors
    /// [`Ask::Nothing`] where it is empty, since a list of CASE never is.
    pub fn page(&self, documents: Vec<Value>) -> Result<Page, Ask> {
        let mut documents: Vec<Value> = documents
            .into_iter()
            .filter(|document| self.matches(document))
            .collect();
        if let Some(field) = &self.sort {
            let compare = |a: &Value, b: &Value| text(a.get(field)).cmp(&text(b.get(field)));
            documents.sort_by(|a, b| if self.descending { compare(b, a) } else { compare(a, b) });
        }
        let total = documents.len();
        let part = documents.into_iter().skip(self.offset).take(self.limit());
        self.page_of(part.collect(), total)
    }

    /// The page that these documents are, out of so many.
    ///
    /// # Errors
    /// As [`Query::page`].
    pub fn page_of(&self, documents: Vec<Value>, total: usize) -> Result<Page, Ask> {
        if documents.is_empty() {
            let words = if total == 0 {
                "No document is so."
            } else {
                "The list ends before this offset."
            };
            return Err(Ask::Nothing(words.into()));
        }
        let limit = self.limit();
        let after = self.offset.saturating_add(documents.len());
        Ok(Page {
            documents: documents.into_iter().map(|document| self.selected(document)).collect(),
            before: (self.offset > 0).then(|| self.offset.saturating_sub(limit)),
            after: (after < total).then_some(after),
            last: (total - 1) / limit * limit,
            total,
            limit,
        })
    }

    fn limit(&self) -> usize {
        self.limit.unwrap_or(PAGE).min(MOST)
    }

    fn matches(&self, document: &Value) -> bool {
        let all = |conditions: &Vec<Condition>| conditions.iter().all(|condition| condition.holds(document));
        self.filter.is_empty() || self.filter.iter().any(all)
    }

    fn selected(&self, mut document: Value) -> Value {
        if let Some(object) = document.as_object_mut().filter(|_| !self.fields.is_empty()) {
            object.retain(|key, _| REQUIRED.contains(&key.as_str()) || self.fields.contains(key));
        }
        document
    }
}

impl Condition {
    fn holds(&self, document: &Value) -> bool {
        let values = match document.get(&self.field) {
            Some(Value::Array(list)) => list.iter().map(|value| text(Some(value))).collect(),
            value => vec![text(value)],
        };
        let one = |value: &String| match self.predicate {
            Predicate::Contains => value.to_lowercase().contains(&self.value.to_lowercase()),
            Predicate::Equal => *value == self.value,
            Predicate::Not => *value != self.value,
            Predicate::Least => value.cmp(&self.value) != Ordering::Less,
            Predicate::More => value.cmp(&self.value) == Ordering::Greater,
            Predicate::Most => value.cmp(&self.value) != Ordering::Greater,
            Predicate::Less => value.cmp(&self.value) == Ordering::Less,
        };
        if self.predicate == Predicate::Not {
            values.iter().all(one)
        } else {
            values.iter().any(one)
        }
    }
}

fn is_field(name: &str) -> bool {
    FIELDS.contains(&name)
}

/// What is compared; of a link, its title.
fn text(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Object(link)) => text(link.get("title")),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

fn number(name: &str, value: &str, least: i32) -> Result<usize, Ask> {
    let number = value.parse::<i32>().ok().filter(|number| *number >= least);
    let number = number.and_then(|number| usize::try_from(number).ok());
    number.ok_or_else(|| Ask::Invalid(format!("“{name}” is a whole number of at least {least}.")))
}

/// Conditions of which one group must hold as a whole: AND binds closer than OR.
fn filter(whole: &str) -> Result<Vec<Vec<Condition>>, Ask> {
    let unreadable =
        || Ask::Nothing("The filter cannot be read. It has the form title~'library' AND language='en'.".into());
    let mut rest = whole.trim();
    if rest.is_empty() {
        return Ok(Vec::new());
    }
    if rest.chars().count() > FILTER {
        return Err(unreadable());
    }
    let mut groups = vec![Vec::new()];
    loop {
        let (condition, after) = condition(rest).ok_or_else(unreadable)?;
        if !is_field(&condition.field) {
            return Err(Ask::Field(format!("Documents have no field “{}”.", condition.field)));
        }
        groups.last_mut().ok_or_else(unreadable)?.push(condition);
        rest = after.trim_start();
        if rest.is_empty() {
            return Ok(groups);
        }
        if let Some(next) = rest.strip_prefix("OR ") {
            groups.push(Vec::new());
            rest = next.trim_start();
        } else {
            rest = rest.strip_prefix("AND ").ok_or_else(unreadable)?.trim_start();
        }
    }
}

/// `field=value` with the value in single quotes, and what follows it.
fn condition(text: &str) -> Option<(Condition, &str)> {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric()).filter(|end| *end > 0)?;
    let (field, rest) = text.split_at(end);
    let rest = rest.trim_start();
    let (predicate, rest) = PREDICATES
        .iter()
        .find_map(|(sign, predicate)| Some((*predicate, rest.strip_prefix(sign)?)))?;
    let (value, rest) = rest.trim_start().strip_prefix('\'')?.split_once('\'')?;
    let condition = Condition {
        field: field.to_owned(),
        predicate,
        value: value.to_owned(),
    };
    Some((condition, rest))
}

#[cfg(test)]
#[path = "case_query_tests.rs"]
mod tests;
