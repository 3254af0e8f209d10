//! Runs of random tasks agree with list scheduling, computed here from nothing but its definition: each task in turn
//! takes the permit that is free first.

use std::time::Duration;

use crawl_playground::engine::limits::Limits;
use crawl_playground::engine::moment::Moment;
use crawl_playground::engine::strategy::Strategy as Combine;
use crawl_playground::engine::wait::Wait;
use crawl_playground::report::schedule::{Makespans, Need, knee, makespan};
use proptest::prelude::*;

use super::lab::{self, check, ends, limits, list, ms};

/// A response: headers after so many milliseconds, so many bytes at so many a second.
#[derive(Clone, Copy, Debug)]
struct Page {
    ms: u64,
    bytes: u64,
    rate: u64,
}

impl Page {
    fn path(self) -> String {
        format!("bytes/{}?ms={}&rate={}", self.bytes, self.ms, self.rate)
    }

    /// How long it takes; clocks have whole microseconds.
    fn us(self) -> u64 {
        self.ms * 1_000 + self.bytes * 1_000_000 / self.rate
    }
}

fn pages() -> impl Strategy<Value = Vec<Page>> {
    let page = (0..900_u64, 0..3_000_u64, 1_000..100_000_u64).prop_map(|(ms, bytes, rate)| Page {
        ms,
        bytes,
        rate,
    });
    // Some tasks of the same length, so that several end in one moment.
    let same = Just(Page {
        ms: 100,
        bytes: 0,
        rate: 1_000,
    });
    prop::collection::vec(prop_oneof![3 => page, 1 => same], 0..40)
}

/// When each task starts, if each holds a permit for `hold_us`.
fn starts_us(hold_us: &[u64], permits: usize) -> Vec<u64> {
    let mut free_at = vec![0; permits];
    let start = |hold: &u64| {
        let soonest = free_at.iter_mut().min().unwrap();
        let start = *soonest;
        *soonest += hold;
        start
    };
    hold_us.iter().map(start).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_semaphore_is_list_scheduling(
        pages in pages(),
        permits in 1..8_usize,
        delay_ms in prop_oneof![Just(0_u64), 0..500_u64],
        keep in any::<bool>(),
    ) {
        let delay_us = delay_ms * 1_000;
        let (kept_us, tail_us) = if keep { (delay_us, 0) } else { (0, delay_us) };
        let hold_us: Vec<u64> = pages.iter().map(|page| page.us() + kept_us).collect();
        let starts = starts_us(&hold_us, permits);

        let limits = Limits { delay: ms(delay_ms), keep_permit: keep, ..limits(permits) };
        let run = lab::run(Combine::Semaphore, limits, list(pages.iter().map(|page| page.path())));
        check(&run);
        let rows = lab::rows(&run);
        for ((row, start), hold) in rows.rows().iter().zip(&starts).zip(&hold_us) {
            prop_assert_eq!(row.spent_us(Moment::ZERO)[Wait::Permit.index()], *start);
            let permit = (Moment::from_us(*start), Some(Moment::from_us(start + hold)));
            prop_assert_eq!(row.permit(), Some(permit));
            prop_assert_eq!(row.end_at(Moment::ZERO), Moment::from_us(start + hold + tail_us));
        }
        let total_us = starts.iter().zip(&hold_us).map(|(start, hold)| start + hold + tail_us).max();
        prop_assert_eq!(rows.last_end(), Moment::from_us(total_us.unwrap_or(0)));

        // What the summary predicts with says the same.
        let needs: Vec<Need> = hold_us.iter().map(|hold| Need {
            ready: Duration::ZERO,
            hold: Duration::from_micros(*hold),
            tail: Duration::from_micros(tail_us),
        }).collect();
        prop_assert_eq!(Moment::ZERO + makespan(&needs, permits), rows.last_end());
    }

    #[test]
    fn one_at_a_time_is_the_sum_and_all_at_once_the_longest(pages in pages()) {
        let source = || list(pages.iter().map(|page| page.path()));
        let sequential = lab::run(Combine::Sequential, limits(1), source());
        check(&sequential);
        let sums: Vec<_> = pages.iter().scan(0, |sum, page| { *sum += page.us(); Some(Moment::from_us(*sum)) }).collect();
        prop_assert_eq!(ends(&sequential), sums);
        let at_once = lab::run(Combine::AllAtOnce, limits(1), source());
        check(&at_once);
        let each: Vec<_> = pages.iter().map(|page| Moment::from_us(page.us())).collect();
        prop_assert_eq!(ends(&at_once), each);
    }

    #[test]
    fn more_permits_never_take_longer_and_the_knee_is_the_first_that_is_enough(
        hold_us in prop::collection::vec(0..10_000_u64, 0..40),
        tail_us in 0..5_000_u64,
    ) {
        let needs: Vec<Need> = hold_us.iter().map(|hold| Need {
            hold: Duration::from_micros(*hold), tail: Duration::from_micros(tail_us), ..Need::default()
        }).collect();
        let totals: Vec<_> = (1..=needs.len().max(1)).map(|permits| makespan(&needs, permits)).collect();
        prop_assert!(totals.is_sorted_by(|fewer, more| fewer >= more));
        let enough = totals.last().unwrap().mul_f64(1.01);
        prop_assert_eq!(knee(&needs), totals.iter().position(|total| *total <= enough).unwrap() + 1);
    }
}

#[test]
fn of_very_many_tasks_the_makespan_is_worked_out_to_half_a_per_cent() {
    let hold = |k: u64| Duration::from_micros(1 + k * k * 7_919 % 200_000);
    let needs: Vec<Need> = (0..20_000)
        .map(|k| Need {
            hold: hold(k),
            tail: ms(3),
            ready: ms(k % 5),
        })
        .collect();
    let makespans = Makespans::of(&needs);
    for permits in [1, 2, 7, 30, 64, 200, 256] {
        let exact = makespan(&needs, permits).as_secs_f64();
        let off = (makespans.with(permits).as_secs_f64() / exact - 1.0).abs();
        assert!(off <= 0.005, "{permits}: {off}");
    }
    assert_eq!(makespans.with(0), Duration::MAX);
}

#[test]
fn without_permits_nothing_that_needs_one_ends() {
    assert_eq!(makespan(&[], 0), Duration::ZERO);
    assert_eq!(makespan(&[Need::default()], 0), Duration::MAX);
    assert_eq!(makespan(&[], 3), Duration::ZERO);
}

#[test]
fn who_asks_later_starts_no_sooner_than_it_asks() {
    let need = |ready, hold| Need {
        ready: ms(ready),
        hold: ms(hold),
        tail: ms(5),
    };
    let needs = [
        need(0, 100),
        need(0, 10),
        need(50, 10),
        need(50, 100),
        need(200, 1),
    ];
    assert_eq!(makespan(&needs, 2), ms(206));
    assert_eq!(makespan(&needs, 1), ms(226));
}
