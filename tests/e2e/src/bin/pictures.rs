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
            if screen == "exhibits" {
                window.until(DRAWN, vec![], "every thumbnail").await?;
            }
            let file = folder.join(format!("{screen}-{language}-{colours}.png"));
            fs::write(&file, window.picture().await?)?;
        }
        exhibits(&window, folder, &format!("{language}-{colours}")).await?;
    }
    window.close().await
}

/// What is drawn of exhibits: all pictures that are wanted are there.
const DRAWN: &str = "const frames = [...document.querySelectorAll('[data-drawn]')];
    return frames.length > 0 && frames.every((frame) => frame.dataset.drawn === 'true')";

/// The tray, and the viewer with a screenshot and with a recording, if the case has them.
async fn exhibits(window: &Window, folder: &Path, name: &str) -> Result<()> {
    let save = async |station: &str| -> Result<()> {
        Ok(fs::write(folder.join(format!("{station}-{name}.png")), window.picture().await?)?)
    };
    window.click("#go-exhibits").await?;
    let unlinked = "return document.querySelectorAll('.actions input[type=radio]').length > 0";
    if window.ask(unlinked).await? != true {
        return Ok(());
    }
    let choose =
        |value: &str| format!("document.querySelector('input[value={value}]').closest('label').click(); return true");
    window.ask(&choose("tray")).await?;
    window.until(DRAWN, vec![], "every thumbnail of the tray").await?;
    save("tray").await?;
    window.ask(&choose("all")).await?;
    for (station, kind, seen) in [("viewer", "screenshot", "#picture"), ("player", "recording", ".player")] {
        let open = "const kind = { screenshot: 'png', recording: 'm4a' }[arguments[0]];
            const card = [...document.querySelectorAll('#exhibits li')].find((li) => li.textContent.includes(`.${kind}`));
            // Only what is in sight is drawn: the list is walked down.
            let pane = document.querySelector('#exhibits');
            while (pane && pane.scrollHeight <= pane.clientHeight + 1) pane = pane.parentElement;
            if (!card && pane) pane.scrollTop += 200;
            card?.dispatchEvent(new MouseEvent('dblclick', { bubbles: true }));
            return card !== undefined";
        window.until(open, vec![kind.into()], station).await?;
        window.see(seen).await?;
        window.until("return document.querySelector('#picture')?.complete !== false", vec![], "the picture").await?;
        save(station).await?;
        window.click("#leave-exhibit").await?;
        window.see("#exhibits").await?;
    }
    Ok(())
}

#[allow(clippy::print_stderr)]
fn tell(text: &str) {
    eprintln!("{text}");
}
