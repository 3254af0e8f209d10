//! The lines of a robots.txt.

use std::time::Duration;

use super::MAX_BYTES;

/// How much of one line is read, in bytes: eight times the longest address. The rest of it is passed over.
const MAX_LINE_BYTES: usize = 8 * 2_083;

/// A line that says something.
pub(super) enum Line<'a> {
    /// The group is for this crawler.
    Agent(&'a [u8]),
    /// What may or may not be fetched.
    Rule { is_allow: bool, path: &'a [u8] },
    /// How long to wait between requests.
    Delay(Duration),
    /// Where a sitemap is.
    Sitemap(String),
}

/// The lines that say something, ended by a line feed, a carriage return or both.
pub(super) fn lines(file: &[u8]) -> impl Iterator<Item = Line<'_>> {
    let file = whole_lines(without_mark(file));
    file.split(|byte| matches!(byte, b'\n' | b'\r'))
        .filter_map(read)
}

/// Without a byte order mark of UTF-8, of which the end may be missing.
fn without_mark(file: &[u8]) -> &[u8] {
    let mark = [0xEF, 0xBB, 0xBF];
    let marked = file
        .iter()
        .zip(mark)
        .take_while(|(byte, mark)| *byte == mark);
    file.get(marked.count()..).unwrap_or_default()
}

/// As many lines as are read.
fn whole_lines(file: &[u8]) -> &[u8] {
    match file.split_at_checked(MAX_BYTES) {
        None => file,
        Some((read, rest)) if rest.starts_with(b"\n") || rest.starts_with(b"\r") => read,
        Some((read, _)) => {
            let end = read.iter().rposition(|byte| matches!(byte, b'\n' | b'\r'));
            read.get(..end.unwrap_or(0)).unwrap_or_default()
        }
    }
}

fn read(line: &[u8]) -> Option<Line<'_>> {
    let line = line.get(..MAX_LINE_BYTES).unwrap_or(line);
    let line = line.split(|&byte| byte == b'#').next()?.trim_ascii();
    let (key, value) = key_and_value(line)?;
    let is = |names: &[&str]| {
        names
            .iter()
            .any(|name| key.eq_ignore_ascii_case(name.as_bytes()))
    };
    if is(&["user-agent", "useragent", "user agent"]) {
        Some(Line::Agent(value))
    } else if is(&[
        "disallow",
        "dissallow",
        "dissalow",
        "disalow",
        "diasllow",
        "disallaw",
    ]) {
        Some(Line::Rule {
            is_allow: false,
            path: value,
        })
    } else if is(&["allow"]) {
        Some(Line::Rule {
            is_allow: true,
            path: value,
        })
    } else if is(&["crawl-delay", "crawldelay", "crawl delay"]) {
        delay(value).map(Line::Delay)
    } else if is(&["sitemap", "site-map"]) && !value.is_empty() {
        Some(Line::Sitemap(String::from_utf8_lossy(value).into_owned()))
    } else {
        None
    }
}

/// What stands before and after the colon. Without one, a blank parts a line of two words.
fn key_and_value(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t');
    if let Some(colon) = line.iter().position(|&byte| byte == b':') {
        let (key, value) = line.split_at(colon);
        return Some((key.trim_ascii(), value.get(1..)?.trim_ascii()));
    }
    let (key, value) = line.split_at(line.iter().position(is_blank)?);
    let value = value.trim_ascii();
    (!value.iter().any(is_blank)).then_some((key, value))
}

/// Seconds as a decimal number, to the millisecond; what is absurdly much counts as a bit over a thousand years.
fn delay(value: &[u8]) -> Option<Duration> {
    let mut parts = value.splitn(2, |&byte| byte == b'.');
    let (whole, fraction) = (parts.next()?, parts.next().unwrap_or_default());
    let all_digits = whole.iter().chain(fraction).all(u8::is_ascii_digit);
    if !all_digits || whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let digit = |byte: &u8| u64::from(byte - b'0');
    let seconds = whole
        .iter()
        .fold(0, |sum: u64, byte| (sum * 10 + digit(byte)).min(1 << 35));
    let thousandths = fraction.iter().map(digit).chain([0; 3]).take(3);
    let rest = thousandths.fold(0, |sum, digit| sum * 10 + digit);
    Some(Duration::from_millis(seconds * 1_000 + rest))
}
