//! Work off the main thread, so that the window never stands still.

use crate::desks;
use crate::failure::{Answer, Failure};
use crate::state::Desk;
use serde::Serialize;
use tauri::WebviewWindow;
use tauri::ipc::Channel;
use ulika::progress::{Progress, Throttled};
use ulika::{Case, Code, Error, Result};

/// Progress of long work, at most ten a second.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Report {
    /// `read`, `store`, `derive`, `write`, `verify`.
    pub phase: String,
    /// Units done.
    #[specta(type = f64)]
    pub done: u64,
    /// Units in all, where known.
    #[specta(type = Option<f64>)]
    pub total: Option<u64>,
}

/// Work that changes the open case.
///
/// # Errors
/// Whatever the work returns, in words.
pub async fn with_case<T: Send + 'static>(
    app: WebviewWindow,
    work: impl FnOnce(&mut Case) -> Result<T> + Send + 'static,
) -> Answer<T> {
    on_desk(app, move |desk| desk.with_case(work)).await
}

/// A look into the open case, answered while other work goes on.
///
/// # Errors
/// Whatever the work returns, in words.
pub async fn read<T: Send + 'static>(
    app: WebviewWindow,
    work: impl Fn(&Case) -> Result<T> + Send + 'static,
) -> Answer<T> {
    on_desk(app, move |desk| desk.read(work)).await
}

/// Work with the desk.
///
/// # Errors
/// Whatever the work returns, in words.
pub async fn on_desk<T: Send + 'static>(
    app: WebviewWindow,
    work: impl FnOnce(&Desk) -> Result<T> + Send + 'static,
) -> Answer<T> {
    let desk = desks::of(&app);
    blocking(move || work(&desk)).await
}

/// Long work: tells its progress and can be cancelled, by the number of the channel that it tells it through.
///
/// # Errors
/// Whatever the work returns, in words; [`Code::Cancelled`].
pub async fn long<T: Send + 'static>(
    app: WebviewWindow,
    progress: Channel<Report>,
    work: impl FnOnce(&Desk, &dyn Progress) -> Result<T> + Send + 'static,
) -> Answer<T> {
    on_desk(app, move |desk| {
        let (number, cancelled) = (progress.id(), desk.job(progress.id()));
        let _working = desk.working();
        // A page that went away cannot be told; the work goes on all the same.
        let tell = |phase: &'static str, done, total| {
            progress.send(Report { phase: phase.to_owned(), done, total }).unwrap_or_default();
        };
        let answer = work(desk, &Throttled::new(&cancelled, &tell));
        desk.ended(number);
        answer
    })
    .await
}

/// Runs blocking work on a thread of its own.
///
/// # Errors
/// Whatever the work returns, in words; [`Code::Internal`] where it panicked.
pub async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Answer<T> {
    match tauri::async_runtime::spawn_blocking(work).await {
        Ok(answer) => answer.map_err(Failure::from),
        Err(cause) => Err(Error::new(Code::Internal).because(cause.to_string()).into()),
    }
}
