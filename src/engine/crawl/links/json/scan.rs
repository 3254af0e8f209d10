//! The tokens of JSON.

use std::borrow::Cow;

/// Why no more can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Broken {
    /// It is not written as JSON is.
    Syntax,
    /// It ends too early.
    End,
    /// It is nested too deep.
    Depth,
}

/// A text that is read from front to back.
pub(super) struct Scan<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// How many bytes have been read.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    fn rest(&self) -> &'a [u8] {
        &self.text.as_bytes()[self.at..]
    }

    /// The next byte behind white space, which is left behind; so are the marks between records of RFC 7464.
    pub(super) fn peek(&mut self) -> Option<u8> {
        let is_space = |byte: &&u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x1e');
        self.at += self.rest().iter().take_while(is_space).count();
        self.rest().first().copied()
    }

    pub(super) fn eat(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    pub(super) fn expect(&mut self, byte: u8) -> Result<(), Broken> {
        if self.eat(byte) {
            Ok(())
        } else if self.rest().is_empty() {
            Err(Broken::End)
        } else {
            Err(Broken::Syntax)
        }
    }

    /// A number, `true`, `false` or `null`. Which one, and how a number is written, is not checked.
    pub(super) fn word(&mut self) -> Result<&'a str, Broken> {
        let is_word =
            |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
        let length = self.rest().iter().take_while(is_word).count();
        if length == 0 {
            return Err(Broken::Syntax);
        }
        let word = &self.text[self.at..self.at + length];
        self.at += length;
        Ok(word)
    }

    /// A text in quotes, its escapes replaced. What is wrong in it becomes a replacement character.
    pub(super) fn text(&mut self) -> Result<Cow<'a, str>, Broken> {
        self.expect(b'"')?;
        let start = self.at;
        let mut is_plain = true;
        loop {
            let rest = self.rest();
            let length = rest
                .iter()
                .position(|byte| matches!(byte, b'"' | b'\\'))
                .ok_or(Broken::End)?;
            if rest[length] == b'"' {
                let written = &self.text[start..self.at + length];
                self.at += length + 1;
                return Ok(if is_plain {
                    Cow::Borrowed(written)
                } else {
                    Cow::Owned(unescaped(written))
                });
            }
            is_plain = false;
            // The letter behind the backslash, which is one byte in all escapes there are.
            let escaped = self.text[self.at + length + 1..]
                .chars()
                .next()
                .ok_or(Broken::End)?;
            self.at += length + 1 + escaped.len_utf8();
        }
    }
}

/// What a text says, its escapes replaced.
fn unescaped(written: &str) -> String {
    let mut said = String::with_capacity(written.len());
    let mut rest = written;
    while let Some(at) = rest.find('\\') {
        said.push_str(&rest[..at]);
        let (letter, behind) = escape(&rest[at + 1..]);
        said.push(letter);
        rest = behind;
    }
    said.push_str(rest);
    said
}

/// The letter of an escape, and what is behind it.
fn escape(written: &str) -> (char, &str) {
    let mut letters = written.chars();
    let letter = match letters.next() {
        Some(letter @ ('"' | '\\' | '/')) => letter,
        Some('b') => '\u{8}',
        Some('f') => '\u{c}',
        Some('n') => '\n',
        Some('r') => '\r',
        Some('t') => '\t',
        Some('u') => return unicode(letters.as_str()),
        _ => char::REPLACEMENT_CHARACTER,
    };
    (letter, letters.as_str())
}

/// The letter of four hexadecimal digits, or of two times four: beyond U+FFFF JSON writes surrogates, as UTF-16 does.
fn unicode(written: &str) -> (char, &str) {
    const WRONG: char = char::REPLACEMENT_CHARACTER;
    let Some((first, behind)) = unit(written) else {
        return (WRONG, written);
    };
    if let Some(letter) = char::from_u32(first) {
        return (letter, behind);
    }
    let second = behind.strip_prefix("\\u").and_then(unit);
    match second {
        Some((second, behind))
            if (0xD800..0xDC00).contains(&first) && (0xDC00..0xE000).contains(&second) =>
        {
            let code = 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00);
            (char::from_u32(code).unwrap_or(WRONG), behind)
        }
        // A surrogate without its other half; what is behind it is read by itself.
        _ => (WRONG, behind),
    }
}

fn unit(written: &str) -> Option<(u32, &str)> {
    let (digits, behind) = written.split_at_checked(4)?;
    let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let unit = is_hex.then(|| u32::from_str_radix(digits, 16).ok())??;
    Some((unit, behind))
}
