//! Bodies that come in chunks (RFC 9112 §7.1), as they arrive.

/// What is read of a chunked body.
#[derive(Debug, Default)]
pub struct Chunked {
    state: State,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum State {
    #[default]
    Size,
    Data(usize),
    /// The line end behind a chunk.
    After,
    /// Lines behind the last chunk, up to an empty one.
    Trailer,
    Done,
}

impl Chunked {
    pub fn is_done(&self) -> bool {
        self.state == State::Done
    }

    /// Takes what it can of `input`, adds data to `body`, and answers how many
    /// bytes it used up.
    pub fn push(&mut self, input: &[u8], body: &mut Vec<u8>) -> Result<usize, String> {
        let mut used = 0;
        loop {
            let rest = &input[used..];
            match self.state {
                State::Done => return Ok(used),
                State::Data(left) => {
                    let now = left.min(rest.len());
                    body.extend_from_slice(&rest[..now]);
                    used += now;
                    if now < left {
                        self.state = State::Data(left - now);
                        return Ok(used);
                    }
                    self.state = State::After;
                }
                State::Size | State::After | State::Trailer => {
                    let Some(end) = rest.windows(2).position(|two| two == b"\r\n") else {
                        return Ok(used);
                    };
                    self.state = self.line(&rest[..end])?;
                    used += end + 2;
                }
            }
        }
    }

    fn line(&self, line: &[u8]) -> Result<State, String> {
        match self.state {
            State::Size => match size_of(line)? {
                0 => Ok(State::Trailer),
                size => Ok(State::Data(size)),
            },
            State::After if line.is_empty() => Ok(State::Size),
            State::After => Err("a chunk is longer than it says".into()),
            _ if line.is_empty() => Ok(State::Done),
            state => Ok(state),
        }
    }
}

fn size_of(line: &[u8]) -> Result<usize, String> {
    let text = std::str::from_utf8(line).unwrap_or_default();
    let digits = text.split(';').next().unwrap_or_default().trim();
    usize::from_str_radix(digits, 16).map_err(|_| format!("“{text}” is not the size of a chunk"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIRE: &[u8] = b"5\r\nhello\r\n7;name=value\r\n, world\r\n0\r\nTrailer: x\r\n\r\nHTTP/1.1";

    #[test]
    fn chunks_become_a_body_and_the_next_answer_is_left() {
        let mut body = Vec::new();
        let mut chunked = Chunked::default();
        let used = chunked.push(WIRE, &mut body).unwrap();
        assert!(chunked.is_done());
        assert_eq!(
            (body.as_slice(), &WIRE[used..]),
            (b"hello, world".as_slice(), b"HTTP/1.1".as_slice())
        );
    }

    #[test]
    fn it_does_not_matter_where_the_wire_is_cut() {
        for cut in 0..WIRE.len() {
            let (mut body, mut input, mut chunked) = (Vec::new(), Vec::new(), Chunked::default());
            for part in [&WIRE[..cut], &WIRE[cut..]] {
                input.extend_from_slice(part);
                let used = chunked.push(&input, &mut body).unwrap();
                input.drain(..used);
            }
            assert!(chunked.is_done() && body == b"hello, world", "cut at {cut}");
        }
    }

    #[test]
    fn nonsense_is_refused() {
        for bad in ["x\r\n", "2\r\nabc\r\n", "\r\n"] {
            assert!(
                Chunked::default().push(bad.as_bytes(), &mut Vec::new()).is_err(),
                "{bad:?}"
            );
        }
    }
}
