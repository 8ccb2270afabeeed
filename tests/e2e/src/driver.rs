//! WebKitWebDriver, started for one window and ended with it.

use crate::{Place, Result};
use fantoccini::error::NewSessionError;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const START: Duration = Duration::from_secs(60);
const END: Duration = Duration::from_secs(5);

pub(crate) struct Driver {
    child: Child,
    port: u16,
}

impl Driver {
    pub(crate) fn start(place: &Place) -> Result<Driver> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let child = Command::new("WebKitWebDriver")
            .arg(format!("--port={port}"))
            .env("TAURI_AUTOMATION", "true")
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            // With this set, as it may be outside, a picture of the window never comes.
            .env_remove("WEBKIT_DISABLE_DMABUF_RENDERER")
            .envs(place.environment())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()?;
        Ok(Driver { child, port })
    }

    /// Opens a session: starts a program, with a case where one is given.
    pub(crate) async fn session(&self, program: &Path, case: Option<&Path>) -> Result<Client> {
        let arguments: Vec<String> = case.iter().map(|path| path.display().to_string()).collect();
        let options = json!({ "binary": program, "args": arguments });
        let capabilities = serde_json::from_value(json!({ "webkitgtk:browserOptions": options }))?;
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities);
        let address = format!("http://127.0.0.1:{}", self.port);
        let begun = Instant::now();
        loop {
            // The driver needs a moment before it listens; a session that hangs is given up.
            let opened = tokio::time::timeout(START, builder.connect(&address)).await?;
            match opened {
                Ok(client) => return Ok(client),
                Err(refused @ NewSessionError::SessionNotCreated(_)) => return Err(refused.into()),
                Err(error) if begun.elapsed() > START => return Err(error.into()),
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // The window is a child of the driver and of its process group.
        let group = format!("-{}", self.child.id());
        let signal = |what: &str| {
            let sent = Command::new("kill").args([what, "--", &group]).stderr(Stdio::null()).status();
            sent.is_ok_and(|status| status.success())
        };
        signal("-TERM");
        self.child.wait().map(|_| ()).unwrap_or_default();
        // A start would come to a window that is still going away, and be taken for a second one.
        let begun = Instant::now();
        while signal("-0") && begun.elapsed() < END {
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

/// The program of the window, beside the test that is running, unless `ULIKA_DESKTOP` names it.
///
/// # Errors
/// When it is not built.
pub fn program() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("ULIKA_DESKTOP") {
        return Ok(named.into());
    }
    beside("ulika-desktop")
}

/// A program of the project, beside the one that is running or, for a test, in the folder above.
///
/// # Errors
/// When it is not built.
pub fn beside(name: &str) -> Result<PathBuf> {
    let here = std::env::current_exe()?;
    let found = here.ancestors().skip(1).take(2).map(|folder| folder.join(name)).find(|path| path.is_file());
    found.ok_or_else(|| format!("{name} is not built: see tests/e2e/README.md").into())
}
