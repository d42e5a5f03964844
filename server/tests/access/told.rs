//! What somebody hears, and the answers of all actors side by side.

use app::error::AppError;

use super::actors::Actor;

/// What one of the actors gets to hear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// It is shown, or done.
    Yes,
    /// The same answer, and nothing is changed.
    Nothing,
    SignIn,
    Forbidden,
    NotFound,
    /// Answered at a field; nothing is told of what is there.
    Invalid,
    Other(u16),
}

impl Told {
    /// What an error says.
    pub fn of(error: &AppError) -> Self {
        match error {
            AppError::SignInNeeded => Self::SignIn,
            AppError::Forbidden => Self::Forbidden,
            AppError::NotFound => Self::NotFound,
            AppError::Invalid(_) => Self::Invalid,
            other => Self::Other(other.status()),
        }
    }

    /// What the status of a page or a file says.
    pub fn of_status(status: u16) -> Self {
        match status {
            200 => Self::Yes,
            401 => Self::SignIn,
            403 => Self::Forbidden,
            404 => Self::NotFound,
            422 => Self::Invalid,
            other => Self::Other(other),
        }
    }

    /// Whether somebody who hears this must have changed nothing.
    pub fn is_refused(self) -> bool {
        self != Self::Yes
    }

    /// The word in docs/permissions.md.
    pub fn word(self) -> String {
        match self {
            Self::Yes => "yes".into(),
            Self::Nothing => "nothing".into(),
            Self::SignIn => "sign in".into(),
            Self::Forbidden => "no".into(),
            Self::NotFound => "hidden".into(),
            Self::Invalid => "field".into(),
            Self::Other(status) => status.to_string(),
        }
    }
}

/// What each actor hears. Made of a rule for all and exceptions, so that a row
/// reads as a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cells([Told; Actor::ALL.len()]);

impl Cells {
    pub fn of(self, actor: Actor) -> Told {
        self.0[actor.number()]
    }

    /// These hear something else. Whoever may not post hears what a member does,
    /// where nothing is said of them.
    pub fn but(mut self, told: Told, actors: &[Actor]) -> Self {
        for actor in Actor::ALL {
            if actors.contains(&actor) || actors.contains(&actor.like()) {
                self.0[actor.number()] = told;
            }
        }
        self
    }

    /// Who may not post is refused, and told until when and why.
    pub fn says(self) -> Self {
        self.but(Told::Other(409), &[Actor::Silenced])
    }
}

/// Public.
pub fn open() -> Cells {
    Cells([Told::Yes; Actor::ALL.len()])
}

/// Nobody hears anything but this.
pub fn all(told: Told) -> Cells {
    Cells([told; Actor::ALL.len()])
}

/// Everyone who is signed in, each for themselves.
pub fn signed_in() -> Cells {
    open().but(Told::SignIn, &Actor::NOBODY)
}

/// Some who are signed in; the others hear `refusal`.
pub fn only(allowed: &[Actor], refusal: Told) -> Cells {
    all(refusal).but(Told::SignIn, &Actor::NOBODY).but(Told::Yes, allowed)
}

/// Those who belong there; nobody else learns that it exists.
pub fn hidden_from_all_but(allowed: &[Actor]) -> Cells {
    all(Told::NotFound).but(Told::Yes, allowed)
}
