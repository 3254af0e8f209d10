//! Writes a page once, as HTML and as what that says: so the two can't differ.

use super::outline::{Kind, Link};

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
            Self::Length(length) => *length += markup.chars().count(),
            Self::Written(html) => html.push_str(markup),
        }
    }

    pub(super) fn push_escaped(&mut self, text: &str) {
        match self {
            Self::Unwanted => {}
            Self::Length(length) => *length += escaped_length(text),
            Self::Written(html) => escape(text, html),
        }
    }

    /// Whether the words matter that are no link.
    pub(super) const fn is_wanted(&self) -> bool {
        !matches!(self, Self::Unwanted)
    }
}

/// A page that is being written.
pub(super) struct Writer {
    /// The site's address, with a slash at its end.
    home: String,
    pub(super) html: Markup,
    pub(super) base: Option<String>,
    pub(super) links: Vec<Link>,
}

impl Writer {
    pub(super) const fn new(home: String, html: Markup) -> Self {
        Self {
            home,
            html,
            base: None,
            links: Vec::new(),
        }
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
        self.links.push(Link::new(kind, href));
    }

    /// A line of a list: a link, and what it is called, which `name` writes for it.
    pub(super) fn item(&mut self, href: String, name: impl FnOnce(&str, &mut Markup)) {
        self.markup("<li><a href=\"");
        self.text(&href);
        self.markup("\">");
        name(&href, &mut self.html);
        self.markup("</a>\n");
        self.links.push(Link::new(Kind::Anchor, href));
    }

    /// The links of a list of which no markup is wanted.
    pub(super) fn links(&mut self, hrefs: Vec<String>) {
        let links = hrefs.into_iter().map(|href| Link::new(Kind::Anchor, href));
        self.links.extend(links);
    }

    /// What stands at the top of a page, whose own path below the site is `path`.
    pub(super) fn head(&mut self, lang: &str, charset: &str, title: &str, path: &str) {
        for (before, text) in [
            ("<!doctype html>\n<html lang=\"", lang),
            ("\">\n<meta charset=\"", charset),
            ("\">\n<title>", title),
            (
                "</title>\n<meta name=\"description\" content=\"A page of the Lab: ",
                title,
            ),
        ] {
            self.markup(before);
            self.text(text);
        }
        self.markup("\">\n<link rel=\"canonical\" href=\"");
        self.href(Kind::Link, self.address(path));
        self.markup("\">\n<h1>");
        self.text(title);
        self.markup("</h1>\n");
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

/// How long [`escape`] makes a text, in letters. To go through it four times, as a processor counts, takes less than to look at
/// each letter once.
fn escaped_length(text: &str) -> usize {
    let count = |letter| text.bytes().filter(|byte| *byte == letter).count();
    let more = |escape: &str| escape.len() - 1;
    text.chars().count()
        + count(b'&') * more("&amp;")
        + count(b'<') * more("&lt;")
        + count(b'"') * more("&quot;")
}

/// Appends `text` to `markup`, so that it is read as it is, in an element, in an attribute, and in XML.
pub(super) fn escape(text: &str, markup: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => markup.push_str("&amp;"),
            '<' => markup.push_str("&lt;"),
            '"' => markup.push_str("&quot;"),
            _ => markup.push(letter),
        }
    }
}
