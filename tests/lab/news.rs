//! The news site.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::Value;
use url::Url;

use super::ask::{answer, text};

fn top() -> Vec<u32> {
    serde_json::from_str(&text(answer("news/top.json").body)).unwrap()
}

fn item(id: u32) -> (Value, Duration) {
    let answer = answer(&format!("news/item/{id}.json"));
    let delay = answer.headers_after;
    (serde_json::from_str(&text(answer.body)).unwrap(), delay)
}

#[test]
fn there_are_sixty_different_stories_at_the_top() {
    let top = top();
    assert_eq!(top.len(), 60);
    assert_eq!(top.iter().collect::<BTreeSet<_>>().len(), 60);
    let titles: BTreeSet<String> = top
        .iter()
        .map(|id| item(*id).0["title"].to_string())
        .collect();
    assert_eq!(titles.len(), 60, "{titles:#?}");
}

#[test]
fn a_story_has_the_shape_that_clients_know() {
    for id in top() {
        let (story, delay) = item(id);
        let fields: Vec<&String> = story.as_object().unwrap().keys().collect();
        assert_eq!(
            fields,
            [
                "by",
                "descendants",
                "id",
                "score",
                "time",
                "title",
                "type",
                "url"
            ]
        );
        assert_eq!(
            (&story["id"], &story["type"]),
            (&id.into(), &"story".into())
        );
        assert!(story["descendants"].as_u64().unwrap() < story["score"].as_u64().unwrap());
        assert!(story["time"].as_u64().unwrap() > 1_700_000_000);
        let url = Url::parse(story["url"].as_str().unwrap()).unwrap();
        assert!(url.host_str().unwrap().ends_with(".example"), "{url}");
        let title = story["title"].as_str().unwrap();
        assert!(
            title.is_ascii() && title.chars().next().unwrap().is_ascii_uppercase(),
            "{title}"
        );
        assert!(
            (80..=400).contains(&delay.as_millis()) && delay.as_millis() % 20 == 0,
            "{delay:?}"
        );
    }
}

#[test]
fn delays_differ() {
    let delays: BTreeSet<Duration> = top().into_iter().map(|id| item(id).1).collect();
    assert!(delays.len() >= 12, "{delays:?}");
}

#[test]
fn it_is_the_same_each_time() {
    assert_eq!(top(), top());
    assert_eq!(item(7), item(7));
    // Known values: those who linked to a story find it again.
    assert_eq!(top()[0], 48_210_947);
}

#[test]
fn any_id_is_a_story() {
    for id in [1, 2, 99_999_999] {
        assert_eq!(item(id).0["id"], id);
    }
}
