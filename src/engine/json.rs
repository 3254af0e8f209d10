//! JSON (RFC 8259), as far as a page's title and a list of numbers need it. All of a body is checked, and little kept.
//!
//! A reader for these two questions: one for all types costs the page 8 kB as it is sent.

/// The texts of the object in `body` under `keys`, where they are neither missing nor `null`.
///
/// What is no object, or holds anything else there than a text, is `None`. Of several equal keys the last counts.
pub(super) fn texts<const N: usize>(body: &[u8], keys: [&str; N]) -> Option<[Option<String>; N]> {
    let mut reader = Reader { rest: body };
    let mut texts = [const { None }; N];
    reader.expect(b'{')?;
    if !reader.eat(b'}') {
        loop {
            let key = reader.key()?;
            match keys.iter().position(|wanted| *wanted == key) {
                Some(_) if reader.peek()? == b'n' => reader.skip()?,
                Some(place) => texts[place] = Some(unescaped(reader.quoted()?)?),
                None => reader.skip()?,
            }
            if !reader.eat(b',') {
                break;
            }
        }
        reader.expect(b'}')?;
    }
    reader.is_at_end().then_some(texts)
}

/// The numbers of the list in `body`, or `None` if it is no list of whole numbers from 0 to 2^64 - 1.
pub(super) fn numbers(body: &[u8]) -> Option<Vec<u64>> {
    let mut reader = Reader { rest: body };
    let mut numbers = Vec::new();
    reader.expect(b'[')?;
    if !reader.eat(b']') {
        loop {
            reader.peek()?;
            // With a sign, a fraction or an exponent it does not parse.
            let number = std::str::from_utf8(reader.number()?).ok()?;
            numbers.push(number.parse().ok()?);
            if !reader.eat(b',') {
                break;
            }
        }
        reader.expect(b']')?;
    }
    reader.is_at_end().then_some(numbers)
}

/// What is yet to be read.
struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// The next byte behind white space, which is left behind.
    fn peek(&mut self) -> Option<u8> {
        let is_space = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
        let space = self.rest.iter().take_while(|byte| is_space(byte)).count();
        self.rest = &self.rest[space..];
        self.rest.first().copied()
    }

    fn eat(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        if is_next {
            self.rest = &self.rest[1..];
        }
        is_next
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        self.eat(byte).then_some(())
    }

    fn is_at_end(&mut self) -> bool {
        self.peek().is_none()
    }

    fn take(&mut self, length: usize) -> &'a [u8] {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }

    /// An object's key, and the colon behind it.
    fn key(&mut self) -> Option<String> {
        let key = unescaped(self.quoted()?);
        self.expect(b':')?;
        key
    }

    /// A text as it is written, between its quotes.
    fn quoted(&mut self) -> Option<&'a [u8]> {
        self.expect(b'"')?;
        let mut is_escaped = false;
        let length = self.rest.iter().position(|byte| {
            let is_end = *byte == b'"' && !is_escaped;
            is_escaped = *byte == b'\\' && !is_escaped;
            is_end
        })?;
        let quoted = self.take(length);
        self.expect(b'"')?;
        Some(quoted)
    }

    /// A number as it is written.
    fn number(&mut self) -> Option<&'a [u8]> {
        let digits = |bytes: &[u8]| {
            bytes
                .iter()
                .take_while(|byte| byte.is_ascii_digit())
                .count()
        };
        let at = |place: usize| self.rest.get(place).copied();
        let mut end = usize::from(at(0) == Some(b'-'));
        let whole = digits(&self.rest[end..]);
        if whole == 0 || (whole > 1 && at(end) == Some(b'0')) {
            return None;
        }
        end += whole;
        if at(end) == Some(b'.') {
            let fraction = digits(&self.rest[end + 1..]);
            end += 1 + (fraction > 0).then_some(fraction)?;
        }
        if matches!(at(end), Some(b'e' | b'E')) {
            end += 1 + usize::from(matches!(at(end + 1), Some(b'+' | b'-')));
            let exponent = digits(&self.rest[end..]);
            end += (exponent > 0).then_some(exponent)?;
        }
        Some(self.take(end))
    }

    /// Leaves a value behind, however deep it is.
    fn skip(&mut self) -> Option<()> {
        // The brackets that are to be closed.
        let mut open = Vec::new();
        loop {
            match self.peek()? {
                b'{' => {
                    self.expect(b'{')?;
                    if !self.eat(b'}') {
                        self.key()?;
                        open.push(b'}');
                        continue;
                    }
                }
                b'[' => {
                    self.expect(b'[')?;
                    if !self.eat(b']') {
                        open.push(b']');
                        continue;
                    }
                }
                b'"' => {
                    unescaped(self.quoted()?)?;
                }
                b't' | b'f' | b'n' => {
                    let words: [&[u8]; 3] = [b"true", b"false", b"null"];
                    let word = words.into_iter().find(|word| self.rest.starts_with(word))?;
                    self.take(word.len());
                }
                _ => {
                    self.number()?;
                }
            }
            loop {
                let Some(close) = open.last().copied() else {
                    return Some(());
                };
                if self.eat(b',') {
                    if close == b'}' {
                        self.key()?;
                    }
                    break;
                }
                self.expect(close)?;
                open.pop();
            }
        }
    }
}

/// What a text says, its escapes replaced; `None` if it is not written as it must be.
fn unescaped(quoted: &[u8]) -> Option<String> {
    let written = std::str::from_utf8(quoted).ok()?;
    if written.bytes().any(|byte| byte < b' ') {
        return None;
    }
    let mut said = String::with_capacity(written.len());
    let mut rest = written;
    while let Some(at) = rest.find('\\') {
        said.push_str(&rest[..at]);
        let (letter, behind) = escape(&rest[at + 1..])?;
        said.push(letter);
        rest = behind;
    }
    said.push_str(rest);
    Some(said)
}

/// The letter of an escape, and what is behind it.
fn escape(written: &str) -> Option<(char, &str)> {
    let mut letters = written.chars();
    let letter = match letters.next()? {
        letter @ ('"' | '\\' | '/') => letter,
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => return unicode(letters.as_str()),
        _ => return None,
    };
    Some((letter, letters.as_str()))
}

/// The letter of four hexadecimal digits, or of two times four: beyond U+FFFF JSON writes surrogates, as UTF-16 does.
fn unicode(written: &str) -> Option<(char, &str)> {
    let (first, behind) = unit(written)?;
    if let Some(letter) = char::from_u32(first) {
        return Some((letter, behind));
    }
    let (second, behind) = unit(behind.strip_prefix("\\u")?)?;
    let is_pair = (0xD800..0xDC00).contains(&first) && (0xDC00..0xE000).contains(&second);
    let code = is_pair.then(|| 0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00));
    Some((char::from_u32(code?)?, behind))
}

fn unit(written: &str) -> Option<(u32, &str)> {
    let (digits, behind) = written.split_at_checked(4)?;
    let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let unit = is_hex.then(|| u32::from_str_radix(digits, 16).ok())??;
    Some((unit, behind))
}
