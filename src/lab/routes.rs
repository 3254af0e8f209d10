//! The routes, and the one function that answers them all.

use std::ops::RangeInclusive;
use std::time::Duration;

use super::news;
use super::plan::{Answer, Body, Content, Plan};
use super::query::{Query, encode, integer, key};
use super::refusal::Refusal;
use super::request::Request;
use super::site;
use super::state::State;
use crate::engine::moment::Moment;
use crate::engine::rate::Rate;

/// The first words of all routes. They tell the Lab's root from another `lab` in an address.
pub(super) const FAMILIES: [&str; 10] = [
    "delay", "status", "bytes", "flaky", "limited", "hang", "drop", "redirect", "news", "site",
];
/// All routes, for the one who asked for another.
pub(super) const ROUTES: &str = "delay/{ms}, status/{code}?ms=&retry_after=, bytes/{n}?ms=&rate=, \
    flaky/{key}?fails=&ms=, limited/{key}?rps=&burst=&ms=, hang, drop?ms=, redirect/{k}?to=, news/top.json, news/item/{id}.json, \
    site/{name}/";

const MS: RangeInclusive<u32> = 0..=60_000;
const CODE: RangeInclusive<u32> = 200..=599;
const RETRY_AFTER_S: RangeInclusive<u32> = 0..=3_600;
const BYTES: RangeInclusive<u32> = 0..=64 * 1024 * 1024;
const RATE: RangeInclusive<u32> = 1..=1_000_000_000;
const RPS: RangeInclusive<u32> = 1..=1_000;
const BURST: RangeInclusive<u32> = 1..=1_000;
const FAILS: RangeInclusive<u32> = 0..=100;
const REDIRECTS: RangeInclusive<u32> = 1..=20;
const TO_BYTES: usize = 2_083;

/// What becomes of `request` when it arrives at `now`.
///
/// The time is the host's own, and matters to what the Lab remembers only; the times of the plan count from it.
///
/// ```
/// use crawl_playground::engine::moment::Moment;
/// use crawl_playground::lab::{Plan, Request, State, respond};
///
/// let request = Request::new("delay/200", "");
/// let Plan::Answer(answer) = respond(&request, &mut State::default(), Moment::ZERO) else { panic!() };
/// assert_eq!((answer.status, answer.headers_after.as_millis()), (200, 200));
/// ```
#[must_use]
pub fn respond(request: &Request, state: &mut State, now: Moment) -> Plan {
    route(request, state, now).unwrap_or_else(Refusal::plan)
}

fn route(request: &Request, state: &mut State, now: Moment) -> Result<Plan, Refusal> {
    // First, as most requests are for sites.
    if request.path.starts_with("site/") {
        return site::respond(request, state, now);
    }
    let path: Vec<&str> = request.path.split('/').collect();
    let query = Query(&request.query);
    match path[..] {
        ["delay", ms] => delay(ms),
        ["status", code] => status(code, &query),
        ["bytes", count] => bytes(count, &query),
        ["flaky", key] => flaky(key, &query, state, now),
        ["limited", key] => limited(key, &query, state, now),
        ["hang"] => Ok(Plan::Hang),
        ["drop"] => Ok(Plan::Drop(wait(&query)?)),
        ["redirect", count] => redirect(count, &query),
        ["news", "top.json"] => Ok(news::top()),
        ["news", "item", file] => match file.strip_suffix(".json") {
            Some(id) => news::item(id),
            None => Err(Refusal::unknown(&request.path)),
        },
        _ => Err(Refusal::unknown(&request.path)),
    }
}

fn wait(query: &Query<'_>) -> Result<Duration, Refusal> {
    let ms = query.integer("ms", MS)?.unwrap_or(0);
    Ok(Duration::from_millis(ms.into()))
}

fn delay(ms: &str) -> Result<Plan, Refusal> {
    let ms = integer("ms", ms, MS)?;
    let page = Answer::page(200, &format!("Waited {ms} ms"));
    Ok(Plan::Answer(page.after(Duration::from_millis(ms.into()))))
}

fn status(code: &str, query: &Query<'_>) -> Result<Plan, Refusal> {
    let code = integer("code", code, CODE)? as u16;
    let after = wait(query)?;
    let mut answer = Answer::page(code, &format!("Status {code}"));
    if let Some(retry_after_s) = query.integer("retry_after", RETRY_AFTER_S)? {
        if !matches!(code, 429 | 503) {
            let sentence =
                format!("retry_after goes with the statuses 429 and 503, not with {code}.");
            return Err(Refusal::bad(sentence));
        }
        answer = answer.retry_after(retry_after_s);
    }
    Ok(Plan::Answer(answer.after(after)))
}

fn bytes(count: &str, query: &Query<'_>) -> Result<Plan, Refusal> {
    let content = Content::Filler(integer("n", count, BYTES)? as usize);
    let body = Body {
        content,
        rate: query.integer("rate", RATE)?,
    };
    let answer = Answer::new(200, "text/plain; charset=utf-8", body);
    Ok(Plan::Answer(answer.after(wait(query)?)))
}

fn flaky(text: &str, query: &Query<'_>, state: &mut State, now: Moment) -> Result<Plan, Refusal> {
    let key = key(text)?;
    let fails = query.integer("fails", FAILS)?.unwrap_or(1);
    let after = wait(query)?;
    let attempt = state.attempt(key, now).saturating_add(1);
    let answer = if attempt <= fails {
        Answer::page(503, &format!("Attempt {attempt} fails"))
    } else {
        Answer::page(200, &format!("Attempt {attempt} succeeds"))
    };
    Ok(Plan::Answer(answer.after(after)))
}

/// Answers within a rate, and sends away whoever comes above it: 429, with the seconds until it pays to come
/// again.
fn limited(text: &str, query: &Query<'_>, state: &mut State, now: Moment) -> Result<Plan, Refusal> {
    let key = key(text)?;
    let rps = query.integer("rps", RPS)?.unwrap_or(10);
    let burst = query.integer("burst", BURST)?.unwrap_or(1);
    let after = wait(query)?;
    let nothing = || Refusal::bad("Neither rps nor burst may be 0.".to_owned());
    let rate = Rate::whole(rps, burst).ok_or_else(nothing)?;
    Ok(Plan::Answer(match state.token(key, rate, now) {
        Ok(()) => Answer::page(200, "Within the rate").after(after),
        Err(rest) => {
            // The header knows whole seconds; rounded up, so that who obeys it is let in.
            let seconds = u32::try_from(rest.as_micros().div_ceil(1_000_000)).unwrap_or(u32::MAX);
            Answer::page(429, "Above the rate")
                .retry_after(seconds)
                .after(after)
        }
    }))
}

fn redirect(count: &str, query: &Query<'_>) -> Result<Plan, Refusal> {
    let count = integer("k", count, REDIRECTS)?;
    let to = query
        .get("to")
        .filter(|to| !to.is_empty())
        .unwrap_or_else(|| "../delay/0".into());
    if to.len() > TO_BYTES {
        let sentence = format!(
            "to has {} bytes, but must have at most {TO_BYTES}.",
            to.len()
        );
        return Err(Refusal::bad(sentence));
    }
    // Addresses are relative, so that they hold wherever the Lab is: all steps are in one directory.
    let location = match count - 1 {
        // A header is a line of visible ASCII.
        0 => encode(&to, |byte| byte.is_ascii_graphic()),
        rest => format!(
            "{rest}?to={}",
            encode(&to, |byte| byte.is_ascii_alphanumeric()
                || b"-_.~/".contains(&byte))
        ),
    };
    Ok(Plan::Answer(Answer::redirect(location)))
}
