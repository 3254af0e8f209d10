//! A measured figure beside a peer's, as a line of the table and as an entry of the JSON list.

use std::fmt::Write as _;

use serde_json::json;

/// What we are measured by, against one peer.
#[derive(Clone, Copy)]
pub(crate) struct Goal {
    /// Our value may be at most this many times the peer's.
    pub(crate) most: f64,
    /// The same in words.
    pub(crate) words: &'static str,
}

/// Our value and a peer's; the lower, the better.
pub(crate) struct Figure {
    pub(crate) name: &'static str,
    pub(crate) unit: &'static str,
    pub(crate) value: f64,
    pub(crate) peer: &'static str,
    pub(crate) peer_value: f64,
    pub(crate) goal: Goal,
}

impl Figure {
    fn ratio(&self) -> f64 {
        self.value / self.peer_value
    }

    fn is_met(&self) -> bool {
        self.ratio() <= self.goal.most
    }
}

/// The figures in columns.
pub(crate) fn table(figures: &[Figure]) -> String {
    let mut table = String::new();
    for figure in figures {
        // Writing to a string can't fail.
        let _ = writeln!(
            table,
            "{:<22} {:>8.1} {unit}   {:<18} {:>8.1} {unit}   ratio {:>5.2}   {:<6} {}",
            figure.name,
            figure.value,
            figure.peer,
            figure.peer_value,
            figure.ratio(),
            if figure.is_met() { "met" } else { "missed" },
            figure.goal.words,
            unit = figure.unit,
        );
    }
    table
}

/// The figures as `target/bench.json` holds them.
pub(crate) fn json(figures: &[Figure]) -> String {
    let entry = |figure: &Figure| {
        json!({
            "figure": figure.name,
            "value": rounded(figure.value),
            "unit": figure.unit,
            "better": "lower",
            "peer": figure.peer,
            "peer_value": rounded(figure.peer_value),
            "ratio": rounded(figure.ratio()),
            "goal": figure.goal.words,
            "met": figure.is_met(),
        })
    };
    format!(
        "{:#}\n",
        figures.iter().map(entry).collect::<serde_json::Value>()
    )
}

fn rounded(value: f64) -> f64 {
    (value * 1e3).round() / 1e3
}
