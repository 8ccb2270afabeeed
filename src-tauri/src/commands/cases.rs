//! Cases: recent, new, open, sample, close; what the case holds; undo and redo.

use crate::failure::Answer;
use crate::jobs::{self, Report};
use crate::pending::PendingFile;
use crate::recent::{self, RecentCase};
use crate::state::Desk;
use crate::{desks, dialogs, sample, window};
use tauri::ipc::Channel;
use tauri::{Manager, WebviewWindow};
use ulika::actions::{self, Edited, Overview, PasswordChange};
use ulika::clock::Clock;
use ulika::model::Secret;
use ulika::{Code, Error, Result};

/// The recent cases, latest first.
#[tauri::command]
#[specta::specta]
pub async fn recent_cases(app: WebviewWindow) -> Answer<Vec<RecentCase>> {
    jobs::blocking(move || Ok(recent::list(&app))).await
}

/// Empties the list of recent cases; the case files stay.
#[tauri::command]
#[specta::specta]
pub async fn clear_recent_cases(app: WebviewWindow) -> Answer<()> {
    jobs::blocking(move || {
        recent::clear(app.app_handle()).map_err(|cause| Error::new(Code::WriteFailed).because(cause))
    })
    .await
}

/// The case that the program was started with, once.
#[tauri::command]
#[specta::specta]
pub fn given_case(app: WebviewWindow) -> Option<PendingFile> {
    desks::of(&app).take_given()
}

/// Asks for a case file; `None` where the person changed their mind.
#[tauri::command]
#[specta::specta]
pub async fn choose_case(app: WebviewWindow) -> Answer<Option<PendingFile>> {
    jobs::blocking(move || Ok(dialogs::case(app.app_handle())?.map(|path| desks::of(&app).pending().take(&path)))).await
}

/// Asks where the new case goes, makes and opens it; `None` where the person changed their mind.
#[tauri::command]
#[specta::specta]
pub async fn create_case(app: WebviewWindow, title: String, line: String, name: String) -> Answer<Option<Overview>> {
    jobs::blocking(move || {
        let new = actions::NewCase { title, lines: sample::line(&line), password: None };
        new.read_lines()?;
        let Some(path) = dialogs::new_case(app.app_handle(), &name)? else { return Ok(None) };
        desks::of(&app).put(actions::new_case(&path, &new, Clock::System)?, None)?;
        opened(&app, &path).map(Some)
    })
    .await
}

/// Opens a case that was chosen; `None` where another window has it open, which then comes forward.
#[tauri::command]
#[specta::specta]
pub async fn open_case(app: WebviewWindow, token: u32, password: Option<String>) -> Answer<Option<Overview>> {
    jobs::blocking(move || {
        let desk = desks::of(&app);
        let path = desk.pending().path(token)?;
        if desks::bring_forward(&app, &path) {
            return Ok(None);
        }
        desk.open(&path, password.map(secret).transpose()?.as_deref(), Clock::System)?;
        opened(&app, &path).map(Some)
    })
    .await
}

/// Opens a window of its own, with a case where one was chosen; a case that is open already comes forward instead.
#[tauri::command]
#[specta::specta]
pub async fn open_window(app: WebviewWindow, token: Option<u32>) -> Answer<()> {
    jobs::blocking(move || {
        let path = token.map(|token| desks::of(&app).pending().path(token)).transpose()?;
        desks::window_for(app.app_handle(), path.as_deref())
    })
    .await
}

/// Closes the window; `anyway` although work may still be going on.
#[tauri::command]
#[specta::specta]
pub async fn close_window(app: WebviewWindow, anyway: bool) -> Answer<()> {
    let close = move || if anyway { app.destroy() } else { app.close() };
    jobs::blocking(move || close().map_err(|cause| Error::new(Code::Internal).because(cause))).await
}

/// Opens the sample case; makes it first where it is not there yet.
#[tauri::command]
#[specta::specta]
pub async fn open_sample(app: WebviewWindow, progress: Channel<Report>) -> Answer<Option<Overview>> {
    let at = app.clone();
    jobs::long(app, progress, move |desk, progress| {
        let path = sample::place(at.app_handle())?;
        if desks::bring_forward(&at, &path) {
            return Ok(None);
        }
        sample::open(at.app_handle(), &path, desk, progress)?;
        opened(&at, &path).map(Some)
    })
    .await
}

/// Closes the case.
#[tauri::command]
#[specta::specta]
pub async fn close_case(app: WebviewWindow) -> Answer<()> {
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
pub async fn change_password(app: WebviewWindow, from: Option<String>, to: Option<String>) -> Answer<()> {
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

/// Sets the title and the person's own lines.
#[tauri::command]
#[specta::specta]
pub async fn edit_case(app: WebviewWindow, title: String, lines: Vec<String>) -> Answer<Edited> {
    let lines: Vec<_> = lines.iter().flat_map(|number| sample::line(number)).collect();
    let edited = jobs::with_case(app.clone(), move |case| actions::edit_case(case, &title, &lines)).await?;
    let overview = jobs::on_desk(app.clone(), Desk::overview).await?;
    window::entitle(&app, Some(&overview.title));
    Ok(edited)
}

/// What the open case holds; `None` where none is open.
#[tauri::command]
#[specta::specta]
pub async fn overview(app: WebviewWindow) -> Answer<Option<Overview>> {
    jobs::on_desk(app, |desk| if desk.is_open() { desk.overview().map(Some) } else { Ok(None) }).await
}

/// Takes back the last action.
#[tauri::command]
#[specta::specta]
pub async fn undo(app: WebviewWindow) -> Answer<Edited> {
    jobs::with_case(app, actions::undo).await
}

/// Repeats the last action taken back.
#[tauri::command]
#[specta::specta]
pub async fn redo(app: WebviewWindow) -> Answer<Edited> {
    jobs::with_case(app, actions::redo).await
}

fn opened(app: &WebviewWindow, path: &std::path::Path) -> Result<Overview> {
    let overview = desks::of(app).overview()?;
    recent::note(app.app_handle(), path, &overview.title);
    window::entitle(app, Some(&overview.title));
    Ok(overview)
}
