//! Cases: recent, new, open, sample, close; what the case holds; undo and redo.

use crate::failure::Answer;
use crate::jobs::{self, Report};
use crate::pending::PendingFile;
use crate::recent::{self, RecentCase};
use crate::state::Desk;
use crate::{dialogs, sample, window};
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager, State};
use ulika::actions::{self, Edited, Overview, PasswordChange};
use ulika::clock::Clock;
use ulika::model::Secret;
use ulika::{Code, Error, Result};

/// The recent cases, latest first.
#[tauri::command]
#[specta::specta]
pub async fn recent_cases(app: AppHandle) -> Answer<Vec<RecentCase>> {
    jobs::blocking(move || Ok(recent::list(&app))).await
}

/// Empties the list of recent cases; the case files stay.
#[tauri::command]
#[specta::specta]
pub async fn clear_recent_cases(app: AppHandle) -> Answer<()> {
    jobs::blocking(move || recent::clear(&app).map_err(|cause| Error::new(Code::WriteFailed).because(cause))).await
}

/// The case that the program was started with, once.
#[tauri::command]
#[specta::specta]
pub fn given_case(desk: State<'_, Desk>) -> Option<PendingFile> {
    desk.take_given()
}

/// Asks for a case file; `None` where the person changed their mind.
#[tauri::command]
#[specta::specta]
pub async fn choose_case(app: AppHandle) -> Answer<Option<PendingFile>> {
    jobs::blocking(move || Ok(dialogs::case(&app)?.map(|path| app.state::<Desk>().pending().take(&path)))).await
}

/// Asks where the new case goes, makes and opens it; `None` where the person changed their mind.
#[tauri::command]
#[specta::specta]
pub async fn create_case(app: AppHandle, title: String, line: String, name: String) -> Answer<Option<Overview>> {
    jobs::blocking(move || {
        let Some(path) = dialogs::new_case(&app, &name)? else { return Ok(None) };
        let lines = sample::line(&line);
        let new = actions::NewCase { title, lines, password: None };
        app.state::<Desk>().put(actions::new_case(&path, &new, Clock::System)?, None)?;
        opened(&app, &path).map(Some)
    })
    .await
}

/// Opens a case that was chosen.
#[tauri::command]
#[specta::specta]
pub async fn open_case(app: AppHandle, token: u32, password: Option<String>) -> Answer<Overview> {
    jobs::blocking(move || {
        let desk = app.state::<Desk>();
        let path = desk.pending().path(token)?;
        desk.open(&path, password.map(secret).transpose()?.as_deref(), Clock::System)?;
        opened(&app, &path)
    })
    .await
}

/// Opens the sample case; makes it first where it is not there yet.
#[tauri::command]
#[specta::specta]
pub async fn open_sample(app: AppHandle, progress: Channel<Report>) -> Answer<Overview> {
    let at = app.clone();
    jobs::long(app, progress, move |desk, progress| {
        let path = sample::open(&at, desk, progress)?;
        opened(&at, &path)
    })
    .await
}

/// Closes the case.
#[tauri::command]
#[specta::specta]
pub async fn close_case(app: AppHandle) -> Answer<()> {
    window::entitle(&app, None);
    jobs::on_desk(app, |desk| {
        desk.close();
        Ok(())
    })
    .await
}

/// A password as the page sent it; the text is wiped when it is dropped.
fn secret(text: String) -> Result<Secret> {
    Secret::from_bytes(text.into_bytes()).ok_or_else(|| Error::new(Code::PasswordOrNotACase))
}

/// Sets (`to` alone), changes (both) or removes (`from` alone) the password of the open case.
#[tauri::command]
#[specta::specta]
pub async fn change_password(app: AppHandle, from: Option<String>, to: Option<String>) -> Answer<()> {
    jobs::on_desk(app, move |desk| {
        let change = match (from.map(secret).transpose()?, to.map(secret).transpose()?) {
            (None, Some(to)) => PasswordChange::Set(to),
            (Some(from), Some(to)) => PasswordChange::Change { from, to },
            (Some(from), None) => PasswordChange::Remove(from),
            (None, None) => return Ok(()),
        };
        desk.change_password(&change)
    })
    .await
}

/// What the open case holds; `None` where none is open.
#[tauri::command]
#[specta::specta]
pub async fn overview(app: AppHandle) -> Answer<Option<Overview>> {
    jobs::on_desk(app, |desk| if desk.is_open() { desk.overview().map(Some) } else { Ok(None) }).await
}

/// Takes back the last action.
#[tauri::command]
#[specta::specta]
pub async fn undo(app: AppHandle) -> Answer<Edited> {
    jobs::with_case(app, actions::undo).await
}

/// Repeats the last action taken back.
#[tauri::command]
#[specta::specta]
pub async fn redo(app: AppHandle) -> Answer<Edited> {
    jobs::with_case(app, actions::redo).await
}

fn opened(app: &AppHandle, path: &std::path::Path) -> Result<Overview> {
    let overview = app.state::<Desk>().overview()?;
    recent::note(app, path, &overview.title);
    window::entitle(app, Some(&overview.title));
    Ok(overview)
}
