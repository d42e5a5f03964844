//! What differs between two texts, word by word.

use super::model::{Piece, Stroke};

/// More words than this on a side, at the place where the texts differ, are
/// shown as taken out and put in as a whole.
const MOST: usize = 600;

/// The pieces of the new text with what was taken out, in reading order.
/// Nothing when both are empty.
pub fn differences(old: &str, new: &str) -> Vec<Piece> {
    let old: Vec<&str> = old.split_whitespace().collect();
    let new: Vec<&str> = new.split_whitespace().collect();
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) = (&old[head..], &new[head..]);
    let pairs = old_rest.iter().rev().zip(new_rest.iter().rev());
    let tail = pairs.take_while(|(a, b)| a == b).count();
    let (old_middle, new_middle) = (&old_rest[..old_rest.len() - tail], &new_rest[..new_rest.len() - tail]);
    let mut pieces = Pieces::default();
    pieces.add(Stroke::Kept, &old[..head]);
    if old_middle.len() > MOST || new_middle.len() > MOST {
        pieces.add(Stroke::Out, old_middle);
        pieces.add(Stroke::In, new_middle);
    } else {
        middle(&mut pieces, old_middle, new_middle);
    }
    pieces.add(Stroke::Kept, &old_rest[old_rest.len() - tail..]);
    pieces.0
}

/// By the longest run of words that both have in this order.
fn middle(pieces: &mut Pieces, old: &[&str], new: &[&str]) {
    let width = new.len() + 1;
    // How long that run is from each place on.
    let mut longest = vec![0_u16; (old.len() + 1) * width];
    for a in (0..old.len()).rev() {
        for b in (0..new.len()).rev() {
            longest[a * width + b] = if old[a] == new[b] {
                longest[(a + 1) * width + b + 1] + 1
            } else {
                longest[(a + 1) * width + b].max(longest[a * width + b + 1])
            };
        }
    }
    let (mut a, mut b) = (0, 0);
    while a < old.len() && b < new.len() {
        if old[a] == new[b] {
            pieces.add(Stroke::Kept, &old[a..=a]);
            (a, b) = (a + 1, b + 1);
        } else if longest[(a + 1) * width + b] >= longest[a * width + b + 1] {
            pieces.add(Stroke::Out, &old[a..=a]);
            a += 1;
        } else {
            pieces.add(Stroke::In, &new[b..=b]);
            b += 1;
        }
    }
    pieces.add(Stroke::Out, &old[a..]);
    pieces.add(Stroke::In, &new[b..]);
}

#[derive(Default)]
struct Pieces(Vec<Piece>);

impl Pieces {
    fn add(&mut self, stroke: Stroke, words: &[&str]) {
        if words.is_empty() {
            return;
        }
        let text = words.join(" ");
        match self.0.last_mut().filter(|last| last.stroke == stroke) {
            Some(last) => {
                last.text.push(' ');
                last.text.push_str(&text);
            }
            None => self.0.push(Piece { stroke, text }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(old: &str, new: &str) -> String {
        let piece = |piece: Piece| match piece.stroke {
            Stroke::Kept => piece.text,
            Stroke::Out => format!("[-{}-]", piece.text),
            Stroke::In => format!("[+{}+]", piece.text),
        };
        differences(old, new)
            .into_iter()
            .map(piece)
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn what_went_and_what_came_is_marked() {
        assert_eq!(shown("a b c", "a b c"), "a b c");
        assert_eq!(
            shown("Explains the budget", "Explains the yearly budget"),
            "Explains the [+yearly+] budget"
        );
        assert_eq!(
            shown("Explains the old budget", "Explains the budget"),
            "Explains the [-old-] budget"
        );
        assert_eq!(shown("one two three", "one 2 three"), "one [-two-] [+2+] three");
        assert_eq!(shown("", "all new"), "[+all new+]");
        assert_eq!(shown("gone", ""), "[-gone-]");
        assert_eq!(shown("", ""), "");
    }

    #[test]
    fn both_texts_can_be_read_from_the_pieces() {
        let (old, new) = ("a b a c d b", "b a d d c a b");
        let side = |not: Stroke| {
            let kept = differences(old, new).into_iter().filter(|piece| piece.stroke != not);
            kept.map(|piece| piece.text).collect::<Vec<_>>().join(" ")
        };
        assert_eq!((side(Stroke::In), side(Stroke::Out)), (old.to_owned(), new.to_owned()));
    }

    #[test]
    fn very_long_texts_are_replaced_as_a_whole() {
        let old = "x ".repeat(MOST + 1);
        assert_eq!(differences(&old, "y").len(), 2);
    }
}
