//! A list of addresses: each line is a target or a fault with its number and its reason.

use crawl_playground::engine::run::MAX_TASKS;
use crawl_playground::scenario::Network;
use crawl_playground::scenario::urls::{MAX_URL_CHARS, Reason, Rules, UrlList, read, read_with};
use proptest::prelude::*;
use url::Url;

fn read_on(page: &str, network: Network, text: &str) -> UrlList {
    let base = Url::parse(page).unwrap();
    read(
        text,
        &Rules {
            network,
            base: &base,
            page_is_https: base.scheme() == "https",
        },
    )
}

fn live(text: &str) -> UrlList {
    read_on("https://example.org/play/", Network::Live, text)
}

fn lab(text: &str) -> UrlList {
    read_on("https://example.org/play/", Network::Lab, text)
}

fn reason(list: UrlList) -> Option<Reason> {
    let UrlList {
        targets,
        mut faults,
        lines,
        is_read,
    } = list;
    assert!(is_read);
    assert_eq!(
        (lines, targets.len() + faults.len()),
        (1, 1),
        "a line is one or the other"
    );
    faults.pop().map(|fault| fault.reason)
}

#[test]
fn each_line_that_can_not_be_fetched_says_why() {
    let long = |chars: usize| format!("https://a.test/{}", "x".repeat(chars - 15));
    for (line, expected) in [
        ("https://example.com/", None),
        ("HTTPS://EXAMPLE.COM", None),
        ("https://example.com/ä?q=ö#frag", None),
        ("https://example.com:8443/a b", None),
        ("https://[2001:db8::1]/", None),
        (&long(MAX_URL_CHARS), None),
        (&long(MAX_URL_CHARS + 1), Some(Reason::TooLong)),
        ("https://", Some(Reason::NotAnAddress)),
        ("https://exa mple.com/", Some(Reason::NotAnAddress)),
        ("https://[::1", Some(Reason::NotAnAddress)),
        ("https://example.com:99999/", Some(Reason::NotAnAddress)),
        ("example.com", Some(Reason::Relative)),
        ("/path", Some(Reason::Relative)),
        ("//example.com/", Some(Reason::Relative)),
        ("?", Some(Reason::Relative)),
        ("lab/delay/100", Some(Reason::Relative)),
        ("ftp://example.com/", Some(Reason::Scheme("ftp".into()))),
        ("localhost:8080/page", Some(Reason::NotAnAddress)),
        ("example.org:443", Some(Reason::NotAnAddress)),
        (
            "javascript:alert(1)",
            Some(Reason::Scheme("javascript".into())),
        ),
        ("data:text/html,x", Some(Reason::Scheme("data".into()))),
        ("file:///etc/passwd", Some(Reason::Scheme("file".into()))),
        (
            "blob:https://example.com/1",
            Some(Reason::Scheme("blob".into())),
        ),
        (
            "mailto:a@example.com",
            Some(Reason::Scheme("mailto".into())),
        ),
        ("https://user@example.com/", Some(Reason::Credentials)),
        (
            "https://user:secret@example.com/",
            Some(Reason::Credentials),
        ),
        ("https://:secret@example.com/", Some(Reason::Credentials)),
        ("http://example.com/", Some(Reason::MixedContent)),
        ("http://192.168.0.1/", Some(Reason::MixedContent)),
        ("http://localhost.example.com/", Some(Reason::MixedContent)),
        ("http://localhost:8000/", None),
        ("http://app.localhost/", None),
        ("http://127.0.0.1:3000/", None),
        ("http://127.9.9.9/", None),
        ("http://[::1]:3000/", None),
    ] {
        assert_eq!(reason(live(line)), expected, "{line}");
    }
}

#[test]
fn the_lab_takes_relative_addresses_and_nobody_else_s() {
    for (line, expected) in [
        ("lab/delay/100", None),
        ("./lab/delay/100", None),
        ("https://example.org/play/lab/delay/1", None),
        ("/play/lab/delay/1", None),
        ("/lab/delay/1", Some(Reason::NotInLab)),
        ("delay/1", Some(Reason::NotInLab)),
        ("lab/../../secret", Some(Reason::NotInLab)),
        ("lab/%2e%2e/secret", Some(Reason::NotInLab)),
        ("//other.test/play/lab/delay/1", Some(Reason::NotInLab)),
        (
            "http://example.org/play/lab/delay/1",
            Some(Reason::NotInLab),
        ),
        (
            "https://example.org:444/play/lab/delay/1",
            Some(Reason::NotInLab),
        ),
        ("https://example.com/", Some(Reason::NotInLab)),
        (
            "https://user@example.org/play/lab/delay/1",
            Some(Reason::Credentials),
        ),
        ("javascript:lab/", Some(Reason::Scheme("javascript".into()))),
    ] {
        assert_eq!(reason(lab(line)), expected, "{line}");
    }
    let list = lab("lab/delay/100");
    assert_eq!(
        list.targets[0].url.as_str(),
        "https://example.org/play/lab/delay/100"
    );
    assert_eq!(list.targets[0].written, "lab/delay/100");
}

#[test]
fn a_lab_at_another_address_is_the_base() {
    let list = read_on("http://127.0.0.1:8090/", Network::Lab, "lab/delay/1");
    assert_eq!(
        list.targets[0].url.as_str(),
        "http://127.0.0.1:8090/lab/delay/1"
    );
}

#[test]
fn a_page_on_http_may_fetch_from_http() {
    let list = read_on("http://example.org/", Network::Live, "http://example.com/");
    assert_eq!((list.targets.len(), list.faults.len()), (1, 0));
}

#[test]
fn faults_have_the_numbers_of_their_lines_blank_ones_counted() {
    let list =
        live("\n  https://a.test/  \r\n\r\n\t\r\nnonsense\n\nhttps://b.test/\n ftp://c.test");
    let targets: Vec<_> = list
        .targets
        .iter()
        .map(|target| target.written.as_str())
        .collect();
    assert_eq!(targets, ["https://a.test/", "https://b.test/"]);
    let faults: Vec<_> = list.faults.iter().map(|fault| fault.line).collect();
    assert_eq!((faults, list.lines), (vec![5, 8], 4));
}

#[test]
fn a_list_of_nothing_says_so() {
    for text in ["", "\n\n", " \r\n\t"] {
        assert!(live(text).refusal().unwrap().contains("empty"));
    }
    assert!(live("nonsense").refusal().unwrap().contains("No line"));
    assert_eq!(live("nonsense\nhttps://a.test/").refusal(), None);
}

#[test]
fn ten_thousand_addresses_are_taken_and_one_more_is_not() {
    let line = "https://a.test/\n";
    let list = live(&line.repeat(MAX_TASKS));
    assert_eq!((list.targets.len(), list.refusal()), (MAX_TASKS, None));
    let list = live(&format!("{}\nnonsense", line.repeat(MAX_TASKS)));
    assert_eq!(
        (list.lines, list.targets.len(), list.faults.len()),
        (MAX_TASKS + 1, 0, 0)
    );
    assert!(list.refusal().unwrap().contains("10\u{a0}001"));
}

#[test]
fn what_is_shown_is_what_was_written() {
    let list = live("https://example.com/ä ö");
    assert_eq!(list.targets[0].written, "https://example.com/ä ö");
    assert_eq!(
        list.targets[0].url.as_str(),
        "https://example.com/%C3%A4%20%C3%B6"
    );
}

#[test]
fn a_host_that_is_not_ascii_is_written_in_ascii_by_who_knows_how() {
    let base = Url::parse("https://example.org/").unwrap();
    let rules = Rules {
        network: Network::Live,
        base: &base,
        page_is_https: true,
    };
    let in_ascii = |address: &str| Some(address.replace("münchen", "xn--mnchen-3ya"));
    let list = read_with("https://münchen.example/ä", &rules, in_ascii);
    assert_eq!(
        list.targets[0].url.host_str(),
        Some("xn--mnchen-3ya.example")
    );
    assert_eq!(list.targets[0].written, "https://münchen.example/ä");
}

#[test]
fn every_reason_is_a_sentence_for_people() {
    let reasons = [
        Reason::NotAnAddress,
        Reason::Relative,
        Reason::Scheme("ftp".into()),
        Reason::Credentials,
        Reason::TooLong,
        Reason::MixedContent,
        Reason::NotInLab,
    ];
    for reason in reasons {
        assert!(reason.to_string().len() > 20, "{reason}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn no_text_makes_it_panic_and_every_line_is_accounted_for(
        text in prop_oneof!["\\PC*", "(https?://|lab/|//|[a-z]+:)?[ -~\n\r\tä]{0,80}", any::<String>()],
        network in prop::sample::select(Network::ALL.to_vec()),
    ) {
        let list = read_on("https://example.org/play/", network, &text);
        prop_assert_eq!(list.lines, list.targets.len() + list.faults.len());
        prop_assert_eq!(list.lines, text.lines().filter(|line| !line.trim().is_empty()).count());
        for target in &list.targets {
            prop_assert!(matches!(target.url.scheme(), "http" | "https"));
            prop_assert!(target.url.username().is_empty() && target.url.password().is_none());
        }
        prop_assert!(list.faults.iter().all(|fault| fault.line >= 1 && fault.line <= text.lines().count()));
    }
}

#[test]
fn before_its_lines_are_read_a_list_is_counted() {
    let text = "\nlab/delay/100\n  \n\tlab/delay/200\nno address\n";
    let counted = UrlList::counted(text);
    let read = lab(text);
    assert_eq!((counted.lines, read.lines), (3, 3));
    assert_eq!((counted.fetchable(), read.fetchable()), (3, 2));
    assert!(counted.targets.is_empty() && counted.faults.is_empty() && !counted.is_read);
    assert_eq!(UrlList::counted(" \n").fetchable(), 0);
}
