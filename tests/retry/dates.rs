//! HTTP dates, against the crate `httpdate` where it knows as much.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crawl_playground::engine::retry::retry_after;
use httpdate::{fmt_http_date, parse_http_date};
use proptest::prelude::{Just, ProptestConfig, any, prop_assert_eq, proptest};

/// The last second of the year 9999.
const LAST_S: u64 = 253_402_300_799;

fn at(since_1970_s: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(since_1970_s)
}

/// How many seconds after `now` the date `value` is.
fn secs_from(now: &str, value: &str) -> Option<u64> {
    retry_after(value, parse_http_date(now).unwrap()).map(|wait| wait.as_secs())
}

/// A date in the three formats.
fn in_all_formats(when: SystemTime) -> [String; 3] {
    let fixed = fmt_http_date(when);
    let parts: Vec<&str> = fixed
        .split([' ', ','])
        .filter(|part| !part.is_empty())
        .collect();
    let [weekday, day, month, year, clock, _] = parts[..] else {
        panic!("{fixed}")
    };
    let long = match weekday {
        "Tue" => "Tuesday",
        "Wed" => "Wednesday",
        "Thu" => "Thursday",
        "Sat" => "Saturday",
        short => &format!("{short}day"),
    };
    let padded = day
        .strip_prefix('0')
        .map_or(day.to_owned(), |digit| format!(" {digit}"));
    [
        format!("{long}, {day}-{month}-{} {clock} GMT", &year[2..]),
        format!("{weekday} {month} {padded} {clock} {year}"),
        fixed,
    ]
}

#[test]
fn a_date_that_has_passed_is_not_a_wait() {
    let now = "Sun, 06 Nov 1994 08:49:37 GMT";
    for value in in_all_formats(parse_http_date(now).unwrap()) {
        let read = |now| retry_after(&value, now);
        let date = parse_http_date(now).unwrap();
        assert_eq!(read(date), Some(Duration::ZERO), "{value}");
        assert_eq!(read(date + Duration::from_millis(1)), None, "{value}");
        assert_eq!(
            read(date - Duration::from_millis(1)),
            Some(Duration::from_millis(1))
        );
    }
    assert_eq!(secs_from(now, "Sun, 06 Nov 0094 08:49:37 GMT"), None);
    assert_eq!(secs_from(now, "Sat, 01 Jan 0000 00:00:00 GMT"), None);
}

#[test]
fn what_is_not_quite_a_date_is_none() {
    let now = "Thu, 01 Jan 1970 00:00:00 GMT";
    assert!(secs_from(now, "Sun, 06 Nov 1994 08:49:37 GMT").is_some());
    for malformed in [
        "Mon, 06 Nov 1994 08:49:37 GMT", // it was a Sunday
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 94 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37",
        "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 06 Nov 1994 08:49:37 gmt",
        "Sun, 06 Nov 1994 08:49:37 +0000",
        "Sun, 06 Nov 1994 08:49:37 GMT GMT",
        "Sun, 06 Nov 1994  08:49:37 GMT",
        "Sun,06 Nov 1994 08:49:37 GMT",
        "sun, 06 nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun, 06 Nov 1994 08:60:37 GMT",
        "Sun, 06 Nov 1994 08:49:60 GMT", // no leap second but at a day's end
        "Sun, 06 Nov 1994 08:49 GMT",
        "Sun, 00 Nov 1994 08:49:37 GMT",
        "Wed, 31 Nov 1994 08:49:37 GMT",
        "Thu, 31 Nov 1994 08:49:37 GMT",
        "Wed, 29 Feb 1995 08:49:37 GMT",
        "Sun, 06 Brr 1994 08:49:37 GMT",
        "Sun, 06-Nov-94 08:49:37 GMT",
        "Sunday, 06-Nov-1994 08:49:37 GMT",
        "Sunday, 06 Nov 1994 08:49:37 GMT",
        "Sun Nov 6 08:49:37 1994",
        "Sun Nov  6 08:49:37 94",
        "Sun Nov  6 08:49:37 1994 GMT",
        "Sun Nov  ٦ 08:49:37 1994",
        "1994-11-06T08:49:37Z",
    ] {
        assert_eq!(secs_from(now, malformed), None, "{malformed}");
    }
}

#[test]
fn a_leap_second_counts() {
    let now = "Sat, 31 Dec 2016 23:59:50 GMT";
    for value in [
        "Sat, 31 Dec 2016 23:59:60 GMT",
        "Saturday, 31-Dec-16 23:59:60 GMT",
        "Sat Dec 31 23:59:60 2016",
    ] {
        assert_eq!(secs_from(now, value), Some(10), "{value}");
    }
}

#[test]
fn two_digits_of_a_year_mean_at_most_fifty_years_ahead() {
    // Weekdays of the century that is meant; any other would make the date malformed.
    let now = "Thu, 01 Jan 2026 00:00:00 GMT";
    let ahead = secs_from(now, "Wednesday, 01-Jan-76 00:00:00 GMT");
    assert_eq!(ahead, secs_from(now, "Wed, 01 Jan 2076 00:00:00 GMT"));
    assert!(ahead.is_some());
    // A second more is 1976, which is past (and 2076's weekday is none of that year's).
    assert_eq!(secs_from(now, "Thursday, 01-Jan-76 00:00:01 GMT"), None);
    assert_eq!(secs_from(now, "Wednesday, 01-Jan-76 00:00:01 GMT"), None);
    // A century ends.
    let now = "Thu, 31 Dec 2099 23:59:59 GMT";
    assert_eq!(secs_from(now, "Friday, 01-Jan-00 00:00:00 GMT"), Some(1));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn all_formats_of_a_date_say_the_same(now_s in 0..=LAST_S - 50 * 31_500_000, wait_s in 0_u64..50 * 31_500_000) {
        for value in in_all_formats(at(now_s + wait_s)) {
            prop_assert_eq!(retry_after(&value, at(now_s)), Some(Duration::from_secs(wait_s)), "{}", value);
        }
    }

    #[test]
    fn one_wrong_character_is_judged_as_httpdate_does(
        when_s in 0..=LAST_S, format in 1_usize..3, place in any::<proptest::sample::Index>(),
        other in proptest::prop_oneof![Just(' '), Just(':'), proptest::char::range('0', '9'), any::<char>()],
    ) {
        let mut value: Vec<char> = in_all_formats(at(when_s))[format].chars().collect();
        let place = place.index(value.len());
        value[place] = other;
        let value: String = value.into_iter().collect();
        // White space that is no part of a field's value, and leap seconds, are what the crate judges in its own way.
        if value.trim() == value && !value.contains(":60") {
            let theirs = parse_http_date(&value).ok().map(|date| date.duration_since(UNIX_EPOCH).unwrap());
            prop_assert_eq!(retry_after(&value, UNIX_EPOCH), theirs, "{}", value);
        }
    }
}
