//! What of a tree is shown at once: one page of what stands side by side, and of
//! what stands beneath that as much as fits. What does not is a closed branch: it
//! says how much it holds, and is opened from an address of its own.

use super::OutlineNode;

/// The most nodes that are shown at once.
const SHOWN: usize = 400;

/// What a page of what stands beneath a node is called in its address.
pub const BENEATH: &str = "beneath";

/// The most that stand side by side on a page.
pub const BESIDE: usize = 200;

/// One page of what stands beneath a node, or of a whole edition.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Branch {
    pub nodes: Vec<OutlineNode>,
    pub page: u32,
    pub pages: u32,
    /// How many stand side by side with the first ones after this page.
    left: usize,
}

impl Branch {
    /// The page of that number, else the last one.
    pub fn of(mut nodes: Vec<OutlineNode>, page: u32) -> Self {
        count_beneath(&mut nodes);
        let top = top(&nodes);
        let many = nodes.iter().filter(|node| node.depth == top).count();
        let pages = u32::try_from(many.div_ceil(BESIDE).max(1)).unwrap_or(u32::MAX);
        let page = page.clamp(1, pages);
        let from = usize::try_from(page - 1).unwrap_or(usize::MAX).saturating_mul(BESIDE);
        let mut before = 0;
        nodes.retain(|node| {
            before += usize::from(node.depth == top);
            let place = before.max(1);
            from < place && place <= from + BESIDE
        });
        Self {
            nodes: closed(fitting(limited(nodes))),
            page,
            pages,
            left: many.saturating_sub(from + BESIDE),
        }
    }

    /// With a line at its foot for what stands beneath `address` after this page.
    pub fn with_more(self, address: &str) -> Vec<OutlineNode> {
        let more = (self.left > 0).then(|| more(top(&self.nodes), self.left, address, self.page + 1));
        self.nodes.into_iter().chain(more).collect()
    }
}

fn top(nodes: &[OutlineNode]) -> u32 {
    nodes.iter().map(|node| node.depth).min().unwrap_or(0)
}

fn more(depth: u32, many: usize, address: &str, page: u32) -> OutlineNode {
    OutlineNode {
        depth,
        title: format!("and {many} more"),
        address: address.to_owned(),
        page,
        ..OutlineNode::default()
    }
}

/// Notes at each node how much stands beneath it.
fn count_beneath(nodes: &mut [OutlineNode]) {
    let mut open: Vec<usize> = Vec::new();
    for at in 0..nodes.len() {
        while open.last().is_some_and(|above| nodes[*above].depth >= nodes[at].depth) {
            open.pop();
        }
        for above in &open {
            nodes[*above].beneath += 1;
        }
        open.push(at);
    }
}

/// A node on the way down to the next line.
struct Open {
    depth: u32,
    address: String,
    /// How many stand right beneath it.
    many: usize,
}

/// The first of what stands side by side beneath something, and a line that leads
/// to the rest.
fn limited(nodes: Vec<OutlineNode>) -> Vec<OutlineNode> {
    let mut kept: Vec<OutlineNode> = Vec::with_capacity(nodes.len());
    let mut open: Vec<Open> = Vec::new();
    // The depth of what is left out, until something as high follows.
    let mut leaving: Option<u32> = None;
    for node in nodes {
        if leaving.is_some_and(|depth| node.depth > depth) {
            continue;
        }
        close(&mut open, node.depth, &mut kept);
        let beyond = open.last_mut().is_some_and(|above| {
            above.many += 1;
            above.many > BESIDE
        });
        leaving = beyond.then_some(node.depth);
        if !beyond {
            open.push(Open {
                depth: node.depth,
                address: node.address.clone(),
                many: 0,
            });
            kept.push(node);
        }
    }
    close(&mut open, 0, &mut kept);
    kept
}

fn close(open: &mut Vec<Open>, depth: u32, kept: &mut Vec<OutlineNode>) {
    while let Some(done) = open.pop_if(|open| open.depth >= depth) {
        if done.many > BESIDE {
            kept.push(more(done.depth + 1, done.many - BESIDE, &done.address, 2));
        }
    }
}

/// As many levels as fit, and of the next one what stands in the first branches.
fn fitting(nodes: Vec<OutlineNode>) -> Vec<OutlineNode> {
    let within = |depth: u32| nodes.iter().filter(|node| node.depth <= depth).count();
    let deepest = nodes.iter().map(|node| node.depth).max().unwrap_or(0);
    if nodes.len() <= SHOWN {
        return nodes;
    }
    let top = top(&nodes);
    let depth = (top..deepest)
        .rev()
        .find(|depth| within(*depth) <= SHOWN)
        .unwrap_or(top);
    let mut room = SHOWN.saturating_sub(within(depth));
    let mut branches: Vec<usize> = Vec::new();
    for node in &nodes {
        if node.depth <= depth {
            branches.push(0);
        } else if let Some(many) = branches.last_mut().filter(|_| node.depth == depth + 1) {
            *many += 1;
        }
    }
    let fits = |many: &&usize| {
        let fits = **many <= room;
        room = room.saturating_sub(**many);
        fits
    };
    let open = branches.iter().take_while(fits).count();
    let mut branch = 0;
    let kept = |node: &OutlineNode| {
        branch += usize::from(node.depth <= depth);
        node.depth <= depth || (node.depth == depth + 1 && branch <= open)
    };
    nodes.into_iter().filter(kept).collect()
}

/// What stands beneath a node is left out where nothing follows it: all others
/// are open.
fn closed(mut nodes: Vec<OutlineNode>) -> Vec<OutlineNode> {
    let open: Vec<bool> = nodes.windows(2).map(|two| two[1].depth > two[0].depth).collect();
    for (node, open) in nodes.iter_mut().zip(open) {
        if open {
            node.beneath = 0;
        }
    }
    nodes
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// A tree by its depths; each address is the place.
    fn tree(depths: impl IntoIterator<Item = u32>) -> Vec<OutlineNode> {
        let node = |(at, depth): (usize, u32)| OutlineNode {
            depth,
            address: at.to_string(),
            ..OutlineNode::default()
        };
        depths.into_iter().enumerate().map(node).collect()
    }

    fn beneath(all: &[OutlineNode], address: &str) -> Vec<OutlineNode> {
        let at = all.iter().position(|node| node.address == address).unwrap();
        let depth = all[at].depth;
        all[at + 1..]
            .iter()
            .take_while(|node| node.depth > depth)
            .cloned()
            .collect()
    }

    /// All that one comes to by links from the first page, and how many lines the
    /// longest page has.
    fn reached(all: &[OutlineNode]) -> (BTreeSet<String>, usize) {
        let (mut seen, mut longest) = (BTreeSet::new(), 0);
        let mut ahead: Vec<(Option<String>, u32)> = vec![(None, 1)];
        let mut asked = BTreeSet::new();
        while let Some((within, page)) = ahead.pop() {
            if !asked.insert((within.clone(), page)) {
                continue;
            }
            let nodes = within
                .as_ref()
                .map_or_else(|| all.to_vec(), |address| beneath(all, address));
            let branch = Branch::of(nodes, page);
            ahead.extend((branch.page < branch.pages).then(|| (within.clone(), page + 1)));
            longest = longest.max(branch.nodes.len());
            for node in branch.nodes {
                match (node.page, node.beneath) {
                    (0, 0) => {}
                    (page, _) => ahead.push((Some(node.address.clone()), page.max(1))),
                }
                seen.insert(node.address);
            }
        }
        (seen, longest)
    }

    #[test]
    fn whatever_the_tree_links_lead_to_all_of_it() {
        let four = (0..1_100).map(|at| match at {
            at if at % 110 == 0 => 0,
            at if at % 22 == 0 => 1,
            at if at % 5 == 0 => 2,
            _ => 3,
        });
        let flat = std::iter::repeat_n(0, 1_100);
        let section = std::iter::once(0).chain(std::iter::repeat_n(1, 1_100));
        let deep = (0..1_100).map(|at| at % 30);
        // Everything in the last of many, which does not fit.
        let last = std::iter::repeat_n(0, 150).chain((0..900).map(|at| 1 + at % 3));
        let shapes: [Vec<u32>; 5] = [
            four.collect(),
            flat.collect(),
            section.collect(),
            deep.collect(),
            last.collect(),
        ];
        for (shape, depths) in shapes.into_iter().enumerate() {
            // No line stands two steps beneath the one before it.
            let stepwise = depths.into_iter().scan(None, |last: &mut Option<u32>, depth| {
                let depth = depth.min(last.map_or(0, |last| last + 1));
                *last = Some(depth);
                Some(depth)
            });
            let all = tree(stepwise);
            let (seen, longest) = reached(&all);
            assert_eq!(seen.len(), all.len(), "shape {shape}");
            assert!(longest <= SHOWN, "shape {shape}: {longest}");
        }
    }

    #[test]
    fn any_tree_is_reached() {
        for seed in 0..40_u32 {
            let mut last = 0;
            let depths = (0..1_300_u32).map(|at| {
                let next = seed.wrapping_mul(2_654_435_761).wrapping_add(at.wrapping_mul(40_503)) >> 7;
                last = if at == 0 {
                    0
                } else {
                    next % (last + 2).min(2 + seed % 5)
                };
                last
            });
            let all = tree(depths.collect::<Vec<_>>());
            let (seen, longest) = reached(&all);
            assert_eq!(seen.len(), all.len(), "{seed}");
            assert!(longest <= SHOWN, "{seed}: {longest}");
        }
    }

    #[test]
    fn what_is_closed_says_how_much_it_holds() {
        let shown = Branch::of(tree((0..1_500).map(|at| u32::from(at % 100 != 0))), 1);
        let closed: Vec<u32> = shown
            .nodes
            .iter()
            .filter(|node| node.depth == 0)
            .map(|node| node.beneath)
            .collect();
        assert_eq!(closed[..5], [0, 0, 0, 99, 99]);
        assert_eq!((closed.len(), shown.page, shown.pages), (15, 1, 1));
        let small = Branch::of(tree([0, 1, 2, 2, 1]), 7);
        assert_eq!((small.nodes.len(), small.page), (5, 1));
        assert!(small.nodes.iter().all(|node| node.beneath == 0));
    }

    #[test]
    fn a_page_has_a_line_for_what_follows_it() {
        let lines = Branch::of(tree(std::iter::repeat_n(3, 450)), 2).with_more("A");
        let last = lines.last().unwrap();
        assert_eq!((lines.len(), last.title.as_str()), (201, "and 50 more"));
        assert_eq!((last.depth, last.address.as_str(), last.page), (3, "A", 3));
        assert_eq!(Branch::of(tree([3, 3]), 1).with_more("A").len(), 2);
    }
}
