//! Against a frontier that is a plain list, under any calls in any order.

use std::collections::BTreeMap;

use crawl_playground::engine::crawl::frontier::{Found, Frontier, Offered, Status, UrlId};
use crawl_playground::engine::crawl::rules::{Order, Rules};
use crawl_playground::engine::crawl::scope::Scope;
use crawl_playground::engine::crawl::skip::Reason;
use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, Strategy, any, prop_assert_eq, prop_oneof, proptest};

use super::frontier::assert_counts_add_up;
use super::url;

#[derive(Clone, Debug)]
enum Call {
    /// A link from the page with this number (of those known) to a page of a host.
    Offer {
        from: usize,
        host: usize,
        page: usize,
    },
    /// The next page, if these hosts may start.
    Next {
        may_start: [bool; 3],
    },
    Done(usize),
    Refuse(usize),
    PutBack(usize),
}

fn call() -> impl Strategy<Value = Call> {
    let (from, host, page) = (0..40_usize, 0..3_usize, 0..12_usize);
    prop_oneof![
        6 => (from, host, page).prop_map(|(from, host, page)| Call::Offer { from, host, page }),
        4 => any::<[bool; 3]>().prop_map(|may_start| Call::Next { may_start }),
        1 => (0..40_usize).prop_map(Call::Done),
        1 => (0..40_usize).prop_map(Call::Refuse),
        1 => (0..40_usize).prop_map(Call::PutBack),
    ]
}

fn address(host: usize, page: usize) -> String {
    format!("https://{host}.test/{page}")
}

struct Page {
    host: usize,
    depth: u16,
    status: Status,
    /// Its place in the order, as people would say it: the lowest first.
    turn: (u64, usize),
}

/// The frontier as a list that is searched from end to end each time.
struct Model {
    rules: Rules,
    addresses: Vec<String>,
    pages: Vec<Page>,
    batch: (Option<usize>, u64),
}

impl Model {
    fn offer(&mut self, from: Option<usize>, host: usize, page: usize) -> Offered {
        if self.batch.0 != from {
            self.batch = (from, self.batch.1 + 1);
        }
        let depth = from.map_or(0, |from| self.pages[from].depth + 1);
        let is_too_deep = depth > self.rules.max_depth;
        let address = address(host, page);
        let known = self.addresses.iter().position(|known| *known == address);
        let number = known.unwrap_or(self.pages.len());
        let turn = match self.rules.order {
            Order::BreadthFirst => (1 + u64::from(depth), number),
            Order::DepthFirst => (u64::MAX - self.batch.1, number),
        };
        let Some(known) = known else {
            let status = if is_too_deep {
                Status::Skipped(Reason::TooDeep)
            } else {
                Status::Waiting
            };
            self.addresses.push(address);
            self.pages.push(Page {
                host,
                depth,
                status,
                turn,
            });
            return if is_too_deep {
                Offered::Skipped(Reason::TooDeep)
            } else {
                Offered::New(id(number))
            };
        };
        let page = &mut self.pages[known];
        match page.status {
            Status::Skipped(Reason::TooDeep) if !is_too_deep => {
                *page = Page {
                    host,
                    depth,
                    status: Status::Waiting,
                    turn,
                };
                return Offered::New(id(known));
            }
            Status::Waiting if depth < page.depth => {
                page.depth = depth;
                if self.rules.order == Order::BreadthFirst {
                    page.turn = page.turn.min(turn);
                }
            }
            _ => {}
        }
        Offered::Known(id(known))
    }

    fn started(&self, on: Option<usize>) -> usize {
        let of_host = self
            .pages
            .iter()
            .filter(|page| on.is_none_or(|host| page.host == host));
        of_host
            .filter(|page| matches!(page.status, Status::Started | Status::Done))
            .count()
    }

    fn next(&mut self, may_start: [bool; 3]) -> Option<UrlId> {
        if self.started(None) >= self.rules.max_pages as usize {
            return None;
        }
        let limit = self
            .rules
            .per_host_pages
            .map_or(usize::MAX, |limit| limit as usize);
        let waiting = (0..self.pages.len()).filter(|&number| {
            let page = &self.pages[number];
            page.status == Status::Waiting
                && may_start[page.host]
                && self.started(Some(page.host)) < limit
        });
        let first = waiting.min_by_key(|&number| self.pages[number].turn)?;
        self.pages[first].status = Status::Started;
        Some(id(first))
    }
}

/// Ids count from 0, in the order in which addresses were found.
fn id(number: usize) -> UrlId {
    let mut frontier = Frontier::new(Rules {
        scope: Scope::Any,
        ..Rules::default()
    });
    for page in 0..=number {
        frontier.offer(Found::seed(&url(&address(0, page))));
    }
    frontier.ids().nth(number).unwrap()
}

fn tally(statuses: impl Iterator<Item = Status>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for status in statuses {
        *counts.entry(format!("{status:?}")).or_default() += 1;
    }
    counts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn it_does_what_the_list_does(
        calls in vec(call(), 1..80),
        is_depth_first in any::<bool>(),
        max_depth in 0..4_u16,
        max_pages in 1..12_u32,
        per_host_pages in proptest::option::of(1..5_u32),
    ) {
        let order = if is_depth_first { Order::DepthFirst } else { Order::BreadthFirst };
        let rules = Rules { order, max_depth, max_pages, per_host_pages, scope: Scope::Any, ..Rules::default() };
        let mut frontier = Frontier::new(rules.clone());
        let mut model = Model { rules, addresses: Vec::new(), pages: Vec::new(), batch: (Some(usize::MAX), 0) };
        prop_assert_eq!(frontier.offer(Found::seed(&url(&address(0, 0)))), model.offer(None, 0, 0));
        for call in calls {
            let page = |number: usize| {
                let number = number % model.pages.len();
                (number, frontier.ids().nth(number).unwrap())
            };
            match call {
                Call::Offer { from, host, page: to } => {
                    let (number, from) = page(from);
                    let offered = frontier.offer(Found::link(&url(&address(host, to)), from));
                    prop_assert_eq!(offered, model.offer(Some(number), host, to));
                }
                Call::Next { may_start } => {
                    let names: Vec<bool> = (0..3).map(|host| may_start[host]).collect();
                    let by_id: BTreeMap<_, _> = frontier.ids()
                        .map(|id| (frontier.host(id), frontier.url(id).unwrap().host_str().unwrap()[..1].parse::<usize>().unwrap()))
                        .collect();
                    prop_assert_eq!(frontier.next(|host| names[by_id[&host]]), model.next(may_start));
                }
                Call::Done(number) => {
                    let (number, id) = page(number);
                    frontier.done(id);
                    if model.pages[number].status == Status::Started {
                        model.pages[number].status = Status::Done;
                    }
                }
                Call::Refuse(number) => {
                    let (number, id) = page(number);
                    frontier.refuse(id, Reason::Robots);
                    if matches!(model.pages[number].status, Status::Started | Status::Waiting) {
                        model.pages[number].status = Status::Skipped(Reason::Robots);
                    }
                }
                Call::PutBack(number) => {
                    let (number, id) = page(number);
                    frontier.put_back(id);
                    if model.pages[number].status == Status::Started {
                        model.pages[number].status = Status::Waiting;
                        model.pages[number].turn = (0, number);
                    }
                }
            }
            assert_counts_add_up(frontier.counts());
            let statuses = tally(frontier.ids().map(|id| frontier.status(id)));
            prop_assert_eq!(statuses, tally(model.pages.iter().map(|page| page.status)));
        }
        let is_spent = frontier.is_spent();
        prop_assert_eq!(is_spent, model.next([true; 3]).is_none());
    }
}
