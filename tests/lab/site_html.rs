//! What the Lab's sites say in HTML, read by a parser that knows nothing of them, against what their outlines say.

use std::collections::{BTreeMap, BTreeSet};

use crawl_playground::lab::site::{Kind, Outline, outline, pages};
use crawl_playground::lab::{Answer, Request, State, respond};
use scraper::{ElementRef, Html, Selector};
use url::Url;

use super::ask::answer_of;

pub(crate) const FINITE: [&str; 7] = [
    "small",
    "wide",
    "deep",
    "tree-1",
    "tree-2500",
    "mixed",
    "polite",
];
/// Roots of the Lab: plain, below a page that has a port, and one with letters that mean something in markup.
const ROOTS: [(&str, &[&str]); 3] = [
    ("https://lab.test/lab", &FINITE),
    (
        "http://127.0.0.1:8080/my/lab/page/lab",
        &["small", "mixed", "polite"],
    ),
    (
        "https://lab.test/a&lt;b'c/lab",
        &["small", "mixed", "polite"],
    ),
];

/// The answer to `url`, from a Lab in which what fails at first has failed.
fn get(url: &Url) -> Answer {
    let request = Request::of(url).unwrap();
    let mut state = State::default();
    let first = answer_of(respond(&request, &mut state, Default::default()));
    match first.status {
        503 => answer_of(respond(&request, &mut state, Default::default())),
        _ => first,
    }
}

/// What a reader of HTML makes of an answer: its title, its `<base>`, and links as (element, address), in document order.
#[derive(Default)]
struct Read {
    title: Option<String>,
    base: Option<String>,
    links: Vec<(String, String)>,
}

fn read(answer: Answer) -> Read {
    let content_type = answer.header("Content-Type").unwrap_or_default().to_owned();
    let is_latin1 = content_type.ends_with("iso-8859-1") || content_type == "text/html";
    let link_header = answer.header("Link").map(str::to_owned);
    let bytes: Vec<u8> = answer.body.pace().flat_map(|(_, bytes)| bytes).collect();
    if content_type == "application/json" {
        return read_json(&bytes);
    }
    if !content_type.starts_with("text/html") {
        return Read::default();
    }
    let text: String = match is_latin1 {
        true => bytes.iter().copied().map(char::from).collect(),
        false => String::from_utf8_lossy(&bytes).into_owned(),
    };
    let html = Html::parse_document(&text);
    let select = |selector: &str| -> Vec<ElementRef<'_>> {
        html.select(&Selector::parse(selector).unwrap()).collect()
    };
    let title = select("title").first().map(|title| title.text().collect());
    let bases = select("base[href]");
    let base = bases.first().and_then(|base| base.attr("href"));
    let base = base.map(str::to_owned);
    let mut links = Vec::new();
    if let Some(header) = link_header {
        let target = header.strip_prefix('<').unwrap().split('>').next().unwrap();
        links.push(("header".to_owned(), target.to_owned()));
    }
    for element in select(
        "a[href], area[href], link[href], iframe[src], form:not([method=post]), meta[http-equiv=refresh], [srcset]",
    ) {
        let attr = |name| element.attr(name).map(str::to_owned);
        let name = match attr("rel").as_deref() {
            Some("nofollow") => "nofollow",
            _ => element.value().name(),
        };
        let mut push = |address: Option<String>| links.push((name.to_owned(), address.unwrap()));
        match element.value().name() {
            "iframe" => push(attr("src")),
            "form" => push(attr("action")),
            "meta" => push(
                attr("content")
                    .unwrap()
                    .split_once("url=")
                    .map(|(_, url)| url.to_owned()),
            ),
            "img" => {
                for candidate in attr("srcset").unwrap().split(", ") {
                    push(candidate.split(' ').next().map(str::to_owned));
                }
            }
            _ => push(attr("href")),
        }
    }
    Read { title, base, links }
}

fn read_json(bytes: &[u8]) -> Read {
    fn texts(value: &serde_json::Value, found: &mut Vec<(String, String)>) {
        match value {
            serde_json::Value::String(text) if Url::parse(text).is_ok() => {
                found.push(("json".to_owned(), text.clone()));
            }
            serde_json::Value::Array(values) => values.iter().for_each(|value| texts(value, found)),
            serde_json::Value::Object(values) => {
                values.values().for_each(|value| texts(value, found))
            }
            _ => {}
        }
    }
    let value: serde_json::Value = serde_json::from_slice(bytes).unwrap();
    let mut links = Vec::new();
    texts(&value, &mut links);
    Read {
        title: value["title"].as_str().map(str::to_owned),
        base: None,
        links,
    }
}

fn said(outline: &Outline) -> Vec<(String, String)> {
    let name = |kind, is_nofollow| match kind {
        Kind::Anchor if is_nofollow => "nofollow",
        Kind::Anchor => "a",
        Kind::Area => "area",
        Kind::Link => "link",
        Kind::Frame => "iframe",
        Kind::Form => "form",
        Kind::Refresh => "meta",
        Kind::Image => "img",
        Kind::Json => "json",
        Kind::Header => "header",
    };
    let links = outline.links.iter();
    links
        .map(|link| {
            (
                name(link.kind, link.is_nofollow).to_owned(),
                link.href.clone(),
            )
        })
        .collect()
}

#[test]
fn each_outline_says_what_its_html_says() {
    for (root, names) in ROOTS {
        for name in names {
            for path in pages(name, |_| true).unwrap().all {
                let url = Url::parse(&format!("{root}/site/{name}/{path}")).unwrap();
                let outline = outline(&url).unwrap_or_else(|| panic!("{url}"));
                let answer = get(&url);
                assert_eq!(outline.status, answer.status, "{url}");
                assert_eq!(outline.location.as_deref(), answer.location(), "{url}");
                if answer.location().is_some() {
                    continue;
                }
                let read = read(answer);
                assert_eq!(outline.title, read.title, "{url}");
                assert_eq!(outline.base, read.base, "{url}");
                assert_eq!(said(&outline), read.links, "{url}");
            }
        }
    }
}

/// All that a crawl finds which reads HTML, from `url` on, and how many links it is away.
fn crawled(home: &Url) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::from([(String::new(), 0)]);
    let mut queue = std::collections::VecDeque::from([home.clone()]);
    while let Some(url) = queue.pop_front() {
        let depth = found[&path_of(home, &url).unwrap()];
        let read = read(get(&url));
        let base = read
            .base
            .map_or(url.clone(), |base| url.join(&base).unwrap());
        for (_, link) in read.links {
            let Ok(address) = base.join(&link) else {
                continue;
            };
            if let Some(path) = path_of(home, &address) {
                found.entry(path).or_insert_with(|| {
                    queue.push_back(address);
                    depth + 1
                });
            }
        }
    }
    found
}

fn path_of(home: &Url, url: &Url) -> Option<String> {
    let mut url = url.clone();
    url.set_fragment(None);
    let path = url.as_str().strip_prefix(home.as_str())?;
    // The only escapes that there are.
    Some(
        path.replace("%6f", "o")
            .replace("%6B", "k")
            .replace("%2f", "%2F"),
    )
}

#[test]
fn a_crawl_finds_the_pages_that_are_said_to_be_there() {
    for (root, names) in ROOTS {
        for name in names {
            let home = Url::parse(&format!("{root}/site/{name}/")).unwrap();
            let found: BTreeSet<String> = crawled(&home).into_keys().collect();
            assert_eq!(found, pages(name, |_| true).unwrap().all, "{home}");
        }
    }
}

#[test]
fn so_many_links_away_are_so_many_pages() {
    let table: [(&str, &[usize]); 6] = [
        ("small", &[1, 4, 16, 4]),
        ("wide", &[1, 200]),
        ("deep", &[1, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3]),
        ("tree-1", &[1]),
        ("tree-120", &[1, 10, 100, 9]),
        ("polite", &[1, 14, 1]),
    ];
    for (name, expected) in table {
        let home = Url::parse(&format!("http://lab.test/lab/site/{name}/")).unwrap();
        let mut depths = Vec::new();
        for depth in crawled(&home).into_values() {
            depths.resize(depths.len().max(depth + 1), 0);
            depths[depth] += 1;
        }
        assert_eq!(depths, expected, "{name}");
    }
}
