//! SimPy, in a process of its own that is asked for one repetition at a time.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use super::work::{LIMIT, Work, check_end};

/// Python of an environment in which SimPy is installed; `make bench` sets it.
const PYTHON: &str = "SIMPY_PYTHON";
const SCRIPT: &str = include_str!("../../simpy/contender.py");

/// A running interpreter. It ends when its input does.
pub(crate) struct SimPy {
    process: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl SimPy {
    /// Starts Python, or says why there is none.
    pub(crate) fn start() -> Result<Self, String> {
        let python = std::env::var(PYTHON).map_err(|_| {
            format!("{PYTHON} names no Python with SimPy; 'make bench' sets it where there is one")
        })?;
        let mut process = Command::new(&python)
            .args(["-c", SCRIPT, &LIMIT.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|reason| format!("'{python}' could not be started: {reason}"))?;
        let input = process.stdin.take();
        let output = process.stdout.take().ok_or("it has no output")?;
        Ok(Self {
            process,
            input,
            output: BufReader::new(output),
        })
    }

    /// One repetition, timed by Python itself.
    pub(crate) fn millions_a_second(&mut self, work: Work, spans_ms: &[u32]) -> f64 {
        let (seconds, end_ms) = self
            .simulate(work, spans_ms)
            .expect("SimPy answers, or says on the terminal why not");
        check_end("SimPy", work, spans_ms, end_ms);
        spans_ms.len() as f64 / seconds / 1e6
    }

    fn simulate(&mut self, work: Work, spans_ms: &[u32]) -> Option<(f64, u64)> {
        let work = match work {
            Work::Sleeps => "sleeps",
            Work::Semaphore => "semaphore",
        };
        let spans: Vec<String> = spans_ms.iter().map(u32::to_string).collect();
        let input = self.input.as_mut()?;
        writeln!(input, "{work} {}", spans.join(" ")).ok()?;
        input.flush().ok()?;
        let mut line = String::new();
        self.output.read_line(&mut line).ok()?;
        let (seconds, end_ms) = line.trim().split_once(' ')?;
        Some((seconds.parse().ok()?, end_ms.parse().ok()?))
    }
}

impl Drop for SimPy {
    fn drop(&mut self) {
        self.input = None;
        let _ = self.process.wait();
    }
}
