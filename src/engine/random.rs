//! Numbers that look random and are the same each time.

/// SplitMix64: a seeded generator of 64-bit numbers.
///
/// The algorithm is by Guy Steele, Doug Lea and Christine Flood ("Fast Splittable Pseudorandom Number Generators",
/// OOPSLA 2014), in Sebastiano Vigna's form: a counter that goes up by the golden ratio, and a mixer over it. It is
/// eight bytes large, takes a few cycles a number, passes BigCrush, and has the period 2^64. It asks no platform for
/// entropy and keeps no secret: it is for delays, jitter and word lists, not for keys.
///
/// ```
/// use crawl_playground::engine::random::Random;
///
/// let mut random = Random::seeded(7);
/// let mut same = random.clone();
/// assert_eq!(random.next_u64(), same.next_u64());
/// assert!((0.0..1.0).contains(&random.unit()));
/// assert!(random.below(6) < 6);
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Random(u64);

impl Random {
    /// A generator whose numbers all follow from `seed`.
    #[must_use]
    pub const fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    /// A generator of its own for `index`, which follows from this one's state and leaves it as it is.
    ///
    /// With one fork a task, what a task draws does not depend on how many others drew before it.
    ///
    /// ```
    /// use crawl_playground::engine::random::Random;
    ///
    /// let run = Random::seeded(7);
    /// assert_eq!(run.fork(3), run.fork(3));
    /// assert_ne!(run.fork(3).next_u64(), run.fork(4).next_u64());
    /// ```
    #[must_use]
    pub const fn fork(&self, index: u64) -> Self {
        // Mixed twice: neighbouring indices would else be neighbouring places of one sequence.
        Self(mix(self.0 ^ mix(index.wrapping_add(STEP))))
    }

    /// The next number; each of the 2^64 is as likely as another.
    pub const fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mix(self.0)
    }

    /// A number from 0 up to, not including, 1, in steps of 2^-53.
    pub const fn unit(&mut self) -> f64 {
        const STEPS: f64 = (1_u64 << 53) as f64;
        (self.next_u64() >> 11) as f64 / STEPS
    }

    /// A number below `bound`, 0 if that is 0. No number is likelier than another by more than `bound` in 2^32.
    pub const fn below(&mut self, bound: u32) -> u32 {
        (((self.next_u64() >> 32) * bound as u64) >> 32) as u32
    }

    /// A number from 0 to `most`, which is included. No number is likelier than another by more than `most` in 2^64.
    pub const fn up_to(&mut self, most: u64) -> u64 {
        ((self.next_u64() as u128 * (most as u128 + 1)) >> 64) as u64
    }

    /// One of `items`, each as likely as another.
    ///
    /// # Panics
    /// When there are none.
    pub fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len() as u32) as usize]
    }
}

/// 2^64 divided by the golden ratio, made odd.
const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

/// Stafford's thirteenth variant of a 64-bit finaliser: each input has its own output, and neighbours have nothing in common.
const fn mix(counter: u64) -> u64 {
    let mixed = (counter ^ (counter >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::Random;

    #[test]
    fn it_is_splitmix64() {
        // The reference implementation's first numbers for the seed 1234567.
        let mut random = Random::seeded(1_234_567);
        assert_eq!(random.next_u64(), 6_457_827_717_110_365_317);
        assert_eq!(random.next_u64(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn numbers_stay_below_their_bound_and_reach_all() {
        let mut random = Random::seeded(7);
        let mut seen = [0; 5];
        for _ in 0..5_000 {
            seen[random.below(5) as usize] += 1;
        }
        assert!(
            seen.iter().all(|count| (900..1_100).contains(count)),
            "{seen:?}"
        );
        assert_eq!(random.below(0), 0);
        assert_eq!(random.below(1), 0);
    }

    #[test]
    fn up_to_includes_both_ends() {
        let mut random = Random::seeded(7);
        let mut seen = [0; 3];
        for _ in 0..3_000 {
            seen[random.up_to(2) as usize] += 1;
        }
        assert!(
            seen.iter().all(|count| (900..1_100).contains(count)),
            "{seen:?}"
        );
        assert_eq!(random.up_to(0), 0);
        // The whole range is the generator itself.
        assert_eq!(random.clone().up_to(u64::MAX), random.next_u64());
    }

    #[test]
    fn the_unit_is_spread_evenly_and_never_reaches_one() {
        let mut random = Random::seeded(7);
        let numbers: Vec<f64> = (0..10_000).map(|_| random.unit()).collect();
        assert!(numbers.iter().all(|number| (0.0..1.0).contains(number)));
        let mean = numbers.iter().sum::<f64>() / 10_000.0;
        assert!((mean - 0.5).abs() < 0.01, "{mean}");
    }

    #[test]
    fn forks_share_nothing_with_each_other_or_their_origin() {
        let origin = Random::seeded(7);
        let mut first: Vec<u64> = (0..1_000)
            .map(|task| origin.fork(task).next_u64())
            .collect();
        let mut own = origin.clone();
        first.extend((0..1_000).map(|_| own.next_u64()));
        first.sort_unstable();
        first.dedup();
        assert_eq!(first.len(), 2_000);
    }
}
