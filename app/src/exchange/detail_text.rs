//! Details (knowledge, skills, attitudes, behaviours) written into a
//! description, so that other systems show them, and taken out again.

use super::text::{escape_html, unescape_html};
use super::{ExchangeDetails, TextFormat};

const HEADINGS: [&str; 4] = ["Knowledge", "Skills", "Attitudes", "Behaviours"];

/// The description with the details beneath it.
pub(super) fn attach(description: &str, details: &ExchangeDetails, format: TextFormat) -> String {
    match (render(details, format), description) {
        (block, _) if block.is_empty() => description.to_owned(),
        (block, "") => block,
        (block, above) => format!("{above}\n\n{block}"),
    }
}

/// Undoes [`attach`] where the details are known from elsewhere. Text that was
/// edited since is left alone.
pub(super) fn detach(text: &str, details: &ExchangeDetails, format: TextFormat) -> String {
    let block = render(details, format);
    let without = text.strip_suffix(block.as_str()).unwrap_or(text);
    without.trim_end().to_owned()
}

fn render(details: &ExchangeDetails, format: TextFormat) -> String {
    let sections = details
        .sections()
        .into_iter()
        .filter(|(_, entries)| !entries.is_empty());
    let written = sections.map(|(heading, entries)| match format {
        TextFormat::Html => {
            let items: String = entries
                .iter()
                .map(|entry| format!("<li>{}</li>", escape_html(entry)))
                .collect();
            format!("<p><strong>{heading}</strong></p><ul>{items}</ul>")
        }
        TextFormat::Markdown | TextFormat::Plain => {
            let items: Vec<_> = entries
                .iter()
                .map(|entry| format!("- {}", entry.replace('\n', "\n  ")))
                .collect();
            format!("**{heading}**\n\n{}", items.join("\n"))
        }
    });
    written.collect::<Vec<_>>().join("\n\n")
}

/// Reads a block as [`attach`] writes it off the end of a description. Where
/// the end reads differently, all of it is description.
pub(super) fn split(text: &str, format: TextFormat) -> (String, ExchangeDetails) {
    let starts = HEADINGS.iter().flat_map(|heading| {
        let sign = match format {
            TextFormat::Html => format!("<p><strong>{heading}</strong></p>"),
            TextFormat::Markdown | TextFormat::Plain => format!("**{heading}**\n"),
        };
        // Four headings at most: only the last of each can open the block.
        text.rfind(&sign)
    });
    let mut starts: Vec<usize> = starts.collect();
    starts.sort_unstable();
    for start in starts {
        let block = &text[start..];
        let details = match format {
            TextFormat::Html => read_html(block),
            TextFormat::Markdown | TextFormat::Plain => read_markdown(block),
        };
        let own_line = format == TextFormat::Html || start == 0 || text[..start].ends_with('\n');
        if let Some(details) = details.filter(|_| own_line) {
            return (text[..start].trim_end().to_owned(), details);
        }
    }
    (text.to_owned(), ExchangeDetails::default())
}

fn read_markdown(block: &str) -> Option<ExchangeDetails> {
    let mut details = ExchangeDetails::default();
    let mut section = None;
    for line in block.lines() {
        let heading = line.strip_prefix("**").and_then(|rest| rest.strip_suffix("**"));
        if let Some(heading) = heading {
            section = next_section(section, heading)?.into();
            continue;
        }
        let entries = details.section_mut(section?);
        if let Some(entry) = line.strip_prefix("- ") {
            entries.push(entry.to_owned());
        } else if let (Some(more), Some(last)) = (line.strip_prefix("  "), entries.last_mut()) {
            last.push('\n');
            last.push_str(more);
        } else if !line.trim().is_empty() {
            return None;
        }
    }
    Some(details).filter(|details| !details.is_empty())
}

fn read_html(block: &str) -> Option<ExchangeDetails> {
    let mut details = ExchangeDetails::default();
    let (mut section, mut rest) = (None, block.trim());
    while !rest.is_empty() {
        let (heading, after) = rest.strip_prefix("<p><strong>")?.split_once("</strong></p>")?;
        section = next_section(section, heading)?.into();
        let (list, after) = after.trim_start().strip_prefix("<ul>")?.split_once("</ul>")?;
        for item in list.split("</li>").map(str::trim).filter(|item| !item.is_empty()) {
            let entry = item.strip_prefix("<li>").filter(|entry| !entry.contains('<'))?;
            details.section_mut(section?).push(unescape_html(entry));
        }
        rest = after.trim_start();
    }
    Some(details).filter(|details| !details.is_empty())
}

/// Headings come in their order, each once.
fn next_section(before: Option<usize>, heading: &str) -> Option<usize> {
    let at = HEADINGS.iter().position(|known| *known == heading)?;
    Some(at).filter(|at| before.is_none_or(|before| before < *at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn details() -> ExchangeDetails {
        ExchangeDetails {
            knowledge: vec!["Terms & <rules>".into(), "Two\nlines".into()],
            behaviours: vec!["Asks first".into()],
            ..ExchangeDetails::default()
        }
    }

    #[test]
    fn what_is_attached_comes_off_again() {
        for format in [TextFormat::Markdown, TextFormat::Html, TextFormat::Plain] {
            for description in ["", "About it.", "- a list\n- of things"] {
                let text = attach(description, &details(), format);
                assert_eq!(detach(&text, &details(), format), description);
                assert_eq!(split(&text, format), (description.to_owned(), details()));
            }
        }
        assert_eq!(attach("x", &ExchangeDetails::default(), TextFormat::Markdown), "x");
    }

    #[test]
    fn edited_or_foreign_text_is_left_alone() {
        for text in [
            "**Knowledge**\n\nprose",
            "**Knowledge**",
            "a **Skills**\n\n- b",
            "**Skills**\n\n- a\n\n**Knowledge**\n\n- b\n\nend",
        ] {
            let (left, found) = split(text, TextFormat::Markdown);
            assert!(found.is_empty() && left == text, "{text}");
        }
        for text in [
            "<p><strong>Skills</strong></p><ul><li><b>a</b></li></ul>",
            "<p><strong>Skills</strong></p><ul><li>a",
        ] {
            assert_eq!(split(text, TextFormat::Html).0, text);
        }
        let edited = attach("x", &details(), TextFormat::Markdown) + " more";
        assert_eq!(detach(&edited, &details(), TextFormat::Markdown), edited);
    }
}
