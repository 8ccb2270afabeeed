//! An empty window of the same size: what any program of this kind costs. The floor of the measurements of ours.

use std::process::ExitCode;
use tauri::{WebviewUrl, WebviewWindowBuilder};

fn main() -> ExitCode {
    let mut context = tauri::generate_context!();
    context.config_mut().app.windows.clear();
    let app = tauri::Builder::default()
        .setup(|app| {
            let blank = WebviewUrl::External("about:blank".parse()?);
            WebviewWindowBuilder::new(app, "main", blank).inner_size(1280.0, 800.0).build()?;
            Ok(())
        })
        .run(context);
    if app.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
