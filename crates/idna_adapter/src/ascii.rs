//! An adapter for names in ASCII only: each other character maps to U+FFFD, which `idna` refuses in any name.
//!
//! A label that is written in punycode (`xn--…`) is taken as it stands. Whether its letters may stand beside one
//! another is asked here too, and always answered with yes: whoever wrote the punycode, a browser or a server, has
//! looked that up already.

macro_rules! masks {
    ($mask:ident: $($name:ident),*) => {
        $(
            /// One mask is like another.
            pub const $name: $mask = $mask;
        )*
    };
}

masks!(JoiningTypeMask: LEFT_OR_DUAL_JOINING_MASK, RIGHT_OR_DUAL_JOINING_MASK);
masks!(
    BidiClassMask: RTL_MASK, FIRST_BC_MASK, LAST_LTR_MASK, LAST_RTL_MASK, MIDDLE_LTR_MASK, MIDDLE_RTL_MASK
);

/// A character's joining type.
#[derive(Clone, Copy, Debug)]
pub struct JoiningType;

/// Several joining types.
#[derive(Clone, Copy, Debug)]
pub struct JoiningTypeMask;

/// A character's direction.
#[derive(Clone, Copy, Debug)]
pub struct BidiClass;

/// Several directions.
#[derive(Clone, Copy, Debug)]
pub struct BidiClassMask;

impl JoiningType {
    /// The type as a mask.
    #[must_use]
    pub fn to_mask(self) -> JoiningTypeMask {
        JoiningTypeMask
    }

    /// Whether joining passes through the character.
    #[must_use]
    pub fn is_transparent(self) -> bool {
        false
    }
}

impl JoiningTypeMask {
    /// Whether the masks have a type in common: joining is never amiss.
    #[must_use]
    pub fn intersects(self, _other: Self) -> bool {
        true
    }
}

impl BidiClass {
    /// The direction as a mask.
    #[must_use]
    pub fn to_mask(self) -> BidiClassMask {
        BidiClassMask
    }

    /// Whether it is left to right, as all of ASCII's letters are.
    #[must_use]
    pub fn is_ltr(self) -> bool {
        true
    }

    /// Whether it takes no room.
    #[must_use]
    pub fn is_nonspacing_mark(self) -> bool {
        false
    }

    /// Whether it is a European digit.
    #[must_use]
    pub fn is_european_number(self) -> bool {
        false
    }

    /// Whether it is an Arabic digit.
    #[must_use]
    pub fn is_arabic_number(self) -> bool {
        false
    }
}

impl BidiClassMask {
    /// Whether the masks have a direction in common: no name runs from right to left.
    #[must_use]
    pub fn intersects(self, _other: Self) -> bool {
        false
    }
}

/// The adapter.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Adapter {}

impl Adapter {
    /// The adapter.
    #[must_use]
    pub const fn new() -> Self {
        Self {}
    }

    /// Whether the character is a virama, after which a joiner may stand.
    #[must_use]
    pub fn is_virama(&self, _c: char) -> bool {
        true
    }

    /// Whether the character is a mark, with which no label may begin.
    #[must_use]
    pub fn is_mark(&self, _c: char) -> bool {
        false
    }

    /// The character's joining type.
    #[must_use]
    pub fn joining_type(&self, _c: char) -> JoiningType {
        JoiningType
    }

    /// The character's direction.
    #[must_use]
    pub fn bidi_class(&self, _c: char) -> BidiClass {
        BidiClass
    }

    /// ASCII in lower case, and U+FFFD for all else.
    pub fn map_normalize<'a, I: Iterator<Item = char> + 'a>(
        &'a self,
        name: I,
    ) -> impl Iterator<Item = char> + 'a {
        name.map(ascii_or_refused)
    }

    /// A label that was decoded from punycode, as it stands.
    pub fn normalize_validate<'a, I: Iterator<Item = char> + 'a>(
        &'a self,
        label: I,
    ) -> impl Iterator<Item = char> + 'a {
        label
    }
}

fn ascii_or_refused(c: char) -> char {
    if c.is_ascii() {
        c.to_ascii_lowercase()
    } else {
        char::REPLACEMENT_CHARACTER
    }
}
