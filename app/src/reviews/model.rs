//! What the pages of review rounds show, and what their forms may say.

use serde::{Deserialize, Serialize};

pub use super::addresses::{board_href, board_item_href, cookie_name, item_href, review_href, rounds_href};
use super::rules::{Counts, Gate, Only, Resolution, Verdict, Why};
pub use super::unreviewed::{
    Changed, ChangedSince, MOST_CHANGED, Unlike, UnlikeReview, Unreviewed, WentOut, unreviewed_words,
};
use crate::competencies::model::{Details, Level, Remarks};
use crate::id::{NodeId, ReviewCommentId, ReviewRoundId, ReviewerId};
use crate::lookups::model::Suggestion;

/// Statements of one round, and people who review in it.
pub const MOST_ITEMS: usize = 5_000;
pub const MOST_REVIEWERS: usize = 200;
/// So many of those who could review are offered at once; others are looked for.
pub const MOST_SUGGESTED: usize = 50;
/// Lines of a draft that the form of a new round lists to choose from.
pub const MOST_LISTED: usize = 600;
/// Characters of what reviewers are told, and of a reason.
pub const LONGEST_WORDS: u32 = 10_000;
pub const LONGEST_REASON: u32 = 2_000;
/// Characters of a comment.
pub const LONGEST_COMMENT: u32 = 10_000;
/// Statements on a page of a list.
pub const PAGE: u32 = 50;
/// Days for which a link works after the last day of its round.
pub const LINK_DAYS: u32 = 30;

/// The rounds of a set, for its curators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundsPage {
    pub set: String,
    pub title: String,
    /// Newest first.
    pub rounds: Vec<RoundLine>,
    pub page: u32,
    pub pages: u32,
    /// The form of a new round, where there is a draft.
    pub new: Option<NewRoundForm>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundLine {
    pub id: ReviewRoundId,
    pub title: String,
    pub edition: u32,
    pub due: String,
    pub items: u32,
    pub unresolved: u32,
    pub reviewers: u32,
    pub signed_off: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewRoundForm {
    pub edition: String,
    pub number: u32,
    /// Makes a form that is sent twice one.
    pub key: String,
    pub statements: u32,
    /// What can be chosen: sections with all beneath them, and statements.
    pub choices: Vec<Choosable>,
    /// Whether there is more than is listed.
    pub cut: bool,
    /// Statements that were changed after their review, or had none.
    pub changed: u32,
    /// A day to begin with.
    pub due: String,
}

/// A line of the draft that a round can ask about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choosable {
    pub id: NodeId,
    pub depth: u32,
    pub words: String,
    pub statement: bool,
}

/// What stands at the head of a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    pub id: ReviewRoundId,
    pub set: String,
    pub set_title: String,
    pub edition: u32,
    pub title: String,
    pub words: String,
    pub words_html: String,
    /// YYYY-MM-DD, and as pages say it.
    pub due: String,
    pub due_label: String,
    pub overdue: bool,
    pub blind: bool,
    pub remind_days: u32,
    pub items: u32,
    pub signed_off: Option<SignedOff>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedOff {
    pub by: String,
    pub day: String,
    pub words: String,
}

/// A round that keeps its edition from being published, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hindrance {
    pub round: ReviewRoundId,
    pub reason: String,
}

/// The board of a round, for its curators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Board {
    pub round: Round,
    pub reviewers: Vec<ReviewerLine>,
    /// People of the organisation whose role is to review, and who do not here.
    pub suggested: Vec<(String, String)>,
    /// There are more than are offered.
    pub more_suggested: bool,
    /// The part of a name that they were looked for by.
    pub find: String,
    pub unresolved: u32,
    /// Statements that were added to the draft since, and nobody is asked about.
    pub added: u32,
    /// Headings from beneath which all statements were taken away.
    pub emptied: Vec<(NodeId, String)>,
    /// Statements of a draft that were changed after the round was signed off.
    pub changed: u32,
    /// Statements of it that are signed off, and nobody gave a verdict on.
    pub unjudged: u32,
    /// What went out so.
    pub unreviewed: Vec<Unreviewed>,
    /// Where only signing off is left: what is not what was reviewed.
    pub unlike: UnlikeReview,
    pub divided: u32,
    pub silent: u32,
    /// Statements that are not resolved and all who judged them would keep.
    pub keepable: u32,
    pub only: Only,
    pub lines: Vec<BoardLine>,
    pub page: u32,
    pub pages: u32,
    /// Whether nobody has said anything yet, so that the round can be removed.
    pub untouched: bool,
    /// Whether letters are sent from here.
    pub mail: bool,
    /// The private link into this round that this browser just made, while it
    /// works, behind whose it is.
    pub link: Option<(String, String)>,
}

impl Board {
    pub fn gate(&self) -> Gate {
        Gate::of(
            self.unresolved,
            self.added,
            self.changed + self.unjudged,
            self.round.signed_off.is_some(),
        )
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewerLine {
    pub id: ReviewerId,
    pub name: String,
    /// For those who come by a link, where it is known.
    pub email: String,
    pub by_link: bool,
    pub given: u32,
    pub finished: Option<String>,
    pub reminded: Option<String>,
    pub named: bool,
    pub revoked: bool,
}

/// A statement of a round, as its curator sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardLine {
    pub number: u32,
    pub node: NodeId,
    pub code: String,
    /// As it was asked about, and as it stands now; none: it is gone.
    pub asked: String,
    pub now: Option<String>,
    pub counts: Counts,
    pub comments: u32,
    pub times_asked: u32,
    pub resolved: Option<Resolved>,
    /// It says something else than when it was resolved.
    pub changed_since: bool,
    /// It was signed off in other words than were reviewed.
    pub unlike: Option<Why>,
    /// What holds, the oldest first.
    pub verdicts: Vec<Given>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resolved {
    pub what: Resolution,
    pub reason: String,
    pub by: String,
    pub day: String,
}

/// A verdict that somebody gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// None where somebody else who reviews sees it.
    pub reviewer: Option<ReviewerId>,
    pub name: String,
    pub what: Verdict,
    pub wording: String,
    pub other: Option<NodeId>,
    pub other_words: String,
    /// At which time of asking; earlier ones do not count any more.
    pub asked: u32,
    pub day: String,
    /// What it was before others' verdicts were shown, where it was changed since.
    pub first: Option<First>,
}

/// A verdict as it was given alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct First {
    pub what: Verdict,
    pub wording: String,
    pub other_words: String,
    pub day: String,
}

impl First {
    /// "Keep, on 3 May", "Reword, “…”, on 3 May".
    pub fn words(&self) -> String {
        let about = match (self.wording.as_str(), self.other_words.as_str()) {
            ("", "") => String::new(),
            ("", other) => format!(" with “{other}”"),
            (wording, _) => format!(", “{wording}”"),
        };
        format!("{}{about}, on {}", self.what.label(), self.day)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    pub id: ReviewCommentId,
    pub author: String,
    pub curator: bool,
    pub mine: bool,
    pub html: String,
    pub at: String,
    pub at_label: String,
    /// Whom it answers.
    pub reply_to: Option<String>,
}

/// All that is said of one statement.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    pub number: u32,
    pub of: u32,
    pub code: String,
    pub asked: String,
    /// None: it is gone from the draft.
    pub now: Option<String>,
    pub language: String,
    /// What it stands beneath, from the top.
    pub above: Vec<String>,
    /// Those of them that say more than their title, with what they say.
    pub headings: Vec<(String, String)>,
    pub description_html: String,
    pub details: Details,
    pub remarks: Remarks,
    pub levels: Vec<Level>,
    pub times_asked: u32,
    pub ask_words: String,
    /// All of it in one word: who judges it judges just that.
    pub print: String,
}

/// What was looked for in the whole draft to merge a statement with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookedFor {
    pub query: String,
    pub found: Vec<Suggestion>,
    /// What was chosen, where it is among the others.
    pub chosen: Option<String>,
}

/// The page of one statement of a round, for its curators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardItem {
    pub round: Round,
    pub statement: Statement,
    pub line: BoardLine,
    /// Verdicts from before it was asked about again.
    pub earlier: Vec<Given>,
    pub comments: Vec<Comment>,
    /// What it may be made one with.
    pub others: Vec<(String, String)>,
    pub looked_for: LookedFor,
    /// The next one that is not resolved.
    pub next_open: Option<u32>,
    pub key: String,
}

/// A round as one of its reviewers sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewPage {
    pub round: Round,
    pub me: Me,
    pub only: Only,
    pub lines: Vec<ReviewLine>,
    pub page: u32,
    pub pages: u32,
    /// The first statement that waits for a verdict.
    pub next_open: Option<u32>,
    /// What is asked once more, or was added since, and waits for a verdict.
    pub anew: Vec<ReviewLine>,
}

/// Who reviews.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    pub name: String,
    pub by_link: bool,
    pub given: u32,
    pub finished: Option<String>,
    pub named: bool,
    pub named_as: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewLine {
    pub number: u32,
    pub code: String,
    pub title: String,
    pub mine: Option<Verdict>,
    /// It is asked about again.
    pub again: bool,
    /// Why.
    pub ask_words: String,
    pub resolved: Option<Resolution>,
}

/// One statement as one of its reviewers sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewItem {
    pub round: Round,
    pub me: Me,
    pub statement: Statement,
    pub mine: Option<Given>,
    /// None: they are shown after the own verdict.
    pub theirs: Option<Vec<Given>>,
    pub comments: Vec<Comment>,
    /// What it may be merged with.
    pub others: Vec<(String, String)>,
    pub looked_for: LookedFor,
    pub resolved: Option<Resolved>,
    pub key: String,
}

/// A private link, before it is taken up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkPage {
    pub over: bool,
    pub round: ReviewRoundId,
    pub name: String,
    pub title: String,
    pub set_title: String,
    pub by: String,
    pub due_label: String,
}

/// The rounds that somebody with an account reviews in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyReviews {
    pub rounds: Vec<MyRound>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyRound {
    pub id: ReviewRoundId,
    pub title: String,
    pub set_title: String,
    pub due_label: String,
    pub given: u32,
    pub items: u32,
    pub finished: bool,
    pub over: bool,
    /// Whether they still have their place in it. Where not, all that is left is
    /// that the edition thanks them.
    pub still: bool,
}
