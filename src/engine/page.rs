//! What a fetched page says: its title, and the numbers of a JSON list. Strictly text, never markup.

use super::{json, references};

/// How far into a page its title is looked for, in bytes.
const TITLE_WITHIN_BYTES: usize = 256 * 1024;
/// Longest title kept, in characters.
const TITLE_CHARS: usize = 300;

/// Whether a body of this content type is worth keeping to be read. All else is only counted.
///
/// ```
/// use crawl_playground::engine::page::is_readable;
/// assert!(is_readable("text/html; charset=utf-8"));
/// assert!(is_readable("application/activity+json"));
/// assert!(!is_readable("image/png"));
/// ```
#[must_use]
pub fn is_readable(content_type: &str) -> bool {
    is_html(content_type) || is_json(content_type)
}

/// Whether a body of this content type may be text, also of a kind that is not known here.
///
/// ```
/// use crawl_playground::engine::page::may_be_text;
/// assert!(may_be_text("application/rss+xml") && may_be_text("text/plain") && may_be_text(""));
/// assert!(!may_be_text("application/octet-stream"));
/// ```
#[must_use]
pub fn may_be_text(content_type: &str) -> bool {
    let essence = essence(content_type).as_bytes();
    let begins = |with: &[u8]| {
        essence
            .get(..with.len())
            .is_some_and(|part| part.eq_ignore_ascii_case(with))
    };
    let ends = |with: &[u8]| {
        let part = essence
            .len()
            .checked_sub(with.len())
            .and_then(|at| essence.get(at..));
        part.is_some_and(|part| part.eq_ignore_ascii_case(with))
    };
    essence.is_empty() || begins(b"text/") || ends(b"json") || ends(b"xml")
}

/// Whether a path names a sitemap that somebody has packed by hand, as many are. Servers send those as all sorts of types.
///
/// ```
/// use crawl_playground::engine::page::may_be_packed_sitemap;
/// assert!(may_be_packed_sitemap("/sitemap.xml.gz") && may_be_packed_sitemap("/SITEMAP.XML.GZ"));
/// assert!(!may_be_packed_sitemap("/backup.tar.gz") && !may_be_packed_sitemap("/gz"));
/// ```
#[must_use]
pub fn may_be_packed_sitemap(path: &str) -> bool {
    const END: &[u8] = b".xml.gz";
    let at = path.len().checked_sub(END.len());
    let end = at.and_then(|at| path.as_bytes().get(at..));
    end.is_some_and(|end| end.eq_ignore_ascii_case(END))
}

/// The page's own title: of HTML the `<title>`, of a JSON object its `title` or `name`. White space is folded.
///
/// ```
/// use crawl_playground::engine::page::title;
/// assert_eq!(title("text/html", b"<title>Fish &amp;\n chips</title>").unwrap(), "Fish & chips");
/// assert_eq!(title("application/json", br#"{"id": 1, "title": "Fish"}"#).unwrap(), "Fish");
/// assert_eq!(title("image/png", b"<title>no</title>"), None);
/// ```
#[must_use]
pub fn title(content_type: &str, body: &[u8]) -> Option<String> {
    let title = if is_html(content_type) {
        html_title(body)?
    } else if is_json(content_type) {
        json_title(body)?
    } else {
        return None;
    };
    let mut folded = String::new();
    for word in title.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    let folded: String = folded.chars().take(TITLE_CHARS).collect();
    (!folded.is_empty()).then_some(folded)
}

/// The numbers of a JSON list, as news APIs give them. What is not such a list is `None`.
///
/// ```
/// use crawl_playground::engine::page::numbers;
/// assert_eq!(numbers(b"[3, 1, 2]"), Some(vec![3, 1, 2]));
/// assert_eq!(numbers(b"{}"), None);
/// ```
#[must_use]
pub fn numbers(body: &[u8]) -> Option<Vec<u64>> {
    json::numbers(body)
}

fn essence(content_type: &str) -> &str {
    content_type.split(';').next().unwrap_or_default().trim()
}

fn is_html(content_type: &str) -> bool {
    let essence = essence(content_type);
    essence.eq_ignore_ascii_case("text/html")
        || essence.eq_ignore_ascii_case("application/xhtml+xml")
}

fn is_json(content_type: &str) -> bool {
    let essence = essence(content_type).to_ascii_lowercase();
    essence == "application/json" || essence.ends_with("+json")
}

/// The text of the first `<title>`. A scan for one element: a tokenizer of all HTML costs the page 41 kB as it is sent.
fn html_title(body: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(&body[..body.len().min(TITLE_WITHIN_BYTES)]);
    // Only ASCII letters change, so places are the same in both.
    let lower = text.to_ascii_lowercase();
    let opened = lower
        .match_indices("<title")
        .map(|(at, tag)| at + tag.len())
        .find(|behind| {
            matches!(
                lower.as_bytes().get(*behind),
                Some(b'>' | b'/' | b' ' | b'\t' | b'\n' | b'\r')
            )
        })?;
    let start = opened + lower[opened..].find('>')? + 1;
    let end = lower[start..]
        .find("</title")
        .map_or(text.len(), |length| start + length);
    Some(references::decoded(&text[start..end], named).into_owned())
}

/// The named character references that titles use.
fn named(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        _ => return None,
    })
}

fn json_title(body: &[u8]) -> Option<String> {
    let [title, name] = json::texts(body, ["title", "name"])?;
    title.or(name)
}
