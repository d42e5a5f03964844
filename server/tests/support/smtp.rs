//! A mail server that keeps what it is given, or refuses it as it is told.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use app::db::Db;
use app::mail::sending::round;
use app::mail::smtp::Smtp;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// A letter as it arrived.
#[derive(Debug, Clone, Default)]
pub struct Received {
    pub to: Vec<String>,
    pub data: String,
}

impl Received {
    /// The address in it that begins like this, to its last character.
    pub fn link(&self, begins: &str) -> String {
        let start = self
            .data
            .find(begins)
            .unwrap_or_else(|| panic!("no {begins} in {}", self.data));
        let link = self.data[start..].split_whitespace().next().unwrap();
        link.trim_start_matches("http://127.0.0.1:3000").to_owned()
    }

    pub fn subject(&self) -> &str {
        let line = self.data.lines().find_map(|line| line.strip_prefix("Subject: "));
        line.unwrap_or_default()
    }
}

#[derive(Default)]
struct Kept {
    letters: Vec<Received>,
    /// What the next letters hear instead of being taken.
    refusals: VecDeque<&'static str>,
}

pub struct Sink {
    kept: Arc<Mutex<Kept>>,
    smtp: Smtp,
}

impl Sink {
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let kept = Arc::new(Mutex::new(Kept::default()));
        let for_letters = kept.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(talk(stream, for_letters.clone()));
            }
        });
        let smtp = Smtp::parse(
            &format!("smtp://{address}"),
            "Carrel <carrel@carrel.example>",
            "http://127.0.0.1:3000",
        );
        Self {
            kept,
            smtp: smtp.unwrap(),
        }
    }

    pub fn refuse(&self, answer: &'static str) {
        self.kept.lock().unwrap().refusals.push_back(answer);
    }

    /// Sends what is due, and gives what arrived.
    pub async fn deliver(&self, db: &Db) -> Vec<Received> {
        round(db, &self.smtp).await.unwrap();
        std::mem::take(&mut self.kept.lock().unwrap().letters)
    }

    /// The same by two who send at once.
    pub async fn deliver_twice_at_once(&self, db: &Db) -> Vec<Received> {
        let (one, other) = tokio::join!(round(db, &self.smtp), round(db, &self.smtp));
        one.and(other).unwrap();
        std::mem::take(&mut self.kept.lock().unwrap().letters)
    }
}

async fn talk(stream: TcpStream, kept: Arc<Mutex<Kept>>) {
    let (reading, mut writing) = stream.into_split();
    let mut lines = BufReader::new(reading).lines();
    let mut letter = Received::default();
    writing.write_all(b"220 sink\r\n").await.unwrap();
    while let Ok(Some(line)) = lines.next_line().await {
        let command = line.to_uppercase();
        let answer = if command.starts_with("RCPT TO:") {
            letter.to.push(line[8..].trim_matches(['<', '>']).to_owned());
            "250 ok"
        } else if command == "DATA" {
            writing.write_all(b"354 go on\r\n").await.unwrap();
            while let Ok(Some(line)) = lines.next_line().await {
                if line == "." {
                    break;
                }
                let line = line.strip_prefix('.').unwrap_or(&line);
                // A long line goes on after a soft break (RFC 2045 §6.7).
                match line.strip_suffix('=') {
                    Some(broken) => letter.data.push_str(broken),
                    None => letter.data.extend([line, "\n"]),
                }
            }
            let mut kept = kept.lock().unwrap();
            match kept.refusals.pop_front() {
                Some(refusal) => refusal,
                None => {
                    kept.letters.push(std::mem::take(&mut letter));
                    "250 taken"
                }
            }
        } else if command == "QUIT" {
            "221 bye"
        } else {
            "250 ok"
        };
        if writing.write_all(format!("{answer}\r\n").as_bytes()).await.is_err() {
            return;
        }
    }
}
