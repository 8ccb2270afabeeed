//! Saves a picture of every screen and dialog of the window, with a case: `ulika-pictures CASE FOLDER [LOOK…]`. A look is
//! `ru-light`, `ru-dark`, `en-light` or `en-dark`; all four where none is named.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use ulika_e2e::{Place, Result, Window, tour};

const LOOKS: [&str; 4] = ["ru-light", "ru-dark", "en-light", "en-dark"];

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [case, folder, looks @ ..] = arguments.as_slice() else {
        tell("usage: ulika-pictures CASE FOLDER [LOOK...]");
        return ExitCode::from(2);
    };
    let named: Vec<&str> = looks.iter().map(String::as_str).collect();
    let looks = if named.is_empty() { LOOKS.to_vec() } else { named };
    for look in looks {
        if let Err(failure) = pictures(Path::new(case), Path::new(folder), look).await {
            tell(&format!("{look}: {failure}"));
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

async fn pictures(case: &Path, folder: &Path, look: &str) -> Result<()> {
    let (language, colours) = look.split_once('-').ok_or("a look is a language and colours: ru-light")?;
    let folder: PathBuf = folder.join(look);
    fs::create_dir_all(&folder)?;
    let place = Place::new()?;
    // In the order of the walk, so that one who looks through them walks too.
    let mut number = 0;
    tour(&place, case, (language, colours), async |window: &Window, name: &str| {
        number += 1;
        Ok(fs::write(folder.join(format!("{number:02}-{name}.png")), window.screenshot().await?)?)
    })
    .await
}

#[allow(clippy::print_stderr)]
fn tell(text: &str) {
    eprintln!("{text}");
}
