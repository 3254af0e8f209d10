//! The addresses of a `srcset`: HTML, "parsing a srcset attribute".

/// The address of each image candidate, in order. Descriptors are passed over, whatever they say: to a crawl an image
/// with a wrong descriptor is an image.
///
/// ```
/// use crawl_playground::engine::crawl::links::srcset::candidates;
/// let all: Vec<&str> = candidates("small.png, large.png 2x, data:image/png;base64,AA== 3x").collect();
/// assert_eq!(all, ["small.png", "large.png", "data:image/png;base64,AA=="]);
/// ```
pub fn candidates(srcset: &str) -> impl Iterator<Item = &str> {
    let mut rest = srcset;
    std::iter::from_fn(move || {
        rest =
            rest.trim_start_matches(|letter: char| letter.is_ascii_whitespace() || letter == ',');
        if rest.is_empty() {
            return None;
        }
        let end = rest
            .find(|letter: char| letter.is_ascii_whitespace())
            .unwrap_or(rest.len());
        let (url, behind) = rest.split_at(end);
        let alone = url.trim_end_matches(',');
        // A comma right behind the address ends the candidate; else one behind its descriptors does.
        rest = if alone.len() < url.len() {
            behind
        } else {
            behind_descriptors(behind)
        };
        Some(alone)
    })
}

/// What is behind the comma that ends a candidate. Commas in parentheses do not.
fn behind_descriptors(text: &str) -> &str {
    let mut is_in_parens = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => is_in_parens = true,
            b')' => is_in_parens = false,
            b',' if !is_in_parens => return &text[at + 1..],
            _ => {}
        }
    }
    ""
}
