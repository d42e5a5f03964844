//! The report of a round: a table for spreadsheets, and one file to print.

use std::fmt::Write;

use super::model::Given;
use super::rules::{Agreement, Counts, Lack, Why};
use super::store::Whole;

const COLUMNS: [&str; 16] = [
    "number",
    "code",
    "asked",
    "now",
    "keep",
    "reword",
    "merge",
    "drop",
    "agreement",
    "verdicts",
    "comments",
    "resolution",
    "reason",
    "resolved",
    "signed_off_unlike_review",
    "published_unreviewed",
];

/// Each time that a statement went out in other words than were signed off: what
/// was said of it, and the words before and after.
fn went_out(whole: &Whole, number: u32) -> impl Iterator<Item = (String, String)> {
    whole.unreviewed.iter().filter_map(move |one| {
        let line = one.statements.iter().find(|line| line.number == number)?;
        let words = match (&line.was, &line.now) {
            (_, Some(now)) if line.why == Lack::Silent => format!("“{now}”"),
            (_, None) => "left out".to_owned(),
            (None, Some(now)) => format!("put back: “{now}”"),
            (Some(was), Some(now)) if was == now => {
                "what stands beside its title, or a heading above it, changed".to_owned()
            }
            (Some(was), Some(now)) => format!("“{was}” became “{now}”"),
        };
        let who = format!("{}, {}", one.by, one.day);
        let how = match line.why {
            Lack::Changed => "changed after sign-off without a review",
            Lack::Silent => "published without a verdict of anybody",
        };
        let head = format!("Edition {}, {how} ({who})", one.edition);
        Some((format!("{head}: {words}"), one.reason.clone()))
    })
}

fn agreement(counts: Counts) -> String {
    match counts.agreement() {
        Agreement::Silent => "no verdict".into(),
        Agreement::Agreed(kind) => format!("agreed: {}", kind.as_str()),
        Agreement::Divided => "disagreement".into(),
    }
}

/// "Ana: reword: …".
fn verdict(given: &Given, times_asked: u32) -> String {
    let about = match (given.wording.as_str(), given.other_words.as_str()) {
        ("", "") => String::new(),
        ("", other) => format!(" with “{other}”"),
        (wording, _) => format!(": “{wording}”"),
    };
    let earlier = if given.asked < times_asked {
        format!(" (when asked for the {} time)", ordinal(given.asked))
    } else {
        String::new()
    };
    let first = given.first.as_ref().map_or_else(String::new, |first| {
        format!(
            " (changed after others’ verdicts were shown; before: {})",
            first.words()
        )
    });
    format!("{}: {}{about}{earlier}{first}", given.name, given.what.as_str())
}

fn ordinal(number: u32) -> String {
    match number {
        1 => "first".into(),
        2 => "second".into(),
        3 => "third".into(),
        other => format!("{other}th"),
    }
}

/// A line a statement.
pub fn csv(whole: &Whole) -> String {
    let mut table = crate::csv_lines::line(COLUMNS);
    for item in &whole.items {
        let verdicts: Vec<String> = item
            .verdicts
            .iter()
            .map(|given| verdict(given, item.times_asked))
            .collect();
        let comments: Vec<String> = item
            .comments
            .iter()
            .map(|comment| format!("{}: {}", comment.author, comment.body))
            .collect();
        let resolved = item.resolved.as_ref();
        let cells = [
            item.number.to_string(),
            item.code.clone(),
            item.asked.clone(),
            item.now.clone().unwrap_or_default(),
            item.counts.keep.to_string(),
            item.counts.reword.to_string(),
            item.counts.merge.to_string(),
            item.counts.drop.to_string(),
            agreement(item.counts),
            verdicts.join("\n"),
            comments.join("\n"),
            resolved.map_or("", |resolved| resolved.what.as_str()).to_owned(),
            resolved.map_or_else(String::new, |resolved| resolved.reason.clone()),
            resolved.map_or_else(String::new, |resolved| format!("{}, {}", resolved.by, resolved.day)),
            item.unlike.map_or("", Why::label).to_owned(),
            went_out(whole, item.number)
                .map(|(what, reason)| format!("{what}. {reason}"))
                .collect::<Vec<_>>()
                .join("\n"),
        ];
        table += &crate::csv_lines::line(cells.iter().map(String::as_str));
    }
    table
}

fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            // What HTML cannot hold is left out.
            c if c.is_control() && c != '\n' && c != '\t' => {}
            c => html.push(c),
        }
    }
    html
}

const STYLES: &str = "body{font:11pt/1.45 Georgia,serif;max-width:42rem;margin:2rem auto;padding:0 1rem;color:#1c1b18}\
h1{font-size:1.7rem}h2{font-size:1.2rem;margin-top:2rem}article{border-top:1px solid #bbb;padding:.6rem 0;break-inside:avoid}\
h3{font-size:1rem;margin:0 0 .3rem}ul{margin:.3rem 0;padding-left:1.2rem}p{margin:.3rem 0}.meta{color:#555;font-size:.9em}.lines{white-space:pre-line}\
@page{margin:2cm}@media print{body{margin:0;max-width:none;padding:0}a[href^=http]::after{content:\" (\" attr(href) \")\"}}";

/// One file with its styles inside, which carry `nonce`.
pub fn html(whole: &Whole, nonce: &str) -> String {
    let round = &whole.round;
    let mut html = String::with_capacity(whole.items.len() * 500 + 4_096);
    let title = format!("{}: {}", round.set_title, round.title);
    // Writing to a string does not fail.
    let _never_fails = write!(
        html,
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"robots\" content=\"noindex\">\
         <style nonce=\"{}\">{STYLES}</style></head><body>\n<h1>{title}</h1><p class=\"meta\">Review round of edition {}, \
         {} statements, until {}.</p>{}",
        escaped(nonce),
        round.edition,
        whole.items.len(),
        escaped(&round.due_label),
        signed_off(whole) + &unjudged(whole) + &unreviewed(whole),
        title = escaped(&title),
    );
    html.push_str(&people(whole));
    html.push_str("<main><h2>Statements</h2>\n");
    for item in &whole.items {
        html.push_str(&article(whole, item));
    }
    html.push_str("</main></body></html>\n");
    html
}

fn signed_off(whole: &Whole) -> String {
    match &whole.round.signed_off {
        None => "<p>Not signed off.</p>".into(),
        Some(signed) => {
            let words = match signed.words.as_str() {
                "" => String::new(),
                words => format!("<p class=\"lines\">{}</p>", escaped(words)),
            };
            format!(
                "<p>Signed off by {} on {}.</p>{words}",
                escaped(&signed.by),
                escaped(&signed.day)
            )
        }
    }
}

/// How many nobody gave a verdict on, at the head.
fn unjudged(whole: &Whole) -> String {
    match whole.items.iter().filter(|item| item.counts.given() == 0).count() {
        0 => String::new(),
        1 => "<p>Nobody gave a verdict on 1 statement.</p>".into(),
        many => format!("<p>Nobody gave a verdict on {many} statements.</p>"),
    }
}

/// What went out otherwise than reviewed, at the head.
fn unreviewed(whole: &Whole) -> String {
    let told = whole.unreviewed.iter().map(|one| {
        format!(
            "<p>Edition {} was published with {}, said by {} on {}: \
             <span class=\"lines\">{}</span></p>",
            one.edition,
            one.words(),
            escaped(&one.by),
            escaped(&one.day),
            escaped(&one.reason)
        )
    });
    told.collect()
}

fn people(whole: &Whole) -> String {
    let mut html = String::from("<section><h2>Reviewers</h2><ul>");
    for (name, given, finished) in &whole.reviewers {
        let done = if *finished { ", finished" } else { "" };
        let verdicts = if *given == 1 { "verdict" } else { "verdicts" };
        let _never_fails = write!(html, "<li>{}: {given} {verdicts}{done}</li>", escaped(name));
    }
    html.push_str("</ul></section>");
    if !whole.acknowledged.is_empty() {
        let names: Vec<String> = whole.acknowledged.iter().map(|name| escaped(name)).collect();
        let _never_fails = write!(
            html,
            "<section><h2>Acknowledgements</h2><p>{}</p></section>",
            names.join(", ")
        );
    }
    html
}

fn article(whole: &Whole, item: &super::store::Item) -> String {
    let list = |texts: Vec<String>| match texts.is_empty() {
        true => String::new(),
        false => format!("<ul>{}</ul>", texts.concat()),
    };
    let verdicts = item.verdicts.iter();
    let verdicts = verdicts.map(|given| format!("<li>{}</li>", escaped(&verdict(given, item.times_asked))));
    let comments = item.comments.iter();
    // It was rendered and cleaned as it was written.
    let comments = comments.map(|comment| format!("<li>{}: {}</li>", escaped(&comment.author), comment.html));
    let now = match &item.now {
        None => "<p>It is gone from the draft.</p>".into(),
        Some(now) if *now != item.asked => format!("<p>It now says: {}</p>", escaped(now)),
        Some(_) => String::new(),
    };
    let resolved = match &item.resolved {
        None => "<p><b>Not resolved.</b></p>".into(),
        Some(resolved) => format!(
            "<p><b>{}</b> by {} on {}: <span class=\"lines\">{}</span></p>",
            resolved.what.label(),
            escaped(&resolved.by),
            escaped(&resolved.day),
            escaped(&resolved.reason)
        ),
    };
    let unlike = item.unlike.map_or_else(String::new, |why| {
        format!("<p><b>Signed off as it stood.</b> {}</p>", escaped(why.label()))
    });
    let unreviewed: String = went_out(whole, item.number)
        .map(|(what, reason)| {
            let (what, reason) = (escaped(&what), escaped(&reason));
            format!("<p><b>{what}.</b> <span class=\"lines\">{reason}</span></p>")
        })
        .collect();
    format!(
        "<article><h3>{}. {} {}</h3><p class=\"meta\">{}; {}</p>{}{}{now}{resolved}{unlike}{unreviewed}</article>\n",
        item.number,
        escaped(&item.code),
        escaped(&item.asked),
        escaped(&item.counts.words()),
        escaped(&agreement(item.counts)),
        list(verdicts.collect()),
        list(comments.collect()),
    )
}
