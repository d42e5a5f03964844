//! Handing letters to a mail server (SMTP, RFC 5321).

use std::net::IpAddr;
use std::time::Duration;

use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use reqwest::Url;

use super::outbox::Letter;

/// One command of a mail server may take this long.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The mail server that an installation sends through.
#[derive(Clone)]
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    host: String,
}

/// Why a letter was not taken.
pub struct Refusal {
    /// Trying again is of no use.
    pub for_good: bool,
    /// For site administrators.
    pub reason: String,
}

impl Smtp {
    /// Of `smtp://` or `smtps://USER:PASSWORD@HOST:PORT`, the address that
    /// letters come from, and where people reach Carrel. Elsewhere than on this
    /// machine, the connection is encrypted or not made.
    pub fn parse(server: &str, from: &str, public_url: &str) -> Result<Self, String> {
        let from = sender(from)?;
        let url = encrypted(server)?;
        let host = Url::parse(public_url)
            .ok()
            .and_then(|url| url.host_str().map(str::to_owned));
        let host = host.unwrap_or_else(|| "localhost".into());
        let mut transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.as_str())
            .map_err(|error| error.to_string())?
            .timeout(Some(TIMEOUT));
        if host.parse::<IpAddr>().is_err() && host != "localhost" {
            transport = transport.hello_name(ClientId::Domain(host.clone()));
        }
        Ok(Self {
            transport: transport.build(),
            from,
            host,
        })
    }

    pub async fn send(&self, letter: &Letter) -> Result<(), Refusal> {
        let message = self.message(letter)?;
        self.transport.send(message).await.map(drop).map_err(|error| Refusal {
            for_good: error.is_permanent(),
            reason: error.to_string(),
        })
    }

    fn message(&self, letter: &Letter) -> Result<Message, Refusal> {
        let wrong = |reason: String| Refusal { for_good: true, reason };
        let to = letter
            .recipient
            .parse()
            .map_err(|_| wrong("the address is none".into()))?;
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(&letter.subject)
            .date_now()
            // Sent twice after a crash, it is the same letter.
            .message_id(Some(format!("<{}@{}>", letter.id, self.host)))
            .header(ContentType::TEXT_PLAIN)
            .body(letter.body.clone())
            .map_err(|error| wrong(error.to_string()))?;
        // No answers from absent people (RFC 3834 §5).
        let name = HeaderName::new_from_ascii_str("Auto-Submitted");
        message
            .headers_mut()
            .insert_raw(HeaderValue::new(name, "auto-generated".into()));
        Ok(message)
    }
}

/// Whether letters can come from this address; advice where they cannot.
pub fn check_sender(from: &str) -> Result<(), String> {
    sender(from).map(drop)
}

fn sender(from: &str) -> Result<Mailbox, String> {
    let parsed = from.parse();
    parsed.map_err(|_| "give an address like Carrel <carrel@example.org>".into())
}

/// The server's address, which demands TLS unless the server is on this
/// machine or the address says otherwise.
fn encrypted(server: &str) -> Result<Url, String> {
    const FORM: &str = "give smtp://USER:PASSWORD@HOST:PORT or smtps://USER:PASSWORD@HOST:PORT";
    let mut url = Url::parse(server).map_err(|_| FORM)?;
    let host = url.host_str().filter(|host| !host.is_empty()).ok_or(FORM)?;
    let here = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    match url.scheme() {
        "smtps" => {}
        "smtp" if url.query().is_some() || here => {}
        "smtp" => url.set_query(Some("tls=required")),
        _ => return Err(FORM.into()),
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_is_encrypted_unless_it_stays_here() {
        assert_eq!(
            encrypted("smtp://mail.example.org").unwrap().query(),
            Some("tls=required")
        );
        assert_eq!(encrypted("smtp://127.0.0.1:2525").unwrap().query(), None);
        assert_eq!(encrypted("smtps://u:p@mail.example.org:465").unwrap().query(), None);
        for bad in ["mail.example.org", "http://mail.example.org", "smtp://"] {
            assert!(encrypted(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_letter_cannot_add_headers_or_recipients() {
        let smtp = Smtp::parse(
            "smtp://127.0.0.1:25",
            "Carrel <carrel@example.org>",
            "https://carrel.example",
        )
        .unwrap();
        let mut letter = Letter::new("rosa@riverside.example", "x", "Hello\r\n.\r\nQUIT".into(), 1);
        letter.subject = "Hello\r\nBcc: all@riverside.example".into();
        let written = smtp.message(&letter).ok().unwrap();
        let text = String::from_utf8(written.formatted()).unwrap();
        let head = text.split("\r\n\r\n").next().unwrap();
        assert!(!head.lines().any(|line| line.starts_with("Bcc")), "{head}");
        assert!(
            head.contains("Auto-Submitted: auto-generated") && head.contains("@carrel.example>"),
            "{head}"
        );
        assert_eq!(written.envelope().to().len(), 1);
        letter.recipient = "rosa@riverside.example>, <all@riverside.example".into();
        assert!(smtp.message(&letter).is_err());
    }

    #[tokio::test]
    async fn an_address_to_send_from_is_one() {
        assert!(Smtp::parse("smtp://127.0.0.1:25", "nobody", "http://127.0.0.1:3000").is_err());
        assert!(Smtp::parse("smtp://127.0.0.1:25", "carrel@example.org", "http://127.0.0.1:3000").is_ok());
    }
}
