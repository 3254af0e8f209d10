//! Whatever a page may say, a file is read by others as it was written.

use crawl_playground::results::export::{Format, Record, Table, Value};
use proptest::prelude::*;
use serde_json::Value as Json;

const FIELDS: [&str; 3] = ["one", "two", "three"];

/// A value that owns what it says.
#[derive(Clone, Debug)]
enum Owned {
    Missing,
    Number(u64),
    Span(u64),
    Text(String),
    Texts(Vec<String>),
}

impl Owned {
    fn value(&self) -> Value<'_> {
        match self {
            Self::Missing => Value::Missing,
            Self::Number(number) => Value::Number(*number),
            Self::Span(us) => Value::Span(*us),
            Self::Text(text) => Value::Text(text),
            Self::Texts(texts) => Value::Texts(texts),
        }
    }

    /// What a program reads that knows nothing of us.
    fn json(&self) -> Json {
        match self {
            Self::Missing => Json::Null,
            Self::Number(number) => (*number).into(),
            Self::Span(us) => (*us as f64 / 1e3).into(),
            Self::Text(text) => text.clone().into(),
            Self::Texts(texts) => texts.clone().into(),
        }
    }

    fn cell(&self) -> String {
        let guarded = |text: String| {
            let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
            if is_formula { format!("'{text}") } else { text }
        };
        match self {
            Self::Missing => String::new(),
            Self::Number(number) => number.to_string(),
            Self::Span(us) => format!("{}.{:03}", us / 1_000, us % 1_000),
            Self::Text(text) => guarded(text.clone()),
            Self::Texts(texts) => guarded(texts.join("; ")),
        }
    }
}

/// Texts with all that formats stumble over.
fn text() -> impl Strategy<Value = String> {
    let hard = prop::sample::select(vec![
        "\"",
        "\"\"",
        ",",
        "\r\n",
        "\n",
        "\r",
        "\t",
        "\0",
        "\u{1f}",
        "\u{7f}",
        "\u{2028}",
        "\u{2029}",
        "\u{feff}",
        "=1+1",
        "+",
        "-",
        "@",
        "'",
        "\\",
        "\\u0041",
        "</script>",
        "é",
        "汉字",
        "😀",
        ";",
        " ",
        "",
    ]);
    prop_oneof![
        any::<String>(),
        prop::collection::vec(hard, 0..6).prop_map(|parts| parts.concat()),
    ]
}

fn value() -> impl Strategy<Value = Owned> {
    prop_oneof![
        Just(Owned::Missing),
        any::<u64>().prop_map(Owned::Number),
        (0_u64..10_000_000_000).prop_map(Owned::Span),
        text().prop_map(Owned::Text),
        prop::collection::vec(text(), 0..4).prop_map(Owned::Texts),
    ]
}

fn records() -> impl Strategy<Value = Vec<Vec<Owned>>> {
    prop::collection::vec(prop::collection::vec(value(), 3), 0..8)
}

fn write(format: Format, records: &[Vec<Owned>]) -> String {
    let records: Vec<Record<'_>> = records.iter().map(|record| values(record)).collect();
    format.write(Table {
        fields: &FIELDS,
        records: Box::new(records.into_iter()),
    })
}

fn values(record: &[Owned]) -> Record<'_> {
    record.iter().map(Owned::value).collect()
}

fn object(record: &[Owned]) -> Json {
    let fields = FIELDS.iter().map(|name| (*name).to_owned());
    Json::Object(fields.zip(record.iter().map(Owned::json)).collect())
}

proptest! {
    #[test]
    fn csv_reads_as_it_was_written(records in records()) {
        let file = write(Format::Csv, &records);
        let mut reader = csv::ReaderBuilder::new().from_reader(file.as_bytes());
        prop_assert_eq!(reader.headers().unwrap(), &csv::StringRecord::from(FIELDS.to_vec()));
        let read: Vec<Vec<String>> = reader
            .records()
            .map(|record| record.unwrap().iter().map(str::to_owned).collect())
            .collect();
        let written: Vec<Vec<String>> = records
            .iter()
            .map(|record| record.iter().map(Owned::cell).collect())
            .collect();
        prop_assert_eq!(read, written);
        prop_assert!(file.ends_with("\r\n"));
    }

    #[test]
    fn json_reads_as_it_was_written(records in records()) {
        let file = write(Format::Json, &records);
        let read: Json = serde_json::from_str(&file).unwrap();
        let written = Json::Array(records.iter().map(|record| object(record)).collect());
        prop_assert_eq!(read, written);
        let splits = file.contains(['\u{2028}', '\u{2029}']);
        prop_assert!(!splits);
        // Nothing but our own line ends: an object stays on its line.
        prop_assert_eq!(file.lines().count(), records.len() + 2);
    }

    #[test]
    fn json_lines_read_line_by_line(records in records()) {
        let file = write(Format::JsonLines, &records);
        let read: Vec<Json> = file.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let written: Vec<Json> = records.iter().map(|record| object(record)).collect();
        prop_assert_eq!(read, written);
    }
}
