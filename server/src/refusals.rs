//! Refused access, and attempts to get around a check, are logged: who, what
//! (by its pattern), from where.

use app::audit::refusals::Refusal;
use app::error::AppError;
use app::id::PersonId;
use app::state::{AppState, ClientAddress};
use axum::extract::{MatchedPath, Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;

use crate::drafts::RefusedWith;

/// Who sent the request that this answers, as far as that was asked.
#[derive(Clone)]
pub struct Sender(pub Option<PersonId>);

/// What kind of refusal an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Nobody is signed in, where somebody has to be.
    SignInNeeded,
    Forbidden,
    /// A function says that there is no such thing: no page of ours asks so.
    Hidden,
    /// Too often.
    TooMany,
    /// Another site sent it.
    Forged,
    /// A method that nothing is meant for.
    Method,
}

impl Kind {
    fn of(status: StatusCode, method: &Method, function: bool, identified: bool) -> Option<Self> {
        match status {
            StatusCode::FORBIDDEN if !identified => Some(Self::Forged),
            StatusCode::FORBIDDEN => Some(Self::Forbidden),
            StatusCode::UNAUTHORIZED => Some(Self::SignInNeeded),
            StatusCode::TOO_MANY_REQUESTS => Some(Self::TooMany),
            StatusCode::METHOD_NOT_ALLOWED => Some(Self::Method),
            StatusCode::NOT_FOUND if function && *method != Method::GET => Some(Self::Hidden),
            _ => None,
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::SignInNeeded => "sign_in_needed",
            Self::Forbidden => "forbidden",
            Self::Hidden => "hidden",
            Self::TooMany => "too_many",
            Self::Forged => "forged",
            Self::Method => "method",
        }
    }

    /// Whether the audit log has it too: what somebody with an account may not,
    /// and what another site sent in their name.
    fn is_audited(self) -> bool {
        matches!(self, Self::Forbidden | Self::Forged)
    }
}

/// Logs what is refused within.
pub async fn watch(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let pattern = request.extensions().get::<MatchedPath>();
    let pattern = pattern.map_or_else(String::new, |path| path.as_str().to_owned());
    let network = request.extensions().get::<ClientAddress>();
    let network = network.map_or_else(String::new, |ClientAddress(address)| {
        app::audit::store::network(address)
    });
    let response = next.run(request).await;
    let sender = response.extensions().get::<Sender>().cloned();
    // A refused form without JavaScript leads back to its page.
    let refused = response.extensions().get::<RefusedWith>();
    let status = refused.map_or(response.status(), |RefusedWith(error)| status(error));
    let Some(kind) = Kind::of(status, &method, pattern.starts_with("/api/"), sender.is_some()) else {
        return response;
    };
    let by = sender.and_then(|Sender(person)| person);
    tracing::warn!(
        target: "carrel::refused",
        kind = kind.as_str(),
        by = by.as_ref().map(PersonId::as_str).unwrap_or_default(),
        method = method.as_str(),
        route = pattern.as_str(),
        network = network.as_str(),
        "refused"
    );
    if kind.is_audited() {
        state.refusals.note(Refusal {
            forged: kind == Kind::Forged,
            by,
            network,
            route: format!("{method} {pattern}"),
        });
    }
    response
}

fn status(error: &AppError) -> StatusCode {
    StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_refusal_and_what_is_not() {
        let of = |status: u16, function, identified| {
            Kind::of(
                StatusCode::from_u16(status).unwrap(),
                &Method::POST,
                function,
                identified,
            )
        };
        assert_eq!(of(403, false, true), Some(Kind::Forbidden));
        assert_eq!(of(403, true, false), Some(Kind::Forged));
        assert_eq!(of(404, true, true), Some(Kind::Hidden));
        assert_eq!(
            (of(404, false, true), of(422, true, true), of(200, true, true)),
            (None, None, None)
        );
        assert!(Kind::Forbidden.is_audited() && Kind::Forged.is_audited());
        assert!(!Kind::SignInNeeded.is_audited() && !Kind::TooMany.is_audited());
    }
}
