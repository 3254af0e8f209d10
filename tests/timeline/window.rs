//! The window of time: zoomed, panned and clamped, never NaN, and never outside what there is.

use crawl_playground::engine::moment::Moment;
use crawl_playground::timeline::window::{Extent, LEAST_SPAN_US, Window};
use proptest::prelude::*;

fn extent(end_us: u64, now_us: u64) -> Extent {
    Extent {
        end: Moment::from_us(end_us),
        now: Moment::from_us(now_us),
    }
}

const SECOND: u64 = 1_000_000;

/// Something that a hand does to a window.
#[derive(Clone, Copy, Debug)]
enum Deed {
    Zoom(f64, f64),
    Pan(f64),
    Centre(f64),
    Show(u64, u64),
    To(u64, u64),
    Start,
    End,
}

fn any_number() -> impl Strategy<Value = f64> {
    prop_oneof![
        -3.0..3.0_f64,
        Just(0.0),
        Just(f64::NAN),
        Just(f64::INFINITY),
        Just(f64::NEG_INFINITY),
        Just(1e300),
        Just(1e-300),
    ]
}

fn deed() -> impl Strategy<Value = Deed> {
    let us = 0..400 * 3_600 * SECOND;
    prop_oneof![
        (any_number(), any_number()).prop_map(|(factor, at)| Deed::Zoom(factor, at)),
        (0.05..20.0, 0.0..1.0).prop_map(|(factor, at)| Deed::Zoom(factor, at)),
        any_number().prop_map(Deed::Pan),
        any_number().prop_map(Deed::Centre),
        (us.clone(), us.clone()).prop_map(|(start, end)| Deed::Show(start, end)),
        (us.clone(), us).prop_map(|(start, end)| Deed::To(start, end)),
        Just(Deed::Start),
        Just(Deed::End),
    ]
}

fn apply(window: Window, deed: Deed, extent: Extent) -> Window {
    let at = Moment::from_us;
    match deed {
        Deed::Zoom(factor, share) => window.zoomed(factor, share, extent),
        Deed::Pan(share) => window.panned(share, extent),
        Deed::Centre(share) => window.centred(share, extent),
        Deed::Show(start, end) => window.with_in_view(at(start), at(end), extent),
        Deed::To(start, end) => Window::of(at(start), at(end), extent),
        Deed::Start => window.at_start(extent),
        Deed::End => window.at_end(extent),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn whatever_is_done_it_stays_within_what_there_is(
        deeds in prop::collection::vec(deed(), 1..40),
        ends in prop::collection::vec(prop_oneof![Just(0), 1..50_u64, 1..200 * 3_600 * SECOND], 1..4),
    ) {
        let mut window = Window::WHOLE;
        for (count, deed) in deeds.into_iter().enumerate() {
            // What there is grows and shrinks meanwhile.
            let end_us = ends[count % ends.len()];
            let extent = extent(end_us, end_us / 2);
            window = apply(window, deed, extent);
            let scale = window.scale(extent, 100.0, 800.0);
            let (left_us, right_us) = (scale.us_from_px(100.0), scale.us_from_px(900.0));
            let whole_us = (end_us as f64).max(LEAST_SPAN_US);
            prop_assert!(left_us.is_finite() && right_us.is_finite(), "{window:?} after {deed:?}");
            prop_assert!(left_us >= 0.0 && right_us <= whole_us * (1.0 + 1e-9) + 1e-6, "{window:?} after {deed:?}");
            prop_assert!(right_us - left_us >= LEAST_SPAN_US * (1.0 - 1e-6), "{window:?} after {deed:?}");
            let (before, share) = window.place(extent);
            prop_assert!((0.0..=1.0).contains(&before) && share > 0.0 && before + share <= 1.0 + 1e-9);
        }
    }

    #[test]
    fn what_is_under_the_pointer_stays_there(
        end_us in 1_000..100 * 3_600 * SECOND,
        first in 0.001..1.0_f64,
        factor in 0.01..1.0_f64,
        at in 0.0..1.0_f64,
    ) {
        let extent = extent(end_us, end_us);
        let window = Window::WHOLE.zoomed(first, 0.3, extent);
        let px = 50.0 + at * 700.0;
        let before = window.scale(extent, 50.0, 700.0);
        let after = window.zoomed(factor, at, extent).scale(extent, 50.0, 700.0);
        let moved_px = after.px_from_us(before.us_from_px(px)) - px;
        prop_assert!(moved_px.abs() < 1e-3, "{moved_px} px");
    }

    #[test]
    fn from_moment_to_pixel_and_back_in_any_window(
        end_us in 100..100 * 3_600 * SECOND,
        factor in 1e-9..1.0_f64,
        at in 0.0..1.0_f64,
        share in 0.0..1.0_f64,
        width_px in 1.0..4_000.0_f64,
    ) {
        let extent = extent(end_us, end_us);
        let window = Window::WHOLE.zoomed(factor, at, extent);
        let (start, end) = window.range(extent);
        let scale = window.scale(extent, 140.0, width_px);
        let moment = start + (end - start).mul_f64(share);
        let back = scale.moment_from_px(scale.px_from_moment(moment));
        prop_assert!(back.as_us().abs_diff(moment.as_us()) <= 1);
        let px = 140.0 + share * width_px;
        prop_assert!((scale.px_from_us(scale.us_from_px(px)) - px).abs() < 1e-2);
    }

    #[test]
    fn what_is_brought_into_view_is_in_view(
        end_us in 100..3_600 * SECOND,
        factor in 1e-4..1.0_f64,
        from in 0.0..1.0_f64,
        share in 0.0..1.0_f64,
    ) {
        let extent = extent(end_us, end_us);
        let window = Window::WHOLE.zoomed(factor, 0.5, extent);
        let (start, end) = window.range(extent);
        let start_us = (from * end_us as f64) as u64;
        let length_us = (share * (end - start).as_micros() as f64) as u64;
        let (first, last) = (Moment::from_us(start_us), Moment::from_us((start_us + length_us).min(end_us)));
        let shown = window.with_in_view(first, last, extent);
        let (start, end) = shown.range(extent);
        prop_assert!(start.as_us() <= first.as_us() + 1, "{start:?} > {first:?}");
        // What is nearly as long as the window leads with a margin.
        let least_us = (last.as_us() as f64).min(first.as_us() as f64 + 0.9 * (end - start).as_micros() as f64);
        prop_assert!(end.as_us() as f64 >= least_us - 2.0);
        prop_assert_eq!(shown.with_in_view(start, end, extent).range(extent), shown.range(extent));
    }
}

#[test]
fn it_stays_where_it_is_while_a_run_goes_on() {
    let window = Window::WHOLE.zoomed(0.25, 0.0, extent(4 * SECOND, SECOND));
    let before = window.range(extent(4 * SECOND, SECOND));
    assert_eq!(before, (Moment::ZERO, Moment::from_us(SECOND)));
    assert_eq!(window.range(extent(60 * SECOND, 50 * SECOND)), before);
}

#[test]
fn at_the_end_it_follows_the_run_until_it_is_moved() {
    let early = extent(10 * SECOND, 5 * SECOND);
    let late = extent(20 * SECOND, 15 * SECOND);
    let window = Window::WHOLE.zoomed(0.1, 0.5, early).at_end(early);
    assert!(window.follows());
    assert_eq!(
        window.range(early),
        (Moment::from_us(4_040_000), Moment::from_us(5_040_000))
    );
    assert_eq!(
        window.range(late),
        (Moment::from_us(14_040_000), Moment::from_us(15_040_000))
    );
    assert!(window.zoomed(0.5, 0.5, late).follows());
    let moved = window.panned(-0.5, late);
    assert!(!moved.follows());
    assert_eq!(
        moved.range(late),
        moved.range(extent(90 * SECOND, 80 * SECOND))
    );
}

#[test]
fn the_whole_is_the_whole_also_when_there_is_more() {
    assert!(Window::WHOLE.is_whole());
    for end_us in [0, 5, SECOND, 7_200 * SECOND] {
        let (start, end) = Window::WHOLE.range(extent(end_us, end_us));
        assert_eq!(start, Moment::ZERO);
        assert_eq!(end.as_us(), end_us.max(10));
    }
    // To look at all of it again is to look at the whole.
    let all = extent(SECOND, SECOND);
    let window = Window::WHOLE.zoomed(0.5, 1.0, all);
    assert!(!window.is_whole());
    assert!(window.zoomed(2.0, 0.2, all).is_whole());
    assert!(Window::WHOLE.panned(0.4, all).is_whole());
}

#[test]
fn no_window_is_shorter_than_ten_microseconds() {
    let all = extent(SECOND, SECOND);
    let mut window = Window::WHOLE;
    for _ in 0..200 {
        window = window.zoomed(0.5, 0.7, all);
    }
    let (start, end) = window.range(all);
    assert_eq!((end - start).as_micros(), 10);
    assert!(start.as_us().abs_diff(700_000) <= 10);
}
