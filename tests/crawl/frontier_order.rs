//! In which order pages start.

use crawl_playground::engine::crawl::frontier::{Found, Frontier, HostId};
use crawl_playground::engine::crawl::rules::{Order, Rules};
use crawl_playground::engine::crawl::scope::Scope;

use super::frontier::{link, new, started};
use super::url;

/// Crawls a binary tree of paths, three links deep, one page at a time. The root is `/`, under it are `/1` and `/2`.
fn crawl(order: Order) -> Vec<String> {
    let mut frontier = Frontier::new(Rules {
        order,
        max_depth: 3,
        ..Rules::default()
    });
    frontier.offer(Found::seed(&url("https://example.org/")));
    let mut paths = Vec::new();
    while let Some(id) = frontier.next(|_| true) {
        let page = frontier.url(id).unwrap();
        for child in ["1", "2"] {
            link(&mut frontier, id, &format!("{}{child}", page.path()));
        }
        frontier.done(id);
        paths.push(page.path().to_owned());
    }
    paths
}

#[test]
fn breadth_first_goes_by_depth_and_then_as_found() {
    let paths = crawl(Order::BreadthFirst);
    assert_eq!(
        paths.join(" "),
        "/ /1 /2 /11 /12 /21 /22 /111 /112 /121 /122 /211 /212 /221 /222"
    );
}

#[test]
fn depth_first_follows_the_first_link_of_the_last_page() {
    let paths = crawl(Order::DepthFirst);
    assert_eq!(
        paths.join(" "),
        "/ /1 /11 /111 /112 /12 /121 /122 /2 /21 /211 /212 /22 /221 /222"
    );
}

#[test]
fn the_lesser_depth_comes_first_although_it_was_found_later() {
    let (mut frontier, home) = started(Rules {
        max_depth: 9,
        ..Rules::default()
    });
    let (a, b) = (
        new(&mut frontier, home, "/a"),
        new(&mut frontier, home, "/b"),
    );
    assert_eq!(
        (frontier.next(|_| true), frontier.next(|_| true)),
        (Some(a), Some(b))
    );
    let deep = new(&mut frontier, a, "/a/1");
    assert_eq!(frontier.next(|_| true), Some(deep));
    let deeper = new(&mut frontier, deep, "/a/1/1");
    let shallow = new(&mut frontier, b, "/b/1");
    // A page that waits moves up when a shorter way to it turns up.
    let moved = new(&mut frontier, deep, "/a/1/2");
    link(&mut frontier, home, "/a/1/2");
    let order: Vec<_> = std::iter::from_fn(|| frontier.next(|_| true)).collect();
    assert_eq!(order, [moved, shallow, deeper]);
}

#[test]
fn a_host_that_may_not_start_holds_up_nobody_else() {
    let (mut frontier, home) = started(Rules {
        scope: Scope::Any,
        ..Rules::default()
    });
    for page in 0..1_000 {
        new(&mut frontier, home, &format!("/{page}"));
    }
    let others = ["https://a.test/", "https://b.test/", "https://a.test/2"]
        .map(|address| new(&mut frontier, home, address));
    let slow = frontier.host(home);
    let mut asked = Vec::new();
    let first = frontier.next(|host| {
        asked.push(host);
        host != slow
    });
    assert_eq!(first, Some(others[0]));
    let hosts = [home, others[0]].map(|id| frontier.host(id));
    assert_eq!(
        asked, hosts,
        "each host is asked about once, and only if its turn could be"
    );
    let other_hosts = |host: HostId| host != slow;
    assert_eq!(frontier.next(other_hosts), Some(others[1]));
    assert_eq!(frontier.next(other_hosts), Some(others[2]));
    assert_eq!(frontier.next(other_hosts), None);
    assert!(!frontier.is_spent());
    assert_eq!(
        frontier.next(|_| true).map(|id| frontier.address(id)),
        Some("https://example.org/0")
    );
}
