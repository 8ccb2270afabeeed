//! Writes the seeds: `ulika-fuzz-seeds FOLDER` makes a folder for each target.

use std::path::Path;
use std::process::ExitCode;
use ulika_samples::Result;

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1) else {
        eprintln!("ulika-fuzz-seeds FOLDER");
        return ExitCode::from(2);
    };
    match write(Path::new(&folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn write(folder: &Path) -> Result<()> {
    for seed in ulika_fuzz::seeds(&Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))? {
        let folder = folder.join(seed.target);
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join(seed.name), seed.bytes)?;
    }
    Ok(())
}
