//! Groups: what the program proposes, each membership with its reasons.

use super::{Attribution, CallId, GroupId, PhoneNumber, RecordId, words};
use serde::{Deserialize, Serialize};

words!(
    /// Kind of reason for which calls stand in one group.
    ReasonKind {
        /// The same caller label, spellings folded.
        Label = "label",
        /// Numbers of one block used together, or one number.
        Pool = "pool",
        /// The same rhythm.
        Rhythm = "rhythm",
        /// The same words.
        Script = "script",
        /// The person said so.
        User = "user",
    }
);

words!(
    /// What a reason goes by: finer than its kind.
    ReasonSignal {
        /// The call's own label.
        Label = "label",
        /// Other calls of its number bear a label.
        SameNumber = "same_number",
        /// A dense block of numbers.
        Block = "block",
        /// Numbers near others of the group.
        Nearby = "nearby",
        /// Numbers that follow one another.
        Rotation = "rotation",
        /// Another number at once after a call that nobody answered.
        Retry = "retry",
        /// The hours of working and free days.
        Hours = "hours",
        /// One length of answered calls.
        Length = "length",
        /// The person said so.
        Person = "person",
    }
);

impl ReasonSignal {
    /// The kind of reason that it makes.
    #[must_use]
    pub fn kind(self) -> ReasonKind {
        match self {
            Self::Label => ReasonKind::Label,
            Self::SameNumber | Self::Block | Self::Nearby => ReasonKind::Pool,
            Self::Rotation | Self::Retry | Self::Hours => ReasonKind::Rhythm,
            Self::Length => ReasonKind::Script,
            Self::Person => ReasonKind::User,
        }
    }
}

words!(
    /// What speaks against a group.
    ConflictKind {
        /// A number of it stands in another group too.
        TwoGroups = "two_groups",
        /// Labels in it name different callers.
        Labels = "labels",
        /// Two numbers called at one time of which one should follow the other.
        AtOnce = "at_once",
    }
);

/// What speaks against a group, and the calls that show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Conflict {
    /// Kind.
    pub kind: ConflictKind,
    /// In words, Russian.
    pub text: String,
    /// The same in English.
    pub text_en: String,
    /// The calls.
    pub calls: Vec<CallId>,
}

/// A number pool inside a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Pool {
    /// First number of the block, E.164.
    pub from: String,
    /// Last number of the block, E.164.
    pub to: String,
    /// Distinct numbers seen.
    pub numbers: u32,
    /// Range holder by the register, where the whole block is allotted to one. Nothing that is kept: it is looked up
    /// when the group is read.
    pub range_holder: Option<String>,
    /// Region by the register, where it is one.
    pub region: Option<String>,
    /// The day whose state the register is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range_dated: Option<String>,
}

impl Pool {
    /// Digits of its first and its last number.
    #[must_use]
    pub fn ends(&self) -> Option<(u64, u64)> {
        PhoneNumber::digits_of(&self.from).zip(PhoneNumber::digits_of(&self.to))
    }
}

/// A reason and the calls that it speaks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct GroupReason {
    /// Kind.
    pub kind: ReasonKind,
    /// What it goes by.
    pub signal: ReasonSignal,
    /// In words, Russian and English.
    pub text: String,
    /// The same in English.
    pub text_en: String,
    /// Calls that this reason puts into the group.
    pub calls: Vec<CallId>,
    /// How likely chance alone would do it, where computed.
    pub chance: Option<f64>,
}

/// A label as shown, and on how many calls of the group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct GroupLabel {
    /// The text as shown.
    pub text: String,
    /// Calls of the group on which it was seen.
    pub seen: u32,
}

/// Calls that stand together, with the reasons.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// Identity: its earliest call.
    pub id: GroupId,
    /// Name: the person's, else derived.
    pub name: String,
    /// Whether the person named it.
    pub named_by_person: bool,
    /// Other names that the person gave to groups which stand together in it now.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also_named: Vec<String>,
    /// Members, ascending.
    pub calls: Vec<CallId>,
    /// Distinct numbers, E.164 or canonical text.
    pub numbers: Vec<String>,
    /// Labels as shown, most frequent first.
    pub labels: Vec<GroupLabel>,
    /// Pools.
    pub pools: Vec<Pool>,
    /// Reasons.
    pub reasons: Vec<GroupReason>,
    /// What speaks against it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
    /// Whether the person knows them: kept apart from those whom the case is about.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub known: bool,
    /// To whom the person says that it belongs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attribution: Option<Attribution>,
    /// What the person said otherwise of groups which stand together in it now: it contradicts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also_attributed: Vec<Attribution>,
    /// The mark that the person chose for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<GroupMark>,
}

/// A mark: one of eight colours with one of three shapes, so that it tells groups apart in grey too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct GroupMark(u8);

impl GroupMark {
    /// Colours.
    pub const COLOURS: u8 = 8;
    /// Patterns; they and the colours go round at their own pace, so that no two marks are alike.
    pub const PATTERNS: u8 = 3;
    /// Marks that there are.
    pub const COUNT: u8 = Self::COLOURS * Self::PATTERNS;

    /// The mark of a number below [`GroupMark::COUNT`]: its colour is the number modulo [`GroupMark::COLOURS`], its pattern
    /// modulo [`GroupMark::PATTERNS`].
    #[must_use]
    pub fn new(mark: u8) -> Option<Self> {
        (mark < Self::COUNT).then_some(Self(mark))
    }

    /// Its number.
    #[must_use]
    pub fn number(self) -> u8 {
        self.0
    }
}

impl<'de> Deserialize<'de> for GroupMark {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::new(u8::deserialize(from)?).ok_or_else(|| serde::de::Error::custom("no such mark"))
    }
}

/// The person's word about groups. It refers to records, so that it survives regrouping and new imports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Override {
    /// The groups of these records are one.
    Merge(Vec<RecordId>),
    /// The calls of these records leave their groups and stand together on their own.
    Split(Vec<RecordId>),
    /// The group of this record has this name.
    Name(RecordId, String),
    /// «Это не они»: the calls of `records` do not stand in the group of the records `group`, whatever joins them.
    NotThem {
        /// Members that stay, by which the group is found again.
        group: Vec<RecordId>,
        /// Whose calls leave.
        records: Vec<RecordId>,
        /// Every call of their numbers leaves too, those that come later included.
        numbers: bool,
    },
    /// The group of this record is of people whom the person knows («свои»), or is not.
    Known(RecordId, bool),
    /// The group of this record belongs to that respondent, by what the person says; `None` takes it back.
    Attributed(RecordId, Option<Attribution>),
    /// The group of this record has this mark; `None` gives the choice back.
    Marked(RecordId, Option<GroupMark>),
}

impl Override {
    /// The records that the word rests on, by which it is found again.
    #[must_use]
    pub fn records(&self) -> Vec<RecordId> {
        match self {
            Self::Merge(records) | Self::Split(records) => records.clone(),
            Self::NotThem { group, records, .. } => [group.as_slice(), records].concat(),
            Self::Name(record, _) | Self::Known(record, _) | Self::Attributed(record, _) | Self::Marked(record, _) => {
                vec![*record]
            }
        }
    }
}
