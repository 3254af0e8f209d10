//! A page before it is an answer.

use super::writer::{Markup, Writer};
use super::{Asked, Kind, Site, regular};
use crate::engine::random::Random;
use crate::lab::news;
use crate::lab::plan::{Answer, Body, Content};

/// A page's delay is the least plus some of the steps: coarse, so that bars that are alike look alike.
const LEAST_DELAY_MS: u32 = 40;
const DELAY_STEP_MS: u32 = 20;
const DELAY_STEPS: u32 = 10;

pub(super) const HTML: &str = "text/html; charset=utf-8";

pub(in crate::lab) struct Page {
    pub(super) status: u16,
    pub(super) content_type: &'static str,
    pub(super) after_ms: u32,
    /// Bytes a second.
    pub(super) rate: Option<u32>,
    pub(super) location: Option<&'static str>,
    /// The target of a `Link` header.
    pub(super) link_header: Option<&'static str>,
    pub(in crate::lab) title: String,
    pub(in crate::lab) body: Writer,
}

impl Page {
    /// A page as most are, with nothing written yet.
    pub(super) fn new(asked: &Asked<'_>, html: Markup) -> Self {
        let (after_ms, title) = drawn(asked.site, &asked.path);
        Self {
            status: 200,
            content_type: HTML,
            after_ms,
            rate: None,
            location: None,
            link_header: None,
            title,
            body: Writer::new(asked.home(), html),
        }
    }

    /// Whether its content type is one that is read for links.
    pub(in crate::lab) fn is_read(&self) -> bool {
        self.content_type.starts_with("text/html") || self.content_type == "application/json"
    }

    /// Writes a list of links.
    pub(super) fn list<'a>(&mut self, links: impl Iterator<Item = &'a str>) {
        self.body.markup("<ul>\n");
        for href in links {
            self.body.item(href, |html| html.push_escaped(href));
        }
        self.body.markup("</ul>\n");
    }

    /// The same where pages have numbers: their titles are known.
    pub(super) fn numbered_list(&mut self, site: Site, numbers: &[u32]) {
        self.body.markup("<ul>\n");
        let mut digits = regular::Digits::default();
        for &number in numbers {
            let path = if number == 0 { "" } else { digits.path(number) };
            let href = if number == 0 { "./" } else { path };
            if !self.body.html.is_wanted() {
                self.body.keep(Kind::Anchor, &[href]);
                continue;
            }
            self.body.item(href, |html| {
                let mut random = lot(site, path);
                let _ = delay_ms(&mut random);
                news::headline(&mut random, &mut |words| html.push_ascii(words));
            });
        }
        self.body.markup("</ul>\n");
    }

    pub(super) fn answer(self) -> Answer {
        if let Some(location) = self.location {
            let mut answer = Answer::redirect(location.to_owned());
            answer.status = self.status;
            return answer;
        }
        let content = match self.body.html {
            Markup::Unwanted => Content::Filler(0),
            Markup::Length(bytes) => Content::Filler(bytes),
            Markup::Written(html) if html.is_ascii() => Content::Bytes(html.into_bytes()),
            // All that is not ASCII is on pages that are sent as one byte a letter.
            Markup::Written(html) => {
                Content::Bytes(html.chars().map(|letter| letter as u8).collect())
            }
        };
        let body = Body {
            content,
            rate: self.rate,
        };
        let mut answer = Answer::new(self.status, self.content_type, body);
        if let Some(target) = self.link_header {
            let link = format!("<{target}>; rel=\"next\"");
            answer.headers.push(("Link", link.into()));
            answer
                .headers
                .push(("Access-Control-Expose-Headers", "Link".into()));
        }
        answer
    }
}

/// What a page has by lot, and always the same: after how many milliseconds it comes, and its title.
fn drawn(site: Site, path: &str) -> (u32, String) {
    let mut random = lot(site, path);
    (delay_ms(&mut random), news::title(&mut random))
}

fn delay_ms(random: &mut Random) -> u32 {
    LEAST_DELAY_MS + DELAY_STEP_MS * random.below(DELAY_STEPS + 1)
}

/// A page's lot, from which first its delay is drawn and then its title.
fn lot(site: Site, path: &str) -> Random {
    // Copies of a site are the same, but no two sites are.
    let seed = match site {
        Site::Small => 1,
        Site::Wide => 2,
        Site::Deep => 3,
        Site::Tree(_) => 4,
        Site::Mixed(_) => 5,
        Site::Polite => 6,
        Site::Trap => 7,
    };
    let seed = path.bytes().fold(seed, |seed: u64, byte| {
        seed.wrapping_mul(257).wrapping_add(byte.into())
    });
    Random::seeded(seed)
}
