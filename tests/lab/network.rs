//! The Lab as a network, in virtual time.

use std::time::Duration;

use crawl_playground::engine::moment::Moment;
use crawl_playground::engine::ports::{NetworkError, Response};
use crawl_playground::sim::{Deadlock, Sim};
use futures::StreamExt;
use futures::future::join_all;
use url::Url;

const ROOT: &str = "https://a.test/page/lab/";

async fn fetch(sim: &Sim, path: &str) -> Result<Response, NetworkError> {
    let url = Url::parse(ROOT).unwrap().join(path).unwrap();
    sim.lab().fetch.fetch(&url).await
}

/// The error of an exchange that fails, and when it did.
fn failure(path: &str) -> (String, Moment) {
    let sim = Sim::new();
    match sim.block_on(fetch(&sim, path)).unwrap() {
        Ok(response) => panic!("{path} answered {}", response.status),
        Err(NetworkError(sentence)) => (sentence, sim.now()),
    }
}

#[test]
fn headers_come_after_the_delay_and_the_body_at_its_pace() {
    let sim = Sim::new();
    let times = sim.block_on(async {
        let mut response = fetch(&sim, "bytes/100?ms=300&rate=1000").await.unwrap();
        assert_eq!(
            (response.status, &*response.content_type),
            (200, "text/plain; charset=utf-8")
        );
        let mut times = vec![(sim.now().as_ms(), 0)];
        while let Some(bytes) = response.body.next().await {
            times.push((sim.now().as_ms(), bytes.unwrap().len()));
        }
        times
    });
    assert_eq!(times.unwrap(), [(300.0, 0), (350.0, 50), (400.0, 50)]);
}

#[test]
fn a_reader_that_is_late_finds_what_has_come() {
    let sim = Sim::new();
    sim.block_on(async {
        let mut response = fetch(&sim, "bytes/100?rate=1000").await.unwrap();
        sim.sleep(Duration::from_millis(80)).await;
        response.body.next().await;
        assert_eq!(sim.now().as_ms(), 80.0);
        response.body.next().await;
        assert_eq!(sim.now().as_ms(), 100.0);
    })
    .unwrap();
}

#[test]
fn requests_do_not_wait_for_one_another() {
    let sim = Sim::new();
    let responses = sim.block_on(join_all((0..50).map(|_| fetch(&sim, "delay/200"))));
    assert!(responses.unwrap().iter().all(|response| response.is_ok()));
    assert_eq!(sim.now().as_ms(), 200.0);
}

#[test]
fn redirects_are_followed_up_to_twenty() {
    let sim = Sim::new();
    let response = sim
        .block_on(fetch(&sim, "redirect/20?to=../delay/7#there"))
        .unwrap()
        .unwrap();
    assert_eq!(
        response.redirected_to.as_deref(),
        Some("https://a.test/page/lab/delay/7")
    );
    let response = sim.block_on(fetch(&sim, "delay/7#here")).unwrap().unwrap();
    assert_eq!(response.redirected_to, None);
    assert_eq!(
        failure("redirect/20?to=../redirect/1").0,
        "The Lab redirected more than 20 times."
    );
}

#[test]
fn what_is_not_the_lab_does_not_answer() {
    let sentence = "The Lab answers addresses with a path segment \"lab\", not https://b.test/";
    assert_eq!(failure("redirect/1?to=https://b.test/").0, sentence);
    assert_eq!(
        failure("/elsewhere").0,
        sentence.replace("b.test/", "a.test/elsewhere")
    );
    assert!(
        failure("redirect/1?to=https://[")
            .0
            .starts_with("The Lab redirected to no address")
    );
}

#[test]
fn a_dropped_connection_fails_in_its_time() {
    assert_eq!(
        failure("drop?ms=250"),
        (
            "The Lab dropped the connection.".into(),
            Moment::from_ms(250.0)
        )
    );
}

#[test]
fn a_hanging_request_waits_for_ever() {
    let sim = Sim::new();
    assert!(matches!(sim.block_on(fetch(&sim, "hang")), Err(Deadlock)));
}

#[test]
fn a_dropped_exchange_leaves_no_timer() {
    let sim = Sim::new();
    let end = Moment::from_ms(100.0);
    assert!(sim.run_until(end, fetch(&sim, "delay/60000")).is_none());
    assert!(matches!(
        sim.block_on(std::future::pending::<()>()),
        Err(Deadlock)
    ));
    assert_eq!(sim.now(), end);
}

#[test]
fn one_network_remembers_and_another_does_not() {
    let sim = Sim::new();
    let url = Url::parse(ROOT).unwrap().join("flaky/a").unwrap();
    let lab = sim.lab();
    let statuses = sim.block_on(async {
        [
            lab.fetch.fetch(&url).await.unwrap().status,
            lab.fetch.fetch(&url).await.unwrap().status,
        ]
    });
    assert_eq!(statuses, Ok([503, 200]));
    assert_eq!(
        sim.block_on(fetch(&sim, "flaky/a"))
            .unwrap()
            .unwrap()
            .status,
        503
    );
}

#[test]
fn a_probe_tells_whether_anything_answers() {
    let sim = Sim::new();
    let probe = |path: &str| {
        let url = Url::parse(ROOT).unwrap().join(path).unwrap();
        sim.block_on(sim.lab().fetch.probe(&url))
    };
    assert_eq!(probe("status/500"), Ok(true));
    assert_eq!(probe("drop"), Ok(false));
    assert_eq!(probe("/elsewhere"), Ok(false));
    assert_eq!(probe("hang"), Err(Deadlock));
}
