//! A world in virtual time with a Lab that remembers who asked, and bars in a line of text each.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::ports::{Fetch, NetworkError, Response};
use crawl_playground::engine::run::Run;
use crawl_playground::engine::source::{Source, Target};
use crawl_playground::engine::strategy::Strategy;
use crawl_playground::engine::trace::{Ending, What};
use crawl_playground::sim::{Deadlock, Sim};
use futures::future::{LocalBoxFuture, join};
use futures::{FutureExt, StreamExt};
use url::Url;

use super::lab::{at_ms, check, rows};

/// When, in milliseconds, and what is done then.
pub(crate) type Timed<'a> = (u64, &'a dyn Fn(&Run));

/// A run, its clock and its network.
pub(crate) struct World {
    pub(crate) sim: Sim,
    pub(crate) net: Recorder,
    pub(crate) run: Run,
}

impl World {
    pub(crate) fn new(limits: Limits) -> Self {
        let sim = Sim::new();
        let net = Recorder {
            lab: sim.lab().fetch,
            sim: sim.clone(),
            seen: Rc::default(),
        };
        let run = Run::new(sim.ports(Rc::new(net.clone())), limits);
        Self { sim, net, run }
    }

    /// Runs to the end while `script` is done, and checks what holds for every run.
    pub(crate) fn go(&self, strategy: Strategy, source: Source, script: &[Timed<'_>]) {
        self.try_go(strategy, source, script).unwrap();
        check(&self.run);
        assert_eq!(
            self.net.open(),
            0,
            "no request is left when a run has ended"
        );
        assert_eq!(self.run.permits().in_use(), 0);
    }

    pub(crate) fn try_go(
        &self,
        strategy: Strategy,
        source: Source,
        script: &[Timed<'_>],
    ) -> Result<(), Deadlock> {
        let script = async {
            for (at, act) in script {
                self.sim.sleep(at_ms(*at) - self.sim.now()).await;
                act(&self.run);
            }
        };
        let go = self.run.go(strategy, source);
        self.sim.block_on(join(go, script)).map(drop)
    }
}

/// A world whose run has ended.
pub(crate) fn world(strategy: Strategy, limits: Limits, source: Source) -> World {
    let world = World::new(limits);
    world.go(strategy, source, &[]);
    world
}

/// Targets as `a delay/100`: the Lab's route at the host `a.test`.
pub(crate) fn at_hosts<S: AsRef<str>>(lines: impl IntoIterator<Item = S>) -> Source {
    let target = |line: S| {
        let (host, path) = line.as_ref().split_once(' ').unwrap();
        let url = Url::parse(&format!("http://{host}.test/lab/{path}")).unwrap();
        Target {
            url,
            written: line.as_ref().to_owned(),
        }
    };
    Source::List(lines.into_iter().map(target).collect())
}

/// The bars of a run that is over, one a task: each wait with the millisecond in which it ended, and the outcome. A bar
/// that began later than the run begins with the moment.
///
/// `queue 110 request 140 = 404` was in the queue until 110 ms and sent from then until 140 ms.
pub(crate) fn drawn(run: &Run) -> Vec<String> {
    let rows = rows(run);
    let bar = |row: &crawl_playground::timeline::rows::Row| {
        let mut words = Vec::new();
        if row.joined.as_us() > 0 {
            words.push(format!("from {}", row.joined.as_ms()));
        }
        for segment in row.segments() {
            words.push(format!("{} {}", segment.wait.name(), segment.end.as_ms()));
        }
        words.push(format!("= {}", row.outcome.unwrap().label()));
        words.join(" ")
    };
    rows.rows().iter().map(bar).collect()
}

/// Asserts the bars of a run, one a line.
pub(crate) fn assert_drawn(run: &Run, expected: &str) {
    let expected: Vec<_> = expected
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    assert_eq!(drawn(run), expected);
}

pub(crate) fn ending(run: &Run) -> Ending {
    rows(run).finished().unwrap()
}

/// The tasks in the order in which their results were taken, each with the millisecond.
pub(crate) fn collected(run: &Run) -> Vec<(u32, f64)> {
    let trace = run.trace();
    let taken = trace.events().iter().filter_map(|event| match event.what {
        What::Collected(id) => Some((id.0, event.at.as_ms())),
        _ => None,
    });
    taken.collect()
}

/// The Lab, which notes when each request arrives and how many it has at a time.
#[derive(Clone)]
pub(crate) struct Recorder {
    lab: Rc<dyn Fetch>,
    sim: Sim,
    seen: Rc<RefCell<Seen>>,
}

#[derive(Default)]
struct Seen {
    arrivals: Vec<(u64, String)>,
    open: BTreeMap<String, usize>,
    peak: usize,
    peaks: BTreeMap<String, usize>,
}

impl Recorder {
    /// When each request came, in microseconds.
    pub(crate) fn arrivals_us(&self) -> Vec<u64> {
        let seen = self.seen.borrow();
        seen.arrivals.iter().map(|(at, _)| *at).collect()
    }

    /// When each request to one host came.
    pub(crate) fn arrivals_at(&self, host: &str) -> Vec<u64> {
        let seen = self.seen.borrow();
        let here = seen.arrivals.iter().filter(|(_, to)| to == host);
        here.map(|(at, _)| *at).collect()
    }

    pub(crate) fn hosts(&self) -> Vec<String> {
        self.seen.borrow().peaks.keys().cloned().collect()
    }

    /// How many requests go on: neither at their end nor dropped.
    pub(crate) fn open(&self) -> usize {
        self.seen.borrow().open.values().sum()
    }

    /// The most that went on at once.
    pub(crate) fn peak(&self) -> usize {
        self.seen.borrow().peak
    }

    /// The same of one host.
    pub(crate) fn peak_at(&self, host: &str) -> usize {
        self.seen.borrow().peaks.get(host).copied().unwrap_or(0)
    }
}

impl Fetch for Recorder {
    fn fetch(&self, url: &Url) -> LocalBoxFuture<'static, Result<Response, NetworkError>> {
        let host = url.host_str().unwrap().trim_end_matches(".test").to_owned();
        let open = Open::new(self, &host);
        let answer = self.lab.fetch(url);
        async move {
            let mut response = answer.await?;
            response.body = response.body.inspect(move |_| open.is_held()).boxed_local();
            Ok(response)
        }
        .boxed_local()
    }

    fn probe(&self, url: &Url) -> LocalBoxFuture<'static, bool> {
        self.lab.probe(url)
    }
}

/// A request that goes on.
struct Open(Rc<RefCell<Seen>>, String);

impl Open {
    fn new(recorder: &Recorder, host: &str) -> Self {
        let mut seen = recorder.seen.borrow_mut();
        let at = recorder.sim.now().as_us();
        seen.arrivals.push((at, host.to_owned()));
        let here = seen.open.entry(host.to_owned()).or_default();
        *here += 1;
        let here = *here;
        let peak = seen.peaks.entry(host.to_owned()).or_default();
        *peak = here.max(*peak);
        seen.peak = seen.peak.max(seen.open.values().sum());
        Self(Rc::clone(&recorder.seen), host.to_owned())
    }

    /// For a closure to hold it.
    fn is_held(&self) {}
}

impl Drop for Open {
    fn drop(&mut self) {
        if let Some(open) = self.0.borrow_mut().open.get_mut(&self.1) {
            *open -= 1;
        }
    }
}
