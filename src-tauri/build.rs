//! Prepares the shell: declares its commands, so that each needs a permission, and makes sure the face's folder
//! exists, so that checking the Rust code does not need Node.

use std::path::Path;

const COMMANDS: &[&str] = &include!("src/commands.in");

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-changed=src/commands.in");
    println!("cargo:rerun-if-changed=../ui/dist");
    let face = Path::new("../ui/dist");
    std::fs::create_dir_all(face)?;
    if std::env::var_os("CARGO_FEATURE_CUSTOM_PROTOCOL").is_some() && !face.join("index.html").exists() {
        return Err("the face is not built: run `npm ci --ignore-scripts && npm run build` in ui/ first".into());
    }
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))?;
    Ok(())
}
