//! Measuring: several connections, each sending one request after the other,
//! every answer checked.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use crate::http::{Answer, Connection, Ready};

/// Time before anything counts.
const WARM_UP: Duration = Duration::from_secs(1);

/// A request and what its answer has to be.
pub struct Step {
    pub request: Ready,
    pub expect: Expect,
}

/// What an answer has to be.
#[derive(Debug, Clone)]
pub enum Expect {
    /// A page that holds this text.
    Text(String),
    /// A compressed page of at least so many bytes.
    Compressed(usize),
    /// The page that says that nothing is there.
    Nothing,
    /// The way back after a form was taken.
    Taken,
}

impl Expect {
    fn check(&self, answer: &Answer<'_>) -> Result<(), String> {
        let good = match self {
            Self::Text(text) => answer.status == 200 && answer.holds(text),
            Self::Compressed(least) => {
                answer.status == 200 && answer.header("content-encoding") == Some("br") && answer.body.len() >= *least
            }
            Self::Nothing => answer.status == 404,
            Self::Taken => {
                let taken = |location: &str| !location.contains("draft=") && !location.contains("__err=");
                matches!(answer.status, 302 | 303) && answer.header("location").is_some_and(taken)
            }
        };
        if good { Ok(()) } else { Err(self.complaint(answer)) }
    }

    fn complaint(&self, answer: &Answer<'_>) -> String {
        let location = answer.header("location").unwrap_or_default();
        let size = answer.body.len();
        format!(
            "expected {self:?}, got status {} with {size} bytes {location}",
            answer.status
        )
    }
}

/// The steps of one connection, by their number.
pub type Steps = Box<dyn FnMut(usize) -> Arc<Step> + Send>;

/// The same steps over and over, beginning with number `offset`.
pub fn cycle(steps: Vec<Step>, offset: usize) -> Steps {
    let steps: Vec<Arc<Step>> = steps.into_iter().map(Arc::new).collect();
    Box::new(move |number| Arc::clone(&steps[(number + offset) % steps.len()]))
}

/// What came out.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    pub per_second: f64,
    /// Milliseconds.
    pub p50: f64,
    pub p99: f64,
    /// The median size of an answer's body.
    pub bytes: usize,
    /// All requests that were answered as expected, warm-up included.
    pub answered: usize,
}

/// Runs each of `connections` for `time` after the warm-up.
pub async fn measure(address: SocketAddr, connections: Vec<Steps>, time: Duration) -> Result<Measured, String> {
    let from = Instant::now() + WARM_UP;
    let until = from + time;
    let mut tasks = JoinSet::new();
    for steps in connections {
        tasks.spawn(run(address, steps, from, until));
    }
    let mut all = Samples::default();
    while let Some(done) = tasks.join_next().await {
        let samples = done.map_err(|error| error.to_string())??;
        all.times.extend(samples.times);
        all.bytes.extend(samples.bytes);
        all.answered += samples.answered;
    }
    Ok(all.measured(time))
}

#[derive(Default)]
struct Samples {
    /// Microseconds.
    times: Vec<u32>,
    bytes: Vec<u32>,
    answered: usize,
}

async fn run(address: SocketAddr, mut steps: Steps, from: Instant, until: Instant) -> Result<Samples, String> {
    let mut connection = Connection::open(address).await?;
    let mut samples = Samples::default();
    for number in 0.. {
        let step = steps(number);
        let sent = Instant::now();
        if sent >= until {
            break;
        }
        let answer = connection.send(&step.request).await?;
        let done = Instant::now();
        step.expect.check(&answer)?;
        samples.answered += 1;
        if done >= from && done < until {
            samples
                .times
                .push(u32::try_from((done - sent).as_micros()).unwrap_or(u32::MAX));
            samples.bytes.push(u32::try_from(answer.body.len()).unwrap_or(u32::MAX));
        }
    }
    Ok(samples)
}

impl Samples {
    fn measured(mut self, time: Duration) -> Measured {
        self.times.sort_unstable();
        self.bytes.sort_unstable();
        Measured {
            per_second: self.times.len() as f64 / time.as_secs_f64(),
            p50: f64::from(percentile(&self.times, 50)) / 1_000.0,
            p99: f64::from(percentile(&self.times, 99)) / 1_000.0,
            bytes: percentile(&self.bytes, 50) as usize,
            answered: self.answered,
        }
    }
}

/// The smallest sample that at least `percent` in a hundred do not exceed
/// (nearest rank); `sorted` is, and 0 stands for none.
fn percentile(sorted: &[u32], percent: usize) -> u32 {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_samples() {
        let hundred: Vec<u32> = (1..=100).collect();
        assert_eq!((percentile(&hundred, 50), percentile(&hundred, 99)), (50, 99));
        assert_eq!((percentile(&[7], 50), percentile(&[7], 99)), (7, 7));
        assert_eq!(percentile(&[1, 2, 3], 50), 2);
        assert_eq!(percentile(&[], 99), 0);
    }

    #[test]
    fn what_falls_outside_is_answered_but_does_not_count() {
        let samples = Samples {
            times: vec![2_000; 10],
            bytes: vec![500; 10],
            answered: 13,
        };
        let measured = samples.measured(Duration::from_secs(5));
        assert_eq!(
            measured,
            Measured {
                per_second: 2.0,
                p50: 2.0,
                p99: 2.0,
                bytes: 500,
                answered: 13
            }
        );
    }
}
