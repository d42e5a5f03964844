//! The figures, as a table for people and as JSON for machines.

use std::fmt::Write;
use std::time::Duration;

use serde_json::{Value, json};

use crate::data::size::Size;
use crate::import::{self, Imported};
use crate::load::Measured;
use crate::server::Memory;
use crate::typesetting;
use crate::visit::{Download, KINDS};

/// The most that a first visit may download, in bytes, and of some kinds of file.
const VISIT: usize = 320_000;
const KIND: [(&str, usize); 3] = [("CSS", 20_000), ("WebAssembly", 230_000), ("Fonts", 110_000)];

/// Seconds that an import may take.
const IMPORT: f64 = 10.0;

/// Seconds that typesetting may take.
const TYPESETTING: f64 = 20.0;

/// Everything that was measured.
pub struct Report {
    pub size: Size,
    pub seed: u64,
    pub seconds: u64,
    pub filled_in: Duration,
    pub started_in: Duration,
    pub scenarios: Vec<Line>,
    pub visit: Result<Vec<Download>, String>,
    /// None when it was not asked for.
    pub imported: Option<Result<Imported, String>>,
    /// None when it was not asked for.
    pub typeset: Option<Result<Duration, String>>,
    /// After the scenarios, before the import and the typesetting.
    pub memory: Option<Memory>,
    /// Posts that were acknowledged, and that were there afterwards.
    pub replies: (i64, i64),
}

/// One scenario's outcome.
pub struct Line {
    pub name: &'static str,
    pub figure: Option<(f64, f64)>,
    pub outcome: Result<Measured, String>,
}

fn word(held: bool) -> &'static str {
    if held { "ok" } else { "missed" }
}

impl Line {
    fn held(&self) -> Option<bool> {
        let (least, below) = self.figure?;
        Some(
            self.outcome
                .as_ref()
                .is_ok_and(|measured| measured.per_second >= least && measured.p99 < below),
        )
    }

    fn row(&self) -> String {
        let note = match (self.figure, self.held()) {
            (Some((least, below)), Some(held)) => format!("{} (at least {least}/s, p99 below {below} ms)", word(held)),
            _ => String::new(),
        };
        match &self.outcome {
            Ok(measured) => format!(
                "{:<39}{:>9.0}{:>10.2}{:>10.2}{:>10.1}  {note}",
                self.name,
                measured.per_second,
                measured.p50,
                measured.p99,
                kb(measured.bytes)
            ),
            Err(error) => format!("{:<39}failed: {error}  {note}", self.name),
        }
    }

    fn json(&self) -> Value {
        let mut value = match &self.outcome {
            Ok(measured) => json!({
                "requests_per_second": measured.per_second, "p50_ms": measured.p50, "p99_ms": measured.p99,
                "bytes": measured.bytes, "answered": measured.answered,
            }),
            Err(error) => json!({ "failed": error }),
        };
        value["name"] = json!(self.name);
        if let Some(held) = self.held() {
            value["held"] = json!(held);
        }
        value
    }
}

impl Report {
    /// Whether everything could be measured.
    pub fn is_whole(&self) -> bool {
        self.scenarios.iter().all(|line| line.outcome.is_ok())
            && self.visit.is_ok()
            && !matches!(self.imported, Some(Err(_)))
            && !matches!(self.typeset, Some(Err(_)))
            && self.replies.0 == self.replies.1
    }

    /// Bytes of a kind of file, raw and in brotli; of all kinds without one.
    fn visited(&self, kind: Option<&str>) -> (usize, usize) {
        let files = self
            .visit
            .iter()
            .flatten()
            .filter(|file| kind.is_none_or(|kind| kind == file.kind));
        files.fold((0, 0), |(raw, brotli), file| (raw + file.raw, brotli + file.brotli))
    }

    pub fn table(&self) -> String {
        let mut text = format!(
            "Size {}, seed {}, {} connections, {} s each; data made in {:.1} s\n\n",
            self.size.name,
            self.seed,
            Size::CONNECTIONS,
            self.seconds,
            self.filled_in.as_secs_f64()
        );
        let _ = writeln!(
            text,
            "{:<39}{:>9}{:>10}{:>10}{:>10}",
            "", "per s", "p50 ms", "p99 ms", "kB"
        );
        for line in &self.scenarios {
            let _ = writeln!(text, "{}", line.row().trim_end());
        }
        self.write_import(&mut text);
        self.write_typeset(&mut text);
        let (acknowledged, found) = self.replies;
        let _ = writeln!(
            text,
            "{:<39}{acknowledged:>9} acknowledged, {found} found after the end: {}\n",
            "replies kept",
            word(found >= acknowledged)
        );
        self.write_visit(&mut text);
        let _ = writeln!(
            text,
            "\n{:<39}{:>9.0} ms",
            "start-up, until ready",
            self.started_in.as_secs_f64() * 1e3
        );
        match self.memory {
            Some(Memory { resident, highest }) => {
                let (most, held) = (self.size.memory, word(resident < self.size.memory));
                let _ = writeln!(
                    text,
                    "{:<39}{resident:>9.0} MB  {held} (below {most}; highest {highest:.0})",
                    "memory after the load"
                );
            }
            None => text.push_str("memory after the load: unknown here\n"),
        }
        text
    }

    fn write_import(&self, text: &mut String) {
        let _ = match &self.imported {
            None => Ok(()),
            Some(Err(error)) => writeln!(text, "{:<39}failed: {error}", import::NAME),
            Some(Ok(imported)) => writeln!(
                text,
                "{:<39}{:>9.2} s: sent {:.2}, planned {:.2}, written {:.2}  {} (below {IMPORT} s)",
                import::NAME,
                imported.all().as_secs_f64(),
                imported.sent.as_secs_f64(),
                imported.planned.as_secs_f64(),
                imported.written.as_secs_f64(),
                word(imported.all().as_secs_f64() < IMPORT)
            ),
        };
    }

    fn write_typeset(&self, text: &mut String) {
        let _ = match &self.typeset {
            None => Ok(()),
            Some(Err(error)) => writeln!(text, "{:<39}failed: {error}", typesetting::NAME),
            Some(Ok(took)) => writeln!(
                text,
                "{:<39}{:>9.2} s  {} (below {TYPESETTING} s)",
                typesetting::NAME,
                took.as_secs_f64(),
                word(took.as_secs_f64() < TYPESETTING)
            ),
        };
    }

    fn typeset_json(&self) -> Value {
        match &self.typeset {
            None => Value::Null,
            Some(Err(error)) => json!({ "failed": error }),
            Some(Ok(took)) => json!({ "seconds": took.as_secs_f64(), "held": took.as_secs_f64() < TYPESETTING }),
        }
    }

    fn imported_json(&self) -> Value {
        match &self.imported {
            None => Value::Null,
            Some(Err(error)) => json!({ "failed": error }),
            Some(Ok(imported)) => json!({
                "seconds": imported.all().as_secs_f64(), "sent": imported.sent.as_secs_f64(),
                "planned": imported.planned.as_secs_f64(), "written": imported.written.as_secs_f64(),
                "held": imported.all().as_secs_f64() < IMPORT,
            }),
        }
    }

    fn write_visit(&self, text: &mut String) {
        if let Err(error) = &self.visit {
            let _ = writeln!(text, "first visit: failed: {error}");
            return;
        }
        let _ = writeln!(text, "{:<39}{:>9}{:>10}", "first visit", "kB", "brotli");
        for kind in KINDS {
            let (raw, brotli) = self.visited(Some(kind));
            let most = KIND.iter().find(|(bounded, _)| *bounded == kind);
            let note = most.map_or_else(String::new, |(_, most)| bound(brotli, *most));
            let _ = writeln!(
                text,
                "{:<39}{:>9.1}{:>10.1}  {note}",
                format!("  {kind}"),
                kb(raw),
                kb(brotli)
            );
        }
        let (raw, brotli) = self.visited(None);
        let _ = writeln!(
            text,
            "{:<39}{:>9.1}{:>10.1}  {}",
            "  all",
            kb(raw),
            kb(brotli),
            bound(brotli, VISIT)
        );
    }

    pub fn json(&self) -> Value {
        let kinds: serde_json::Map<String, Value> = KINDS
            .into_iter()
            .map(|kind| (kind.to_owned(), sizes(self.visited(Some(kind)))))
            .chain([("all".to_owned(), sizes(self.visited(None)))])
            .collect();
        let files = self.visit.iter().flatten();
        let files: Vec<Value> = files
            .map(|file| json!({ "path": file.path, "raw": file.raw, "brotli": file.brotli }))
            .collect();
        json!({
            "size": self.size.name,
            "seed": self.seed,
            "seconds": self.seconds,
            "connections": Size::CONNECTIONS,
            "start_up_ms": self.started_in.as_secs_f64() * 1e3,
            "scenarios": self.scenarios.iter().map(Line::json).collect::<Vec<_>>(),
            "import": self.imported_json(),
            "typesetting": self.typeset_json(),
            "replies": { "acknowledged": self.replies.0, "found": self.replies.1 },
            "first_visit": {
                "bytes": kinds,
                "files": files,
                "failed": self.visit.as_ref().err(),
                "held": self.visit.is_ok()
                    && self.visited(None).1 <= VISIT
                    && KIND.iter().all(|&(kind, most)| self.visited(Some(kind)).1 <= most),
            },
            "memory": self.memory.map(|memory| json!({
                "resident_mb": memory.resident, "highest_mb": memory.highest, "held": memory.resident < self.size.memory,
            })),
        })
    }
}

fn bound(bytes: usize, most: usize) -> String {
    format!("{} (at most {} kB)", word(bytes <= most), most / 1_000)
}

fn sizes((raw, brotli): (usize, usize)) -> Value {
    json!({ "raw": raw, "brotli": brotli })
}

fn kb(bytes: usize) -> f64 {
    bytes as f64 / 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(per_second: f64, p99: f64) -> Line {
        let measured = Measured {
            per_second,
            p50: 1.0,
            p99,
            bytes: 70_000,
            answered: 1,
        };
        Line {
            name: "thread",
            figure: Some((1_000.0, 30.0)),
            outcome: Ok(measured),
        }
    }

    #[test]
    fn a_figure_is_held_when_both_its_halves_are() {
        assert_eq!(line(1_000.0, 29.9).held(), Some(true));
        assert_eq!(line(999.0, 5.0).held(), Some(false));
        assert_eq!(line(2_000.0, 30.0).held(), Some(false));
        assert!(line(999.0, 5.0).row().contains("missed"));
        let failed = Line {
            outcome: Err("no answer".into()),
            ..line(0.0, 0.0)
        };
        assert_eq!(failed.held(), Some(false));
        assert_eq!(failed.json()["failed"], "no answer");
    }
}
