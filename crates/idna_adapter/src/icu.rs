//! An adapter over ICU's tables. What the masks hold is in RFC 5892 (joining) and RFC 5893, section 2 (directions).

use icu_normalizer::uts46::Uts46MapperBorrowed;
use icu_properties::props::{BidiClass as Direction, GeneralCategory, JoiningType as Joining};
use icu_properties::{CodePointMapData, CodePointMapDataBorrowed};

#[expect(deprecated, reason = "the one way to a number in a const")]
const fn joinings<const N: usize>(of: [Joining; N]) -> JoiningTypeMask {
    let mut mask = 0;
    let mut at = 0;
    while at < N {
        mask |= 1 << of[at].to_icu4c_value();
        at += 1;
    }
    JoiningTypeMask(mask)
}

#[expect(deprecated, reason = "the one way to a number in a const")]
const fn directions<const N: usize>(of: [Direction; N]) -> BidiClassMask {
    let mut mask = 0;
    let mut at = 0;
    while at < N {
        mask |= 1 << of[at].to_icu4c_value();
        at += 1;
    }
    BidiClassMask(mask)
}

/// What may stand before a zero-width non-joiner.
pub const LEFT_OR_DUAL_JOINING_MASK: JoiningTypeMask =
    joinings([Joining::LeftJoining, Joining::DualJoining]);
/// What may stand behind one.
pub const RIGHT_OR_DUAL_JOINING_MASK: JoiningTypeMask =
    joinings([Joining::RightJoining, Joining::DualJoining]);

/// What makes a name one that runs in both directions.
pub const RTL_MASK: BidiClassMask = directions([
    Direction::RightToLeft,
    Direction::ArabicLetter,
    Direction::ArabicNumber,
]);
/// What a label may begin with in such a name.
pub const FIRST_BC_MASK: BidiClassMask = directions([
    Direction::LeftToRight,
    Direction::RightToLeft,
    Direction::ArabicLetter,
]);
/// What a label from left to right may end with.
pub const LAST_LTR_MASK: BidiClassMask =
    directions([Direction::LeftToRight, Direction::EuropeanNumber]);
/// What a label from right to left may end with.
pub const LAST_RTL_MASK: BidiClassMask = directions([
    Direction::RightToLeft,
    Direction::ArabicLetter,
    Direction::EuropeanNumber,
    Direction::ArabicNumber,
]);
/// What may stand within any label.
const MIDDLE: BidiClassMask = directions([
    Direction::EuropeanNumber,
    Direction::EuropeanSeparator,
    Direction::CommonSeparator,
    Direction::EuropeanTerminator,
    Direction::OtherNeutral,
    Direction::BoundaryNeutral,
    Direction::NonspacingMark,
]);
/// What may stand within a label from left to right.
pub const MIDDLE_LTR_MASK: BidiClassMask =
    BidiClassMask(MIDDLE.0 | directions([Direction::LeftToRight]).0);
/// What may stand within a label from right to left.
pub const MIDDLE_RTL_MASK: BidiClassMask = BidiClassMask(MIDDLE.0 | RTL_MASK.0);

/// A character's joining type.
#[derive(Clone, Copy, Debug)]
pub struct JoiningType(Joining);

/// Several joining types.
#[derive(Clone, Copy, Debug)]
pub struct JoiningTypeMask(u32);

/// A character's direction.
#[derive(Clone, Copy, Debug)]
pub struct BidiClass(Direction);

/// Several directions.
#[derive(Clone, Copy, Debug)]
pub struct BidiClassMask(u32);

impl JoiningType {
    /// The type as a mask.
    #[must_use]
    pub fn to_mask(self) -> JoiningTypeMask {
        joinings([self.0])
    }

    /// Whether joining passes through the character.
    #[must_use]
    pub fn is_transparent(self) -> bool {
        self.0 == Joining::Transparent
    }
}

impl JoiningTypeMask {
    /// Whether the masks have a type in common.
    #[must_use]
    pub fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl BidiClass {
    /// The direction as a mask.
    #[must_use]
    pub fn to_mask(self) -> BidiClassMask {
        directions([self.0])
    }

    /// Whether it is left to right.
    #[must_use]
    pub fn is_ltr(self) -> bool {
        self.0 == Direction::LeftToRight
    }

    /// Whether it takes no room.
    #[must_use]
    pub fn is_nonspacing_mark(self) -> bool {
        self.0 == Direction::NonspacingMark
    }

    /// Whether it is a European digit.
    #[must_use]
    pub fn is_european_number(self) -> bool {
        self.0 == Direction::EuropeanNumber
    }

    /// Whether it is an Arabic digit.
    #[must_use]
    pub fn is_arabic_number(self) -> bool {
        self.0 == Direction::ArabicNumber
    }
}

impl BidiClassMask {
    /// Whether the masks have a direction in common.
    #[must_use]
    pub fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// The adapter.
pub struct Adapter {
    mapper: Uts46MapperBorrowed<'static>,
    categories: CodePointMapDataBorrowed<'static, GeneralCategory>,
    directions: CodePointMapDataBorrowed<'static, Direction>,
    joinings: CodePointMapDataBorrowed<'static, Joining>,
}

impl Default for Adapter {
    fn default() -> Self {
        Self::new()
    }
}

impl Adapter {
    /// The adapter over the tables that are compiled in.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            mapper: Uts46MapperBorrowed::new(),
            categories: CodePointMapData::<GeneralCategory>::new(),
            directions: CodePointMapData::<Direction>::new(),
            joinings: CodePointMapData::<Joining>::new(),
        }
    }

    /// Whether the character is a virama, after which a joiner may stand.
    #[must_use]
    pub fn is_virama(&self, c: char) -> bool {
        self.mapper.is_virama(c)
    }

    /// Whether the character is a mark, with which no label may begin.
    #[must_use]
    pub fn is_mark(&self, c: char) -> bool {
        use GeneralCategory::{EnclosingMark, NonspacingMark, SpacingMark};
        matches!(
            self.categories.get(c),
            NonspacingMark | SpacingMark | EnclosingMark
        )
    }

    /// The character's direction.
    #[must_use]
    pub fn bidi_class(&self, c: char) -> BidiClass {
        BidiClass(self.directions.get(c))
    }

    /// The character's joining type.
    #[must_use]
    pub fn joining_type(&self, c: char) -> JoiningType {
        JoiningType(self.joinings.get(c))
    }

    /// The name as UTS 46 maps and normalises it.
    pub fn map_normalize<'a, I: Iterator<Item = char> + 'a>(
        &'a self,
        name: I,
    ) -> impl Iterator<Item = char> + 'a {
        self.mapper.map_normalize(name)
    }

    /// A label that was decoded from punycode, with U+FFFD for what UTS 46 does not allow there.
    pub fn normalize_validate<'a, I: Iterator<Item = char> + 'a>(
        &'a self,
        label: I,
    ) -> impl Iterator<Item = char> + 'a {
        self.mapper.normalize_validate(label)
    }
}
