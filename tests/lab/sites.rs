//! The Lab's sites: which pages there are, when they come, and what is said of what there is not.

use std::collections::BTreeSet;

use crawl_playground::lab::site::{
    DEEP_PAGES, MAX_TREE_PAGES, SMALL_PAGES, WIDE_PAGES, outline, pages,
};
use url::Url;

use super::ask::{answer, text};
use super::site_html::FINITE;

pub(crate) fn lab(path: &str) -> Url {
    Url::parse(&format!("http://lab.test/lab/site/{path}")).unwrap()
}

#[test]
fn sites_have_as_many_pages_as_they_say() {
    let table = [
        ("small", SMALL_PAGES as usize, 25),
        ("wide", WIDE_PAGES as usize, 201),
        ("deep", DEEP_PAGES as usize, 37),
        ("tree-1", 1, 1),
        ("tree-1000", 1_000, 1_000),
        ("tree-10000", 10_000, 10_000),
        ("polite", 10, 16),
        ("mixed", 56, 56),
        ("mixed-7", 56, 56),
    ];
    for (name, allowed, all) in table {
        let pages = pages(name, |_| true).unwrap();
        assert_eq!(
            (pages.allowed.len(), pages.all.len()),
            (allowed, all),
            "{name}"
        );
    }
    assert_eq!(MAX_TREE_PAGES, 100_000);
    assert!(outline(&lab("tree-100000/99999.html")).is_some());
    assert_eq!(outline(&lab("tree-100000/100000.html")), None);
    for name in ["trap", "nothing", "tree-0", "tree-100001", "tree-", "Small"] {
        assert_eq!(pages(name, |_| true), None, "{name}");
    }
}

#[test]
fn pages_are_the_same_each_time_and_come_when_they_should() {
    for name in FINITE {
        let mut delays = BTreeSet::new();
        let all = pages(name, |_| true).unwrap().all;
        for path in &all {
            let asked = format!("site/{name}/{path}");
            assert_eq!(answer(&asked), answer(&asked), "{asked}");
            let after_ms = answer(&asked).headers_after.as_millis();
            if path != "slow.html" {
                assert!(
                    (40..=240).contains(&after_ms) && after_ms.is_multiple_of(20),
                    "{asked}: {after_ms}"
                );
            }
            delays.insert(after_ms);
        }
        assert!(delays.len() > all.len().min(10) / 2, "{name}: {delays:?}");
    }
    // Known values: who has seen a site finds it again.
    let page = outline(&lab("small/7.html")).unwrap();
    assert_eq!(
        page.title.as_deref(),
        Some("An honest progress bar without Make")
    );
}

#[test]
fn pages_of_a_large_site_are_small() {
    let bytes = |number: usize| {
        answer(&format!("site/tree-100000/{number}.html"))
            .body
            .len()
    };
    let sizes: Vec<usize> = (1..100_000).step_by(777).map(bytes).collect();
    let mean = sizes.iter().sum::<usize>() / sizes.len();
    assert!((300..=700).contains(&mean), "{mean}");
}

#[test]
fn what_there_is_not_is_said_in_a_sentence() {
    let table = [
        (
            "site/nothing/",
            404,
            "The Lab has no site \"nothing\". It has: small, wide,",
        ),
        ("site//", 404, "The Lab has no site \"\"."),
        (
            "site/small/25.html",
            404,
            "The site small has no page \"25.html\".",
        ),
        (
            "site/small/0.html",
            404,
            "The site small has no page \"0.html\".",
        ),
        (
            "site/small/07.html",
            404,
            "The site small has no page \"07.html\".",
        ),
        (
            "site/small/+7.html",
            404,
            "The site small has no page \"+7.html\".",
        ),
        (
            "site/polite/search?q=boats",
            404,
            "The site polite has no page \"search\".",
        ),
        (
            "site/tree-0/",
            400,
            "n is \"0\", but must be a whole number from 1 to 100000.",
        ),
        ("site/tree-100001/", 400, "n is \"100001\", but must be"),
        (
            "site/mixed-100000000/",
            400,
            "n is \"100000000\", but must be a whole number from 0 to 99999999.",
        ),
        ("site/mixed-x/", 400, "n is \"x\", but must be"),
        (
            "site/mixed/robots.txt",
            404,
            "The site mixed has no page \"robots.txt\".",
        ),
        (
            "site/wide/sitemap-4.xml",
            404,
            "The site wide has no page \"sitemap-4.xml\".",
        ),
        ("site", 404, "The Lab has no route \"site\"."),
    ];
    for (asked, status, sentence) in table {
        let answer = answer(asked);
        assert_eq!(answer.status, status, "{asked}");
        let said = text(answer.body);
        assert!(
            said.starts_with(sentence) && said.ends_with(".\n"),
            "{asked}: {said}"
        );
    }
    let answer = answer("site/small");
    assert_eq!((answer.status, answer.location()), (302, Some("small/")));
}
