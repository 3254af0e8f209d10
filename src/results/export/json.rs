//! JSON by RFC 8259: an array of objects, one a line. What is missing is `null`.
//!
//! Control characters are escaped, and so are U+2028 and U+2029: they are line ends to JavaScript before 2019 and to
//! programs that split a file into lines.

use super::{Record, Table, Value, span_ms};

/// A table as one array.
///
/// ```
/// use crawl_playground::results::export::{Table, Value, json};
///
/// let record = vec![Value::Text("a \"b\"\n\u{2028}"), Value::Number(7), Value::Missing];
/// let table = Table { fields: &["title", "bytes", "h1"], records: Box::new([record].into_iter()) };
/// assert_eq!(json::write(table), "[\n{\"title\":\"a \\\"b\\\"\\n\\u2028\",\"bytes\":7,\"h1\":null}\n]\n");
/// ```
#[must_use]
pub fn write(table: Table<'_>) -> String {
    let mut file = String::from("[");
    for (index, record) in table.records.enumerate() {
        file += if index == 0 { "\n" } else { ",\n" };
        object(&mut file, table.fields, record);
    }
    file += "\n]\n";
    file
}

/// Appends a record as an object, without a line's end in it.
pub(super) fn object(file: &mut String, fields: &[&str], record: Record<'_>) {
    file.push('{');
    for (index, (name, value)) in fields.iter().zip(record).enumerate() {
        if index > 0 {
            file.push(',');
        }
        string(file, name);
        file.push(':');
        match value {
            Value::Missing => *file += "null",
            Value::Number(number) => *file += &number.to_string(),
            Value::Span(us) => *file += &span_ms(us),
            Value::Text(text) => string(file, text),
            Value::Texts(texts) => {
                file.push('[');
                for (index, text) in texts.iter().enumerate() {
                    if index > 0 {
                        file.push(',');
                    }
                    string(file, text);
                }
                file.push(']');
            }
        }
    }
    file.push('}');
}

fn string(file: &mut String, text: &str) {
    file.push('"');
    for letter in text.chars() {
        match letter {
            '"' => *file += "\\\"",
            '\\' => *file += "\\\\",
            '\n' => *file += "\\n",
            '\r' => *file += "\\r",
            '\t' => *file += "\\t",
            '\0'..=' ' if letter != ' ' => escape(file, letter),
            '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' => escape(file, letter),
            _ => file.push(letter),
        }
    }
    file.push('"');
}

/// A character of the basic plane by its number.
fn escape(file: &mut String, letter: char) {
    *file += &format!("\\u{:04x}", u32::from(letter));
}
