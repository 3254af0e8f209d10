//! Character references in markup, such as `&amp;` and `&#x2014;`.

use std::borrow::Cow;

/// The longest reference that is looked for, in bytes: `&#1114111;` and `&#x10ffff;` have ten.
const MAX_BYTES: usize = 10;

/// Text with its character references replaced: the numeric ones, and those that `named` knows. All others stay as they
/// are written. Linear in the text.
pub(super) fn decoded(text: &str, named: impl Fn(&str) -> Option<char>) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(MAX_BYTES).position(|byte| byte == b';');
        let found = end.and_then(|end| {
            let name = &rest[1..end];
            Some((number(name).or_else(|| named(name))?, end))
        });
        match found {
            Some((letter, end)) => {
                decoded.push(letter);
                rest = &rest[end + 1..];
            }
            None => {
                decoded.push('&');
                rest = &rest[1..];
            }
        }
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// The character of a numeric reference, without its `&` and `;`.
fn number(name: &str) -> Option<char> {
    let number = name.strip_prefix('#')?;
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    char::from_u32(code.ok()?).filter(|letter| *letter != '\0')
}
