//! A provider of the tests' own, which lies when it is told to.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use openidconnect::core::{CoreEdDsaPrivateSigningKey, CoreJwsSigningAlgorithm};
use openidconnect::{PkceCodeChallenge, PkceCodeVerifier, PrivateSigningKey};
use reqwest::Url;
use serde_json::{Value, json};

pub const CLIENT: &str = "carrel";
pub const SECRET: &str = "a secret between the two";

/// What is wrong with a token, if anything.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Lie {
    None,
    Audience,
    TwoAudiences,
    Issuer,
    Nonce,
    NoNonce,
    Expired,
    Unsigned,
    SharedSecret,
    OtherKey,
    Changed,
    OtherSubject,
}

struct Grant {
    asked: HashMap<String, String>,
    claims: Value,
    lie: Lie,
}

struct Shared {
    issuer: String,
    key: Mutex<Arc<Key>>,
    /// How often it was asked about itself.
    asked: AtomicUsize,
    grants: Mutex<HashMap<String, Grant>>,
    /// What the address of somebody's claims tells, by access token.
    more: Mutex<HashMap<String, Value>>,
}

struct Key(CoreEdDsaPrivateSigningKey);

impl Key {
    fn new() -> Self {
        // PKCS #8 of an Ed25519 key (RFC 8410 §7).
        let mut der = vec![
            0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
        ];
        der.extend_from_slice(uuid::Uuid::new_v4().as_bytes());
        der.extend_from_slice(uuid::Uuid::new_v4().as_bytes());
        let kind = "PRIVATE KEY";
        let pem = format!(
            "-----BEGIN {kind}-----\n{}\n-----END {kind}-----\n",
            STANDARD.encode(der)
        );
        Self(CoreEdDsaPrivateSigningKey::from_ed25519_pem(&pem, None).unwrap())
    }

    fn sign(&self, text: &str) -> Vec<u8> {
        self.0.sign(&CoreJwsSigningAlgorithm::EdDsa, text.as_bytes()).unwrap()
    }
}

#[derive(Clone)]
pub struct Provider {
    shared: Arc<Shared>,
}

impl Provider {
    pub async fn open() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let shared = Arc::new(Shared {
            issuer,
            key: Mutex::new(Arc::new(Key::new())),
            asked: AtomicUsize::new(0),
            grants: Mutex::default(),
            more: Mutex::default(),
        });
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(metadata))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .route("/claims", get(more))
            .with_state(shared.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { shared }
    }

    /// How often it was asked about itself.
    pub fn asked(&self) -> usize {
        self.shared.asked.load(Ordering::Relaxed)
    }

    /// Signs with a new key from now on.
    pub fn takes_a_new_key(&self) {
        *self.shared.key.lock().unwrap() = Arc::new(Key::new());
    }

    pub fn issuer(&self) -> &str {
        &self.shared.issuer
    }

    /// Lets somebody in who was sent to `address`: gives the query that their
    /// browser brings back.
    pub fn let_in(&self, address: &str, claims: Value, lie: Lie) -> String {
        let url = Url::parse(address).unwrap();
        assert_eq!(url.path(), "/authorize");
        let asked: HashMap<String, String> = url.query_pairs().into_owned().collect();
        assert_eq!(
            (asked["response_type"].as_str(), asked["client_id"].as_str()),
            ("code", CLIENT)
        );
        assert_eq!(asked["code_challenge_method"], "S256");
        assert!(asked["scope"].split(' ').any(|scope| scope == "openid"));
        let state = asked["state"].clone();
        let code = uuid::Uuid::new_v4().to_string();
        self.shared
            .grants
            .lock()
            .unwrap()
            .insert(code.clone(), Grant { asked, claims, lie });
        format!("code={code}&state={state}")
    }
}

async fn metadata(State(shared): State<Arc<Shared>>) -> Json<Value> {
    shared.asked.fetch_add(1, Ordering::Relaxed);
    let at = |path: &str| format!("{}/{path}", shared.issuer);
    Json(json!({
        "issuer": shared.issuer, "authorization_endpoint": at("authorize"), "token_endpoint": at("token"),
        "jwks_uri": at("keys"), "userinfo_endpoint": at("claims"), "response_types_supported": ["code"],
        // Whatever a provider admits, unsigned tokens are not taken.
        "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["EdDSA", "none", "HS256"],
    }))
}

async fn keys(State(shared): State<Arc<Shared>>) -> Json<Value> {
    Json(json!({ "keys": [shared.key.lock().unwrap().0.as_verification_key()] }))
}

async fn token(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    Form(sent): Form<HashMap<String, String>>,
) -> Response {
    let refused = |why: &str| (StatusCode::BAD_REQUEST, Json(json!({ "error": why }))).into_response();
    let basic = format!(
        "Basic {}",
        STANDARD.encode(format!("{CLIENT}:{}", SECRET.replace(' ', "+")))
    );
    if headers[header::AUTHORIZATION] != basic {
        return refused("invalid_client");
    }
    let Some(grant) = shared.grants.lock().unwrap().remove(&sent["code"]) else {
        return refused("invalid_grant");
    };
    let verifier = PkceCodeVerifier::new(sent["code_verifier"].clone());
    let challenge = PkceCodeChallenge::from_code_verifier_sha256(&verifier);
    if challenge.as_str() != grant.asked["code_challenge"] || sent["redirect_uri"] != grant.asked["redirect_uri"] {
        return refused("invalid_grant");
    }
    let access = uuid::Uuid::new_v4().to_string();
    let subject = match grant.lie {
        Lie::OtherSubject => json!("somebody else"),
        _ => grant.claims["sub"].clone(),
    };
    let more = json!({ "sub": subject, "zoneinfo": "Europe/Lisbon" });
    shared.more.lock().unwrap().insert(access.clone(), more);
    Json(json!({
        "access_token": access, "token_type": "Bearer", "expires_in": 60, "id_token": mint(&shared, &grant),
    }))
    .into_response()
}

/// An ID token, with what is wrong with it.
fn mint(shared: &Shared, grant: &Grant) -> String {
    let now = i64::try_from(app::people::second_factor::secret::now()).unwrap();
    let mut claims = grant.claims.clone();
    claims["iss"] = json!(shared.issuer);
    claims["aud"] = json!(CLIENT);
    claims["iat"] = json!(now);
    claims["exp"] = json!(now + 60);
    claims["nonce"] = json!(grant.asked["nonce"]);
    let mut algorithm = "EdDSA";
    match grant.lie {
        Lie::Audience => claims["aud"] = json!("another client"),
        Lie::TwoAudiences => claims["aud"] = json!([CLIENT, "another client"]),
        Lie::Issuer => claims["iss"] = json!("https://evil.example"),
        Lie::Nonce => claims["nonce"] = json!("another visit's"),
        Lie::NoNonce => claims["nonce"] = Value::Null,
        Lie::Expired => claims["exp"] = json!(now - 1),
        Lie::Unsigned => algorithm = "none",
        Lie::SharedSecret => algorithm = "HS256",
        Lie::None | Lie::OtherKey | Lie::Changed | Lie::OtherSubject => {}
    }
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(&json!({ "alg": algorithm, "typ": "JWT" })), part(&claims));
    let signature = match grant.lie {
        Lie::Unsigned => Vec::new(),
        Lie::SharedSecret => openidconnect::core::CoreHmacKey::new(SECRET)
            .sign(&CoreJwsSigningAlgorithm::HmacSha256, signed.as_bytes())
            .unwrap(),
        Lie::OtherKey => Key::new().sign(&signed),
        _ => shared.key.lock().unwrap().sign(&signed),
    };
    let signed = match grant.lie {
        Lie::Changed => {
            claims["sub"] = json!("somebody else");
            format!("{}.{}", signed.split('.').next().unwrap(), part(&claims))
        }
        _ => signed,
    };
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

async fn more(State(shared): State<Arc<Shared>>, headers: HeaderMap) -> Response {
    let bearer = headers[header::AUTHORIZATION].to_str().unwrap();
    let known = shared.more.lock().unwrap();
    match known.get(bearer.trim_start_matches("Bearer ")) {
        Some(more) => Json(more.clone()).into_response(),
        None => StatusCode::UNAUTHORIZED.into_response(),
    }
}
