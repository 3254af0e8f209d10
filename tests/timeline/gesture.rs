//! Fingers and the mouse: what is a click, what a movement, and what two fingers do.

use crawl_playground::timeline::gesture::{Deed, Gesture, Pointer};

const fn at(id: i32, x_px: f64, y_px: f64) -> Pointer {
    Pointer { id, x_px, y_px }
}

#[test]
fn what_hardly_moves_is_a_click() {
    let mut gesture = Gesture::default();
    gesture.press(at(1, 10.0, 10.0), false);
    assert_eq!(gesture.go(at(1, 12.0, 11.0)), None);
    assert!(!gesture.lift(1));
    assert!(gesture.was_steady() && !gesture.is_dragging());
}

#[test]
fn a_drag_begins_where_the_pointer_came_down() {
    let mut gesture = Gesture::default();
    gesture.press(at(1, 10.0, 10.0), false);
    assert_eq!(gesture.go(at(1, 13.0, 10.0)), None);
    // Not a pixel of the way is lost.
    assert_eq!(
        gesture.go(at(1, 20.0, 5.0)),
        Some(Deed::Pan {
            x_px: 10.0,
            y_px: -5.0
        })
    );
    assert_eq!(
        gesture.go(at(1, 20.0, 6.0)),
        Some(Deed::Pan {
            x_px: 0.0,
            y_px: 1.0
        })
    );
    assert!(gesture.is_dragging());
    gesture.lift(1);
    assert!(!gesture.was_steady());
    assert_eq!(gesture.go(at(1, 50.0, 6.0)), None, "nothing is down");
}

#[test]
fn with_shift_it_measures_from_where_it_began() {
    let mut gesture = Gesture::default();
    gesture.press(at(1, 100.0, 10.0), true);
    let measure = |to_px| {
        Some(Deed::Measure {
            from_px: 100.0,
            to_px,
        })
    };
    assert_eq!(gesture.go(at(1, 160.0, 90.0)), measure(160.0));
    assert_eq!(gesture.go(at(1, 60.0, 90.0)), measure(60.0));
    assert!(gesture.lift(1), "complete");
    gesture.press(at(1, 100.0, 10.0), true);
    assert!(!gesture.lift(1), "a click measures nothing");
}

#[test]
fn two_fingers_zoom_around_their_middle_and_take_it_along() {
    let mut gesture = Gesture::default();
    gesture.press(at(1, 100.0, 50.0), false);
    gesture.press(at(2, 200.0, 50.0), false);
    assert!(!gesture.was_steady());
    let deed = gesture.go(at(2, 300.0, 50.0));
    assert_eq!(
        deed,
        Some(Deed::Zoom {
            factor: 0.5,
            at_px: 150.0,
            x_px: 50.0
        })
    );
    let deed = gesture.go(at(1, 200.0, 50.0));
    assert_eq!(
        deed,
        Some(Deed::Zoom {
            factor: 2.0,
            at_px: 200.0,
            x_px: 50.0
        })
    );
    // A third finger has no say, and the one that stays pans.
    gesture.press(at(3, 0.0, 0.0), false);
    assert_eq!(gesture.go(at(3, 90.0, 0.0)), None);
    gesture.lift(1);
    assert_eq!(
        gesture.go(at(2, 310.0, 50.0)),
        Some(Deed::Pan {
            x_px: 10.0,
            y_px: 0.0
        })
    );
}

#[test]
fn fingers_on_one_spot_divide_by_nothing() {
    let mut gesture = Gesture::default();
    gesture.press(at(1, 100.0, 50.0), false);
    gesture.press(at(2, 100.0, 50.0), false);
    let Some(Deed::Zoom { factor, .. }) = gesture.go(at(2, 101.0, 50.0)) else {
        panic!("two fingers zoom")
    };
    assert_eq!(factor, 1.0);
}

#[test]
fn a_pointer_that_the_browser_took_over_comes_down_anew() {
    let mut gesture = Gesture::default();
    gesture.press(at(1, 100.0, 50.0), false);
    gesture.press(at(1, 10.0, 50.0), false);
    assert_eq!(
        gesture.go(at(1, 20.0, 50.0)),
        Some(Deed::Pan {
            x_px: 10.0,
            y_px: 0.0
        })
    );
}
