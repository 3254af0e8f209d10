//! Percent-encoding in one form (RFC 3986, sections 2.1 and 6.2.2): what needs no escape has none, and escapes are
//! upper-case.

/// Appends `input` with its escapes in that form. What `must_escape` names is escaped, too; it must name all that is not
/// ASCII, unless there is none. Linear.
///
/// Doing it again changes nothing. For that a `%` that begins no escape must not begin one afterwards: in `%%32e` the `2`
/// stays escaped, for `%2e` would mean something else.
pub(super) fn write_normal(input: &[u8], must_escape: impl Fn(u8) -> bool, out: &mut String) {
    let mut rest = input;
    // How many hex digits would make an escape of what stands at the end of `out`.
    let mut missing = 0;
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        let escape = if byte == b'%' { escaped(tail) } else { None };
        let (octet, is_plain) = match escape {
            Some((octet, after)) => {
                rest = after;
                let would_join = missing > 0 && octet.is_ascii_hexdigit();
                (octet, is_unreserved(octet) && !would_join)
            }
            None => (byte, !must_escape(byte)),
        };
        missing = match octet {
            b'%' if is_plain => 2,
            _ if is_plain && octet.is_ascii_hexdigit() && missing > 0 => missing - 1,
            _ => 0,
        };
        if is_plain {
            out.push(char::from(octet));
        } else {
            push_escape(octet, out);
        }
    }
}

/// RFC 3986, section 2.3.
fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// The octet of which two hex digits stand at the beginning, and what follows.
fn escaped(digits: &[u8]) -> Option<(u8, &[u8])> {
    let (&[high, low], after) = digits.split_first_chunk()?;
    let digit = |byte: u8| char::from(byte).to_digit(16);
    Some(((digit(high)? * 16 + digit(low)?) as u8, after))
}

fn push_escape(byte: u8, out: &mut String) {
    const DIGITS: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F',
    ];
    out.push('%');
    out.extend([byte >> 4, byte & 15].map(|digit| DIGITS[usize::from(digit)]));
}
