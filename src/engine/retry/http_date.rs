//! Dates as HTTP writes them: RFC 9110, section 5.6.7, all three formats.
//!
//! Ours, and not the crate `httpdate`, for two rules of that section which it leaves out: a two-digit year is read
//! against the clock (the crate takes 1970 to 2069 whatever the time), and a minute may end with a leap second.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

const WEEKDAYS: [&str; 7] = [
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
];
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
const DAY_S: i64 = 86_400;

/// The parts of a date that are ordered within a year: month (1 to 12), day (1 to 31), second of the day.
type InYear = (i64, i64, i64);

/// Reads a date. `None` if it is malformed, which is also a day that its month does not have, or another weekday than
/// that day's.
pub(super) fn parse(value: &str, now: SystemTime) -> Option<SystemTime> {
    let is_asctime = value.as_bytes().get(3) == Some(&b' ');
    let (weekday, year, in_year) = if is_asctime {
        asctime(value)?
    } else {
        let (weekday, rest) = value.split_once(", ")?;
        if let Some(weekday) = WEEKDAYS.iter().position(|name| *name == weekday) {
            rfc850(weekday, rest, now)?
        } else {
            imf_fixdate(weekday, rest)?
        }
    };
    let (month, day, second) = in_year;
    let days = days_to(year, month, day);
    let is_a_day = (1..=31).contains(&day) && civil(days) == (year, month, day);
    // 1970 began on a Thursday.
    if !is_a_day || (days + 4).rem_euclid(7) != weekday as i64 {
        return None;
    }
    let since_1970_s = days.checked_mul(DAY_S)?.checked_add(second)?;
    let span = Duration::from_secs(since_1970_s.unsigned_abs());
    if since_1970_s < 0 {
        UNIX_EPOCH.checked_sub(span)
    } else {
        UNIX_EPOCH.checked_add(span)
    }
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`, cut after the weekday's comma.
fn imf_fixdate(weekday: &str, rest: &str) -> Option<(usize, i64, InYear)> {
    let weekday = short_weekday(weekday)?;
    let [day, month, year, clock] = split(rest.strip_suffix(" GMT")?, ' ')?;
    let in_year = (month_of(month)?, digits(day, 2)?, second_of(clock)?);
    Some((weekday, digits(year, 4)?, in_year))
}

/// `Sunday, 06-Nov-94 08:49:37 GMT`, cut after the weekday's comma.
///
/// Of all years with these two last digits it is the latest that is at most 50 years ahead: what would be more than
/// that "MUST" be taken for the past.
fn rfc850(weekday: usize, rest: &str, now: SystemTime) -> Option<(usize, i64, InYear)> {
    let [date, clock] = split(rest.strip_suffix(" GMT")?, ' ')?;
    let [day, month, year] = split(date, '-')?;
    let in_year = (month_of(month)?, digits(day, 2)?, second_of(clock)?);
    let now_s = match now.duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_secs()).ok()?,
        Err(before) => i64::try_from(before.duration().as_secs())
            .ok()?
            .checked_neg()?,
    };
    let (this_year, this_month, today) = civil(now_s.div_euclid(DAY_S));
    let last_year = this_year + 50;
    let mut year = last_year - (last_year - digits(year, 2)?).rem_euclid(100);
    if year == last_year && in_year > (this_month, today, now_s.rem_euclid(DAY_S)) {
        year -= 100;
    }
    Some((weekday, year, in_year))
}

/// `Sun Nov  6 08:49:37 1994`: the format of C's `asctime`, whose day is padded with a space.
fn asctime(value: &str) -> Option<(usize, i64, InYear)> {
    if value.len() != 24 || !value.is_ascii() {
        return None;
    }
    let (weekday, month) = (value.get(..3)?, value.get(4..7)?);
    let day = value.get(7..10)?.strip_prefix(' ')?;
    let day = match day.strip_prefix(' ') {
        Some(day) => digits(day, 1)?,
        None => digits(day, 2)?,
    };
    let [clock, year] = split(value.get(10..)?.strip_prefix(' ')?, ' ')?;
    let in_year = (month_of(month)?, day, second_of(clock)?);
    Some((short_weekday(weekday)?, digits(year, 4)?, in_year))
}

/// The second of the day of `08:49:37`. A leap second, which is the sixtieth of a day's last minute, is the next day's first.
fn second_of(clock: &str) -> Option<i64> {
    let [hour, minute, second] = split(clock, ':')?;
    let (hour, minute, second) = (digits(hour, 2)?, digits(minute, 2)?, digits(second, 2)?);
    let is_a_time = hour < 24 && minute < 60 && second < 60;
    (is_a_time || (hour, minute, second) == (23, 59, 60))
        .then_some((hour * 60 + minute) * 60 + second)
}

fn short_weekday(name: &str) -> Option<usize> {
    WEEKDAYS.iter().position(|full| full[..3] == *name)
}

fn month_of(name: &str) -> Option<i64> {
    (1..)
        .zip(MONTHS)
        .find_map(|(month, known)| (known == name).then_some(month))
}

/// Exactly `count` digits, as a number.
fn digits(text: &str, count: usize) -> Option<i64> {
    let is_number = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

/// Exactly `N` parts.
fn split<const N: usize>(text: &str, at: char) -> Option<[&str; N]> {
    let mut parts = text.split(at);
    let mut found = [""; N];
    for part in &mut found {
        *part = parts.next()?;
    }
    parts.next().is_none().then_some(found)
}

/// Days from 1970-01-01 to a date of the Gregorian calendar, counted in years that begin with March, so that the leap
/// day comes last, and in eras of 400 of them (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
fn days_to(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The year, month and day that are so many days after 1970-01-01: the inverse of [`days_to`], from the same source.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    (year, month, day_of_year - (153 * from_march + 2) / 5 + 1)
}
