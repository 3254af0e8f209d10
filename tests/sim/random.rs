//! Random tasks, sleeps and drops, each checked against a model that is obviously right.

use proptest::prelude::*;

use super::model::Model;
use super::program::{program, simulate};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn all_happens_when_and_in_the_order_in_which_it_should(program in program()) {
        let (log, end) = Model::simulate(&program);
        prop_assert_eq!(simulate(&program, None), (log, end, 0));
    }

    #[test]
    fn a_world_that_is_stopped_has_gone_so_far_and_leaves_nothing(program in program(), stop in 0..60_u64) {
        let (mut log, end) = Model::simulate(&program);
        log.retain(|(us, _, _)| *us <= stop);
        let now = if end <= stop { end } else { stop };
        prop_assert_eq!(simulate(&program, Some(stop)), (log, now, 0));
    }

    #[test]
    fn the_same_happens_twice(program in program()) {
        prop_assert_eq!(simulate(&program, None), simulate(&program, None));
    }
}
