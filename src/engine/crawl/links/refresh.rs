//! Where a `<meta http-equiv=refresh>` leads: HTML, "shared declarative refresh steps".

/// The address in the `content` of a refresh, or in a `Refresh` header; `None` where the page is to load itself anew, or
/// where it is no refresh at all.
///
/// ```
/// use crawl_playground::engine::crawl::links::refresh::target;
/// assert_eq!(target("5; url='next.html'"), Some("next.html"));
/// assert_eq!(target("5"), None);
/// ```
#[must_use]
pub fn target(content: &str) -> Option<&str> {
    let text = content.trim_start_matches(is_space);
    let behind_digits = text.trim_start_matches(|letter: char| letter.is_ascii_digit());
    if behind_digits.len() == text.len() && !text.starts_with('.') {
        return None;
    }
    let behind_time =
        behind_digits.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == '.');
    if !behind_time.starts_with(|letter| is_space(letter) || matches!(letter, ';' | ',')) {
        return None;
    }
    let text = behind_time.trim_start_matches(is_space);
    let text = text.strip_prefix([';', ',']).unwrap_or(text);
    let text = text.trim_start_matches(is_space);
    let url = without_label(text).map_or_else(|| text, unquoted);
    (!url.is_empty()).then_some(url)
}

/// What is behind `url=`, or the whole where nothing of that label is there; `None` if it only begins like one.
fn without_label(text: &str) -> Option<&str> {
    let Some(behind) = text.strip_prefix(['u', 'U']) else {
        return Some(text);
    };
    let behind = behind.strip_prefix(['r', 'R'])?.strip_prefix(['l', 'L'])?;
    let behind = behind.trim_start_matches(is_space).strip_prefix('=')?;
    Some(behind.trim_start_matches(is_space))
}

/// Up to the quote that closes the first, if it begins with one.
fn unquoted(text: &str) -> &str {
    let Some(quote) = text
        .chars()
        .next()
        .filter(|letter| matches!(letter, '"' | '\''))
    else {
        return text;
    };
    let behind = &text[1..];
    behind.find(quote).map_or(behind, |end| &behind[..end])
}

fn is_space(letter: char) -> bool {
    letter.is_ascii_whitespace()
}
