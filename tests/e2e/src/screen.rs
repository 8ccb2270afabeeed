//! The screen that the window stands on: a keyboard with a layout and the size of the window, which the driver does not
//! reach. Needs `xdotool`, `setxkbmap` and `xprop`.

use crate::Result;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The class that the toolkit gives the windows of the program.
const CLASS: &str = "ulika-desktop";
const PATIENCE: Duration = Duration::from_secs(20);

/// The screen, with the layout that it was given; the usual one is put back in the end.
pub struct Screen {
    window: String,
}

impl Screen {
    /// Finds the window of the program on the screen and gives it the keyboard, in this layout.
    ///
    /// # Errors
    /// When there is no window, or no tool to reach it.
    pub fn find(layout: &str) -> Result<Screen> {
        lay_out(layout)?;
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            // The tool fails where nothing is found yet.
            let found = run("xdotool", &["search", "--onlyvisible", "--class", CLASS]).unwrap_or_default();
            if let Some(window) = found.lines().last().map(str::to_owned) {
                run("xdotool", &["windowfocus", "--sync", &window])?;
                return Ok(Screen { window });
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Err("no window of the program is on the screen".into())
    }

    /// Presses keys of the keyboard by their place: `ctrl+45` is Control with the key that says K in Latin letters.
    ///
    /// # Errors
    /// When the tool fails.
    pub fn press(&self, keys: &[&str]) -> Result<()> {
        run("xdotool", &[&["key", "--clearmodifiers"], keys].concat()).map(|_| ())
    }

    /// Gives the window a size.
    ///
    /// # Errors
    /// When the tool fails.
    pub fn resize(&self, width: u32, height: u32) -> Result<()> {
        let (width, height) = (width.to_string(), height.to_string());
        run("xdotool", &["windowsize", &self.window, &width, &height]).map(|_| ())
    }

    /// What the window tells the system of its size and other traits.
    ///
    /// # Errors
    /// When the tool fails.
    pub fn traits(&self) -> Result<String> {
        run("xprop", &["-id", &self.window])
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        lay_out("us").unwrap_or_default();
    }
}

/// Keys by the numbers that Linux gives them, whatever the screen was made with.
fn lay_out(layout: &str) -> Result<()> {
    run("setxkbmap", &["-rules", "evdev", "-model", "pc105", "-layout", layout]).map(|_| ())
}

fn run(program: &str, arguments: &[&str]) -> Result<String> {
    let ran = Command::new(program).args(arguments).stdin(Stdio::null()).output();
    let ran = ran.map_err(|cause| format!("{program}: {cause}; tools/setup.sh test installs it"))?;
    if !ran.status.success() {
        return Err(format!("{program} {arguments:?}: {}", String::from_utf8_lossy(&ran.stderr)).into());
    }
    Ok(String::from_utf8_lossy(&ran.stdout).into_owned())
}
