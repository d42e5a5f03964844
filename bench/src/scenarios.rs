//! What the load does: one scenario a page, and replies.

use std::net::SocketAddr;
use std::sync::Arc;

use crate::data::size::Size;
use crate::data::{Landmarks, Page, ReplyTo};
use crate::http::{Connection, Ready, Request};
use crate::load::{Expect, Step, Steps, cycle};

/// Something to measure.
pub struct Scenario {
    pub name: &'static str,
    /// Requests a second to reach at least, and milliseconds that the 99th
    /// percentile has to stay below.
    pub figure: Option<(f64, f64)>,
    /// Bytes that an answer may have.
    pub most: Option<usize>,
    /// Whether each request leaves a post.
    pub writes: bool,
    pub connections: Vec<Steps>,
}

/// The most bytes that a large set may have at first, in brotli.
const SET: usize = 60_000;

/// Builds requests for one server.
pub struct Requests<'a> {
    pub address: SocketAddr,
    pub landmarks: &'a Landmarks,
}

impl Requests<'_> {
    /// All scenarios, in the order in which they run: the writing ones last.
    pub async fn scenarios(&self) -> Vec<Scenario> {
        let data = self.landmarks;
        let thread = std::slice::from_ref(&data.private_thread);
        let public = std::slice::from_ref(&data.public_thread);
        let front = std::slice::from_ref(&data.front);
        // A word of nearly every title, and one that none holds as it is typed.
        let common = found("the", "<mark>the");
        let slip = found("bugdet", "<b>budget");
        let group = parent(&data.private_thread.path);
        // Of the group that everyone who signs in for the load belongs to.
        let one_thread = vec![data.replies[1].clone(); Size::CONNECTIONS];
        vec![
            pages("front page, visitor", |_| self.reads(front, None)),
            pages("statement, visitor", |_| self.reads(&data.statements, None)),
            pages("statement, signed in", |n| self.reads(&data.statements, Some(n))),
            self.alone("set of 1,100 statements, alone", &data.large[0], None, 30.0),
            Scenario {
                most: Some(SET),
                ..self.compressed("set of 1,100 statements, brotli", &data.large[0]).await
            },
            self.alone("statement of such a set, alone", &data.large[1], None, 15.0),
            self.alone("CASE package of such a set, alone", &data.large[2], None, 300.0),
            self.alone("branch of such a set, alone", &data.large[3], None, 15.0),
            self.alone("difference of two editions, alone", &data.large[4], None, 500.0),
            pages("course, signed in", |n| self.reads(&data.courses, Some(n))),
            pages("lesson, signed in", |n| self.reads(&data.lessons, Some(n))),
            Scenario {
                figure: Some((1_000.0, 30.0)),
                ..pages("thread of 50 posts, signed in", |n| self.reads(thread, Some(n)))
            },
            self.compressed("thread of 50 posts, signed in, brotli", &data.private_thread)
                .await,
            pages("thread of 50 posts, visitor", |_| self.reads(public, None)),
            // Side by side: what is hidden takes as long as what is not there.
            self.nothing("thread that is hidden, visitor", data.private_thread.path.clone()),
            self.nothing("thread that is not there, visitor", absent(&data.private_thread.path)),
            self.nothing("group that is hidden, visitor", group.to_owned()),
            self.nothing("group that is not there, visitor", absent(group)),
            pages("gaps, signed in", |n| {
                self.reads(std::slice::from_ref(&data.gaps[n]), Some(n))
            }),
            pages("search, common word, signed in", |n| {
                self.reads(std::slice::from_ref(&common), Some(n))
            }),
            pages("search, typo", |n| self.reads(std::slice::from_ref(&slip), Some(n))),
            self.alone("search, common word, alone", &common, Some(0), 50.0),
            self.alone("search, typo, alone", &slip, Some(0), 50.0),
            self.replies("replies, eight threads", "a", &data.replies),
            self.replies("replies, one thread", "b", &one_thread),
        ]
    }

    /// The cookie of one of the people who sign in.
    pub fn cookie(&self, person: usize) -> String {
        format!(
            "{}={}",
            app::people::sessions::cookie_name(false),
            self.landmarks.sessions[person]
        )
    }

    fn get(&self, path: &str, person: Option<usize>) -> Request {
        let request = Request::get(self.address, path);
        match person {
            Some(person) => request.header("Cookie", &self.cookie(person)),
            None => request,
        }
    }

    fn reads(&self, pages: &[Page], person: Option<usize>) -> Vec<Step> {
        let step = |page: &Page| Step {
            request: self.get(&page.path, person).ready(),
            expect: Expect::Text(page.marker.clone()),
        };
        pages.iter().map(step).collect()
    }

    /// A page by somebody who has the server alone: its own time, below so many
    /// milliseconds.
    fn alone(&self, name: &'static str, page: &Page, person: Option<usize>, below: f64) -> Scenario {
        let steps = self.reads(std::slice::from_ref(page), person);
        Scenario {
            name,
            figure: Some((1.0, below)),
            most: None,
            writes: false,
            connections: vec![cycle(steps, 0)],
        }
    }

    /// An address at which a visitor finds nothing.
    fn nothing(&self, name: &'static str, path: String) -> Scenario {
        pages(name, |_| {
            vec![Step {
                request: self.get(&path, None).ready(),
                expect: Expect::Nothing,
            }]
        })
    }

    /// The answers cannot be read without a decoder; a first one tells how
    /// large they have to be.
    async fn compressed(&self, name: &'static str, page: &Page) -> Scenario {
        let request = |person| {
            self.get(&page.path, Some(person))
                .header("Accept-Encoding", "br")
                .ready()
        };
        let first = body_size(self.address, &request(0)).await.unwrap_or(1);
        let step = |person| Step {
            request: request(person),
            expect: Expect::Compressed(first * 9 / 10),
        };
        pages(name, |person| vec![step(person)])
    }

    fn replies(&self, name: &'static str, series: &'static str, to: &[ReplyTo]) -> Scenario {
        let connections = to
            .iter()
            .enumerate()
            .map(|(person, to)| self.replying(series, person, to.clone()));
        Scenario {
            name,
            figure: None,
            most: None,
            writes: true,
            connections: connections.collect(),
        }
    }

    fn replying(&self, series: &'static str, person: usize, to: ReplyTo) -> Steps {
        let (address, cookie) = (self.address, self.cookie(person));
        Box::new(move |number| {
            let key = format!("bench-{series}-{person}-{number}");
            let body = format!("A reply under load, number {number} of **person {person}**.");
            let fields = [("thread", to.thread.as_str()), ("body", &body), ("form_key", &key)];
            let request = Request::post(address, REPLY, &to.page, &fields).ready(&cookie);
            Arc::new(Step {
                request,
                expect: Expect::Taken,
            })
        })
    }
}

/// The results for a word.
fn found(word: &str, marker: &str) -> Page {
    Page::new(format!("/search?q={word}"), marker)
}

/// The address of a thread's group.
fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(group, _)| group)
}

/// An address as long as this one, at which nothing is.
fn absent(path: &str) -> String {
    format!("{}zz", &path[..path.len().saturating_sub(2)])
}

/// Where the reply form goes.
const REPLY: &str = <app::groups::api::Reply as server_fn::ServerFn>::PATH;

fn pages(name: &'static str, steps: impl Fn(usize) -> Vec<Step>) -> Scenario {
    // Each connection begins elsewhere in the list.
    let connections = (0..Size::CONNECTIONS)
        .map(|number| cycle(steps(number), number * 11))
        .collect();
    Scenario {
        name,
        figure: None,
        most: None,
        writes: false,
        connections,
    }
}

async fn body_size(address: SocketAddr, request: &Ready) -> Result<usize, String> {
    let mut connection = Connection::open(address).await?;
    Ok(connection.send(request).await?.body.len())
}
