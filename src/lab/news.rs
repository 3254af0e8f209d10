//! A news site's JSON API, in the shape of Hacker News's: a list of ids, and an item for each.
//!
//! Everything about an item follows from its id. The names are ours, and the addresses are of the kind that RFC 2606
//! sets aside.

use std::fmt::Write as _;
use std::time::Duration;

use super::plan::{Answer, Plan};
use super::query::integer;
use super::refusal::Refusal;
use crate::engine::random::Random;

const TOP_ITEMS: u32 = 60;
const TOP_AFTER: Duration = Duration::from_millis(150);
const NEWEST_ID: u32 = 48_210_947;
const MAX_ID: u32 = 99_999_999;
/// When item [`NEWEST_ID`] was posted, in seconds since 1970.
const NEWEST_AT_S: u32 = 1_767_607_200;

/// An item's delay is the least plus some of the steps: coarse, so that bars that are alike look alike.
const LEAST_DELAY_MS: u32 = 80;
const DELAY_STEP_MS: u32 = 20;
const DELAY_STEPS: u32 = 16;

/// `news/top.json`
pub(super) fn top() -> Plan {
    let mut random = Random::seeded(1);
    let mut id = NEWEST_ID;
    let mut list = String::from("[");
    for place in 0..TOP_ITEMS {
        let comma = if place == 0 { "" } else { "," };
        // Writing to a string can't fail.
        let _ = write!(list, "{comma}{id}");
        id -= 1 + random.below(90);
    }
    list.push(']');
    Plan::Answer(Answer::json(list).after(TOP_AFTER))
}

/// `news/item/{id}.json`
pub(super) fn item(id: &str) -> Result<Plan, Refusal> {
    let id = integer("id", id, 1..=MAX_ID)?;
    let mut random = Random::seeded(u64::from(id));
    let delay_ms = LEAST_DELAY_MS + DELAY_STEP_MS * random.below(DELAY_STEPS + 1);
    let title = title(&mut random);
    let by = format!("{}{}", random.pick(&FIRST), random.pick(&LAST));
    let slug: String = title
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .collect();
    let site = random.pick(&SITES);
    let score = 12 + random.below(480);
    let comments = random.below(score);
    // About three items a minute; an item has been posted a while when it is at the top.
    let time_s = NEWEST_AT_S.saturating_sub(NEWEST_ID.saturating_sub(id) * 20);
    // None of the words needs an escape in JSON, which a test holds them to.
    let json = format!(
        r#"{{"by":"{by}","descendants":{comments},"id":{id},"score":{score},"time":{time_s},"title":"{title}","type":"story","url":"https://{site}.example/{slug}"}}"#
    );
    Ok(Plan::Answer(
        Answer::json(json).after(Duration::from_millis(delay_ms.into())),
    ))
}

/// A headline of what there is to read about.
pub(super) fn title(random: &mut Random) -> String {
    let mut title = String::with_capacity(64);
    headline(random, &mut |words| title.push_str(words));
    title
}

/// The same piece by piece, for who need not have it in one. Words, an apostrophe at most, so nothing in it needs an escape.
pub(super) fn headline(random: &mut Random, tell: &mut dyn FnMut(&str)) {
    let thing = random.pick(&THINGS);
    let tool = random.pick(&TOOLS);
    let place = random.pick(&PLACES);
    let time = random.pick(&TIMES);
    // All words are ASCII: the tables for the rest of the world's letters would outweigh all else here.
    let (first, rest) = thing.split_at(1);
    let mut capital = [0; 1];
    let mut first = first.chars();
    let capital = first.next().map_or("", |first| {
        &*first.to_ascii_uppercase().encode_utf8(&mut capital)
    });
    let lines;
    let pieces: [&str; 6] = match random.below(10) {
        0 => {
            lines = (40 + 20 * random.below(40)).to_string();
            ["Show: ", thing, " in ", &lines, " lines of ", tool]
        }
        1 => ["What ", time, " of ", tool, " taught us about ", thing],
        2 => ["We moved ", thing, " to ", tool, " and back again", ""],
        3 => ["Ask: how does your ", place, " test ", thing, "?", ""],
        4 => [capital, rest, " without ", tool, "", ""],
        5 => ["A ", place, "'s field guide to ", thing, "", ""],
        6 => ["The ", place, " that runs on ", tool, "", ""],
        7 => [capital, rest, " in ", time, ", from scratch", ""],
        8 => ["Notes on ", thing, " from a ", place, "", ""],
        _ => ["Why our ", place, " gave up ", thing, "", ""],
    };
    pieces.into_iter().for_each(tell);
}

const THINGS: [&str; 24] = [
    "tide tables",
    "a bread oven timer",
    "train delays",
    "handwriting recognition",
    "an honest progress bar",
    "bird migration maps",
    "sleep-tracking spreadsheets",
    "a two-player chess clock",
    "dead letter queues",
    "paper map folding",
    "incremental backups",
    "a quieter keyboard",
    "leap seconds",
    "library catalogues",
    "compost sensors",
    "cache invalidation",
    "a text adventure",
    "broken links",
    "radio weather reports",
    "sorting by colour",
    "slow web pages",
    "a pocket synthesiser",
    "rate limits",
    "bus timetables",
];
const TOOLS: [&str; 16] = [
    "Rust",
    "SQL",
    "plain HTML",
    "Lua",
    "awk",
    "Prolog",
    "WebAssembly",
    "Forth",
    "spreadsheets",
    "Erlang",
    "Make",
    "one shell script",
    "Fortran",
    "regular expressions",
    "paper and pencil",
    "SQLite",
];
const PLACES: [&str; 12] = [
    "lighthouse",
    "village library",
    "ferry company",
    "bicycle workshop",
    "mountain school",
    "cheese dairy",
    "radio station",
    "small observatory",
    "tram depot",
    "botanical garden",
    "night bakery",
    "research ship",
];
const TIMES: [&str; 8] = [
    "ten years",
    "a weekend",
    "one winter",
    "six months",
    "a thousand days",
    "an afternoon",
    "three releases",
    "one summer",
];
const SITES: [&str; 12] = [
    "harbour",
    "slowpress",
    "quietbits",
    "nightbus",
    "fieldnotes",
    "tinyforge",
    "papercut",
    "lowtide",
    "inkandwire",
    "greenlamp",
    "longwave",
    "workbench",
];
const FIRST: [&str; 16] = [
    "amber", "birch", "cobalt", "delta", "ember", "fern", "granite", "hazel", "indigo", "juniper",
    "kelp", "lunar", "maple", "north", "onyx", "pine",
];
const LAST: [&str; 16] = [
    "wren", "otter", "lynx", "heron", "mole", "newt", "finch", "stoat", "carp", "hare", "moth",
    "toad", "crane", "vole", "seal", "swift",
];
