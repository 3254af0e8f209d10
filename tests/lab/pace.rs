//! When the pieces of a body are sent.

use std::time::Duration;

use crawl_playground::lab::{Body, CHUNK_BYTES, Content};
use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};

fn filler(count: usize, rate: Option<u32>) -> Body {
    Body {
        content: Content::Filler(count),
        rate,
    }
}

#[test]
fn without_a_rate_all_is_there_at_once() {
    let sizes: Vec<_> = filler(150_000, None)
        .pace()
        .map(|(at, bytes)| (at, bytes.len()))
        .collect();
    let zero = Duration::ZERO;
    assert_eq!(
        sizes,
        [(zero, CHUNK_BYTES), (zero, CHUNK_BYTES), (zero, 18_928)]
    );
    assert_eq!(filler(0, None).pace().count(), 0);
    assert_eq!(filler(0, Some(1)).pace().count(), 0);
}

#[test]
fn with_a_rate_about_twenty_pieces_come_a_second() {
    let pieces: Vec<_> = filler(10_000, Some(10_000)).pace().collect();
    assert_eq!(pieces.len(), 20);
    for (place, (at, bytes)) in (1..).zip(&pieces) {
        assert_eq!((*at, bytes.len()), (Duration::from_millis(50 * place), 500));
    }
    // A rate below twenty has no smaller piece than a byte.
    let slow: Vec<_> = filler(3, Some(2))
        .pace()
        .map(|(at, _)| at.as_millis())
        .collect();
    assert_eq!(slow, [500, 1_000, 1_500]);
}

#[test]
fn filler_is_text_and_always_the_same() {
    let whole = Content::Filler(5_000).slice(0, 5_000);
    assert!(
        std::str::from_utf8(&whole)
            .unwrap()
            .starts_with("These bytes are here for their number.")
    );
    assert!(
        whole
            .iter()
            .all(|byte| byte.is_ascii_graphic() || b" \n".contains(byte))
    );
    assert_eq!(
        Content::Filler(5_000).slice(1_234, 4_321),
        whole[1_234..4_321]
    );
}

#[test]
fn a_slice_is_cut_to_what_there_is() {
    let bytes = Content::Bytes(b"abc".to_vec());
    assert_eq!(bytes.slice(1, 9), b"bc");
    assert_eq!(bytes.slice(7, 9), b"");
    assert_eq!(Content::Filler(3).slice(2, 1), b"");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn pieces_add_up_and_come_in_time(count in 0_usize..300_000, rate in proptest::option::of(50_u32..2_000_000)) {
        let expected = Content::Filler(count).slice(0, count);
        let mut sent = Vec::new();
        let mut last = Duration::ZERO;
        for (at, bytes) in filler(count, rate).pace() {
            prop_assert!(!bytes.is_empty() && bytes.len() <= CHUNK_BYTES);
            prop_assert!(at >= last);
            prop_assert!(at - last <= Duration::from_millis(50), "{:?}", at - last);
            sent.extend(bytes);
            last = at;
            if let Some(rate) = rate {
                // No byte is there sooner than its rate allows, and none later by a nanosecond.
                let exactly_ns = sent.len() as u128 * 1_000_000_000 / u128::from(rate);
                prop_assert_eq!(at.as_nanos(), exactly_ns);
            } else {
                prop_assert_eq!(at, Duration::ZERO);
            }
        }
        prop_assert_eq!(sent, expected);
    }
}
