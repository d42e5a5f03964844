//! All that reviewers are shown of a statement is what is signed off.

use super::*;
use crate::db::MIGRATIONS;

impl Round {
    async fn changed(&self) -> Vec<u32> {
        let since = store::changed_since(self.db(), &self.edition).await.unwrap();
        since.lines.iter().map(|line| line.number).collect()
    }

    async fn does(&self, sql: &'static str) {
        let vars = vars! { "node" => self.node(1).await, "edition" => self.edition.clone() };
        self.db().write(sql, vars).await.unwrap();
    }
}

#[tokio::test]
async fn whatever_reviewers_are_shown_is_changed_only_where_it_is_said() {
    let round = signed().await;
    let own = [
        (
            "UPDATE $node SET level_descriptions = ['', 'Says so', ''];",
            "UPDATE $node SET level_descriptions = NONE;",
        ),
        ("UPDATE $node SET notes = 'A note.';", "UPDATE $node SET notes = NONE;"),
        ("UPDATE $node SET topics = ['money'];", "UPDATE $node SET topics = [];"),
        (
            "UPDATE $node SET sources = [{ title: 'A book', credit: '', address: '' }];",
            "UPDATE $node SET sources = NONE;",
        ),
    ];
    for (change, back) in own {
        round.does(change).await;
        assert_eq!(round.changed().await, [1], "{change}");
        round.does(back).await;
        assert_eq!(round.changed().await, [0_u32; 0], "{back}");
    }
    // The headings that it is read under, for all that stands beneath them.
    let headings = [
        (
            "LET $above = $node.above; UPDATE $above SET title = string::concat(title, '!');",
            "LET $above = $node.above; UPDATE $above SET title = string::replace(title, '!', '');",
        ),
        (
            "LET $above = $node.above; UPDATE $above SET description = 'Anew.';",
            "LET $above = $node.above; UPDATE $above SET description = '';",
        ),
    ];
    for (change, back) in headings {
        round.does(change).await;
        assert_eq!(round.changed().await, [1, 2, 3], "{change}");
        round.does(back).await;
        assert_eq!(round.changed().await, [0_u32; 0], "{back}");
    }
    // Levels are shown beside what they mean for the statement.
    round.does("UPDATE $edition SET levels[0].label = 'Nothing';").await;
    assert_eq!(round.changed().await, [0_u32; 0]);
}

#[tokio::test]
async fn a_text_that_goes_to_another_list_is_a_change() {
    let round = opened(true).await;
    let prints = async |sql| {
        round.does(sql).await;
        let print = "SELECT VALUE [fn::shown_print(id), fn::shown_rest(id)] FROM $node;";
        let vars = vars! { "node" => round.node(1).await };
        round.db().row::<Vec<String>>(print, vars).await.unwrap().unwrap()
    };
    let mut all = Vec::new();
    for sql in [
        "UPDATE $node SET knowledge = ['alpha', 'skills', 'beta'], skills = [];",
        "UPDATE $node SET knowledge = ['alpha'], skills = ['beta'];",
        "UPDATE $node SET knowledge = ['alpha'], skills = ['skills', 'beta'];",
        "UPDATE $node SET knowledge = [], skills = ['alpha', 'skills', 'beta'];",
        "UPDATE $node SET knowledge = [\"alpha', 'skills', 'beta\"], skills = [];",
        "UPDATE $node SET knowledge = ['alpha\\', \\'skills', 'beta'], skills = [];",
        "UPDATE $node SET knowledge = ['\"alpha\\', \\'skills', 'beta'], skills = [];",
        "UPDATE $node SET knowledge = ['alpha\\\\', 'beta'], skills = [];",
    ] {
        let found = prints(sql).await;
        assert!(!all.contains(&found), "{sql}");
        all.push(found);
    }
}

#[tokio::test]
async fn rounds_from_before_go_on_by_what_they_said() {
    let round = signed().await;
    let was = round.title(2).await.unwrap();
    let before = "UPDATE review_item SET signed_print = fn::node_print(node), resolved_print = fn::node_print(node),
        seen = [fn::node_print(node)], seen_rest = [fn::node_rest(node)];
        UPDATE verdict SET saw = fn::node_print(item.node), saw_rest = fn::node_rest(item.node);";
    round.db().write(before, vars! {}).await.unwrap();
    round.reword(2, "Says another thing").await;
    let step = MIGRATIONS.iter().find(|step| step.name == "0105_shown").unwrap();
    round.db().write(step.sql, vars! {}).await.unwrap();
    let step = MIGRATIONS.iter().find(|step| step.name == "0106_judged").unwrap();
    round.db().write(step.sql, vars! {}).await.unwrap();
    // What was changed is, what was not is not, and from then on all of it counts.
    assert_eq!(round.changed().await, [2]);
    round.does("UPDATE $node SET notes = 'A note.';").await;
    assert_eq!(round.changed().await, [1, 2]);
    round.reword(2, &was).await;
    assert_eq!(round.changed().await, [1]);
    let same = "count(SELECT VALUE id FROM verdict WHERE saw = fn::shown_print(item.node));";
    assert_eq!(round.many(same).await, 2, "those of what says what it said");
    let seen = "count(SELECT VALUE id FROM review_item WHERE seen = [fn::shown_print(node)] AND seen_rest = [fn::shown_rest(node)]);";
    assert_eq!(round.many(seen).await, 2);
    let line = round.board(Only::All).await.lines.into_iter().nth(1).unwrap();
    assert!(!line.changed_since);
}
