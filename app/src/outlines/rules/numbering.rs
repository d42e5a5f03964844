//! Codes that follow from the place of a node.

use super::outline::Outline;

/// The code of a node by its place among its siblings and those above it,
/// counted from 1: "LM 3.4".
pub fn numbered(prefix: &str, path: &[u32]) -> String {
    let numbers: Vec<String> = path.iter().map(u32::to_string).collect();
    let between = if prefix.ends_with(char::is_alphanumeric) {
        " "
    } else {
        ""
    };
    format!("{prefix}{between}{}", numbers.join("."))
}

impl Outline {
    /// Gives each node its code, where codes follow from the place. Those given
    /// by hand stay, and count in their row.
    pub(super) fn renumber(&mut self) {
        if !self.frame.numbered {
            return;
        }
        let mut path: Vec<u32> = Vec::new();
        for node in &mut self.nodes {
            path.truncate(node.depth + 1);
            path.resize(node.depth + 1, 0);
            if let Some(last) = path.last_mut() {
                *last += 1;
            }
            if !node.content.by_hand {
                node.content.code = numbered(&self.frame.prefix, &path);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::any_steps::outline;
    use super::*;

    #[test]
    fn a_code_says_the_place() {
        assert_eq!(numbered("LM", &[3, 4]), "LM 3.4");
        assert_eq!(numbered("LM-", &[3]), "LM-3");
        assert_eq!(numbered("", &[1, 2, 10]), "1.2.10");
    }

    #[test]
    fn codes_by_hand_stay_and_count() {
        let mut outline = outline(&[0, 1, 1, 1, 0, 1]);
        outline.frame.numbered = true;
        outline.nodes[2].content.by_hand = true;
        outline.nodes[2].content.code = "own".into();
        outline.renumber();
        let codes: Vec<_> = outline.nodes.iter().map(|node| node.content.code.as_str()).collect();
        assert_eq!(codes, ["1", "1.1", "own", "1.3", "2", "2.1"]);
    }
}
