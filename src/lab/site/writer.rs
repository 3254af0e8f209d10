//! Writes a page once, as HTML and as what that says: so the two can't differ.

use std::borrow::Cow;

use super::outline::Kind;

/// What becomes of a page's markup.
pub(super) enum Markup {
    /// Nothing: only what it says is wanted.
    Unwanted,
    /// Nobody reads it, but it has to be as long: so many bytes, each letter being one.
    Length(usize),
    /// It is written.
    Written(String),
}

impl Markup {
    pub(super) fn push(&mut self, markup: &str) {
        match self {
            Self::Unwanted => {}
            Self::Length(length) => *length += letters(markup),
            Self::Written(html) => html.push_str(markup),
        }
    }

    /// The same for what is known to be ASCII.
    pub(super) fn push_ascii(&mut self, markup: &str) {
        match self {
            Self::Unwanted => {}
            Self::Length(length) => *length += markup.len(),
            Self::Written(html) => html.push_str(markup),
        }
    }

    pub(super) fn push_escaped(&mut self, text: &str) {
        match self {
            Self::Unwanted => {}
            _ => self.push(&escaped(text)),
        }
    }

    /// Whether the words matter that are no link.
    pub(super) const fn is_wanted(&self) -> bool {
        !matches!(self, Self::Unwanted)
    }
}

/// A page that is being written.
pub(in crate::lab) struct Writer {
    /// The site's address, with a slash at its end.
    home: String,
    pub(super) html: Markup,
    pub(in crate::lab) base: Option<String>,
    /// What the links say, one behind another.
    hrefs: String,
    links: Vec<Written>,
}

/// Most links have no more.
const FEW_LETTERS: usize = 12;

/// A link whose address ends at `end` of what all say, and begins where the last one ended.
struct Written {
    end: usize,
    kind: Kind,
    is_nofollow: bool,
}

impl Writer {
    pub(super) const fn new(home: String, html: Markup) -> Self {
        Self {
            home,
            html,
            base: None,
            hrefs: String::new(),
            links: Vec::new(),
        }
    }

    /// Keeps a link, of which these are the parts.
    pub(super) fn keep(&mut self, kind: Kind, href: &[&str]) {
        href.iter().for_each(|part| self.hrefs.push_str(part));
        self.links.push(Written {
            end: self.hrefs.len(),
            kind,
            is_nofollow: false,
        });
    }

    /// Makes room for so many links of a few letters, if they are kept.
    pub(super) fn reserve(&mut self, links: usize) {
        if !self.html.is_wanted() {
            self.links.reserve_exact(links);
            self.hrefs.reserve(self.home.len() + links * FEW_LETTERS);
        }
    }

    /// The links that were kept: what is written, what it is, and whether it has `rel="nofollow"`.
    pub(in crate::lab) fn links(&self) -> impl Iterator<Item = (&str, Kind, bool)> {
        let mut start = 0;
        self.links.iter().map(move |link| {
            let href = self.hrefs.get(start..link.end).unwrap_or_default();
            start = link.end;
            (href, link.kind, link.is_nofollow)
        })
    }

    /// How many they are.
    pub(in crate::lab) const fn link_count(&self) -> usize {
        self.links.len()
    }

    /// The whole address of `path` below the site.
    pub(super) fn address(&self, path: &str) -> String {
        [&self.home, path].concat()
    }

    /// Something that is no link.
    pub(super) fn markup(&mut self, markup: &str) {
        self.html.push(markup);
    }

    /// Words, which markup stands for.
    pub(super) fn text(&mut self, text: &str) {
        self.html.push_escaped(text);
    }

    /// The value of an attribute that is a link.
    pub(super) fn href(&mut self, kind: Kind, href: String) {
        match kind {
            // Nothing in an address needs an escape in JSON.
            Kind::Json => self.markup(&href),
            _ => self.text(&href),
        }
        self.keep(kind, &[&href]);
    }

    /// A line of a list: a link, and what it is called, which `name` writes for it.
    pub(super) fn item(&mut self, href: &str, name: impl FnOnce(&mut Markup)) {
        if !self.html.is_wanted() {
            // It is kept as a link only where that is all that is wanted.
            return self.keep(Kind::Anchor, &[href]);
        }
        self.html.push_ascii("<li><a href=\"");
        self.text(href);
        self.html.push_ascii("\">");
        name(&mut self.html);
        self.html.push_ascii("</a>\n");
    }

    /// What stands at the top of a page, whose own path below the site is `path`.
    pub(super) fn head(&mut self, lang: &str, charset: &str, title: &str, path: &str) {
        if !self.html.is_wanted() {
            let home = std::mem::take(&mut self.home);
            self.keep(Kind::Link, &[&home, path]);
            self.home = home;
            return;
        }
        let title = &*escaped(title);
        for (before, text) in [
            ("<!doctype html>\n<html lang=\"", lang),
            ("\">\n<meta charset=\"", charset),
            ("\">\n<title>", title),
            (
                "</title>\n<meta name=\"description\" content=\"A page of the Lab: ",
                title,
            ),
        ] {
            self.html.push_ascii(before);
            self.markup(text);
        }
        self.html.push_ascii("\">\n<link rel=\"canonical\" href=\"");
        self.html.push_escaped(&self.home);
        self.text(path);
        self.html.push_ascii("\">\n<h1>");
        self.markup(title);
        self.html.push_ascii("</h1>\n");
    }

    /// Markup in which links stand between backticks: `` <a href="`ok.html`"> ``. A letter and a bar before the link say its
    /// kind, and a tilde stands for the site's address: `` `j|~ok.html` ``.
    pub(super) fn template(&mut self, template: &str) {
        for (place, part) in template.split('`').enumerate() {
            if place % 2 == 0 {
                self.markup(part);
                continue;
            }
            let (letter, href) = part.split_once('|').unwrap_or(("", part));
            let href = match href.strip_prefix('~') {
                Some(path) => self.address(path),
                None => href.to_owned(),
            };
            let kind = match letter {
                "b" => {
                    self.markup(&href);
                    self.base = Some(href);
                    continue;
                }
                "e" => Kind::Area,
                "f" => Kind::Frame,
                "g" => Kind::Form,
                "i" => Kind::Image,
                "j" => Kind::Json,
                "l" => Kind::Link,
                "r" => Kind::Refresh,
                _ => Kind::Anchor,
            };
            self.href(kind, href);
            if let Some(link) = self.links.last_mut() {
                link.is_nofollow = letter == "n";
            }
        }
    }
}

/// How many letters a text has.
fn letters(text: &str) -> usize {
    // To see that a text is ASCII takes a fraction of the time that it takes to tell letters apart.
    match text.is_ascii() {
        true => text.len(),
        false => text.chars().count(),
    }
}

/// A text so that it is read as it is, in an element, in an attribute, and in XML. It mostly is.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    let is_plain = |byte| !matches!(byte, b'&' | b'<' | b'"');
    if text.bytes().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut markup = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match letter {
            '&' => markup.push_str("&amp;"),
            '<' => markup.push_str("&lt;"),
            '"' => markup.push_str("&quot;"),
            _ => markup.push(letter),
        }
    }
    Cow::Owned(markup)
}
