//! Items: what in JSON stands for an address, such as an id or a title.

use std::fmt;

use url::form_urlencoded::byte_serialize;

/// Stands in an item's address for what was found.
const PLACE: &str = "{}";

/// In JSON, what stands under a key stands for an address: many APIs name what they lead to by ids alone.
///
/// ```
/// use crawl_playground::engine::crawl::facts::Items;
///
/// let items = Items::new("kids https://api.example/item/{}.json").unwrap();
/// assert_eq!(items.address("a b"), "https://api.example/item/a%20b.json");
/// assert!(Items::new("kids").is_err());
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Items {
    key: Box<str>,
    address: Box<str>,
}

impl Items {
    /// Reads what is written as `key address`, with `{}` in the address where the item goes.
    ///
    /// # Errors
    /// A sentence, if it is not written so.
    pub fn new(written: &str) -> Result<Self, String> {
        let parts = written.trim().split_once(char::is_whitespace);
        let (key, address) = parts.map_or((written, ""), |(key, rest)| (key, rest.trim()));
        if !address.contains(PLACE) || address.contains(char::is_whitespace) {
            return Err(format!(
                "“{written}” names no items: write a key of the JSON, a blank, and an address with {PLACE} where the item goes, such as kids https://api.example/item/{PLACE}.json."
            ));
        }
        Ok(Self {
            key: key.into(),
            address: address.into(),
        })
    }

    /// Whether what stands under `key` are items.
    #[must_use]
    pub fn stand_under(&self, key: &str) -> bool {
        *self.key == *key
    }

    /// The address of an item.
    #[must_use]
    pub fn address(&self, item: &str) -> String {
        let item: String = byte_serialize(item.as_bytes()).collect();
        // A plus is a blank in queries only; what was a plus is written otherwise by now.
        self.address.replace(PLACE, &item.replace('+', "%20"))
    }
}

/// As it can be read again.
impl fmt::Display for Items {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.key, self.address)
    }
}
