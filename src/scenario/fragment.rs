//! A scenario as the fragment of a URL, so that a link, a reload and Back bring it again.

use std::fmt;
use std::ops::RangeInclusive;

use url::{Url, form_urlencoded};

use super::crawl;
use super::dial::Dial;
use super::preset::Preset;
use super::{MAX_DELAY_MS, Network, SIMULATED_TASKS, Scenario, TIMEOUT_MS};
use crate::engine::compute::{Kind, Place};
use crate::engine::run::MAX_IN_FLIGHT;
use crate::engine::strategy::Strategy;

/// A dial that is switched off.
const OFF: &str = "off";

/// What in a fragment could not be understood.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BadFragment {
    key: String,
    value: String,
}

impl fmt::Display for BadFragment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { key, value } = self;
        write!(
            f,
            "This link’s settings could not be read (“{key}={value}”), so the default is shown."
        )
    }
}

impl std::error::Error for BadFragment {}

/// Writes what differs from the preset. The default scenario is the empty fragment. Without the leading `#`.
///
/// ```
/// use crawl_playground::scenario::{Scenario, fragment::{read, write}};
///
/// let scenario = Scenario { concurrency: 5, ..Scenario::default() };
/// assert_eq!(write(&scenario), "n=5");
/// assert_eq!(read("n=5"), Ok(scenario));
/// ```
#[must_use]
pub fn write(scenario: &Scenario) -> String {
    let mut plain = Scenario::of(scenario.preset, scenario.network);
    if scenario.is_crawl && scenario.asks_others() {
        plain.begin_politely();
    }
    let default = Scenario::default();
    let mut pairs = form_urlencoded::Serializer::new(String::new());
    if scenario.network != default.network {
        pairs.append_pair("net", scenario.network.name());
    }
    if scenario.preset != default.preset {
        pairs.append_pair("preset", scenario.preset.name());
    }
    if scenario.strategy != plain.strategy {
        pairs.append_pair("strategy", scenario.strategy.name());
    }
    let numbers = [
        ("n", scenario.concurrency, plain.concurrency),
        ("delay", scenario.delay_ms as usize, plain.delay_ms as usize),
        (
            "timeout",
            scenario.timeout_ms as usize,
            plain.timeout_ms as usize,
        ),
    ];
    for (key, number, plain_number) in numbers {
        if number != plain_number {
            pairs.append_pair(key, &number.to_string());
        }
    }
    if scenario.against != plain.against {
        pairs.append_pair("against", scenario.against.name());
    }
    for dial in Dial::ALL {
        let setting = scenario.dials.get(dial);
        if setting != plain.dials.get(dial) {
            let written = setting.map_or_else(|| OFF.to_owned(), |number| number.to_string());
            pairs.append_pair(dial.key(), &written);
        }
    }
    if scenario.kind != plain.kind {
        pairs.append_pair("kind", scenario.kind.name());
    }
    if scenario.place != plain.place {
        pairs.append_pair("place", scenario.place.name());
    }
    if scenario.latency != plain.latency {
        pairs.append_pair("latency", &scenario.latency);
    }
    if scenario.simulated_tasks != plain.simulated_tasks {
        pairs.append_pair("tasks", &scenario.simulated_tasks.to_string());
    }
    let (crawl, plain_crawl) = (&scenario.crawl, &plain.crawl);
    for (key, written, is_plain) in crawl.texts(plain_crawl) {
        if !is_plain {
            pairs.append_pair(key, written);
        }
    }
    let switches = [
        ("crawl", scenario.is_crawl, plain.is_crawl),
        ("files", crawl.takes_files, plain_crawl.takes_files),
        (
            "nofollow",
            crawl.respects_nofollow,
            plain_crawl.respects_nofollow,
        ),
        ("sitemaps", crawl.uses_sitemaps, plain_crawl.uses_sitemaps),
        ("relative", crawl.relative_json, plain_crawl.relative_json),
        ("stop-at-first", scenario.stop_at_first, plain.stop_at_first),
        ("keep", scenario.keep_permit, plain.keep_permit),
        ("compare", scenario.compare, plain.compare),
        ("race", scenario.race, plain.race),
    ];
    for (key, is_on, is_plain) in switches {
        if is_on != is_plain {
            pairs.append_pair(key, if is_on { "1" } else { "0" });
        }
    }
    if let Some(lab) = &scenario.lab_at {
        pairs.append_pair("lab", lab.as_str());
    }
    if scenario.urls != plain.urls {
        pairs.append_pair("urls", &scenario.urls);
    }
    pairs.finish()
}

/// The settings that are neither dials nor texts of a crawl, and where a list is that is too long for a link.
const KEYS: [&str; 24] = [
    "net",
    "preset",
    "strategy",
    "against",
    "n",
    "delay",
    "timeout",
    "kind",
    "place",
    "latency",
    "tasks",
    "crawl",
    "files",
    "nofollow",
    "sitemaps",
    "relative",
    "stop-at-first",
    "keep",
    "compare",
    "race",
    "lab",
    "urls",
    "list",
    "",
];

/// What is to be said of a fragment that holds something besides settings; the first of that is named.
///
/// ```
/// use crawl_playground::scenario::fragment::unknown;
///
/// assert_eq!(unknown("n=5&sead=3").unwrap(), "This link holds “sead”, which is no setting here: it was passed over.");
/// assert_eq!(unknown("n=5&seed=3"), None);
/// ```
#[must_use]
pub fn unknown(fragment: &str) -> Option<String> {
    let is_known = |key: &str| {
        KEYS.contains(&key)
            || crawl::TEXT_KEYS.contains(&key)
            || Dial::ALL.iter().any(|dial| dial.key() == key)
    };
    let mut keys = form_urlencoded::parse(fragment.as_bytes()).map(|(key, _)| key);
    let key = keys.find(|key| !is_known(key))?;
    let key: String = key.chars().take(40).collect();
    Some(format!(
        "This link holds “{key}”, which is no setting here: it was passed over."
    ))
}

/// Where a link says that another Lab is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LabAddress {
    /// There.
    At(Url),
    /// That makes no sense.
    Bad,
    /// Nobody can tell yet: the scenario is read as if the link did not say.
    Unread,
}

/// Reads the address of a Lab.
#[must_use]
pub fn lab_address(written: &str) -> LabAddress {
    let lab = Url::parse(written).ok();
    let lab = lab.filter(|lab| matches!(lab.scheme(), "http" | "https"));
    lab.map_or(LabAddress::Bad, LabAddress::At)
}

/// Reads a fragment, without its `#`.
///
/// # Errors
/// [`BadFragment`] names the first setting that makes no sense. Unknown keys are passed over, so that links of later
/// versions still open.
pub fn read(fragment: &str) -> Result<Scenario, BadFragment> {
    read_with(fragment, lab_address)
}

/// The same with `lab_address` to read where another Lab is: the page has a link's other settings before it has a parser
/// of addresses.
///
/// # Errors
/// As [`read`].
pub fn read_with(
    fragment: &str,
    lab_address: impl Fn(&str) -> LabAddress,
) -> Result<Scenario, BadFragment> {
    let pairs: Vec<(String, String)> = form_urlencoded::parse(fragment.as_bytes())
        .into_owned()
        .collect();
    let find = |key: &str| {
        pairs
            .iter()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value.as_str())
    };
    let bad = |key: &str, value: &str| BadFragment {
        key: key.into(),
        value: value.chars().take(40).collect(),
    };

    let network = match find("net") {
        None => Network::Lab,
        Some(name) => Network::ALL
            .into_iter()
            .find(|known| known.name() == name)
            .ok_or_else(|| bad("net", name))?,
    };
    let preset = match find("preset") {
        None if network == Network::Lab => Preset::Ten,
        None if network == Network::Simulation => Preset::Simulated,
        None => Preset::Own,
        Some(name) => Preset::ALL
            .into_iter()
            .find(|known| known.name() == name && known.shown_on(network).is_offered(network))
            .ok_or_else(|| bad("preset", name))?,
    };
    let mut scenario = Scenario::of(preset, network);
    if let Some(address) = find("lab") {
        scenario.lab_at = match lab_address(address) {
            LabAddress::At(lab) => Some(lab),
            LabAddress::Bad => return Err(bad("lab", address)),
            LabAddress::Unread => None,
        };
    }
    // Whose link says nothing of the pace gets one that other people's hosts can bear.
    let says_crawl = match find("crawl") {
        None => scenario.is_crawl,
        Some(written) => written == "1",
    };
    if says_crawl && scenario.asks_others() {
        scenario.begin_politely();
    }
    for (key, strategy) in [
        ("strategy", &mut scenario.strategy),
        ("against", &mut scenario.against),
    ] {
        if let Some(name) = find(key) {
            let known = Strategy::ALL.into_iter().find(|known| known.name() == name);
            *strategy = known.ok_or_else(|| bad(key, name))?;
        }
    }
    for dial in Dial::ALL {
        if let Some(written) = find(dial.key()) {
            let setting = match written {
                OFF => Some(None),
                number => number.parse().ok().map(Some),
            };
            let is_taken = setting.is_some_and(|setting| scenario.dials.set(dial, setting));
            if !is_taken {
                return Err(bad(dial.key(), written));
            }
        }
    }
    if let Some(name) = find("kind") {
        let known = Kind::ALL.into_iter().find(|known| known.name() == name);
        scenario.kind = known.ok_or_else(|| bad("kind", name))?;
    }
    if let Some(name) = find("place") {
        let known = Place::ALL.into_iter().find(|known| known.name() == name);
        scenario.place = known.ok_or_else(|| bad("place", name))?;
    }
    if let Some(law) = find("latency") {
        scenario.latency = law.into();
    }
    let number = |key: &str, range: RangeInclusive<u32>| match find(key) {
        None => Ok(None),
        Some(value) => {
            let number = value.parse().ok().filter(|number| range.contains(number));
            number.map(Some).ok_or_else(|| bad(key, value))
        }
    };
    if let Some(n) = number("n", 1..=MAX_IN_FLIGHT as u32)? {
        scenario.concurrency = n as usize;
    }
    scenario.delay_ms = number("delay", 0..=MAX_DELAY_MS)?.unwrap_or(scenario.delay_ms);
    scenario.timeout_ms = number("timeout", TIMEOUT_MS)?.unwrap_or(scenario.timeout_ms);
    let switch =
        |key: &str, plain: bool| Ok(number(key, 0..=1)?.map_or(plain, |number| number == 1));
    scenario.simulated_tasks =
        number("tasks", SIMULATED_TASKS)?.unwrap_or(scenario.simulated_tasks);
    scenario.stop_at_first = switch("stop-at-first", scenario.stop_at_first)?;
    scenario.keep_permit = switch("keep", scenario.keep_permit)?;
    scenario.compare = switch("compare", scenario.compare)?;
    scenario.race = switch("race", scenario.race)?;
    scenario.is_crawl = switch("crawl", scenario.is_crawl)?;
    let crawl = &mut scenario.crawl;
    crawl.takes_files = switch("files", crawl.takes_files)?;
    crawl.respects_nofollow = switch("nofollow", crawl.respects_nofollow)?;
    crawl.uses_sitemaps = switch("sitemaps", crawl.uses_sitemaps)?;
    crawl.relative_json = switch("relative", crawl.relative_json)?;
    for key in crawl::TEXT_KEYS {
        if let Some(written) = find(key)
            && !crawl.set_text(key, written)
        {
            return Err(bad(key, written));
        }
    }
    if let Some(urls) = find("urls") {
        scenario.urls = urls.into();
    }
    Ok(scenario)
}
