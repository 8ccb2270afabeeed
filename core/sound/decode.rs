//! Packets into samples. Everything here may fail and then says `None`.

use super::Stretch;
use super::peaks::{Peaks, Waveform};
use symphonia::core::codecs::audio::AudioDecoder;
use symphonia::core::errors::Error;
use symphonia::core::formats::{FormatReader, SeekMode, SeekTo, Track, TrackType};
use symphonia::core::io::MediaSourceStream;
use symphonia::core::packet::Packet;
use symphonia::core::units::{Duration, Time, TimeBase, Timestamp};

/// More packets than a day of sound has; a container that claims more goes round in circles.
const MOST_PACKETS: u32 = 20_000_000;
/// Frames by which the time of a packet may be off.
const ROUNDING: u64 = 2;
/// Decoded and thrown away before a stretch, so that its first sample is whole.
const LEAD_MS: u32 = 150;

struct Opened {
    format: Box<dyn FormatReader>,
    track: Track,
}

fn open(stream: MediaSourceStream<'static>) -> Option<Opened> {
    let probe = symphonia::default::get_probe();
    let format = probe.probe(&Default::default(), stream, Default::default(), Default::default()).ok()?;
    let track = format.default_track(TrackType::Audio)?.clone();
    Some(Opened { format, track })
}

fn decoder(track: &Track) -> Option<Box<dyn AudioDecoder>> {
    let parameters = track.codec_params.as_ref()?.audio()?;
    symphonia::default::get_codecs().make_audio_decoder(parameters, &Default::default()).ok()
}

impl Opened {
    /// Goes to the packet in which a time lies. Containers are not all good at that: where the packet found lies behind
    /// the time, or there is none, everything from the beginning follows. `Err` where the time lies behind the end.
    fn land(&mut self, base: TimeBase, milliseconds: u32) -> Result<Option<Packet>, ()> {
        let id = self.track.id;
        let to = |ms: u32| SeekTo::Time { time: Time::from_millis_u64(u64::from(ms)), track_id: Some(id) };
        self.format.seek(SeekMode::Accurate, to(milliseconds)).map_err(|_| ())?;
        let found = self.packet().filter(|packet| {
            base.calc_time(packet.pts).is_some_and(|at| at.as_millis() <= i128::from(milliseconds) + 1)
        });
        if found.is_none() {
            self.format.seek(SeekMode::Accurate, to(0)).map_err(|_| ())?;
        }
        Ok(found)
    }

    /// The next packet of the track; `None` at the end, and where nothing more can be read.
    fn packet(&mut self) -> Option<Packet> {
        for _ in 0..MOST_PACKETS {
            match self.format.next_packet() {
                Ok(Some(packet)) if packet.track_id == self.track.id => return Some(packet),
                Ok(Some(_)) => {}
                _ => return None,
            }
        }
        None
    }
}

fn milliseconds(base: TimeBase, length: Duration) -> Option<u64> {
    u64::try_from(base.calc_duration(length)?.as_millis()).ok()
}

/// As the container says, else the sum of its packets.
pub(super) fn duration_ms(stream: MediaSourceStream<'static>) -> Option<u64> {
    let mut opened = open(stream)?;
    let base = opened.track.time_base;
    let said = base.zip(opened.track.duration).and_then(|(base, length)| milliseconds(base, length));
    let rate = opened.track.codec_params.as_ref().and_then(|p| p.audio()?.sample_rate);
    let counted =
        opened.track.num_frames.zip(rate.filter(|r| *r > 0)).map(|(n, r)| n.saturating_mul(1_000) / u64::from(r));
    if let Some(length) = said.or(counted).filter(|length| *length > 0) {
        return Some(length);
    }
    let mut total = Duration::new(0);
    for _ in 0..MOST_PACKETS {
        let Some(packet) = opened.packet() else { break };
        total = total.saturating_add(packet.dur);
    }
    milliseconds(base?, total).filter(|length| *length > 0)
}

/// Decodes everything.
pub(super) fn waveform(stream: MediaSourceStream<'static>) -> Option<Waveform> {
    let mut opened = open(stream)?;
    let mut decoder = decoder(&opened.track)?;
    let mut peaks: Option<Peaks> = None;
    let mut samples: Vec<f32> = Vec::new();
    for _ in 0..MOST_PACKETS {
        let Some(packet) = opened.packet() else { break };
        match decoder.decode(&packet) {
            Ok(sound) => {
                let (rate, channels) = (sound.spec().rate(), sound.num_planes().max(1));
                sound.copy_to_vec_interleaved(&mut samples);
                let peaks = peaks.get_or_insert_with(|| Peaks::new(rate));
                samples.chunks(channels).for_each(|frame| peaks.frame(frame));
            }
            // One bad packet is a click; what follows may be sound again.
            Err(Error::DecodeError(_) | Error::IoError(_)) => {}
            Err(_) => break,
        }
    }
    peaks?.finish()
}

/// Decodes a stretch.
pub(super) fn stretch(stream: MediaSourceStream<'static>, from_ms: u32, length_ms: u32) -> Option<Stretch> {
    let mut opened = open(stream)?;
    let mut decoder = decoder(&opened.track)?;
    let base = opened.track.time_base?;
    let lead = from_ms.saturating_sub(LEAD_MS);
    let mut landed = None;
    if lead > 0 {
        match opened.land(base, lead) {
            Ok(packet) => landed = packet,
            Err(()) => return beyond(&opened.track, from_ms),
        }
        decoder.reset();
    }
    let mut found: Option<Stretch> = None;
    let mut samples: Vec<i16> = Vec::new();
    // Times in a coarse base are a frame off; then a packet follows the one before to the very frame. One that was only
    // decoded to warm up gives fewer frames than it lasts, and the next one says itself where it begins.
    let mut next: Option<u64> = None;
    for _ in 0..MOST_PACKETS {
        let Some(packet) = landed.take().or_else(|| opened.packet()) else { break };
        let sound = match decoder.decode(&packet) {
            Ok(sound) => sound,
            Err(Error::DecodeError(_) | Error::IoError(_)) => {
                next = None;
                continue;
            }
            Err(_) => break,
        };
        let (rate, channels) = (sound.spec().rate(), sound.num_planes().max(1));
        let wanted = frame_at(from_ms, rate);
        let end = wanted + u64::from(length_ms) * u64::from(rate) / 1_000;
        sound.copy_to_vec_interleaved(&mut samples);
        let said = frame_of(base, packet.pts, rate)?;
        let start = next.filter(|next| next.abs_diff(said) <= ROUNDING).unwrap_or(said);
        let frames = (samples.len() / channels) as u64;
        next = Some(start + frames);
        let (from, to) = (wanted.clamp(start, start + frames) - start, end.clamp(start, start + frames) - start);
        let part = samples.get(from as usize * channels..to as usize * channels).unwrap_or_default();
        if !part.is_empty() {
            let stretch = found.get_or_insert_with(|| Stretch {
                rate,
                channels: channels as u32,
                first_frame: start + from,
                samples: Vec::new(),
            });
            if stretch.rate != rate || stretch.channels as usize != channels {
                break;
            }
            stretch.samples.extend_from_slice(part);
        }
        if start + frames >= end {
            break;
        }
    }
    found.or_else(|| beyond(&opened.track, from_ms))
}

/// A stretch behind the end: no samples.
fn beyond(track: &Track, from_ms: u32) -> Option<Stretch> {
    let parameters = track.codec_params.as_ref()?.audio()?;
    let rate = parameters.sample_rate?;
    let channels = parameters.channels.as_ref().map_or(1, |c| c.count().max(1)) as u32;
    Some(Stretch { rate, channels, first_frame: frame_at(from_ms, rate), samples: Vec::new() })
}

fn frame_at(milliseconds: u32, rate: u32) -> u64 {
    u64::from(milliseconds) * u64::from(rate) / 1_000
}

/// The frame at which a packet begins.
fn frame_of(base: TimeBase, at: Timestamp, rate: u32) -> Option<u64> {
    let nanoseconds = u128::try_from(base.calc_time(at)?.as_nanos()).unwrap_or(0);
    // Half a frame up, because a time in nanoseconds is cut.
    u64::try_from((nanoseconds * u128::from(rate) + 500_000_000) / 1_000_000_000).ok()
}
