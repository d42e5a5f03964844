//! What is configured, and what is refused.

use super::*;

fn with(key: &str, value: impl Serialize) -> Result<Config, String> {
    let figment = Figment::from(Serialized::defaults(Config::default())).merge(Serialized::default(key, value));
    Config::from_figment(&figment)
}

#[test]
fn the_defaults_hold() {
    assert!(Config::default().check().is_ok());
}

/// A key that is added is tried too.
#[test]
fn what_no_key_takes_is_refused_by_the_name_of_the_key() {
    let keys = serde_json::to_value(Config::default()).unwrap();
    let keys: Vec<&String> = keys.as_object().unwrap().keys().collect();
    assert!(keys.len() > 20);
    for key in keys {
        let error = with(key, [[7]]).unwrap_err();
        assert!(
            error.contains(key) && error.contains(&format!("CARREL_{}", key.to_uppercase())),
            "{key}: {error}"
        );
    }
}

#[test]
fn an_error_names_its_key() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a-file");
    std::fs::write(&file, "").unwrap();
    for (key, value) in [
        ("address", "nowhere"),
        ("database", "rocksdb://x"),
        ("database", "surrealkv://"),
        ("database_namespace", ""),
        ("database_name", " "),
        ("files", ""),
        ("files", file.to_str().unwrap()),
        ("public_url", "carrel.example"),
        ("public_url", "https://carrel.example/path"),
        ("public_url", "https://carrel.example?x"),
        ("public_url", "http://a b"),
        ("public_url", "https://rosa@carrel.example"),
        ("secret", "short"),
        ("secret", "a sentence that somebody thought of themselves"),
        ("secret", "file:/nowhere/at/all"),
        ("database", "ws://db.example.org:8000"),
        ("database_user", "carrel"),
        ("database_password", "file:/nowhere/at/all"),
        ("database_level", "emperor"),
        ("smtp", "smtp://mail.example.org"),
        ("mail_from", "carrel@carrel.example"),
        ("timeout", "soon"),
        ("trusted_proxies", "everyone"),
        ("log", "carrel=loud"),
    ] {
        let error = with(key, value).unwrap_err();
        assert!(error.contains(key) && error.contains("CARREL_"), "{key}: {error}");
    }
    for key in [
        "database_cache",
        "database_memtable",
        "body_limit",
        "concurrency",
        "timeout",
    ] {
        let error = with(key, 0).unwrap_err();
        assert!(error.starts_with(key) && error.contains("from"), "{key}: {error}");
    }
    let mail = Config {
        smtp: Some("smtp://127.0.0.1:1".into()),
        mail_from: Some("nobody".into()),
        ..Config::default()
    };
    assert!(mail.check().unwrap_err().starts_with("mail_from"));
}

#[test]
fn a_secret_of_the_wrong_kind_is_not_shown() {
    for key in SECRETS {
        let error = with(key, 12_345_678).unwrap_err();
        assert!(error.starts_with(key) && !error.contains("12345678"), "{error}");
    }
}

#[test]
fn people_reach_the_address_that_is_listened_on_unless_another_is_named() {
    let reached = |toml: &str| {
        let defaults = Config {
            public_url: String::new(),
            ..Config::default()
        };
        let figment = Figment::from(Serialized::defaults(defaults)).merge(Toml::string(toml));
        Config::from_figment(&figment).unwrap().public_url
    };
    assert_eq!(reached(""), Config::default().public_url);
    assert_eq!(reached("address = '127.0.0.1:3001'"), "http://127.0.0.1:3001");
    assert_eq!(reached("address = '0.0.0.0:3001'"), "http://127.0.0.1:3001");
    assert_eq!(reached("address = '[::]:3001'"), "http://[::1]:3001");
    let both = "address = '0.0.0.0:3001'\npublic_url = 'https://carrel.example'";
    assert_eq!(reached(both), "https://carrel.example");
}

#[test]
fn a_secret_may_stand_in_a_file_and_is_random() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret");
    let secret = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    std::fs::write(&path, format!("{secret}\n")).unwrap();
    let config = with("secret", format!("file:{}", path.display())).unwrap();
    assert_eq!(config.secret.as_deref(), Some(secret));
    assert!(with("secret", "00".repeat(32)).unwrap_err().contains("random"));
    std::fs::write(&path, "hunter2").unwrap();
    assert!(with("secret", format!("file:{}", path.display())).is_err());
}

#[test]
fn a_database_elsewhere_is_not_spoken_to_in_the_clear_unless_that_is_allowed() {
    for own in [
        "ws://127.0.0.1:8000",
        "ws://localhost",
        "ws://[::1]:8000/rpc",
        "wss://db.example.org",
    ] {
        assert!(with("database", own).is_ok(), "{own}");
    }
    for other in ["ws://db.example.org:8000", "ws://localhost.example", "ws://10.0.0.3"] {
        assert!(
            with("database", other).unwrap_err().contains("DATABASE_IN_THE_CLEAR"),
            "{other}"
        );
    }
    let allowed = Config {
        database: "ws://db.example.org:8000".into(),
        database_in_the_clear: true,
        ..Config::default()
    };
    assert!(allowed.check().is_ok() && allowed.warnings().len() == 1);
}

#[test]
fn whoever_serves_others_in_the_clear_is_warned() {
    let warned = |address: &str, public_url: &str| {
        let config = Config {
            address: address.parse().unwrap(),
            public_url: public_url.into(),
            ..Config::default()
        };
        config.warnings().len()
    };
    assert_eq!(warned("127.0.0.1:3000", "http://127.0.0.1:3000"), 0);
    assert_eq!(warned("0.0.0.0:3000", "https://carrel.example"), 0);
    assert_eq!(warned("127.0.0.1:3000", "http://carrel.example"), 1);
    assert_eq!(warned("0.0.0.0:3000", "http://localhost:3000"), 1);
    assert_eq!(warned("0.0.0.0:3000", "http://localhost.carrel.example"), 1);
}

#[test]
fn a_limit_is_given_by_class_and_has_to_be_one() {
    let with = |toml: &str| {
        let figment = Figment::from(Serialized::defaults(Config::default())).merge(Toml::string(toml));
        Config::from_figment(&figment)
    };
    let config = with("limits.search.person = 5").unwrap();
    assert_eq!(config.limits.search.person, 5);
    assert_eq!(config.limits.search.seconds, Bounds::default().search.seconds);
    for wrong in [
        "limits.search.person = 0",
        "limits.posting.seconds = 0",
        "limits.dancing.person = 5",
    ] {
        let error = with(wrong).unwrap_err();
        assert!(error.contains("limits"), "{wrong}: {error}");
    }
}

#[test]
fn files_of_evidence_have_limits_of_their_own() {
    let with = |toml: &str| {
        let figment = Figment::from(Serialized::defaults(Config::default())).merge(Toml::string(toml));
        Config::from_figment(&figment)
    };
    let limits = with("evidence.megabytes = 20").unwrap().evidence.limits();
    assert_eq!(
        (limits.bytes, limits.of_a_person),
        (20 * 1024 * 1024, 200 * 1024 * 1024)
    );
    for wrong in [
        "evidence.megabytes = 0",
        "evidence.megabytes = 51",
        "evidence.megabytes_of_a_person = 10001",
        "evidence.songs = 5",
    ] {
        let error = with(wrong).unwrap_err();
        assert!(error.contains("evidence"), "{wrong}: {error}");
    }
}

#[test]
fn what_is_imported_has_limits_of_its_own_within_what_carrel_can_hold() {
    let with = |toml: &str| {
        let figment = Figment::from(Serialized::defaults(Config::default())).merge(Toml::string(toml));
        Config::from_figment(&figment)
    };
    let limits = with("imports.megabytes = 100").unwrap().imports.limits();
    assert_eq!((limits.bytes, limits.nodes), (100 * 1024 * 1024, 10_000));
    for wrong in [
        "imports.megabytes = 0",
        "imports.megabytes = 101",
        "imports.statements = 10001",
        "imports.references = 50001",
        "imports.songs = 5",
    ] {
        let error = with(wrong).unwrap_err();
        assert!(error.contains("imports"), "{wrong}: {error}");
    }
}

#[test]
fn a_secret_does_not_show_in_the_credentials() {
    let credentials = Credentials {
        user: "u".into(),
        password: "hunter2".into(),
        level: Level::Database,
    };
    assert!(!format!("{credentials:?}").contains("hunter2"));
}
