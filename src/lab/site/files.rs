//! What a site has for crawlers: `robots.txt` and `sitemap.xml`.

use super::writer::escaped;
use super::{Asked, Site, mixed, polite, regular};
use crate::lab::plan::{Answer, Body, Content};
use crate::lab::query::integer;

/// Most pages of one sitemap. A site with more has an index of sitemaps.
const SITEMAP_PAGES: u32 = 100;

/// The file that is asked for, if it is one of these.
pub(super) fn file(asked: &Asked<'_>) -> Option<Answer> {
    if asked.path == "robots.txt" {
        return robots(asked).map(|rules| Answer::text(200, rules));
    }
    let which = asked.path.strip_prefix("sitemap")?.strip_suffix(".xml")?;
    let pages = pages(asked.site);
    let sitemaps = pages.div_ceil(SITEMAP_PAGES);
    let home = asked.home();
    let xml = match which.strip_prefix('-') {
        None if !which.is_empty() => return None,
        None if sitemaps > 1 => {
            let names = (1..=sitemaps).map(|number| format!("sitemap-{number}.xml"));
            xml("sitemapindex", "sitemap", &home, names.collect())
        }
        part => {
            let part = match part {
                None => 1,
                Some(part) => integer("k", part, 1..=sitemaps).ok()?,
            };
            let first = (part - 1) * SITEMAP_PAGES;
            let last = pages.min(first + SITEMAP_PAGES);
            let paths = (first..last).map(|number| path(asked.site, number));
            xml("urlset", "url", &home, paths.collect())
        }
    };
    let body = Body {
        content: Content::Bytes(xml.into_bytes()),
        rate: None,
    };
    Some(Answer::new(200, "application/xml", body))
}

/// The rules of all sites but `mixed`, which has none.
fn robots(asked: &Asked<'_>) -> Option<String> {
    let rules = match asked.site {
        Site::Mixed(_) => return None,
        Site::Polite => polite::robots(&asked.home_path()),
        _ => "User-agent: *\nDisallow:\n".to_owned(),
    };
    Some(format!("{rules}\nSitemap: {}sitemap.xml\n", asked.home()))
}

/// How many pages are in the sitemap.
fn pages(site: Site) -> u32 {
    match site {
        Site::Mixed(_) => mixed::LISTED.len() as u32,
        Site::Polite => polite::ALLOWED.len() as u32,
        Site::Trap => 1,
        _ => site.numbered().unwrap_or_default(),
    }
}

fn path(site: Site, number: u32) -> String {
    let place = number as usize;
    match site {
        Site::Mixed(_) => mixed::LISTED[place].to_owned(),
        Site::Polite => polite::ALLOWED[place].to_owned(),
        _ => regular::path(number),
    }
}

fn xml(outer: &str, inner: &str, home: &str, paths: Vec<String>) -> String {
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{outer} xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
    );
    for path in paths {
        xml.push('<');
        xml.push_str(inner);
        xml.push_str("><loc>");
        xml.push_str(&escaped(home));
        xml.push_str(&escaped(&path));
        xml.push_str("</loc></");
        xml.push_str(inner);
        xml.push_str(">\n");
    }
    xml.push_str("</");
    xml.push_str(outer);
    xml.push_str(">\n");
    xml
}
