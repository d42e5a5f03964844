//! Having the large set typeset, as who reads it does: it is asked for, and the
//! page is looked at until the file is there.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use app::publications::api::Typeset;
use server_fn::ServerFn;

use crate::http::{Connection, Request};

/// What it is called in the report.
pub const NAME: &str = "PDF of 1,100 statements";

/// Seconds after which nobody waits any more.
const LONGEST: u64 = 120;

/// How long it takes from asking for an edition, such as `/index/set/1`, until
/// its file is ready.
pub async fn measure(address: SocketAddr, cookie: &str, edition: &str) -> Result<Duration, String> {
    let mut connection = Connection::open(address).await?;
    let mut parts = edition.rsplit('/');
    let (number, set) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let page = format!("{edition}/publication");
    let fields = [("set", set), ("edition", number), ("paper", "a4")];
    let ask = Request::post(address, Typeset::PATH, &page, &fields).ready(cookie);
    let begin = Instant::now();
    let answer = connection.send(&ask).await?;
    let file = answer
        .header("location")
        .filter(|to| to.contains("?file="))
        .map(str::to_owned);
    let file = file.ok_or_else(|| format!("asking for it answers with {}", answer.status))?;
    let look = Request::get(address, file.split('#').next().unwrap_or_default()).ready();
    while begin.elapsed() < Duration::from_secs(LONGEST) {
        let answer = connection.send(&look).await?;
        if answer.holds("Download the PDF") {
            return Ok(begin.elapsed());
        }
        if answer.status != 200 || answer.holds("could not be typeset") {
            return Err(format!("its page answers with {}", answer.status));
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Err(format!("it is not there after {LONGEST} s"))
}
