//! A page as it came, and what its task wants of it.

use url::Url;

use crate::engine::crawl::facts::{PageFacts, ReadOptions};
use crate::engine::page;
use crate::engine::run::MAX_BODY_BYTES;

/// Bytes of a body that are kept to look for a title, more or less a chunk: pages say who they are early.
const MAX_TITLED_BYTES: usize = 1_000_000;

/// A page as it came.
pub(in crate::engine) struct Page {
    /// Where redirects led, if they did.
    pub(in crate::engine) redirected_to: Option<Url>,
    pub(in crate::engine) content_type: String,
    pub(in crate::engine) link: Option<String>,
    /// The beginning of its body, as much as its task wants.
    pub(in crate::engine) body: Vec<u8>,
}

/// A page that was read.
pub(in crate::engine) struct ReadPage {
    /// Where redirects led, if they did.
    pub(in crate::engine) redirected_to: Option<Url>,
    pub(in crate::engine) content_type: Box<str>,
    pub(in crate::engine) facts: PageFacts,
}

/// What a task wants of its page.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(in crate::engine) enum Wants {
    /// What it is called.
    #[default]
    Title,
    /// All that a crawl wants to know.
    Facts(ReadOptions),
    /// So many bytes, of whatever they are.
    Bytes(usize),
}

impl Wants {
    /// How many bytes to keep of a body of this content type, from an address with this path.
    pub(in crate::engine) fn bytes_of(&self, content_type: &str, path: &str) -> usize {
        let may_be_read = || page::may_be_text(content_type) || page::may_be_packed_sitemap(path);
        match self {
            Self::Title if page::is_readable(content_type) => MAX_TITLED_BYTES,
            Self::Facts(_) if may_be_read() => MAX_BODY_BYTES,
            Self::Title | Self::Facts(_) => 0,
            Self::Bytes(bytes) => *bytes,
        }
    }
}
