//! The network that a session asks.

use std::rc::Rc;

use crate::browser;
use crate::engine::ports::Ports;
use crate::engine::proxy::Proxied;
use crate::scenario::{Network, Scenario};
use crate::ui::lab_host::{LabHost, lab_host};
use crate::ui::playground::Playground;

/// The ports for the scenario's network; for the Lab, once it is known what answers it.
pub(super) async fn ports_for(playground: Playground, scenario: &Scenario) -> Ports {
    let ports = network_for(playground, scenario).await;
    match playground.crawling_for(scenario) {
        Some(crawling) => ports.reading((crawling.reader)()),
        None => ports,
    }
}

async fn network_for(playground: Playground, scenario: &Scenario) -> Ports {
    if scenario.network == Network::Live || scenario.lab_at.is_some() {
        return proxied(browser::ports(), scenario);
    }
    match lab_host(playground).await {
        LabHost::InPage(_) => browser::ports_in_page(),
        _ => browser::ports(),
    }
}

/// The same through the crawl's proxy, if it has one.
fn proxied(ports: Ports, scenario: &Scenario) -> Ports {
    let prefix = scenario.crawl.prefix().ok().flatten();
    match prefix.filter(|_| scenario.crawls()) {
        Some(prefix) => Ports {
            fetch: Rc::new(Proxied {
                inner: ports.fetch,
                prefix,
            }),
            ..ports
        },
        None => ports,
    }
}
