//! Saves a picture of each screen of the window on a case: `ulika-pictures CASE FOLDER`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use ulika_e2e::{Place, Result, Window};

const SCREENS: [&str; 6] = ["overview", "calls", "groups", "exhibits", "bundle", "log"];

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [case, folder] = arguments.as_slice() else {
        tell("usage: ulika-pictures CASE FOLDER");
        return ExitCode::from(2);
    };
    match pictures(case, folder).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            tell(&failure.to_string());
            ExitCode::FAILURE
        }
    }
}

async fn pictures(case: &Path, folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    let place = Place::new()?;
    // The window works on a copy: looking must not leave a mark in the case that was given.
    let copy = place.path("sample.ulika");
    fs::copy(case, &copy)?;
    let start = Window::open(&place, None).await?;
    for (language, colours) in [("ru", "light"), ("en", "dark")] {
        start.appearance(language, colours).await?;
        fs::write(folder.join(format!("start-{language}-{colours}.png")), start.picture().await?)?;
    }
    start.close().await?;
    let window = Window::open(&place, Some(&copy)).await?;
    for (language, colours) in [("ru", "light"), ("ru", "dark"), ("en", "light"), ("en", "dark")] {
        window.choose("#language", language).await?;
        window.choose("#colours", colours).await?;
        for screen in SCREENS {
            window.click(&format!("#go-{screen}")).await?;
            if screen == "calls" {
                window.click("[data-call]").await?;
                window.see("#records dl").await?;
            }
            let file = folder.join(format!("{screen}-{language}-{colours}.png"));
            fs::write(&file, window.picture().await?)?;
        }
    }
    window.close().await
}

#[allow(clippy::print_stderr)]
fn tell(text: &str) {
    eprintln!("{text}");
}
