//! Links against the Web Platform Tests' own data for addresses, which the crate `url` carries in its sources.
//!
//! Each case is an address as it is written, with the base it is relative to, and what browsers make of it. It goes the
//! way of a link: written in a page, read, resolved, and made an identity. What comes out is the browsers' `href`, but
//! for what a crawl's rules say: no fragment, http and https only, unreserved escapes decoded and the others in
//! capitals.

use std::path::PathBuf;
use std::process::Command;

use crawl_playground::engine::crawl::links::links;
use crawl_playground::engine::crawl::normalise::normalise;
use serde_json::Value;
use url::{Position, Url};

struct Case {
    input: String,
    base: Option<Url>,
    /// None where there is no such address.
    href: Option<String>,
}

/// Where the sources of the `url` that is in use are.
fn sources() -> PathBuf {
    let metadata = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--locked", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&metadata.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let is_used = |package: &&Value| package["name"] == "url" && !package["source"].is_null();
    let package = packages.iter().find(is_used).unwrap();
    let manifest = PathBuf::from(package["manifest_path"].as_str().unwrap());
    manifest.parent().unwrap().to_owned()
}

fn cases() -> Vec<Case> {
    let tests = sources().join("tests");
    let data = std::fs::read_to_string(tests.join("urltestdata.json")).unwrap();
    let known_failures = std::fs::read_to_string(tests.join("expected_failures.txt")).unwrap();
    let known_failures: Vec<&str> = known_failures.lines().collect();
    let data: Vec<Value> = serde_json::from_str(&data).unwrap();
    let read = |case: &Value| {
        // What is no object is a comment.
        let input = case.get("input")?.as_str()?.to_owned();
        let base = case["base"].as_str();
        // What `url` itself is known to make something else of, nearly all of it `file:`.
        let escaped: String = input.escape_debug().collect();
        let against = base.map_or_else(String::new, |base| format!(" against <{base}>"));
        if [&input, &escaped]
            .iter()
            .any(|input| known_failures.contains(&&*format!("<{input}>{against}")))
        {
            return None;
        }
        Some(Case {
            input,
            // The base of a case that fails may be none itself.
            base: base.and_then(|base| Url::parse(base).ok()),
            href: case["href"].as_str().map(str::to_owned),
        })
    };
    data.iter().filter_map(read).collect()
}

fn is_http(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}

/// Whether a crawl would write this address otherwise: an escape is in it that needs none, or is in small letters.
fn has_other_escapes(address: &str) -> bool {
    address.match_indices('%').any(|(at, _)| {
        let digits = address.get(at + 1..at + 3).unwrap_or_default();
        u8::from_str_radix(digits, 16).is_ok_and(|octet| {
            octet.is_ascii_alphanumeric()
                || b"-._~".contains(&octet)
                || digits.bytes().any(|digit| digit.is_ascii_lowercase())
        })
    })
}

#[test]
fn what_is_written_leads_where_browsers_go() {
    let mut led = 0;
    for Case { input, base, href } in cases() {
        let Some(base) = base.filter(is_http) else {
            continue;
        };
        // No page can hold these: a NUL is read as another character.
        if input.contains('\0') {
            continue;
        }
        let written: String = input
            .chars()
            .map(|letter| match letter {
                '&' | '"' | '<' | '\r' => format!("&#{};", u32::from(letter)),
                _ => letter.into(),
            })
            .collect();
        let page = format!("<a href=\"{written}\">x</a>");
        let found: Vec<String> = links(&page, "text/html", &base)
            .into_iter()
            .map(|link| link.url.into())
            .collect();
        let expected = href.and_then(|href| {
            let mut url = Url::parse(&href).unwrap();
            url.set_fragment(None);
            is_http(&url).then(|| String::from(url))
        });
        led += usize::from(expected.is_some());
        assert_eq!(found, Vec::from_iter(expected), "{input:?} at {base}");
    }
    assert!(led > 100, "only {led} of the cases led anywhere");
}

#[test]
fn an_identity_is_what_browsers_write_but_for_fragments_and_escapes() {
    let (mut same, mut others) = (0, 0);
    for Case { input, base, href } in cases() {
        let read = Url::options().base_url(base.as_ref()).parse(&input);
        let Some(href) = href else {
            assert!(read.is_err(), "{input:?}");
            continue;
        };
        let url = read.unwrap();
        assert_eq!(url.as_str(), href, "{input:?}");
        let identity = normalise(&url);
        assert_eq!(normalise(&identity), identity, "{input:?}");
        let plain = &url[..Position::AfterQuery];
        // What a host is called is the browsers' matter.
        if has_other_escapes(&url[Position::BeforePath..Position::AfterQuery]) {
            others += 1;
            assert_ne!(identity.as_str(), href, "{input:?}");
        } else {
            same += 1;
            assert_eq!(identity.as_str(), plain, "{input:?}");
        }
    }
    assert!(same > 400 && others > 3, "{same} and {others} cases");
}
