//! AMR, the format of old telephones: nothing here decodes it, but its frames say how long it lasts.

use super::Recording;
use std::io::{BufReader, Read, SeekFrom};

/// Bytes behind the header of a narrow-band frame, by type.
const NARROW: [u16; 16] = [12, 13, 15, 17, 19, 20, 26, 31, 5, 6, 5, 5, 0, 0, 0, 0];
/// The same for wide-band.
const WIDE: [u16; 16] = [17, 23, 32, 36, 40, 46, 50, 58, 60, 5, 0, 0, 0, 0, 0, 0];

/// Length in milliseconds: 20 for each frame. `None` for what is no AMR, or breaks off within a frame.
pub(super) fn duration_ms(recording: &mut dyn Recording) -> Option<u64> {
    recording.seek(SeekFrom::Start(0)).ok()?;
    let mut reader = BufReader::new(recording);
    let mut magic = [0_u8; 6];
    reader.read_exact(&mut magic).ok()?;
    let sizes = match &magic {
        b"#!AMR\n" => NARROW,
        b"#!AMR-" => {
            let mut rest = [0_u8; 3];
            reader.read_exact(&mut rest).ok()?;
            if &rest != b"WB\n" {
                return None;
            }
            WIDE
        }
        _ => return None,
    };
    let (mut frames, mut head, mut body) = (0_u64, [0_u8; 1], [0_u8; 64]);
    while reader.read(&mut head).ok()? == 1 {
        let [head] = head;
        let size = usize::from(*sizes.get(usize::from(head >> 3 & 0x0f))?);
        reader.read_exact(body.get_mut(..size)?).ok()?;
        frames += 1;
    }
    (frames > 0).then_some(frames * 20)
}
