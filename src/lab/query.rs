//! Reads a request's arguments: integers with stated ceilings, and short names.

use std::ops::RangeInclusive;

use super::refusal::{Refusal, quoted};

/// Longest name that the Lab keeps something under.
const KEY_BYTES: usize = 64;

/// Reads `text` as an integer within `allowed`. `name` is for the sentence that refuses anything else.
pub(super) fn integer(
    name: &str,
    text: &str,
    allowed: RangeInclusive<u32>,
) -> Result<u32, Refusal> {
    // `parse` would also take a sign.
    let is_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let value = text
        .parse()
        .ok()
        .filter(|value| is_digits && allowed.contains(value));
    value.ok_or_else(|| {
        let (least, most) = allowed.into_inner();
        let text = quoted(text);
        Refusal::bad(format!(
            "{name} is {text}, but must be a whole number from {least} to {most}."
        ))
    })
}

/// Reads `text` as a name under which something is kept.
pub(super) fn key(text: &str) -> Result<&str, Refusal> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    if text.is_empty() || text.len() > KEY_BYTES || !text.bytes().all(is_plain) {
        return Err(Refusal::bad(format!(
            "The key must be 1 to {KEY_BYTES} letters, digits, '-', '_', '.' or '~', and nothing else."
        )));
    }
    Ok(text)
}

/// The parameters of a query. Of a name that is given twice the first counts.
pub(super) struct Query<'a>(pub(super) &'a str);

impl Query<'_> {
    /// The value of `name`, decoded.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        self.0.split('&').find_map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(key) == name).then(|| decode(value))
        })
    }

    /// The value of `name` as an integer within `allowed`; `None` if it is not given.
    pub(super) fn integer(
        &self,
        name: &str,
        allowed: RangeInclusive<u32>,
    ) -> Result<Option<u32>, Refusal> {
        self.get(name)
            .map(|text| integer(name, &text, allowed))
            .transpose()
    }
}

/// Decodes one part of a query: `+` is a space and `%41` a byte. An escape that is none stays as it is.
fn decode(text: &str) -> String {
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        rest = after;
        let escape = match (first, after) {
            (b'%', [high, low, ..]) => hex(*high).zip(hex(*low)),
            _ => None,
        };
        match escape {
            Some((high, low)) => {
                decoded.push(high * 16 + low);
                rest = &after[2..];
            }
            None => decoded.push(if first == b'+' { b' ' } else { first }),
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

/// The value of a hexadecimal digit.
pub(super) fn hex(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

/// Escapes `text` except for the bytes that `stays` names.
pub(super) fn encode(text: &str, stays: impl Fn(u8) -> bool) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if stays(byte) && byte.is_ascii() {
            encoded.push(char::from(byte));
        } else {
            const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
            encoded.push('%');
            encoded.push(char::from(DIGITS[usize::from(byte >> 4)]));
            encoded.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::{Query, decode, encode};

    #[test]
    fn a_query_is_decoded_and_its_first_value_counts() {
        let query = Query("to=..%2Fdelay%2f1%3Fa%3Db+c&to=other&empty&%6ds=7");
        assert_eq!(query.get("to").as_deref(), Some("../delay/1?a=b c"));
        assert_eq!(query.get("empty").as_deref(), Some(""));
        assert_eq!(query.get("ms").as_deref(), Some("7"));
        assert_eq!(query.get("none"), None);
    }

    #[test]
    fn escapes_that_are_none_stay() {
        assert_eq!(decode("100%"), "100%");
        assert_eq!(decode("%4"), "%4");
        assert_eq!(decode("%zz%41"), "%zzA");
        assert_eq!(decode("%FF"), "\u{FFFD}");
    }

    #[test]
    fn what_is_encoded_is_decoded_to_the_same() {
        let text = "../site/?q=ä b&c=100%\r\n";
        let encoded = encode(text, |byte| byte.is_ascii_alphanumeric());
        assert_eq!(decode(&encoded), text);
    }
}
