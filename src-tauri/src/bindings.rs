//! The list of commands and events, from which the page's TypeScript is generated.

use crate::commands::{
    bundle, calls, cases, excerpt, exhibit_bytes, exhibits, files, groups, hand, import, log, mapping, program,
    registers, witness,
};
use crate::menu::MenuChosen;
use crate::window::{CaseGiven, ClosingAsked, FilesDropped, FilesOver};
use tauri_specta::{Builder, ErrorHandlingMode, collect_commands, collect_events};

/// Every typed command and event of the shell. Those of [`exhibit_bytes::RAW`] are not among them: they answer raw bytes.
#[must_use]
pub fn builder() -> Builder<tauri::Wry> {
    Builder::new()
        .error_handling(ErrorHandlingMode::Throw)
        .disable_serde_phases()
        .commands(collect_commands![
            cases::recent_cases,
            cases::clear_recent_cases,
            cases::given_case,
            cases::choose_case,
            cases::create_case,
            cases::open_case,
            cases::open_window,
            cases::close_window,
            cases::open_sample,
            cases::close_case,
            cases::change_password,
            cases::edit_case,
            cases::overview,
            cases::undo,
            cases::redo,
            files::choose_files,
            import::recipes,
            import::preview_import,
            import::import,
            import::source_sums,
            registers::preview_registers,
            registers::load_registers,
            files::choose_folder,
            exhibits::preview_attach,
            mapping::look_at_table,
            mapping::try_mapping,
            mapping::own_recipes,
            mapping::save_recipe,
            mapping::forget_recipe,
            mapping::rename_recipe,
            mapping::give_out_recipe,
            mapping::take_in_recipe,
            excerpt::excerpt,
            excerpt::save_excerpt,
            exhibits::attach,
            exhibits::exhibits,
            exhibits::exhibit_text,
            exhibits::link_exhibits,
            exhibits::unlink_exhibit,
            exhibits::refuse_proposal,
            exhibits::put_back_proposals,
            exhibits::state_capture,
            exhibits::observe_label,
            exhibits::remove_label,
            exhibits::labels_of_call,
            exhibits::save_copy,
            exhibit_bytes::waveform,
            hand::note_call,
            hand::hand_entries,
            import::preview_withdrawal,
            import::withdraw_source,
            calls::find_calls,
            calls::calls_page,
            calls::call_detail,
            calls::calls_by_id,
            calls::search_calls,
            calls::marked_calls,
            calls::charts,
            witness::witness_sources,
            witness::call_verdicts,
            witness::silence_counts,
            witness::call_silence,
            witness::preview_source_zone,
            witness::set_source_zone,
            groups::groups,
            groups::group_chance,
            groups::merge_groups,
            groups::gather_calls,
            groups::take_out,
            groups::take_out_number,
            groups::put_back,
            groups::part_groups,
            groups::split_numbers,
            groups::mark_known,
            groups::attribute_group,
            groups::mark_group,
            groups::group_numbers,
            groups::name_group,
            bundle::preview_export,
            bundle::readiness,
            bundle::leaving_texts,
            bundle::export,
            bundle::export_plain,
            bundle::show_saved,
            bundle::verify_bundle,
            bundle::verify_case,
            log::log,
            program::cancel,
            program::tell_menu,
            program::settings,
            program::change_settings,
        ])
        .events(collect_events![FilesDropped, FilesOver, CaseGiven, ClosingAsked, MenuChosen])
        .typ::<crate::failure::Failure>()
        .typ::<ulika::model::CustodyKind>()
        .constant("THUMBNAIL", "thumbnail")
        .constant("PEEK", "peek")
        .constant("PICTURE", "picture")
        .constant("SOUND", "sound")
}
