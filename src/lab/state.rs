//! What the Lab remembers from one request to the next.

use std::time::Duration;

use crate::engine::moment::Moment;
use crate::engine::rate::{Rate, TokenBucket};

/// Most keys that are remembered; the one not heard of for longest is forgotten first.
const MAX_KEYS: usize = 1_024;

/// What the Lab remembers. One per host; a new one remembers nothing. It does not grow beyond some 100 kB.
#[derive(Default, Debug)]
pub struct State {
    /// A list: to search a thousand keys takes microseconds, and a map is some kilobytes of wasm.
    flaky: Vec<Attempts>,
    /// The same for rates.
    limited: Vec<Limited>,
}

#[derive(Debug)]
struct Attempts {
    key: String,
    count: u32,
    last: Moment,
}

#[derive(Debug)]
struct Limited {
    key: String,
    bucket: TokenBucket,
    last: Moment,
}

impl State {
    /// Counts an attempt of `key`, and says how many there were before.
    pub(super) fn attempt(&mut self, key: &str, now: Moment) -> u32 {
        if let Some(known) = self.flaky.iter_mut().find(|attempts| attempts.key == key) {
            let before = known.count;
            known.count = before.saturating_add(1);
            known.last = now;
            return before;
        }
        if self.flaky.len() >= MAX_KEYS {
            let oldest = (0..self.flaky.len()).min_by_key(|at| self.flaky[*at].last);
            oldest.map(|at| self.flaky.swap_remove(at));
        }
        self.flaky.push(Attempts {
            key: key.to_owned(),
            count: 1,
            last: now,
        });
        0
    }

    /// Takes a token of `key`, whose rate it is for as long as it is remembered.
    ///
    /// # Errors
    /// How long it takes until there is one.
    pub(super) fn token(&mut self, key: &str, rate: Rate, now: Moment) -> Result<(), Duration> {
        let place = match self.limited.iter().position(|limited| limited.key == key) {
            Some(place) => place,
            None => {
                if self.limited.len() >= MAX_KEYS {
                    let oldest = (0..self.limited.len()).min_by_key(|at| self.limited[*at].last);
                    oldest.map(|at| self.limited.swap_remove(at));
                }
                self.limited.push(Limited {
                    key: key.to_owned(),
                    bucket: TokenBucket::new(rate),
                    last: now,
                });
                self.limited.len() - 1
            }
        };
        let limited = &mut self.limited[place];
        limited.last = now;
        if limited.bucket.rate() != rate {
            limited.bucket.set_rate(now, rate);
        }
        if limited.bucket.take(now) {
            Ok(())
        } else {
            Err(limited.bucket.ready_at(now) - now)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_KEYS, State};
    use crate::engine::moment::Moment;

    #[test]
    fn attempts_are_counted_by_key() {
        let mut state = State::default();
        let now = Moment::ZERO;
        let counts = ["a", "a", "b", "a"].map(|key| state.attempt(key, now));
        assert_eq!(counts, [0, 1, 0, 2]);
    }

    #[test]
    fn the_key_not_heard_of_for_longest_is_forgotten() {
        let mut state = State::default();
        let mut at = (0..).map(Moment::from_us);
        for key in 0..MAX_KEYS {
            state.attempt(&key.to_string(), at.next().unwrap());
        }
        state.attempt("0", at.next().unwrap());
        state.attempt("new", at.next().unwrap());
        assert_eq!(state.flaky.len(), MAX_KEYS);
        assert!(state.flaky.iter().all(|attempts| attempts.key != "1"));
        assert_eq!(state.attempt("0", at.next().unwrap()), 2);
    }
}
