//! What reading a file had to say: problems by place, and leniencies counted.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ExchangeSet, Format, Limits};

/// Problems of one severity that are listed one by one; the rest is counted in
/// a closing line, so that a hostile file cannot fill the page.
const LISTED: usize = 500;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Severity {
    /// The file cannot be imported until this is put right.
    Refused,
    /// This piece is left out; the rest is sound.
    Skipped,
    /// Imported, in a way the librarian should know of.
    Noted,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// `row 12` (as a spreadsheet counts, the header included),
    /// `CFItem <identifier>`, or `file`.
    pub place: String,
    /// A sentence for a librarian.
    pub message: String,
    pub severity: Severity,
}

/// One way in which the file departs from its format and was read all the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leniency {
    pub message: String,
    /// How often, and where first.
    pub count: u32,
    pub first_place: String,
}

/// The outcome of reading a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parsed {
    /// None when nothing could be read. With a refused problem the set holds
    /// what is sound, for a preview only.
    pub set: Option<ExchangeSet>,
    pub problems: Vec<Problem>,
    pub leniencies: Vec<Leniency>,
    pub format: Option<Format>,
}

impl Parsed {
    pub fn refused(&self) -> bool {
        let refusal = |problem: &Problem| problem.severity == Severity::Refused;
        self.set.is_none() || self.problems.iter().any(refusal)
    }

    /// The set, unless the file was refused.
    pub fn importable(&self) -> Option<&ExchangeSet> {
        self.set.as_ref().filter(|_| !self.refused())
    }
}

/// Collects while a file is read.
#[derive(Debug, Default)]
pub(super) struct Report {
    listed: [Vec<Problem>; 3],
    beyond: [u32; 3],
    leniencies: BTreeMap<String, (u32, String)>,
    /// What of the file is taken in.
    pub limits: Limits,
}

impl Report {
    pub fn within(limits: Limits) -> Self {
        Self {
            limits,
            ..Self::default()
        }
    }

    pub fn refuse(&mut self, place: impl Into<String>, message: impl Into<String>) {
        self.push(Severity::Refused, place.into(), message.into());
    }

    pub fn skip(&mut self, place: impl Into<String>, message: impl Into<String>) {
        self.push(Severity::Skipped, place.into(), message.into());
    }

    pub fn note(&mut self, place: impl Into<String>, message: impl Into<String>) {
        self.push(Severity::Noted, place.into(), message.into());
    }

    fn push(&mut self, severity: Severity, place: String, message: String) {
        let slot = severity as usize;
        if self.listed[slot].len() < LISTED {
            self.listed[slot].push(Problem {
                place,
                message,
                severity,
            });
        } else {
            self.beyond[slot] += 1;
        }
    }

    /// A departure from the format that costs nothing: counted, not listed.
    pub fn lenient(&mut self, message: &str, place: &str) {
        if let Some((count, _)) = self.leniencies.get_mut(message) {
            *count += 1;
        } else if self.leniencies.len() < LISTED {
            self.leniencies.insert(message.into(), (1, place.into()));
        }
    }

    pub fn into_parsed(self, format: Option<Format>, set: Option<ExchangeSet>) -> Parsed {
        let mut problems = Vec::new();
        let severities = [Severity::Refused, Severity::Skipped, Severity::Noted];
        for ((listed, beyond), severity) in self.listed.into_iter().zip(self.beyond).zip(severities) {
            problems.extend(listed);
            if beyond > 0 {
                let message = format!("{beyond} more of this kind are not listed.");
                problems.push(Problem {
                    place: "file".into(),
                    message,
                    severity,
                });
            }
        }
        let leniencies = self
            .leniencies
            .into_iter()
            .map(|(message, (count, first_place))| Leniency {
                message,
                count,
                first_place,
            })
            .collect();
        Parsed {
            set,
            problems,
            leniencies,
            format,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_of_remarks_never_hides_a_refusal() {
        let mut report = Report::default();
        for row in 0..5_000 {
            report.note(format!("row {row}"), "Odd.");
            report.lenient("Odd too", &format!("row {row}"));
        }
        report.refuse("row 9", "No.");
        let parsed = report.into_parsed(None, Some(ExchangeSet::default()));
        assert!(parsed.refused() && parsed.importable().is_none());
        assert_eq!(parsed.problems.len(), 502);
        assert_eq!(parsed.problems[501].message, "4500 more of this kind are not listed.");
        assert_eq!(parsed.leniencies[0].count, 5_000);
        assert_eq!(parsed.leniencies[0].first_place, "row 0");
    }
}
