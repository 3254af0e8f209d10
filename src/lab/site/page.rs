//! A page before it is an answer.

use super::Site;
use super::writer::Writer;
use crate::engine::random::Random;
use crate::lab::news;
use crate::lab::plan::{Answer, Body, Content};

/// A page's delay is the least plus some of the steps: coarse, so that bars that are alike look alike.
const LEAST_DELAY_MS: u32 = 40;
const DELAY_STEP_MS: u32 = 20;
const DELAY_STEPS: u32 = 10;

pub(super) const HTML: &str = "text/html; charset=utf-8";

pub(super) struct Page {
    pub(super) status: u16,
    pub(super) content_type: &'static str,
    pub(super) after_ms: u32,
    /// Bytes a second.
    pub(super) rate: Option<u32>,
    pub(super) location: Option<&'static str>,
    /// The target of a `Link` header.
    pub(super) link_header: Option<&'static str>,
    /// Whether its first attempt fails.
    pub(super) fails_first: bool,
    /// Whether its letters are sent as one byte each.
    pub(super) is_latin1: bool,
    pub(super) title: String,
    pub(super) body: Writer,
}

impl Page {
    /// A page as most are.
    pub(super) fn html(after_ms: u32, title: String, body: Writer) -> Self {
        Self {
            status: 200,
            content_type: HTML,
            after_ms,
            rate: None,
            location: None,
            link_header: None,
            fails_first: false,
            is_latin1: false,
            title,
            body,
        }
    }

    /// Whether its content type is one that is read for links.
    pub(super) fn is_read(&self) -> bool {
        self.content_type.starts_with("text/html") || self.content_type == "application/json"
    }

    pub(super) fn answer(self) -> Answer {
        if let Some(location) = self.location {
            let mut answer = Answer::redirect(location.to_owned());
            answer.status = self.status;
            return answer;
        }
        let html = self.body.html.unwrap_or_default();
        let bytes = if self.is_latin1 {
            html.chars()
                .map(|letter| u8::try_from(letter).unwrap_or(b'?'))
                .collect()
        } else {
            html.into_bytes()
        };
        let body = Body {
            content: Content::Bytes(bytes),
            rate: self.rate,
        };
        let mut answer = Answer::new(self.status, self.content_type, body);
        if let Some(target) = self.link_header {
            answer
                .headers
                .push(("Link", format!("<{target}>; rel=\"next\"")));
            answer
                .headers
                .push(("Access-Control-Expose-Headers", "Link".to_owned()));
        }
        answer
    }
}

/// What a page has by lot, and always the same: after how many milliseconds it comes, and its title.
pub(super) fn drawn(site: Site, path: &str) -> (u32, String) {
    let word = match site {
        Site::Small => "small",
        Site::Wide => "wide",
        Site::Deep => "deep",
        Site::Tree(_) => "tree",
        Site::Mixed(_) => "mixed",
        Site::Polite => "polite",
        Site::Trap => "trap",
    };
    let letters = word.bytes().chain(path.bytes());
    let seed = letters.fold(0_u64, |seed, byte| {
        seed.wrapping_mul(257).wrapping_add(u64::from(byte))
    });
    let mut random = Random::seeded(seed);
    let after_ms = LEAST_DELAY_MS + DELAY_STEP_MS * random.below(DELAY_STEPS + 1);
    (after_ms, news::title(&mut random))
}
