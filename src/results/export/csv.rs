//! Comma-separated values by RFC 4180: a header, lines that end with CR LF, and quotes around what needs them.
//!
//! Spreadsheets take a cell for a formula that begins with `=`, `+`, `-` or `@`, some also after a tab or a line's end,
//! and a page's title is anybody's to write. So **a text cell that begins with one of these gets an apostrophe before
//! it**; who reads the file by a program takes that off again. JSON has no such cells and is left as it is.

use super::{Table, Value, span_ms};

/// Stands between several texts in one cell.
const BETWEEN: &str = "; ";

/// A table as CSV. What is missing is an empty cell; several texts are one, with `; ` between.
///
/// ```
/// use crawl_playground::results::export::{Table, Value, csv};
///
/// let record = vec![Value::Text("=1+1"), Value::Text("a, \"b\""), Value::Span(1_500), Value::Missing];
/// let table = Table { fields: &["title", "h1", "ms", "x"], records: Box::new([record].into_iter()) };
/// assert_eq!(csv::write(table), "title,h1,ms,x\r\n'=1+1,\"a, \"\"b\"\"\",1.500,\r\n");
/// ```
#[must_use]
pub fn write(table: Table<'_>) -> String {
    let mut file = table.fields.join(",") + "\r\n";
    for record in table.records {
        for (index, value) in record.into_iter().enumerate() {
            if index > 0 {
                file.push(',');
            }
            match value {
                Value::Missing => {}
                Value::Number(number) => file += &number.to_string(),
                Value::Span(us) => file += &span_ms(us),
                Value::Text(text) => cell(&mut file, text),
                Value::Texts(texts) => cell(&mut file, &texts.join(BETWEEN)),
            }
        }
        file += "\r\n";
    }
    file
}

fn cell(file: &mut String, text: &str) {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        "'"
    } else {
        ""
    };
    if text.contains([',', '"', '\r', '\n']) {
        file.push('"');
        *file += guard;
        *file += &text.replace('"', "\"\"");
        file.push('"');
    } else {
        *file += guard;
        *file += text;
    }
}
