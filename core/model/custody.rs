//! Events of the custody chain and of the release log.

use super::{EventId, bytes_of_hex, hex, words};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

words!(
    /// What was done.
    CustodyKind {
        /// The case was created.
        Created = "created",
        /// A file was imported.
        Imported = "imported",
        /// The person wrote a call or a message down.
        CallNoted = "call_noted",
        /// A file that the case already holds was offered again.
        AlreadyHeld = "already_held",
        /// An exhibit was attached.
        Attached = "attached",
        /// The numbering plan register was loaded.
        RegisterLoaded = "register_loaded",
        /// Groups were merged.
        GroupsMerged = "groups_merged",
        /// Groups that were merged were parted again.
        GroupsParted = "groups_parted",
        /// Calls were split from a group.
        GroupSplit = "group_split",
        /// A group was named.
        GroupNamed = "group_named",
        /// Calls were made a group.
        CallsGathered = "calls_gathered",
        /// Calls were taken out of a group that is not theirs.
        CallsTakenOut = "calls_taken_out",
        /// Calls that were taken out of a group were put back.
        CallsPutBack = "calls_put_back",
        /// A group was marked as people whom the person knows, or no longer.
        GroupKnown = "group_known",
        /// A group was said to belong to a respondent, or no longer.
        GroupAttributed = "group_attributed",
        /// A group was given a mark, or the choice of it was given back.
        GroupMarked = "group_marked",
        /// An exhibit was linked to calls or captioned.
        ExhibitEdited = "exhibit_edited",
        /// Exhibits were linked to calls.
        ExhibitsLinked = "exhibits_linked",
        /// Links of an exhibit were taken away.
        ExhibitUnlinked = "exhibit_unlinked",
        /// The person said that an exhibit does not belong to a call.
        ProposalRefused = "proposal_refused",
        /// Such words were taken back.
        ProposalsPutBack = "proposals_put_back",
        /// The person stated when an exhibit was captured.
        CaptureStated = "capture_stated",
        /// A caller label was entered as it was seen.
        LabelObserved = "label_observed",
        /// Such a label was taken away.
        LabelRemoved = "label_removed",
        /// The last action was undone.
        Undone = "undone",
        /// The last undone action was redone.
        Redone = "redone",
        /// A source or an exhibit was withdrawn: excluded, bytes kept.
        Withdrawn = "withdrawn",
        /// A withdrawal was taken back.
        Reinstated = "reinstated",
        /// Bytes were removed; a tombstone stays.
        Purged = "purged",
        /// The password was set, changed or removed.
        PasswordChanged = "password_changed",
        /// A case that this computer had not left in its state was adopted: a copy, or one from another computer.
        Adopted = "adopted",
        /// The title or the person's own lines were changed.
        CaseEdited = "case_edited",
        /// The person set the zone of a source, or took it back.
        ZoneSet = "zone_set",
    }
);

/// One link of the custody chain. `hash` = SHA-256 over the fields as `docs/case-file.md` lays them out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustodyEvent {
    /// Sequence number, from 1, without gaps.
    pub seq: EventId,
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// What.
    pub kind: CustodyKind,
    /// Id of the thing it was done to; 0 for the case.
    pub subject: i64,
    /// SHA-256 of salt and details, lower-case hexadecimal.
    pub details_digest: String,
    /// Salt, hexadecimal; absent where the details are.
    pub salt: Option<String>,
    /// Details as JSON text; may be absent (out of scope, purged) without breaking a link.
    pub details: Option<String>,
    /// Hash of the event before, hexadecimal; 64 zeros for the first.
    pub previous: String,
    /// This event's hash, hexadecimal.
    pub hash: String,
}

impl CustodyEvent {
    /// Whether this event is what its hashes say and follows `previous`, the hash of event `seq - 1`. Details that are
    /// absent are not missed; details that are there must be the ones that were hashed.
    #[must_use]
    pub fn holds_after(&self, seq: i64, previous: &str) -> bool {
        let stated = || {
            let digest = bytes_of_hex(&self.details_digest).filter(|bytes| bytes.len() == 32)?;
            let previous = bytes_of_hex(&self.previous).filter(|bytes| bytes.len() == 32)?;
            let details = match (&self.salt, &self.details) {
                (Some(salt), Some(details)) => details_digest(&bytes_of_hex(salt)?, details)[..] == digest[..],
                (None, None) => true,
                _ => false,
            };
            let hash = event_hash(&previous, self.seq.0, &self.at, self.kind.word(), self.subject, &digest);
            Some(details && hex(&hash) == self.hash)
        };
        self.seq.0 == seq && self.previous == previous && stated().unwrap_or(false)
    }
}

/// What stands in the place of the hash before the first event.
pub const NOTHING_BEFORE: [u8; 32] = [0; 32];

/// Hash of an event: SHA-256 over the previous hash, the sequence number, then time, kind and subject, each text
/// preceded by its length, then the digest of the details. Numbers are big-endian, 8 bytes.
#[must_use]
pub fn event_hash(previous: &[u8], seq: i64, at: &str, kind: &str, subject: i64, details_digest: &[u8]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(previous);
    hasher.update(seq.to_be_bytes());
    for text in [at, kind] {
        hasher.update((text.len() as u64).to_be_bytes());
        hasher.update(text.as_bytes());
    }
    hasher.update(subject.to_be_bytes());
    hasher.update(details_digest);
    hasher.finalize().into()
}

/// Digest of the details of an event: SHA-256 over salt and text.
#[must_use]
pub fn details_digest(salt: &[u8], details: &str) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(salt);
    hasher.update(details.as_bytes());
    hasher.finalize().into()
}

/// One entry of the release log, which never leaves with a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseEvent {
    /// Sequence number.
    pub seq: EventId,
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// `exported`, `verified`, `viewed`.
    pub kind: String,
    /// Details as JSON text.
    pub details: String,
    /// Hash of the entry before.
    pub previous: String,
    /// This entry's hash.
    pub hash: String,
}
