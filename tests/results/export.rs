//! A crawl's files.

use crawl_playground::results::export::{Format, PAGE_FIELDS, SKIPPED_FIELDS, Value};
use serde_json::{Value as Json, json};

use crate::lab::{limits, rows};
use crate::world::{Crawled, crawl, outlined, whole};

fn pages(crawled: &Crawled, format: Format) -> String {
    let (rows, trace) = (rows(&crawled.run), crawled.run.trace());
    format.write(crawled.results.page_table(&rows, &trace, rows.last_end()))
}

/// The page of the mixed site at this path.
fn mixed(path: &str) -> Json {
    let address = format!("http://lab.test/lab/site/mixed/{path}");
    let file = pages(&crawl(whole("mixed"), limits(6)), Format::Json);
    let all: Vec<Json> = serde_json::from_str(&file).unwrap();
    let page = all.into_iter().find(|page| page["address"] == *address);
    page.unwrap()
}

#[test]
fn a_page_is_exported_with_all_that_is_known() {
    let crawled = crawl(whole("small"), limits(4));
    let file: Vec<Json> = serde_json::from_str(&pages(&crawled, Format::Json)).unwrap();
    assert_eq!(
        file[1],
        json!({
            "address": "http://lab.test/lab/site/small/1.html",
            "status": 200,
            "final_url": null,
            "content_type": "text/html; charset=utf-8",
            "bytes": 705,
            "depth": 1,
            "referrer": "http://lab.test/lab/site/small/",
            "out_links": 6,
            "title": "Ask: how does your research ship test paper map folding?",
            "h1": "Ask: how does your research ship test paper map folding?",
            "description": "A page of the Lab: Ask: how does your research ship test paper map folding?",
            "canonical": "http://lab.test/lab/site/small/1.html",
            "language": "en",
            "keys": [],
            "outcome": "ok",
            "duration_ms": 100.0,
            "problem": null,
        })
    );
    let csv = pages(&crawled, Format::Csv);
    let lines: Vec<&str> = csv.split("\r\n").collect();
    assert_eq!(
        lines[0],
        "address,status,final_url,content_type,bytes,depth,referrer,out_links,title,h1,description,canonical,language,keys,outcome,duration_ms,problem"
    );
    assert_eq!(
        lines[1],
        "http://lab.test/lab/site/small/,200,,text/html; charset=utf-8,656,0,,5,\"Broken links in six months, from scratch\",\"Broken links in six months, from scratch\",\"A page of the Lab: Broken links in six months, from scratch\",http://lab.test/lab/site/small/,en,,ok,160.000,"
    );
}

#[test]
fn what_goes_wrong_is_exported_as_it_went() {
    let feed = mixed("feed.json");
    assert_eq!(feed["keys"], json!(["title", "items", "text"]));
    assert_eq!(feed["title"], "A list in JSON");
    let missing = mixed("missing.html");
    assert_eq!(
        (&missing["status"], &missing["outcome"]),
        (&json!(404), &json!("http error"))
    );
    let moved = mixed("moved.html");
    assert_eq!(
        moved["final_url"],
        "http://lab.test/lab/site/mixed/new/place.html"
    );
    let endless = mixed("loop.html");
    assert_eq!(endless["status"], Json::Null);
    assert_eq!(endless["outcome"], "network error");
    assert_eq!(endless["problem"], "The Lab redirected more than 20 times.");
    // Markup in a title is text, here as everywhere.
    assert_eq!(
        mixed("hostile.html")["title"],
        "<img src=x onerror=\"document.title='taken'\">"
    );
}

#[test]
fn all_formats_hold_the_same_pages() {
    for site in ["small", "mixed", "polite"] {
        let crawled = outlined(whole(site), limits(6));
        let count = crawled.results.pages().len();
        let array: Vec<Json> = serde_json::from_str(&pages(&crawled, Format::Json)).unwrap();
        let lines: Vec<Json> = pages(&crawled, Format::JsonLines)
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(array, lines);
        assert_eq!(array.len(), count);
        let file = pages(&crawled, Format::Csv);
        let mut reader = csv::Reader::from_reader(file.as_bytes());
        assert_eq!(reader.headers().unwrap(), &PAGE_FIELDS.to_vec());
        let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(records.len(), count);
        for (record, object) in records.iter().zip(&array) {
            assert_eq!(record[0], *object["address"].as_str().unwrap());
            let status = object["status"].as_u64();
            assert_eq!(
                record[1],
                status.map(|status| status.to_string()).unwrap_or_default()
            );
        }
    }
}

#[test]
fn what_was_left_out_is_exported_with_its_reason() {
    let crawled = outlined(whole("polite"), limits(6));
    let trace = crawled.run.trace();
    let table = crawled.results.skipped_table(&trace);
    assert_eq!(table.fields, SKIPPED_FIELDS);
    let records: Vec<_> = table.records.collect();
    let results = &crawled.results;
    assert_eq!(
        records.len(),
        results.skipped().len() + results.again_count()
    );
    let robots: Vec<_> = records
        .iter()
        .filter(|record| record[1] == Value::Text("robots"))
        .collect();
    assert!(!robots.is_empty());
    for record in robots {
        assert!(
            matches!(record[0], Value::Text(address) if address.starts_with("http://lab.test/lab/site/polite/"))
        );
        assert_eq!(
            record[2],
            Value::Text("The host's robots.txt asks crawlers not to fetch it.")
        );
        assert!(matches!(record[3], Value::Text(_)), "a page led there");
    }
}

#[test]
fn all_formats_hold_the_same_of_what_was_left_out() {
    for site in ["mixed", "polite"] {
        let crawled = outlined(whole(site), limits(6));
        let trace = crawled.run.trace();
        let file = |format: Format| format.write(crawled.results.skipped_table(&trace));
        let array: Vec<Json> = serde_json::from_str(&file(Format::Json)).unwrap();
        let results = &crawled.results;
        assert_eq!(array.len(), results.skipped().len() + results.again_count());
        let lines: Vec<Json> = file(Format::JsonLines)
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(array, lines);
        let csv = file(Format::Csv);
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        assert_eq!(reader.headers().unwrap(), &SKIPPED_FIELDS.to_vec());
        let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(records.len(), array.len());
        for (record, object) in records.iter().zip(&array) {
            for (cell, field) in record.iter().zip(SKIPPED_FIELDS) {
                assert_eq!(cell, object[field].as_str().unwrap_or_default());
            }
        }
    }
}

#[test]
fn what_was_left_out_is_written_so() {
    let mut plan = whole("small");
    plan.rules.max_pages = 5;
    plan.rules.max_depth = 1;
    let crawled = crawl(plan, limits(1));
    let trace = crawled.run.trace();
    let file = |format: Format| format.write(crawled.results.skipped_table(&trace));
    let first = "{\"address\":\"http://lab.test/lab/site/small/5.html\",\"reason\":\"too deep\",\"explanation\":\"It is farther from the seed than the crawl goes: raise the depth.\",\"referrer\":\"http://lab.test/lab/site/small/1.html\"}";
    assert!(file(Format::Json).starts_with(&format!("[\n{first},\n")));
    assert!(file(Format::JsonLines).starts_with(&format!("{first}\n{{")));
}
