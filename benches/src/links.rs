//! `links/native`: how fast the links of a page of HTML are read, against `scraper`, which builds a tree of it.

use std::hint::black_box;
use std::time::Instant;

use crawl_playground::engine::compute::sample_page;
use crawl_playground::engine::crawl::links::links;
use scraper::{Html, Selector};
use url::Url;

use crate::figure::{Better, Figure};
use crate::measure::{Contender, medians};

pub(crate) const NAME: &str = "links/native";
const PAGES: usize = 50;
const PAGE_BYTES: usize = 100_000;

pub(crate) fn figures() -> Vec<Figure> {
    assert_eq!(
        ours(&sample_page(PAGE_BYTES)),
        scrapers(&sample_page(PAGE_BYTES)),
        "both find the same"
    );
    let contenders: [Contender; 2] = [
        || megabytes_per_second(ours),
        || megabytes_per_second(scrapers),
    ];
    let medians = medians(&contenders);
    vec![Figure {
        name: NAME,
        unit: "MB/s",
        better: Better::Higher,
        value: medians[0],
        peer: "scraper",
        peer_value: medians[1],
        goal: None,
    }]
}

fn megabytes_per_second(read: fn(&str) -> Vec<String>) -> f64 {
    let page = sample_page(PAGE_BYTES);
    let start = Instant::now();
    for _ in 0..PAGES {
        black_box(read(black_box(&page)));
    }
    let seconds = start.elapsed().as_secs_f64();
    (PAGES * page.len()) as f64 / seconds / 1e6
}

fn base() -> Url {
    Url::parse("https://example.org/wiki/Crawling").expect("an address")
}

fn ours(page: &str) -> Vec<String> {
    let links = links(page, "text/html", &base()).into_iter();
    links.map(|link| link.url.into()).collect()
}

fn scrapers(page: &str) -> Vec<String> {
    let selector = Selector::parse("a[href], link[href], form[action]").expect("a selector");
    let base = base();
    let tree = Html::parse_document(page);
    let address = |element: scraper::ElementRef<'_>| {
        let written = element.attr("href").or_else(|| element.attr("action"))?;
        base.join(written).ok().map(String::from)
    };
    tree.select(&selector).filter_map(address).collect()
}
