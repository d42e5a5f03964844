//! Configuration: `carrel.toml`, then the environment, typed and checked at
//! start. An error names its key.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;

use app::db::{Credentials, DbConfig, Level};
use app::mail::smtp::{Smtp, check_sender};
use figment::Figment;
use figment::providers::{Env, Format, Serialized, Toml};
use serde::{Deserialize, Serialize};

use crate::evidence::Files;
use crate::imports::Imports;
use crate::limits::{Bounds, Class};

/// Settings that are text: the environment's is taken as it stands, also where
/// it looks like a number.
const TEXTS: [&str; 13] = [
    "database",
    "database_user",
    "database_password",
    "database_namespace",
    "database_name",
    "files",
    "public_url",
    "secret",
    "secret_old",
    "breached_passwords",
    "smtp",
    "mail_from",
    "log",
];

/// Settings of which nothing is shown.
const SECRETS: [&str; 4] = ["secret", "secret_old", "database_password", "smtp"];

/// What begins with `CARREL_` and is no setting of the server.
const OTHERS: [&str; 4] = ["cache", "rust", "test_data", "test_database"];

/// All settings; each may be given as `CARREL_<KEY>` in the environment.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where to listen.
    pub address: SocketAddr,
    /// `surrealkv://PATH`, `mem://`, `ws://HOST:PORT` or `wss://HOST:PORT`.
    pub database: String,
    pub database_user: Option<String>,
    pub database_password: Option<String>,
    pub database_namespace: String,
    pub database_name: String,
    /// Whose user `database_user` is: of the whole server (`root`), of the
    /// namespace or of the database alone.
    pub database_level: Level,
    /// Whether a database elsewhere may be spoken to in the clear.
    pub database_in_the_clear: bool,
    /// Caches of the embedded database, in MiB.
    pub database_cache: u64,
    pub database_memtable: u64,
    /// Where uploaded files are kept.
    pub files: PathBuf,
    /// Where people reach Carrel; decides secure cookies. Made from the address
    /// where it is not given.
    pub public_url: String,
    /// What secrets of second factors are made of, and the keys of sign-in
    /// attempts; at least 32 random bytes in hexadecimal or base64. When it is
    /// not given, the file `carrel.key` beside the database holds one.
    pub secret: Option<String>,
    /// The secret before it, until what hangs on that has been taken over.
    pub secret_old: Option<String>,
    /// A file of breached passwords: SHA-1 in hexadecimal, a line each, sorted,
    /// as Pwned Passwords gives them.
    pub breached_passwords: Option<PathBuf>,
    /// The mail server, as `smtps://USER:PASSWORD@HOST:PORT`, and the address
    /// that letters come from. Carrel works whole without.
    pub smtp: Option<String>,
    pub mail_from: Option<String>,
    /// Whether posts are taken out when their author closes the account; else
    /// they stay as by a former member.
    pub remove_posts: bool,
    /// Whether providers of single sign-on may be in this server's own network,
    /// and be spoken to without encryption.
    pub private_addresses: bool,
    /// Whether the audit log is written to the server's log too.
    pub log_audit: bool,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// The largest body of an ordinary request, in KiB. The default holds the
    /// longest lesson in any script: a form sends a letter as up to twelve bytes.
    pub body_limit: usize,
    /// Requests worked on at once; more are turned away with 503.
    pub concurrency: usize,
    /// Seconds after which a request is given up.
    pub timeout: u64,
    /// How often somebody may do what costs others something.
    pub limits: Bounds,
    /// The most of one file that is imported.
    pub imports: Imports,
    /// The most of files that are put down as evidence.
    pub evidence: Files,
    /// What is logged, as `RUST_LOG` has it.
    pub log: String,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            address: SocketAddr::from(([127, 0, 0, 1], 3000)),
            database: "surrealkv://data/carrel.db".into(),
            database_user: None,
            database_password: None,
            database_namespace: "carrel".into(),
            database_name: "carrel".into(),
            database_level: Level::Root,
            database_in_the_clear: false,
            database_cache: 64,
            database_memtable: 32,
            files: "data/files".into(),
            public_url: "http://127.0.0.1:3000".into(),
            secret: None,
            secret_old: None,
            breached_passwords: None,
            smtp: None,
            mail_from: None,
            remove_posts: false,
            private_addresses: false,
            log_audit: false,
            trusted_proxies: Vec::new(),
            body_limit: 1280,
            concurrency: 256,
            timeout: 30,
            limits: Bounds::default(),
            imports: Imports::default(),
            evidence: Files::default(),
            log: "info,surrealdb=warn,surrealdb_core=warn,surrealkv=warn,surrealkv::lsm=error,surrealdb::core::kvs::ds=off".into(),
        }
    }
}

impl Config {
    /// Reads `carrel.toml` in the working folder, if it is there, and the
    /// environment over it.
    pub fn load() -> Result<Self, String> {
        let defaults = Self {
            public_url: String::new(),
            ..Self::default()
        };
        let environment = Env::prefixed("CARREL_");
        // A relative name is looked for in the folders above as well.
        let here = std::path::absolute("carrel.toml").unwrap_or_else(|_| "carrel.toml".into());
        let mut figment = Figment::from(Serialized::defaults(defaults))
            .merge(Toml::file(here))
            .merge(environment.clone().ignore(&OTHERS).ignore(&TEXTS));
        for (key, text) in environment.only(&TEXTS).iter() {
            figment = figment.merge((key.as_str(), text));
        }
        Self::from_figment(&figment)
    }

    fn from_figment(figment: &Figment) -> Result<Self, String> {
        let mut config: Self = figment.extract().map_err(|errors| {
            errors
                .into_iter()
                .map(|error| explain(&error))
                .collect::<Vec<_>>()
                .join("\n")
        })?;
        if config.public_url.is_empty() {
            config.public_url = format!("http://{}", on_this_machine(config.address));
        }
        config.open_files()?;
        config.check()?;
        Ok(config)
    }

    /// A secret may stand in a file of its own, named as `file:PATH`, as a vault
    /// or the system's own keeping of secrets hands it over.
    fn open_files(&mut self) -> Result<(), String> {
        let secrets = [
            ("secret", &mut self.secret),
            ("secret_old", &mut self.secret_old),
            ("database_password", &mut self.database_password),
            ("smtp", &mut self.smtp),
        ];
        for (key, value) in secrets {
            let Some(path) = value.as_deref().and_then(|value| value.strip_prefix("file:")) else {
                continue;
            };
            let read = std::fs::read_to_string(path);
            let read = read.map_err(|error| named(key, &format!("{path} cannot be read: {error}")))?;
            *value = Some(read.trim().to_owned());
        }
        Ok(())
    }

    fn check(&self) -> Result<(), String> {
        let remote = self.database.starts_with("ws://") || self.database.starts_with("wss://");
        if !(remote || self.database.starts_with("surrealkv://") || self.database == "mem://") {
            return Err(named(
                "database",
                "give surrealkv://PATH, mem://, ws://HOST:PORT or wss://HOST:PORT",
            ));
        }
        if self.database_path().is_some_and(|path| path.as_os_str().is_empty()) {
            return Err(named("database", "give surrealkv://PATH with a path"));
        }
        for (key, name) in [
            ("database_namespace", &self.database_namespace),
            ("database_name", &self.database_name),
        ] {
            if name.trim().is_empty() {
                return Err(named(key, "give a name"));
            }
        }
        if self.files.as_os_str().is_empty() || (self.files.exists() && !self.files.is_dir()) {
            return Err(named("files", "give a folder"));
        }
        tracing_subscriber::EnvFilter::try_new(&self.log).map_err(|error| named("log", &error.to_string()))?;
        if self.database_user.is_some() != self.database_password.is_some() {
            return Err(named("database_user", "give the user and the password, or neither"));
        }
        let host = self
            .public_url
            .strip_prefix("https://")
            .or_else(|| self.public_url.strip_prefix("http://"));
        let no_host = |letter: char| letter.is_whitespace() || letter.is_control() || "/?#@\\\"<>".contains(letter);
        if host.is_none_or(|host| host.is_empty() || host.contains(no_host)) {
            return Err(named("public_url", "give http://HOST or https://HOST without a path"));
        }
        if self
            .secret
            .as_deref()
            .is_some_and(|secret| !crate::secret::is_random(secret))
        {
            return Err(named(
                "secret",
                "give at least 32 random bytes in hexadecimal or base64, as `openssl rand -hex 32` makes them; \
                 a secret of before may be named as secret_old (CARREL_SECRET_OLD)",
            ));
        }
        if self.secret_old.is_some() && self.secret_old == self.secret {
            return Err(named("secret_old", "it is the secret that holds: take it out"));
        }
        if self.database.starts_with("ws://") && !is_this_machine(&self.database[5..]) && !self.database_in_the_clear {
            return Err(named(
                "database",
                "ws:// to another machine is in the clear: use wss://, or allow it with database_in_the_clear \
                 (CARREL_DATABASE_IN_THE_CLEAR)",
            ));
        }
        self.smtp()?;
        let bounds = [
            ("database_cache", self.database_cache, 8, 65_536),
            ("database_memtable", self.database_memtable, 8, 4_096),
            ("body_limit", self.body_limit as u64, 64, 65_536),
            ("concurrency", self.concurrency as u64, 1, 100_000),
            ("timeout", self.timeout, 1, 600),
        ];
        for (name, value, most) in self.imports.bounds() {
            if !(1..=most).contains(&value) {
                return Err(named(
                    &format!("imports.{name}"),
                    &format!("give a number from 1 to {most}"),
                ));
            }
        }
        for (name, value, most) in self.evidence.bounds() {
            if !(1..=most).contains(&value) {
                return Err(named(
                    &format!("evidence.{name}"),
                    &format!("give a number from 1 to {most}"),
                ));
            }
        }
        for class in Class::ALL {
            if !self.limits.of(class).is_sound() {
                let key = format!("limits.{}", class.as_str());
                return Err(named(
                    &key,
                    "give a person and an address at least one, within 1 to 86400 seconds",
                ));
            }
        }
        for (key, value, least, most) in bounds {
            if !(least..=most).contains(&value) {
                return Err(named(key, &format!("give a number from {least} to {most}")));
            }
        }
        Ok(())
    }

    /// The database that this configuration names.
    pub fn db(&self) -> DbConfig {
        DbConfig {
            address: self.database.clone(),
            credentials: self
                .database_user
                .clone()
                .zip(self.database_password.clone())
                .map(|(user, password)| Credentials {
                    user,
                    password,
                    level: self.database_level,
                }),
            namespace: self.database_namespace.clone(),
            name: self.database_name.clone(),
            cache_mib: self.database_cache,
            memtable_mib: self.database_memtable,
        }
    }

    /// The mail server, where one is configured.
    pub fn smtp(&self) -> Result<Option<Smtp>, String> {
        match (&self.smtp, &self.mail_from) {
            (None, None) => Ok(None),
            (Some(server), Some(from)) => {
                check_sender(from).map_err(|advice| named("mail_from", &advice))?;
                let smtp = Smtp::parse(server, from, &self.public_url);
                smtp.map(Some).map_err(|advice| named("smtp", &advice))
            }
            _ => Err(named(
                "smtp",
                "give the server and mail_from (CARREL_MAIL_FROM), or neither",
            )),
        }
    }

    /// What whoever starts this should know before others rely on it.
    pub fn warnings(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        let host = self.public_url.strip_prefix("http://");
        if host.is_some_and(|host| !is_this_machine(host)) {
            warnings.push(named(
                "public_url",
                "people reach this in the clear, and whoever is on the way reads and changes all of it: put a proxy with TLS \
                 in front, and name https:// here",
            ));
        } else if host.is_some() && !self.address.ip().is_loopback() {
            warnings.push(named(
                "address",
                "other machines reach this in the clear: listen on 127.0.0.1 behind a proxy with TLS, and name https:// as public_url",
            ));
        }
        if self.database_in_the_clear && self.database.starts_with("ws://") {
            warnings.push(named("database", "the database is spoken to in the clear"));
        }
        warnings
    }

    /// The folder of the embedded database, where there is one.
    pub fn database_path(&self) -> Option<PathBuf> {
        self.database.strip_prefix("surrealkv://").map(PathBuf::from)
    }
}

/// Whether `HOST[:PORT][/…]` is the machine that this runs on.
fn is_this_machine(host: &str) -> bool {
    let host = host.split('/').next().unwrap_or_default();
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name == "localhost" || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Where an address that is listened on is reached from this machine.
fn on_this_machine(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

fn named(key: &str, advice: &str) -> String {
    format!("{key} (CARREL_{}): {advice}", key.to_uppercase())
}

fn explain(error: &figment::Error) -> String {
    match error.path.first() {
        Some(key) if SECRETS.contains(&key.as_str()) => named(key, "give text, in quotes where it stands in a file"),
        Some(key) => named(key, &error.kind.to_string()),
        None => error.to_string(),
    }
}

#[cfg(test)]
mod tests;
