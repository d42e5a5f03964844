//! A Carrel of its own for each test.

mod description;
pub mod smtp;

pub use description::Description;

use app::db::Db;
use app::id::OrganisationId;
use app::organisations::store::NewOrganisation;
use app::people::model::{Email, PersonName};
use app::people::sessions;
use app::people::store::{Created, NewPerson};
use app::viewer::Role;
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use http_body_util::BodyExt;
use server::config::Config;
use server::live::Shutdown;
use server::router::{oneshot, router};

pub struct TestApp {
    pub db: Db,
    /// Gone with the test.
    pub files: tempfile::TempDir,
    pub refusals: app::audit::refusals::Refusals,
    pub pools: app::pools::Pools,
    pub hub: app::groups::live::Hub,
    router: Router,
}

/// Someone who is signed in, or nobody.
#[derive(Clone, Default)]
pub struct Someone {
    pub token: Option<String>,
    /// Other cookies, such as that of a form draft, as the browser sends them.
    pub lent: Vec<String>,
}

impl Someone {
    pub fn with(token: String) -> Self {
        Self {
            token: Some(token),
            lent: Vec::new(),
        }
    }

    /// The same browser with the cookies that an answer gave it, but for the
    /// session.
    pub fn after(mut self, answer: &Answer) -> Self {
        for cookie in answer.cookies().filter(|cookie| cookie.starts_with("carrel-")) {
            let pair = cookie.split(';').next().unwrap();
            let name = pair.split('=').next().unwrap();
            self.lent.retain(|lent| !lent.starts_with(&format!("{name}=")));
            if !cookie.contains("Max-Age=0") {
                self.lent.push(pair.to_owned());
            }
        }
        self
    }
}

/// The secret of every installation here.
pub const SECRET: &str = "a secret of at least thirty-two characters";

/// A password that is long enough.
pub const PASSWORD: &str = "harbour violet ladder nine";

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn location(&self) -> &str {
        self.headers
            .get(header::LOCATION)
            .map_or("", |value| value.to_str().unwrap())
    }

    pub fn cookies(&self) -> impl Iterator<Item = &str> {
        let values = self.headers.get_all(header::SET_COOKIE).iter();
        values.filter_map(|value| value.to_str().ok())
    }

    /// The session cookie that this answer gives.
    pub fn session(&self) -> Option<Someone> {
        let value = self.cookies().find_map(|cookie| cookie.strip_prefix("carrel="))?;
        let token = value.split(';').next()?.to_owned();
        (!token.is_empty()).then(|| Someone::with(token))
    }
}

/// All addresses of a server on this database.
pub fn serving(db: &Db, config: &Config) -> Router {
    router(server::serve::state(db.clone(), config), config, Shutdown::default())
}

impl TestApp {
    pub async fn new() -> Self {
        Self::configured(Config::default()).await
    }

    /// One that writes letters; they are sent by a [`smtp::Sink`].
    pub async fn with_mail() -> Self {
        Self::configured(Config {
            smtp: Some("smtp://127.0.0.1:1".into()),
            mail_from: Some("Carrel <carrel@carrel.example>".into()),
            ..Config::default()
        })
        .await
    }

    pub async fn configured(config: Config) -> Self {
        let files = tempfile::tempdir().unwrap();
        let config = Config {
            database: "mem://".into(),
            files: files.path().to_owned(),
            secret: Some(SECRET.into()),
            ..config
        };
        let db = Db::for_test().await.unwrap();
        let state = server::serve::state(db.clone(), &config);
        let (refusals, pools, hub) = (state.refusals.clone(), state.pools.clone(), state.hub.clone());
        let router = router(state, &config, Shutdown::default());
        Self {
            db,
            files,
            refusals,
            pools,
            hub,
            router,
        }
    }

    pub async fn organisation(&self, slug: &str, parent: Option<&OrganisationId>) -> OrganisationId {
        let new = NewOrganisation {
            slug: slug.into(),
            name: slug.into(),
            kind: if parent.is_some() { "branch" } else { "library" }.into(),
            place: String::new(),
            timezone: "Europe/London".into(),
            parent: parent.cloned(),
        };
        app::organisations::store::create(&self.db, new).await.unwrap()
    }

    /// An account without a usable password, signed in.
    pub async fn person(&self, name: &str, organisation: &OrganisationId, roles: &[Role]) -> Someone {
        let new = NewPerson {
            name: PersonName::parse(name).unwrap(),
            email: Email::parse(&format!("{name}@carrel.example")).unwrap(),
            title: String::new(),
            timezone: "UTC".into(),
            hash: "none".into(),
        };
        let created = app::people::store::create(&self.db, new, Some((organisation.clone(), roles.to_vec())))
            .await
            .unwrap();
        let Created::New(id) = created else {
            panic!("{name} is there already")
        };
        let token = sessions::open(&self.db, &id, "test").await.unwrap();
        Someone::with(token)
    }

    /// Gives someone [`PASSWORD`].
    pub async fn with_password(&self, someone: &Someone) {
        let viewer = sessions::viewer(&self.db, someone.token.as_ref().unwrap())
            .await
            .unwrap();
        let new = app::people::passwords::NewPassword::parse(PASSWORD, &[]).unwrap();
        let hash = app::people::passwords::Hasher::default().hash(new).await.unwrap();
        app::people::store::set_password(&self.db, &viewer.person.unwrap(), hash)
            .await
            .unwrap();
    }

    pub async fn get(&self, path: &str, someone: &Someone) -> Answer {
        self.send(
            Request::get(path).header(header::ACCEPT, "text/html"),
            someone,
            Body::empty(),
        )
        .await
    }

    /// A form as the browser sends it without JavaScript, from the page `from`.
    pub async fn form(&self, path: &str, from: &str, fields: &[(&str, &str)], someone: &Someone) -> Answer {
        let request = Request::post(path)
            .header(header::ACCEPT, "text/html")
            .header(header::REFERER, format!("http://127.0.0.1:3000{from}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, someone, Body::from(encode(fields))).await
    }

    /// The token of a link into an organisation for one person, which `by` makes.
    pub async fn invitation(&self, organisation: &OrganisationId, role: Role, by: &Someone) -> String {
        let key = String::from(app::groups::model::FormKey::random());
        let fields = [
            ("organisation", organisation.as_str()),
            ("roles[0]", role.as_str()),
            ("key", &key),
        ];
        let made = self.form(app::invitations::api::invite_path(), "/", &fields, by).await;
        let lent = made
            .cookies()
            .find_map(|cookie| cookie.strip_prefix("carrel-invitation="));
        let token = lent.and_then(|value| value.split(';').next());
        token.unwrap_or_else(|| panic!("{}", made.location())).to_owned()
    }

    /// A server function as the browser code calls it.
    pub async fn call(&self, path: &str, fields: &[(&str, &str)], someone: &Someone) -> Answer {
        let request = Request::post(path)
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, someone, Body::from(encode(fields))).await
    }

    /// A reading server function as the browser code calls it.
    pub async fn read(&self, path: &str, fields: &[(&str, &str)], someone: &Someone) -> Answer {
        let request = Request::get(format!("{path}?{}", encode(fields))).header(header::ACCEPT, "application/json");
        self.send(request, someone, Body::empty()).await
    }

    /// What a request hears, without waiting for the end of the answer: streams
    /// have none.
    pub async fn status(&self, method: &str, path: &str, someone: &Someone) -> StatusCode {
        let request = Request::builder().method(method).uri(path);
        self.ask(request, someone, Body::empty()).await.status()
    }

    /// The answer to a request, to be read as it comes.
    pub async fn open(&self, path: &str, someone: &Someone) -> Response {
        self.ask(Request::get(path), someone, Body::empty()).await
    }

    pub async fn send(&self, request: axum::http::request::Builder, someone: &Someone, body: Body) -> Answer {
        let (parts, body) = self.ask(request, someone, body).await.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    async fn ask(&self, request: axum::http::request::Builder, someone: &Someone, body: Body) -> Response {
        let request = request.header(header::HOST, "127.0.0.1:3000");
        let request = match &someone.token {
            Some(token) => request.header(header::COOKIE, format!("carrel={token}")),
            None => request,
        };
        let lent = someone.lent.iter();
        let request = lent.fold(request, |request, cookie| request.header(header::COOKIE, cookie));
        oneshot(self.router.clone(), request.body(body).unwrap()).await
    }
}

/// Form encoding.
pub fn encode(fields: &[(&str, &str)]) -> String {
    fields
        .iter()
        .map(|(name, value)| format!("{}={}", app::paths::segment(name), app::paths::segment(value)))
        .collect::<Vec<_>>()
        .join("&")
}

/// All that is kept, but for what every request may touch.
pub async fn kept(db: &Db) -> String {
    let file = tempfile::NamedTempFile::new().unwrap();
    db.export(file.path()).await.unwrap();
    let text = std::fs::read_to_string(file.path()).unwrap();
    text.lines()
        .filter(|line| !line.starts_with("-- ") && !line.contains("sign_in_attempt"))
        .collect::<Vec<_>>()
        .join("\n")
}
