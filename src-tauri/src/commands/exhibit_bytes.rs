//! Bytes of exhibits for the page, which shows them as `blob:` addresses. Raw, and so outside the typed bindings; and
//! the waveform, which belongs to the sound.

use crate::failure::Answer;
use crate::jobs;
use crate::state::Desk;
use tauri::ipc::{Invoke, Response};
use tauri::{WebviewWindow, Wry};
use ulika::actions::{self, Picture, WaveformView};
use ulika::model::ExhibitId;
use ulika::progress::Silent;

/// The commands of this file that answer raw bytes.
pub const RAW: [&str; 4] = ["thumbnail", "peek", "picture", "sound"];

/// A thumbnail as PNG bytes; none for what is no picture.
#[tauri::command]
pub async fn thumbnail(app: WebviewWindow, id: ExhibitId) -> Answer<Response> {
    let picture =
        jobs::on_desk(app, move |desk: &Desk| desk.write_or_read(|case| actions::thumbnail(case, id))).await?;
    Ok(Response::new(picture.unwrap_or_default()))
}

/// A thumbnail of a file that is not in the case yet.
#[tauri::command]
pub async fn peek(app: WebviewWindow, token: u32) -> Answer<Response> {
    let picture = jobs::on_desk(app, move |desk| {
        let path = desk.pending().path(token)?;
        actions::thumbnail_of_file(&path)
    })
    .await?;
    Ok(Response::new(picture.unwrap_or_default()))
}

/// A picture to look at: width and height of the original and whether this is a working copy, as little-endian numbers
/// of 32 bits, then its bytes. Nothing for what cannot be drawn.
#[tauri::command]
pub async fn picture(app: WebviewWindow, id: ExhibitId) -> Answer<Response> {
    let picture = jobs::read(app, move |case| actions::picture(case, id)).await?;
    Ok(Response::new(picture.map(framed).unwrap_or_default()))
}

fn framed(picture: Picture) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(12 + picture.bytes.len());
    for number in [picture.width, picture.height, u32::from(picture.working_copy)] {
        bytes.extend(number.to_le_bytes());
    }
    bytes.extend(picture.bytes);
    bytes
}

/// Samples of a stretch of a recording, as [`actions::sound_of`] lays them out. Nothing for what cannot be decoded.
#[tauri::command]
pub async fn sound(app: WebviewWindow, id: ExhibitId, from_ms: u32, length_ms: u32, percent: u32) -> Answer<Response> {
    let samples = jobs::read(app, move |case| actions::sound_of(case, id, from_ms, length_ms, percent)).await?;
    Ok(Response::new(samples.unwrap_or_default()))
}

/// What a recording looks like; `None` where it cannot be decoded. Drawn by a reader, since that takes a while.
#[tauri::command]
#[specta::specta]
pub async fn waveform(app: WebviewWindow, id: ExhibitId) -> Answer<Option<WaveformView>> {
    jobs::on_desk(app, move |desk| {
        let drawn = desk.read(|case| actions::waveform(case, id, &Silent))?;
        // One that cannot be kept now is drawn again next time.
        desk.write_or_read(|case| actions::keep_waveform(case, id, drawn.as_ref())).unwrap_or_default();
        Ok(drawn)
    })
    .await
}

/// Whether a call goes to [`raw_handler`].
#[must_use]
pub fn is_raw(invoke: &Invoke) -> bool {
    RAW.contains(&invoke.message.command())
}

/// Handles the commands that answer raw bytes.
pub fn raw_handler() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    tauri::generate_handler![thumbnail, peek, picture, sound]
}
