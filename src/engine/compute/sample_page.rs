//! A page as encyclopaedias have them, made up: in 100 kB of HTML some six hundred links, and as much markup as text.

use std::fmt::Write as _;

const WORDS: [&str; 24] = [
    "the", "crawl", "of", "a", "page", "and", "its", "links", "waits", "for", "no", "server",
    "while", "other", "pages", "are", "read", "in", "turn", "by", "café", "naïve", "Straße",
    "visitors",
];

/// The page, of so many bytes and the rest of its last paragraph; always the same.
///
/// ```
/// use crawl_playground::engine::compute::sample_page;
///
/// let page = sample_page(100_000);
/// assert!((100_000..105_000).contains(&page.len()));
/// assert!(page.ends_with("</html>\n"));
/// ```
#[must_use]
pub fn sample_page(bytes: usize) -> String {
    let mut page = String::from(
        "<!DOCTYPE html>\n<html class=\"client-js\" lang=\"en\" dir=\"ltr\">\n<head>\n<meta charset=\"UTF-8\">\n\
        <title>Crawling &amp; waiting – a made-up page</title>\n<meta name=\"description\" content=\"A page to be read.\">\n\
        <link rel=\"canonical\" href=\"https://example.org/wiki/Crawling\">\n<link rel=\"stylesheet\" href=\"/style.css?a=1&amp;b=2\">\n\
        <script>(function(){var c=\"<a href=no>\";if(c.length<3&&window.a>2){document.title=c;}})();</script>\n\
        <style>.mw{color:#222;margin:0 auto}.a>b{display:none}</style>\n</head>\n<body>\n<h1 id=\"top\">Crawling</h1>\n",
    );
    let mut state = 2_463_534_242_u32;
    let mut next = |below: u32| {
        // Marsaglia's xorshift.
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state % below
    };
    let mut paragraph = 0;
    while page.len() < bytes {
        paragraph += 1;
        // Writing to a string can't fail.
        let _ = match paragraph % 6 {
            0 => writeln!(
                page,
                "<h2><span class=\"mw-headline\" id=\"part_{paragraph}\">Part {paragraph}</span></h2>"
            ),
            1 => writeln!(
                page,
                "<figure class=\"thumb\"><img src=\"/i/{paragraph}.jpg\" alt=\"\" width=\"220\" height=\"147\"><figcaption>Figure {paragraph}</figcaption></figure>"
            ),
            _ => Ok(()),
        };
        let (open, close) = if paragraph % 5 == 0 {
            ("<ul>\n<li>", "</li>\n</ul>\n")
        } else {
            ("<p>", "</p>\n")
        };
        page.push_str(open);
        for _ in 0..60 {
            let word = WORDS[next(24) as usize];
            let _ = match next(12) {
                0 => writeln!(
                    page,
                    "<a href=\"/wiki/{word}_{}\" title=\"{word} {paragraph}\">{word}</a> ",
                    next(5_000)
                ),
                1 => writeln!(page, "<b>{word}</b>&nbsp;"),
                2 if next(4) == 0 => writeln!(
                    page,
                    "<sup id=\"cite_ref-{paragraph}\" class=\"reference\"><a href=\"https://other.example/book?id={}&amp;page=2\" rel=\"nofollow\">[{paragraph}]</a></sup> ",
                    next(900)
                ),
                3 if next(6) == 0 => writeln!(page, "<!-- {word} --><br>"),
                _ => write!(page, "{word} "),
            };
        }
        page.push_str(close);
    }
    page.push_str("<form action=\"/search\"><input name=\"q\"></form>\n</body>\n</html>\n");
    page
}
