//! Verbs: one file for each thing a person can do. The only place where the store meets the pure modules.
//!
//! Answers are serialisable and serve the command line and the window alike; their JSON is `docs/cli.md`.

mod attach;
mod attach_preview;
mod attribute;
mod calls;
mod capture;
mod case_facts;
mod chance;
mod charts;
mod clocks;
mod collector;
mod copies;
mod coverage;
mod dates;
mod disclosure;
mod dossier;
mod drawing;
mod excerpt;
mod exhibits;
mod export;
mod extract;
mod files;
mod find;
mod group_numbers;
mod groups;
mod hand;
mod holders;
mod import;
mod labels;
mod leaving_file;
mod links;
mod listen;
mod log;
mod log_facts;
mod mapping;
mod matches;
mod matrix;
mod new_case;
mod overview;
mod password;
mod pictures;
mod plain;
mod readiness;
mod reading_text;
mod recipes;
mod refusals;
mod register_shelf;
mod registers;
mod regroup;
mod renditions;
mod silence;
mod silences;
mod source_zone;
mod sources;
mod texts;
mod told;
mod undo;
mod verdicts;
mod verify;
mod verify_facts;
mod verify_names;
mod verify_reading;
mod verify_word;
mod withdraw;
mod witness;
mod zone_preview;

pub use attach::{AttachAnswer, AttachOptions, AttachedExhibit, attach};
pub use attach_preview::{AttachPreview, preview_attach};
pub use attribute::{attribute_group, mark_group};
pub use calls::{CallDetail, CallView, RecordAsFound, RecordPlace, call_detail};
pub use capture::state_capture;
pub use case_facts::{case_facts, edit_case};
pub use chance::{ChanceBasis, GroupChance, chance_of_group, tell_chance};
pub use charts::{ChartsAsked, charts};
pub use clocks::{ClockStretch, PairView, ZoneOffer};
pub use copies::{SavedCopy, save_copy};
pub use coverage::{CoverageGap, CoverageView, CoveredDay};
pub use excerpt::{excerpt_of, save_excerpt};
pub use exhibits::{ExhibitView, LabelSeen, exhibits, tray};
pub use export::{ExportAnswer, ExportOptions, ExportPreview, SourcePreview, export, preview_export};
pub use find::{CallColumns, CallFilter, CallKey, CallList, CallOrder, CallPage, calls};
pub use group_numbers::{NumberOfGroup, numbers_of_group};
pub use groups::{GroupView, GroupsAnswer, Merged, TakenOut, groups, merge_groups, name_group, split_group};
pub use hand::{CallNote, HandView, Noted, hand_entries, note_call};
pub use import::{
    ImportAnswer, ImportFile, ImportOptions, SourceAnswer, import, import_files, preview_files, preview_import,
};
pub use labels::{LabelObservation, labels_of_call, observe_label, remove_label};
pub use links::{ExhibitLink, link_exhibits, unlink_exhibit};
pub use listen::{WaveformView, keep_waveform, sound_of, waveform};
pub use log::{LogAnswer, LogEntry, log};
pub use log_facts::{LogCall, LogFacts, LogFile, LogMessage, LogRegister};
pub use mapping::{FirstCall, Trial, look_at, try_mapping};
pub use matches::{Match, MatchedRecord};
pub use new_case::{LineGiven, NewCase, new_case};
pub use overview::{LineHint, Overview, SourceView, overview};
pub use password::{PasswordChange, change_password};
pub use pictures::{Picture, picture, thumbnail, thumbnail_of_file};
pub use plain::{PlainAnswer, PlainFile, export_plain};
pub use readiness::{Readiness, readiness};
pub use reading_text::text_of;
pub use recipes::{BrokenRecipe, RecipeShelf, recipe_of_file};
pub use refusals::{put_back_proposals, refuse_proposal};
pub use registers::{
    RegisterAnswer, RegisterInForce, RegisterOptions, RegisterPlace, RegisterState, Registers, RegistersAnswer,
    is_register_file, load_case_registers, load_user_registers, preview_registers, registers,
};
pub use regroup::{gather_calls, mark_known, part_groups, put_back, split_numbers, take_out};
pub use silences::{SilenceCount, SilentFilter, call_silence, silence_counts};
pub use source_zone::set_source_zone;
pub use sources::source_sums;
pub use texts::{LeavingText, LeavingTexts, leaving_texts};
pub use told::Capture;
pub use undo::{redo, undo};
pub use verdicts::{VerdictCount, call_verdicts};
pub use verify::{VerifyAnswer, note_verified, note_viewed, verify_bundle, verify_case, verify_case_file};
pub use withdraw::{WithdrawalPreview, preview_withdrawal, withdraw_source};
pub use witness::{WitnessCall, WitnessMatrix, WitnessSources, witness_sources};
pub use zone_preview::{ReadAnew, ZonePreview, preview_source_zone};

use crate::error::{Code, Error};
use crate::model::GroupId;
use serde::Serialize;

/// What every edit answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Edited {
    /// Sequence number of the custody event.
    #[cfg_attr(feature = "bindings", specta(type = i32))]
    pub event: i64,
    /// Kinds of thing that changed: `sources`, `calls`, `groups`, `exhibits`, `labels`, `registers`, `case`.
    pub changed: Vec<String>,
    /// The group that an edit of groups leads to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<GroupId>,
}

impl From<crate::case::Outcome> for Edited {
    fn from(outcome: crate::case::Outcome) -> Self {
        Self { event: outcome.event.0, changed: outcome.changed, group: None }
    }
}

/// A request that cannot be carried out as asked, with the reason in both languages.
fn unfit(reason: &str, reason_en: &str) -> Error {
    Error::new(Code::RequestUnfit).with("reason", reason).with("reason_en", reason_en)
}
