//! What a start tag tells a crawl, by its attributes.

use super::LinkKind;
use super::draft::Draft;
use super::element::{Attribute, Element, Values};
use super::{refresh, rel, srcset, text};

/// Takes down what a start tag says.
pub(super) fn read(element: Element, values: &Values, draft: &mut Draft) {
    if values.is_too_long() {
        draft.leave_out();
        return;
    }
    let address = values.get(Attribute::Address);
    let rel = values.get(Attribute::Rel).unwrap_or_default();
    match element {
        Element::Anchor => plain(address, LinkKind::Anchor, rel, draft),
        Element::Area => plain(address, LinkKind::Area, rel, draft),
        Element::Frame => plain(address, LinkKind::Frame, rel, draft),
        Element::Link => link(address, rel, draft),
        Element::Form => form(address, values, rel, draft),
        Element::Images => {
            for candidate in srcset::candidates(address.unwrap_or_default()) {
                draft.link(candidate, LinkKind::Image, false);
            }
        }
        Element::Base => {
            if draft.base.is_none() {
                draft.base = address.map(str::to_owned);
            }
        }
        Element::Html => {
            if draft.facts.language.is_none() {
                draft.facts.language = values.get(Attribute::Lang).and_then(text::folded);
            }
        }
        Element::Meta => meta(values, draft),
    }
}

fn plain(address: Option<&str>, kind: LinkKind, rel: &str, draft: &mut Draft) {
    if let Some(address) = address {
        draft.link(address, kind, rel::is_nofollow(rel));
    }
}

fn link(address: Option<&str>, rel: &str, draft: &mut Draft) {
    // Empty, it is an error and no link (HTML, 4.2.4).
    let Some(address) = address.filter(|address| !address.is_empty()) else {
        return;
    };
    if draft.canonical.is_none() && rel::has(rel, "canonical") {
        draft.canonical = Some(address.to_owned());
    }
    let kind = rel::kind(rel, LinkKind::Link);
    draft.link(address, kind, rel::is_nofollow(rel));
}

/// A form that is sent by GET leads to its action; one without an action leads to its own page.
fn form(address: Option<&str>, values: &Values, rel: &str, draft: &mut Draft) {
    let method = values.get(Attribute::Method).unwrap_or_default();
    let is_get = !["post", "dialog"]
        .into_iter()
        .any(|other| method.eq_ignore_ascii_case(other));
    let action = address.filter(|action| is_get && !action.trim().is_empty());
    plain(action, LinkKind::Form, rel, draft);
}

fn meta(values: &Values, draft: &mut Draft) {
    let Some(content) = values.get(Attribute::Content) else {
        return;
    };
    let is = |attribute, wanted: &str| {
        let value = values.get(attribute);
        value.is_some_and(|value| value.trim().eq_ignore_ascii_case(wanted))
    };
    if is(Attribute::HttpEquiv, "refresh") {
        if let Some(address) = refresh::target(content) {
            draft.link(address, LinkKind::Refresh, false);
        }
    } else if is(Attribute::Name, "robots") {
        let mut words = content.split([',', ' ', '\t', '\n', '\r']);
        draft.facts.is_nofollow |= words
            .any(|word| word.eq_ignore_ascii_case("nofollow") || word.eq_ignore_ascii_case("none"));
    } else if is(Attribute::Name, "description") && draft.facts.description.is_none() {
        draft.facts.description = text::folded(content);
    }
}
