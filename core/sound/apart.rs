//! The decoder on a thread of its own. The case's bytes stay with the caller's thread (a connection belongs to one), so
//! the decoder asks for them through a channel; when the caller hangs up, its next read fails and it ends.

use super::{Recording, Told};
use crate::error::{Code, Error, Result};
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Mutex;
use std::sync::mpsc::{self, Receiver, SyncSender};
use symphonia::core::io::{MediaSource, MediaSourceStream};

/// A question: so many bytes from here.
struct Ask {
    offset: u64,
    length: usize,
}

/// How much more than the whole file a decoder may read: it looks at the beginning and the end several times, and
/// one that goes round in circles must come to an end.
const ROUNDS: u64 = 8;
const AT_LEAST: u64 = 64 << 20;

/// Runs `work` on the bytes of the recording; `None` where it finds nothing or fails.
pub(super) fn apart<T: Send>(
    recording: &mut dyn Recording,
    told: Told<'_>,
    work: impl FnOnce(MediaSourceStream<'static>) -> Option<T> + Send,
) -> Result<Option<T>> {
    let unreadable = |e: io::Error| Error::new(Code::FileUnreadable).because(e);
    let size = recording.seek(SeekFrom::End(0)).map_err(unreadable)?;
    let (ask, asked) = mpsc::sync_channel::<Ask>(1);
    let (answer, answered) = mpsc::sync_channel::<Vec<u8>>(1);
    std::thread::scope(|scope| {
        let worker = scope.spawn(move || {
            let remote = Remote { ask, answered: Mutex::new(answered), size, position: 0 };
            work(MediaSourceStream::new(Box::new(remote), Default::default()))
        });
        let mut left = AT_LEAST + size.saturating_mul(ROUNDS);
        let served = serve(recording, &asked, &answer, &mut left, told);
        drop((asked, answer));
        // A decoder that fell over has found nothing.
        let found = worker.join().ok().flatten();
        served.map(|()| found)
    })
}

fn serve(
    recording: &mut dyn Recording,
    asked: &Receiver<Ask>,
    answer: &SyncSender<Vec<u8>>,
    left: &mut u64,
    told: Told<'_>,
) -> Result<()> {
    let mut read = 0;
    while let Ok(Ask { offset, length }) = asked.recv() {
        if *left < length as u64 {
            return Ok(());
        }
        let mut bytes = Vec::with_capacity(length);
        let filled = recording.seek(SeekFrom::Start(offset)).and_then(|_| {
            let mut part = Read::take(&mut *recording, length as u64);
            part.read_to_end(&mut bytes)
        });
        // A missing chunk is what verification finds; here it is the end of the sound.
        if filled.is_err() || answer.send(bytes).is_err() {
            return Ok(());
        }
        *left -= length as u64;
        read += length as u64;
        told(read)?;
    }
    Ok(())
}

struct Remote {
    ask: SyncSender<Ask>,
    answered: Mutex<Receiver<Vec<u8>>>,
    size: u64,
    position: u64,
}

impl Read for Remote {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let rest = self.size.saturating_sub(self.position);
        let length = usize::try_from(rest).unwrap_or(usize::MAX).min(buffer.len());
        if length == 0 {
            return Ok(0);
        }
        let gone = || io::Error::from(io::ErrorKind::BrokenPipe);
        self.ask.send(Ask { offset: self.position, length }).map_err(|_| gone())?;
        let bytes = self.answered.get_mut().map_err(|_| gone())?.recv().map_err(|_| gone())?;
        let count = bytes.len().min(length);
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        buffer[..count].copy_from_slice(&bytes[..count]);
        self.position += count as u64;
        Ok(count)
    }
}

impl Seek for Remote {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = match to {
            SeekFrom::Start(offset) => Some(offset),
            SeekFrom::End(offset) => self.size.checked_add_signed(offset),
            SeekFrom::Current(offset) => self.position.checked_add_signed(offset),
        };
        self.position = position.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.position)
    }
}

impl MediaSource for Remote {
    fn is_seekable(&self) -> bool {
        true
    }

    fn byte_len(&self) -> Option<u64> {
        Some(self.size)
    }
}
