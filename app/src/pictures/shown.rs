//! Pictures in what is rendered.

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::model::{MOST, of_address};
use crate::error::{AppError, Result};
use crate::html::escaped;
use crate::id::PictureId;

/// Images as links, but for our own where these are shown: those with their
/// size, so that nothing moves once they have come.
pub struct Images<I> {
    pub events: I,
    pub shown: bool,
}

impl<'a, I: Iterator<Item = Event<'a>>> Iterator for Images<I> {
    type Item = Event<'a>;

    fn next(&mut self) -> Option<Event<'a>> {
        Some(match self.events.next()? {
            Event::Start(Tag::Image {
                dest_url, title, id, ..
            }) => match of_address(&dest_url).filter(|_| self.shown) {
                Some((_, width, height)) => {
                    let words = escaped(&description(&mut self.events));
                    let html = format!(
                        "<img src=\"{dest_url}\" alt=\"{words}\" width=\"{width}\" height=\"{height}\" loading=\"lazy\">"
                    );
                    Event::InlineHtml(html.into())
                }
                None => Event::Start(Tag::Link {
                    link_type: LinkType::Inline,
                    dest_url,
                    title,
                    id,
                }),
            },
            Event::End(TagEnd::Image) => Event::End(TagEnd::Link),
            event => event,
        })
    }
}

/// The words up to the end of an image.
fn description<'a>(events: &mut impl Iterator<Item = Event<'a>>) -> String {
    let (mut words, mut open) = (String::new(), 1_usize);
    for event in events {
        match event {
            Event::Start(Tag::Image { .. }) => open += 1,
            Event::End(TagEnd::Image) => open -= 1,
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                words.push_str(&text)
            }
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
        if open == 0 {
            break;
        }
    }
    words
}

/// The pictures that cleaned HTML shows, each once.
pub fn held(html: &str) -> Result<Vec<PictureId>> {
    // What looks like a tag in a text is escaped, and so is `"` in an attribute.
    let tags = html.split("<img ").skip(1).filter_map(|rest| rest.split('>').next());
    let addresses = tags.filter_map(|tag| tag.split("src=\"").nth(1)?.split('"').next());
    let mut held: Vec<PictureId> = addresses.filter_map(of_address).map(|(picture, ..)| picture).collect();
    held.sort();
    held.dedup();
    if held.len() > MOST {
        return Err(AppError::field(
            "body",
            format!("A text holds at most {MOST} pictures."),
        ));
    }
    Ok(held)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{illustrated, names_only, plain, render};

    const OWN: &str = "/pictures/640x480-0a1b";

    #[test]
    fn our_own_pictures_are_shown_with_their_size() {
        let html = illustrated(&format!("See ![a *full* \"shelf\" > 1 m]({OWN})."));
        for part in [
            "<p>See <img ",
            " src=\"/pictures/640x480-0a1b\"",
            " alt=\"a full &quot;shelf&quot; &gt; 1 m\"",
            " width=\"640\"",
            " height=\"480\"",
            " loading=\"lazy\"",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        assert_eq!(held(&html).unwrap(), [PictureId::parse("640x480-0a1b").unwrap()]);
        assert_eq!(names_only(&html), html);
        assert_eq!(plain(&html), "See .");
        let linked = illustrated(&format!("[![a shelf]({OWN})](/courses/weeding)"));
        assert!(
            linked.contains("<a href=\"/courses/weeding\"") && linked.contains("<img "),
            "{linked}"
        );
    }

    #[test]
    fn any_other_image_is_a_link() {
        for text in [
            "![x](https://tracker.example/x.png)",
            "![x](https://tracker.example/pictures/640x480-0a1b)",
            "![x](//tracker.example/pictures/640x480-0a1b)",
            "![x](/pictures/99999x99999-0a1b)",
            "![x](/pictures/640x480-0a1b#x)",
            "![x](/files/pictures/rosa/0a1b)",
            "<img src=\"/pictures/640x480-0a1b\">",
        ] {
            let html = illustrated(text);
            assert!(
                !html.contains("<img") && held(&html).unwrap().is_empty(),
                "{text} gave {html}"
            );
        }
        let html = render(&format!("![x]({OWN})"));
        assert!(
            html.contains("<a href=\"/pictures/") && !html.contains("<img"),
            "{html}"
        );
    }

    #[test]
    fn a_description_is_text_whatever_it_holds() {
        let hostile = [
            "\" onload=\"alert(1)",
            "<script>alert(1)</script>",
            "![x](/pictures/1x1-a) \" src=\"https://tracker.example",
            "[x](javascript:alert(1))",
        ];
        for words in hostile {
            let html = illustrated(&format!("![{words}]({OWN})"));
            assert_eq!(html.matches("<img").count(), 1, "{html}");
            assert!(!html.contains("<script") && !html.contains(" src=\"https"), "{html}");
            assert!(!html.contains("\" onload"), "{html}");
            assert_eq!(held(&html).unwrap().len(), 1, "{html}");
        }
    }

    #[test]
    fn what_only_looks_like_a_picture_is_none() {
        assert!(
            held(&illustrated("`<img src=\"/pictures/1x1-a\">`"))
                .unwrap()
                .is_empty()
        );
        let many: String = (0..=MOST).map(|n| format!("![]({OWN}{n})\n\n")).collect();
        assert!(held(&illustrated(&many)).unwrap_err().at("body").is_some());
    }
}
