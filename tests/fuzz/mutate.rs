//! One input made of others.

use crawl_playground::engine::random::Random;

/// What parsers look for.
const WORDS: [&[u8]; 82] = [
    b"<",
    b">",
    b"</",
    b"/>",
    b"<!--",
    b"-->",
    b"<!",
    b"<?xml ",
    b"?>",
    b"<![CDATA[",
    b"]]>",
    b"&",
    b";",
    b"&amp;",
    b"&#x26;",
    b"&#0;",
    b"=",
    b"'",
    b"\"",
    b" ",
    b"\n",
    b"\t",
    b"\0",
    b"\xff",
    b"\xc3",
    b"\xef\xbb\xbf",
    b"\xfe\xff",
    b"<a href=",
    b"<base href=",
    b"<meta charset=",
    b"<meta http-equiv=refresh content='0;url=",
    b"<script>",
    b"</script>",
    b"<style>",
    b"</style>",
    b"<title>",
    b"</title>",
    b"<textarea>",
    b"<svg>",
    b"</svg>",
    b"<math>",
    b"<foreignObject>",
    b"<h1>",
    b"</h1>",
    b"<plaintext>",
    b"srcset=",
    b"rel=nofollow",
    b"User-agent: *\n",
    b"User-agent: crawl-playground\n",
    b"Disallow: /",
    b"Allow: /",
    b"Crawl-delay: ",
    b"Sitemap: ",
    b"*",
    b"$",
    b"%2f",
    b"//",
    b"@",
    b"../",
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b":",
    b"\\",
    b"\\u",
    b"\\ud83d",
    b"\"href\":",
    b"null",
    b"-1e9",
    b"<urlset>",
    b"<loc>",
    b"</loc>",
    b"<sitemapindex>",
    b"https://",
    b"//",
    b"#",
    b"?",
    b"\x80",
    b"xn--",
    b"[::1]",
];
const MAX_BYTES: usize = 4_096;

/// Some pieces of the inputs, with some of it changed.
pub(crate) fn mutate(inputs: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut below = |bound: usize| random.below(bound.max(1) as u32) as usize;
    let mut input = inputs[below(inputs.len())].clone();
    for _ in 0..=below(6) {
        let at = below(input.len() + 1);
        match below(6) {
            0 => {
                let word = WORDS[below(WORDS.len())];
                input.splice(at..at, word.iter().copied());
            }
            1 => {
                let end = input.len().min(at + below(16));
                input.drain(at..end);
            }
            2 if at < input.len() => input[at] = below(256) as u8,
            3 => {
                let other = &inputs[below(inputs.len())];
                let start = below(other.len() + 1);
                let end = other.len().min(start + below(64));
                input.splice(at..at, other[start..end].iter().copied());
            }
            4 => {
                // The same once more, many times: what takes the square of the time shows itself.
                let end = input.len().min(at + below(12));
                let piece = input[at..end].repeat(1 + below(40));
                input.splice(at..at, piece);
            }
            _ => input.truncate(at),
        }
        input.truncate(MAX_BYTES);
    }
    input
}
