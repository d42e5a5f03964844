//! How many statements were at level, over time.

use std::collections::HashMap;

use super::model::HistoryPoint;
use crate::id::NodeId;

/// The most points of a line.
const POINTS: usize = 12;

/// One self-judgement: when, as the line shows it, of what, and the level.
pub struct Event {
    pub period: String,
    pub node: NodeId,
    pub level: Option<u32>,
}

/// A point for each period with a judgement, at most twelve, the last one
/// always among them. Events come oldest first.
pub fn line(events: &[Event], targets: &HashMap<NodeId, u32>) -> Vec<HistoryPoint> {
    let mut reached: HashMap<&NodeId, bool> = HashMap::new();
    let mut points: Vec<HistoryPoint> = Vec::new();
    let mut at_level = 0_u32;
    for event in events {
        let Some(target) = targets.get(&event.node) else {
            continue;
        };
        let now = event.level.is_some_and(|level| level >= *target);
        let before = reached.insert(&event.node, now).unwrap_or(false);
        match (before, now) {
            (false, true) => at_level += 1,
            (true, false) => at_level -= 1,
            _ => {}
        }
        match points.last_mut().filter(|point| point.label == event.period) {
            Some(point) => point.at_level = at_level,
            None => points.push(HistoryPoint {
                label: event.period.clone(),
                at_level,
            }),
        }
    }
    thin(points)
}

fn thin(points: Vec<HistoryPoint>) -> Vec<HistoryPoint> {
    let count = points.len();
    if count <= POINTS {
        return points;
    }
    let kept: Vec<usize> = (0..POINTS).map(|at| at * (count - 1) / (POINTS - 1)).collect();
    points
        .into_iter()
        .enumerate()
        .filter(|(at, _)| kept.contains(at))
        .map(|(_, point)| point)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(name: &str) -> NodeId {
        NodeId::parse(name).unwrap()
    }

    fn event(period: &str, name: &str, level: Option<u32>) -> Event {
        Event {
            period: period.into(),
            node: node(name),
            level,
        }
    }

    #[test]
    fn the_newest_judgement_counts_at_each_time() {
        let targets = HashMap::from([(node("a"), 2), (node("b"), 1)]);
        let events = [
            event("Jan", "a", Some(1)),
            event("Feb", "a", Some(2)),
            event("Feb", "b", Some(3)),
            event("Feb", "elsewhere", Some(3)),
            event("Mar", "b", None),
        ];
        let points = line(&events, &targets);
        let figures: Vec<_> = points
            .iter()
            .map(|point| (point.label.as_str(), point.at_level))
            .collect();
        assert_eq!(figures, [("Jan", 0), ("Feb", 2), ("Mar", 1)]);
    }

    #[test]
    fn a_long_line_keeps_its_ends() {
        let targets = HashMap::from([(node("a"), 1)]);
        let events: Vec<_> = (0..100)
            .map(|day| event(&day.to_string(), "a", Some(day % 2)))
            .collect();
        let points = line(&events, &targets);
        assert_eq!(points.len(), POINTS);
        assert_eq!(
            (points[0].label.as_str(), points[POINTS - 1].label.as_str()),
            ("0", "99")
        );
    }
}
