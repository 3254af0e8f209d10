//! How the tests ask the Lab.

use crawl_playground::engine::moment::Moment;
use crawl_playground::lab::{Answer, Body, Plan, Request, State, respond};

/// Asks a Lab that remembers nothing: `delay/200?page=1`.
pub(crate) fn ask(path_and_query: &str) -> Plan {
    ask_again(&mut State::default(), path_and_query)
}

pub(crate) fn ask_again(state: &mut State, path_and_query: &str) -> Plan {
    let (path, query) = path_and_query
        .split_once('?')
        .unwrap_or((path_and_query, ""));
    respond(&Request::new(path, query), state, Moment::ZERO)
}

pub(crate) fn answer(path_and_query: &str) -> Answer {
    answer_of(ask(path_and_query))
}

pub(crate) fn answer_of(plan: Plan) -> Answer {
    match plan {
        Plan::Answer(answer) => answer,
        other => panic!("no answer: {other:?}"),
    }
}

pub(crate) fn text(body: Body) -> String {
    String::from_utf8(body.pace().flat_map(|(_, bytes)| bytes).collect()).unwrap()
}
