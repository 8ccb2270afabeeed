//! Numbered items of evidence.

use super::{CallId, ExhibitId, words};
use serde::{Deserialize, Serialize};

words!(
    /// What an exhibit is.
    ExhibitKind {
        /// A picture of a screen.
        Screenshot = "screenshot",
        /// A sound recording.
        Recording = "recording",
        /// Any other file.
        Document = "document",
    }
);

words!(
    /// How the time of capture is known.
    CapturedBasis {
        /// From the file's name.
        FileName = "file_name",
        /// From the file's own metadata.
        Metadata = "metadata",
        /// The person stated it.
        Stated = "stated",
        /// It is not known.
        Unknown = "unknown",
    }
);

words!(
    /// What was on the screen, as far as a screenshot's name says.
    Screen {
        /// The screen of a call that is ringing or under way.
        Call = "call",
        /// The phone's list of calls.
        CallList = "call_list",
        /// Some other program.
        Other = "other",
    }
);

words!(
    /// Why an exhibit is proposed for a call.
    MatchReason {
        /// The number in its name is the call's.
        Number = "number",
        /// It was captured within two minutes of the call.
        Start = "start",
        /// It lasts as long as the call.
        Duration = "duration",
        /// The person says so.
        Stated = "stated",
    }
);

words!(
    /// Who asserts a caller label.
    Asserter {
        /// The person read it off an exhibit, or wrote it down.
        Person = "person",
        /// A log shows it, and does not say whether it is a contact or a marking.
        Unknown = "unknown",
    }
);

/// A numbered item of evidence, stored byte for byte.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exhibit {
    /// Identity in the case.
    pub id: ExhibitId,
    /// Number as printed: `E0002`.
    pub no: String,
    /// File name as received, without folders.
    pub name: String,
    /// Kind.
    pub kind: ExhibitKind,
    /// Media type by content: `image/png`.
    pub media_type: String,
    /// Size in bytes.
    pub size: u64,
    /// SHA-256, lower-case hexadecimal.
    pub sha256: String,
    /// When it was attached, RFC 3339.
    pub received_at: String,
    /// Time of capture where known, RFC 3339.
    pub captured_at: Option<String>,
    /// How the time of capture is known.
    pub captured_basis: CapturedBasis,
    /// Caption: what it shows, in the person's words.
    pub caption: String,
    /// Calls that the person linked it to.
    pub calls: Vec<CallId>,
}
