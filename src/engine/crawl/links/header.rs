//! The `Link:` header (RFC 8288, section 3; parsed as its appendix B.2 says).

use url::Url;

use super::draft::MAX_ADDRESS_BYTES;
use super::{Link, LinkKind, rel};
use crate::engine::crawl::address::Base;
use crate::engine::crawl::facts::MAX_LINKS;

/// A link of a header, with its relation: none, or several words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderLink {
    /// Where it leads.
    pub link: Link,
    /// What it is to this page, as it is written.
    pub rel: String,
}

/// The links of a header's value, of several headers joined by commas. A broken one ends the list.
///
/// One that says by `anchor` that it is another page's link is left out, and so is what is not http(s).
///
/// ```
/// use crawl_playground::engine::crawl::links::header::parse;
/// use url::Url;
///
/// let base = Url::parse("https://example.org/list?page=2")?;
/// let links = parse(r#"<?page=3>; rel="next", </css/a.css>; rel=preload"#, &base);
/// assert_eq!(links[0].link.url.as_str(), "https://example.org/list?page=3");
/// assert_eq!(links[0].rel, "next");
/// # Ok::<(), url::ParseError>(())
/// ```
#[must_use]
pub fn parse(value: &str, base: &Url) -> Vec<HeaderLink> {
    let base = Base::new(base);
    let mut links = Vec::new();
    let mut rest = value;
    loop {
        rest = rest.trim_start_matches(|letter| is_space(letter) || letter == ',');
        let Some((target, behind)) = rest.strip_prefix('<').and_then(|rest| rest.split_once('>'))
        else {
            return links;
        };
        let parameters = Parameters::read(behind);
        rest = parameters.rest;
        if target.len() > MAX_ADDRESS_BYTES || links.len() >= MAX_LINKS {
            continue;
        }
        let is_anothers = parameters
            .anchor
            .is_some_and(|anchor| base.resolve(&anchor) != base.resolve(""));
        if let Some(url) = base.resolve(target).filter(|_| !is_anothers) {
            let rel = parameters.rel.unwrap_or_default();
            links.push(HeaderLink {
                link: Link {
                    url,
                    kind: rel::kind(&rel, LinkKind::Header),
                    is_nofollow: rel::is_nofollow(&rel),
                },
                rel,
            });
        }
    }
}

/// Those parameters of a link that matter here; of several with one name the first counts.
struct Parameters<'a> {
    rel: Option<String>,
    anchor: Option<String>,
    /// What is behind the last of them.
    rest: &'a str,
}

impl<'a> Parameters<'a> {
    /// Appendix B.3.
    fn read(text: &'a str) -> Self {
        let mut parameters = Self {
            rel: None,
            anchor: None,
            rest: text,
        };
        loop {
            let rest = parameters.rest.trim_start_matches(is_space);
            let Some(rest) = rest.strip_prefix(';') else {
                parameters.rest = rest;
                return parameters;
            };
            let rest = rest.trim_start_matches(is_space);
            let is_end = |letter: char| is_space(letter) || matches!(letter, '=' | ';' | ',');
            let (name, rest) = rest.split_at(rest.find(is_end).unwrap_or(rest.len()));
            let rest = rest.trim_start_matches(is_space);
            let (value, rest) = match rest.strip_prefix('=') {
                Some(rest) => value(rest.trim_start_matches(is_space)),
                None => (String::new(), rest),
            };
            parameters.rest = rest;
            if name.eq_ignore_ascii_case("rel") {
                parameters.rel.get_or_insert(value);
            } else if name.eq_ignore_ascii_case("anchor") {
                parameters.anchor.get_or_insert(value);
            }
        }
    }
}

/// A parameter's value, in quotes or not, and what is behind it.
fn value(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([';', ',']).unwrap_or(text.len());
        return (
            text[..end].trim_end_matches(is_space).to_owned(),
            &text[end..],
        );
    };
    let mut value = String::new();
    let mut letters = quoted.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => break,
            '\\' => value.extend(letters.next()),
            _ => value.push(letter),
        }
    }
    (value, letters.as_str())
}

/// White space of a header: OWS of RFC 9110.
fn is_space(letter: char) -> bool {
    matches!(letter, ' ' | '\t')
}
