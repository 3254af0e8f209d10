//! What becomes of a request.

use std::borrow::Cow;
use std::time::Duration;

use super::pace::{self, Pace};

/// What becomes of a request. A host carries it out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Plan {
    /// It is answered.
    Answer(Answer),
    /// Nothing ever comes, until the one who asked gives up.
    Hang,
    /// The connection fails after this time, with nothing sent.
    Drop(Duration),
}

/// A response.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer {
    /// The HTTP status, 200 to 599.
    pub status: u16,
    /// The headers, without those of a host's own, such as `Date`. `Content-Length` is among them.
    pub headers: Vec<(&'static str, Cow<'static, str>)>,
    /// When status and headers go out, counted from the request's arrival.
    pub headers_after: Duration,
    /// What follows them. Empty where the status allows no body.
    pub body: Body,
}

impl Answer {
    /// The value of the header `name`, which is given as this Lab writes it.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.as_ref())
    }

    /// Where this answer sends the client to, if it is a redirect. Relative to the request's own URL.
    #[must_use]
    pub fn location(&self) -> Option<&str> {
        if matches!(self.status, 301 | 302 | 303 | 307 | 308) {
            self.header("Location")
        } else {
            None
        }
    }
}

/// The bytes of a response, and how fast they go.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Body {
    /// The bytes.
    pub content: Content,
    /// Bytes a second, at least 1; `None` sends them all at once.
    pub rate: Option<u32>,
}

impl Body {
    /// Nothing.
    pub const EMPTY: Self = Self {
        content: Content::Filler(0),
        rate: None,
    };

    /// The number of bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.content.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The body in pieces, each with its time.
    #[must_use]
    pub fn pace(self) -> Pace {
        Pace::new(self)
    }
}

/// The bytes of a body.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Content {
    /// These.
    Bytes(Vec<u8>),
    /// So many bytes of readable text, which are not there before they are needed.
    Filler(usize),
}

impl Content {
    /// The number of bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Bytes(bytes) => bytes.len(),
            Self::Filler(count) => *count,
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The bytes from `start` up to `end`, which are cut to what there is.
    #[must_use]
    pub fn slice(&self, start: usize, end: usize) -> Vec<u8> {
        let end = end.min(self.len());
        let start = start.min(end);
        match self {
            Self::Bytes(bytes) => bytes[start..end].to_vec(),
            Self::Filler(_) => pace::filler(start, end),
        }
    }
}
