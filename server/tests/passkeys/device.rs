//! A device of the tests' own that keeps one passkey (WebAuthn Level 3, §6).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};

pub const ORIGIN: &str = "http://localhost:3000";
const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const ATTESTED: u8 = 0x40;

/// What is wrong with an answer, if anything.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Wrong {
    Nothing,
    /// The device did not look at who holds it.
    Unverified,
    Origin,
    Site,
    Challenge,
    Kind,
    Signature,
    /// The counter stands where it stood.
    Counter,
    Handle,
    Credential,
}

pub struct Device {
    key: EcdsaKeyPair,
    id: Vec<u8>,
    handle: Vec<u8>,
    counter: u32,
}

fn encoded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn text<'a>(asked: &'a Value, path: &str) -> &'a str {
    asked
        .pointer(path)
        .and_then(Value::as_str)
        .unwrap_or_else(|| panic!("no {path} in {asked}"))
}

impl Device {
    pub fn new() -> Self {
        let random = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_ASN1_SIGNING;
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
        Self {
            key: EcdsaKeyPair::from_pkcs8(algorithm, pkcs8.as_ref(), &random).unwrap(),
            id: uuid::Uuid::new_v4().as_bytes().to_vec(),
            handle: Vec::new(),
            counter: 0,
        }
    }

    /// Makes the passkey that the server asks for.
    pub fn create(&mut self, asked: &str, wrong: Wrong) -> String {
        let asked: Value = serde_json::from_str(asked).unwrap();
        assert_eq!(
            text(&asked, "/publicKey/authenticatorSelection/residentKey"),
            "required"
        );
        assert_eq!(
            text(&asked, "/publicKey/authenticatorSelection/userVerification"),
            "required"
        );
        self.handle = URL_SAFE_NO_PAD.decode(text(&asked, "/publicKey/user/id")).unwrap();
        let client = client("webauthn.create", &asked, wrong);
        let mut data = self.data(wrong, ATTESTED);
        data.extend_from_slice(&[0; 16]);
        data.extend_from_slice(&u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend_from_slice(&self.id);
        // A COSE key: EC2, ES256, P-256 (RFC 9053 §7.1).
        let point = self.key.public_key().as_ref();
        data.extend_from_slice(&[0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend_from_slice(&point[1..33]);
        data.extend_from_slice(&[0x22, 0x58, 0x20]);
        data.extend_from_slice(&point[33..]);
        let mut attestation = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59".to_vec();
        attestation.extend_from_slice(&u16::try_from(data.len()).unwrap().to_be_bytes());
        attestation.extend_from_slice(&data);
        json!({
            "id": encoded(&self.id), "rawId": encoded(&self.id), "type": "public-key", "clientExtensionResults": {},
            "response": { "attestationObject": encoded(&attestation), "clientDataJSON": encoded(client.as_bytes()) },
        })
        .to_string()
    }

    /// Signs what the server asks for.
    pub fn sign(&mut self, asked: &str, wrong: Wrong) -> String {
        let asked: Value = serde_json::from_str(asked).unwrap();
        assert_eq!(text(&asked, "/publicKey/userVerification"), "required");
        let client = client("webauthn.get", &asked, wrong);
        if wrong != Wrong::Counter {
            self.counter += 1;
        }
        let data = self.data(wrong, 0);
        let signed = [&data[..], digest(&SHA256, client.as_bytes()).as_ref()].concat();
        let mut signature = self.key.sign(&SystemRandom::new(), &signed).unwrap().as_ref().to_vec();
        if wrong == Wrong::Signature {
            signature = self
                .key
                .sign(&SystemRandom::new(), b"something else")
                .unwrap()
                .as_ref()
                .to_vec();
        }
        let handle = if wrong == Wrong::Handle {
            &[7; 16]
        } else {
            &self.handle[..]
        };
        let id = if wrong == Wrong::Credential {
            &[7; 16]
        } else {
            &self.id[..]
        };
        json!({
            "id": encoded(id), "rawId": encoded(id), "type": "public-key", "clientExtensionResults": {},
            "response": {
                "authenticatorData": encoded(&data), "clientDataJSON": encoded(client.as_bytes()),
                "signature": encoded(&signature), "userHandle": encoded(handle),
            },
        })
        .to_string()
    }

    fn data(&self, wrong: Wrong, flags: u8) -> Vec<u8> {
        let site: &[u8] = if wrong == Wrong::Site {
            b"evil.example"
        } else {
            b"localhost"
        };
        let verified = if wrong == Wrong::Unverified { 0 } else { VERIFIED };
        let mut data = digest(&SHA256, site).as_ref().to_vec();
        data.push(PRESENT | verified | flags);
        data.extend_from_slice(&self.counter.to_be_bytes());
        data
    }
}

/// What the browser adds of itself (§5.8.1).
fn client(kind: &str, asked: &Value, wrong: Wrong) -> String {
    let challenge = match wrong {
        Wrong::Challenge => encoded(&[7; 32]),
        _ => text(asked, "/publicKey/challenge").to_owned(),
    };
    let origin = if wrong == Wrong::Origin {
        "https://evil.example"
    } else {
        ORIGIN
    };
    let kind = if wrong == Wrong::Kind { "payment.get" } else { kind };
    json!({ "type": kind, "challenge": challenge, "origin": origin, "crossOrigin": false }).to_string()
}
