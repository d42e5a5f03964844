//! Well-formed HTML as paragraphs of runs, for formats that have no HTML.

use html_escape::decode_html_entities;

/// A paragraph or an item of a list.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Lines {
    /// How many lists it stands in.
    pub indent: u32,
    pub is_item: bool,
    pub is_heading: bool,
    pub runs: Vec<Run>,
}

/// A stretch of text that looks the same.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Run {
    pub text: String,
    pub strong: bool,
    pub emphasis: bool,
    /// Where it leads.
    pub link: Option<String>,
}

/// The paragraphs of what [`well_formed`](super::markup::well_formed) gave.
pub fn paragraphs(html: &str) -> Vec<Lines> {
    let mut reader = Reader::default();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        reader.text(&rest[..start]);
        let Some(end) = rest[start..].find('>') else {
            rest = "";
            break;
        };
        reader.tag(&rest[start + 1..start + end]);
        rest = &rest[start + end + 1..];
    }
    reader.text(rest);
    reader.end_paragraph();
    reader.done
}

#[derive(Default)]
struct Reader {
    done: Vec<Lines>,
    open: Lines,
    lists: u32,
    strong: u32,
    emphasis: u32,
    link: Option<String>,
}

impl Reader {
    fn text(&mut self, text: &str) {
        let text = decode_html_entities(text);
        // Line ends between elements are no words.
        if text.trim().is_empty() && self.open.runs.is_empty() {
            return;
        }
        if !text.is_empty() {
            self.open.runs.push(Run {
                text: text.replace('\n', " "),
                strong: self.strong > 0,
                emphasis: self.emphasis > 0,
                link: self.link.clone(),
            });
        }
    }

    fn tag(&mut self, tag: &str) {
        let (name, closes) = match tag.strip_prefix('/') {
            Some(name) => (name, true),
            None => (tag.split([' ', '/']).next().unwrap_or_default(), false),
        };
        let count = |count: u32| if closes { count.saturating_sub(1) } else { count + 1 };
        match name {
            "strong" | "th" => self.strong = count(self.strong),
            "em" => self.emphasis = count(self.emphasis),
            "a" => self.link = (!closes).then(|| address(tag)).flatten(),
            "br" => self.text("\u{2028}"),
            "ul" | "ol" => {
                self.end_paragraph();
                self.lists = count(self.lists);
            }
            "td" if closes => self.text("\u{2003}"),
            "p" | "li" | "tr" | "blockquote" | "pre" | "hr" | "table" => self.end_paragraph(),
            _ if name.starts_with('h') => {
                self.end_paragraph();
                self.open.is_heading = !closes;
            }
            _ => {}
        }
        if name == "li" && !closes {
            self.open.is_item = true;
            self.open.indent = self.lists;
        }
    }

    fn end_paragraph(&mut self) {
        let open = std::mem::take(&mut self.open);
        if open.runs.is_empty() {
            // The text of an item often stands in a paragraph of its own.
            self.open.is_item = open.is_item;
            self.open.indent = open.indent;
        } else {
            self.done.push(open);
        }
    }
}

/// The address in a link's tag.
fn address(tag: &str) -> Option<String> {
    let (_, rest) = tag.split_once("href=\"")?;
    let (address, _) = rest.split_once('"')?;
    Some(decode_html_entities(address).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(lines: &Lines) -> String {
        lines.runs.iter().map(|run| run.text.as_str()).collect()
    }

    #[test]
    fn paragraphs_items_and_runs_are_told_apart() {
        let html = "<p>Know <em>why</em> &amp; <a href=\"https://a.example/?x=1&amp;y=2\" rel=\"nofollow\">how</a>.</p>\n\
                    <ul>\n<li>First</li>\n<li><p>Second</p>\n</li>\n</ul><h3>More</h3>";
        let read = paragraphs(html);
        let said: Vec<_> = read
            .iter()
            .map(|lines| (lines.indent, lines.is_item, words(lines)))
            .collect();
        let expected = [
            (0, false, "Know why & how.".to_owned()),
            (1, true, "First".into()),
            (1, true, "Second".into()),
            (0, false, "More".into()),
        ];
        assert_eq!(said, expected);
        assert!(read[0].runs[1].emphasis && !read[0].runs[2].emphasis);
        assert_eq!(read[0].runs[3].link.as_deref(), Some("https://a.example/?x=1&y=2"));
        assert!(read[3].is_heading);
    }

    #[test]
    fn what_is_no_tag_ends_nothing_badly() {
        assert_eq!(
            paragraphs("a <"),
            [Lines {
                runs: vec![Run {
                    text: "a ".into(),
                    ..Run::default()
                }],
                ..Lines::default()
            }]
        );
        assert!(paragraphs("").is_empty());
    }
}
