//! What browsers have built in: decoders, and the tables of hosts' names.

use crawl_playground::engine::crawl::charset::Decode;
use url::Url;
use web_sys::TextDecoder;

/// Decodes by the browser's `TextDecoder`.
pub(crate) struct BuiltIn;

impl Decode for BuiltIn {
    fn name(&self, label: &str) -> Option<String> {
        // For a label that it does not know it throws.
        Some(TextDecoder::new_with_label(label).ok()?.encoding())
    }

    fn decode(&self, body: &[u8], name: &str) -> String {
        let decoder = TextDecoder::new_with_label(name);
        let text = decoder.and_then(|decoder| decoder.decode_with_u8_array(body));
        text.unwrap_or_else(|_| String::from_utf8_lossy(body).into_owned())
    }

    fn ascii(&self, written: &str, base: &Url) -> Option<String> {
        let url = web_sys::Url::new_with_base(written, base.as_str()).ok()?;
        Some(url.href())
    }
}
