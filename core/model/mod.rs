//! Nouns: plain data about a case. No input or output, no SQL, no clock.
//!
//! Everything else in the crate speaks these types; this module knows nothing of the rest.

mod attribution;
mod call;
mod custody;
mod dossier;
mod exhibit;
mod group;
mod hand;
mod hex;
mod ids;
mod key;
mod leaving;
mod moment;
mod number;
mod numbering;
mod record;
mod secret;
mod source;
mod witness;
mod written;

pub use attribution::{Attribution, AttributionBasis, AttributionFault, RespondentRole, StatedAttribution};
pub use call::{Call, CallJoin, JoinReason, Verdict};
pub use custody::{CustodyEvent, CustodyKind, NOTHING_BEFORE, ReleaseEvent, details_digest, event_hash};
pub use dossier::{
    BundleScope, Contents, Dossier, DossierCall, DossierEntry, DossierExhibit, DossierLabel, DossierSource, LabelPlace,
    LabelSource, LedgerRow, OriginalReader, RowText,
};
pub use exhibit::{Asserter, CapturedBasis, Exhibit, ExhibitKind, MatchReason, Screen};
pub use group::{
    Conflict, ConflictKind, Group, GroupLabel, GroupMark, GroupReason, Override, Pool, ReasonKind, ReasonSignal,
};
pub use hand::{HAND_RECIPE, HandChannel, HandEntry};
pub use hex::{bytes_of_hex, hex};
pub use ids::{CallId, EventId, ExhibitId, GroupId, RecordId, SourceId};
pub use key::{NONE, RecordKey, Witness};
pub use leaving::{LeavingKind, ReadinessItem, ReadinessState};
pub use moment::{Clock, ClockKind, Instants, Moment, Precision, Zone, ZoneBasis, rfc3339};
pub use number::{NumberKind, NumberNote, PhoneNumber};
pub use numbering::{DatedBasis, DossierRange, RegisterOrigin, RegisterProblem, RegisterProblemKind};
pub use record::{CallRecord, Dictionary, Direction, Disposition, RowFate, RowPlace, RowProblem};
pub use secret::Secret;
pub use source::{ExtractOf, JournalBeside, Line, Source, SourceKind};
pub use witness::{Coverage, CoverageRun, CoverageState, Silence, SilenceReason};
pub use written::{counted, day_written, grouped, grouped_en, month, number_written};

/// Declares a closed set of words: one English snake_case word in the case file, in JSON and in the bindings.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "bindings", derive(specta::Type))]
        pub enum $name {
            $($(#[$vmeta])* #[serde(rename = $word)] $variant),+
        }

        impl $name {
            /// All members, in the order of declaration.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word that the case file and JSON use.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }

            /// The member written as `word`, if there is one.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some($name::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }
    };
}
pub(crate) use words;
