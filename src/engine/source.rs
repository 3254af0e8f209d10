//! Where a run's targets come from.

use std::fmt;
use std::rc::Rc;

use futures::future::LocalBoxFuture;
use url::Url;

use super::run::Run;
use super::strategy::Strategy;
use super::task::Failed;

/// A URL to fetch, and how it was written, which is how it is shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Target {
    /// The address.
    pub url: Url,
    /// What the visitor wrote: `lab/delay/100` rather than the page's whole address.
    pub written: String,
}

/// Work that finds its targets as it goes, as a crawl does. A run that is given one leaves all to it; so the code of a
/// crawl is needed by those only who make one.
pub trait Course {
    /// Goes its way in `run`, to the end. Dropping the future stops it.
    ///
    /// # Errors
    /// [`Failed`] at the first failure of a run that stops there.
    fn go(
        self: Rc<Self>,
        run: Run,
        strategy: Strategy,
    ) -> LocalBoxFuture<'static, Result<(), Failed>>;

    /// The same for the run of this number, as [`Source::of_run`] has it.
    fn of_run(&self, number: u64) -> Rc<dyn Course>;
}

impl fmt::Debug for dyn Course {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Course")
    }
}

/// Where a run's targets come from.
#[derive(Clone, Debug)]
#[allow(
    clippy::large_enum_variant,
    reason = "there is one for a run, moved a few times; and it is small in the page"
)]
pub enum Source {
    /// All known from the start.
    List(Vec<Target>),
    /// The same so many times: what is asked does not matter where answers are drawn from a law.
    Repeat(Target, usize),
    /// One request brings a JSON list of numbers; each of the first `take` makes a target.
    Listing {
        /// The list's address.
        list: Target,
        /// An item's address, as written and resolved, with `{id}` in the place of its number.
        item: ItemAddress,
        /// How many items at most.
        take: usize,
    },
    /// They are found on the way: a crawl.
    Course(Rc<dyn Course>),
}

/// Stands in an address for the run's number.
const RUN: &str = "{run}";
/// The same where a URL parser has escaped it.
const RUN_ESCAPED: &str = "%7Brun%7D";

impl Source {
    /// The source of one run: `{run}` in an address becomes `number`, so that a server that remembers earlier runs (the
    /// Lab's flaky and limited routes do) takes this one for a new visitor. What is shown stays as it was written.
    #[must_use]
    pub fn of_run(mut self, number: u64) -> Self {
        match &mut self {
            Self::List(targets) => targets.iter_mut().for_each(|target| target.put_run(number)),
            Self::Repeat(target, _) => target.put_run(number),
            Self::Listing { list, .. } => list.put_run(number),
            Self::Course(course) => *course = course.of_run(number),
        }
        self
    }
}

impl Target {
    /// Puts a run's number in the place of `{run}`; see [`Source::of_run`].
    pub(super) fn put_run(&mut self, number: u64) {
        let address = self.url.as_str();
        if address.contains(RUN) || address.contains(RUN_ESCAPED) {
            let number = number.to_string();
            let address = address.replace(RUN, &number).replace(RUN_ESCAPED, &number);
            if let Ok(url) = Url::parse(&address) {
                self.url = url;
            }
        }
    }
}

/// The address of a listing's items, with `{id}` in the place of an item's number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ItemAddress {
    /// What relative addresses are resolved against.
    pub base: Url,
    /// The address as written.
    pub written: String,
}

impl ItemAddress {
    /// The target of item `id`; `None` when that makes no URL.
    ///
    /// ```
    /// use crawl_playground::engine::source::ItemAddress;
    /// use url::Url;
    ///
    /// let item = ItemAddress { base: Url::parse("https://example.org/a/").unwrap(), written: "item/{id}.json".into() };
    /// assert_eq!(item.target(7).unwrap().url.as_str(), "https://example.org/a/item/7.json");
    /// ```
    #[must_use]
    pub fn target(&self, id: u64) -> Option<Target> {
        let written = self.written.replace("{id}", &id.to_string());
        let url = self.base.join(&written).ok()?;
        Some(Target { url, written })
    }
}
