//! What a run was made with, in words: for a picture that leaves the page.

use crate::engine::strategy::{Setting, Use};
use crate::scenario::dial::Dial;
use crate::scenario::{Network, Scenario};

/// The network, what was fetched, the strategy and the settings that are not the plain ones; `;` between them.
///
/// ```
/// use crawl_playground::{report::settings::settings, scenario::Scenario};
///
/// assert_eq!(
///     settings(&Scenario::default()),
///     "Lab: Ten pages, three at a time; semaphore, concurrency 3; compared with sequential."
/// );
/// # use crawl_playground::scenario::{Network, preset::Preset};
/// let polite = Scenario { compare: false, ..Scenario::of(Preset::Polite, Network::Lab) };
/// assert!(settings(&polite).contains("per-host limit 2; host delay 250\u{a0}ms; jitter 50\u{a0}%."));
/// let five = Scenario { compare: false, ..Scenario::of(Preset::Five, Network::Lab) };
/// assert_eq!(settings(&five), "Lab: Five requests of 1 s; all at once.");
/// # use crawl_playground::engine::compute::Kind;
/// let parsing = Scenario { kind: Kind::Page, ..Scenario::of(Preset::Blocking, Network::Lab) };
/// assert!(settings(&parsing).contains("page size 2000\u{a0}× 20\u{a0}kB"));
/// ```
#[must_use]
pub fn settings(scenario: &Scenario) -> String {
    let mut words = format!(
        "{}: {}; {}",
        scenario.network.name(),
        scenario.preset.shown_on(scenario.network).title(),
        scenario.strategy.name()
    );
    // Where nothing follows it, it would only look as if it were a limit.
    if scenario.uses(Setting::Concurrency) != Use::No {
        words += &format!(", concurrency {}", scenario.concurrency);
    }
    let mut add = |is_told: bool, told: &dyn Fn() -> String| {
        if is_told {
            words.push_str("; ");
            words.push_str(&told());
        }
    };
    let plain = Scenario::default();
    add(scenario.delay_ms > 0, &|| {
        format!("delay {}\u{a0}ms", scenario.delay_ms)
    });
    add(scenario.delay_ms > 0 && scenario.keep_permit, &|| {
        "the permit kept during it".into()
    });
    add(scenario.timeout_ms != plain.timeout_ms, &|| {
        format!("timeout {}\u{a0}ms", scenario.timeout_ms)
    });
    for dial in Dial::ALL {
        let setting = scenario.dials.get(dial);
        let name = dial.name_for(scenario.kind);
        // The number stands before its unit: “host delay 250 ms”.
        let (what, unit) = name.split_once(", ").unwrap_or((name, ""));
        let what = what.to_lowercase();
        add(setting != dial.plain(), &|| match setting {
            Some(number) => format!("{what} {number}\u{a0}{unit}").trim_end().into(),
            None => format!("{what} off"),
        });
    }
    add(scenario.stop_at_first, &|| {
        "stops at the first failure".into()
    });
    let is_drawn = scenario.network == Network::Simulation;
    add(is_drawn, &|| {
        format!(
            "{} tasks of latency {}",
            scenario.simulated_tasks, scenario.latency
        )
    });
    add(scenario.compares(), &|| {
        format!("compared with {}", scenario.against.name())
    });
    words.push('.');
    words
}

/// A file's name that says what is in it: small letters, digits and hyphens.
///
/// ```
/// use crawl_playground::report::settings::file_name;
///
/// assert_eq!(file_name(&["crawl timeline", "At most 3 → 5", "200\u{a0}ms"], "svg"), "crawl-timeline-at-most-3-5-200-ms.svg");
/// ```
#[must_use]
pub fn file_name(parts: &[&str], extension: &str) -> String {
    const MOST: usize = 100;
    let mut name = String::new();
    for letter in parts.join(" ").chars() {
        if letter.is_ascii_alphanumeric() {
            name.push(letter.to_ascii_lowercase());
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
        if name.len() >= MOST {
            break;
        }
    }
    format!("{}.{extension}", name.trim_end_matches('-'))
}
