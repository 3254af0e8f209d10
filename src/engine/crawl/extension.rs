//! Which addresses are files without links, by how they end.

/// What is not worth a request: pictures, sound, film, archives, programs, fonts, documents that are not text, and what
/// pages load to look and act as they do.
const WITHOUT_LINKS: &str = "\
    7z aac apk avi avif bin bmp br bz2 cab class css csv dat deb dmg doc docx eot epub exe flac flv gif gz heic ico img \
    iso jar jpe jpeg jpg js jxl less m3u8 m4a m4v map mid mjs mkv mov mp3 mp4 mpeg mpg msi odp ods odt ogg ogv opus otf \
    pdf pkg png ppt pptx ps psd rar rpm rtf scss svg svgz swf tar tgz tif tiff ttf wasm wav weba webm webmanifest webp \
    wma wmv woff woff2 xls xlsx xz zip zst";

/// No extension that means something is longer, in bytes.
const MAX_BYTES: usize = 16;

/// A set of extensions. Case is nothing to it.
///
/// ```
/// use crawl_playground::engine::crawl::extension::Extensions;
///
/// let skipped = Extensions::default();
/// assert!(skipped.end("/photos/Cat.JPG"));
/// assert!(!skipped.end("/photos/cat.html"));
/// assert!(!skipped.end("/zip"));
/// assert!(Extensions::read(".cgi, php").end("/index.php"));
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Extensions {
    /// Lower-case and in order.
    names: Vec<Box<str>>,
}

impl Extensions {
    /// None: nothing is skipped for how it ends.
    pub const NONE: Self = Self { names: Vec::new() };

    /// A list as people write it: parted by blanks or commas, with or without the point.
    #[must_use]
    pub fn read(list: &str) -> Self {
        let mut names: Vec<Box<str>> = list
            .split([' ', ',', ';', '\n', '\t'])
            .map(|name| name.trim().trim_start_matches(['*', '.']))
            .filter(|name| !name.is_empty())
            .map(|name| name.to_ascii_lowercase().into())
            .collect();
        names.sort_unstable();
        names.dedup();
        Self { names }
    }

    /// The set as a list, parted by blanks.
    #[must_use]
    pub fn list(&self) -> String {
        self.names.join(" ")
    }

    /// Whether a path ends with one of them. A compressed sitemap (`.xml.gz`) counts as XML. O(log n).
    #[must_use]
    pub fn end(&self, path: &str) -> bool {
        let Some(extension) = extension(path) else {
            return false;
        };
        let mut lower = [0; MAX_BYTES];
        let Some(lower) = lower.get_mut(..extension.len()) else {
            return false;
        };
        lower.copy_from_slice(extension.as_bytes());
        lower.make_ascii_lowercase();
        self.names
            .binary_search_by(|name| name.as_bytes().cmp(lower))
            .is_ok()
    }
}

impl Default for Extensions {
    fn default() -> Self {
        Self::read(WITHOUT_LINKS)
    }
}

fn extension(path: &str) -> Option<&str> {
    let letters = path.as_bytes();
    let point = letters
        .iter()
        .rposition(|&letter| matches!(letter, b'.' | b'/'));
    let point = point.filter(|&at| letters.get(at) == Some(&b'.'))?;
    let extension = path.get(point + 1..)?;
    if extension.eq_ignore_ascii_case("gz") {
        let inner = point.checked_sub(4).and_then(|at| path.get(at..point));
        if let Some(inner) = inner.filter(|inner| inner.eq_ignore_ascii_case(".xml")) {
            return inner.get(1..);
        }
    }
    Some(extension)
}
