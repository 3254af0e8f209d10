//! Where everything stands: nothing overlaps, and every row is found at its own place.

use crawl_playground::timeline::layout::{AXIS_PX, Layout, ROWS_TARGET_PX, View};
use proptest::prelude::*;

proptest! {
    #[test]
    fn a_row_is_found_at_its_place_and_nowhere_else(
        width_px in 200.0..3_000.0_f64,
        counts in prop::collection::vec(0..400_usize, 0..4),
    ) {
        let layout = Layout::new(width_px, &counts);
        prop_assert!(layout.row_px >= 3.0 && layout.plot_width_px >= 1.0);
        let mut above_px = 0.0;
        for (lane, place) in layout.lanes.iter().enumerate() {
            prop_assert!(place.top_px >= above_px && place.rows_top_px >= place.top_px);
            for row in 0..place.rows {
                let top_px = place.rows_top_px + row as f64 * layout.row_px;
                for within in [0.01, 0.5, 0.99] {
                    prop_assert_eq!(layout.row_at(top_px + within * layout.row_px), Some((lane, row)));
                }
            }
            let rows_bottom_px = place.rows_top_px + place.rows as f64 * layout.row_px;
            prop_assert!(rows_bottom_px <= place.strip_top_px && place.strip_top_px < place.bottom_px);
            prop_assert_eq!(layout.row_at(place.rows_top_px - 0.5), None);
            prop_assert_eq!(layout.row_at(place.strip_top_px + 0.5), None);
            above_px = place.bottom_px;
        }
        prop_assert!(layout.content_px >= above_px);
    }

    #[test]
    fn an_upright_line_runs_through_all_rows_and_through_no_name_above_them(
        width_px in 200.0..1_500.0_f64,
        counts in prop::collection::vec(0..60_usize, 0..4),
        scroll_px in 0.0..600.0_f64,
        height_px in 30.0..900.0_f64,
    ) {
        let layout = Layout::new(width_px, &counts);
        let view = View { width_px, height_px, scroll_px };
        let stretches = layout.stretches(view, 18.0);
        let is_crossed = |y_px: f64| stretches.iter().any(|(from, to)| (*from..*to).contains(&y_px));
        let is_in_view = |y_px: f64| y_px >= AXIS_PX && y_px < height_px && y_px < layout.content_px - scroll_px + AXIS_PX;
        prop_assert!(stretches.windows(2).all(|pair| pair[0].1 <= pair[1].0));
        for place in &layout.lanes {
            let at = |px: f64| px - scroll_px + AXIS_PX;
            let is_named_above = layout.is_narrow;
            for y_px in [place.top_px + 0.5, place.rows_top_px - 0.5].map(at) {
                prop_assert!(!is_in_view(y_px) || is_crossed(y_px) != is_named_above);
            }
            for y_px in [place.rows_top_px + 0.5, place.strip_top_px, place.bottom_px - 0.5].map(at) {
                prop_assert!(!is_in_view(y_px) || is_crossed(y_px));
            }
        }
    }

    #[test]
    fn the_visible_rows_are_the_ones_that_the_view_touches(
        counts in prop::collection::vec(0..3_000_usize, 1..3),
        scroll_px in 0.0..5_000.0_f64,
        height_px in 30.0..900.0_f64,
    ) {
        let layout = Layout::new(900.0, &counts);
        let view = View { width_px: 900.0, height_px, scroll_px };
        for (lane, place) in layout.lanes.iter().enumerate() {
            let visible: Vec<usize> = layout.visible_rows(lane, view).collect();
            for row in 0..place.rows {
                let top_px = place.rows_top_px + row as f64 * layout.row_px - scroll_px;
                let is_visible = top_px + layout.row_px > 1e-6 && top_px < height_px - AXIS_PX - 1e-6;
                prop_assert!(!is_visible || visible.contains(&row), "row {row} of {visible:?}");
            }
            prop_assert!(visible.len() as f64 <= (height_px - AXIS_PX) / layout.row_px + 2.0);
        }
    }

    #[test]
    fn folded_rows_all_have_room_and_each_line_is_found_by_its_first_row(
        width_px in 200.0..3_000.0_f64,
        counts in prop::collection::vec(0..400_000_usize, 1..5),
    ) {
        let layout = Layout::folded(width_px, &counts);
        let total: usize = counts.iter().sum();
        prop_assert_eq!(layout.is_folded(), Layout::can_fold(&counts));
        prop_assert_eq!(layout.rows_per_line > 1, total as f64 > ROWS_TARGET_PX);
        let most_px = ROWS_TARGET_PX + 100.0 * counts.len() as f64;
        prop_assert!(layout.content_px <= most_px, "{} px for {total}", layout.content_px);
        let view = View { width_px, height_px: layout.content_px + AXIS_PX, scroll_px: 0.0 };
        for (lane, place) in layout.lanes.iter().enumerate() {
            let drawn: Vec<usize> = layout.visible_rows(lane, view).collect();
            prop_assert_eq!(drawn.len(), place.rows.div_ceil(layout.rows_per_line));
            for row in drawn {
                let top_px = layout.row_top_px(lane, row).unwrap();
                prop_assert_eq!(layout.row_at(top_px + 0.5 * layout.row_px), Some((lane, row)));
                // Whoever shares the line is framed and underlined there.
                let last = (row + layout.rows_per_line - 1).min(place.rows - 1);
                prop_assert_eq!(layout.row_top_px(lane, last), Some(top_px));
                prop_assert!(top_px + layout.row_px <= place.strip_top_px);
            }
        }
    }
}

#[test]
fn a_lane_that_is_not_there_has_no_rows() {
    let view = View {
        width_px: 900.0,
        height_px: 400.0,
        scroll_px: 0.0,
    };
    assert_eq!(Layout::new(900.0, &[]).visible_rows(0, view).len(), 0);
    assert_eq!(Layout::new(900.0, &[]).row_at(10.0), None);
}
