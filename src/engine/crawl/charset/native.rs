//! The encodings natively, by the crate that Firefox has them from.

use encoding_rs::Encoding;

use super::Decode;

/// Decodes by `encoding_rs`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Native;

impl Decode for Native {
    fn name(&self, label: &str) -> Option<String> {
        let encoding = Encoding::for_label_no_replacement(label.as_bytes())?;
        Some(encoding.name().to_ascii_lowercase())
    }

    fn decode(&self, body: &[u8], name: &str) -> String {
        let encoding = Encoding::for_label(name.as_bytes()).unwrap_or(encoding_rs::UTF_8);
        encoding.decode_without_bom_handling(body).0.into_owned()
    }
}
