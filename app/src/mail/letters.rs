//! What letters say: plain text, one matter each, and what to do if it was not
//! you.

use super::outbox::Letter;
use crate::viewer::Role;

/// Hours for which a link to a new password works.
pub const RESET_HOURS: u32 = 1;
/// Hours for which a link to confirm an address works.
pub const CONFIRM_HOURS: u32 = 72;
/// Hours for which it is of use to hear what happened to one's account.
const NEWS_HOURS: u32 = 72;

/// Lines under a greeting, with the site's name at the foot.
fn body(name: &str, site: &str, lines: &str) -> String {
    format!(
        "Hello {name},\n\n{lines}\n\n-- \nCarrel, at {site}\nThis letter was sent by a program: nobody reads answers to it.\n"
    )
}

/// A link to set a new password.
pub fn new_password(to: &str, name: &str, site: &str, token: &str) -> Letter {
    let lines = format!(
        "somebody, most likely you, asked for a new password for your account.\n\n\
         Choose one here within the hour; the link works once:\n\n{site}/sign-in/reset/{token}\n\n\
         If it was not you, do nothing: your password stays as it is."
    );
    Letter::new(to, "A new password for Carrel", body(name, site, &lines), RESET_HOURS)
}

/// A link that confirms an address.
pub fn confirm_address(to: &str, name: &str, site: &str, token: &str) -> Letter {
    let lines = format!(
        "confirm that this is your e-mail address, so that Carrel can reach you here:\n\n\
         {site}/confirm-address/{token}\n\n\
         The link works for three days. If you know nothing of this, do nothing:\n\
         without it, the address is not used."
    );
    Letter::new(
        to,
        "Confirm your e-mail address",
        body(name, site, &lines),
        CONFIRM_HOURS,
    )
}

/// Something about an account changed that its owner would want to know of.
pub fn changed(to: &str, name: &str, site: &str, what: &str) -> Letter {
    let lines = format!(
        "{what}\n\nIf it was you, all is well. If not, choose a new password at once, which signs\n\
         out every device, and tell whoever looks after Carrel at your library:\n\n{site}/sign-in/forgotten"
    );
    Letter::new(
        to,
        "Your Carrel account was changed",
        body(name, site, &lines),
        NEWS_HOURS,
    )
}

/// Somebody signed in with a browser that never did before.
pub fn new_device(to: &str, name: &str, site: &str, device: &str, at: &str) -> Letter {
    let lines = format!(
        "your account was just used to sign in with a browser that is new to us:\n\n\
         {device}, on {at}\n\n\
         If it was you, all is well. If not, sign it out and change your password:\n\n{site}/me/settings"
    );
    Letter::new(
        to,
        "A new device signed in to Carrel",
        body(name, site, &lines),
        NEWS_HOURS,
    )
}

/// Somebody invites to an organisation; the link works for so many days.
pub fn invitation(
    to: &str,
    by: &str,
    organisation: &str,
    roles: &[Role],
    site: &str,
    token: &str,
    days: u32,
) -> Letter {
    let roles: Vec<&str> = roles.iter().map(|role| role.label()).collect();
    let text = format!(
        "Hello,\n\n{by} invites you to {organisation} in Carrel, where library staff learn\n\
         together and see themselves grow ({roles}).\n\n\
         Join here; the link works for {days} days and makes one account:\n\n{site}/join/{token}\n\n\
         If you do not know {by}, do nothing.\n\n-- \nCarrel, at {site}\n\
         This letter was sent by a program: nobody reads answers to it.\n",
        roles = roles.join(", ")
    );
    Letter::new(to, &format!("{by} invites you to {organisation}"), text, 24 * days)
}

/// A link that confirms the address of somebody who would join without an account.
pub fn newcomer(to: &str, name: &str, organisation: &str, site: &str, token: &str) -> Letter {
    let lines = format!(
        "you gave this address to join {organisation} in Carrel. Confirm it here, with the\n\
         password that you chose:\n\n{site}/join/{token}\n\n\
         The link works for three days. If you know nothing of this, do nothing:\n\
         no account is made."
    );
    let subject = format!("Join {organisation} in Carrel");
    Letter::new(to, &subject, body(name, site, &lines), CONFIRM_HOURS)
}

/// Somebody gave the address of an account to join without one.
pub fn has_account(to: &str, organisation: &str, site: &str, slug: &str) -> Letter {
    let text = format!(
        "Hello,\n\nsomebody, most likely you, gave this address to join {organisation} in Carrel.\n\
         You have an account with it already: sign in, and join or ask with it here:\n\n\
         {site}/organisations/{slug}/join\n\n\
         If it was not you, do nothing: nothing was changed.\n\n-- \nCarrel, at {site}\n\
         This letter was sent by a program: nobody reads answers to it.\n"
    );
    Letter::new(to, "You have an account in Carrel", text, CONFIRM_HOURS)
}

/// Somebody asks to join an organisation that the reader looks after.
pub fn join_request(to: &str, name: &str, organisation: &str, site: &str, slug: &str) -> Letter {
    let lines = format!(
        "somebody asks to join {organisation}, which you look after. Who asks, and what they say,\n\
         stands here until it is answered:\n\n{site}/organisations/{slug}/requests\n\n\
         However many ask, you get one such letter a day."
    );
    let subject = format!("Somebody asks to join {organisation}");
    Letter::new(to, &subject, body(name, site, &lines), NEWS_HOURS)
}

/// Somebody was taken in where they asked to join.
pub fn taken_in(to: &str, name: &str, organisation: &str, site: &str, slug: &str) -> Letter {
    let lines = format!(
        "you belong to {organisation} in Carrel now. Sign in with this address and your\n\
         password:\n\n{site}/sign-in?next=/organisations/{slug}"
    );
    let subject = format!("You belong to {organisation} now");
    Letter::new(to, &subject, body(name, site, &lines), NEWS_HOURS)
}

/// Somebody was not taken in where they asked to join.
pub fn declined(to: &str, name: &str, organisation: &str, site: &str) -> Letter {
    let lines = format!(
        "whoever looks after {organisation} in Carrel did not take you in. If you think that they\n\
         took you for somebody else, talk to them; you can ask again."
    );
    let subject = format!("Your request to join {organisation}");
    Letter::new(to, &subject, body(name, site, &lines), NEWS_HOURS)
}

/// What letters say of a review round.
pub struct ReviewWords {
    pub round: String,
    pub set: String,
    /// The last day, in words.
    pub due: String,
}

/// For how many hours it is of use to be asked to review.
const REVIEW_HOURS: u32 = 14 * 24;

/// Somebody asks for a review; `href` is where it takes place.
pub fn review_invitation(to: &str, name: &str, by: &str, words: &ReviewWords, site: &str, href: &str) -> Letter {
    let lines = format!(
        "{by} asks you to review statements of \u{201c}{set}\u{201d} before they are published\n({round}, until {due}).\n\n\
         Give your verdict on each here; you can stop and go on at any time:\n\n{href}\n\n\
         The address is yours alone: whoever has it reviews in your name. If you do not know {by}, do nothing.",
        set = words.set,
        round = words.round,
        due = words.due,
    );
    let subject = format!("{by} asks you to review {}", words.set);
    Letter::new(to, &subject, body(name, site, &lines), REVIEW_HOURS)
}

/// Something is asked anew in a review: where, what, and why.
pub fn review_anew(
    to: &str,
    name: &str,
    words: &ReviewWords,
    site: &str,
    (href, what, why): (&str, &str, &str),
) -> Letter {
    let why = match why {
        "" => String::new(),
        why => format!("{why}\n\n"),
    };
    let lines = format!(
        "in the review of \u{201c}{set}\u{201d} ({round}, until {due}) you are asked anew:\n\n{what}\n\n{why}\
         All that is asked anew stands at the top here; what you said of the rest is kept:\n\n{href}",
        set = words.set,
        round = words.round,
        due = words.due,
    );
    let subject = format!("You are asked anew in the review of {}", words.set);
    Letter::new(to, &subject, body(name, site, &lines), REVIEW_HOURS)
}

/// A review is not finished yet.
pub fn review_reminder(to: &str, name: &str, words: &ReviewWords, site: &str, href: &str) -> Letter {
    let lines = format!(
        "your review of \u{201c}{set}\u{201d} ({round}) waits for you until {due}.\n\n\
         Go on here; what you have said already is kept:\n\n{href}\n\n\
         Once you say there that you are done, you are not reminded again.",
        set = words.set,
        round = words.round,
        due = words.due,
    );
    let subject = format!("Until {}: your review of {}", words.due, words.set);
    Letter::new(to, &subject, body(name, site, &lines), REVIEW_HOURS)
}

/// Shows that mail works.
pub fn trial(to: &str, name: &str, site: &str) -> Letter {
    let lines = "this is the letter that you asked for. Mail from Carrel arrives.";
    Letter::new(to, "Mail from Carrel arrives", body(name, site, lines), NEWS_HOURS)
}
