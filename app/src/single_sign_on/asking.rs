//! What is asked of a provider (OpenID Connect Core 1.0, the authorization code
//! flow with PKCE), and what of its answers is believed.

use std::pin::Pin;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::header::{ACCEPT, AUTHORIZATION};
use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreIdToken, CoreJsonWebKeySet,
    CoreJwsSigningAlgorithm as Algorithm, CoreProviderMetadata,
};
use openidconnect::{
    AsyncHttpClient, AuthType, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointMaybeSet, EndpointNotSet,
    EndpointSet, HttpRequest, HttpResponse, IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier,
    RedirectUrl, Scope, TokenResponse,
};
use serde_json::{Map, Value};

use super::claims::Claims;
use crate::error::AppError;
use crate::outside::{NoAnswer, Outside};
use crate::state::AppState;

/// A provider as it is asked, with its secret in words.
pub struct Known {
    pub issuer: String,
    pub client: String,
    pub secret: Option<String>,
    /// Where it sends people back to.
    pub answer_at: String,
}

/// What one visit to a provider is told apart by.
pub struct Marks {
    pub state: String,
    pub nonce: String,
    pub verifier: String,
}

/// Why nobody can be signed in; the words are for the log and for whoever sets
/// a provider up.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    #[error("it could not be asked: {0}")]
    Unreachable(String),
    #[error("its answer is not to be trusted: {0}")]
    Untrusted(String),
}

/// Signatures that only the provider can make. Those with a shared secret are
/// not among them, nor is having none.
const SIGNATURES: [Algorithm; 10] = [
    Algorithm::RsaSsaPkcs1V15Sha256,
    Algorithm::RsaSsaPkcs1V15Sha384,
    Algorithm::RsaSsaPkcs1V15Sha512,
    Algorithm::RsaSsaPssSha256,
    Algorithm::RsaSsaPssSha384,
    Algorithm::RsaSsaPssSha512,
    Algorithm::EcdsaP256Sha256,
    Algorithm::EcdsaP384Sha384,
    Algorithm::EcdsaP521Sha512,
    Algorithm::EdDsa,
];

type Client =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

/// What is asked of another server: behind a pointer, since the library's own
/// futures cannot be named.
type Asking<'a, T> = Pin<Box<dyn Future<Output = Result<T, Trouble>> + Send + 'a>>;

impl<'c> AsyncHttpClient<'c> for Outside {
    type Error = NoAnswer;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, NoAnswer>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.ask(request))
    }
}

/// What a provider says of itself, its keys included.
pub struct Metadata(CoreProviderMetadata);

/// Asks a provider about itself (OpenID Connect Discovery 1.0).
pub fn discover<'a>(outside: &'a Outside, issuer: &str) -> Asking<'a, Metadata> {
    let issuer = issuer.to_owned();
    Box::pin(async move {
        let issuer = IssuerUrl::new(issuer).map_err(unreachable)?;
        let found = CoreProviderMetadata::discover_async(issuer, outside)
            .await
            .map_err(|error| Trouble::Unreachable(whole(&error)))?;
        // Browsers are sent there: it has to be an address like the others.
        outside
            .may_ask(found.authorization_endpoint().url())
            .map_err(unreachable)?;
        let keys = found.jwks().keys().iter().filter(is_long_enough).cloned();
        let keys = CoreJsonWebKeySet::new(keys.collect());
        Ok(Metadata(found.set_jwks(keys)))
    })
}

/// Bits of a provider's RSA key: shorter ones are not believed (NIST SP 800-131A).
const RSA_BITS: usize = 2_048;

/// Whether a key is of at least 112 bits; curves have theirs by their names.
fn is_long_enough(key: &impl serde::Serialize) -> bool {
    let Ok(Value::Object(key)) = serde_json::to_value(key) else {
        return false;
    };
    if key.get("kty").and_then(Value::as_str) != Some("RSA") {
        return true;
    }
    let modulus = key.get("n").and_then(Value::as_str).unwrap_or_default();
    let bytes = URL_SAFE_NO_PAD
        .decode(modulus.trim_end_matches('='))
        .unwrap_or_default();
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    let first = bytes.get(zeros).map_or(0, |byte| byte.leading_zeros() as usize);
    (bytes.len() - zeros) * 8 - first >= RSA_BITS
}

/// Refuses at the field of the issuer what no provider answers at.
pub async fn must_answer(outside: &Outside, issuer: &str) -> Result<(), AppError> {
    let found = discover(outside, issuer).await;
    found.map(drop).map_err(|trouble| {
        let reason: String = trouble.to_string().chars().take(300).collect();
        AppError::field("issuer", format!("No provider of OpenID Connect is there: {reason}."))
    })
}

/// Where a browser is sent.
pub fn address(metadata: &Metadata, known: &Known, marks: Marks) -> Result<String, Trouble> {
    let client = client(metadata, known)?;
    let challenge = PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(marks.verifier));
    let (state, nonce) = (CsrfToken::new(marks.state), Nonce::new(marks.nonce));
    let (address, ..) = client
        .authorize_url(CoreAuthenticationFlow::AuthorizationCode, move || state, move || nonce)
        .add_scope(Scope::new("email".into()))
        .add_scope(Scope::new("profile".into()))
        .set_pkce_challenge(challenge)
        .url();
    Ok(address.into())
}

/// Turns the code that a browser brought back into what the provider says of
/// its owner.
pub fn claims<'a>(state: &'a AppState, known: &'a Known, code: String, marks: Marks) -> Asking<'a, Claims> {
    Box::pin(async move {
        let outside = &state.outside;
        let metadata = state.providers.of(outside, &known.issuer).await?;
        let client = client(&metadata, known)?;
        let tokens = client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(unreachable)?
            .set_pkce_verifier(PkceCodeVerifier::new(marks.verifier))
            .request_async(outside)
            .await
            .map_err(|error| Trouble::Unreachable(whole(&error)))?;
        let token = tokens.id_token().ok_or_else(|| untrusted("there is no id token"))?;
        let nonce = Nonce::new(marks.nonce);
        let mut claims = match signed(&client, token, &nonce) {
            Ok(claims) => claims,
            // It may have new keys since it was asked about itself.
            Err(_) => {
                let anew = state.providers.anew(outside, &known.issuer).await?;
                signed(&self::client(&anew, known)?, token, &nonce)?
            }
        };
        if let Some(endpoint) = metadata.0.userinfo_endpoint() {
            let access = tokens.access_token().secret();
            claims.add(more(outside, endpoint.as_str(), access, &claims.subject).await?);
        }
        Ok(claims)
    })
}

/// What the provider signed for this visit.
fn signed(client: &Client, token: &CoreIdToken, nonce: &Nonce) -> Result<Claims, Trouble> {
    let verifier = client.id_token_verifier().set_allowed_algs(SIGNATURES);
    let verified = token
        .claims(&verifier, nonce)
        .map_err(|error| untrusted(whole(&error)))?;
    let (issuer, subject) = (verified.issuer().as_str(), verified.subject().as_str());
    // OpenID Connect Core 1.0 §2.
    if subject.is_empty() || subject.len() > 255 {
        return Err(untrusted("the subject is empty or too long"));
    }
    Ok(Claims::new(issuer.to_owned(), subject.to_owned(), payload(token)?))
}

/// All that a token says, whose signature was verified.
fn payload(token: &CoreIdToken) -> Result<Map<String, Value>, Trouble> {
    let text = token.to_string();
    let part = text.split('.').nth(1).unwrap_or_default();
    let bytes = URL_SAFE_NO_PAD.decode(part.trim_end_matches('=')).map_err(untrusted)?;
    serde_json::from_slice(&bytes).map_err(untrusted)
}

/// What else the provider tells of the same account (§5.3).
async fn more(outside: &Outside, endpoint: &str, token: &str, subject: &str) -> Result<Map<String, Value>, Trouble> {
    let request = http::Request::get(endpoint)
        .header(ACCEPT, "application/json")
        .header(AUTHORIZATION, format!("Bearer {token}"))
        .body(Vec::new())
        .map_err(unreachable)?;
    let answer = outside.ask(request).await.map_err(unreachable)?;
    if !answer.status().is_success() {
        return Err(unreachable(format!("it answered {}", answer.status().as_u16())));
    }
    let more: Map<String, Value> = serde_json::from_slice(answer.body()).map_err(untrusted)?;
    match more.get("sub").and_then(Value::as_str) {
        Some(same) if same == subject => Ok(more),
        _ => Err(untrusted("it told of another account")),
    }
}

fn client(metadata: &Metadata, known: &Known) -> Result<Client, Trouble> {
    let redirect = RedirectUrl::new(known.answer_at.clone()).map_err(unreachable)?;
    let secret = known.secret.clone().map(ClientSecret::new);
    let methods = metadata.0.token_endpoint_auth_methods_supported();
    // Where nothing is said, it is Basic (OpenID Connect Discovery 1.0 §3).
    let basic = methods.is_none_or(|methods| methods.contains(&CoreClientAuthMethod::ClientSecretBasic));
    let way = if basic {
        AuthType::BasicAuth
    } else {
        AuthType::RequestBody
    };
    let client = CoreClient::from_provider_metadata(metadata.0.clone(), ClientId::new(known.client.clone()), secret);
    Ok(client.set_redirect_uri(redirect).set_auth_type(way))
}

fn unreachable(error: impl std::fmt::Display) -> Trouble {
    Trouble::Unreachable(error.to_string())
}

fn untrusted(error: impl std::fmt::Display) -> Trouble {
    Trouble::Untrusted(error.to_string())
}

/// An error with what caused it.
fn whole(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(deeper) = cause {
        if let Some(own) = deeper.downcast_ref::<NoAnswer>() {
            return own.to_string();
        }
        words = format!("{words}: {deeper}");
        cause = deeper.source();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_of_rsa_that_is_too_short_is_not_believed() {
        let rsa = |bytes: &[u8]| serde_json::json!({ "kty": "RSA", "e": "AQAB", "n": URL_SAFE_NO_PAD.encode(bytes) });
        assert!(is_long_enough(&rsa(&[0x80; 256])) && is_long_enough(&rsa(&[0xff; 512])));
        for short in [&[0xff; 128][..], &[0x7f; 256], &[], &[0; 256], &[0xff; 255]] {
            assert!(!is_long_enough(&rsa(short)), "{}", short.len());
        }
        let mut padded = vec![0; 10];
        padded.extend([0xff; 255]);
        assert!(!is_long_enough(&rsa(&padded)), "noughts in front make nothing longer");
        assert!(is_long_enough(&serde_json::json!({ "kty": "EC", "crv": "P-256" })));
        assert!(!is_long_enough(&"no key"));
    }
}
