//! Sitemaps, and indexes of sitemaps (sitemaps.org, protocol 0.9): XML, of which only the addresses are read.

use super::LinkKind;
use super::cut_short;
use super::draft::{Draft, MAX_ADDRESS_BYTES};
use markup::{Markup, Piece, decoded};

mod markup;

/// How far into a text its root element is looked for, in pieces of markup.
const ROOT_WITHIN_PIECES: usize = 32;

/// What a sitemap's root element says it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Root {
    Pages,
    Index,
}

/// Whether the text is XML whose root is that of a sitemap.
pub(in crate::engine::crawl) fn is_sitemap(text: &str) -> bool {
    let is_markup = text.trim_start().starts_with('<');
    is_markup && root(&mut Markup::new(text)).is_some()
}

/// Reads the root's start tag: what it is, and the prefix of its name.
fn root<'a>(markup: &mut Markup<'a>) -> Option<(Root, &'a str)> {
    for _ in 0..ROOT_WITHIN_PIECES {
        match markup.next()? {
            Piece::Start { name, .. } => {
                let (prefix, local) = split(name);
                return match local {
                    "urlset" => Some((Root::Pages, prefix)),
                    "sitemapindex" => Some((Root::Index, prefix)),
                    _ => None,
                };
            }
            Piece::Text(text) if !text.trim().is_empty() => return None,
            _ => {}
        }
    }
    None
}

/// A name's prefix and what is behind it.
fn split(name: &str) -> (&str, &str) {
    name.split_once(':').unwrap_or(("", name))
}

/// Reads a sitemap into `draft`. A `<loc>` of another name space, as of an image, is no page.
pub(super) fn read(body: &str, draft: &mut Draft) {
    let mut markup = Markup::new(body);
    let Some((root, own_prefix)) = root(&mut markup) else {
        return;
    };
    let kind = match root {
        Root::Pages => LinkKind::Location,
        Root::Index => LinkKind::Sitemap,
    };
    let is_loc = |name| split(name) == (own_prefix, "loc");
    // The text of the `<loc>` that is open.
    let mut loc: Option<String> = None;
    let mut is_whole = false;
    for piece in &mut markup {
        match piece {
            Piece::Start { name, is_empty } if is_loc(name) => {
                loc = (!is_empty).then(String::new);
            }
            Piece::Start { .. } => {}
            Piece::End(name) => {
                if is_loc(name)
                    && let Some(address) = loc.take()
                {
                    take(&address, kind, draft);
                }
                is_whole |= matches!(split(name).1, "urlset" | "sitemapindex");
            }
            Piece::Text(text) => add(&mut loc, &decoded(text)),
            Piece::CData(text) => add(&mut loc, text),
        }
    }
    if !is_whole {
        cut_short(
            &mut draft.facts,
            "The sitemap ends in the middle; what stands before it was read.",
        );
    }
}

fn take(address: &str, kind: LinkKind, draft: &mut Draft) {
    if !address.trim().is_empty() {
        draft.link(address, kind, false);
    }
}

/// Adds to the address that is being read. One byte more than may be is kept, so that it is found to be too long.
fn add(loc: &mut Option<String>, text: &str) {
    if let Some(loc) = loc {
        let room = (MAX_ADDRESS_BYTES + 1).saturating_sub(loc.len());
        let mut end = text.len().min(room + 4);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        loc.push_str(&text[..end]);
    }
}
