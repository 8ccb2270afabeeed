//! The shell: windows, dialogs, drops, and one short function per command. It decides nothing about a case.
//!
//! The page never supplies a path. Dialogs and drops are handled here; their paths wait in [`state::Desk`] and the
//! page gets tokens and names. Long work runs off the main thread, tells its progress through a channel and can be
//! cancelled.

pub mod bindings;
pub mod commands;
pub mod desks;
pub mod dialogs;
#[cfg(feature = "e2e")]
mod e2e;
pub mod failure;
pub mod intake;
pub mod jobs;
pub mod menu;
pub mod pending;
mod readers;
pub mod recent;
pub mod sample;
pub mod settings;
pub mod state;
pub mod window;

use std::process::ExitCode;
use tauri::Manager;

/// Opens the window and runs until it is closed.
#[must_use]
pub fn run() -> ExitCode {
    let bindings = bindings::builder();
    let typed = bindings.invoke_handler();
    let raw = commands::exhibit_bytes::raw_handler();
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, arguments, folder| window::second(app, &arguments, &folder)))
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .manage(desks::Desks::default())
        .invoke_handler(
            move |invoke| if commands::exhibit_bytes::is_raw(&invoke) { raw(invoke) } else { typed(invoke) },
        )
        .on_window_event(window::on_event)
        .on_menu_event(|app, event| menu::chosen(app, event.id().as_ref()))
        .setup(move |app| {
            bindings.mount_events(app);
            settings::apply(app.handle());
            let desk = app.state::<desks::Desks>().of("main");
            desk.given(std::env::args_os().skip(1), &std::env::current_dir().unwrap_or_default());
            #[cfg(feature = "e2e")]
            e2e::drops(app.handle().clone());
            Ok(())
        })
        .run(tauri::generate_context!());
    if app.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
