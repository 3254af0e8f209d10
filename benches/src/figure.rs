//! A measured figure beside a peer's, as a line of the table and as an entry of the JSON list.

use std::fmt::Write as _;

use serde_json::json;

/// Which way a figure is to go.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Better {
    Lower,
    Higher,
}

/// What we are measured by, against one peer.
#[derive(Clone, Copy)]
pub(crate) struct Goal {
    /// Our value over the peer's: at most this where lower is better, at least this where higher is.
    pub(crate) bound: f64,
    /// The same in words.
    pub(crate) words: &'static str,
}

/// Our value and a peer's.
pub(crate) struct Figure {
    pub(crate) name: &'static str,
    pub(crate) unit: &'static str,
    pub(crate) better: Better,
    pub(crate) value: f64,
    pub(crate) peer: &'static str,
    pub(crate) peer_value: f64,
    /// Where there is none, the peer shows what is possible.
    pub(crate) goal: Option<Goal>,
}

impl Figure {
    fn ratio(&self) -> f64 {
        self.value / self.peer_value
    }

    fn is_met(&self) -> Option<bool> {
        let goal = self.goal?;
        Some(match self.better {
            Better::Lower => self.ratio() <= goal.bound,
            Better::Higher => self.ratio() >= goal.bound,
        })
    }
}

/// The figures in columns.
pub(crate) fn table(figures: &[Figure]) -> String {
    let mut table = String::new();
    for figure in figures {
        // Writing to a string can't fail.
        let _ = writeln!(
            table,
            "{:<22} {:>8} {unit}   {:<20} {:>8} {unit}   ratio {:>6.2}   {:<6} {}",
            figure.name,
            amount(figure.value),
            figure.peer,
            amount(figure.peer_value),
            figure.ratio(),
            match figure.is_met() {
                Some(true) => "met",
                Some(false) => "missed",
                None => "",
            },
            figure.goal.map_or("", |goal| goal.words),
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
            "better": match figure.better {
                Better::Lower => "lower",
                Better::Higher => "higher",
            },
            "peer": figure.peer,
            "peer_value": rounded(figure.peer_value),
            "ratio": rounded(figure.ratio()),
            "goal": figure.goal.map(|goal| goal.words),
            "met": figure.is_met(),
        })
    };
    format!(
        "{:#}\n",
        figures.iter().map(entry).collect::<serde_json::Value>()
    )
}

fn amount(value: f64) -> String {
    let digits = if value < 10.0 { 3 } else { 1 };
    format!("{value:.digits$}")
}

fn rounded(value: f64) -> f64 {
    (value * 1e3).round() / 1e3
}
