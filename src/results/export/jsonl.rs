//! JSON Lines: an object a line, UTF-8, each line ended. What can be in a value is as in [`super::json`].

use super::{Table, json};

/// A table as lines.
///
/// ```
/// use crawl_playground::results::export::{Table, Value, jsonl};
///
/// let records = [1, 2].map(|number| vec![Value::Number(number)]).into_iter();
/// let table = Table { fields: &["bytes"], records: Box::new(records) };
/// assert_eq!(jsonl::write(table), "{\"bytes\":1}\n{\"bytes\":2}\n");
/// ```
#[must_use]
pub fn write(table: Table<'_>) -> String {
    let mut file = String::new();
    for record in table.records {
        json::object(&mut file, table.fields, record);
        file.push('\n');
    }
    file
}
